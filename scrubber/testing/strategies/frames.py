"""
What a value stands in, so that it is recognised for what it is.

An address or a key of a vendor is known wherever it stands; an account, a password or a name of a
person only by its neighbours: `user=vexlora`, `/home/will`, `password=...`.

Promise: an entity that needs its context is never put anywhere else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from scrubber.testing.planting import Planted

ANYWHERE: Final = (
    "{value}",
    "see {value} now",
    "'{value}'",
    "got ({value}), expected another",
    "value: {value}\n",
    '{{"value": "{value}", "n": 7}}',
    "ValueError: invalid input: {value}",
    "first line\n{value}\nlast line",
    "{value}, 3 tries left",
)
"""Templates for what is known by itself."""

_PATHS: Final = (
    "'{value}'",
    "No such file or directory: '{value}'",
    'File "{value}", line 3, in <module>',
    '{{"path": "{value}", "n": 7}}',
)
WORDS: Final = frozenset({"will", "mark", "may", "zq"})
"""Accounts that are words as well, or too short to be told from one."""

# Not in single quotes: they belong to some literals of hexadecimal, and go with it.
_BLOBS: Final = ("{value}", "img={value}", '"{value}" is broken', '{{"image": "{value}", "n": 7}}')
_ARRAYS: Final = ("{value}", "x = {value}", "expected a number, got {value}")

PASSWORDS: Final = (
    "password={value}",
    "{{'password': '{value}', 'n': 7}}",
    '{{"api_key": "{value}", "n": 7}}',
    "--access-token={value}",
)
"""Templates for what opens a door and has no format: the key beside it says so."""

HOMES: Final = ("/home/{value}/work/train.py", "C:\\Users\\{value}\\yolo\\train.py")
_ACCOUNTS: Final = (
    "user={value}, op=read",
    '{{"username": "{value}", "n": 7}}',
    "session opened for user {value} by (uid=0)",
    'FATAL: password authentication failed for user "{value}"',
    *HOMES,
)
_PERSONS: Final = ('{{"full_name": "{value}", "n": 7}}', "{{'patient': \"{value}\", 'n': 7}}")
# Alone in a line that is indented, pairs of digits are a row of a dump.
_CARDS: Final = ("see {value} now", "mac: {value}", '{{"mac": "{value}", "n": 7}}', "dev ({value})")
_PHONES: Final = ("phone: {value}", "call {value} now", '{{"phone": "{value}", "n": 7}}')
_OWN: Final = {
    "ARRAY_DATA": _ARRAYS,
    "IMAGE_DATA": _BLOBS,
    "MAC_ADDRESS": _CARDS,
    "PERSON": _PERSONS,
    "PHONE_NUMBER": _PHONES,
    "USERNAME": _PATHS,
}


def frames(planted: Planted) -> tuple[str, ...]:
    """Give the templates in which a value is known for what it is; its slot is `{value}`.

    Args:
        planted: the value. Of an account that is a word of a language too, only a path is sure to
            name somebody.
    """
    if planted.entity == "USERNAME" and not planted.parts:
        return HOMES if planted.value.rstrip("0123456789") in WORDS else _ACCOUNTS
    return _OWN.get(planted.entity, ANYWHERE)


def stands_alone(planted: Planted) -> bool:
    """Tell whether a value is known wherever it stands."""
    return frames(planted) is ANYWHERE
