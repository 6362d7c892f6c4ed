"""
All sources of an identity, each on its own.

Promise: `collect` never raises. A source that fails is a count, and what it gave before it failed
is kept. The order is fixed, a value is there once, and no kind has more than `MOST` values.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from scrubber.identity.accounts import (
    folders,
    homes,
    login_variables,
    name_variables,
    owner_variables,
    short_names,
    user_database,
)
from scrubber.identity.clusters import cluster_ids, hub_users, kubernetes, nodes, sagemaker
from scrubber.identity.environments import environments
from scrubber.identity.git import git_names
from scrubber.identity.hosts import host_names, qualified_names, windows_domains
from scrubber.identity.machine import Machine
from scrubber.identity.machine_ids import container_ids, machine_ids
from scrubber.identity.model import KINDS, LONGEST, MAC, SHORTEST, Identity
from scrubber.identity.network import addresses, cards
from scrubber.identity.roots import Roots
from scrubber.identity.secret_values import secret_variables
from scrubber.lazy import lazy_pattern
from scrubber.validators.hub_owner import hub_owner

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Source = Callable[[Machine], Iterable[tuple[str, str]]]

MOST: Final = 64
"""Values of a kind."""

_MOST_GIVEN: Final = 2048
"""Values taken from one source, before those that cannot be used are left out."""

SOURCES: Final[tuple[Source, ...]] = (
    user_database,
    homes,
    login_variables,
    name_variables,
    git_names,
    owner_variables,
    short_names,
    folders,
    host_names,
    qualified_names,
    windows_domains,
    secret_variables,
    cards,
    addresses,
    container_ids,
    machine_ids,
    kubernetes,
    nodes,
    cluster_ids,
    hub_users,
    sagemaker,
    environments,
)
"""Every source, the surest first: where there are too many values, the last are left out."""

_CONTROL: Final = lazy_pattern(r"[\x00-\x1f\x7f]")
_LETTER: Final = lazy_pattern(r"[^\W\d_]")
_NEEDS_LETTER: Final = frozenset({"accounts", "names", "hosts", "domains", "owners", "ids"})


def collect(machine: Machine | None = None) -> Identity:
    """Ask every source who and where this is.

    Args:
        machine: what is asked; the machine this process runs on where it is None.

    Returns:
        What is known. Its `failures` count the sources that failed.
    """
    found: dict[str, dict[str, None]] = {kind: {} for kind in (*KINDS, "environments")}
    try:
        here = machine if machine is not None else Machine.here()
    except Exception:  # noqa: BLE001  # as below
        return Identity(failures=len(SOURCES))
    failures = 0
    for source in SOURCES:
        try:
            for kind, value in islice(source(here), _MOST_GIVEN):
                text = value.strip()
                if len(found[kind]) < MOST and _usable(kind, text):
                    found[kind][text] = None
        except Exception:  # noqa: BLE001  # whatever it is, its message could show a value
            failures += 1
    try:
        roots = Roots.here(here)
    except Exception:  # noqa: BLE001  # as above
        roots = Roots.none()
        failures += 1
    return Identity(
        **{kind: tuple(one) for kind, one in found.items()},
        failures=failures,
        roots=roots,
    )


def _usable(kind: str, text: str) -> bool:
    """Tell whether a value can be looked for: a number alone would be found everywhere."""
    if not SHORTEST <= len(text) <= LONGEST or _CONTROL.search(text):
        return False
    if kind == "owners" and not hub_owner(text):
        return False
    if kind == "macs":
        return MAC.fullmatch(text) is not None
    return kind not in _NEEDS_LETTER or _LETTER.search(text) is not None
