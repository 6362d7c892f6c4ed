"""Checks of telephone numbers, and the table of calling codes they read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber.validators.calling_codes import calling_code
from scrubber.validators.phone import phone_international, phone_keyed, phone_national

DIVIDERS = st.sampled_from(["", " ", "-", ".", "/", " (", ") ", "\N{NO-BREAK SPACE}"])


@pytest.mark.parametrize(
    ("digits", "code"),
    [
        ("12025550114", "1"),
        ("442079460123", "44"),
        ("33199001234", "33"),
        ("493023125123", "49"),
        ("41446681800", "41"),
        ("390698123456", "39"),
        ("34912345678", "34"),
        ("31201234567", "31"),
        ("919876543210", "91"),
        ("819012345678", "81"),
        ("8613800138000", "86"),
        ("821012345678", "82"),
        ("5511912345678", "55"),
        ("61491570006", "61"),
        ("6495550123", "64"),
        ("74951234567", "7"),
        ("525512345678", "52"),
        ("35812345678", "358"),
        ("97225550123", "972"),
        ("1202555011", ""),
        ("120255501140", ""),
        ("999123456789", ""),
        ("0441234567890", ""),
        ("", ""),
    ],
)
def test_a_calling_code_has_numbers_of_its_lengths(digits: str, code: str) -> None:
    """The code is found only in front of as many digits as its country uses."""
    assert calling_code(digits) == code


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("+1 (202) 555-0114", True),
        ("+12025550114 ext. 12", True),
        ("+12025550114;ext=12", True),
        ("+44 (0)20 7946 0123", True),
        ("0044 20 7946 0123", True),
        ("+49/30/23125-123", True),
        ("+1 102 555 0114", False),
        ("+1 202 155 0114", False),
        ("+1700000000", False),
        ("+20240101", False),
        ("+20240101120000", False),
        ("+1.2025550114", False),
        ("+44 0000000000", False),
        ("+", False),
        ("011 44 20 7946 0123", True),
        ("+44 07700 900123", True),
        ("+999 07700 900123", False),
    ],
)
def test_an_international_number_has_a_country(text: str, expected: bool) -> None:  # noqa: FBT001
    """Steps, times and floats behind a plus sign are no telephone numbers."""
    assert phone_international(text) is expected


@given(st.lists(DIVIDERS, min_size=9, max_size=9))
def test_an_international_number_is_one_however_it_is_divided(dividers: list[str]) -> None:
    """Dividers between digits change nothing."""
    pieces = zip("202555011", dividers, strict=True)
    number = "+1 " + "".join(digit + divider for digit, divider in pieces) + "4"
    assert phone_international(number)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(415) 555-0114", True),
        ("415-555-0114 x42", True),
        ("020 7946 0123", True),
        ("01 99 00 12 34", True),
        ("06 12 24 10 30", True),
        ("044.668.18.00", True),
        ("0171/1234567", True),
        ("01-02-2026", False),
        ("04-03-26-10-11", False),
        ("2026-03-04-10", False),
        ("01 02 03 04 05", False),
        ("02 03 04 05 06", False),
        ("000 0000 0000", False),
        ("10.20.30.40", False),
        ("030 123", False),
        ("0123456789012345", False),
    ],
)
def test_a_national_number_is_no_date_and_no_count(text: str, expected: bool) -> None:  # noqa: FBT001
    """What other kinds of numbers explain is refused, what has a grouping is not."""
    assert phone_national(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4155550114", True),
        ("2012030114", True),
        ("555-0114", True),
        ("(415) 555-0114", True),
        ("13800138000", True),
        ("555011", False),
        ("1700000000", False),
        ("1700000000123", False),
        ("4294967295", False),
        ("9999999999", False),
        ("2026-03-04", False),
        ("20260304", False),
        ("20260304101112", False),
        ("04/03/2026", False),
        ("10.20.30.40", False),
        ("1234567.89", False),
        ("1234567890123456", False),
    ],
)
def test_a_number_behind_a_word_is_no_time_and_no_limit(text: str, expected: bool) -> None:  # noqa: FBT001
    """Times since 1970, dates, largest integers and floats are refused."""
    assert phone_keyed(text) is expected
