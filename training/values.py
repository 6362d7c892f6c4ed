"""
What stands in messages where no name does: identifiers, numbers, places, products, words.

One in five of the names of places, products and the like is kept for test sets.

Promise: the same seed gives the same values; nothing is of a real machine, host names and addresses
are of the reserved ranges.
"""

from __future__ import annotations

import tomllib
import zlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

_LISTS: Final[dict[str, str | list[str]]] = tomllib.loads(
    Path(__file__).with_name("values.toml").read_text("utf-8")
)


@dataclass(frozen=True, slots=True)
class Draw:
    """Draws values.

    Attributes:
        random: draws them.
        held_out: whether of those for test sets.
    """

    random: Random
    held_out: bool = False

    def choice(self, options: Sequence[str]) -> str:
        """Draw one of some texts."""
        return self.random.choice(options)

    def name(self, names: str) -> str:
        """Draw one of a list that is divided between training and tests."""
        return self.random.choice(_part(names, self.held_out))

    def word(self, words: str) -> str:
        """Draw one of a list that is the same for both."""
        return self.random.choice(_words_of(words))


@cache
def _part(names: str, held_out: bool) -> tuple[str, ...]:  # noqa: FBT001  # a key
    listed = _words_of(names)
    return tuple(one for one in listed if (zlib.crc32(one.encode()) % 5 == 0) is held_out)


@cache
def _words_of(name: str) -> tuple[str, ...]:
    found = _LISTS[name]
    return tuple(found.split() if isinstance(found, str) else found)


def value(kind: str, draw: Draw) -> str:
    """Draw a value.

    Args:
        kind: the name of a slot: `int`, `class`, `city` ...
        draw: draws it.

    Returns:
        The value.

    Raises:
        KeyError: there is no such slot.
    """
    return _KINDS[kind](draw)


def any_value(draw: Draw) -> str:
    """Draw what may stand where a name might: mostly what looks like one or is a word."""
    text = value(draw.choice(_ANY), draw)
    case = draw.random.random()
    return text.lower() if case < _LOWER else text.upper() if case < _UPPER else text


def _class(draw: Draw) -> str:
    return draw.word("stems") + draw.random.choice((draw.word("stems"), "")) + draw.word("ends")


def _func(draw: Draw) -> str:
    return f"{draw.word('verbs')}_{draw.word('words')}"


def _module(draw: Draw) -> str:
    return ".".join(draw.word("words") for _ in range(draw.random.randint(1, 3)))


def _hex(draw: Draw) -> str:
    return f"{draw.random.getrandbits(64):x}"[: draw.random.choice((6, 8, 12, 16))]


def _path(draw: Draw) -> str:
    parts = [draw.word("words") for _ in range(draw.random.randint(1, 4))]
    return (
        draw.random.choice(("/", "./", "/data/", "C:\\", "s3://bucket/"))
        + "/".join(parts)
        + draw.random.choice((".py", ".png", ".json", ".csv", "", ".log"))
    )


def _words(draw: Draw) -> str:
    return " ".join(draw.word("words") for _ in range(draw.random.randint(1, 3)))


def _title(draw: Draw) -> str:
    return " ".join(draw.word("words").capitalize() for _ in range(draw.random.randint(1, 3)))


def _uuid(draw: Draw) -> str:
    text = f"{draw.random.getrandbits(128):032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def _number(draw: Draw) -> str:
    return str(
        draw.random.choice(
            (
                draw.random.randint(0, 9),
                draw.random.randint(10, 9999),
                draw.random.getrandbits(40),
                -1,
            )
        )
    )


def _date(draw: Draw) -> str:
    number = draw.random.randint
    return f"20{number(10, 29)}-{number(1, 12):02}-{number(1, 28):02}"


def _time(draw: Draw) -> str:
    number = draw.random.randint
    return f"{number(0, 23):02}:{number(0, 59):02}:{number(0, 59):02}"


_KINDS: Final[dict[str, Callable[[Draw], str]]] = {
    "int": _number,
    "float": lambda draw: f"{draw.random.uniform(-10, 1000):.{draw.random.randint(1, 6)}f}",
    "hex": _hex,
    "uuid": _uuid,
    "path": _path,
    "file": lambda draw: (
        draw.word("words") + draw.random.choice((".py", ".png", ".json", ".csv", ".dcm", ".txt"))
    ),
    "host": lambda draw: draw.word("hosts"),
    "class": _class,
    "type": lambda draw: draw.word("types"),
    "module": _module,
    "func": _func,
    "product": lambda draw: draw.name("products"),
    "eponym": lambda draw: draw.name("eponyms"),
    "headline": lambda draw: draw.name("headlines"),
    "title": _title,
    "month": lambda draw: draw.name("months"),
    "city": lambda draw: draw.name("cities"),
    "org": lambda draw: draw.name("orgs"),
    "word": lambda draw: draw.word("words"),
    "words": _words,
    "key": lambda draw: f"{draw.word('words')}_{draw.word('words')}",
    "ip": lambda draw: f"192.0.2.{draw.random.randint(1, 254)}",
    "email": lambda draw: f"{draw.word('logins')}@example.com",
    "date": _date,
    "time": _time,
    "user": lambda draw: draw.word("logins"),
    "version": lambda draw: (
        f"{draw.random.randint(0, 9)}.{draw.random.randint(0, 20)}.{draw.random.randint(0, 9)}"
    ),
    "url": lambda draw: (
        f"https://{draw.word('hosts')}/{draw.word('words')}/{draw.random.randint(1, 99)}"
    ),
    "var": lambda draw: draw.random.choice((draw.word("words"), _func(draw))),
    "shape": lambda draw: str(
        tuple(
            draw.random.choice((1, 3, 32, 64, 224, 512)) for _ in range(draw.random.randint(1, 4))
        )
    ),
    "list": lambda draw: str([draw.word("words") for _ in range(draw.random.randint(1, 4))]),
    "caps": lambda draw: (
        draw.word("words").upper() + draw.random.choice(("", "_" + draw.word("words").upper()))
    ),
}
_ANY: Final = tuple(_words_of("any"))
"""Kinds of which one is drawn; what looks like a name comes more often."""
_LOWER: Final = 0.1
_UPPER: Final = 0.14
SLOTS: Final = frozenset(_KINDS)
