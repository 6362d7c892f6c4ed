"""
What is known about this machine and its user, as values that only their owner sees.

An `Identity` is made once (`collect`), or by hand in tests, and handed to the detectors. It is
secret as a whole: it names the very people a report must not name.

Promise: no `repr`, `str`, error or pickle shows a value. Pickling and copying are refused, because
both write values where nobody expects them; `reveal` is the one way out, and it is explicit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Never, SupportsIndex

from scrubber.errors import ConfigError
from scrubber.identity.roots import Roots
from scrubber.identity.secrecy import refuse
from scrubber.lazy import lazy_pattern

KINDS: Final = (
    "accounts",
    "names",
    "hosts",
    "domains",
    "emails",
    "owners",
    "homes",
    "ids",
    "secrets",
    "macs",
    "addresses",
)
"""The kinds of values, in the order of the attributes."""

SHORTEST: Final = 2
LONGEST: Final = 4096
"""Characters of a value. One letter would be found in every word."""

MAC: Final = lazy_pattern(r"[0-9a-f]{12}")


@dataclass(frozen=True, slots=True, repr=False)
class Identity:
    """The names of a machine, its user and its secrets.

    Attributes:
        accounts: login names.
        names: full names of people.
        hosts: host names, short and fully qualified.
        domains: Windows domains, and the DNS domain of the host.
        emails: mail addresses.
        owners: owners of git remotes; only ever looked for in URLs.
        homes: home directories, as paths.
        ids: ids of the machine, of containers, pods, jobs and notebooks.
        secrets: values of environment variables, and credentials of git remotes.
        macs: hardware addresses, 12 hexadecimal digits in lower case.
        addresses: IP addresses of this machine, without loopback.
        environments: what kind of place this is, in words of ours (`container`, `slurm`).
        failures: how many sources failed.
        roots: known folders, from which paths are told.

    >>> Identity(accounts=("jdoe",), hosts=("lab-gpu01", "lab-gpu01.example.edu"))
    Identity(accounts=1, hosts=2)
    """

    accounts: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    homes: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    secrets: tuple[str, ...] = ()
    macs: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    environments: tuple[str, ...] = ()
    failures: int = 0
    roots: Roots = Roots()  # noqa: RUF009  # frozen

    def __post_init__(self) -> None:
        """Check every value, so that nothing later meets an empty one.

        Raises:
            ConfigError: A kind is no sequence of texts of 2 to 4096 characters, or a hardware
                address is not written as 12 hexadecimal digits. The message names the kind alone.
        """
        for kind in (*KINDS, "environments"):
            values: object = getattr(self, kind)
            # A single text is a sequence of letters, and each would be removed everywhere.
            if isinstance(values, str) or not isinstance(values, Sequence):
                raise ConfigError(f"identity: {kind} must be a tuple of texts")
            for value in values:
                if not isinstance(value, str) or not SHORTEST <= len(value) <= LONGEST:
                    raise ConfigError(f"identity: {kind} must be texts of 2 to 4096 characters")
                if kind == "macs" and MAC.fullmatch(value) is None:
                    raise ConfigError("identity: macs must be 12 hexadecimal digits in lower case")
            object.__setattr__(self, kind, tuple(values))

    @classmethod
    def none(cls) -> Identity:
        """Give the identity of nobody: nothing is known, so nothing is looked for."""
        return cls()

    def counts(self) -> dict[str, int]:
        """Count the values of each kind.

        Returns:
            The kinds that have values, each with their number.
        """
        return {kind: len(getattr(self, kind)) for kind in KINDS if getattr(self, kind)}

    def reveal(self) -> dict[str, tuple[str, ...]]:
        """Give the values themselves, for whoever sends them to another process on purpose.

        Returns:
            The values of each kind; `Identity(**values)` makes an identity that finds the same.
            The environments, failures and roots are left out: another process has its own.
        """
        return {kind: getattr(self, kind) for kind in KINDS}

    def __repr__(self) -> str:
        counts = ", ".join(f"{kind}={count}" for kind, count in self.counts().items())
        return f"Identity({counts})"

    def __getstate__(self) -> Never:
        refuse("an Identity")

    def __reduce__(self) -> Never:
        refuse("an Identity")

    def __reduce_ex__(self, protocol: SupportsIndex, /) -> Never:
        refuse("an Identity")


# Python 3.11.2 puts one of its own in the place of that of the class.
Identity.__getstate__ = lambda self: refuse("an Identity")  # type: ignore[method-assign]  # noqa: ARG005
