"""
The files of a job, done by a cluster of Ray.

Tasks are rows of Arrow blocks, and Ray Data hands a block to whichever worker is free. Where a
worker dies, Ray hands its block to another one, and to the next, for ever; so an actor keeps the
books of what is begun, and a task that was begun twice and never ended is not begun again. What
else is lost with a block is done once more, each task in a block of its own. `max_retries` was
rejected: Ray 2.64 no longer takes it.

Promise: as in `scrubber.archive.engines.work`. A cluster this module starts has no dashboard, tells
nobody that it is used, and is stopped at the end; one that was there is left as it was.
"""

from __future__ import annotations

import logging
import os
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

try:
    import ray
    import ray.data
except ModuleNotFoundError:
    raise ModuleNotFoundError("the engine ray needs ray: pip install 'crashscrub[ray]'") from None

from scrubber.archive.engines import rows, work
from scrubber.archive.tasks import unheard
from scrubber.columns.carried import Carried
from scrubber.errors import ConfigError
from scrubber.files.processes import TRIES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import pyarrow as pa

    from scrubber.archive.tasks import Job, Outcome, Task


def make(jobs: int, *, address: str = "") -> Ray:
    """Give the engine; see `scrubber.archive.engines.engine`.

    Args:
        jobs: cores of a cluster that is started here; of another one, it has its own.
        address: of a cluster; "" for the one of this process, else that of `RAY_ADDRESS`, else a
            new one on this machine.
    """
    return Ray(jobs or work.cores(), address)


@dataclass(frozen=True, slots=True)
class Ray:
    """An engine of Ray.

    Attributes:
        jobs: cores of a cluster that is started here.
        address: of a cluster, or "".
    """

    jobs: int
    address: str = ""

    @property
    def alone(self) -> bool:
        """Never: other processes are at work."""
        return False

    @property
    def far(self) -> bool:
        """Always: workers of a cluster have disks of their own."""
        return True

    def outcomes(
        self,
        tasks: Iterable[Task],
        job: Job,
        told: Callable[[int, int], None] = unheard,  # noqa: ARG002  # of ranges it is told by others
    ) -> Iterator[Outcome]:
        """Do tasks; see `scrubber.archive.tasks.Engine`."""
        due = {(task.index, task.start): task for task in tasks}
        if not due:
            return
        carried = Carried(work.shipped(job))
        with self._cluster(), _quiet():
            _refuse_unfit(carried)
            begun = ray.remote(num_cpus=0)(_Begun).remote()
            for alone in (False, True):
                left = [*due.values()]
                blocks = [[one] for one in left] if alone else [*work.handfuls(left)]
                for outcome in _done(blocks, carried, begun) if blocks else ():
                    if due.pop((outcome.index, outcome.start), None) is not None:
                        yield outcome
        for task in due.values():
            yield work.ended(task)

    @contextmanager
    def _cluster(self) -> Iterator[None]:
        """Connect to a cluster, or start one."""
        if ray.is_initialized():
            yield
            return
        address = self.address or os.environ.get("RAY_ADDRESS", "")
        settings: dict[str, Any] = {"log_to_driver": False, "logging_level": logging.ERROR}
        if address:
            settings["address"] = address
        else:
            # Nobody beyond this machine is to reach it.
            settings |= {"num_cpus": self.jobs, "_node_ip_address": "127.0.0.1"}
            settings["include_dashboard"] = False
            # Ray tells its makers of each cluster unless this is set before it starts.
            os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
        ray.init(**settings)
        try:
            yield
        finally:
            ray.shutdown()


@contextmanager
def _quiet() -> Iterator[None]:
    """Have lost blocks left out, and nothing drawn."""
    context = ray.data.DataContext.get_current()
    names = ("max_errored_blocks", "enable_progress_bars")
    before = {name: getattr(context, name) for name in names}
    logger = logging.getLogger("ray.data")
    level = logger.level
    context.max_errored_blocks, context.enable_progress_bars = -1, False
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for name, value in before.items():
            setattr(context, name, value)
        logger.setLevel(level)


def _refuse_unfit(carried: Carried) -> None:
    """Have a worker load the job, before all files fail one by one.

    Raises:
        ConfigError: it cannot.
    """
    try:
        ray.get(ray.remote(num_cpus=1)(_begun).remote(carried))
    except Exception:  # noqa: BLE001, S110  # what Ray says is long, and not ours
        pass
    else:
        return
    raise ConfigError(
        "the workers of Ray cannot begin; see that crashscrub[ray] and the same Python are there"
    )


def _begun(carried: Carried) -> bool:
    return carried() is not None


class _Begun:
    """The books of what is begun, kept by a process of its own."""

    def __init__(self) -> None:
        self._times: dict[tuple[int, int | None], int] = {}

    def begin(self, index: int, start: int | None) -> bool:
        """Take note that a task is begun; tell whether it may be."""
        key = index, start
        self._times[key] = self._times.get(key, 0) + 1
        return self._times[key] <= TRIES

    def end(self, index: int, start: int | None) -> None:
        """Take note that it was ended."""
        self._times.pop((index, start), None)


def _done(
    blocks: Sequence[Sequence[Task]],
    carried: Carried,
    begun: Any,  # noqa: ANN401  # a handle of Ray's
) -> Iterator[Outcome]:
    """Do blocks of tasks; those that are lost are left out."""
    dataset = ray.data.from_arrow([rows.table_of_tasks(block) for block in blocks])
    made = dataset.map_batches(
        _work(carried, begun), batch_format="pyarrow", batch_size=None, num_cpus=1
    )
    for table in made.iter_batches(batch_size=None, batch_format="pyarrow", prefetch_batches=0):
        yield from rows.outcomes_of(table.to_pylist())


def _work(carried: Carried, begun: Any) -> Callable[[pa.Table], pa.Table]:  # noqa: ANN401
    def one(task: Task, job: Job) -> Outcome:
        if not ray.get(begun.begin.remote(task.index, task.start)):
            return work.ended(task)
        outcome = work.do(task, job)
        begun.end.remote(task.index, task.start)
        return outcome

    def done(table: pa.Table) -> pa.Table:
        job = carried()
        return rows.table_of_outcomes(one(task, job) for task in rows.tasks_of(table))

    return done
