"""
Times that can be compared: every contestant once, then every contestant again, and medians.

Promise: a slow minute of a shared machine falls on all of them. A ratio is the median of the ratios
within rounds, not the ratio of two medians, so that it stands where both drift.
"""

from __future__ import annotations

import gc
import time
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Contestant = Callable[[], float]
    """Does the work once and returns how many seconds it took."""


@dataclass(frozen=True, slots=True)
class Timing:
    """How long one contestant took, in seconds, a value a round.

    Attributes:
        seconds: in the order of the rounds.
    """

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle one."""
        return median(self.seconds)

    @property
    def spread(self) -> float:
        """How far the slowest round is above the fastest, as a share of the median."""
        return (max(self.seconds) - min(self.seconds)) / self.median

    def times(self, other: Timing) -> float:
        """Return how many times the other's time this is, the median over rounds.

        >>> Timing((2.0, 9.0, 4.0)).times(Timing((1.0, 3.0, 2.0)))
        2.0
        """
        return median(a / b for a, b in zip(self.seconds, other.seconds, strict=True))


def stopwatch(work: Callable[[], object]) -> Contestant:
    """Return a contestant that does some work and times it."""

    def timed() -> float:
        gc.collect()
        start = time.perf_counter()
        work()
        return time.perf_counter() - start

    return timed


def interleaved(
    contestants: Mapping[str, Contestant], rounds: int, *, warm: bool = True
) -> dict[str, Timing]:
    """Time contestants in turns: A B C, A B C.

    Args:
        contestants: by name.
        rounds: how often each.
        warm: whether one more round goes before, which does not count.

    Returns:
        The times, by name.
    """
    seconds: dict[str, list[float]] = {name: [] for name in contestants}
    if warm:
        for work in contestants.values():
            work()
    for _ in range(rounds):
        for name, work in contestants.items():
            seconds[name].append(work())
    return {name: Timing(tuple(values)) for name, values in seconds.items()}
