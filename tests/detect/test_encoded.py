"""What a scanner looks for, to tell which lines have something to decode."""

from __future__ import annotations

import re

import pytest
from hypothesis import given

from scrubber.decoding import decodable
from scrubber.detect.encoded import EXPRESSIONS
from scrubber.encodings import ENCODINGS
from scrubber.ruleset.bytesets import FOLD
from tests.properties.texts import texts

ANY = re.compile("|".join(f"(?:{one})" for one in EXPRESSIONS).encode(), re.DOTALL)


def told(line: str) -> bool:
    """Tell whether an expression matches in the folded bytes of a line."""
    return ANY.search(line.encode("utf-8", "surrogatepass").translate(FOLD)) is not None


@given(texts)
def test_a_line_that_can_be_decoded_is_told(text: str) -> None:
    """Whatever it holds besides."""
    assert [one for one in text.split("\n") if decodable(one) and not told(one)] == []


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_encoding_is_told(encoding: str) -> None:
    """In texts of several alphabets."""
    for text in ("jane.doe@example.com is here", "вексля себя дома где", "データの場所はここです"):
        written = ENCODINGS[encoding].encode(text)
        assert told(written) or not decodable(written)


def test_most_lines_have_nothing_to_decode() -> None:
    """Or every line would be decoded to see."""
    assert not told("loss=0.4123 at 100% of step 17 in conv2d")
