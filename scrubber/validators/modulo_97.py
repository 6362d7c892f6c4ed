"""
Identity numbers with two check digits: what is missing to a multiple of 97.

Promise: what France or Belgium could give is accepted, in groups or without.
"""

from __future__ import annotations

from typing import Final

from scrubber.lazy import lazy_pattern
from scrubber.validators.digits import day_exists, digits_of, undivided

_MODULUS: Final = 97
_NIR: Final = lazy_pattern(r"[1-478][0-9]{4}(?:[0-9]{2}|2[AB])[0-9]{8}")
# The departments of Corsica are written 2A and 2B and counted as 19 and 18.
_CORSICA: Final = str.maketrans({"A": "9", "B": "8"})
# Twenty is added to the month of people whose sex was not known, forty when it was.
_BIS: Final = 20


def fr_nir(value: str) -> bool:
    """Tell whether a text can be a French number of the national register (INSEE), key included.

    >>> fr_nir("2 69 05 49 588 157 80"), fr_nir("2 69 05 49 588 157 81")
    (True, False)
    """
    bare = undivided(value).upper()
    if not _NIR.fullmatch(bare):
        return False
    if bare[6] in "AB":
        bare = bare[:5] + "1" + bare[6:].translate(_CORSICA)
    month = int(bare[3:5])
    dated = 1 <= month <= 12 or 20 <= month <= 42 or month >= 50  # noqa: PLR2004  # as INSEE has them
    return dated and _MODULUS - int(bare[:13]) % _MODULUS == int(bare[13:])


def be_nrn(value: str) -> bool:
    """Tell whether a text can be a Belgian national register number; since 2000 with a 2 before.

    A month of 0 stands for a birthday that is not known.

    >>> be_nrn("85.07.30-033.28"), be_nrn("85.07.30-033.29")
    (True, False)
    """
    bare = undivided(value)
    if not digits_of(bare, 11):
        return False
    month, day = int(bare[2:4]), int(bare[4:6])
    month %= _BIS
    if month and day and not day_exists(day, month):
        return False
    number, check = int(bare[:9]), int(bare[9:])
    return check in (
        _MODULUS - number % _MODULUS,
        _MODULUS - (2_000_000_000 + number) % _MODULUS,
    )
