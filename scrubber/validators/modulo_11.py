"""
Identity numbers whose weighted sum of digits is taken modulo 11.

Eleven is prime and more than any digit, so a wrong digit always shows where all eleven remainders
can be written. Where 10 is written as 0 it sometimes does not.

Promise: what some authority could give is accepted, in groups or without.
"""

from __future__ import annotations

from typing import Final

from scrubber.validators.digits import day_exists, digits_of, weighted

_DOWN_FROM_10: Final = (10, 9, 8, 7, 6, 5, 4, 3, 2, 1)
_BSN_WEIGHTS: Final = (9, 8, 7, 6, 5, 4, 3, 2, -1)
_TFN_WEIGHTS: Final = (1, 4, 3, 7, 5, 8, 6, 9, 10)
_IRD_WEIGHTS: Final = ((3, 2, 7, 6, 5, 4, 3, 2), (7, 4, 3, 2, 5, 2, 7, 6))
_IRD_RANGE: Final = range(10_000_000, 150_000_001)
_JP_WEIGHTS: Final = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_SVNR_WEIGHTS: Final = (3, 7, 9, 0, 5, 8, 4, 2, 1, 6)
_LAST_ODD_MONTH: Final = 15


def uk_nhs(value: str) -> bool:
    """Tell whether a text can be a number of the British National Health Service.

    >>> uk_nhs("999 000 0018"), uk_nhs("999 000 0019")
    (True, False)
    """
    digits = digits_of(value, 10)
    return any(digits) and weighted(digits, _DOWN_FROM_10) % 11 == 0


def nl_bsn(value: str) -> bool:
    """Tell whether a text can be a Dutch citizen service number.

    >>> nl_bsn("111222333"), nl_bsn("111222334")
    (True, False)
    """
    digits = digits_of(value, 9)
    return any(digits) and weighted(digits, _BSN_WEIGHTS) % 11 == 0


def pt_nif(value: str) -> bool:
    """Tell whether a text can be a Portuguese tax number (Decreto-Lei 14/2013).

    >>> pt_nif("123456789"), pt_nif("123456788")
    (True, False)
    """
    digits = digits_of(value, 9)
    if not digits or digits[0] == 0:
        return False
    return -weighted(digits[:8], _DOWN_FROM_10[1:]) % 11 % 10 == digits[8]


def au_tfn(value: str) -> bool:
    """Tell whether a text can be an Australian tax file number of nine digits.

    >>> au_tfn("123 456 782"), au_tfn("123 456 783")
    (True, False)
    """
    digits = digits_of(value, 9)
    return any(digits) and weighted(digits, _TFN_WEIGHTS) % 11 == 0


def nz_ird(value: str) -> bool:
    """Tell whether a text can be a tax number of New Zealand; remainder 10 has weights of its own.

    >>> nz_ird("49-091-850"), nz_ird("49-091-851")
    (True, False)
    """
    digits = digits_of(value, 9) or (0, *digits_of(value, 8))
    if len(digits) == 1 or int("".join(map(str, digits))) not in _IRD_RANGE:
        return False
    checks = (-weighted(digits, weights) % 11 for weights in _IRD_WEIGHTS)
    return next((check for check in checks if check < 10), -1) == digits[8]  # noqa: PLR2004  # a digit


def jp_my_number(value: str) -> bool:
    """Tell whether a text can be a Japanese Individual Number (ordinance 85 of 2014, article 5).

    >>> jp_my_number("1234 5678 9018"), jp_my_number("1234 5678 9012")
    (True, False)
    """
    digits = digits_of(value, 12)
    return any(digits) and -weighted(digits[:11], _JP_WEIGHTS) % 11 % 10 == digits[11]


def at_svnr(value: str) -> bool:
    """Tell whether a text can be an Austrian insurance number: serial, check digit, birthday.

    Months up to 15 stand for persons whose birthday has no serials left.

    >>> at_svnr("1237 010180"), at_svnr("1238 010180")
    (True, False)
    """
    digits = digits_of(value, 10)
    if not digits or digits[0] == 0:
        return False
    day, month = digits[4] * 10 + digits[5], digits[6] * 10 + digits[7]
    dated = day_exists(day, min(month, 12)) and month <= _LAST_ODD_MONTH
    return dated and weighted(digits, _SVNR_WEIGHTS) % 11 == digits[3]
