"""Words a pattern needs: what they are, and that no match lacks them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from scrubber.ruleset.literals import MOST_WORDS, folded, required_words
from scrubber.ruleset.syntax import parse, render

if TYPE_CHECKING:
    from scrubber.ruleset.nodes import Node

WORDS = [
    ("abc", ("abc",)),
    ("(?i:AbC)", ("abc",)),
    ("ABC", ("abc",)),
    ("gh[po]_[a-z]{4}", ("gho_", "ghp_")),
    ("(?:cat|dog)s", ("cats", "dogs")),
    ("(?:cat|[a-z]{3})", ()),
    ("(?:cat)?@", ("@",)),
    ("(?:cat){0,3}@", ("@",)),
    ("(?:ab){2}", ("abab",)),
    ("(?:ab){1,9}", ("ab",)),
    ("(?<=pass)[0-9]", ("pass",)),
    ("(?<!pass)[0-9]", ("0",)),
    ("[a-z]{3}(?=ing)", ("ing",)),
    ("a(?!b)c", ("ac",)),
    (r"a\bc", ("ac",)),
    ("^a$", ("a",)),
    ("(?>ab|cd)e", ("abe", "cde")),
    ("(?P<value>ab)c", ("abc",)),
    ("é[a-z]", ("é",)),
    ("[a-z]{5}", ()),
    ("(?:abc|abcd)x{0,2}", ("abc",)),
    (r"[0-9]\.[0-9]", ("0.0",)),
    ("[0-9]{14}", ("0" * 14,)),
    ("[a-f0-9]{32}", tuple("0abcdef")),
    (r"(?i:access)[_\-]?(?i:key)", ("access",)),
]


@pytest.mark.parametrize(("pattern", "words"), WORDS)
def test_words_of_a_pattern(pattern: str, words: tuple[str, ...]) -> None:
    """The longest fixed piece that every match has, in lower case."""
    assert required_words(parse(pattern)) == words


def test_words_are_few() -> None:
    """Too many choices are not spelt out."""
    pattern = "[a-h]{3}xy[a-h]{3}"
    assert len(required_words(parse(pattern))) <= MOST_WORDS
    assert all(word in "xy" or "xy" in word for word in required_words(parse(pattern)))


PIECES = st.recursive(
    st.sampled_from(
        [
            *("a", "b", "K", "s", "@", "ab", "kS", "[ab]", "[a-z]", "[0-9]", "é", r"\.", "(?i:ak)"),
            *(r"\b", "^", "$", "(?=a)", "(?<=b)", "(?!k)", "(?<!@)", "(?=[ab]k)"),
        ]
    ),
    lambda inside: st.one_of(
        st.lists(inside, min_size=1, max_size=4).map("".join),
        st.lists(inside, min_size=1, max_size=3).map(lambda one: f"(?:{'|'.join(one)})"),
        st.tuples(inside, st.sampled_from(["?", "{2}", "{1,3}", "{0,2}", "{3,5}+"])).map(
            lambda one: f"(?:{one[0]}){one[1]}"
        ),
        inside.map(lambda one: f"(?>{one})"),
    ),
    max_leaves=8,
)


def parsed_or_none(pattern: str) -> Node | None:
    """Parse a generated pattern; None for what the dialect refuses."""
    try:
        return parse(pattern)
    except ValueError:
        return None


@given(pattern=PIECES, text=st.text("abkKsS@.0é\nAB\u212a\u017f\u0130", max_size=24))
def test_no_match_lacks_the_words(pattern: str, text: str) -> None:
    """Where a pattern matches, the folded text holds one of its words."""
    node = parsed_or_none(pattern)
    if node is None:
        return
    words = required_words(node)
    if words and regex.search(render(node), text, regex.VERSION0 | regex.ASCII):
        assert any(word in folded(text) for word in words)
