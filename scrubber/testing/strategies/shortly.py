"""
Strategies that print themselves in a few words.

Hypothesis prints a strategy wherever it checks or blames one. The `repr` of one made of hundreds
is megabytes long, takes seconds, and brings a warning.

Promise: the strategy that comes back gives the same values.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from hypothesis import strategies as st

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

T = TypeVar("T")


def shortly(strategy: SearchStrategy[T]) -> SearchStrategy[T]:
    """Give a strategy with a short `repr`.

    >>> shortly(st.integers(0, 9))
    drawn()
    """

    @st.composite
    def drawn(draw: st.DrawFn) -> T:
        return draw(strategy)

    return drawn()
