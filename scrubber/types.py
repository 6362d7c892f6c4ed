"""
The two values that travel between stages.

A *span* is what one rule claims; a *finding* is what remains once overlaps are resolved. Neither
holds text, so that neither can leak it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points of one unit, claimed by one rule.

    Attributes:
        start: first code point.
        end: one past the last code point; `end > start`.
        entity: what it is, for example `EMAIL_ADDRESS`.
        rule_id: the rule that claims it, for example `contact.email`.
        confidence: 0 to 1.
        label: what a placeholder may say beyond the entity (`image/png 640x480`), or "".
        blob_start: where the part without bound begins, or -1 when the span is all pattern.
    """

    start: int
    end: int
    entity: str
    rule_id: str
    confidence: float
    label: str = ""
    blob_start: int = -1

    def moved(self, by: int) -> Span:
        """Give the same span in a unit that begins `by` code points earlier."""
        blob_start = self.blob_start + by if self.blob_start >= 0 else -1
        return replace(self, start=self.start + by, end=self.end + by, blob_start=blob_start)


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
