"""
Swiss social insurance numbers: those of an article, with the country in front.

Promise: every number that begins with 756 and has the check digit of EAN-13 is accepted.
"""

from __future__ import annotations

from typing import Final

from scrubber.validators.digits import digits_of, weighted

_WEIGHTS: Final = (1, 3) * 6 + (1,)
_COUNTRY: Final = (7, 5, 6)


def ch_ahv(value: str) -> bool:
    """Tell whether a text can be a Swiss social insurance number (check digit: GS1, EAN-13).

    >>> ch_ahv("756.9217.0769.85"), ch_ahv("756.9217.0769.86")
    (True, False)
    """
    digits = digits_of(value, 13)
    return digits[:3] == _COUNTRY and weighted(digits, _WEIGHTS) % 10 == 0
