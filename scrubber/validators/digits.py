"""
Digits of identity numbers, whatever divides them, and the two sums nearly every check is made of.

People write the same number with blanks, dashes, dots or slashes. Checks read the digits alone; how
they may be divided is the pattern's business.

Promise: only ASCII digits count, in exactly the number asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_DIVIDERS: Final = str.maketrans("", "", " -./\N{NO-BREAK SPACE}\N{EN DASH}\N{NON-BREAKING HYPHEN}")
_DAYS: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def undivided(value: str) -> str:
    """Remove what divides groups: blanks, dashes, dots and slashes.

    Args:
        value: a number as somebody wrote it.

    Returns:
        The same without dividers.

    >>> undivided("123.456-78/9")
    '123456789'
    """
    return value.translate(_DIVIDERS)


def digits_of(value: str, length: int) -> tuple[int, ...]:
    """Read a number of a fixed length.

    Args:
        value: a number as somebody wrote it.
        length: how many digits it must have.

    Returns:
        Its digits; none when it has another length or anything that is no digit.

    >>> digits_of("12-3", 3), digits_of("12x", 3)
    ((1, 2, 3), ())
    """
    bare = undivided(value)
    if len(bare) != length or not (bare.isascii() and bare.isdigit()):
        return ()
    return tuple(int(digit) for digit in bare)


def weighted(digits: Sequence[int], weights: Sequence[int]) -> int:
    """Sum digits times weights; what is left over of the longer of the two does not count.

    Args:
        digits: the digits.
        weights: their weights.

    Returns:
        The sum.

    >>> weighted((1, 2, 3), (10, 9))
    28
    """
    return sum(digit * weight for digit, weight in zip(digits, weights, strict=False))


def day_exists(day: int, month: int) -> bool:
    """Tell whether a month ever has a day; centuries are often not written, so February has 29.

    Args:
        day: from 1.
        month: from 1.

    Returns:
        Whether some year has it.

    >>> day_exists(29, 2), day_exists(31, 4), day_exists(1, 13)
    (True, False, False)
    """
    return 1 <= month <= len(_DAYS) and 1 <= day <= _DAYS[month - 1]
