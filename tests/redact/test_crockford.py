"""Ten characters and one that checks them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scrubber.redact.crockford import ALPHABET, CHECKS, check, encode

TEXTS = st.text(ALPHABET, min_size=10, max_size=10)


def test_alphabets_are_crockfords() -> None:
    """32 characters without `i l o u`; 37 checks, none twice."""
    assert len(set(ALPHABET)) == len(ALPHABET) == 32
    assert not set("ilou") & set(ALPHABET)
    assert len(set(CHECKS)) == len(CHECKS) == 37


@given(st.binary(min_size=7, max_size=32))
def test_fifty_bits_are_written(bits: bytes) -> None:
    """The first ones, in their order, and no others."""
    text = encode(bits)
    number = 0
    for char in text:
        number = number * 32 + ALPHABET.index(char)
    assert len(text) == 10
    assert number == int.from_bytes(bits, "big") >> (8 * len(bits) - 50)


@given(TEXTS, st.integers(0, 9), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(text: str, at: int, char: str) -> None:
    """Modulo 37, a prime above 32: no single change keeps the check."""
    changed = text[:at] + char + text[at + 1 :]
    assert (check(changed) == check(text)) is (changed == text)


@given(TEXTS, st.integers(0, 8))
def test_two_swapped_neighbours_are_noticed(text: str, at: int) -> None:
    """As people misread."""
    changed = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    assert (check(changed) == check(text)) is (changed == text)
