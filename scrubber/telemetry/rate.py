"""
A token bucket: some events at once, then so many a minute.

Promise: in any t minutes, at most `burst + t * per_minute` are let through, whatever the clock
does; when two threads meet, one more may be.
"""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Bucket:
    """Lets events through.

    >>> bucket = Bucket(2, 60)
    >>> [bucket.take() for _ in range(3)]
    [True, True, False]
    """

    __slots__ = ("_burst", "_level", "_now", "_per_second", "_seen")

    def __init__(self, burst: int, per_minute: float, now: Callable[[], float] = monotonic) -> None:
        """Begin full.

        Args:
            burst: events at once.
            per_minute: events a minute, from then on.
            now: gives seconds.
        """
        self._burst = burst
        self._per_second = per_minute / 60
        self._now = now
        self._level = float(burst)
        self._seen = now()

    def take(self) -> bool:
        """Tell whether one more may pass, and let it."""
        now = self._now()
        passed = max(now - self._seen, 0)
        self._seen = max(now, self._seen)
        self._level = min(self._burst, self._level + passed * self._per_second)
        if self._level < 1:
            return False
        self._level -= 1
        return True
