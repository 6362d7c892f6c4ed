"""
German numbers of persons whose letters count as two digits: identity cards, pensions, health.

All three take a weighted sum modulo 10; identity cards as ICAO Doc 9303 does in machine-readable
zones, the insurances with the sum of the digits of each product.

Promise: what the offices could give is accepted, in groups or without.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scrubber.lazy import lazy_pattern
from scrubber.validators.digits import day_exists, undivided, weighted

if TYPE_CHECKING:
    from collections.abc import Sequence

_CARD: Final = lazy_pattern(r"[0-9CFGHJ-NPRTV-Z]{9}[0-9]D?")
_CARD_WEIGHTS: Final = (7, 3, 1) * 3
_PENSION: Final = lazy_pattern(r"[0-9]{8}[A-Z][0-9]{3}")
_PENSION_WEIGHTS: Final = (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1)
_HEALTH: Final = lazy_pattern(r"[A-Z][0-9]{9}")
_HEALTH_WEIGHTS: Final = (1, 2) * 5
# A day that has no serials left goes on with 50 added.
_DAY_ADDED: Final = 50


def de_id_card(value: str) -> bool:
    """Tell whether a text can be the number of a German identity card or passport, check digit too.

    >>> de_id_card("L01X00T471"), de_id_card("L01X00T472")
    (True, False)
    """
    bare = undivided(value).upper()
    if not _CARD.fullmatch(bare):
        return False
    numbers = [int(character, 36) for character in bare[:9]]
    return weighted(numbers, _CARD_WEIGHTS) % 10 == int(bare[9])


def de_social_security(value: str) -> bool:
    """Tell whether a text can be a German pension insurance number (section 147 SGB VI).

    >>> de_social_security("15 070649 C 103"), de_social_security("15 070649 C 104")
    (True, False)
    """
    bare = undivided(value).upper()
    if not _PENSION.fullmatch(bare):
        return False
    day = int(bare[2:4])
    day -= _DAY_ADDED if day > _DAY_ADDED else 0
    digits = _lettered(bare[:11], 8)
    return day_exists(day, int(bare[4:6])) and _cross_sums(digits, _PENSION_WEIGHTS) == int(
        bare[11]
    )


def de_health_insurance(value: str) -> bool:
    """Tell whether a text can be the number of somebody insured in Germany (section 290 SGB V).

    >>> de_health_insurance("A123456780"), de_health_insurance("A123456781")
    (True, False)
    """
    bare = undivided(value).upper()
    if not _HEALTH.fullmatch(bare):
        return False
    return _cross_sums(_lettered(bare[:9], 0), _HEALTH_WEIGHTS) == int(bare[9])


def _lettered(text: str, place: int) -> list[int]:
    """Give the digits of a text with the letter at a place as its number, 01 to 26."""
    letter = ord(text[place]) - ord("A") + 1
    return [int(digit) for digit in f"{text[:place]}{letter:02}{text[place + 1 :]}"]


def _cross_sums(digits: Sequence[int], weights: Sequence[int]) -> int:
    products = (digit * weight for digit, weight in zip(digits, weights, strict=True))
    return sum(product // 10 + product % 10 for product in products) % 10
