"""
Names of people in texts: taggers behind a gate, line by line, each shape of line once.

A sentence is a line of a message, so a line is what is tagged, in the text as it stands and in what
its escapes hide. Lines come again with other numbers, so what was found in one is kept by its
shape, where no tagger reads digits.

Promise: both engines are given the same spans; what fails, raises: the caller fails closed. Lines
of more than `LONGEST` code points are data and are not looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scrubber.decoding import decodable
from scrubber.detect.reference import with_views
from scrubber.errors import ScrubberError
from scrubber.ner.file_names import file_name_spans
from scrubber.ner.tagger import LONGEST, EmbeddedTagger, embedded
from scrubber.ner.tokens import FOLD

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scrubber.ner.tagging import Tagger
    from scrubber.types import Span

MOST_KEPT: Final = 1 << 14
"""Lines of which is known what was found in them."""

LONGEST_KEPT: Final = 512
"""Code points of such a line: longer ones come again less often, and take memory."""

_DOUBTED: Final = frozenset({"ner.spacy", "presidio.spacy_recognizer"})
"""What finds names of people by a model of general text, and many that are none."""
_PERSON: Final = "PERSON"

_FEWEST_LETTERS: Final = 3


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which findings of taggers count.

    Attributes:
        entities: those that are asked for.
        least: the least confidence.
    """

    entities: frozenset[str] = frozenset({"PERSON"})
    least: float = 0.0

    def has(self, span: Span) -> bool:
        """Tell whether a finding counts."""
        return span.entity in self.entities and span.confidence >= self.least


class People:
    """Finds names of people in texts, by all of some taggers."""

    def __init__(self, taggers: Sequence[Tagger], wanted: Wanted = Wanted()) -> None:
        """Take taggers.

        Args:
            taggers: each is asked; what any of them finds counts.
            wanted: which findings count.
        """
        self._taggers = tuple(taggers)
        self._wanted = wanted
        self.blind = all(isinstance(one, EmbeddedTagger) for one in taggers)
        """Whether digits tell them nothing, so that what holds for a line holds for its shape."""
        self._gate = embedded()
        self._kept: dict[str, tuple[Span, ...]] = {}

    def find(self, text: str, start: int = 0, *, lines: int = -1) -> list[Span]:
        """Find names in a text.

        Args:
            text: any text.
            start: what is before is context, and names that begin there are not wanted.
            lines: how many of its first lines are looked at; -1 for all.

        Returns:
            Spans, overlapping where taggers overlap.

        Raises:
            Exception: a tagger failed.
        """
        found: list[Span] = []
        low = text.rfind("\n", 0, start) + 1
        if start and not low:
            # The line begins before the text: whether it is a long one is not known.
            low = text.find("\n", start) + 1
            if not low:
                return found
        while low < len(text) and lines:
            lines -= 1
            high = text.find("\n", low)
            high = len(text) if high < 0 else high
            spans = self.of_line(text[low:high]) if high > low else ()
            found += [one.moved(low) for one in spans if one.start + low >= start]
            low = high + 1
        return found

    def of_line(self, line: str) -> Sequence[Span]:
        """Find names in one line and in what is encoded in it.

        Args:
            line: without a newline.

        Returns:
            Spans in it.

        Raises:
            Exception: a tagger failed.
        """
        if len(line) > LONGEST:
            return ()
        raw = self._tagged(line)
        if not decodable(line):
            return raw
        found = with_views(line, [*raw], self._in_view)
        # What base64 or hex decodes to is no sentence, or one that nobody reads.
        return [one for one in found if one.layers >= 0]

    def may(self, shape: str) -> bool:
        """Tell whether names may be found in lines of a shape, in the text as it stands.

        Args:
            shape: a line, each digit a `0`.

        Raises:
            Exception: a tagger failed.
        """
        if len(shape) > LONGEST:
            return False
        if self.blind:
            return bool(self._tagged(shape))
        return sum(map(str.isalpha, shape)) >= _FEWEST_LETTERS

    def like_names(self, text: str, start: int = 0, *, lines: int = 0) -> list[Span]:
        """Find words that are like names, in lines that taggers did not look at.

        Args:
            text: any text.
            start: what is before is context.
            lines: how many of its first lines they did look at.

        Returns:
            Spans; there are far more of them than names.
        """
        found: list[Span] = []
        low = 0
        for at, line in enumerate(text.split("\n")):
            if low + len(line) >= start and (at >= lines or len(line) > LONGEST):
                found += [one.moved(low) for one in self._gate.like_names(line)]
            low += len(line) + 1
        return [one for one in found if one.start >= start]

    def _in_view(self, view: str, start: int) -> list[Span]:
        return (
            self.find(view, start)
            if "\n" in view
            else [
                one
                for one in (self._tagged(view) if len(view) <= LONGEST else ())
                if one.start >= start
            ]
        )

    def _tagged(self, line: str) -> tuple[Span, ...]:
        key = line.translate(FOLD) if self.blind else line
        found = self._kept.get(key)
        if found is None:
            found = tuple(self._wanted_of(key))
            if len(self._kept) >= MOST_KEPT:
                self._kept = {}
            if len(key) <= LONGEST_KEPT:
                self._kept[key] = found
        return found

    def _wanted_of(self, line: str) -> Iterable[Span]:
        for tagger in self._taggers:
            found = list(filter(self._wanted.has, tagger.tag(line)))
            if not all(0 <= one.start < one.end <= len(line) for one in found):
                raise ScrubberError("a tagger gave a range that is none of its line")
            doubted = [one for one in found if one.rule_id in _DOUBTED and one.entity == _PERSON]
            sure = self._gate.plausible(line, doubted) if doubted else ()
            yield from (one for one in found if one not in doubted or one in sure)
        yield from filter(self._wanted.has, file_name_spans(line))
