"""
A text, or a document that comes piece by piece, through the stages that are wired for it.

Promise: which way a text takes (line by line, or in one piece) shows in time only.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scrubber.lines import DecodedStream, LineStream
from scrubber.outcomes import Lines
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
        self,
        *,
        block: int = BLOCK,
        on_finding: Callable[[Located], None] | None = None,
        inner: bool = False,
    ) -> Stream:
        """Begin a document of text, or what is inside of one; see `Scrubber.stream`."""
        return Stream(
            self.stages or self.wiring.stages,
            block=block,
            reach=self.wiring.reach,
            on_finding=on_finding,
            on_failure=self.on_failure,
            inner=inner,
        )

    def byte_stream(self) -> LineStream | DecodedStream:
        """Begin a document of bytes; see `Scrubber.byte_stream`."""
        if self.wiring.sieve is None or self.stages is not None:
            return DecodedStream(self.stream())
        return LineStream(Lines(self.wiring), self.stream, self.wiring.reach)

    def redact(self, text: str) -> Redaction:
        """Scrub a text and count what was found.

        Raises:
            Exception: something inside failed; nothing of it was redacted.
        """
        if self.wiring.sieve is not None and self.stages is None and len(text) >= LONG:
            data = _as_bytes(text)
            if data is not None:
                lines = self.byte_stream()
                data = lines.feed(data) + lines.finish()
                return Redaction(data.decode("utf-8", _STRAY), lines.report)
        stream = self.stream()
        return Redaction(stream.feed(text) + stream.finish(), stream.report)


def _as_bytes(text: str) -> bytes | None:
    """Give the bytes of a text, stray ones among them; None where they would be another text."""
    with suppress(UnicodeEncodeError):
        return text.encode()
    with suppress(UnicodeEncodeError):  # half of a surrogate pair is in no file
        data = text.encode("utf-8", _STRAY)
        # Stray bytes side by side may make up a character, which these were not.
        return data if data.decode("utf-8", _STRAY) == text else None
    return None
