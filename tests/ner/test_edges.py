"""Edges: the name, and nothing that stands around it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber.ner.edges import trimmed


@pytest.mark.parametrize(
    ("claimed", "name"),
    [
        ("Jane Doe", "Jane Doe"),
        ("'Jane Doe'", "Jane Doe"),
        ("\u201cJane Doe\u201d,", "Jane Doe"),
        ("(Jane Doe", "Jane Doe"),
        ("Jane Doe's", "Jane Doe"),
        ("JANE DOE\u2019S", "JANE DOE"),
        ("Jane Doe's.", "Jane Doe"),
        ("Jane Doe\nError", "Jane Doe"),
        ("\nJane Doe", "Jane Doe"),
        ("Seamus O'Neil", "Seamus O'Neil"),
        ("Jean-Luc", "Jean-Luc"),
        ("Rene\u0301", "Rene\u0301"),
        ("\u0939\u093f\u0928\u094d\u0926\u0940", "\u0939\u093f\u0928\u094d\u0926\u0940"),
        ("user2", "user2"),
    ],
)
def test_a_claim_is_trimmed_to_the_name(claimed: str, name: str) -> None:
    """Signs inside of it stay."""
    line = f"x {claimed} y"
    place = trimmed(line, 2, 2 + len(claimed))
    assert place is not None
    assert line[slice(*place)] == name


@pytest.mark.parametrize("claimed", ["", "...", "42", "\n", "\u0301", "- 7 -"])
def test_a_claim_without_a_letter_is_none(claimed: str) -> None:
    """There is nothing to replace."""
    assert trimmed(f"a({claimed})b", 1, 3 + len(claimed)) is None


@given(st.text(max_size=30), st.integers(-5, 40), st.integers(-5, 40))
def test_what_comes_out_lies_within_what_went_in(line: str, start: int, end: int) -> None:
    """It is never empty, on one line, and trimming it again changes nothing."""
    place = trimmed(line, start, end)
    if place is not None:
        assert max(start, 0) <= place[0] < place[1] <= min(end, len(line))
        assert len(line[slice(*place)].splitlines()) == 1
        assert trimmed(line, *place) == place
