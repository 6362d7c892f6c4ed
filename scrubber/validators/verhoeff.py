"""
The check digit of Aadhaar numbers: Verhoeff's, which sees every wrong digit and every swap.

Promise: what the authority could give is accepted, in groups or without.
"""

from __future__ import annotations

from typing import Final

from scrubber.validators.digits import digits_of

# The dihedral group of order ten: turns 0 to 4, reflections 5 to 9.
_TURNS: Final = 5
_PERMUTATION: Final = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)
_FIRST: Final = range(2, 10)


def in_aadhaar(value: str) -> bool:
    """Tell whether a text can be an Aadhaar number: from 2 on, not the same read backwards.

    >>> in_aadhaar("2341 2341 2346"), in_aadhaar("2341 2341 2347")
    (True, False)
    """
    digits = digits_of(value, 12)
    if not digits or digits[0] not in _FIRST or digits == digits[::-1]:
        return False
    return verhoeff_valid(digits)


def verhoeff_valid(digits: tuple[int, ...]) -> bool:
    """Tell whether the last digit is Verhoeff's check digit of the others.

    Args:
        digits: the number.

    Returns:
        Whether it is.

    >>> verhoeff_valid((2, 3, 6, 3)), verhoeff_valid((2, 3, 6, 4))
    (True, False)
    """
    check = 0
    for place, digit in enumerate(reversed(digits)):
        permuted = digit
        for _ in range(place % 8):
            permuted = _PERMUTATION[permuted]
        check = _product(check, permuted)
    return check == 0


def _product(left: int, right: int) -> int:
    """Multiply in the dihedral group."""
    if left < _TURNS:
        turned = (left + right) % _TURNS
        return turned if right < _TURNS else turned + _TURNS
    turned = (left - right) % _TURNS
    return turned + _TURNS if right < _TURNS else turned
