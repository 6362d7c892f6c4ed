"""Sets of code points, against Python's own sets and against `regex`."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from scrubber.ruleset.charset import (
    ANYTHING,
    DIGIT,
    LAST,
    NEWLINE,
    NOTHING,
    SPACE,
    WORD,
    CharSet,
)

SMALL = 40
codes = st.integers(0, SMALL)
ranges = st.tuples(codes, codes).map(lambda pair: (min(pair), max(pair)))
charsets = st.lists(ranges, max_size=5).map(CharSet.spanning)


def members(charset: CharSet) -> set[int]:
    """Return the code points of a set, as far as these tests look."""
    return {code for low, high in charset.ranges for code in range(low, min(high, 2 * SMALL) + 1)}


@given(charsets, charsets)
def test_sets_behave_as_sets(one: CharSet, other: CharSet) -> None:
    """Every operation gives what it gives on Python's sets."""
    mine, theirs, everything = members(one), members(other), members(ANYTHING)
    assert members(one.union(other)) == mine | theirs
    assert members(one.intersection(other)) == mine & theirs
    assert members(one.difference(other)) == mine - theirs
    assert members(one.complement()) == everything - mine
    assert one.isdisjoint(other) == mine.isdisjoint(theirs)
    assert one.intersects(other) == (not mine.isdisjoint(theirs))
    assert one.contains(other) == (mine >= theirs)


@given(charsets)
def test_a_set_has_one_representation(one: CharSet) -> None:
    """Sets with the same characters are equal, however they were made."""
    again = CharSet.of(map(chr, members(one)))
    assert (again, hash(again)) == (one, hash(one))
    assert one.complement().complement() == one


@given(charsets)
def test_single_is_the_only_character(one: CharSet) -> None:
    """A set has a single character exactly when it has one."""
    mine = members(one)
    assert one.single() == (mine.pop() if len(mine) == 1 else None)


def test_the_complement_reaches_the_last_code_point() -> None:
    """Surrogates and the last code point are characters too."""
    assert ANYTHING.ranges == ((0, LAST),)
    assert ANYTHING.complement() == NOTHING
    assert DIGIT.complement().contains(CharSet.of("\ud800\U0010ffff"))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("k", "kK"),
        ("Z", "zZ"),
        ("@[`{", "@[`{"),
        ("\u017f", "\u017f"),
        ("\u212a", "\u212a"),
        ("\u00e9", "\u00e9"),
        ("", ""),
    ],
)
def test_folding_is_ascii_folding(before: str, after: str) -> None:
    """Only ASCII letters have another case."""
    assert CharSet.of(before).folded() == CharSet.of(after)


def test_folding_moves_the_letters_of_a_range() -> None:
    """A range that reaches beyond the letters takes the other case of those it has."""
    assert CharSet.spanning([(ord("Y"), ord("b"))]).folded() == CharSet.of("YZ[\\]^_`abyzAB")


@pytest.mark.parametrize(
    ("source", "charset"), [(r"\d", DIGIT), (r"\w", WORD), (r"\s", SPACE), (r"\n", NEWLINE)]
)
def test_named_sets_are_those_of_regex(source: str, charset: CharSet) -> None:
    """The named sets have exactly the characters that `regex` gives them in ASCII mode."""
    pattern = regex.compile(source, regex.V0 | regex.ASCII)
    assert CharSet.of(c for c in map(chr, range(LAST + 1)) if pattern.match(c)) == charset
