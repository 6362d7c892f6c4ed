"""
Numbers of New Zealand's National Health Index, in the form of 1977 and in that of 2019.

Promise: what the index could give is accepted, in any case.
"""

from __future__ import annotations

from typing import Final

from scrubber.lazy import lazy_pattern
from scrubber.validators.digits import weighted

# HISO 10046: three letters without I and O, then four digits, or two digits and two letters.
_FORM: Final = lazy_pattern(r"[A-HJ-NP-Z]{3}[0-9]{2}(?:[0-9]{2}|[A-HJ-NP-Z]{2})")
_LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_WEIGHTS: Final = (7, 6, 5, 4, 3, 2)
_OLD_MODULUS: Final = 11
_NEW_MODULUS: Final = 23


def nz_nhi(value: str) -> bool:
    """Tell whether a text can be a number of the National Health Index.

    >>> nz_nhi("ZZZ0016"), nz_nhi("ZBN77VL"), nz_nhi("ZZZ0017")
    (True, True, False)
    """
    bare = value.upper()
    if not _FORM.fullmatch(bare):
        return False
    total = weighted([_number(character) for character in bare[:6]], _WEIGHTS)
    if bare[6].isdigit():
        rest = total % _OLD_MODULUS
        return rest > 0 and (_OLD_MODULUS - rest) % 10 == int(bare[6])
    return _number(bare[6]) == _NEW_MODULUS - total % _NEW_MODULUS


def _number(character: str) -> int:
    """Give a digit's value, or a letter's place."""
    return int(character) if character.isdigit() else _LETTERS.index(character) + 1
