"""
Text without end, in bounded memory, with the same result as in one piece.

A stream is cut into segments where no finding is in progress: at a line end, since line rules never see past one and
rules over several lines have a bounded width; inside a line only when it is longer than a block. What runs on without
bound (a base64 image of 100 MB) is a *blob*: its placeholder is written once and the rest is dropped as it comes.

Promise: every decision looks at a fixed number of characters from the last cut on, never at how they arrived. So any
chunking gives the same output, and a text in one piece goes through here as well.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import regex

from scrubber.detect.blobs import advance
from scrubber.redact.placeholders import FAILED, FAILED_ENTITY
from scrubber.report import Report
from scrubber.segments import failed_lines
from scrubber.types import Finding, Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from scrubber.ruleset.model import Blob, Rule
    from scrubber.segments import Stages

BLOCK: Final = 1 << 20
# One character of a decoded view stands for at most this many raw ones in what is cut inside a line.
_WIDEST_ENCODING: Final = 6
_SLACK: Final = 1024
_BREAKS: Final = regex.compile(r"[\s,;&|]", regex.VERSION0)


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


@dataclass(frozen=True, slots=True)
class Reach:
    """How far rules look, in code points.

    Attributes:
        back: before a match.
        ahead: from the start of a match to the last character it may depend on.
    """

    back: int
    ahead: int

    @classmethod
    def of(cls, rules: tuple[Rule, ...]) -> Reach:
        """Take the widest of all rules."""
        back = [rule.reach_back for rule in rules]
        ahead = [rule.width + rule.reach_ahead for rule in rules]
        for rule in rules:
            window = rule.context.window if rule.context else 0
            back.append(window)
            ahead.append(rule.width + window)
            ahead.append(2 * rule.blob.reach if rule.blob else 0)
        return cls(
            _WIDEST_ENCODING * max(back, default=0) + 1,
            _WIDEST_ENCODING * max(ahead, default=0) + _SLACK,
        )


class Stream:
    """One document, fed piece by piece.

    Attributes:
        report: counts of what was found so far.
    """

    def __init__(
        self,
        stages: Stages,
        *,
        block: int = BLOCK,
        on_finding: Callable[[Located], None] | None = None,
        on_failure: Callable[[str], None] | None = None,
    ) -> None:
        """Begin a document.

        Args:
            stages: what to do with each segment.
            block: how many code points are looked at in one piece; at least the reach of the rules.
            on_finding: called with each finding, in order.
            on_failure: called once for each unit that was replaced by a marker.
        """
        self.report = Report()
        self._stages = stages
        self._reach = Reach.of(tuple(one.rule for one in stages.detectors))
        self._block = max(block, self._reach.ahead, 1)
        self._on_finding = on_finding
        self._on_failure = on_failure
        self._chunks: list[str] = []
        self._size = 0
        self._left = ""
        self._running: tuple[Blob, ...] = ()
        self._after_blob = False
        self._open: tuple[Span, int, int] | None = None
        self._offset = 0
        self._line = 1
        self._column = 1

    def feed(self, chunk: str) -> str:
        """Take more text.

        Args:
            chunk: the next piece, of any size.

        Returns:
            Redacted text that is ready; often "" until a block is full.
        """
        if chunk:
            self._chunks.append(chunk)
            self._size += len(chunk)
        full = self._block + self._reach.ahead
        if self._size < full:
            return ""
        text = "".join(self._chunks)
        out: list[str] = []
        cursor = 0
        while len(text) - cursor >= full:
            window = text[cursor : cursor + full]
            cut, redacted = self._advance(window, final=False)
            out.append(redacted)
            cursor += cut
        self._chunks = [text[cursor:]]
        self._size = len(text) - cursor
        return "".join(out)

    def finish(self) -> str:
        """End the document.

        Returns:
            The redacted text that was still held back.
        """
        text = "".join(self._chunks)
        self._chunks, self._size = [], 0
        out: list[str] = []
        while text:
            cut, redacted = self._advance(text, final=True)
            out.append(redacted)
            text = text[cut:]
        self._close_blob()
        return "".join(out)

    def _advance(self, window: str, *, final: bool) -> tuple[int, str]:
        """Settle the first part of a window; give where it was cut and its redacted text."""
        try:
            if self._running:
                return self._pass_blob(window, final=final)
            return self._settle(window, final=final)
        except Exception:  # noqa: BLE001  # promise 1: whatever fails, nothing raw leaves
            self._running = ()
            return len(window), self._give_up(window)

    def _pass_blob(self, window: str, *, final: bool) -> tuple[int, str]:
        """Drop what belongs to the blob that is running."""
        if final:
            # Nothing comes behind the window: characters no rule knows make every step decidable.
            padding = "\n" * (1 + max(blob.reach for blob in self._running))
            progress = advance(self._running, window + padding)
            progress = replace(progress, end=min(progress.end, len(window)), running=False)
        else:
            progress = advance(self._running, window)
        if not progress.running or not progress.end:
            self._running = ()
            self._after_blob = True
        self._move(window[: progress.end])
        if not self._running:
            self._close_blob()
        return progress.end, ""

    def _settle(self, window: str, *, final: bool) -> tuple[int, str]:
        left = len(self._left)
        text = self._left + window
        start = left
        if self._after_blob:
            start = max(0, left - self._reach.ahead)
        claimed = self._stages.detect(text, start=start)
        claimed = [
            replace(span, start=max(span.start, left)) for span in claimed if span.end > left
        ]
        running: list[Span] = []
        cut = len(text)
        if not final:
            cut, running = self._cut(text, left, claimed)
        claimed = [span for span in claimed if span.start < cut]
        if running:
            claimed = [replace(span, end=min(span.end, cut)) for span in claimed]
        spans, redacted = self._stages.settle(text[:cut], claimed, start=left)
        self._after_blob = False
        self._count(spans, text, left, open_end=cut if running else -1)
        self._running = self._blobs_of(running)
        self._move(text[left:cut])
        return cut - left, redacted.text[left:]

    def _cut(self, text: str, left: int, claimed: list[Span]) -> tuple[int, list[Span]]:
        """Choose where to cut, and give the blobs that run on behind the cut."""
        cut = text.rfind("\n", left, left + self._block) + 1
        if cut <= left:
            cut = self._cut_in_line(text, left)
        running = [
            span
            for span in claimed
            if span.blob_start >= 0
            and span.start < cut
            and span.end > len(text) - self._reach.ahead
        ]
        if running:
            ends = []
            still = []
            for span in running:
                progress = advance(self._blobs_of([span]), text[span.blob_start :])
                ends.append(span.blob_start + progress.end)
                if progress.running:
                    still.append(span)
            if still:
                return max(*ends, left + 1), still
        while True:
            straddling = [span for span in claimed if span.start < cut < span.end]
            if not straddling:
                return cut, []
            first = min(span.start for span in straddling)
            line = text.rfind("\n", left, first) + 1
            earlier = line if line > left else first
            if earlier <= left:
                return max(span.end for span in straddling), []
            cut = earlier

    def _cut_in_line(self, text: str, left: int) -> int:
        """Choose a cut in a line longer than a block: behind a space or a comma where there is one."""
        end = left + self._block
        breaks = [match.end() for match in _BREAKS.finditer(text, max(left, end - 4096), end)]
        return breaks[-1] if breaks else end

    def _blobs_of(self, spans: list[Span]) -> tuple[Blob, ...]:
        rules = {detector.rule.id: detector.rule for detector in self._stages.detectors}
        blobs = [rules[span.rule_id].blob for span in spans]
        return tuple(dict.fromkeys(blob for blob in blobs if blob is not None))

    def _give_up(self, window: str) -> str:
        """Replace every line of a window by the marker."""
        spans = failed_lines(window, 0, len(window))
        self._count(spans, window, 0, open_end=-1)
        self._move(window)
        return "\n".join(FAILED if line else "" for line in window.split("\n"))

    def _count(self, spans: list[Span], text: str, left: int, *, open_end: int) -> None:
        """Count findings, and report each; one that runs on behind `open_end` is reported when it ends."""
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
            placed = span.moved(self._offset - left)
            if span.end == open_end:
                self._open = (placed, line, column)
            else:
                self._tell(placed, line, column)

    def _close_blob(self) -> None:
        if self._open is not None:
            span, line, column = self._open
            self._open = None
            self._tell(replace(span, end=self._offset), line, column)

    def _tell(self, span: Span, line: int, column: int) -> None:
        if self._on_finding is not None:
            finding = Finding(span.start, span.end, span.entity, span.rule_id, span.confidence)
            self._on_finding(Located(finding, line, column))

    def _move(self, passed: str) -> None:
        """Take note of text that is done with."""
        self._offset += len(passed)
        newlines = passed.count("\n")
        self._line += newlines
        self._column = len(passed) - passed.rfind("\n") if newlines else self._column + len(passed)
        keep = self._reach.back if passed.endswith("\n") else self._reach.back + self._reach.ahead
        self._left = (self._left + passed[-keep:])[-keep:]
