r"""
Documents in which most lines are clean, without looking at most lines.

A line of a log is a unit of its own unless a rule over several lines has a part of its match in it.
Where a screen proves that none has, clean lines are passed on as the bytes they are, and each of
the others is scrubbed by itself, once: a line that comes again has the same outcome. Everything
else (a private key, a table, a JSON document, a line without end) goes through a `Stream`, for as
long as it lasts.

Promise: the output, and the counts, are those of a `Stream` over the same text.
"""

from __future__ import annotations

import codecs
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING, Final, TypeAlias

from scrubber.decoding import decodable, decoded_views
from scrubber.detect.screen import ENCODED
from scrubber.redact.placeholders import FAILED_ENTITY
from scrubber.report import Report
from scrubber.segments import line_ranges

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from scrubber.detect.confirm import Detector
    from scrubber.detect.screen import Rules
    from scrubber.reach import Reach
    from scrubber.stream import Stream
    from scrubber.wiring import Wiring

SECTION: Final = 2 << 20
"""Bytes that are looked at in one piece."""

MOST_KEPT: Final = 1 << 16
LONGEST: Final = 1 << 16
"""Bytes of a line that is a unit of its own."""

# The redacted line; what was found in it, or None for nothing; the rules that may have a match in
# it now, where it was changed.
Outcome: TypeAlias = "tuple[bytes, Report | None, Rules]"

_WIDEST: Final = 4
_STRAY: Final = "surrogateescape"


class Lines:
    """Scrubs lines that are units of their own, each once."""

    def __init__(self, wiring: Wiring, stream: Callable[[], Stream]) -> None:
        """Begin with nothing remembered.

        Args:
            wiring: how a text is scrubbed; it has a screen.
            stream: begins a document.
        """
        sieve = wiring.sieve
        if sieve is None:
            raise ValueError("lines are told apart by a screen, and this wiring has none")
        self._screen = sieve.screen
        self._stages, self._stream = wiring.stages, stream
        self._several = {
            self._screen.numbers[one.rule.id]: one for one in wiring.stages.block_detectors
        }
        # What became of a line; None where it is no unit of its own.
        self._kept: dict[bytes, Outcome | None] = {}

    def rules(self, data: bytes) -> list[Rules]:
        """Give the rules that may have a match, line by line."""
        return self._screen.lines(data)

    def joined(self, data: bytes, rules: Iterable[Rules]) -> bool:
        """Tell whether a rule over several lines may have a match in a text, as it stands.

        Args:
            data: the text.
            rules: the rules that may have a match, line by line.
        """
        numbers = self._several
        suspects = [
            (place, number)
            for place, found in enumerate(rules)
            if found and not numbers.keys().isdisjoint(found)
            for number in numbers.keys() & found
        ]
        if not suspects:
            return False
        text = data.decode("utf-8", _STRAY)
        ranges = list(line_ranges(text))
        return any(_may_match(numbers[number], text, ranges[place]) for place, number in suspects)

    def outcome(self, line: bytes, rules: Rules) -> Outcome | None:
        """Give what becomes of a line.

        Args:
            line: without its newline.
            rules: those that may have a match in it.

        Returns:
            The outcome; None when it is no unit of its own.
        """
        kept = self._kept
        if line in kept:
            return kept[line]
        if len(kept) >= MOST_KEPT:
            kept.clear()
        found = kept[line] = self._scrubbed(line, rules)
        return found

    def _scrubbed(self, line: bytes, rules: Rules) -> Outcome | None:
        text = line.decode("utf-8", _STRAY)
        if len(line) > LONGEST or self._joins(text, rules):
            return None
        redacted, report = self._redacted(text)
        if "\n" in redacted:
            return None
        if redacted == text:
            return line, report, ()
        # What a redaction leaves could be the rest of something over several lines.
        after = self._screen.line(redacted.encode("utf-8", "surrogatepass"))
        if self._joins(redacted, after):
            return None
        return redacted.encode("utf-8", _STRAY), report, after

    def _redacted(self, text: str) -> tuple[str, Report | None]:
        """Scrub a line as a stream would that holds nothing else; count what was found, if any."""
        with suppress(Exception):  # a stream replaces it by a marker
            claimed = self._stages.detect(text)
            if not claimed:
                return text, None
            spans, redacted = self._stages.settle(text, claimed)
            if all(one.entity != FAILED_ENTITY for one in spans):
                return redacted.text, Report.of(spans) if spans else None
        stream = self._stream()
        redacted_text = stream.feed(text) + stream.finish()
        report = stream.report
        return redacted_text, report if report.counts or report.failures else None

    def _joins(self, text: str, rules: Rules) -> bool:
        """Tell whether what a line hides may be a part of something over several lines."""
        if not rules or rules[0] != ENCODED or not decodable(text):
            return False
        several = self._several.keys()
        return any(
            not several.isdisjoint(found)
            for view in decoded_views(text)
            for found in self._screen.lines(view.text.encode("utf-8", "surrogatepass"))
        )


def _may_match(detector: Detector, text: str, line: tuple[int, int]) -> bool:
    """Tell whether a rule has a match with a part in a line, as far as its own pattern says."""
    from scrubber.detect.patterns import compiled

    rule = detector.rule
    reach = rule.width + rule.reach_back + rule.reach_ahead + 1
    low, high = max(0, line[0] - reach), line[1] + reach
    # Behind `high` nothing matters to a match that has a part in the line.
    return compiled(rule.pattern).search(text, low, high) is not None


class LineStream:
    """One document, fed piece by piece, as bytes."""

    def __init__(self, lines: Lines, stream: Callable[[], Stream], reach: Reach) -> None:
        """Begin a document.

        Args:
            lines: scrubs lines.
            stream: begins a document of text.
            reach: how far rules look.
        """
        self._lines = lines
        self._stream = stream
        # A match that ends so far behind a line may have begun in it.
        self._ahead = _WIDEST * reach.ahead
        self._pending = b""
        self._known: list[Rules] = []
        # The end of what was given back, in whole lines: what is redacted next could go on there.
        self._before = b""
        self._begun = False
        self._open: Stream | None = None
        self._done = Report()
        self._times: Counter[int] = Counter()
        self._reports: dict[int, Report] = {}

    @property
    def report(self) -> Report:
        """Counts of what was found so far."""
        counts = Counter(self._done.counts)
        failures = self._done.failures
        for key, times in self._times.items():
            one = self._reports[key]
            failures += times * one.failures
            for name, count in one.counts.items():
                counts[name] += times * count
        found = Report(dict(counts), failures)
        return found + self._open.report if self._open else found

    def feed(self, data: bytes) -> bytes:
        """Take more of the document.

        Args:
            data: the next piece, of any size, in UTF-8; other bytes are kept.

        Returns:
            Redacted bytes that are ready; often none until a section is full.
        """
        self._pending = self._pending + data if self._pending else data
        out = []
        while len(self._pending) >= SECTION + self._ahead:
            cut = self._pending.rfind(b"\n", 0, SECTION) + 1
            end = self._pending.rfind(b"\n", cut, cut + self._ahead) + 1
            if not cut or not end:
                # A line that long is no unit, nor is one that is not all there.
                out.append(self._through_stream(self._pending[:SECTION]))
                self._pending, self._known = self._pending[SECTION:], []
                continue
            out.append(self._section(cut, end))
            self._pending = self._pending[cut:]
            self._begun = True
        return b"".join(out)

    def finish(self) -> bytes:
        """End the document.

        Returns:
            What was still held back.
        """
        rest = self._pending
        self._begun = self._begun or not _like_json(rest)
        out = self._section(len(rest), len(rest)) if rest else b""
        if self._open is not None:
            out += self._open.finish().encode("utf-8", _STRAY)
            self._close(self._open)
        self._pending = b""
        return out

    def _section(self, cut: int, end: int) -> bytes:
        """Scrub the lines before `cut`, knowing those before `end`."""
        data = self._pending[:cut]
        rules = self._rules(end)
        count = data.count(b"\n") + (not data.endswith(b"\n"))
        self._known = rules[count:]
        alone = self._begun or end > cut
        if not alone or self._lines.joined(self._pending[:end], rules):
            return self._through_stream(data)
        if self._open is None:
            out = self._by_lines(self._pending[:end], rules, count)
            return self._through_stream(data) if out is None else out
        stream, done = self._open, self._through_stream(data)
        # From where it cut last, lines are units again, if all of them are known to be.
        held = stream.held
        rest = b"" if held is None else held.encode("utf-8", _STRAY)
        if held is None or not data.endswith(rest):
            return done
        self._close(stream)
        begin = cut - len(rest)
        passed = count - rest.count(b"\n")
        out = self._by_lines(self._pending[begin:end], rules[passed:], count - passed)
        return done + (self._through_stream(rest) if out is None else out)

    def _rules(self, end: int) -> list[Rules]:
        """Give the rules of the lines before `end`, those known from before reused."""
        known = self._known
        start = 0
        for _ in known:
            start = self._pending.find(b"\n", start) + 1
        found = self._lines.rules(self._pending[start:end])
        # What stands behind the last newline is no line, unless the document ends there.
        return known + (found[:-1] if self._pending[:end].endswith(b"\n") else found)

    def _by_lines(self, data: bytes, rules: list[Rules], count: int) -> bytes | None:
        """Scrub lines one by one, the first `count` of them; None when that cannot be done."""
        lines = data.split(b"\n")
        told: list[Report] = []
        changed: list[Rules] = [()] * len(rules)
        for place, one in enumerate(rules):
            if one:
                found = self._lines.outcome(lines[place], one)
                if found is None:
                    return None
                lines[place], report, changed[place] = found
                if report is not None and place < count:
                    told.append(report)
        before = self._before.count(b"\n")
        if any(changed) and self._lines.joined(
            self._before + b"\n".join(lines), [()] * before + changed
        ):
            return None
        self._times.update(map(id, told))
        self._reports.update((id(one), one) for one in told)
        out = b"\n".join(lines[:count])
        out += b"\n" * (count < len(lines))
        self._before = out[out.rfind(b"\n", 0, max(0, len(out) - self._ahead)) + 1 :]
        return out

    def _through_stream(self, data: bytes) -> bytes:
        if self._open is None:
            self._open = self._stream()
        self._before = b""
        return self._open.feed(data.decode("utf-8", _STRAY)).encode("utf-8", _STRAY)

    def _close(self, stream: Stream) -> None:
        self._done += stream.report
        self._open = None


def _like_json(data: bytes) -> bool:
    """Tell whether all of a document may be JSON: then its tokens are kept whole over its lines."""
    trimmed = data.strip(b" \t\r\n")
    return trimmed[:1] in (b"{", b"[", b'"')


class DecodedStream:
    """A `Stream` fed with bytes: what a `LineStream` is where no screen tells lines apart."""

    def __init__(self, stream: Stream) -> None:
        """Begin a document."""
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-8")(_STRAY)

    @property
    def report(self) -> Report:
        """Counts of what was found so far."""
        return self._stream.report

    def feed(self, data: bytes) -> bytes:
        """Take more of the document; see `LineStream.feed`."""
        return self._stream.feed(self._decoder.decode(data)).encode("utf-8", _STRAY)

    def finish(self) -> bytes:
        """End the document; see `LineStream.finish`."""
        rest = self._stream.feed(self._decoder.decode(b"", final=True)) + self._stream.finish()
        return rest.encode("utf-8", _STRAY)
