"""
Codes made of a name, a birthday and a place: Italy's fiscal code, Mexico's CURP.

Both are so long and so strict in their form that no word need stand beside them.

Promise: what the offices could give is accepted; Italy's also where letters replace digits because
two people would have the same code.
"""

from __future__ import annotations

import re
from typing import Final

from scrubber.lazy import lazy_pattern
from scrubber.validators.digits import day_exists

_OMOCODIA: Final = str.maketrans("LMNPQRSTUV", "0123456789")
_IT: Final = lazy_pattern(
    r"[A-Z]{6}[0-9L-NP-V]{2}[ABCDEHLMPRST][0-9L-NP-V]{2}[A-Z][0-9L-NP-V]{3}[A-Z]"
)
_IT_MONTHS: Final = "ABCDEHLMPRST"
# What a character at an odd place counts (Decreto Ministeriale 23 dicembre 1976).
_IT_DIGITS: Final = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21)
_IT_REST: Final = (2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23)
_IT_ODD: Final = dict(
    zip(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        (*_IT_DIGITS, *_IT_DIGITS, *_IT_REST),
        strict=True,
    )
)
# Forty is added to the day for women.
_IT_WOMEN: Final = 40
_MX: Final = lazy_pattern(
    r"""
    [A-Z][AEIOUX][A-Z]{2} [0-9]{6} [HMX]
    (?: A[SG] | B[CS] | C[CLMSH] | D[FG] | G[TR] | HG | JC | M[CNS] | N[ETL] | OC | PL | Q[TR]
      | S[PLR] | T[CSL] | VZ | YN | ZS )
    [B-DF-HJ-NP-TV-Z]{3} [0-9A-Z] [0-9]
    """,
    re.VERBOSE,
)
_MX_ALPHABET: Final = "0123456789ABCDEFGHIJKLMN\N{LATIN CAPITAL LETTER N WITH TILDE}OPQRSTUVWXYZ"


def it_fiscal_code(value: str) -> bool:
    """Tell whether a text can be an Italian fiscal code of a person.

    >>> it_fiscal_code("RSSMRA85T10A562S"), it_fiscal_code("RSSMRA85T10A562T")
    (True, False)
    """
    bare = value.upper().replace(" ", "")
    if not _IT.fullmatch(bare):
        return False
    day = int(bare[9:11].translate(_OMOCODIA))
    day -= _IT_WOMEN if day > _IT_WOMEN else 0
    if not day_exists(day, _IT_MONTHS.index(bare[8]) + 1):
        return False
    total = sum(_IT_ODD[character] for character in bare[:15:2])
    total += sum(_even(character) for character in bare[1:15:2])
    return chr(ord("A") + total % 26) == bare[15]


def _even(character: str) -> int:
    return int(character) if character.isdigit() else ord(character) - ord("A")


def mx_curp(value: str) -> bool:
    """Tell whether a text can be a Mexican population registry code.

    >>> mx_curp("HEGG560427MVZRRL04"), mx_curp("HEGG560427MVZRRL05")
    (True, False)
    """
    bare = value.upper()
    if not _MX.fullmatch(bare) or not day_exists(int(bare[8:10]), int(bare[6:8])):
        return False
    total = sum(
        _MX_ALPHABET.index(character) * weight
        for character, weight in zip(bare[:17], range(18, 1, -1), strict=True)
    )
    return -total % 10 == int(bare[17])
