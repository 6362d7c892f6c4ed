"""
The values that travel between stages.

A *span* is what one rule claims; a *finding* is what remains once overlaps are resolved; a *piece*
is a part of a match that is claimed, where the rest of it stays. None holds text of a unit, so that
none can leak it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

ROOT_LABELS: Final = ("<home>", "<project>", "<site-packages>", "<stdlib>", "<tmp>", "<venv>")
"""What stands for a known folder at the head of a canonical path."""


class Span(NamedTuple):
    """A half-open range of code points of one unit, claimed by one rule.

    A tuple and no dataclass: some are made for each line with a finding, and this is four times as
    fast.

    Attributes:
        start: first code point.
        end: one past the last code point; `end > start`.
        entity: what it is, for example `EMAIL_ADDRESS`.
        rule_id: the rule that claims it, for example `contact.email`.
        confidence: 0 to 1.
        label: what a placeholder may say beyond the entity (`image/png 640x480`), or "".
        blob_start: where the part without bound begins, or -1 when the span is all pattern.
        match_start: where the match begins when that is before the span, or -1.
        layers: how many layers of escapes were undone to find it, or -1 when it was in base64.
        whole_end: where the match ends that the span is a piece of, or -1 when it is no piece.
    """

    start: int
    end: int
    entity: str
    rule_id: str
    confidence: float
    label: str = ""
    blob_start: int = -1
    match_start: int = -1
    layers: int = 0
    whole_end: int = -1

    @property
    def low(self) -> int:
        """Where its match begins: a text cut behind that and before the end loses the span."""
        return self.start if self.match_start < 0 else min(self.match_start, self.start)

    def moved(self, by: int) -> Span:
        """Give the same span in a unit that begins `by` code points earlier."""
        start, end, entity, rule_id, confidence, label, blob, match, layers, whole = self
        return Span(
            start + by,
            end + by,
            entity,
            rule_id,
            confidence,
            label,
            blob + by if blob >= 0 else -1,
            match + by if match >= 0 else -1,
            layers,
            whole + by if whole >= 0 else -1,
        )


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a match that is replaced: half-open code points from the match's first one.

    Attributes:
        start: first code point.
        end: one past the last code point; `end > start`.
        entity: what it is, for example `FILE_PATH`.
        label: what stands there instead of the entity's placeholder, or "".
    """

    start: int
    end: int
    entity: str
    label: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A resolved span, as the user sees it: half-open code points, no text.

    Attributes:
        start: first code point.
        end: one past the last code point.
        entity: what it is, for example `EMAIL_ADDRESS`.
        rule_id: the rule that found it.
        confidence: 0 to 1.
    """

    start: int
    end: int
    entity: str
    rule_id: str
    confidence: float
