"""On which lines a pattern tells no digits apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from scrubber.ruleset.blind import blind, tellings
from scrubber.ruleset.literals import folded
from scrubber.ruleset.parse import parse

if TYPE_CHECKING:
    from random import Random

TELLINGS = [
    (r"id [0-9]{3}", ()),
    (r"[A-Z0-9]{1,9}+ (?! \w )", ()),
    (r"7", ((),)),
    (r"x86", (("x00",),)),
    (r"(?i:X)86-?", (("x00",),)),
    (r"(?<! ec2 - ) [0-9]{1,3}", (("ec0-",),)),
    (r"a (?: b7 | cd8 ) e", (("a", "b0", "e"), ("a", "cd0", "e"))),
    (r"ab{2,3} 1", (("0", "a", "bb"),)),
    (r"[ab]1", (("0",),)),
    (r"(?P<value> no (?: 4 )) x", (("no0x",),)),
    (r"[s\u017f]1", (("0",),)),
    (r"v1 | v1 x", (("v0",),)),
]


@pytest.mark.parametrize(("pattern", "expected"), TELLINGS)
def test_words_beside_what_tells_digits_apart(
    pattern: str, expected: tuple[tuple[str, ...], ...]
) -> None:
    """Each node by itself; where one needs less than another, the other says nothing."""
    assert tellings(parse(pattern)) == expected


BLIND = [
    (r"(?<! ec2 - ) [0-9]{1,3}", "at 000", True),
    (r"(?<! ec2 - ) [0-9]{1,3}", "ec0-000", False),
    (r"(?<! EC2 - ) [0-9]{1,3}", "ec0-000", False),
    (r"7", "", False),
]


@pytest.mark.parametrize(("pattern", "shape", "expected"), BLIND)
def test_a_line_without_the_word_shows_no_digits(
    pattern: str, shape: str, *, expected: bool
) -> None:
    """Where nothing has to stand beside it, no line does."""
    assert blind(tellings(parse(pattern)), shape) == expected


PARTS = ("a", "b", "7", "[0-4]", "[0-9]", "[a-b]", "(?! 1 )", "(?<! b2 )", "(?= [0-9] )", "\\w")


@given(
    st.lists(st.sampled_from(PARTS), min_size=1, max_size=5),
    st.text("ab-0123456789", max_size=12),
    st.randoms(use_true_random=False),
)
def test_lines_of_one_shape_match_alike(parts: list[str], line: str, draw: Random) -> None:
    """Where a pattern is blind, whatever the digits are."""
    node = parse(" ".join(parts))
    if not blind(tellings(node), folded(line)):
        return
    pattern = regex.compile(" ".join(parts), regex.VERBOSE | regex.ASCII)
    other = "".join(draw.choice("0123456789") if one.isdigit() else one for one in line)
    found = [[one.span() for one in pattern.finditer(text)] for text in (line, other)]
    assert found[0] == found[1]
