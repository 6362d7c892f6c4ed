"""
Australian numbers of firms and of Medicare.

Promise: what the offices could give is accepted, in groups or without.
"""

from __future__ import annotations

from typing import Final

from scrubber.validators.digits import digits_of, weighted

_ABN_WEIGHTS: Final = (10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19)
_ABN_MODULUS: Final = 89
_ACN_WEIGHTS: Final = (8, 7, 6, 5, 4, 3, 2, 1, 1)
_MEDICARE_WEIGHTS: Final = (1, 3, 7, 9, 1, 3, 7, 9)
_MEDICARE_FIRST: Final = range(2, 7)


def au_abn(value: str) -> bool:
    """Tell whether a text can be an Australian business number: 1 is taken off the first digit.

    >>> au_abn("51 824 753 556"), au_abn("51 824 753 557")
    (True, False)
    """
    digits = digits_of(value, 11)
    if not digits or digits[0] == 0:
        return False
    return (weighted(digits, _ABN_WEIGHTS) - _ABN_WEIGHTS[0]) % _ABN_MODULUS == 0


def au_acn(value: str) -> bool:
    """Tell whether a text can be an Australian company number.

    >>> au_acn("004 085 616"), au_acn("004 085 617")
    (True, False)
    """
    digits = digits_of(value, 9)
    return any(digits) and weighted(digits, _ACN_WEIGHTS) % 10 == 0


def au_medicare(value: str) -> bool:
    """Tell whether a text can be the number of a Medicare card: eight digits, a check, the issue.

    >>> au_medicare("2123 45670 1"), au_medicare("2123 45671 1")
    (True, False)
    """
    digits = digits_of(value, 10) or digits_of(value, 11)
    if not digits or digits[0] not in _MEDICARE_FIRST:
        return False
    return weighted(digits[:8], _MEDICARE_WEIGHTS) % 10 == digits[8]
