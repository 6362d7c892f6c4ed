"""
The examples of a rule, run: they are its tests.

Each example goes through the real engine with this rule alone, so that no other rule hides what it
finds or misses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrubber.redact.operators import Operators
from scrubber.ruleset.model import Policy, Ruleset
from scrubber.stream import Stream
from scrubber.wiring import wire

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrubber.ledger import Located
    from scrubber.ruleset.model import Rule
    from scrubber.segments import Stages


def failing_examples(rule: Rule) -> list[str]:
    """Run every example of a rule.

    Args:
        rule: a rule, built.

    Returns:
        One reason for each example that fails: places in code points, none of its text.
    """
    # This rule alone, every confidence, and nothing to leave alone.
    stages = wire([rule], Operators(Policy("examples", min_confidence=0.0)), Ruleset((rule,), {}))
    reasons = []
    for index, example in enumerate(rule.match):
        reason = _difference(stages, example.text, example.spans)
        if reason:
            reasons.append(f"match[{index}]: {reason}")
    for index, text in enumerate(rule.no_match):
        reason = _difference(stages, text, ())
        if reason:
            reasons.append(f"no_match[{index}]: {reason}")
    return reasons


def _difference(stages: Stages, text: str, marked: Sequence[tuple[int, int]]) -> str:
    """Tell how what is found differs from what is marked, or ""."""
    located: list[Located] = []
    stream = Stream(stages, on_finding=located.append)
    stream.feed(text)
    stream.finish()
    if stream.report.failures:
        return "the engine failed on it"
    found = sorted((one.finding.start, one.finding.end) for one in located)
    if found == list(marked):
        return ""
    return f"{_places(marked)} must be found, {_places(found)} is"


def _places(spans: Sequence[tuple[int, int]]) -> str:
    return ", ".join(f"{start}-{end}" for start, end in spans) or "nothing"
