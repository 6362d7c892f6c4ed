"""Spans: likely tokens become whole names, without what stands around them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber.ner.spans import PAIRED, name_spans, with_pairs
from scrubber.ner.tokens import tokens
from scrubber.ner.words import mostly_latin, word_of
from tests.ner.lines import lines
from tests.ner.models import GAZETTEER


def found(line: str, likely: str) -> list[str]:
    """Give the names of a line in which some words are likely."""
    cut = tokens(line)
    latin = mostly_latin([one.text for one in cut])
    words = [word_of(one.text, GAZETTEER, latin=latin) for one in cut]
    low = line.index(likely) if likely else 0
    sure = [0.9 if low <= one.start < low + len(likely) else 0.1 for one in cut]
    return [line[start:end] for start, end, _ in name_spans(line, cut, words, sure, 0.5)]


@pytest.mark.parametrize(
    ("line", "likely", "names"),
    [
        ("for Jane Doe not", "Jane Doe", ["Jane Doe"]),
        ("for Jane Doe not", "", []),
        ("for Dr. Jane Doe not", "Dr. Jane Doe", ["Jane Doe"]),
        ("for Jane Doe's file", "Jane Doe's", ["Jane Doe"]),
        ("for 'Jane Doe', and", "'Jane Doe',", ["Jane Doe"]),
        ("for Doe, J. and", "Doe, J", ["Doe, J."]),
        ("Doe, Jane and", "Doe, Jane", ["Doe, Jane"]),
        ("Jane Doe, John Smith", "Jane Doe, John Smith", ["Jane Doe", "John Smith"]),
        (
            "Jane Doe zwischen John Smith",
            "Jane Doe zwischen John Smith",
            ["Jane Doe", "John Smith"],
        ),
        ("Ludwig van der Berg is", "Ludwig van der Berg", ["Ludwig van der Berg"]),
        ("Jean-Luc Martin", "Jean-Luc Martin", ["Jean-Luc Martin"]),
        ("Sean O'Brien left", "Sean O'Brien", ["Sean O'Brien"]),
        ("O'Brien left", "O'Brien", ["O'Brien"]),
        ("O'Brien left", "Brien", ["O'Brien"]),
        ("a = O'Brien", "Brien", ["O'Brien"]),
        ("user jane_smith left", "jane_smith", ["jane_smith"]),
        ("no number here", "number", []),
        ("a J b", "J", []),
        ("for \u674e\u4f1f not", "\u674e", ["\u674e\u4f1f"]),
        ("for \u674e\u4f1f not", "\u4f1f", ["\u674e\u4f1f"]),
        ("x" + " Jane" * 25, " Jane" * 25, []),
        ("- ' ,", "- ' ,", []),
        ("", "", []),
    ],
)
def test_likely_tokens_are_whole_names(line: str, likely: str, names: list[str]) -> None:
    """Titles, quotes and owners' letters are none of them."""
    assert found(line, likely) == names


@given(lines, st.lists(st.floats(0, 1), min_size=80, max_size=80), st.floats(0.1, 0.9))
def test_a_name_lies_within_its_line(line: str, likely: list[float], threshold: float) -> None:
    """Names are in order, apart, and begin and end with what a name does."""
    cut = tokens(line)[:80]
    words = [word_of(one.text, GAZETTEER) for one in cut]
    behind = 0
    for start, end, sure in name_spans(line, cut, words, likely, threshold):
        assert behind <= start < end <= len(line)
        assert line[start].isalpha()
        assert line[start:end].strip() == line[start:end]
        assert 0 <= sure <= 1
        behind = end


@pytest.mark.parametrize(
    ("line", "sure", "raised"),
    [
        ("to Maria Gonzalez by", PAIRED, ["Maria", "Gonzalez"]),
        ("TO MARIA GONZALEZ BY", PAIRED, ["MARIA", "GONZALEZ"]),
        ("to Maria Gonzalez by", PAIRED - 0.01, []),
        ("to Gonzalez Maria by", PAIRED, []),
        ("to Maria, Gonzalez by", PAIRED, []),
        ("to Maria  Gonzalez by", PAIRED, []),
        ("to maria gonzalez by", PAIRED, []),
        ("to Jane Doe by", PAIRED, []),
        ("", PAIRED, []),
    ],
)
def test_listed_names_side_by_side_need_less(line: str, sure: float, raised: list[str]) -> None:
    """Given name and surname, both capital, no everyday words (a doe is a deer), one blank."""
    cut = tokens(line)
    words = [word_of(one.text, GAZETTEER) for one in cut]
    told = with_pairs(cut, words, [sure] * len(cut), 0.75)
    assert [one.text for one, high in zip(cut, told, strict=True) if high == 0.75] == raised
    assert [high for high in told if high != 0.75] == [sure] * (len(cut) - len(raised))
