"""Raw data in a literal, and text that is written with as many escapes."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber.validators.raw_bytes import raw_bytes

NOISE = random.Random(5).randbytes(64)  # noqa: S311  # no secret
RUSSIAN = "\u043f\u0440\u0438\u0432\u0435\u0442 \u043c\u0438\u0440"


@pytest.mark.parametrize("data", [NOISE, bytes(40), b"\x80\x04\x95" + bytes(12)])
def test_raw_data_is_known(data: bytes) -> None:
    """Noise, zeros and the head of a pickle."""
    assert raw_bytes(repr(data))
    assert raw_bytes(repr(data)[:-1])


@pytest.mark.parametrize("data", [b"", b"plain", bytes(8), RUSSIAN.encode(), NOISE[:4]])
def test_text_and_few_bytes_are_not(data: bytes) -> None:
    """Words in UTF-8, and less than twelve bytes."""
    assert not raw_bytes(repr(data))


def test_text_that_is_cut_off_in_a_character_is_text() -> None:
    """The last character may lack its end."""
    assert not raw_bytes(repr(RUSSIAN.encode()[:-1])[:-1])


@given(st.text())
def test_any_text_gives_an_answer(text: str) -> None:
    """Lone surrogates too."""
    assert raw_bytes(text) in (True, False)
