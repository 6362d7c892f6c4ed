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
import re
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING, Final, NamedTuple

from scrubber.detect.rule_numbers import ENCODED
from scrubber.errors import ScrubberError
from scrubber.outcomes import MOST_KEPT
from scrubber.redact.json_shape import is_json
from scrubber.report import Report
from scrubber.ruleset.bytesets import FOLD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scrubber.detect.rule_numbers import Rules
    from scrubber.outcomes import Lines
    from scrubber.reach import Reach
    from scrubber.stream import Stream

SECTION: Final = 2 << 20
"""Bytes that are looked at in one piece."""

_WIDEST: Final = 4
_STRAY: Final = "surrogateescape"
_CONTINUES: Final = range(0x80, 0xC0)

# How a JSON document over several lines can begin; `[Sun Dec 04` and `[2026-01-01 12:00` cannot.
_JSON_BEGINS: Final = re.compile(
    rb"""[ \t\r\n]*+ (?: " | \{[ \t\r\n]*+["}] | \[[ \t\r\n]*+ (?: ["{\[\]]
    | (?: -?[0-9][0-9.eE+-]*+ | [A-Za-z-]{3,9}+ ) [ \t\r\n]*+ [],] ) )""",
    re.VERBOSE,
)


class _Lines(NamedTuple):
    """Lines, and what is known of them.

    Attributes:
        lines: the lines, with what stands behind the last newline.
        shapes: the same, folded.
        rules: the rules that may have a match in each that is a line.
    """

    lines: list[bytes]
    shapes: list[bytes]
    rules: list[Rules]

    def behind(self, count: int) -> _Lines:
        """Give all but the first so many."""
        return _Lines(self.lines[count:], self.shapes[count:], self.rules[count:])


class LineStream:
    """One document, fed piece by piece, as bytes."""

    def __init__(self, lines: Lines, stream: Callable[..., Stream], reach: Reach) -> None:
        """Begin a document.

        Args:
            lines: scrubs lines.
            stream: begins a document of text.
            reach: how far rules look.
        """
        self._lines = lines
        self._stream = stream
        self._reach = reach
        # A match that ends so far behind a line may have begun in it: one character of it is at
        # most six of ASCII, or four bytes.
        self._near = reach.ahead
        self._ahead = _WIDEST * reach.ahead
        self._coming: list[bytes] = []
        self._size = 0
        self._pending = b""
        self._known = _Lines([], [], [])
        self._finished = False
        self._begun = False
        # Something of the document is done with: what follows is not all of it.
        self._passed = False
        self._open: Stream | None = None
        self._done = Report()
        self._times: Counter[int] = Counter()
        self._reports: dict[int, Report] = {}

    @property
    def report(self) -> Report:
        """Counts of what was found so far."""
        found = self._counted()
        return found + self._open.report if self._open else found

    def _counted(self) -> Report:
        counts = Counter(self._done.counts)
        failures = self._done.failures
        for key, times in self._times.items():
            one = self._reports[key]
            failures += times * one.failures
            for name, count in one.counts.items():
                counts[name] += times * count
        return Report(dict(counts), failures)

    @property
    def near(self) -> tuple[int, int]:
        """How many bytes behind a line may matter to it, and how many are looked through for it."""
        return self._near, self._ahead

    @property
    def settled(self) -> bool:
        """Nothing is held back, and nothing that was fed may go on in what follows."""
        return self._open is None and not self._size

    def another(self, *, first: bool = False) -> LineStream:
        """Begin a document, or go on with one behind a line where it was settled.

        Args:
            first: whether it is the first line of a document.

        Returns:
            A stream that remembers the lines this one has seen.
        """
        other = LineStream(self._lines, self._stream, self._reach)
        other._begun = other._passed = not first
        return other

    def settle(self, behind: bytes) -> bytes:
        """Scrub what was fed so far, which ends with a newline, without taking more of it.

        Args:
            behind: the lines that follow it, as many as `near` says.

        Returns:
            What was held back, as far as it is ready.
        """
        self._gather()
        cut = len(self._pending)
        self._pending += behind
        out = self._section(cut, len(self._pending)) if cut else b""
        self._pending, self._known, self._size = b"", _Lines([], [], []), 0
        self._begun = True
        return out

    def feed(self, data: bytes) -> bytes:
        """Take more of the document.

        Args:
            data: the next piece, of any size, in UTF-8; other bytes are kept.

        Returns:
            Redacted bytes that are ready; often none until a section is full.
        """
        if self._finished:
            raise ScrubberError("the stream has ended; begin a new one for a new document")
        out: list[bytes] = []
        # Few bytes are gathered, many are cut up: so none is copied more than a few times.
        for start in range(0, len(data), SECTION):
            piece = data[start : start + SECTION]
            self._coming.append(piece)
            self._size += len(piece)
            if self._size >= SECTION + self._ahead:
                self._gather()
                out += self._sections()
        return b"".join(out)

    def finish(self) -> bytes:
        """End the document.

        Returns:
            What was still held back.
        """
        self._finished = True
        self._gather()
        rest = self._pending
        out = self._section(len(rest), len(rest)) if rest else b""
        if self._open is not None:
            out += self._open.finish().encode("utf-8", _STRAY)
            self._close(self._open)
        self._pending, self._size = b"", 0
        return out

    def _gather(self) -> None:
        self._pending = b"".join((self._pending, *self._coming))
        self._coming = []

    def _sections(self) -> Iterator[bytes]:
        """Scrub the sections that are all there, and know what follows them."""
        while self._size >= SECTION + self._ahead:
            cut = self._pending.rfind(b"\n", 0, SECTION) + 1
            end = self._pending.find(b"\n", cut + self._near, cut + self._ahead) + 1
            if cut and end:
                yield self._section(cut, end)
            else:
                # A line that long is no unit, nor is one that is not all there.
                cut = _between_characters(self._pending, SECTION)
                self._known = _Lines([], [], [])
                yield self._through_stream(self._pending[:cut])
            self._pending = self._pending[cut:]
            self._size = len(self._pending)

    def _section(self, cut: int, end: int) -> bytes:
        """Scrub the lines before `cut`, knowing those before `end`."""
        data = self._pending[:cut]
        alone = self._begun or not _like_json(data)
        self._begun = True
        count = data.count(b"\n") + (not data.endswith(b"\n"))
        try:
            seen = self._look(end)
            alone = alone and not self._lines.joined(seen.lines, seen.shapes, seen.rules)
            self._known = seen.behind(count)
        except Exception:  # noqa: BLE001  # a stream fails closed, line by line
            alone, self._known = False, _Lines([], [], [])
        if not alone:
            return self._through_stream(data)
        done, begin = b"", 0
        if self._open is not None:
            stream, done = self._open, self._through_stream(data)
            # From where it cut last, lines are units again, if all of them are known to be.
            held = (stream.held or "").encode("utf-8", _STRAY)
            if not held or not data.endswith(held):
                return done
            self._close(stream)
            begin = cut - len(held)
        passed = data.count(b"\n", 0, begin)
        rest, data = seen.behind(passed), data[begin:]
        # Where it cut may be inside a line.
        rest.lines[0] = data.partition(b"\n")[0]
        rest.shapes[0] = rest.lines[0].translate(FOLD)
        out = self._by_lines(data, rest, count - passed)
        return done + (self._through_stream(data) if out is None else out)

    def _look(self, end: int) -> _Lines:
        """Give the lines before `end`, with what is known of those behind the section before."""
        known = self._known
        data = self._pending[:end]
        lines = data.split(b"\n")
        done = len(known.rules)
        start = sum(map(len, lines[:done])) + done
        new = data[start:].translate(FOLD).split(b"\n")
        rules = known.rules + self._lines.rules(new)
        # Behind the last newline is no line, unless the document ends there.
        if data.endswith(b"\n"):
            rules.pop()
        return _Lines(lines, known.shapes[:done] + new, rules)

    def _by_lines(self, data: bytes, seen: _Lines, count: int) -> bytes | None:
        """Scrub lines one by one, the first `count` of them; None when that cannot be done."""
        lines, shapes, after = seen.lines[:], seen.shapes[:], seen.rules[:]
        told: list[Report] = []
        changed = False
        with suppress(Exception):  # a stream fails closed, line by line
            known = self._lines.known
            for place, one in enumerate(seen.rules):
                if one and one[-1] >= ENCODED:
                    line = lines[place]
                    found = known.get(line) or self._lines.outcome(line, one)
                    if found is None:
                        return None
                    redacted, report, rules, shape = found
                    if shape is not None:
                        lines[place], after[place], shapes[place] = redacted, rules, shape
                        changed = True
                    if report is not None and place < count:
                        told.append(report)
            if changed and self._lines.joined(lines, shapes, after):
                return None
            out = b"\n".join(lines[:count]) + b"\n" * (count < len(lines))
            self._passed = True
            checked = self._lines.checked(data, out, count)
            if checked is not None:
                self._done += checked[1]
                return checked[0]
            self._times.update(map(id, told))
            self._reports.update((id(one), one) for one in told)
            if len(self._times) > MOST_KEPT:
                # Added up, or they would be as many as lines that are not like others.
                self._done, self._times, self._reports = self._counted(), Counter(), {}
            return out
        return None

    def _through_stream(self, data: bytes) -> bytes:
        if self._open is None:
            self._open = self._stream(inner=self._passed)
        self._passed = True
        return self._open.feed(data.decode("utf-8", _STRAY)).encode("utf-8", _STRAY)

    def _close(self, stream: Stream) -> None:
        self._done += stream.report
        self._open = None


def _like_json(data: bytes) -> bool:
    """Tell whether a document may be JSON over its lines: then its tokens are kept whole."""
    if _JSON_BEGINS.match(data) is None:
        return False
    # One that is whole on its first line has no further ones.
    first, _, more = data.strip(b" \t\r\n").partition(b"\n")
    return bool(more) and not is_json(first.decode("utf-8", _STRAY))


def _between_characters(data: bytes, at: int) -> int:
    """Give the last place at or before another where no character is cut."""
    for place in range(at, max(at - _WIDEST, 0), -1):
        if data[place] not in _CONTINUES:
            return place
    return at  # stray bytes


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
