"""
What stands in a file of settings.

    {"version": 1, "sync": false, "policy": "strict", "installation": {"id": "...", "epoch": 229}}

Only what somebody chose stands in it, so that a default that changes reaches everybody else.

    no version     as written by hand: yes and no in words or numbers, and fields of others
    a later one    keeps `sync`, `crash_reports`, `usage_events` and `logs` where they are, so that
                   this one can heed them; it writes nothing but an opt-out into such a file

Promise: reading never raises. Where it cannot be told what somebody allowed, nothing is allowed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from scrubber.consent.installation import Installation
from scrubber.consent.keys import CONSENT, KEYS, Value, valid
from scrubber.switches import NO

if TYPE_CHECKING:
    from collections.abc import Mapping

VERSION: Final = 1

NOTHING_ALLOWED: Final[Mapping[str, Value]] = dict.fromkeys(CONSENT, False)
"""What is taken for chosen where nobody can tell."""

_VERSION: Final = "version"
_INSTALLATION: Final = "installation"
_YES: Final = ("1", "true", "yes", "on")


@dataclass(frozen=True, slots=True)
class Document:
    """A file of settings, read.

    Attributes:
        chosen: settings that stand in it with a value they may have. Of a file that cannot be
            relied on, what must hold until somebody chooses anew.
        installation: the id it holds, if it does.
        version: which it is written in.
        other: fields that are not ours, as they are.
        problem: why it cannot be relied on, in words of our own; "" where it can.
    """

    chosen: Mapping[str, Value] = field(default_factory=dict)
    installation: Installation | None = None
    version: int = VERSION
    other: Mapping[str, Any] = field(default_factory=dict)
    problem: str = ""

    @property
    def newer(self) -> bool:
        """Whether a later version of this package wrote it."""
        return self.version > VERSION

    @property
    def opt_out(self) -> dict[str, Value]:
        """What was refused, and nothing else."""
        return {name: False for name in CONSENT if self.chosen.get(name) is False}

    def to_file(self) -> bytes:
        """Give the text of its file: JSON of ASCII characters."""
        import json  # as below

        fields: dict[str, Any] = {_VERSION: self.version, **self.chosen, **self.other}
        if self.installation is not None:
            fields[_INSTALLATION] = {
                "id": self.installation.id,
                "epoch": self.installation.epoch,
            }
        return f"{json.dumps(fields, indent=2)}\n".encode("ascii")


def unreliable(problem: str) -> Document:
    """Give what stands for a file that nobody can rely on.

    Args:
        problem: why not, in words of our own.

    >>> unreliable("it is not JSON").chosen["sync"]
    False
    """
    return Document(dict(NOTHING_ALLOWED), problem=problem)


def read(data: bytes) -> Document:
    """Read a file of settings.

    Args:
        data: all that stands in it.

    Returns:
        What it says; its `problem` where that cannot be relied on.

    >>> read(b'{"version": 1, "sync": false}').chosen
    {'sync': False}
    """
    import json  # most processes that scrub have it by then

    try:
        # Editors of Windows write a mark in front.
        found = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_each_once)
    except (ValueError, RecursionError):
        return unreliable("it is not JSON, or names a field twice")
    if type(found) is not dict:
        return unreliable("it is no JSON object")
    version = found.pop(_VERSION, 0)
    if type(version) is not int or version < 0:
        return unreliable("its version is no number")
    if version == 0:
        found = _first_version(found)
        version = VERSION
    return _understood(found, version)


def _understood(found: dict[str, Any], version: int) -> Document:
    own = {name: found.pop(name) for name in KEYS if name in found}
    chosen = {name: value for name, value in own.items() if valid(name, value)}
    installation = None
    # What a later version keeps there stays as it is.
    if version <= VERSION or Installation.read(found.get(_INSTALLATION)):
        installation = Installation.read(found.pop(_INSTALLATION, None))
    wrong = [name for name in CONSENT if name in own and name not in chosen]
    if wrong:
        chosen |= dict.fromkeys(wrong, False)
        problem = f"{wrong[0]} is neither true nor false"
        return Document(chosen, installation, version, found, problem)
    if version > VERSION:
        # A value of a setting that only a later version knows is not lost.
        found |= {name: value for name, value in own.items() if name not in chosen}
    return Document(chosen, installation, version, found)


def _first_version(found: dict[str, Any]) -> dict[str, Any]:
    """Take over what was written by hand, or by a program that had no versions.

    Fields that are not ours may be ids made of hardware, and are left behind.
    """
    kept = {name: found[name] for name in KEYS if name in found}
    for name in CONSENT:
        if name in kept:
            kept[name] = _plain_choice(kept[name])
    return kept


def _plain_choice(value: object) -> object:
    if type(value) is int and value in (0, 1):
        return bool(value)
    if type(value) is str:
        said = value.strip().lower()
        return False if said in NO else True if said in _YES else value
    return value


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a field that stands twice: readers differ in which one they take."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a field stands twice")
    return found
