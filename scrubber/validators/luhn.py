"""
The check digit of card numbers and IMEIs.

Promise: true only for a run of ASCII digits whose last one is the Luhn check digit of the others.
"""

from __future__ import annotations

from typing import Final

_DOUBLED: Final = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)


def luhn_valid(digits: str) -> bool:
    """Tell whether the last digit is the check digit of the others (ISO/IEC 7812-1, annex B).

    Args:
        digits: the number, nothing but ASCII digits.

    Returns:
        Whether it is a number of at least two digits with the right check digit.

    >>> luhn_valid("4111111111111111"), luhn_valid("4111111111111112")
    (True, False)
    """
    if len(digits) < 2 or not (digits.isascii() and digits.isdigit()):  # noqa: PLR2004  # a check digit and another
        return False
    numbers = [int(digit) for digit in reversed(digits)]
    return (sum(numbers[::2]) + sum(_DOUBLED[number] for number in numbers[1::2])) % 10 == 0
