"""What is told of a line: rules, as numbers."""

from __future__ import annotations

import pytest

from scrubber.detect.rule_numbers import ENCODED, if_more, number_of


@pytest.mark.parametrize("number", [0, 1, 700])
def test_a_rule_that_needs_further_lines_is_told_apart(number: int) -> None:
    """It stands before all else, and says which rule it is."""
    told = if_more(number)
    assert sorted([number, ENCODED, told]) == [told, ENCODED, number]
    assert number_of(told) == number_of(number) == number
