"""
A text, or a document that comes piece by piece, through the stages that are wired for it.

Promise: which way a text takes (line by line, or in one piece) shows in time only.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scrubber.lines import DecodedStream, Lines, LineStream
from scrubber.stream import BLOCK, Stream

if TYPE_CHECKING:
    from collections.abc import Callable

    from scrubber.ledger import Located
    from scrubber.report import Report
    from scrubber.segments import Stages
    from scrubber.wiring import Wiring

LONG: Final = 4096
"""Code points from which a text is looked at line by line."""

_STRAY: Final = "surrogateescape"


@dataclass(frozen=True, slots=True)
class Redaction:
    """A redacted text and what was found in it.

    Attributes:
        text: the redacted text.
        report: counts by entity and rule, and failures.
    """

    text: str
    report: Report


@dataclass(frozen=True, slots=True)
class Way:
    """How documents are scrubbed.

    Attributes:
        wiring: what they go through.
        on_failure: called once for each unit that was replaced by a marker.
        stages: stages in place of the wiring's; then no screen is asked.
    """

    wiring: Wiring
    on_failure: Callable[[str], None]
    stages: Stages | None = None

    def stream(
        self, *, block: int = BLOCK, on_finding: Callable[[Located], None] | None = None
    ) -> Stream:
        """Begin a document of text; see `Scrubber.stream`."""
        return Stream(
            self.stages or self.wiring.stages,
            block=block,
            reach=self.wiring.reach,
            on_finding=on_finding,
            on_failure=self.on_failure,
        )

    def byte_stream(self) -> LineStream | DecodedStream:
        """Begin a document of bytes; see `Scrubber.byte_stream`."""
        if self.wiring.sieve is None or self.stages is not None:
            return DecodedStream(self.stream())
        return LineStream(Lines(self.wiring, self.stream), self.stream, self.wiring.reach)

    def redact(self, text: str) -> Redaction:
        """Scrub a text and count what was found.

        Raises:
            Exception: something inside failed; nothing of it was redacted.
        """
        if self.wiring.sieve is not None and self.stages is None and len(text) >= LONG:
            with suppress(UnicodeEncodeError):  # half of a surrogate pair is in no file
                lines = self.byte_stream()
                data = lines.feed(text.encode("utf-8", _STRAY)) + lines.finish()
                return Redaction(data.decode("utf-8", _STRAY), lines.report)
        stream = self.stream()
        return Redaction(stream.feed(text) + stream.finish(), stream.report)
