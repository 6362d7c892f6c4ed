"""
Identity numbers that end in a letter made of their digits: Spain, Finland, Ireland, Singapore.

Promise: what some authority could give is accepted, and no wrong digit is: 23, 31 and 11 are prime
and each remainder has a letter of its own.
"""

from __future__ import annotations

from typing import Final

from scrubber.lazy import lazy_pattern
from scrubber.validators.digits import day_exists, digits_of, undivided, weighted

_ES_LETTERS: Final = "TRWAGMYFPDXBNJZSQVHLCKE"
_ES_FOREIGN: Final = str.maketrans("XYZ", "012")
_FI: Final = lazy_pattern(r"([0-9]{6})[+\-A-FU-Y]([0-9]{3})([0-9A-FHJ-NPR-Y])")
_FI_LETTERS: Final = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_IE: Final = lazy_pattern(r"([0-9]{7})([A-W])([A-IW]?)")
_IE_LETTERS: Final = "WABCDEFGHIJKLMNOPQRSTUV"
_IE_WEIGHTS: Final = (8, 7, 6, 5, 4, 3, 2)
_SG: Final = lazy_pattern(r"([STFGM])([0-9]{7})([A-Z])")
_SG_WEIGHTS: Final = (2, 7, 6, 5, 4, 3, 2)
_SG_SERIES: Final = {
    "S": (0, "JZIHGFEDCBA"),
    "T": (4, "JZIHGFEDCBA"),
    "F": (0, "XWUTRQPNMLK"),
    "G": (4, "XWUTRQPNMLK"),
    "M": (3, "XWUTRQPNJLK"),
}


def es_nif(value: str) -> bool:
    """Tell whether a text can be a Spanish identity number: eight digits and their letter.

    >>> es_nif("12345678-Z"), es_nif("12345678A")
    (True, False)
    """
    bare = undivided(value).upper()
    digits = digits_of(bare[:-1], 8)
    return bool(digits) and _ES_LETTERS[int(bare[:-1]) % 23] == bare[-1]


def es_nie(value: str) -> bool:
    """Tell whether a text can be a Spanish number of a foreigner: X, Y or Z for 0, 1 or 2.

    >>> es_nie("X1234567L"), es_nie("X1234567A")
    (True, False)
    """
    bare = undivided(value).upper()
    return bare[:1] in ("X", "Y", "Z") and es_nif(bare[0].translate(_ES_FOREIGN) + bare[1:])


def fi_personal_identity_code(value: str) -> bool:
    """Tell whether a text can be a Finnish personal identity code; the sign says the century.

    >>> fi_personal_identity_code("131052-308T"), fi_personal_identity_code("131052-308U")
    (True, False)
    """
    match = _FI.fullmatch(value.upper())
    if match is None:
        return False
    date, serial, check = match.groups()
    dated = day_exists(int(date[:2]), int(date[2:4]))
    return dated and _FI_LETTERS[int(date + serial) % 31] == check


def ie_pps(value: str) -> bool:
    """Tell whether a text can be an Irish personal public service number; a second letter counts.

    >>> ie_pps("1234567T"), ie_pps("1234567FA"), ie_pps("1234567A")
    (True, True, False)
    """
    match = _IE.fullmatch(undivided(value).upper())
    if match is None:
        return False
    number, check, second = match.groups()
    total = weighted(digits_of(number, 7), _IE_WEIGHTS)
    total += 9 * _IE_LETTERS.index(second) if second else 0
    return _IE_LETTERS[total % 23] == check


def sg_nric_fin(value: str) -> bool:
    """Tell whether a text can be an identity number of Singapore, of a citizen or a foreigner.

    >>> sg_nric_fin("S1234567D"), sg_nric_fin("S1234567E")
    (True, False)
    """
    match = _SG.fullmatch(value.upper())
    if match is None:
        return False
    series, number, check = match.groups()
    offset, letters = _SG_SERIES[series]
    return letters[(offset + weighted(digits_of(number, 7), _SG_WEIGHTS)) % 11] == check
