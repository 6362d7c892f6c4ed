r"""Sets of bytes: what one class of a pattern looks like in UTF-8, and how rare that is in a log.

The scanner of the vector engine reads bytes. A character above ASCII is two to four of them: one of
a few that lead, and one to three that continue. A set that holds what stands for a stray byte
(`surrogateescape`) holds every byte above 0x7F: too many, never too few.

Digits are one byte here: the scanned buffer is *folded*, every digit a `0`. So a run of digits is a
fixed text, which a scanner finds far sooner than a class, and a card number is sixteen zeros.

Rarity only chooses which part of a pattern is looked for. It is an estimate, from how often
characters stand in English logs, and no promise hangs on it.
"""

from __future__ import annotations

from functools import lru_cache
from math import log2
from typing import TYPE_CHECKING, Final

from scrubber.ruleset.charset import LAST, CharSet

if TYPE_CHECKING:
    from collections.abc import Iterator

ByteSet = frozenset[int]

ASCII_END: Final = 0x80
HIGH: Final[ByteSet] = frozenset(range(ASCII_END, 256))
"""The bytes of characters above ASCII."""

ALL: Final[ByteSet] = frozenset(range(256)) - frozenset(b"123456789")
"""What a folded buffer may hold."""

DIGITS: Final[ByteSet] = frozenset(b"0123456789")
NEWLINE: Final = 10
ZERO: Final = ord("0")
WORD: Final[ByteSet] = frozenset(b"0ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz")

FOLD: Final = bytes.maketrans(b"123456789", b"0" * 9)
"""Folds bytes: `data.translate(FOLD)`."""

CONTINUED: Final = r"[\x80-\xff]{0,3}"
"""What stands behind the byte that leads a character above ASCII; behind a stray byte nothing."""

_STRAY: Final = CharSet.spanning([(0xDC80, 0xDCFF)])
_WIDE: Final = CharSet.spanning([(ASCII_END, LAST)])
# Up to here a character of a small set is spelled out byte for byte.
_FEW: Final = 4

_LETTERS: Final = "etaoinsrhldcumfpgwybvkxjqz"
# Percent of the letters of English text, in that order.
_SHARES: Final = (
    *(12.7, 9.1, 8.2, 7.5, 7.0, 6.7, 6.3, 6.0, 6.1, 4.0, 4.3, 2.8, 2.8),
    *(2.4, 2.2, 1.9, 2.0, 2.4, 2.0, 1.5, 1.0, 0.8, 0.2, 0.2, 0.1, 0.1),
)
_OF_LETTER: Final = dict(zip(_LETTERS, _SHARES, strict=True))

# After one character of a set the next one is likelier: digits come in rows, words in letters.
_LETTER_BITS: Final = 0.7
_DIGIT_BITS: Final = 0.4
_SMALL_SET: Final = 32
_WIDE_BITS: Final = 0.3
_MOST_RUN_BITS: Final = 9.0
_NEVER: Final = 50.0


def _frequency(byte: int) -> float:
    """Estimate how often a byte stands in a folded log."""
    character = chr(byte)
    if byte >= ASCII_END:
        return 0.0002
    if character == " ":
        return 0.13
    if byte in DIGITS:
        return 0.2 if byte == ZERO else 0.0
    if character.lower() in _OF_LETTER:
        share = _OF_LETTER[character.lower()] / 100
        return 0.48 * share if character.islower() else 0.056 * share + 0.001
    if character in ".:-/_=,\n":
        return 0.012
    return 0.003 if character.isprintable() else 0.0001


_FREQUENCY: Final = tuple(_frequency(byte) for byte in range(256))
_TOTAL: Final = sum(_FREQUENCY)


@lru_cache(maxsize=4096)
def of_charset(charset: CharSet) -> ByteSet:
    """Give the bytes a character of a set can begin with."""
    found: set[int] = set()
    for low, high in charset.ranges:
        found.update(range(low, min(high, ASCII_END - 1) + 1))
        if high >= ASCII_END:
            first, last = max(low, ASCII_END), high
            found.update(range(_lead(first), _lead(last) + 1))
    if charset.intersects(_STRAY):
        found |= HIGH
    if found & DIGITS:
        found = (found - DIGITS) | {ZERO}
    return frozenset(found)


def _lead(point: int) -> int:
    return chr(point).encode("utf-8", "surrogatepass")[0]


@lru_cache(maxsize=4096)
def spelled(charset: CharSet) -> tuple[str, ...]:
    r"""Spell the characters above ASCII of a set byte for byte, where they are few.

    >>> spelled(CharSet.of("@\uff20"))
    ('\\xef\\xbc\\xa0',)
    """
    wide = charset.intersection(_WIDE)
    if sum(high - low + 1 for low, high in wide.ranges) > _FEW or wide.intersects(_STRAY):
        return ()
    return tuple(
        "".join(map(_byte, chr(point).encode("utf-8", "surrogatepass")))
        for low, high in wide.ranges
        for point in range(low, high + 1)
    )


@lru_cache(maxsize=4096)
def bits(chosen: ByteSet) -> float:
    """Give how rare one byte of a set is, in bits."""
    share = sum(_FREQUENCY[byte] for byte in chosen) / _TOTAL
    rarity = -log2(share) if share else _NEVER
    # A letter of a word tells less than one by itself.
    return rarity * _LETTER_BITS if fixed(chosen) and chosen <= WORD else rarity


def fixed(chosen: ByteSet) -> bool:
    """Tell whether a set is one byte, or a letter in both cases: a scanner finds a row of those."""
    return len(chosen) == 1 or (
        len(chosen) == 2 and len({chr(one).lower() for one in chosen}) == 1  # noqa: PLR2004
    )


def run_bits(chosen: ByteSet, count: int) -> float:
    """Give how rare a run of bytes of a set is: what is long is not rarer without end."""
    if not count:
        return 0.0
    one = bits(chosen)
    if fixed(chosen) and ZERO not in chosen:
        return one + min(one * (count - 1), 2 * _MOST_RUN_BITS)
    further = min(one, _DIGIT_BITS) if len(chosen) <= _SMALL_SET else one * _WIDE_BITS
    return one + min(further * (count - 1), _MOST_RUN_BITS)


@lru_cache(maxsize=4096)
def render(chosen: ByteSet) -> str:
    r"""Print a set as an expression of one byte.

    >>> render(frozenset(b"abcx"))
    '[\\x61-\\x63\\x78]'
    """
    if len(chosen) == 1:
        return _byte(next(iter(chosen)))
    parts = []
    for low, high in _ranges(sorted(chosen)):
        parts.append(f"\\x{low:02x}" + (f"-\\x{high:02x}" if high > low else ""))
    # Of no byte at all: nothing has this, and an empty class is no expression.
    return f"[{''.join(parts)}]" if parts else r"[^\x00-\xff]"


def _byte(byte: int) -> str:
    character = chr(byte)
    return character if character.isascii() and character.isalnum() else f"\\x{byte:02x}"


def _ranges(points: list[int]) -> Iterator[tuple[int, int]]:
    """Give sorted points as ranges; what no folded buffer holds may lie in one."""
    start = last = -1
    for point in points:
        if start >= 0 and not ALL.isdisjoint(range(last + 1, point)):
            yield start, last
            start = point
        elif start < 0:
            start = point
        last = point
    if start >= 0:
        yield start, last
