"""
The files of a job, done by processes of this machine.

Small files are handed out together, and each is answered when it is done, so a million of them cost
no start of a process each; a large one, or a range of a long one, is handed out alone.

Promise: tasks are taken as processes become free. A process that dies is replaced, and the task it
was at is done once more; a task that ends two processes has failed, and no other one has.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from scrubber.archive.engines import work
from scrubber.archive.tasks import unheard
from scrubber.files.processes import ENDED, Processes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from scrubber.archive.tasks import Job, Outcome, Task
    from scrubber.files.processes import Answer


def make(jobs: int) -> Local:
    """Give the engine; see `scrubber.archive.engines.engine`."""
    return Local(jobs or work.cores())


@dataclass(frozen=True, slots=True)
class Local:
    """An engine of own processes.

    Attributes:
        jobs: how many; with one, everything is done in this process.
    """

    jobs: int

    @property
    def alone(self) -> bool:
        """Whether all is done in this process."""
        return self.jobs == 1

    @property
    def far(self) -> bool:
        """Never: all is done on this machine."""
        return False

    def outcomes(
        self, tasks: Iterable[Task], job: Job, told: Callable[[int, int], None] = unheard
    ) -> Iterator[Outcome]:
        """Do tasks; see `scrubber.archive.tasks.Engine`."""
        if self.alone:
            return (work.do(task, job, partial(told, task.index)) for task in tasks)
        return self._by_processes(tasks, job, told)

    def _by_processes(
        self, tasks: Iterable[Task], job: Job, told: Callable[[int, int], None]
    ) -> Iterator[Outcome]:
        work.warm(job)
        coming = work.handfuls(tasks)
        more = True

        def heard(task: Task, size: int) -> None:
            told(task.index, size)

        processes: Processes[Task] = Processes(work.begin, job, self.jobs, heard)
        if not processes.forks:
            processes = Processes(work.begin, work.shipped(job), self.jobs, heard)
        with processes:
            answers: deque[Answer[Task]] = deque()
            while more or answers or processes.busy:
                # Before an outcome is given: who takes it may be at it for a while.
                while more and processes.idle:
                    handful = next(coming, None)
                    more = handful is not None
                    if handful:
                        processes.send(handful)
                if not answers:
                    answers.extend(processes.answers())
                if answers:
                    yield _outcome(answers.popleft())


def _outcome(answer: Answer[Task]) -> Outcome:
    if answer.problem == ENDED:
        return work.ended(answer.item)
    if answer.problem:
        return work.failed(answer.item, answer.problem)
    made: Outcome = answer.made
    return made
