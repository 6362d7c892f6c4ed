"""Checks of numbers: Luhn and cards."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber.validators.card import card_number
from scrubber.validators.luhn import luhn_valid

DIGITS = st.text("0123456789", min_size=1, max_size=30)


def with_check_digit(digits: str) -> str:
    """Append the check digit, computed as ISO/IEC 7812-1 says it in words."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        number = int(digit) * (2 if place % 2 == 0 else 1)
        total += number - 9 if number > 9 else number
    return digits + str(-total % 10)


@given(digits=DIGITS)
def test_a_number_with_its_check_digit_is_valid(digits: str) -> None:
    """The check digit computed from the definition is accepted, any other is not."""
    valid = with_check_digit(digits)
    others = {digits + str(digit) for digit in range(10)} - {valid}
    assert luhn_valid(valid)
    assert not any(luhn_valid(one) for one in others)


@pytest.mark.parametrize("text", ["", "0", "4", "4111 1111 1111 1111", "٤١١١", "41x1", "²²", "-18"])
def test_only_runs_of_digits_have_a_check_digit(text: str) -> None:
    """Blanks, letters, signs and digits of other scripts are no number."""
    assert not luhn_valid(text)


@pytest.mark.parametrize(
    "body",
    [
        "411111111111111",
        "400000000000000000",
        "510000000000000",
        "222100000000000",
        "272099999999999",
        "34000000000000",
        "37000000000000",
        "601100000000000",
        "644000000000000",
        "650000000000000000",
        "352800000000000",
        "358900000000000",
        "3000000000000",
        "3600000000000",
        "620000000000000",
        "501800000000000",
        "676300000000000",
        "220000000000000",
    ],
)
def test_each_issuer_is_known_with_its_prefix_and_length(body: str) -> None:
    """A number with the prefix, the length and the check digit of an issuer is a card."""
    number = with_check_digit(body)
    assert card_number(number)
    assert card_number(" ".join(number[i : i + 4] for i in range(0, len(number), 4)))
    assert not card_number(with_check_digit(body[:-5]))


@pytest.mark.parametrize(
    "text",
    [
        with_check_digit("170000000000000"),
        with_check_digit("170000000000"),
        with_check_digit("000000000000000"),
        with_check_digit("222000000000000"),
        with_check_digit("272100000000000"),
        with_check_digit("990000000000000"),
        "4111111111111112",
        "4111-1111 1111-1111",
        "4111",
        "card",
    ],
)
def test_times_counts_and_wrong_digits_are_no_cards(text: str) -> None:
    """What no issuer gives is refused, even with a right check digit."""
    assert not card_number(text)
