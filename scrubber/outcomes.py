"""
What becomes of a line that is a unit of its own, worked out once.

The lines of a log come again: a service says the same of the same hosts all day. What is remembered
is the redacted line and the counts, by the line as it was, in the memory of this process.

Promise: the outcome of a line is what a `Stream` makes of a document in which no rule over several
lines has a part of a match in it; where that is not sure, there is none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from scrubber.decoding import decodable, decoded_views
from scrubber.detect.rule_numbers import ENCODED
from scrubber.redact.operators import begins_with_number
from scrubber.redact.placeholders import FAILED_ENTITY
from scrubber.report import Report
from scrubber.ruleset.bytesets import FOLD
from scrubber.several import Several

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scrubber.detect.rule_numbers import Rules
    from scrubber.wiring import Wiring

MOST_KEPT: Final = 1 << 16
LONGEST: Final = 1 << 16
LONGEST_KEPT: Final = 1 << 10
"""Bytes of a line that is remembered: long ones seldom come again, and would fill the memory."""
"""Bytes of a line that is a unit of its own."""

# The redacted line; what was found in it, or None for nothing; the rules that may have a match in
# it now; its shape, or None for a line as it was.
Outcome: TypeAlias = "tuple[bytes, Report | None, Rules, bytes | None]"

_STRAY: Final = "surrogateescape"


class Lines:
    """Scrubs lines that are units of their own, each once."""

    def __init__(self, wiring: Wiring) -> None:
        """Begin with nothing remembered.

        Args:
            wiring: how a text is scrubbed; it has a screen.
        """
        sieve = wiring.sieve
        if sieve is None:
            raise ValueError("lines are told apart by a screen, and this wiring has none")
        self._sieve, self._screen = sieve, sieve.screen
        self._wiring, self._stages = wiring, wiring.stages
        self._several = Several(sieve.screen, wiring.stages.block_detectors)
        # What became of a line; None where it is no unit of its own.
        self._kept: dict[bytes, Outcome | None] = {}

    def rules(self, shapes: Sequence[bytes]) -> list[Rules]:
        """Give the rules that may have a match, line by line; the lines are folded."""
        return self._screen.shapes(shapes)

    def joined(
        self, lines: Sequence[bytes], shapes: Sequence[bytes], rules: Sequence[Rules]
    ) -> bool:
        """Tell whether a rule over several lines may have a match in a text; see `Several`."""
        return self._several.joined(lines, shapes, rules)

    @property
    def known(self) -> Mapping[bytes, Outcome | None]:
        """What became of lines seen before."""
        return self._kept

    def outcome(self, line: bytes, rules: Rules) -> Outcome | None:
        """Give what becomes of a line.

        Args:
            line: without its newline.
            rules: those that may have a match in it.

        Returns:
            The outcome; None when it is no unit of its own, or could not be scrubbed as one.

        Raises:
            Exception: something inside failed.
        """
        kept = self._kept
        if line in kept:
            return kept[line]
        if len(kept) >= MOST_KEPT:
            kept.clear()
        found = self._scrubbed(line, rules)
        if len(line) <= LONGEST_KEPT:
            kept[line] = found
        return found

    def checked(self, data: bytes, redacted: bytes, count: int) -> tuple[bytes, Report] | None:
        """Give what both engines make of a section, where a shadow looks at it and they differ.

        Args:
            data: the section, and lines behind it.
            redacted: what became of it.
            count: how many lines it has.
        """
        wiring = self._wiring
        if wiring.shadow is None:
            return None
        lines = data.split(b"\n")
        own = b"\n".join(lines[:count]) + b"\n" * (count < len(lines))
        return wiring.shadow.section(wiring.through_both(), wiring.reach, own, redacted)

    def _scrubbed(  # noqa: PLR0911 - one return for each thing that tells
        self, line: bytes, rules: Rules
    ) -> Outcome | None:
        text = line.decode("utf-8", _STRAY)
        if rules[-1] == ENCODED and not self._sieve.suspect(rules, text, more=True):
            return line, None, rules, None
        if len(line) > LONGEST or self._joins(text, rules):
            return None
        claimed = self._stages.detect(text)
        if not claimed:
            return line, None, rules, None
        spans, settled = self._stages.settle(text, claimed)
        if any(begins_with_number(text, one.start, one.end) for one in spans):
            return None  # whether it is a value of JSON, the line before tells
        redacted = settled.text
        if "\n" in redacted or any(one.entity == FAILED_ENTITY for one in (*claimed, *spans)):
            return None
        report = Report.of(spans) if spans else None
        if redacted == text:
            return line, report, rules, None
        # What a redaction leaves could be the rest of something over several lines.
        done = redacted.encode("utf-8", _STRAY)
        shape = done.translate(FOLD)
        after = self._screen.shape(shape)
        if self._joins(redacted, after):
            return None
        return done, report, after, shape

    def _joins(self, text: str, rules: Rules) -> bool:
        """Tell whether what a line hides may be a part of something over several lines."""
        if ENCODED not in rules or not decodable(text):
            return False
        return any(
            self._several.among(found)
            for view in decoded_views(text)
            for found in self._screen.lines(view.text.encode("utf-8", "surrogatepass"))
        )
