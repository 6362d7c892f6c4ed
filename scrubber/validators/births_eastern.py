"""
Birth numbers of Eastern Europe: a birthday whose month or first digit says the century or the sex.

Promise: what the registers could give is accepted, also the numbers they gave against their own
rule: where the remainder is 10, another digit is written.
"""

from __future__ import annotations

from typing import Final

from scrubber.validators.digits import day_exists, digits_of, weighted

_PESEL_WEIGHTS: Final = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)
_EGN_WEIGHTS: Final = (2, 4, 8, 5, 10, 9, 7, 3, 6)
_CNP_WEIGHTS: Final = (2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9)
# Counties 1 to 48, the sectors of the capital, and 70 to 99 for persons without one.
_CNP_COUNTIES: Final = frozenset((*range(1, 53), *range(70, 100)))
_BALTIC_WEIGHTS: Final = ((1, 2, 3, 4, 5, 6, 7, 8, 9, 1), (3, 4, 5, 6, 7, 8, 9, 1, 2, 3))
# Fifty is added for women; twenty more where a day had no serials left.
_CZ_MONTH_ADDED: Final = (70, 50, 20)


def pl_pesel(value: str) -> bool:
    """Tell whether a text can be a Polish PESEL number; a century adds 20 to 80 to the month.

    >>> pl_pesel("44051401359"), pl_pesel("44051401358")
    (True, False)
    """
    digits = digits_of(value, 11)
    return _dated(digits, 2, 20) and weighted(digits, _PESEL_WEIGHTS) % 10 == 0


def bg_egn(value: str) -> bool:
    """Tell whether a text can be a Bulgarian uniform civil number; 20 or 40 on the month.

    >>> bg_egn("7523169263"), bg_egn("7523169264")
    (True, False)
    """
    digits = digits_of(value, 10)
    return _dated(digits, 2, 20) and weighted(digits, _EGN_WEIGHTS) % 11 % 10 == digits[9]


def ro_cnp(value: str) -> bool:
    """Tell whether a text can be a Romanian personal numeric code; 1 is written for remainder 10.

    >>> ro_cnp("1800101221144"), ro_cnp("1800101221143")
    (True, False)
    """
    digits = digits_of(value, 13)
    if not _dated(digits, 3, 100) or digits[0] == 0:
        return False
    if digits[7] * 10 + digits[8] not in _CNP_COUNTIES:
        return False
    check = weighted(digits, _CNP_WEIGHTS) % 11
    return digits[12] == (check if check < 10 else 1)  # noqa: PLR2004  # a digit


def cz_birth_number(value: str) -> bool:
    """Tell whether a text can be a Czech or Slovak birth number of ten digits (rodné číslo).

    >>> cz_birth_number("736028/5163"), cz_birth_number("736028/5164")
    (True, False)
    """
    digits = digits_of(value, 10)
    if not digits:
        return False
    month = digits[2] * 10 + digits[3]
    month -= next((added for added in _CZ_MONTH_ADDED if month > added), 0)
    check = int("".join(map(str, digits[:9]))) % 11
    return day_exists(digits[4] * 10 + digits[5], month) and check % 10 == digits[9]


def baltic_code(value: str) -> bool:
    """Tell whether a text can be an Estonian or Lithuanian personal code: sex, birthday, serial.

    >>> baltic_code("37605030299"), baltic_code("37605030298")
    (True, False)
    """
    digits = digits_of(value, 11)
    if not _dated(digits, 3, 100) or not 1 <= digits[0] <= 6:  # noqa: PLR2004  # three centuries
        return False
    checks = (weighted(digits, weights) % 11 for weights in _BALTIC_WEIGHTS)
    return next((check for check in checks if check < 10), 0) == digits[10]  # noqa: PLR2004


def _dated(digits: tuple[int, ...], place: int, century: int) -> bool:
    """Tell whether month and day stand at a place; the month modulo what a century adds."""
    if not digits:
        return False
    month, day = (digits[at] * 10 + digits[at + 1] for at in (place, place + 2))
    return day_exists(day, month % century)
