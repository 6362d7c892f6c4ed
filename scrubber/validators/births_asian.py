"""
Personal numbers of Korea, Taiwan, Thailand and Turkey.

Korea gives the last six digits at random since October 2020, so there are two checks: one that
knows the check digit, for numbers nothing near explains, and one that knows the day only.

Promise: what the registers could give is accepted, in groups or without.
"""

from __future__ import annotations

from typing import Final

from scrubber.lazy import lazy_pattern
from scrubber.validators.digits import day_exists, digits_of, undivided, weighted

_KR_WEIGHTS: Final = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
_KR_FOREIGN: Final = frozenset({5, 6, 7, 8})
_TH_WEIGHTS: Final = tuple(range(13, 1, -1))
_TW: Final = lazy_pattern(r"[A-Z][1289A-D][0-9]{8}")
# The numbers of the counties, 10 to 35, in the order in which they were founded.
_TW_LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVXYWZIO"
_TW_WEIGHTS: Final = (1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1)


def kr_rrn(value: str) -> bool:
    """Tell whether a text can be a Korean registration number, by its day and its century.

    >>> kr_rrn("900101-1234568"), kr_rrn("901301-1234568")
    (True, False)
    """
    digits = digits_of(value, 13)
    return bool(digits) and day_exists(digits[4] * 10 + digits[5], digits[2] * 10 + digits[3])


def kr_rrn_checked(value: str) -> bool:
    """Tell whether a text is a Korean registration number with a check digit; foreigners' add 2.

    >>> kr_rrn_checked("900101-1234568"), kr_rrn_checked("900101-1234569")
    (True, False)
    """
    digits = digits_of(value, 13)
    if not kr_rrn(value):
        return False
    check = 11 - weighted(digits, _KR_WEIGHTS) % 11 + (2 if digits[6] in _KR_FOREIGN else 0)
    return check % 10 == digits[12]


def th_tnin(value: str) -> bool:
    """Tell whether a text can be a Thai identification number.

    >>> th_tnin("1-2345-67890-12-1"), th_tnin("1-2345-67890-12-2")
    (True, False)
    """
    digits = digits_of(value, 13)
    return any(digits) and (11 - weighted(digits, _TH_WEIGHTS) % 11) % 10 == digits[12]


def tr_tckn(value: str) -> bool:
    """Tell whether a text can be a Turkish identification number: two check digits.

    >>> tr_tckn("10000000146"), tr_tckn("10000000147")
    (True, False)
    """
    digits = digits_of(value, 11)
    if not digits or digits[0] == 0:
        return False
    first = (sum(digits[0:9:2]) * 7 - sum(digits[1:9:2])) % 10
    return first == digits[9] and sum(digits[:10]) % 10 == digits[10]


def tw_national_id(value: str) -> bool:
    """Tell whether a text can be a Taiwanese identity or resident number; its letter is a county.

    >>> tw_national_id("A123456789"), tw_national_id("A123456788")
    (True, False)
    """
    bare = undivided(value).upper()
    if not _TW.fullmatch(bare):
        return False
    county = _TW_LETTERS.index(bare[0]) + 10
    second = bare[1] if bare[1].isdigit() else str(_TW_LETTERS.index(bare[1]) % 10)
    digits = digits_of(f"{county}{second}{bare[2:]}", 11)
    return weighted(digits, _TW_WEIGHTS) % 10 == 0
