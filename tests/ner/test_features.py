"""Features: what each token is told of itself, its neighbours and its stretch."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber.ner.features import nearest, stretches
from scrubber.ner.tokens import tokens
from scrubber.ner.words import Word, word_of
from tests.ner.lines import lines
from tests.ner.models import GAZETTEER, names_of


def words(line: str) -> list[Word]:
    """Judge the tokens of a line."""
    return [word_of(one.text, GAZETTEER) for one in tokens(line)]


def test_a_token_is_told_of_itself() -> None:
    """Its word, shape, lists, affixes and length."""
    (only,) = names_of("Jane")
    assert {"w=jane", "k=Xxg", "s=Xx", "g=g", "l=Xx4", "p2=ja", "p3=jan", "e2=ne"} <= set(only)
    assert "e4=jane" not in only


def test_a_sign_is_told_of_no_letters() -> None:
    """It has no affixes and no lists."""
    (only,) = names_of("-")
    assert not [name for name in only if name.startswith(("p2=", "e2=", "g=", "l="))]


def test_a_token_is_told_of_two_neighbours_on_either_side() -> None:
    """And not of a third."""
    row = names_of("aa bb cc dd ee ff")[2]
    told = {name for name in row if name.startswith(("w-", "w1", "w2"))}
    assert told == {"w-2=aa", "w-1=bb", "w1=dd", "w2=ee"}


def test_a_token_knows_whether_it_touches_the_next() -> None:
    """`Jane Gonzalez` is not `JaneGonzalez`."""
    apart, together = names_of("Jane Gonzalez")[1], names_of("JaneGonzalez")[1]
    assert "a|Xxg| |Xxsp" in apart
    assert "a|Xxg|+|Xxsp" in together
    assert "a|Xxg|+|Xxsp" not in apart


def test_a_line_has_edges() -> None:
    """Which no word is."""
    first, last = names_of("Jane Gonzalez")
    assert "a|$| |Xxg" in first
    assert "b|Xxsp| |$" in last
    assert "c|$| |Xxg| |Xxsp" in first
    assert "h|$|jane|Xx" in last


def test_the_nearest_word_is_seen_over_signs() -> None:
    """For some signs; then it is too far."""
    assert nearest(words('user = "Jane"'))[3] == "user"
    assert nearest(words("user ==== Jane"))[5] == "user"
    assert nearest(words("user ===== Jane"))[6] == ""
    assert nearest(words("Jane")) == ["$"]


def test_a_stretch_is_what_stands_between_signs() -> None:
    """Signs of names do not end it."""
    assert list(stretches(words("id=Jean-Luc O'Neil, x"))) == [(0, 1), (2, 8), (9, 10)]
    assert list(stretches(words("= ,"))) == []


def test_a_stretch_tells_its_size_and_its_signs() -> None:
    """And all of its kinds, where it is short."""
    row = names_of('"Jane Gonzalez"')[2]
    assert {"k|Xxg~Xxsp|1", 'j|"|"|2|Xx', "i|2|Xxsp"} <= set(row)
    assert not [name for name in names_of("a b c d e f")[2] if name.startswith("k|")]


@given(lines)
def test_every_token_has_features(line: str) -> None:
    """All of them are texts that can be hashed, none twice in one place."""
    rows = names_of(line)
    assert len(rows) == len(tokens(line))
    assert all(rows)


@pytest.mark.parametrize("digits", ["0", "7", "\u0663"])
def test_digits_tell_nothing(digits: str) -> None:
    """They are read as zeros."""
    assert names_of(f"user {digits}: Jane") == names_of("user 9: Jane")


@given(lines, st.sampled_from("123456789"))
def test_features_do_not_depend_on_digits(line: str, digit: str) -> None:
    """In any line."""
    assert names_of(line.replace("0", digit)) == names_of(line.replace(digit, "0"))
