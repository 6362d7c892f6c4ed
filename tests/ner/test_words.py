"""Words: how one is written, which lists have it, and whether it may be of a name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber.ner.tokens import tokens
from scrubber.ner.words import length_of, mostly_latin, word_of
from tests.ner.lines import lines
from tests.ner.models import GAZETTEER


@pytest.mark.parametrize(
    ("text", "shape", "lists", "may_name"),
    [
        ("Jane", "Xx", "g", True),
        ("jane", "x", "g", True),
        ("SMITH", "XX", "sv", True),
        ("Gonzalez", "Xx", "sp", True),
        ("J", "X", "", True),
        ("Vexlab", "Xx", "", True),
        ("vexlab", "x", "", False),
        ("number", "x", "v", False),
        ("Number", "Xx", "v", False),
        ("zwischen", "x", "f", False),
        ("000", "0", "", False),
        ("-", "-", "", False),
        ("\u2019", ".", "", False),
        ("\u674e", "h", "", True),
        ("\u3055\u304f", "k", "", True),
        ("\uae40\ubbfc", "g", "", True),
        ("\u05d3\u05d5\u05d3", "u", "", True),
        ("\u10d2\u10d8\u10dd", "u", "", True),
        ("\u0418\u0432\u0430\u043d", "Xx", "", True),
        ("\ud800", ".", "", False),
    ],
)
def test_a_word_is_judged_by_itself(text: str, shape: str, lists: str, may_name: bool) -> None:  # noqa: FBT001
    """Its shape and its lists make its kind."""
    word = word_of(text, GAZETTEER, latin=False)
    assert (word.shape, word.lists, word.may_name) == (shape, lists, may_name)
    assert word.kind == shape + lists
    assert word.letters is text[0].isalpha()


def test_words_of_other_letters_than_their_line_are_marked() -> None:
    """A name in Cyrillic stands out in an English sentence, and not in a Russian one."""
    cyrillic = "\u0418\u0432\u0430\u043d"
    assert word_of(cyrillic, GAZETTEER, latin=True).shape == "Xx~"
    assert word_of(cyrillic, GAZETTEER, latin=False).shape == "Xx"
    assert word_of("Ren\u00e9e", GAZETTEER, latin=True).shape == "Xx"


def test_lists_know_a_word_in_either_normal_form() -> None:
    """What is typed with combining marks is the same name."""
    composed, split = "Jan\u00e9", "Jane\u0301"
    first, second = (word_of(one, GAZETTEER) for one in (composed, split))
    assert first.lists == second.lists
    assert first.shape == second.shape


@pytest.mark.parametrize(
    ("line", "latin"),
    [
        ("", True),
        ("42 -", True),
        ("user Jane", True),
        ("user \u0418\u0432\u0430\u043d", True),
        ("\u043d\u0435\u0442 \u0418\u0432\u0430\u043d user", False),
    ],
)
def test_a_line_is_latin_where_half_of_its_words_are(line: str, latin: bool) -> None:  # noqa: FBT001
    """Signs and numbers do not count."""
    assert mostly_latin([one.text for one in tokens(line)]) is latin


def test_the_first_words_tell_the_script_of_a_line() -> None:
    """So that the time for it has an end."""
    assert mostly_latin(["a"] * 64 + ["\u0436"] * 999)


def test_long_words_are_alike() -> None:
    """Their length is told up to eight."""
    assert [length_of(word_of("x" * size, GAZETTEER)) for size in (1, 8, 30)] == ["1", "8", "8"]


@given(lines, st.booleans())
def test_every_token_can_be_judged(line: str, latin: bool) -> None:  # noqa: FBT001
    """A sign or a number never names anybody."""
    for one in tokens(line):
        word = word_of(one.text, GAZETTEER, latin=latin)
        assert word.letters or not word.may_name
        assert word.kind.startswith(word.shape)
