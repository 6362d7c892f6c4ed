"""Pieces: all of a line, each code point at its place."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from scrubber.ner.pieces import LONGEST, OVERLAP, pieces

SIZES = [0, 1, OVERLAP, LONGEST - 1, LONGEST, LONGEST + 1, 2 * LONGEST - OVERLAP, 3 * LONGEST]


@given(st.sampled_from(SIZES), st.text(st.characters(), min_size=1, max_size=20))
def test_every_code_point_is_in_a_piece_at_its_place(size: int, some: str) -> None:
    """No piece is longer than it may be, or without anything new."""
    line = (some * (size // len(some) + 1))[:size]
    covered = 0
    for start, piece in pieces(line):
        assert 0 < len(piece) <= LONGEST
        assert start <= covered < start + len(piece)
        assert start == 0 or covered - start >= OVERLAP
        for own, other in zip(line[start:], piece, strict=False):
            surrogate = "\ud800" <= own <= "\udfff"
            assert other in {own, "\ufffd" if surrogate else " "}
        covered = start + len(piece)
    assert covered == size


def test_a_piece_can_be_encoded() -> None:
    """A byte that is no UTF-8 is read as a lone surrogate."""
    ((start, piece),) = pieces("a\udcffb")
    assert (start, piece.encode()) == (0, "a\ufffdb".encode())


def test_signs_of_a_long_word_are_blanks() -> None:
    """Minified JSON is one word; its letters and digits stay, and so do signs of short words."""
    long = '"name":"Jane",' * 30
    ((_, piece),) = pieces(f"it's {long} it's")
    assert piece == f"it's {re.sub('[^a-zA-Z]', ' ', long)} it's"
