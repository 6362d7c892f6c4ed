"""
Numbers that belong to somebody: of cards, of accounts, of telephones.

Promise: checksums are right, and no number is taken from anybody: cards begin as those that
processors of payments give for tests, the bank of an account is `TEST` or drawn at random, and
telephone numbers are 555-01xx.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Final

from hypothesis import strategies as st

from scrubber.testing.planting import Planted
from scrubber.testing.strategies.fills import seeds

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

_CARDS: Final = (
    ("424242", 16),
    ("555555", 16),
    ("378282", 15),
    ("601111", 16),
    ("400000", 16),
    ("222300", 16),
    ("371449", 15),
)
_JOINTS: Final = ("", " ", "-")


def _digits(count: int, seed: int) -> str:
    return "".join(Random(seed).choices("0123456789", k=count))  # noqa: S311  # no secret


def _luhn_sum(digits: str) -> int:
    doubled = [int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(digits))]
    return sum(value - 9 * (value > 9) for value in doubled)  # noqa: PLR2004  # two digits


def _card(issuer: tuple[str, int], seed: int, joint: str) -> Planted:
    begin, length = issuer
    digits = begin + _digits(length - len(begin) - 1, seed)
    digits += str(-_luhn_sum(digits + "0") % 10)
    four = (4, 6, 5) if length == 15 else (4, 4, 4, 4)  # noqa: PLR2004  # American Express
    groups, at = [], 0
    for size in four:
        groups.append(digits[at : at + size])
        at += size
    return Planted("CREDIT_CARD", joint.join(groups), (joint.join(groups[1:]),))


def cards() -> SearchStrategy[Planted]:
    """Give numbers of payment cards that pass Luhn's check, in one piece or in groups.

    Returns:
        Each with what is left of it without its first group.
    """
    return st.builds(_card, st.sampled_from(_CARDS), seeds, st.sampled_from(_JOINTS))


def plain_cards() -> SearchStrategy[str]:
    """Give numbers of 16 digits that begin with 4 and pass Luhn's check, in one piece."""
    return seeds.map(lambda seed: _card(_CARDS[0], seed, "").value)


# Country -> how its account numbers look, by the registry of ISO 13616.
_IBANS: Final = {
    "DE": "000000000000000000",
    "NL": "XXXX0000000000",
    "GB": "XXXX00000000000000",
    "FR": "00000000000000000000000",
    "PL": "000000000000000000000000",
}


def _iban(country: str, seed: int, joint: str) -> Planted:
    number = _digits(len(_IBANS[country]), seed)
    body = "".join(
        "TEST"[at] if form == "X" else number[at] for at, form in enumerate(_IBANS[country])
    )
    value = int("".join(str(int(one, 36)) for one in f"{body}{country}00"))
    text = f"{country}{98 - value % 97:02d}{body}"
    groups = [text[at : at + 4] for at in range(0, len(text), 4)]
    return Planted("IBAN_CODE", joint.join(groups), (joint.join(groups[1:]),))


def ibans() -> SearchStrategy[Planted]:
    """Give numbers of bank accounts of five countries that pass the check modulo 97.

    Returns:
        Each with what is left of it without its first group.
    """
    return st.builds(_iban, st.sampled_from(tuple(_IBANS)), seeds, st.sampled_from(("", " ")))


_PHONES: Final = (
    "+1 {area} 555 01{end:02d}",
    "+1-{area}-555-01{end:02d}",
    "({area}) 555-01{end:02d}",
    "+1{area}55501{end:02d}",
    "{area}-555-01{end:02d}",
)


def _phone(form: str, area: int, end: int) -> Planted:
    text = form.format(area=area, end=end)
    without = f"{area}{text.partition(str(area))[2]}"
    return Planted("PHONE_NUMBER", text, (without,) if without != text else ())


def phones() -> SearchStrategy[Planted]:
    """Give telephone numbers of the range kept for fiction, in five ways of writing.

    Returns:
        Each with what is left of it without the country.
    """
    return st.builds(
        _phone, st.sampled_from(_PHONES), st.sampled_from((212, 312, 415, 617)), st.integers(0, 99)
    )
