"""Tokens: what is a word, a number, a sign, and that nothing is left out."""

from __future__ import annotations

import pytest
from hypothesis import given

from scrubber.ner.tokens import tokens
from tests.ner.lines import lines


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("", []),
        (" \t ", []),
        ("user 42", ["user", "00"]),
        ("don't", ["don't"]),
        ("Jane's", ["Jane", "'", "s"]),
        ("Jean-Luc", ["Jean", "-", "Luc"]),
        ("JohnSmith", ["John", "Smith"]),
        ("patient_john", ["patient", "_", "john"]),
        ("HTTPError", ["HTTP", "Error"]),
        ("JANE DOE", ["JANE", "DOE"]),
        ("J. Doe", ["J", ".", "Doe"]),
        ("v1.20", ["v", "0", ".", "00"]),
        ("\u674e\u4f1f", ["\u674e", "\u4f1f"]),
        ("\u3055\u304f\u3089", ["\u3055\u304f\u3089"]),
        ("Rene\u0301e", ["Rene\u0301e"]),
        ("\u0939\u093f\u0928\u094d\u0926\u0940", ["\u0939\u093f\u0928\u094d\u0926\u0940"]),
        ("\u0663\u0664", ["00"]),
        ("a\x00b", ["a", "\x00", "b"]),
        ("a\ud800b", ["a", "\ud800", "b"]),
    ],
)
def test_a_line_is_cut_into_words_numbers_and_signs(line: str, found: list[str]) -> None:
    """Digits are read as zeros, of any script."""
    assert [one.text for one in tokens(line)] == found


@given(lines)
def test_tokens_leave_out_nothing_but_blanks(line: str) -> None:
    """They stand in order, and each says whether it touches the one before."""
    behind = 0
    for place, one in enumerate(tokens(line)):
        between = line[behind : one.start]
        assert not between.strip()
        assert one.glued is (place > 0 and not between)
        assert one.end - one.start == len(one.text) > 0
        behind = one.end
    assert not line[behind:].strip()


@given(lines)
def test_both_patterns_cut_lines_of_ascii_alike(line: str) -> None:
    """The faster one is taken where it can be; a letter far behind makes no difference."""
    plain = line.encode("ascii", "ignore").decode()
    longer = tokens(f"{plain} \u0436")
    assert tokens(plain) == longer[:-1]
