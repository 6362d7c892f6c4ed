"""
What fills the slots of templates: values that must go, and numbers, times and ids that may stay.

Promise: what may stay is nothing a default scrubber removes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from scrubber.testing.strategies.addresses import ipv4_addresses
from scrubber.testing.strategies.fills import fills
from scrubber.testing.strategies.home_paths import unspaced_paths
from scrubber.testing.strategies.mailboxes import emails
from scrubber.testing.strategies.people import plain_usernames
from scrubber.testing.strategies.secrets import passwords, vendor_keys

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from scrubber.testing.strategies.templates import Slots


def _number(low: int, high: int) -> SearchStrategy[str]:
    return st.integers(low, high).map(str)


def _loss() -> SearchStrategy[str]:
    return st.integers(1, 99_999).map(lambda number: f"{number / 10_000:.4f}")


def _clock() -> SearchStrategy[str]:
    return st.builds(
        "{:02d}:{:02d}:{:02d}".format, st.integers(0, 23), st.integers(0, 59), st.integers(0, 59)
    )


def slots() -> Slots:
    """Give what can stand in the slots of the templates of this package.

    >>> sorted(slots())[:5]
    ['clock', 'email', 'hex', 'ip', 'key']
    """
    return {
        "email": emails(),
        "ip": ipv4_addresses(),
        "user": plain_usernames(),
        "path": unspaced_paths(),
        "key": vendor_keys(),
        "password": passwords(),
        "n": _number(0, 9999),
        "line": _number(1, 999),
        "step": _number(0, 99_999),
        "percent": _number(0, 100),
        "loss": _loss(),
        "clock": _clock(),
        "pid": _number(300, 32_767),
        "hex": fills("0x7f%{hex:10}"),
        "run": fills("run-%{alnum:6}"),
    }
