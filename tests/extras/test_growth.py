"""Time grows as its text does: for a share of the rules, and for the whole pipeline.

`GROWTH_SHARE` says which: one rule in so many, drawn each time; 1 for all, as `make growth` has it.
Without it nothing is timed here: `tests/rules/test_growth.py` counts, on every run.
"""

from __future__ import annotations

import os
from random import Random

import pytest
from hypothesis import HealthCheck, assume, given, settings

from benchmarks import growth_of_pipeline as pipeline
from benchmarks.growth import growth, growths
from benchmarks.growth_texts import Hostile
from scrubber.detect.patterns import compiled
from scrubber.ruleset.linear import problems
from scrubber.ruleset.measure import max_width, min_width
from scrubber.ruleset.syntax import Node, Seq, render
from scrubber.wiring import load_ruleset
from tests.rules.test_growth import refused
from tests.ruleset.test_linear import FENCES, NODES, UNITS

SHARE = int(os.environ.get("GROWTH_SHARE") or 0)
if not SHARE:
    pytest.skip("takes minutes: make growth, or make test-extras", allow_module_level=True)


def test_no_rule_would_be_refused_a_user() -> None:
    """All of them, but those that are listed."""
    assert refused(load_ruleset().rules) == {}


def test_rules_are_linear() -> None:
    """Each rule alone, from a thousand characters to a million."""
    rules = load_ruleset().rules
    drawn = Random().sample(rules, max(len(rules) // SHARE, 1))  # noqa: S311  # no secret
    found = growths(drawn)
    assert {name: one for name, one in found.items() if not one.linear} == {}


@pytest.mark.parametrize("way", pipeline.offered())
def test_the_pipeline_is_linear(way: str) -> None:
    """Each way through it, on a share of the hostile texts."""
    work = pipeline.offered()[way]
    names = list(pipeline.TEXTS)
    drawn = Random().sample(names, max(len(names) * 2 // (SHARE + 1), 2))  # noqa: S311
    found = {name: pipeline.of_way(work, pipeline.TEXTS[name]) for name in drawn}
    assert {name: one for name, one in found.items() if not one.linear} == {}


def test_overlaps_are_resolved_in_linear_time() -> None:
    """However many spans overlap."""
    assert pipeline.of_overlaps().linear


@settings(max_examples=25, suppress_health_check=list(HealthCheck), deadline=None)
@given(FENCES, NODES, UNITS, UNITS)
def test_what_the_analysis_accepts_is_linear(fence: Node, node: Node, unit: str, tail: str) -> None:
    """Patterns that are drawn, as `regex` runs them and not as a model of it does."""
    whole = Seq((fence, node))
    assume(max_width(whole) and min_width(whole) and not problems(whole))
    pattern = compiled(render(whole))

    def work(text: str) -> None:
        for _ in pattern.finditer(text):
            pass

    assert growth(work, Hostile(unit, tail=tail)).linear
