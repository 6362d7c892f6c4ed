"""
Telephone numbers: enough digits of the right country, and no date, measure, address or version.

How a number is grouped is a pattern's business; the checks count. Numbers are read as ITU-T E.164
has them: a calling code, the digits of the country, 15 in all. Whether a prefix is given out is not
asked: numbers for films and tests (555-0114) are found like all others.

Promise: `phone_international` accepts every number that begins with a calling code in use and has a
length of its country; the other two refuse only what another kind of number explains.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from scrubber.lazy import lazy_pattern
from scrubber.validators.calling_codes import calling_code

_EXTENSION: Final = lazy_pattern(
    r"[;,.\x20]{0,3}(?:[A-Za-z\xe9]{1,12}|\#)[.:=\x20]{0,2}[0-9]{1,6}\Z"
)
_NOT_DIGITS: Final = lazy_pattern(r"[^0-9]+")
_TRUNK: Final = lazy_pattern(r"\A([^0-9]{0,2}[0-9]{1,5}[^0-9]{0,2})\(0\)")
_TRUNK_KEPT: Final = lazy_pattern(r"\+([1-9][0-9]{1,2})[\x20\-]0([1-9].*)", re.DOTALL)
_FLOAT: Final = lazy_pattern(r"\+?[0-9]+\.[0-9]+")
_LONGEST_TEXT: Final = 64

# North America: neither an area nor an exchange begins with 0 or 1; N9X is for a day when all
# others are given out. https://www.nationalnanpa.com/area_codes/
_NORTH_AMERICAN: Final = lazy_pattern(r"[2-9][0-8][0-9][2-9][0-9]{6}")

# 2026-03-04 10, 20260304101112, 04/03/2026, 04-03-26-10-11
_DATES: Final = lazy_pattern(
    r"""
      (?: 19 | 20 ) [0-9]{2} ([-./]) (?: 0[1-9] | 1[0-2] ) \1 (?: 0[1-9] | [12][0-9] | 3[01] )
      (?! [0-9] )
    | (?: 19 | 20 ) [0-9]{2} (?: 0[1-9] | 1[0-2] ) (?: 0[1-9] | [12][0-9] | 3[01] )
      (?: (?: [01][0-9] | 2[0-3] ) (?: [0-5][0-9] ){1,2} )? \Z
    | (?: 0[1-9] | [12][0-9] | 3[01] ) ([-./]) (?: 0[1-9] | [12][0-9] | 3[01] ) \2
      (?: (?: 19 | 20 ) [0-9]{2} | [0-9]{2} \2 (?: [01][0-9] | 2[0-3] ) \2 [0-5][0-9] ) (?! [0-9] )
    """,
    re.VERBOSE,
)
_ADDRESS: Final = lazy_pattern(r"(?:(?:0|[1-9][0-9]{0,2})\.){3}(?:0|[1-9][0-9]{0,2})")

# The largest numbers of 32 and 31 bits, and seconds since 1970 from 2001 to 2033.
_LIMITS: Final = frozenset({"2147483647", "2147483648", "4294967295", "4294967296"})
_SECONDS: Final = lazy_pattern(r"1[0-9]{9}(?:[0-9]{3}){0,3}")

_FEWEST: Final = 7
_MOST: Final = 15
_FEWEST_UNMARKED: Final = 8
_FEWEST_PAIRS: Final = 4


def phone_international(value: str) -> bool:
    """Tell whether a text with a plus sign or `00` is a telephone number.

    Args:
        value: the sign, a calling code and the number, divided in any way, perhaps an extension.

    Returns:
        Whether the country exists and has numbers of that length.

    >>> phone_international("+1 (202) 555-0114"), phone_international("+1.2025550114")
    (True, False)
    """
    number = _without_extension(value)
    if _FLOAT.fullmatch(number):
        return False
    digits = _digits(_TRUNK.sub(r"\1", number))
    if number.startswith("0"):
        digits = digits.removeprefix("011").removeprefix("00")
    code = calling_code(digits)
    if not code and (trunk := _TRUNK_KEPT.match(number)):  # +44 07700 900123
        digits = _digits(trunk[1] + trunk[2])
        code = calling_code(digits)
    if code == "1":
        return _NORTH_AMERICAN.fullmatch(digits[1:]) is not None
    return bool(code) and not _monotonous(digits[len(code) :])


def phone_national(value: str) -> bool:
    """Tell whether a text in a grouping of telephone numbers can be one.

    Args:
        value: a number without a calling code.

    Returns:
        Whether it has as many digits as telephone numbers have and is no date, count or address.

    >>> phone_national("(415) 555-0114"), phone_national("01-02-2026"), phone_national("00 00 00")
    (True, False, False)
    """
    number = _without_extension(value)
    digits = _digits(number)
    return (
        _FEWEST_UNMARKED <= len(digits) <= _MOST
        and not _monotonous(digits)
        and not _monotonous(digits[1:])
        and not _other_number(number)
    )


def phone_keyed(value: str) -> bool:
    """Tell whether a text behind a word for telephones can be a number.

    Args:
        value: digits, divided in any way or not at all.

    Returns:
        Whether it has as many digits as telephone numbers have and is no date, time or limit.

    >>> phone_keyed("4155550114"), phone_keyed("1700000000"), phone_keyed("2026-03-04")
    (True, False, False)
    """
    number = _without_extension(value)
    digits = _digits(number)
    return (
        _FEWEST <= len(digits) <= _MOST
        and digits not in _LIMITS
        and not _monotonous(digits)
        and _SECONDS.fullmatch(number) is None
        and not _other_number(number)
    )


def _other_number(number: str) -> bool:
    """Tell whether a number begins as a date, or is an address or a decimal."""
    return (
        _DATES.match(number) is not None
        or _ADDRESS.fullmatch(number) is not None
        or _FLOAT.fullmatch(number) is not None
    )


def _digits(number: str) -> str:
    return _NOT_DIGITS.sub("", number[:_LONGEST_TEXT])


def _without_extension(value: str) -> str:
    return _EXTENSION.sub("", value[:_LONGEST_TEXT])


def _monotonous(digits: str) -> bool:
    """Tell whether digits are all the same, or each is the next one (0102030405 counts, too)."""
    if len(set(digits)) <= 1:
        return True
    pairs = [int(digits[at : at + 2]) for at in range(0, len(digits) - 1, 2)]
    return len(pairs) >= _FEWEST_PAIRS and all(next_ - one == 1 for one, next_ in pairwise(pairs))
