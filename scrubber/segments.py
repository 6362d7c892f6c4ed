"""
One segment of text through all stages: detect, resolve, redact, until nothing new is found.

A segment is what is looked at in one piece: a string of an event, a small file, or a block of a
stream. This is the one place where the order of the stages is written down.

*Closed under detection*: what a redaction leaves is scanned again, and what is found there is
mapped back and redacted too, until the text stands still. That makes `scrub(scrub(x)) == scrub(x)`
true by construction, for every rule and operator, a user's included, instead of by the care of
whoever writes rules. Only lines that were changed are scanned again.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from scrubber.detect.gate import Gated
from scrubber.errors import BudgetError
from scrubber.redact.json_shape import fit_to_tokens, is_json
from scrubber.redact.operators import Operators, Redacted, apply
from scrubber.redact.placeholders import FAILED_ENTITY, Grammar
from scrubber.resolve import resolve
from scrubber.types import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from scrubber.detect.confirm import Detector

MOST_ROUNDS: Final = 16
FAILED_RULE: Final = "scrubber.failed"


@dataclass(frozen=True, slots=True)
class Stages:
    """The stages of a scrubber, wired.

    Attributes:
        line_detectors: rules that see one line.
        block_detectors: rules that may see several.
        engine: finds what detectors claim.
        grammar: recognises placeholders.
        operators: what happens to findings.
        detectors: all detectors.
    """

    line_detectors: tuple[Detector, ...]
    block_detectors: tuple[Detector, ...]
    engine: Callable[..., list[Span]]
    grammar: Grammar
    operators: Operators
    detectors: tuple[Detector, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Put all detectors side by side once."""
        gated = self.line_detectors
        both = (*gated, *self.block_detectors)
        joined = gated.made(both) if isinstance(gated, Gated) else Gated(both)
        object.__setattr__(self, "detectors", joined)

    def also(self, detectors: Sequence[Detector]) -> Stages:
        """Give the same stages with a few detectors more, which are kept out of the gate.

        Args:
            detectors: rules that see one line.

        Returns:
            New stages; what is known of the lines of these is kept.
        """
        extended = copy(self)
        engine = self.engine

        def with_more(chosen: tuple[Detector, ...], text: str, *, start: int = 0) -> list[Span]:
            return engine(chosen, text, start=start) + engine(detectors, text, start=start)

        object.__setattr__(extended, "engine", with_more)
        return extended

    def only(self, keeps: Callable[[str, Span], bool]) -> Stages:
        """Give the same stages with an engine that claims less.

        Args:
            keeps: whether a span of a text is claimed.

        Returns:
            New stages.
        """
        fewer = copy(self)
        engine = self.engine

        def kept(chosen: tuple[Detector, ...], text: str, *, start: int = 0) -> list[Span]:
            return [span for span in engine(chosen, text, start=start) if keeps(text, span)]

        object.__setattr__(fewer, "engine", kept)
        return fewer

    def beside(self, find: Callable[[str, int], list[Span]]) -> Stages:
        """Give the same stages, in which something else claims what it finds in lines.

        Args:
            find: (text, start) -> spans of a text that begin at `start` or behind; it looks at one
                line at a time.

        Returns:
            New stages.
        """
        more = copy(self)
        engine = self.engine
        both = (self.detectors, self.line_detectors)

        def with_more(chosen: tuple[Detector, ...], text: str, *, start: int = 0) -> list[Span]:
            spans = engine(chosen, text, start=start)
            return spans + find(text, start) if any(chosen is one for one in both) else spans

        object.__setattr__(more, "engine", with_more)
        return more

    def detect(self, text: str, *, start: int = 0) -> list[Span]:
        """Find what all rules claim in a segment; lines that fail are claimed whole.

        Args:
            text: the segment, with context before `start`.
            start: where the segment begins.

        Returns:
            Spans, overlapping where rules overlap.
        """
        try:
            return self.engine(self.detectors, text, start=start)
        except Exception:  # noqa: BLE001  # promise 1: whatever fails, nothing raw leaves
            return self._lines(text, start) + self._blocks(text, start)

    def _lines(self, text: str, start: int = 0) -> list[Span]:
        """Find what line rules claim; a line that fails is claimed whole."""
        try:
            return self.engine(self.line_detectors, text, start=start)
        except Exception:  # noqa: BLE001
            spans: list[Span] = []
        for line_start, line_end in line_ranges(text, start):
            first = max(start - line_start, 0)
            try:
                found = self.engine(self.line_detectors, text[line_start:line_end], start=first)
            except Exception:  # noqa: BLE001
                found = failed_lines(text, line_start + first, line_end)
                found = [span.moved(-line_start) for span in found]
            spans += [span.moved(line_start) for span in found]
        return spans

    def _blocks(self, text: str, start: int = 0) -> list[Span]:
        """Find what rules over several lines claim; if they fail, all is claimed."""
        if not self.block_detectors:
            return []
        try:
            return self.engine(self.block_detectors, text, start=start)
        except Exception:  # noqa: BLE001
            return failed_lines(text, start, len(text))

    def settle(
        self, text: str, spans: Iterable[Span], *, start: int = 0, inner: bool = False
    ) -> tuple[list[Span], Redacted]:
        """Redact, scan what is left, and repeat until nothing new is found.

        Args:
            text: the segment.
            spans: what `detect` found in it.
            start: what is before is context and is not touched.
            inner: other text stands before it, so that it is no JSON document by itself.

        Returns:
            The final disjoint spans of the segment, and its redacted text.

        Raises:
            BudgetError: it did not stand still after 16 rounds.
        """
        claimed = list(spans)
        operators = self.operators
        final, redacted = self._redact(text, claimed, start, operators, inner=inner)
        if not final:
            return final, redacted
        for _ in range(MOST_ROUNDS):
            new = [
                span._replace(start=max(span.start, start))
                for span in self._detect_changed(redacted, start)
                if span.end > start
            ]
            if not new:
                return final, redacted
            for span in new:
                low, high = redacted.original(span.start, span.end)
                claimed.append(span._replace(start=low, end=high))
            final, again = self._redact(text, claimed, start, operators, inner=inner)
            if again.text == redacted.text:
                # What is found again changes nothing any more, in this text or in its redaction.
                if (
                    self._redact(again.text, new, start, self.operators, inner=inner)[1].text
                    == again.text
                ):
                    return final, again
                # The end that a mask left standing is a finding by itself: no mask leaves one here.
                operators = operators.masking_all()
                final, again = self._redact(text, claimed, start, operators, inner=inner)
            redacted = again
        msg = "a text did not stand still after its redaction"
        raise BudgetError(msg)

    def _redact(
        self, text: str, claimed: Sequence[Span], start: int, operators: Operators, *, inner: bool
    ) -> tuple[list[Span], Redacted]:
        spans = resolve(claimed, protected=self.grammar.ranges(text)) if claimed else []
        if spans:
            spans = fit_json(text, spans, start=start, inner=inner)
        return spans, apply(text, spans, operators)

    def _detect_changed(self, redacted: Redacted, start: int) -> list[Span]:
        """Scan the lines that were changed, and all for rules that see several lines."""
        text = redacted.text
        found: list[Span] = []
        lines = _changed_lines(redacted)
        if lines == [(0, len(text))]:
            # The text is one line, so that all rules look at the same.
            return self._outside_placeholders(text, self.detect(text, start=start))
        joined = "\n".join(text[low:high] for low, high in lines)
        # Only the first line can begin in the context.
        first = max(start - lines[0][0], 0)
        spans = self._outside_placeholders(joined, self._lines(joined, first))
        # Offsets of the joined lines go back to the text line by line.
        offset = 0
        cursor = 0
        for low, high in lines:
            stop = offset + (high - low)
            while cursor < len(spans) and spans[cursor].start < stop:
                found.append(spans[cursor].moved(low - offset))
                cursor += 1
            offset = stop + 1
        return found + self._outside_placeholders(text, self._blocks(text, start))

    def _outside_placeholders(self, text: str, spans: list[Span]) -> list[Span]:
        return resolve(spans, protected=self.grammar.ranges(text)) if spans else spans


def fit_json(text: str, spans: list[Span], *, start: int = 0, inner: bool = False) -> list[Span]:
    """Fit spans to JSON tokens: of the whole text where it is JSON, else of each line that is.

    Args:
        text: a segment.
        spans: disjoint, in order, none before `start`.
        start: what is before is context; a line that begins in it is not all there.
        inner: other text stands before it.

    Returns:
        Disjoint spans, in order.
    """
    if not start and not inner:
        if is_json(text):
            return fit_to_tokens(text, spans)
        if "\n" not in text:
            return spans
    fitted: list[Span] = []
    index = 0
    while index < len(spans):
        low = text.rfind("\n", 0, spans[index].start) + 1
        high = text.find("\n", spans[index].start)
        high = len(text) if high < 0 else high
        first = index
        index += 1
        while index < len(spans) and spans[index].start < high:
            index += 1
        group = spans[first:index]
        line = text[low:high]
        if low >= start and group[-1].end <= high and is_json(line):
            alone = fit_to_tokens(line, [span.moved(-low) for span in group])
            group = [span.moved(low) for span in alone]
        fitted += group
    return fitted


def _changed_lines(redacted: Redacted) -> list[tuple[int, int]]:
    text = redacted.text
    lines: list[tuple[int, int]] = []
    for _, _, new_start, new_end in redacted.pieces:
        if lines and new_end <= lines[-1][1]:
            continue
        start = text.rfind("\n", 0, new_start) + 1
        end = text.find("\n", new_end)
        end = len(text) if end < 0 else end
        if lines and start <= lines[-1][1]:
            start = lines.pop()[0]
        lines.append((start, end))
    return lines


def line_ranges(text: str, start: int = 0) -> Iterator[tuple[int, int]]:
    """Give the range of every line, newline excluded, from the one that holds `start`."""
    cursor = text.rfind("\n", 0, start) + 1
    while cursor < len(text):
        end = text.find("\n", cursor)
        end = len(text) if end < 0 else end
        yield cursor, end
        cursor = end + 1


def failed_lines(text: str, start: int, end: int) -> list[Span]:
    """Claim every line of a range as failed, newlines kept."""
    return [
        Span(max(low, start), min(high, end), FAILED_ENTITY, FAILED_RULE, 1.0)
        for low, high in line_ranges(text[:end], start)
        if max(low, start) < min(high, end)
    ]
