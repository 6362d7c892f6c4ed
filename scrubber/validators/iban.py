"""
International bank account numbers: a country, its length, and two check digits.

One random text in 97 has valid check digits, and of those only one country's length is right: so an
IBAN needs no word beside it.

Promise: every number a country of the registry could give is accepted, in any case, with blanks or
dashes between its groups or without.
"""

from __future__ import annotations

from typing import Final

from scrubber.lazy import lazy_pattern
from scrubber.validators.digits import undivided

# https://www.swift.com/standards/data-standards/iban-international-bank-account-number
_LENGTHS: Final = {
    country: length
    for length, countries in {
        15: "NO",
        16: "BE",
        18: "DK FI FK FO GL NL SD",
        19: "MK SI",
        20: "AT BA EE KZ LT LU MN XK",
        21: "CH HR LI LV",
        22: "BG BH CR DE GB GE IE ME RS VA",
        23: "AE GI IL IQ OM SO TL",
        24: "AD CZ ES MD PK RO SA SE SK TN VG",
        25: "LY PT ST",
        26: "IS TR",
        27: "BI DJ FR GR IT MC MR SM",
        28: "AL AZ BY CY DO GT HN HU LB NI PL SV",
        29: "BR EG PS QA UA",
        30: "JO KW MU YE",
        31: "MT SC",
        32: "LC",
        33: "RU",
    }.items()
    for country in countries.split()
}
_FORM: Final = lazy_pattern(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,29}")
_MODULUS: Final = 97


def iban_code(value: str) -> bool:
    """Tell whether a text can be an IBAN (ISO 13616-1; check digits: ISO/IEC 7064, MOD 97-10).

    Args:
        value: letters and digits, possibly divided.

    Returns:
        Whether country, length and check digits are right.

    >>> iban_code("GB82 WEST 1234 5698 7654 32"), iban_code("GB82 WEST 1234 5698 7654 33")
    (True, False)
    """
    bare = undivided(value).upper()
    if _LENGTHS.get(bare[:2]) != len(bare) or not _FORM.fullmatch(bare):
        return False
    number = "".join(str(int(character, 36)) for character in bare[4:] + bare[:4])
    return int(number) % _MODULUS == 1
