"""
The examples of a rule, run: they are its tests.

Each example goes through the real engine with this rule alone, so that no other rule hides what it
finds or misses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrubber.detect import reference
from scrubber.detect.confirm import Detector
from scrubber.pipeline import IMAGE
from scrubber.redact.placeholders import Grammar
from scrubber.ruleset.model import Policy
from scrubber.segments import Stages
from scrubber.stream import Located, Stream
from scrubber.validators import VALIDATORS
from scrubber.validators.image import image_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrubber.ruleset.model import Rule


def failing_examples(rule: Rule) -> list[str]:
    """Run every example of a rule.

    Args:
        rule: a rule, built.

    Returns:
        One reason for each example that fails: places in code points, none of its text.
    """
    stages = _alone(rule)
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


def _alone(rule: Rule) -> Stages:
    """Wire the stages with one rule, and nothing to leave alone."""
    detector = Detector(
        rule,
        {name: VALIDATORS[name] for name in rule.validators},
        image_label if rule.entity == IMAGE else None,
    )
    return Stages(
        () if rule.multiline else (detector,),
        (detector,) if rule.multiline else (),
        reference.find,
        Grammar([rule.entity]),
        Policy("examples", min_confidence=0.0),
    )


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
