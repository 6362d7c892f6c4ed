"""Values cut by a line break: both halves must have the form together."""

from __future__ import annotations

import pytest

from scrubber.validators.wrapped import mail_coded_address, wrapped_address, wrapped_key

RANDOM = "0aB1cD2eF3gH4iJ5kL6mN7oP8qR9sT0uV1wX2yZ3"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("jane.doe@exam\n    ple.com", True, id="in_a_label"),
        pytest.param("jane@\r\nexample.com", True, id="behind_the_sign"),
        pytest.param("git@\nexample.com", False, id="shared_account"),
        pytest.param("q@k.tr\nanspose", False, id="code"),
        pytest.param("", False, id="empty"),
    ],
)
def test_addresses_cut_in_two(value: str, *, expected: bool) -> None:
    """What is no address in one piece is none in two."""
    assert wrapped_address(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("jane@exa=\nmple.com", True, id="soft_break"),
        pytest.param("jane=40example=2Ecom", True, id="codes"),
        pytest.param("jane=40example=2Ecom.", True, id="end_of_a_sentence"),
        pytest.param("jane@example.com", False, id="nothing_coded"),
        pytest.param("a=40b", False, id="no_domain"),
        pytest.param("x=\nq@k.transpose", False, id="code"),
        pytest.param("", False, id="empty"),
    ],
)
def test_addresses_in_quoted_printable(value: str, *, expected: bool) -> None:
    """Only what is coded, and an address once it is decoded."""
    assert mail_coded_address(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("ghp_" + RANDOM[:20] + "\n  " + RANDOM[20:36], True, id="whole_length"),
        pytest.param("ghp_" + RANDOM[:20] + "\n" + RANDOM[20:35], False, id="one_short"),
        pytest.param("ghp_" + RANDOM[:36] + "\nand", False, id="a_word_behind"),
        pytest.param("ghp_" + "x" * 20 + "\n" + "x" * 16, False, id="mask"),
        pytest.param("xkeysib-" + RANDOM[:8] + "=\r\n" + RANDOM[8:], True, id="soft_break"),
        pytest.param("key-" + RANDOM[:8] + "=\r\nx", False, id="soft_break_too_short"),
        pytest.param("", False, id="empty"),
    ],
)
def test_keys_cut_in_two(value: str, *, expected: bool) -> None:
    """A hard break needs the vendor's length, a soft one says itself that the key goes on."""
    assert wrapped_key(value) == expected
