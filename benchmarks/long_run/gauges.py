"""
What a process holds: memory, descriptors, threads; and whether that grows.

Promise: a growth is told from noise by a regression over all samples after the warm-up, never by
the difference of two of them.
"""

from __future__ import annotations

import gc
import os
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from statistics import linear_regression
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

WARM: Final = 4
"""One part in so many of a run is its warm-up: caches fill, engines are made."""

GROWTH: Final = 0.05
"""How much memory may grow from the warm-up to the end, as a part of what it was then."""

SLACK: Final = 24 << 20
"""Bytes that it may grow anyhow: arenas that come and go."""

FEWEST: Final = 3
"""Samples without which nothing is told."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What the process holds at one time.

    Attributes:
        memory: bytes that are in memory; where the system does not tell, the most there were.
        descriptors: open files and sockets; 0 where the system does not tell.
        threads: those that run.
    """

    memory: int
    descriptors: int
    threads: int


def sample() -> Sample:
    """Look at this process, after a collection of garbage."""
    gc.collect()
    return Sample(_memory(), _descriptors(), threading.active_count())


def _memory() -> int:
    try:
        pages = Path("/proc/self/statm").read_text("ascii").split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        pass
    try:
        import resource
    except ImportError:  # Windows
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _descriptors() -> int:
    for folder in ("/proc/self/fd", "/dev/fd"):
        try:
            return len(os.listdir(folder)) - 1  # noqa: PTH208  # listing opens one itself
        except OSError:
            continue
    return 0


def growth(samples: Sequence[Sample]) -> tuple[float, float]:
    """Tell how much memory grew after the warm-up, and how much it may.

    Args:
        samples: one a round, in order.

    Returns:
        Bytes, by the regression line, and the bound in bytes; 0 and the bound for too few samples.

    >>> flat = [Sample(100 << 20, 9, 1)] * 8
    >>> growth(flat)[0]
    0.0
    """
    kept = [one.memory for one in samples[len(samples) // WARM :]]
    bound = max(GROWTH * (kept[0] if kept else 0), float(SLACK))
    if len(kept) < FEWEST:
        return 0.0, bound
    slope = linear_regression(range(len(kept)), kept).slope
    return slope * (len(kept) - 1), bound


def troubles(samples: Sequence[Sample]) -> list[str]:
    """Name what grew.

    Args:
        samples: one a round, in order; the first after the warm-up is what others are held to.

    Returns:
        Sentences; none when all is flat.
    """
    found = []
    grown, bound = growth(samples)
    if grown > bound:
        found.append(f"memory grew by {grown / 2**20:.1f} MiB; {bound / 2**20:.1f} is the bound")
    first, last = samples[len(samples) // WARM], samples[-1]
    if last.descriptors > first.descriptors:
        found.append(f"{last.descriptors - first.descriptors} descriptors were left open")
    if last.threads > first.threads:
        found.append(f"{last.threads - first.threads} threads were left running")
    return found
