"""
Detectors that ask a scanner which of them a text may concern, and where.

The rest is the reference engine's: the same views, the same `confirm`, the same spans. So this
decides where is looked, and never what is found. Where the scan fails, the words of rules decide.

Promise: what the rules of a `Screened` find is what the same rules find as a plain tuple.
"""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from scrubber.decoding import decodable, joined_ranges
from scrubber.detect.gate import Gated
from scrubber.detect.recall import Recall
from scrubber.detect.rule_numbers import ENCODED, number_of
from scrubber.detect.screen import LONGEST_KEPT
from scrubber.ruleset.bytesets import FOLD

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scrubber.detect.confirm import Detector, Ranges
    from scrubber.detect.gate import Chosen, Claimed
    from scrubber.detect.rule_numbers import Rules
    from scrubber.detect.screen import Screen


MOST_RECALLED: Final = 1 << 14
"""Shapes of lines of which is known what was claimed in them."""


class Screened(Gated):
    """Detectors in a fixed order, behind a screen that knows their rules by number."""

    screen: Screen

    @classmethod
    def of(cls, detectors: Iterable[Detector], *, screen: Screen) -> Screened:
        """Put detectors behind a screen.

        Args:
            detectors: the detectors.
            screen: knows all their rules, and may know more.

        Returns:
            The detectors.
        """
        made = cls(detectors)
        made.screen = screen
        return made

    def made(self, detectors: Iterable[Detector]) -> Screened:
        """Put others of the detectors it was made from behind the same screen."""
        return Screened.of(detectors, screen=self.screen)

    @cached_property
    def places(self) -> Mapping[int, int]:
        """Where a rule is, by its number."""
        return {self.screen.numbers[one.rule.id]: place for place, one in enumerate(self)}

    def concerning(self, text: str) -> list[tuple[Detector, Ranges]]:
        """Give the detectors that may have a match in a text; see `Gated.concerning`."""
        try:
            found, ranges = self._lines(text)
            return self._concerned(found, ranges)
        except Exception:  # noqa: BLE001  # whatever is wrong with the scan
            return super().concerning(text)

    def look(self, text: str) -> tuple[Chosen, list[tuple[int, int]]]:
        """Give what a text may concern; see `Gated.look`."""
        try:
            found, ranges = self._lines(text)
            return self._concerned(found, ranges), _encoded(text, found, ranges)
        except Exception:  # noqa: BLE001  # whatever is wrong with the scan
            return super().look(text)

    def claimed(self, text: str, start: int) -> Claimed:
        """Give what they claim in a text as it stands; see `Gated.claimed`."""
        with suppress(Exception):  # whatever is wrong with what is recalled
            if not start and len(text) <= LONGEST_KEPT and "\n" not in text:
                return self._of_line(text)
        return super().claimed(text, start)

    @cached_property
    def _recalled(self) -> dict[bytes, Recall]:
        """What was claimed in lines, by their shape."""
        return {}

    def _of_line(self, text: str) -> Claimed:
        shape = text.encode("utf-8", "surrogatepass").translate(FOLD)
        recall = self._recalled.get(shape)
        if recall is None:
            # No line follows.
            rules = tuple(one for one in self.screen.shape(shape) if one >= ENCODED)
            if len(self._recalled) >= MOST_RECALLED:
                self._recalled.clear()
            chosen = self._concerned([rules], [(0, len(text))])
            recall = self._recalled[shape] = Recall(chosen, encoded=ENCODED in rules)
        found = recall.claimed(text)
        return found, [(0, len(text))] if recall.encoded and decodable(text) else []

    def _lines(self, text: str) -> tuple[list[Rules], list[tuple[int, int]]]:
        """Give the rules of each line with any, and its range."""
        data = text.encode("utf-8", "surrogatepass")
        if "\n" not in text:
            # No line follows.
            rules = tuple(one for one in self.screen.line(data) if one >= ENCODED)
            return ([rules], [(0, len(text))]) if rules else ([], [])
        found = self.screen.lines(data)
        if not any(found):
            return [], []
        ends = list(accumulate(len(line) + 1 for line in text.split("\n")))
        places = [place for place, rules in enumerate(found) if rules]
        ranges = [(ends[place - 1] if place else 0, ends[place] - 1) for place in places]
        return [found[place] for place in places], ranges

    def _concerned(
        self, found: list[Rules], ranges: list[tuple[int, int]]
    ) -> list[tuple[Detector, Ranges]]:
        places = self.places
        lines: dict[int, list[tuple[int, int]]] = {}
        for rules, place_of_line in zip(found, ranges, strict=True):
            for number in rules:
                place = places.get(number_of(number))
                if place is not None:
                    lines.setdefault(place, []).append(place_of_line)
        return [
            (self[place], None if self[place].rule.multiline else where)
            for place, where in sorted(lines.items(), key=lambda one: one[0])
        ]


def _encoded(text: str, found: list[Rules], ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Give the ranges of lines that have something to decode, as `encoded_lines` does."""
    return joined_ranges(
        (low, high)
        for rules, (low, high) in zip(found, ranges, strict=True)
        if ENCODED in rules and decodable(text[low:high])
    )
