"""Runs of letters and digits that a pattern needs."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from scrubber.ruleset.runs import least_run
from scrubber.ruleset.syntax import parse, render
from tests.ruleset.test_literals import PIECES, parsed_or_none

RUNS = [
    ("abc", 3),
    ("[a-f0-9]{40}", 40),
    ("a[b-d]{2,9}e", 4),
    ("ab.cd", 2),
    ("ab@cde", 3),
    ("(?:ab|cde)f", 3),
    ("(?:ab|@)f", 1),
    ("(?:a@b){3}", 1),
    ("(?:a@b){0,3}", 0),
    ("ab?c", 2),
    ("(?<=abcdef)x", 1),
    (r"(?P<value>a\bb)-_", 4),
    ("(?>[a-z]{5})", 5),
    ("[^a]{9}", 0),
]


@pytest.mark.parametrize(("pattern", "run"), RUNS)
def test_run_of_a_pattern(pattern: str, run: int) -> None:
    """The longest run that every match has."""
    assert least_run(parse(pattern)) == run


@given(pattern=PIECES, text=st.text("abkKs@.0-_\nAB", max_size=24))
def test_no_match_lacks_the_run(pattern: str, text: str) -> None:
    """Where a pattern matches, the match holds a run as long."""
    node = parsed_or_none(pattern)
    match = node and regex.search(render(node), text, regex.VERSION0 | regex.ASCII)
    if node and match:
        runs = regex.findall("[A-Za-z0-9_-]+", match[0])
        assert max(map(len, runs), default=0) >= least_run(node)
