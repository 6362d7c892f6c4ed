"""
What was found in a document that comes piece by piece, and where.

Promise: positions count from the document's start, however it was cut. What a caller's function
raises is not taken for a failure of ours: findings are handed out by `deliver`, when nothing else
is under way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scrubber.redact.placeholders import FAILED_ENTITY
from scrubber.report import Report
from scrubber.types import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scrubber.types import Span


@dataclass(frozen=True, slots=True)
class Located:
    """A finding and where it stands in its document.

    Attributes:
        finding: the finding; its range counts code points from the document's start.
        line: its line, from 1.
        column: its first code point in that line, from 1.
    """

    finding: Finding
    line: int
    column: int


class Ledger:
    """Where a document has got to, and what was found in it.

    Attributes:
        report: counts of what was found so far.
        offset: how many code points are done with.
    """

    def __init__(
        self,
        on_finding: Callable[[Located], None] | None,
        on_failure: Callable[[str], None] | None,
    ) -> None:
        """Begin a document.

        Args:
            on_finding: called with each finding, in order, by `deliver`.
            on_failure: called once for each unit that was replaced by a marker.
        """
        self.report = Report()
        self.offset = 0
        self._on_finding = on_finding
        self._on_failure = on_failure
        self._open: tuple[Span, int, int] | None = None
        self._told: list[Located] = []
        self._line = 1
        self._column = 1

    def count(self, spans: Sequence[Span], text: str, left: int, *, open_end: int) -> None:
        """Count the findings of a segment.

        Args:
            spans: disjoint, in order.
            text: the segment, with context before it.
            left: where the segment begins in it; there the document has got to.
            open_end: a finding that ends here runs on, and is told when it ends; -1 for none.
        """
        failures = sum(span.entity == FAILED_ENTITY for span in spans)
        if self._on_failure is not None:
            for _ in range(failures):
                self._on_failure("text")
        real = [span for span in spans if span.entity != FAILED_ENTITY]
        self.report += Report.of(real, failures=failures)
        if self._on_finding is None:
            return
        line, column, cursor = self._line, self._column, left
        for span in real:
            before = text[cursor : span.start]
            newlines = before.count("\n")
            line += newlines
            column = len(before) - before.rfind("\n") if newlines else column + len(before)
            cursor = span.start
            placed = span.moved(self.offset - left)
            if span.end == open_end:
                self._open = (placed, line, column)
            else:
                self._tell(placed, line, column)

    def close_blob(self) -> None:
        """End the finding that runs on, if there is one, where the document has got to."""
        if self._open is not None:
            span, line, column = self._open
            self._open = None
            self._tell(span._replace(end=self.offset), line, column)

    def move(self, passed: str) -> None:
        """Take note of text that is done with."""
        self.offset += len(passed)
        newlines = passed.count("\n")
        self._line += newlines
        self._column = len(passed) - passed.rfind("\n") if newlines else self._column + len(passed)

    def deliver(self) -> None:
        """Hand out the findings since the last time."""
        if self._on_finding is not None:
            told, self._told = self._told, []
            for located in told:
                self._on_finding(located)

    def _tell(self, span: Span, line: int, column: int) -> None:
        if self._on_finding is not None:
            finding = Finding(span.start, span.end, span.entity, span.rule_id, span.confidence)
            self._told.append(Located(finding, line, column))
