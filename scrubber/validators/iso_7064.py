"""
Identity numbers checked as ISO/IEC 7064 says: German tax payers, residents of China, Croatia's OIB.

Promise: every single wrong digit is seen.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from scrubber.validators.digits import day_exists, digits_of, undivided

if TYPE_CHECKING:
    from collections.abc import Sequence

_CHECKS: Final = "10X98765432"
_LONGEST_REPEAT: Final = 3
_YEARS: Final = range(1800, 2100)
# GB/T 2260: the first digits of provinces and of what is governed like one.
_PROVINCES: Final = frozenset(
    (*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55))
) | {*range(61, 66), 71, 81, 82, 83}


def de_tax_id(value: str) -> bool:
    """Tell whether a text can be a German tax identification number (section 139b AO).

    Of its first ten digits one occurs two or three times and no other twice.

    >>> de_tax_id("86 095 742 719"), de_tax_id("86 095 742 718"), de_tax_id("12345678903")
    (True, False, False)
    """
    digits = digits_of(value, 11)
    if not digits or digits[0] == 0:
        return False
    counts = sorted(Counter(digits[:10]).values(), reverse=True)
    return 1 < counts[0] <= _LONGEST_REPEAT and counts[1] == 1 and _mod_11_10(digits)


def hr_oib(value: str) -> bool:
    """Tell whether a text can be a Croatian personal identification number.

    >>> hr_oib("12345678903"), hr_oib("12345678904")
    (True, False)
    """
    digits = digits_of(value, 11)
    return any(digits) and _mod_11_10(digits)


def cn_resident_id(value: str) -> bool:
    """Tell whether a text can be a number of a resident of China (GB 11643-1999, MOD 11-2).

    >>> cn_resident_id("11010519491231002X"), cn_resident_id("110105194912310021")
    (True, False)
    """
    bare = undivided(value).upper()
    digits = digits_of(bare[:17], 17)
    if not digits or int(bare[:2]) not in _PROVINCES or int(bare[6:10]) not in _YEARS:
        return False
    if not day_exists(int(bare[12:14]), int(bare[10:12])):
        return False
    total = sum(digit * (1 << place) for place, digit in enumerate(reversed(digits), 1))
    return bare[17:] == _CHECKS[total % 11]


def _mod_11_10(digits: Sequence[int]) -> bool:
    """Tell whether the last digit checks the others by the hybrid system MOD 11,10."""
    check = 10
    for digit in digits[:-1]:
        check = ((check + digit) % 10 or 10) * 2 % 11
    return (check + digits[-1]) % 10 == 1
