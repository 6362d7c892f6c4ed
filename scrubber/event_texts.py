"""
The strings of an event, each through the stages once, and what is remarked of each.

Promise: what fails is a marker, and counted; what is remarked are rules, kinds and places.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from scrubber.redact.placeholders import FAILED, FAILED_ENTITY
from scrubber.redaction import LONG, Way
from scrubber.segments import FAILED_RULE
from scrubber.types import Finding
from scrubber.units.remarks import KINDS, Remark, remarks_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from scrubber.segments import Stages
    from scrubber.types import Span
    from scrubber.wiring import Wiring


class EventTexts:
    """Redacts the strings of one event."""

    def __init__(
        self, wiring: Wiring, on_failure: Callable[[str], None], *, remarked: bool
    ) -> None:
        """Begin an event.

        Args:
            wiring: what they go through.
            on_failure: called once for each unit that was replaced by a marker.
            remarked: whether remarks are wanted.
        """
        self._wiring = wiring
        self._on_failure = on_failure
        self._remarked = remarked
        self._remarks: dict[tuple[str, str], tuple[Remark, ...]] = {}
        self.claims: dict[str, list[Span]] = {}
        """What rules claim in short texts, before anything was redacted."""

    def redact(self, text: str, stages: Stages | None = None) -> str:
        """Redact a string.

        Args:
            text: an exact string.
            stages: stages in place of the wiring's.

        Returns:
            The redacted string; a marker when that fails.
        """
        try:
            if len(text) < LONG:
                return self._redact(text, stages or self._wiring.stages)
            if stages is self._wiring.stages:
                stages = None
            return self._redact_long(text, stages)
        except Exception:  # noqa: BLE001  # promise 1
            self._on_failure("text")
            self._remarks[text, FAILED] = (Remark(FAILED_RULE),)
            return FAILED

    def scrub_text(self, text: str) -> str:
        """Redact a string, as a scrubber does that looks for names of people, too."""
        return self.redact(text, self._wiring.in_sentences)

    def scan(self, text: str) -> list[Finding]:
        """Find what would be redacted in a string, as a scrubber does."""
        stages = self._wiring.in_sentences
        spans, _ = stages.settle(text, stages.detect(text))
        return [
            Finding(one.start, one.end, one.entity, one.rule_id, one.confidence) for one in spans
        ]

    def remarks(self, old: str, new: str) -> tuple[Remark, ...]:
        """Give what is remarked of a string: of what became what."""
        return self._remarks.get((old, new), ())

    def move(self, old: str, new: str, said: str) -> None:
        """Take over what was remarked of a string behind words that are not part of it."""
        found = self.remarks(said + old, said + new)
        if found:
            shift = len(said.encode())
            self._remarks[old, new] = tuple(
                Remark(one.rule_id, one.kind, one.start - shift, one.end - shift)
                if one.start >= shift
                else Remark(one.rule_id, one.kind)
                for one in found
            )

    def _redact(self, text: str, stages: Stages) -> str:
        claimed = stages.detect(text)
        if stages is self._wiring.stages or stages is self._wiring.in_sentences:
            self.claims[text] = claimed
        if not claimed:
            return text
        spans, redacted = stages.settle(text, claimed)
        for span in spans:
            if span.entity == FAILED_ENTITY:
                self._on_failure("text")
        if self._remarked and redacted.text != text:
            policy = stages.operators.policy
            operators = {span.entity: policy.operator_for(span.entity) for span in spans}
            self._remarks[text, redacted.text] = remarks_of(
                spans, redacted.text, redacted.pieces, operators
            )
        return redacted.text

    def _redact_long(self, text: str, stages: Stages | None) -> str:
        redacted = Way(self._wiring, self._on_failure, stages).redact(text)
        if self._remarked and redacted.text != text:
            policy = self._wiring.stages.operators.policy
            with suppress(Exception):  # then it goes without
                self._remarks[text, redacted.text] = tuple(
                    Remark(rule_id, KINDS.get(policy.operator_for(entity), "s"))
                    for entity, rule_id in redacted.report.counts
                )
        return redacted.text
