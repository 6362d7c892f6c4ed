"""
Payment card numbers: an issuer's prefix, one of its lengths, and the check digit.

One random number in ten has a valid check digit. The prefixes refuse two thirds of the rest, above
all everything that begins with 1, as times in seconds, milliseconds and nanoseconds do.

Promise: a number that some issuer could give is accepted, whether blanks, dashes, dots or plus
signs divide it.
"""

from __future__ import annotations

import re
from typing import Final

from scrubber.lazy import lazy_pattern
from scrubber.validators.luhn import luhn_valid

# https://en.wikipedia.org/wiki/Payment_card_number#Issuer_identification_number_(IIN)
_ISSUERS: Final = lazy_pattern(
    r"""
      4                                      (?: \d{12} | \d{15} | \d{18} ) # Visa
    | (?: 5[1-5] | 222[1-9] | 22[3-9]\d | 2[3-6]\d\d | 27[01]\d | 2720 )  # Mastercard
                                             (?: (?<=^\d\d) \d{14} | (?<=^\d{4}) \d{12} )
    | 3[47]                                  \d{13}                       # American Express
    | (?: 6011 | 64[4-9]\d | 65\d\d )        \d{12} (?: \d{3} )?          # Discover
    | (?: 352[89] | 35[3-8]\d )              \d{12} (?: \d{3} )?          # JCB
    | (?: 30[0-5]\d | 3095 | 3[689]\d\d )    \d{10} (?: \d\d )?           # Diners Club
    | 62                                     \d{14,17}                    # UnionPay
    | (?: 5018 | 5020 | 5038 | 5893 | 6304 | 6759 | 676[1-3] ) \d{12,15}  # Maestro
    | 220[0-4]                               \d{12,15}                    # Mir
    """,
    re.VERBOSE | re.ASCII,
)
_DIVIDERS: Final = frozenset(" -.+\u2010\u2011\u2012\u2013\u2014\u2015")


def card_number(value: str) -> bool:
    """Tell whether a text can be a payment card number.

    Args:
        value: digits, possibly divided by blanks, dashes, dots or plus signs, all of one kind.

    Returns:
        Whether an issuer gives such numbers and the check digit is right.

    >>> card_number("4111 1111 1111 1111"), card_number("1700000000000000")
    (True, False)
    """
    divider = next((one for one in value if one in _DIVIDERS), "")
    digits = value.replace(divider, "") if divider else value
    return _ISSUERS.fullmatch(digits) is not None and luhn_valid(digits)
