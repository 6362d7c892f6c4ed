"""
Identity numbers whose last digit is a Luhn check digit: devices, persons, firms.

The check is that of payment cards; what differs are length and, where a birthday is part of the
number, the day.

Promise: what some authority could give is accepted, in groups or without.
"""

from __future__ import annotations

from typing import Final

from scrubber.validators.digits import day_exists, digits_of, undivided
from scrubber.validators.luhn import luhn_valid

# Numbers of people who wait for theirs have 60 added to the day.
_COORDINATION: Final = 60
_CENTURY_LENGTH: Final = 12
_ITALIAN_OFFICES: Final = frozenset((*range(1, 101), 120, 121, 888, 999))


def imei(value: str) -> bool:
    """Tell whether a text can be the number of a mobile device (3GPP TS 23.003, 6.2.1).

    >>> imei("49-015420-323751-8"), imei("490154203237519")
    (True, False)
    """
    return _luhn(value, 15)


def ca_sin(value: str) -> bool:
    """Tell whether a text can be a Canadian social insurance number.

    >>> ca_sin("046 454 286"), ca_sin("046 454 287")
    (True, False)
    """
    return _luhn(value, 9)


def il_id(value: str) -> bool:
    """Tell whether a text can be an Israeli identity number.

    >>> il_id("12345678-2"), il_id("123456789")
    (True, False)
    """
    return _luhn(value, 9)


def it_vat(value: str) -> bool:
    """Tell whether a text can be an Italian VAT number: a firm, an office, a check digit.

    >>> it_vat("00743110157"), it_vat("00743110158")
    (True, False)
    """
    bare = undivided(value).removeprefix("IT")
    return _luhn(bare, 11) and int(bare[7:10]) in _ITALIAN_OFFICES


def se_personnummer(value: str) -> bool:
    """Tell whether a text can be a Swedish personal or coordination number (SKV 704).

    >>> se_personnummer("811218-9876"), se_personnummer("811318-9876")
    (True, False)
    """
    bare = undivided(value).replace("+", "")
    if len(bare) == _CENTURY_LENGTH and bare[:2] in ("18", "19", "20"):
        bare = bare[2:]
    digits = digits_of(bare, 10)
    if not digits:
        return False
    day = int(bare[4:6])
    day -= _COORDINATION if day > _COORDINATION else 0
    return day_exists(day, int(bare[2:4])) and luhn_valid(bare)


def za_id_number(value: str) -> bool:
    """Tell whether a text can be a South African identity number.

    >>> za_id_number("8001015009087"), za_id_number("8013015009087")
    (True, False)
    """
    bare = undivided(value)
    return _luhn(bare, 13) and day_exists(int(bare[4:6]), int(bare[2:4])) and bare[10] in "012"


def _luhn(value: str, length: int) -> bool:
    """Tell whether a number has a length, the check digit, and is not nothing but zeros."""
    digits = digits_of(value, length)
    return any(digits) and luhn_valid(undivided(value))
