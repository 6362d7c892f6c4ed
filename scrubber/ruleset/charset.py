"""Sets of code points: what one class of a pattern can match.

Whether a rule can cross a line end, or can be made slow, are questions about sets: are these two
disjoint, does that one hold a newline. They are answered on the whole range of `str`, surrogates
included, and exactly.

Promise: a set has one representation, so equal sets compare and hash equal.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

LAST: Final = 0x10FFFF

# ASCII only: U+017F and U+212A would fold to "s" and "k", and slip past whoever looks for bytes.
_CASE_GAP: Final = ord("a") - ord("A")
_UPPER: Final = (ord("A"), ord("Z"))
_LOWER: Final = (ord("a"), ord("z"))


@dataclass(frozen=True, slots=True)
class CharSet:
    """A set of code points: sorted inclusive ranges that neither touch nor overlap.

    >>> CharSet.of("cab").ranges
    ((97, 99),)
    """

    ranges: tuple[tuple[int, int], ...] = ()

    @classmethod
    def of(cls, characters: Iterable[str]) -> CharSet:
        """Return the set of the given characters."""
        return cls.spanning((ord(one), ord(one)) for one in characters)

    @classmethod
    def spanning(cls, ranges: Iterable[tuple[int, int]]) -> CharSet:
        """Return the set of all code points in any of the inclusive ranges, in any order."""
        return _spanning(tuple(ranges))

    def union(self, *others: CharSet) -> CharSet:
        """Return the code points in this set or in any other."""
        return CharSet.spanning(one for charset in (self, *others) for one in charset.ranges)

    def complement(self) -> CharSet:
        """Return every other code point, surrogates included."""
        return _complement(self.ranges)

    def intersection(self, other: CharSet) -> CharSet:
        """Return the code points in both sets."""
        return self.complement().union(other.complement()).complement()

    def difference(self, other: CharSet) -> CharSet:
        """Return the code points of this set that are not in the other."""
        return self.complement().union(other).complement()

    def isdisjoint(self, other: CharSet) -> bool:
        """Tell whether no code point is in both sets."""
        mine, theirs = 0, 0
        while mine < len(self.ranges) and theirs < len(other.ranges):
            low, high = self.ranges[mine]
            other_low, other_high = other.ranges[theirs]
            if high < other_low:
                mine += 1
            elif other_high < low:
                theirs += 1
            else:
                return False
        return True

    def intersects(self, other: CharSet) -> bool:
        """Tell whether a code point is in both sets."""
        return not self.isdisjoint(other)

    def contains(self, other: CharSet) -> bool:
        """Tell whether every code point of the other set is in this one."""
        return self.complement().isdisjoint(other)

    def folded(self) -> CharSet:
        """Return the set with the other case of each of its ASCII letters."""
        return _folded(self.ranges)

    def single(self) -> int | None:
        """Return the only code point of the set, or None when it has none or several."""
        if len(self.ranges) == 1 and self.ranges[0][0] == self.ranges[0][1]:
            return self.ranges[0][0]
        return None


# Hundreds of patterns have the same few classes: each question about one is answered once.
_REMEMBERED: Final = 8192


@lru_cache(_REMEMBERED)
def _spanning(ranges: tuple[tuple[int, int], ...]) -> CharSet:
    merged: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if merged and low <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    return CharSet(tuple(merged))


@lru_cache(_REMEMBERED)
def _complement(ranges: tuple[tuple[int, int], ...]) -> CharSet:
    gaps: list[tuple[int, int]] = []
    start = 0
    for low, high in ranges:
        if start < low:
            gaps.append((start, low - 1))
        start = high + 1
    if start <= LAST:
        gaps.append((start, LAST))
    return CharSet(tuple(gaps))


@lru_cache(_REMEMBERED)
def _folded(ranges: tuple[tuple[int, int], ...]) -> CharSet:
    moved = [
        (max(low, first) + gap, min(high, last) + gap)
        for low, high in ranges
        for (first, last), gap in ((_UPPER, _CASE_GAP), (_LOWER, -_CASE_GAP))
        if max(low, first) <= min(high, last)
    ]
    return CharSet.spanning([*ranges, *moved])


NOTHING: Final = CharSet()
ANYTHING: Final = NOTHING.complement()
NEWLINE: Final = CharSet.of("\n")
DIGIT: Final = CharSet.of("0123456789")
SPACE: Final = CharSet.of(" \t\n\r\f\v")
WORD: Final = CharSet.spanning([_UPPER, _LOWER, *DIGIT.ranges, (ord("_"), ord("_"))])
