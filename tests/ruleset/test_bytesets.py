"""Sets of bytes: what a character begins with, how it is printed and how rare it is."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber.ruleset.bytesets import (
    ALL,
    CONTINUED,
    FOLD,
    HIGH,
    WORD,
    bits,
    fixed,
    of_charset,
    render,
    run_bits,
    spelled,
)
from scrubber.ruleset.charset import ANYTHING, DIGIT, NOTHING, CharSet
from scrubber.ruleset.charset import WORD as WORD_CHARACTERS

POINTS = st.one_of(
    st.integers(0, 0x10FFFF),
    st.sampled_from([0x2F, 0x30, 0x39, 0x7F, 0x80, 0x7FF, 0x800, 0xD800, 0xDC80, 0xDCFF, 0xFFFF]),
)


@given(first=POINTS, second=POINTS, at=POINTS)
def test_a_character_of_a_set_begins_with_a_byte_of_it(first: int, second: int, at: int) -> None:
    """What leads a character is in the set of bytes, and what is printed matches all of it."""
    charset = CharSet.spanning([(min(first, second), max(first, second))])
    point = min(max(at, min(first, second)), max(first, second))
    data = chr(point).encode("utf-8", "surrogatepass").translate(FOLD)
    chosen = of_charset(charset)
    assert data[0] in chosen
    text = f"(?:{render(chosen)}{CONTINUED})"
    assert re.fullmatch(text.encode(), data, re.DOTALL)
    forms = spelled(charset)
    if forms and len(data) > 1:
        assert any(re.fullmatch(one.encode(), data) for one in forms)


def test_a_stray_byte_may_be_any_above_ascii() -> None:
    """A set that holds what stands for a stray byte holds all of them, and spells none."""
    stray = CharSet.of("\udc80")
    assert of_charset(stray) == HIGH
    assert spelled(stray) == ()


def test_digits_are_one_byte() -> None:
    """The buffer is folded, so every digit is a zero."""
    assert of_charset(DIGIT) == of_charset(CharSet.of("7")) == frozenset(b"0")
    assert b"a1b9".translate(FOLD) == b"a0b0"
    assert of_charset(WORD_CHARACTERS) == WORD
    assert of_charset(ANYTHING) == ALL


def test_what_is_printed_goes_over_bytes_no_buffer_has() -> None:
    """No folded buffer holds a digit but the zero, so a range may go over the others."""
    assert render(frozenset(b"/0:;")) == r"[\x2f-\x3b]"
    assert render(frozenset(b"a")) == "a"
    assert render(frozenset(b" ")) == r"\x20"
    assert not re.search(render(of_charset(NOTHING)).encode(), bytes(range(256)))


@pytest.mark.parametrize(
    ("text", "expected"), [("a", True), ("aA", True), ("ab", False), ("abc", False), ("0", True)]
)
def test_fixed(text: str, *, expected: bool) -> None:
    """One byte is fixed, and a letter in both cases."""
    assert fixed(frozenset(text.encode())) is expected


def test_rarer_sets_have_more_bits() -> None:
    """Rarity grows as a set gets smaller and a run longer, and not without end."""
    assert bits(frozenset(b"e")) < bits(frozenset(b"q")) < bits(frozenset({200}))
    assert bits(frozenset(b"#")) < bits(frozenset({1})) < bits(frozenset())
    assert run_bits(WORD, 0) == 0
    assert run_bits(WORD, 1) < run_bits(WORD, 9) <= run_bits(WORD, 900)
    assert (
        run_bits(frozenset(b"q"), 2) < run_bits(frozenset(b"q"), 4) == run_bits(frozenset(b"q"), 9)
    )
    assert run_bits(ALL, 2) >= run_bits(ALL, 1)
