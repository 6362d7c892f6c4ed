"""
Characters that look like a key, drawn anew for each example, and choices among templates.

A key is made from a number, not letter by letter: a smaller number gives another key, where fewer
different letters would give a mask ("aaaa"), which no scrubber need remove.

Promise: equal numbers give equal characters, in every version of Python; no text of this package
looks like a key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hypothesis import strategies as st

from scrubber.ruleset.examples import expand_fills

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

seeds: Final = st.integers(0, 2**32 - 1)
"""Numbers that something is made from."""


def _filled(template: str, seed: int) -> str:
    return expand_fills(template, seed=f"{template}/{seed}")


def fills(*templates: str) -> SearchStrategy[str]:
    """Give texts made from templates.

    Args:
        templates: texts with fills such as `%{hex:32}`; the first is the simplest.

    >>> from hypothesis import find
    >>> key = find(fills("pat_%{hex:8}"), lambda key: True)
    >>> len(key), key.startswith("pat_")
    (12, True)
    """
    return st.builds(_filled, st.sampled_from(templates), seeds)
