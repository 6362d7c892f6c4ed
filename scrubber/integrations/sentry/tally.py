"""
What could not be scrubbed and so was not sent, counted by what it was.

Promise: counts and words of our own only; the first failure is logged, the others are not, so that
a failure in a loop is no flood. Nothing here raises.
"""

from __future__ import annotations

import threading
from contextlib import suppress

from scrubber.pipeline import warn


class Tally:
    """How often something failed. Safe to share between threads."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}
        self._warned = threading.Event()

    @property
    def counts(self) -> dict[str, int]:
        """How many there were of each kind, as a copy."""
        return dict(self._counts)

    def note(self, what: str, times: int = 1) -> None:
        """Count something that failed.

        Args:
            what: its kind, in a word of our own.
            times: how many there were.
        """
        with suppress(Exception):
            # Two threads may lose a count between them; a lock could stand still in a crash.
            self._counts[what] = self._counts.get(what, 0) + times
            if not self._warned.is_set():
                self._warned.set()  # before the warning: logging it may come back here
                told = "crashscrub did not send something it could not scrub"
                warn(f"{told} ({what}); scrubber.integrations.sentry.status() counts further ones")
