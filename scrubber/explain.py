"""
Why something is a finding and something else is not: every candidate, with its verdict.

Promise: what is told holds places, ids and reasons, never text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scrubber.decoding import decoded_views
from scrubber.detect.confirm import judge_all

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrubber.detect.confirm import Detector
    from scrubber.types import Finding


@dataclass(frozen=True, slots=True)
class Explanation:
    """One candidate and why it is, or is not, a finding. No text.

    Attributes:
        rule_id: the rule.
        entity: what it would be.
        start: first code point in the raw text.
        end: one past the last.
        accepted: the rule claims it.
        reason: why not, or "".
        confidence: with its context's boost.
        validators: the checks it had to pass.
        context: a context word is near.
        view: 0 for the raw text, else the number of the decoded view.
        wins: it, or a part of it, is a finding once overlaps are resolved.
    """

    rule_id: str
    entity: str
    start: int
    end: int
    accepted: bool
    reason: str
    confidence: float
    validators: tuple[str, ...]
    context: bool
    view: int
    wins: bool


def explain(
    detectors: Sequence[Detector], text: str, findings: Sequence[Finding]
) -> list[Explanation]:
    """Tell what became of every candidate in a text.

    Args:
        detectors: the rules, ready to run.
        text: any string.
        findings: what is found in it once overlaps are resolved.

    Returns:
        Candidates in order of their place.
    """
    explanations = _of_taggers(detectors, findings)
    views = (None, *decoded_views(text))
    for detector in detectors:
        for number, view in enumerate(views):
            for verdict in judge_all(detector, view.text if view else text):
                start, end = verdict.span.start, verdict.span.end
                if view:
                    start, end = view.span(start, end)
                wins = verdict.accepted and any(
                    one.rule_id == detector.rule.id and one.start < end and start < one.end
                    for one in findings
                )
                explanations.append(
                    Explanation(
                        detector.rule.id,
                        detector.rule.entity,
                        start,
                        end,
                        verdict.accepted,
                        verdict.reason,
                        verdict.span.confidence,
                        detector.rule.validators,
                        verdict.context,
                        number,
                        wins,
                    )
                )
    return sorted(explanations, key=lambda one: (one.start, one.end, one.rule_id, one.view))


def _of_taggers(detectors: Sequence[Detector], findings: Sequence[Finding]) -> list[Explanation]:
    """Tell of what no rule has found; a tagger has no candidates but what it finds."""
    rules = {one.rule.id for one in detectors}
    return [
        Explanation(
            one.rule_id,
            one.entity,
            one.start,
            one.end,
            accepted=True,
            reason="",
            confidence=one.confidence,
            validators=(),
            context=False,
            view=0,
            wins=True,
        )
        for one in findings
        if one.rule_id not in rules
    ]
