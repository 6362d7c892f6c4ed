"""Patterns as they are written: macros and comments are gone when they are read."""

from __future__ import annotations

import pytest

from scrubber.ruleset.syntax import render
from scrubber.ruleset.written import build_pattern


def test_pattern_is_printed_without_macros_and_comments() -> None:
    """What is compiled is the print, so a pattern may be laid out for people."""
    node = build_pattern("a %{space}{1,2}  # then\n %{keys}", keys=("pin",))
    assert "%" not in render(node)
    assert "then" not in render(node)


@pytest.mark.parametrize(("text", "reason"), [("%{nope}", "unknown macro"), ("[a", "character")])
def test_pattern_that_cannot_be_read_is_a_value_error(text: str, reason: str) -> None:
    """Macros and dialect refuse in the same way."""
    with pytest.raises(ValueError, match=reason):
        build_pattern(text)
