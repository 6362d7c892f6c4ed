"""
Files handed to an engine, and back: long ones in ranges there, whole ones here.

Promise: one outcome for each file, however the engine behaves: one it says nothing of has failed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scrubber.archive.joining import Joiner
from scrubber.archive.ranges import cut
from scrubber.archive.tasks import Outcome, unheard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from scrubber.archive.tasks import Engine, Job, Task

NOT_DONE: Final = "was not done: the engine ended without it"


def whole(
    tasks: Iterable[Task], job: Job, engine: Engine, told: Callable[[int, int], None] = unheard
) -> Iterator[Outcome]:
    """Do files.

    Args:
        tasks: whole files, in order.
        job: what to do.
        engine: where; one that is alone gains nothing by ranges.
        told: is called while a long file is under way, with its index and bytes of it.

    Yields:
        One outcome for each, in any order.
    """
    parts = _Parts(job, told)
    try:
        for one in engine.outcomes(parts.of(tasks, alone=engine.alone), job, told):
            outcome = parts.joined(one)
            if outcome is not None:
                yield outcome
    finally:
        parts.close()
    for index in sorted(parts.under_way):
        yield Outcome(index, "failed", reason=NOT_DONE)


class _Parts:
    """Ranges of files that are under way.

    Attributes:
        under_way: the files.
    """

    def __init__(self, job: Job, told: Callable[[int, int], None]) -> None:
        self.under_way: set[int] = set()
        self._job, self._told = job, told
        self._joiners: dict[int, Joiner] = {}

    def of(self, tasks: Iterable[Task], *, alone: bool) -> Iterator[Task]:
        """Cut long files into ranges."""
        for task in tasks:
            pieces = [task] if alone else cut(task, self._job)
            self.under_way.add(task.index)
            if len(pieces) > 1:
                self._joiners[task.index] = Joiner(task, self._job)
            yield from pieces

    def joined(self, one: Outcome) -> Outcome | None:
        """Take an outcome; give that of its file, once it is known, and only once."""
        if one.index not in self.under_way:
            return None
        outcome: Outcome | None = one
        joiner = self._joiners.get(one.index)
        if joiner is not None:
            self._told(one.index, sum(piece.size for piece in one.pieces))
            outcome = joiner.add(one)
            if outcome is None:
                return None
            self._joiners.pop(one.index).close()
        self.under_way.discard(one.index)
        return outcome

    def close(self) -> None:
        """Remove what is left of files that are not whole."""
        for joiner in self._joiners.values():
            joiner.close()
