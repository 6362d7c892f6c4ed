"""
Numbers of the United States: social security, taxpayers without it, banks and physicians.

Social security numbers have no check digit. What is left are parts that were never given: area 000,
666 and from 900, group 00, serial 0000.

Promise: a number some authority could have given is accepted; advertised specimens are, too, since
taking one of them away harms nobody.
"""

from __future__ import annotations

from typing import Final

from scrubber.lazy import lazy_pattern
from scrubber.validators.digits import digits_of, undivided, weighted
from scrubber.validators.luhn import luhn_valid

# https://www.cms.gov/Regulations-and-Guidance/Administrative-Simplification/NationalProvIdentStand
_NPI_ISSUER: Final = "80840"
_DEA: Final = lazy_pattern(r"[A-HJ-MPRSTUX][A-Z9]([0-9]{7})")
_DEA_WEIGHTS: Final = (1, 2, 1, 2, 1, 2)
_ABA_WEIGHTS: Final = (3, 7, 1) * 3
# https://www.aba.com/about-us/routing-number: the first two digits name a Federal Reserve district.
_DISTRICTS: Final = frozenset((*range(1, 13), *range(21, 33), *range(61, 73), 80))
# https://www.irs.gov/irm/part3/irm_03-021-263r: the fourth and fifth digit.
_ITIN_GROUPS: Final = frozenset((*range(50, 66), *range(70, 89), *range(90, 93), *range(94, 100)))


def us_ssn(value: str) -> bool:
    """Tell whether a text can be a social security number.

    Args:
        value: nine digits, possibly divided.

    Returns:
        Whether area, group and serial could have been given.

    >>> us_ssn("078-05-1120"), us_ssn("666-05-1120"), us_ssn("078-00-1120")
    (True, False, False)
    """
    bare = undivided(value)
    if not digits_of(bare, 9):
        return False
    area, group, serial = bare[:3], bare[3:5], bare[5:]
    return area not in ("000", "666") and area < "900" and group != "00" and serial != "0000"


def us_itin(value: str) -> bool:
    """Tell whether a text can be an individual taxpayer identification number.

    Args:
        value: nine digits, possibly divided.

    Returns:
        Whether it begins with 9 and has a group that is given.

    >>> us_itin("900-70-0000"), us_itin("900-93-0000")
    (True, False)
    """
    digits = digits_of(value, 9)
    return bool(digits) and digits[0] == 9 and digits[3] * 10 + digits[4] in _ITIN_GROUPS  # noqa: PLR2004


def aba_routing(value: str) -> bool:
    """Tell whether a text can be a routing number of a bank.

    Args:
        value: nine digits, possibly divided.

    Returns:
        Whether a district has its prefix and the check digit is right.

    >>> aba_routing("011000015"), aba_routing("011000016")
    (True, False)
    """
    digits = digits_of(value, 9)
    return (
        bool(digits)
        and digits[0] * 10 + digits[1] in _DISTRICTS
        and weighted(digits, _ABA_WEIGHTS) % 10 == 0
    )


def us_npi(value: str) -> bool:
    """Tell whether a text can be a number of a health care provider.

    Args:
        value: ten digits.

    Returns:
        Whether it begins with 1 or 2 and, behind the issuer, has the right Luhn check digit.

    >>> us_npi("1234567893"), us_npi("1234567894")
    (True, False)
    """
    bare = undivided(value)
    return bool(digits_of(bare, 10)) and bare[0] in "12" and luhn_valid(f"{_NPI_ISSUER}{bare}")


def us_dea(value: str) -> bool:
    """Tell whether a text can be a registration of the Drug Enforcement Administration.

    Args:
        value: a letter for the kind, a letter of the name, seven digits.

    Returns:
        Whether the last digit checks the others.

    >>> us_dea("AB1234563"), us_dea("AB1234564")
    (True, False)
    """
    match = _DEA.fullmatch(value.upper())
    if match is None:
        return False
    digits = digits_of(match[1], 7)
    return weighted(digits, _DEA_WEIGHTS) % 10 == digits[6]
