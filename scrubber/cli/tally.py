"""
What a run came to, in one or a few lines on stderr.

On stderr even when stdout is a pipe, because that is where a person still sees it; `--quiet` leaves
only what went wrong.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scrubber.cli.messages import many, say
from scrubber.errors import InputError
from scrubber.redact.placeholders import FAILED
from scrubber.report import Report

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scrubber.cli.sources import Source


@dataclass(slots=True)
class Tally:
    """Counts over all documents of a run.

    Attributes:
        report: what was found.
        read: documents that were read to their end.
        unread: those that were not, with the reason.
    """

    report: Report = field(default_factory=Report)
    read: int = 0
    unread: list[tuple[str, str]] = field(default_factory=list)

    @property
    def wrong(self) -> bool:
        """Something could not be read, or scrubbed."""
        return bool(self.unread or self.report.failures)

    def over(self, sources: Sequence[Source], work: Callable[[Source], Report]) -> None:
        """Do something with every source; one that cannot be read is told of, and the others go on.

        Args:
            sources: what to read.
            work: reads one and gives what was found.
        """
        for source in sources:
            try:
                report = work(source)
            except InputError as error:
                self.unread.append((source.name, str(error)))
                say(f"{source.name}: {error}")
            else:
                self.report += report
                self.read += 1

    def summarise(self, *, quiet: bool, marked: bool = True) -> None:
        """Say what it came to.

        Args:
            quiet: say only what went wrong.
            marked: units that failed were replaced by a marker, not just passed over.
        """
        if not quiet and self.read:
            found = many(self.report.findings, "finding") if self.report.findings else "no findings"
            counts = ", ".join(
                f"{entity} {count:,}" for entity, count in self.report.by_entity.items()
            )
            say(f"{found} in {many(self.read, 'document')}{counts and f': {counts}'}")
        if self.report.failures:
            what = f"replaced by {FAILED}" if marked else "passed over"
            say(f"{many(self.report.failures, 'unit')} that could not be scrubbed: {what}")
        if self.unread and not quiet:
            say(f"{many(len(self.unread), 'document')} could not be read")
