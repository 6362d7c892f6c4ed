"""
Chance that is the same everywhere.

Only `Random.random()` is promised to stay the same between versions of Python; `choice`, `sample`
and `shuffle` are not, so all is built on that one method.
"""

from __future__ import annotations

import hashlib
from random import Random
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")

DIGITS: Final = "0123456789"
HEX: Final = "0123456789abcdef"
LOWER: Final = "abcdefghijklmnopqrstuvwxyz"
UPPER: Final = LOWER.upper()
LETTERS: Final = UPPER + LOWER
ALNUM: Final = DIGITS + LETTERS
BASE32: Final = UPPER + "234567"
URLSAFE: Final = ALNUM + "-_"
BASE64: Final = ALNUM + "+/"


class Chance:
    """A source of choices, made from words and numbers that name it."""

    __slots__ = ("_random",)

    def __init__(self, *name: object) -> None:
        digest = hashlib.sha256("/".join(map(str, name)).encode()).digest()
        self._random = Random(int.from_bytes(digest[:8], "big"))  # noqa: S311  # must repeat

    def below(self, limit: int) -> int:
        """Return a number from 0 to below the limit."""
        return int(self._random.random() * limit)

    def between(self, low: int, high: int) -> int:
        """Return a number of a closed range."""
        return low + self.below(high - low + 1)

    def real(self) -> float:
        """Return a number from 0 to below 1."""
        return self._random.random()

    def happens(self, odds: float) -> bool:
        """Say yes that often."""
        return self._random.random() < odds

    def pick(self, items: Sequence[T]) -> T:
        """Return one of the items."""
        return items[self.below(len(items))]

    def some(self, items: Sequence[T], count: int) -> list[T]:
        """Return so many of the items, each once, in a new order."""
        left = list(items)
        return [left.pop(self.below(len(left))) for _ in range(min(count, len(left)))]

    def text(self, alphabet: str, length: int) -> str:
        """Return a text over an alphabet."""
        return "".join(alphabet[self.below(len(alphabet))] for _ in range(length))

    def data(self, length: int) -> bytes:
        """Return bytes."""
        return bytes(self.below(256) for _ in range(length))
