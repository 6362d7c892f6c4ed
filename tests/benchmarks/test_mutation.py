"""Mutants are made where code runs, and a sample of them says how sure it is."""

from __future__ import annotations

from random import Random

import pytest

from benchmarks.mutation import __main__ as mutation
from benchmarks.mutation.places import AREAS, Mutant, mutants, never_run, sampled
from benchmarks.mutation.rates import interval

ONE = Mutant("resolve", "scrubber/resolve.py", 40, 3, "core/AddNot", 0)
SOURCE = """\
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    X = int | None

def f(a: int | None, b: int = 1 + 2) -> int | None:
    c: int | None = a
    return c
"""


def test_annotations_are_left_alone() -> None:
    """What is never run cannot be wrong."""
    lines = SOURCE.splitlines()
    idle = [(start[0], end[0]) for start, end in never_run(SOURCE)]
    assert sorted(idle) == [(3, 4), (6, 6), (6, 6), (6, 6), (7, 7)]
    assert all("|" in lines[end - 1] or "int" in lines[end - 1] for _, end in idle)


def test_tests_that_mirror_a_module_come_first() -> None:
    """They are the likeliest to notice, and the fewest."""
    assert mutation.tests_of(ONE)[0] == ("tests/test_resolve.py",)
    assert set(mutation.tests_of(ONE)[1]) > set(mutation.ALSO["resolve"])


def test_page_tells_what_survived() -> None:
    """By area, with the interval, and each survivor with its place."""
    tally = mutation.Tally()
    tally.note(ONE, "survived")
    tally.note(ONE, "caught")
    tally.note(ONE, "ended")
    told = mutation.page(tally)
    assert "| resolve | 3 | 1 | 1 | 1 | 33.3% |" in told
    assert told.endswith("Survivors:\n  scrubber/resolve.py:40:3 AddNot")


@pytest.mark.parametrize(
    ("count", "of", "low", "high"), [(0, 10, 0.0, 0.28), (5, 10, 0.23, 0.77), (10, 10, 0.72, 1.0)]
)
def test_interval_holds_the_rate(count: int, of: int, low: float, high: float) -> None:
    """Ten say little."""
    assert interval(count, of) == pytest.approx((low, high), abs=0.01)


def test_same_seed_draws_the_same_mutants() -> None:
    """One for each place, and each is another program."""
    pytest.importorskip("cosmic_ray", reason="`make mutants` installs it")
    drawn = sampled({"resolve": 3}, 7)
    assert drawn == sampled({"resolve": 3}, 7)
    every = mutants("resolve", Random(1))  # noqa: S311  # no secret
    places = {(one.line, one.column) for one in every}
    assert len(places) == len(every) > 20
    assert len({one.written() for one in every}) == len(every)
    assert set(AREAS) == set(mutation.ALSO)
