"""
What is told of a line: the rules that may have a match in it, as numbers.

A rule is a number from 0. Two things more are told: that there is something to decode, and that a
match may begin in the line that needs further lines. Both are below 0, so that the last of sorted
ones tells whether a line may hold something by itself.
"""

from __future__ import annotations

from typing import Final

Rules = tuple[int, ...]
"""What is told of a line, sorted."""

ENCODED: Final = -1
"""There may be something to decode."""


def if_more(number: int) -> int:
    """Write that a match of a rule may begin in a line, but only if more lines follow."""
    return ENCODED - 1 - number


def number_of(one: int) -> int:
    """Give the number of a rule, from what stands among the rules of a line."""
    return one if one >= ENCODED else ENCODED - 1 - one
