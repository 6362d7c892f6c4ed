"""
How many events became what: the only thing a client says of itself.

Promise: adding never raises, and waits for nobody for more than a moment; after a fork a new tally
begins.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal

from scrubber.locks import PatientLock

Outcome = Literal[
    "recorded",
    "sent",
    "requests",
    "withheld",
    "quiet",
    "unknown",
    "left_out",
    "limited",
    "overflowed",
    "guarded",
    "unreachable",
    "refused",
    "untrusted",
    "failed",
]


@dataclass(frozen=True, slots=True)
class Stats:
    """Counts since a client was made, in this process; of events, where nothing else is said.

    Attributes:
        recorded: taken, to be sent.
        sent: of requests that were answered with success.
        requests: requests that were answered with success.
        withheld: not taken or dropped because the user does not agree, or not any more.
        quiet: not taken or dropped in tests, in all but the first process of a distributed run, and
            while `SCRUBBER_DISABLE` is set.
        unknown: not taken because no such event was declared.
        left_out: values left out because they were not declared, or could not be read.
        limited: not taken because there were too many in a short time.
        overflowed: dropped, the oldest first, because too many were waiting, or the
            client was closed.
        guarded: dropped because the scrubber would have changed something in them.
        unreachable: lost because the host did not answer, or not in time.
        refused: lost because the host answered otherwise, or with a redirect.
        untrusted: lost because the host's certificate could not be trusted.
        failed: lost because something inside failed.
    """

    recorded: int = 0
    sent: int = 0
    requests: int = 0
    withheld: int = 0
    quiet: int = 0
    unknown: int = 0
    left_out: int = 0
    limited: int = 0
    overflowed: int = 0
    guarded: int = 0
    unreachable: int = 0
    refused: int = 0
    untrusted: int = 0
    failed: int = 0


class Tally:
    """Counts. Safe to share between threads, and with destructors and signal handlers."""

    __slots__ = ("_counts", "_lock")

    def __init__(self) -> None:
        """Begin at zero."""
        self._lock = PatientLock()
        self._counts = {field.name: 0 for field in fields(Stats)}

    def add(self, outcome: Outcome, count: int = 1) -> None:
        """Count.

        Args:
            outcome: what became of them.
            count: how many.
        """
        with self._lock.held():
            self._counts[outcome] += count

    def stats(self) -> Stats:
        """Give all counts."""
        with self._lock.held():
            return Stats(**self._counts)
