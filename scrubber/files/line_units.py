"""
Text without end that someone is watching: `tail -f app.log | scrubber redact --line-buffered`.

A `Stream` holds text back until a block is full, because what follows may belong to a finding. Here
a line is a unit of its own and leaves when it ends. While a rule over several lines is still taking
lines in (a private key), they wait for each other and leave together.

The price: a rule that sees nothing in the first line alone finds nothing. So this is asked for, not
the default.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from scrubber.detect.patterns import compiled
from scrubber.report import Report

if TYPE_CHECKING:
    from collections.abc import Callable

    from scrubber.ledger import Located
    from scrubber.pipeline import Scrubber
    from scrubber.stream import Stream

# Lines that wait for each other are scanned again with each further one, so there is an end to it.
MOST_HELD: Final = 1 << 13


class LineUnits:
    """One document, fed piece by piece, given back line by line.

    Attributes:
        report: counts of what was found in what was given back so far.
    """

    def __init__(
        self, scrubber: Scrubber, *, on_finding: Callable[[Located], None] | None = None
    ) -> None:
        """Begin a document.

        Args:
            scrubber: what to scrub with.
            on_finding: called with each finding, in order.
        """
        self.report = Report()
        self._scrubber = scrubber
        self._on_finding = on_finding
        self._several = {rule.id: rule for rule in scrubber.ruleset.rules if rule.multiline}
        self._held = ""
        self._long: Stream | None = None
        self._long_size = 0
        self._to_the_end = False
        # Where the unit begins in the document.
        self._offset = 0
        self._line = 1

    def feed(self, chunk: str) -> str:
        """Take more text.

        Args:
            chunk: the next piece, of any size.

        Returns:
            The redacted lines that are whole.
        """
        *whole, rest = chunk.split("\n")
        out = [self._take(f"{line}\n") for line in whole]
        if rest:
            out.append(self._take(rest))
        return "".join(out)

    def finish(self) -> str:
        """End the document.

        Returns:
            What was still held back.
        """
        if self._long is not None:
            return self._end_long(self._long)
        return self._give_back(last=True) if self._held else ""

    def _take(self, piece: str) -> str:
        """Take a line, or a part of one."""
        if self._long is None:
            self._held += piece
            if len(self._held) <= MOST_HELD:
                return self._give_back(last=False) if piece.endswith("\n") else ""
            # A long line goes on as a stream to its end. Lines that waited too long for each other
            # do so to the end of the document: later out, but never cut inside a finding.
            piece, self._held = self._held, ""
            self._to_the_end = "\n" in piece[:-1]
            self._long = self._scrubber.stream(on_finding=self._tell)
        redacted = self._long.feed(piece)
        self._long_size += len(piece)
        if piece.endswith("\n") and not self._to_the_end:
            redacted += self._end_long(self._long)
            self._line += 1
        return redacted

    def _give_back(self, *, last: bool) -> str:
        """Redact the lines that are held, unless a rule may take in the next one too."""
        found: list[Located] = []
        stream = self._scrubber.stream(on_finding=found.append)
        redacted = stream.feed(self._held) + stream.finish()
        if not last and any(self._goes_on(one) for one in found):
            return ""
        for one in found:
            self._tell(one)
        self.report += stream.report
        self._offset += len(self._held)
        self._line += self._held.count("\n")
        self._held = ""
        return redacted

    def _goes_on(self, located: Located) -> bool:
        """Tell whether a finding ends where the lines end, and not because its rule says so."""
        rule = self._several.get(located.finding.rule_id)
        end = located.finding.end
        if rule is None or end < len(self._held.rstrip("\r\n")):
            return False
        if rule.blob is None or not rule.blob.end:
            return True
        closing = compiled(rule.blob.end).finditer(self._held, max(0, end - rule.blob.reach), end)
        return all(match.end() != end for match in closing)

    def _end_long(self, stream: Stream) -> str:
        redacted = stream.finish()
        self.report += stream.report
        self._offset += self._long_size
        self._long, self._long_size = None, 0
        return redacted

    def _tell(self, located: Located) -> None:
        if self._on_finding is not None:
            finding = located.finding
            start, end = finding.start + self._offset, finding.end + self._offset
            finding = replace(finding, start=start, end=end)
            self._on_finding(replace(located, finding=finding, line=located.line + self._line - 1))
