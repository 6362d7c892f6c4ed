"""Examples are run through the real engine, and what fails is told without its text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scrubber.rulecheck import failing_examples
from scrubber.ruleset.build import build_rule
from scrubber.ruleset.model import Example, Rule
from scrubber.validators import VALIDATORS


@pytest.fixture
def rule() -> Rule:
    """A rule whose examples hold."""
    raw = {
        "id": "my.badge",
        "entity": "BADGE_ID",
        "description": "Badges.",
        "confidence": 0.1,
        "pattern": "badge-(?P<value>[0-9]{6})",
        "match": ["badge-«123456»", "badge-«000000», badge-«111111»"],
        "no_match": ["badge-12345", "mail jane@example.com"],
    }
    built, _, reasons = build_rule(raw, source="<memory>", validators=VALIDATORS)
    assert reasons == []
    assert built is not None
    return built


def test_good_examples_give_no_reason(rule: Rule) -> None:
    """Also those of a rule that no policy would use; and no other rule is asked."""
    assert failing_examples(rule) == []


@pytest.mark.parametrize(
    ("spans", "reason"),
    [
        (((0, 12),), "match[0]: 0-12 must be found, 6-12 is"),
        (((6, 11),), "match[0]: 6-11 must be found, 6-12 is"),
        (((0, 1), (6, 12)), "match[0]: 0-1, 6-12 must be found, 6-12 is"),
    ],
)
def test_other_spans_are_told(rule: Rule, spans: tuple[tuple[int, int], ...], reason: str) -> None:
    """Exactly what is marked must be found."""
    changed = replace(rule, match=(Example("badge-123456", spans), *rule.match[1:]))
    assert failing_examples(changed) == [reason]


def test_missed_and_unwanted_matches_are_told(rule: Rule) -> None:
    """All of them, in order."""
    changed = replace(rule, match=(Example("badge", ((0, 5),)),), no_match=("ok", "a badge-123456"))
    assert failing_examples(changed) == [
        "match[0]: 0-5 must be found, nothing is",
        "no_match[1]: nothing must be found, 8-14 is",
    ]


def test_failure_is_told(rule: Rule) -> None:
    """An engine that fails is not an engine that finds nothing."""
    broken = replace(rule, pattern="(", no_match=("x",), needs=(), run=0)
    assert failing_examples(broken)[-1] == "no_match[0]: the engine failed on it"
