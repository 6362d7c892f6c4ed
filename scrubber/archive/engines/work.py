"""
What becomes of a task, in whatever process: the same work in every engine.

Promise: never raises. The machine a process runs on is asked for nothing.
"""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from scrubber.archive import one_file, ranges
from scrubber.archive.tasks import Job, Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from scrubber.archive.tasks import Task

ENDED: Final = "its process ended, twice"
"""Why a task failed that ended two processes."""

FEW: Final = 1 << 20
"""Bytes of the tasks that are handed out together, unless one alone has more."""
OFTEN: Final = 8 << 20
"""Bytes of a file that are told of at once."""
MOST: Final = 64
"""Tasks that are handed out together."""


def do(task: Task, job: Job, told: Callable[[int], None] | None = None) -> Outcome:
    """Do a task: a whole file, or a range of a long one.

    Args:
        task: the task.
        job: what to do.
        told: is called while a long file is read, with bytes of it.
    """
    if task.start is None:
        return one_file.done(task, job, _seldom(told) if told and task.size >= OFTEN else None)
    return ranges.scrubbed(task, job)


def _seldom(told: Callable[[int], None]) -> Callable[[int], None]:
    """Tell of many bytes at once: what is told may have a way to go."""
    held = 0

    def read(size: int) -> None:
        nonlocal held
        held += size
        if held >= OFTEN:
            told(held)
            held = 0

    return read


def begin(job: Job) -> Callable[[Task, Callable[[int], None]], Outcome]:
    """Begin a job in a process; gives what does each task there."""
    return lambda task, told: do(task, job, told)


def ended(task: Task) -> Outcome:
    """Give the outcome of a task that ended two processes."""
    return Outcome(task.index, "failed", reason=ENDED, start=task.start)


def failed(task: Task, problem: str) -> Outcome:
    """Give the outcome of a task whose own failure could not be told.

    Args:
        task: the task.
        problem: the name of the class of an error.
    """
    reason = f"internal error: {problem}; please report it"
    return Outcome(task.index, "failed", reason=reason, start=task.start)


def shipped(job: Job) -> Job:
    """Give a job that another machine does as this one would; see `Scrubber.for_workers`."""
    return replace(job, scrubber=job.scrubber.for_workers())


def warm(job: Job) -> None:
    """Make ahead what every process needs, so that those copied from this one have it."""
    job.scrubber.byte_stream()
    job.scrubber.scrub({"message": "warm"})


def handfuls(tasks: Iterable[Task], *, few: int = FEW, most: int = MOST) -> Iterator[list[Task]]:
    """Put small tasks together, so that handing them out costs little; large ones stay alone.

    Args:
        tasks: in order; taken as they are asked for.
        few: bytes of a handful, unless a task alone has more.
        most: tasks of a handful.

    Yields:
        Tasks in the same order, at least one each time.
    """
    held: list[Task] = []
    size = 0
    for task in tasks:
        own = cost(task)
        if held and (size + own > few or len(held) >= most):
            yield held
            held, size = [], 0
        held.append(task)
        size += own
    if held:
        yield held


def cost(task: Task) -> int:
    """Give the bytes of a task: of a range, its own."""
    return task.size if task.start is None or task.end is None else task.end - task.start


def cores() -> int:
    """Count the cores this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
