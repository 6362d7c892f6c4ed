"""
The settings there are: their names, their types, and what they are unless somebody says otherwise.

Promise: an error names the setting and what it may be, never the value that was given.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

Value = bool | str


@dataclass(frozen=True, slots=True)
class Key:
    """One setting.

    Attributes:
        default: what it is where nobody chose; its type is the type of all its values.
        meaning: what it does, in a few words.
        choices: the values it may have; () for every one of its type.
        writable: whether people may set it.
    """

    default: Value
    meaning: str
    choices: tuple[str, ...] = ()
    writable: bool = True


SYNC: Final = "sync"
INSTALLATION: Final = "installation_id"
SCOPES: Final = ("crash_reports", "usage_events", "logs")
"""What may be sent, each allowed by itself and by `sync`."""

CONSENT: Final = (SYNC, *SCOPES)
"""Settings that are an opt-out where they are False."""

# Spelled out, since the rules lie beside this package and not below it; a test compares.
KEYS: Final[Mapping[str, Key]] = {
    SYNC: Key(default=True, meaning="whether anything is sent at all"),
    "crash_reports": Key(default=True, meaning="errors, transactions, sessions"),
    "usage_events": Key(default=True, meaning="anonymous statistics of use"),
    "logs": Key(default=False, meaning="lines of logs"),
    "policy": Key("balanced", "what is removed", ("balanced", "fast", "strict")),
    "path_mode": Key("auto", "how much of a path is removed", ("auto", "user", "anchor", "full")),
    INSTALLATION: Key("", "random, another one every 90 days", writable=False),
}


def checked(name: str, value: object) -> Value:
    """Give a value that a setting may be given.

    Args:
        name: the setting.
        value: what it is to be.

    Returns:
        The value.

    Raises:
        KeyError: there is no such setting; the message names the nearest.
        TypeError: the value is of another type.
        ValueError: it is none of the choices, or nobody may set it.

    >>> checked("sync", False)
    False
    >>> checked("snc", False)
    Traceback (most recent call last):
    KeyError: "unknown setting; did you mean 'sync'?"
    """
    key = key_of(name)
    if not key.writable:
        raise ValueError(f"{name}: it is made at random and cannot be set")
    # Not a subclass: bool is one of int, and a str of another type may compare as it likes.
    if type(value) is not type(key.default):
        raise TypeError(f"{name}: must be {type(key.default).__name__}")
    if key.choices and value not in key.choices:
        raise ValueError(f"{name}: must be one of {', '.join(key.choices)}")
    return value


def key_of(name: object) -> Key:
    """Give the setting of a name.

    Args:
        name: its name.

    Returns:
        The setting.

    Raises:
        KeyError: there is none; the message names the nearest.
    """
    if type(name) is str and name in KEYS:
        return KEYS[name]
    raise KeyError(f"unknown setting; {_nearest(name)}")


def valid(name: str, value: object) -> bool:
    """Tell whether a setting may have a value."""
    try:
        checked(name, value)
    except (KeyError, TypeError, ValueError):
        return False
    return True


def _nearest(name: object) -> str:
    """Say which setting was meant."""
    from difflib import get_close_matches  # a slip is rare

    text = str.__str__(name)[:64].lower().replace("-", "_") if isinstance(name, str) else ""
    near = get_close_matches(text, KEYS, n=1, cutoff=0.5)
    return f"did you mean {near[0]!r}?" if near else f"there are {', '.join(KEYS)}"
