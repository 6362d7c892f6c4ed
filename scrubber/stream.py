"""
Text without end, in bounded memory, with the same result as in one piece.

A stream is cut into segments where no finding is in progress: at a line end, since line rules never
see past one and rules over several lines have a bounded width; inside a line only when it is longer
than a block. What runs on without bound (a base64 image of 100 MB) is a *blob*: its placeholder is
written once and the rest is dropped as it comes.

Promise: every decision looks at a fixed number of characters from the last cut on, never at how
they arrived. So any chunking gives the same output, and a text in one piece goes through here as
well.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import regex

from scrubber.decoding import DEPTH, decode_layer
from scrubber.detect.blobs import Progress, Running, advance
from scrubber.errors import ScrubberError
from scrubber.ledger import Ledger, Located
from scrubber.reach import Reach
from scrubber.redact.placeholders import FAILED, FAILED_ENTITY
from scrubber.segments import failed_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from scrubber.detect.confirm import Detector
    from scrubber.report import Report
    from scrubber.segments import Stages
    from scrubber.types import Span

BLOCK: Final = 1 << 20
_BREAKS: Final = regex.compile(r"[\s,;&|]", regex.VERSION0)


@dataclass(frozen=True, slots=True)
class _Cut:
    """Where a window is cut.

    Attributes:
        at: the first code point that is left to the next window.
        running: claims of blobs that run on behind it.
        blobs: those blobs.
        clean: no other claim reaches over it, and all that begin before it are known.
    """

    at: int
    running: tuple[Span, ...] = ()
    blobs: tuple[Running, ...] = ()
    clean: bool = True


class Stream:
    """One document, fed piece by piece."""

    def __init__(  # noqa: PLR0913  # each is a choice of its own
        self,
        stages: Stages,
        *,
        block: int = BLOCK,
        reach: Reach | None = None,
        on_finding: Callable[[Located], None] | None = None,
        on_failure: Callable[[str], None] | None = None,
        inner: bool = False,
    ) -> None:
        """Begin a document.

        Args:
            stages: what to do with each segment.
            block: how many code points are looked at in one piece; at least the reach of the rules.
            reach: how far the rules of the stages look, if it is known already.
            on_finding: called with each finding, in order; what it raises comes out of `feed` or
                `finish`.
            on_failure: called once for each unit that was replaced by a marker.
            inner: other text stands before it, so that it is no JSON document by itself.
        """
        self._stages, self._inner = stages, inner
        self._reach = reach or Reach.of(stages.detectors)
        self._block = max(block, self._reach.ahead)
        self._ledger = Ledger(on_finding, on_failure)
        self._chunks: list[str] = []
        self._size = 0
        self._left = ""
        self._finished = False
        # What the last cut left open: blobs that run on, the rest of a line that failed, claims
        # that reach over it (in positions of the document), and others that may, not known yet.
        self._running: tuple[Running, ...] = ()
        self._passed: tuple[Running, ...] = ()
        self._skipping = False
        self._carried: list[Span] = []
        self._looking_back = False

    @property
    def report(self) -> Report:
        """Counts of what was found so far."""
        return self._ledger.report

    @property
    def held(self) -> str | None:
        """What is held back, if it is whole lines that nothing before them reaches into.

        A new document may begin with it; None where it may not.
        """
        reached = self._running or self._skipping or self._carried or self._looking_back
        if reached or not self._left.endswith("\n"):
            return None
        return "".join(self._chunks)

    def feed(self, chunk: str) -> str:
        """Take more text.

        Args:
            chunk: the next piece, of any size.

        Returns:
            Redacted text that is ready; often "" until a block is full.

        Raises:
            ScrubberError: the document has ended; begin a new one.
        """
        if self._finished:
            msg = "the stream has ended; begin a new one for a new document"
            raise ScrubberError(msg)
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
        self._ledger.deliver()
        return "".join(out)

    def finish(self) -> str:
        """End the document.

        Returns:
            The redacted text that was still held back; "" when it has ended before.
        """
        self._finished = True
        text = "".join(self._chunks)
        self._chunks, self._size = [], 0
        out: list[str] = []
        while text:
            cut, redacted = self._advance(text, final=True)
            out.append(redacted)
            text = text[cut:]
        self._ledger.close_blob()
        self._ledger.deliver()
        return "".join(out)

    def _advance(self, window: str, *, final: bool) -> tuple[int, str]:
        """Settle the first part of a window; give where it was cut and its redacted text."""
        try:
            if self._skipping:
                return self._skip_line(window)
            if self._running:
                return self._pass_blob(window, final=final)
            return self._settle(window, final=final)
        except Exception:  # noqa: BLE001  # promise 1: whatever fails, nothing raw leaves
            return len(window), self._give_up(window)

    def _skip_line(self, window: str) -> tuple[int, str]:
        """Drop the rest of a line whose marker is written."""
        end = window.find("\n")
        self._skipping = end < 0
        end = len(window) if end < 0 else end
        self._move(window[:end])
        return end, ""

    def _pass_blob(self, window: str, *, final: bool) -> tuple[int, str]:
        """Drop what belongs to the blob that is running."""
        if final:
            # Nothing comes behind the window: characters no rule knows make every step decidable.
            padding = "\n" * (1 + max(one.blob.reach for one in self._running))
            progress = Progress(min(advance(self._running, window + padding).end, len(window)))
        else:
            progress = advance(self._running, window)
        self._passed = self._running
        self._running = progress.running if progress.end else ()
        self._looking_back = not self._running
        self._move(window[: progress.end])
        if not self._running:
            self._ledger.close_blob()
        return progress.end, ""

    def _settle(self, window: str, *, final: bool) -> tuple[int, str]:
        left = len(self._left)
        text = self._left + window
        claimed = self._detect(text, left)
        claimed += [span.moved(left - self._ledger.offset) for span in self._carried]
        claimed = [
            span._replace(start=max(span.start, left)) for span in claimed if span.end > left
        ]
        cut = _Cut(len(text)) if final else self._cut(text, left, claimed)
        over = [span for span in claimed if span.low < cut.at < span.end]
        claimed = [
            span._replace(end=min(span.end, cut.at)) for span in claimed if span.start < cut.at
        ]
        spans, redacted = self._stages.settle(
            text[: cut.at], claimed, start=left, inner=self._inner
        )
        self._ledger.count(spans, text, left, open_end=cut.at if cut.running else -1)
        self._carried = [
            span._replace(start=max(span.start, cut.at), blob_start=-1, match_start=-1).moved(
                self._ledger.offset - left
            )
            for span in over
            if span not in cut.running
        ]
        self._passed = self._running = cut.blobs
        self._looking_back = not cut.clean
        failed = [one for one in (*claimed, *spans) if one.entity == FAILED_ENTITY]
        if failed:
            in_line = any(one.end == cut.at for one in failed)
            self._stay_closed(text[: cut.at], in_line=in_line)
        self._move(text[left : cut.at])
        return cut.at - left, redacted.text[left:]

    def _detect(self, text: str, left: int) -> list[Span]:
        """Find what rules claim from a cut on, and what began before it where that is not known."""
        if not self._looking_back:
            return self._stages.detect(text, start=left)
        found = self._stages.detect(text, start=max(0, left - self._reach.ahead))
        if self._passed:
            # A rule whose blob ended at the cut goes on behind it, and sees nothing inside its
            # blob.
            passed = {(one.rule_id, one.layers) for one in self._passed}
            behind = self._stages.detect(text, start=left)
            found = [one for one in found if (one.rule_id, one.layers) not in passed]
            found += [one for one in behind if (one.rule_id, one.layers) in passed]
        return found

    def _cut(self, text: str, left: int, claimed: list[Span]) -> _Cut:
        """Choose where to cut: at a line end or a break where no claim reaches over it."""
        cut = text.rfind("\n", left, left + self._block) + 1
        if cut <= left:
            cut = self._cut_in_line(text, left)
        # What begins before this is known, with all it depends on.
        sure = len(text) - self._reach.ahead
        blobs = [one for one in claimed if one.blob_start >= 0 and one.low < cut and one.end > sure]
        if blobs:
            progress = [
                (one, one.blob_start, advance(self._blobs_of([one], text), text[one.blob_start :]))
                for one in blobs
            ]
            running = [(one, at + its.end, its.running) for one, at, its in progress if its.running]
            if running:
                at = max(left + 1, *(end for _, end, _ in running))
                spans = tuple(one for one, _, _ in running)
                blobs_on = dict.fromkeys(blob for _, _, on in running for blob in on)
                return _Cut(at, spans, tuple(blobs_on), clean=False)
        ranges = [(max(span.low, left), span.end) for span in claimed]
        held = _joined(ranges + [one for one in self._stages.grammar.ranges(text) if one[0] > left])
        while True:
            index = bisect_left(held, cut, key=lambda one: one[1] - 1)
            if index == len(held) or cut <= held[index][0]:
                return _Cut(cut)
            low, high = held[index]
            line = text.rfind("\n", left, low) + 1
            earlier = line if line > left else low
            if earlier <= left and high <= sure:
                return _Cut(high)
            if earlier <= left:
                at = max((end for begin, end in ranges if begin < cut < end), default=cut)
                return _Cut(at, clean=False)
            cut = earlier

    def _cut_in_line(self, text: str, left: int) -> int:
        """Choose a cut in a line longer than a block: behind a blank or a comma if there is one."""
        end = left + self._block
        breaks = [match.end() for match in _BREAKS.finditer(text, max(left, end - 4096), end)]
        return breaks[-1] if breaks else end

    def _blobs_of(self, spans: Iterable[Span], text: str) -> list[Running]:
        """Give the blobs of spans, in every layer of escapes that they can be read through."""
        rules = {detector.rule.id: detector.rule for detector in self._stages.detectors}
        running = []
        for span in spans:
            blob = rules[span.rule_id].blob
            if blob is None:
                continue
            running.append(Running(blob, span.layers, span.rule_id))
            line = text[text.rfind("\n", 0, span.start) + 1 :]
            if span.layers == layers_of(line):
                # An escape further on opens a layer in which the blob began all the same.
                deeper = range(span.layers + 1, DEPTH + 1)
                running += [Running(blob, layers, span.rule_id) for layers in deeper]
        return running

    def _give_up(self, window: str) -> str:
        """Replace every line of a window by the marker."""
        self._ledger.close_blob()
        spans = failed_lines(window, 0, len(window))
        self._ledger.count(spans, window, 0, open_end=-1)
        self._carried = []
        self._running = ()
        self._stay_closed(self._left + window, in_line=not window.endswith("\n"))
        self._move(window)
        return "\n".join(FAILED if line else "" for line in window.split("\n"))

    def _stay_closed(self, text: str, *, in_line: bool) -> None:
        """See to it that nothing that began in a text that failed goes on in the clear."""
        self._skipping = in_line
        self._looking_back = True
        self._passed = ()
        self._running = tuple(
            Running(detector.rule.blob, -1)
            for detector in self._stages.block_detectors
            if detector.rule.blob is not None and self._may_run_on(detector, text)
        )

    def _may_run_on(self, detector: Detector, text: str) -> bool:
        """Tell whether a blob over several lines may have begun in a text that failed."""
        try:
            spans = self._stages.engine((detector,), text)
        except Exception:  # noqa: BLE001  # as far as anyone knows
            return True
        return any(span.end > len(text) - self._reach.ahead for span in spans)

    def _move(self, passed: str) -> None:
        """Take note of text that is done with."""
        self._ledger.move(passed)
        keep = self._reach.back
        if self._running or self._looking_back or not passed.endswith("\n"):
            keep += self._reach.ahead
        self._left = (self._left + passed[-keep:])[-keep:]


def _joined(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join overlapping ranges; those that only touch stay apart."""
    joined: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if joined and low < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(high, joined[-1][1]))
        else:
            joined.append((low, high))
    return joined


def layers_of(text: str) -> int:
    """Count the layers of escapes in a text."""
    layers = 0
    view = decode_layer(text)
    while view is not None and layers < DEPTH:
        layers += 1
        view = decode_layer(view.text)
    return layers
