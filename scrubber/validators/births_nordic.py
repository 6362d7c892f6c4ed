"""
Birth numbers of Norway and Denmark: a birthday, a serial, and check digits modulo 11.

Denmark gives numbers without a right check digit since 2007, so there are two checks: one that
knows the check digit, for numbers nothing near explains, and one that knows the day only.

Promise: what the registers could give is accepted, with numbers for tests and for people who wait.
"""

from __future__ import annotations

from typing import Final

from scrubber.validators.digits import day_exists, digits_of, weighted

_NO_FIRST: Final = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
_NO_SECOND: Final = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_DK_WEIGHTS: Final = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
# Forty is added to the day of a D number; to the month 40 of an H number, 65 or 80 in tests.
_DAY_ADDED: Final = 40
_MONTH_ADDED: Final = (80, 65, 40)


def no_fodselsnummer(value: str) -> bool:
    """Tell whether a text can be a Norwegian birth number, D number or number for tests.

    >>> no_fodselsnummer("018180 10083"), no_fodselsnummer("01818010084")
    (True, False)
    """
    digits = digits_of(value, 11)
    if not digits:
        return False
    day, month = digits[0] * 10 + digits[1], digits[2] * 10 + digits[3]
    day -= _DAY_ADDED if day > _DAY_ADDED else 0
    month -= next((added for added in _MONTH_ADDED if month > added), 0)
    return (
        day_exists(day, month)
        and weighted(digits, _NO_FIRST) % 11 == 0
        and weighted(digits, _NO_SECOND) % 11 == 0
    )


def dk_cpr(value: str) -> bool:
    """Tell whether a text can be a Danish personal number, by its day.

    >>> dk_cpr("070761-4285"), dk_cpr("320761-4285")
    (True, False)
    """
    digits = digits_of(value, 10)
    return bool(digits) and day_exists(digits[0] * 10 + digits[1], digits[2] * 10 + digits[3])


def dk_cpr_checked(value: str) -> bool:
    """Tell whether a text is a Danish personal number with the check digit of those before 2007.

    >>> dk_cpr_checked("070761-4285"), dk_cpr_checked("070761-4286")
    (True, False)
    """
    return dk_cpr(value) and weighted(digits_of(value, 10), _DK_WEIGHTS) % 11 == 0
