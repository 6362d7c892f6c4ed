"""
The files of a job, done by a cluster of Spark.

Tasks are rows of a frame, a handful to each partition, and `mapInArrow` makes outcomes of them.
Where a worker dies so often that Spark gives up, what it was given is done again in halves, until
the task that ends workers is alone.

Promise: as in `scrubber.archive.engines.work`. A session this module starts has no page of its own,
and is stopped at the end; one that was there is left as it was.
"""

from __future__ import annotations

import os
import shutil
import sys
import warnings
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

try:
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession
    from pyspark.sql.pandas.types import from_arrow_schema
except ModuleNotFoundError:
    raise ModuleNotFoundError(
        "the engine spark needs pyspark: pip install 'crashscrub[spark]'"
    ) from None

from scrubber.archive.engines import rows, work
from scrubber.archive.tasks import unheard
from scrubber.columns.carried import Carried
from scrubber.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import pyarrow as pa

    from scrubber.archive.tasks import Job, Outcome, Task

_WAVE: Final = 16
"""Partitions that are done before outcomes are told, for each core."""


def make(jobs: int, *, master: str = "") -> Spark:
    """Give the engine; see `scrubber.archive.engines.engine`.

    Args:
        jobs: cores of a cluster that is started here; of another one, it has its own.
        master: of a cluster; "" for the session of this process, else what `spark-submit` says,
            else a new one on this machine.
    """
    return Spark(jobs or work.cores(), master)


@dataclass(frozen=True, slots=True)
class Spark:
    """An engine of Spark.

    Attributes:
        jobs: cores of a cluster that is started here.
        master: of a cluster, or "".
    """

    jobs: int
    master: str = ""

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
        handfuls = work.handfuls(tasks)
        first = next(handfuls, None)
        if first is None:
            return
        carried = Carried(work.shipped(job))
        with self._session() as session:
            _refuse_unfit(session, carried)
            wave = _WAVE * max(session.sparkContext.defaultParallelism, 1)
            held = [first, *islice(handfuls, wave - 1)]
            while held:
                yield from _done(session, held, carried)
                held = [*islice(handfuls, wave)]

    @contextmanager
    def _session(self) -> Iterator[SparkSession]:
        """Take the session there is, or start one."""
        active = SparkSession.getActiveSession()
        if active is not None:
            yield active
            return
        builder = SparkSession.builder.appName("crashscrub")
        if self.master:
            builder = builder.master(self.master)
        elif "PYSPARK_GATEWAY_PORT" not in os.environ:  # which `spark-submit` sets
            builder = (
                builder.master(f"local[{self.jobs}]")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.driver.host", "127.0.0.1")
            )
            # Else workers take the first Python of the path, which need not have this package.
            os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        builder = (
            builder.config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
            # What is sent with the work goes through memory; beyond this it would be a file.
            .config("spark.broadcast.UDFCompressionThreshold", str(64 << 20))
        )
        session = _started(builder)
        try:
            yield session
        finally:
            session.stop()


def _started(builder: Any) -> SparkSession:  # noqa: ANN401  # of SparkSession
    """Start a session.

    Raises:
        ConfigError: it cannot be started.
    """
    try:
        with _hushed():
            session: SparkSession = builder.getOrCreate()
    except Exception:  # noqa: BLE001, S110  # what Spark says is long, and not ours
        pass
    else:
        return session
    java = os.environ.get("JAVA_HOME") or shutil.which("java")
    missing = "see that its master can be reached" if java else "it needs Java, and there is none"
    raise ConfigError(f"Spark cannot be started: {missing}; JAVA_HOME says which Java it takes")


@contextmanager
def _hushed() -> Iterator[None]:
    """Have what is started here write nothing to stderr, for as long as it runs.

    Java and its workers say what they like there, and Spark's own settings reach some of it only.
    """
    with suppress(OSError, ValueError):
        sys.stderr.flush()
    try:
        before, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    except OSError:  # there is no stderr
        yield
        return
    os.dup2(nowhere, 2)
    os.close(nowhere)
    try:
        with _unwarned():
            yield
    finally:
        os.dup2(before, 2)
        os.close(before)


@contextmanager
def _unwarned() -> Iterator[None]:
    """Have Python's warnings left out: those are for who writes programs."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _refuse_unfit(session: SparkSession, carried: Carried) -> None:
    """Have a worker load the job, before all files fail one by one.

    Raises:
        ConfigError: it cannot.
    """
    try:
        _tried(session, [[]], carried)
    except Exception:  # noqa: BLE001, S110  # what Spark says is long, and not ours
        pass
    else:
        return
    raise ConfigError(
        "the workers of Spark cannot begin; see that crashscrub[spark] and the same Python are "
        "there, and that PYSPARK_PYTHON names it"
    )


def _done(
    session: SparkSession, handfuls: Sequence[Sequence[Task]], carried: Carried
) -> list[Outcome]:
    """Do handfuls of tasks, each in a partition; in halves, where that ends workers."""
    try:
        return _tried(session, handfuls, carried)
    except PySparkException:
        pass
    except Exception as error:  # of the gateway, which has errors of its own
        if type(error).__module__.partition(".")[0] != "py4j":
            raise
    if len(handfuls) > 1:
        half = len(handfuls) // 2
        parts = [handfuls[:half], handfuls[half:]]
    elif len(handfuls[0]) > 1:
        parts = [[[task] for task in handfuls[0]]]
    else:
        return _again(session, handfuls[0][0], carried)
    return [one for part in parts for one in _done(session, part, carried)]


def _again(session: SparkSession, task: Task, carried: Carried) -> list[Outcome]:
    """Do a task that ended a worker, alone; it has failed if it ends another one."""
    try:
        return _tried(session, [[task]], carried)
    except Exception:  # noqa: BLE001  # of Spark or the gateway; what they say is long and not ours
        return [work.ended(task)]


def _tried(
    session: SparkSession, handfuls: Sequence[Sequence[Task]], carried: Carried
) -> list[Outcome]:
    with _unwarned():
        return _made(session, handfuls, carried)


def _made(
    session: SparkSession, handfuls: Sequence[Sequence[Task]], carried: Carried
) -> list[Outcome]:
    context = session.sparkContext
    given = [[tuple(rows.row_of_task(task).values()) for task in part] for part in handfuls]
    parted = context.parallelize(given, len(given)).flatMap(_each)
    frame = session.createDataFrame(parted, from_arrow_schema(rows.TASKS), verifySchema=False)
    made = frame.mapInArrow(_work(carried), from_arrow_schema(rows.OUTCOMES))
    return rows.outcomes_of(row.asDict() for row in made.collect())


def _each(part: list[Any]) -> list[Any]:
    return part


def _work(
    carried: Carried,
) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    def done(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        job = carried()
        for batch in batches:
            for task in rows.tasks_of(batch):
                yield from rows.table_of_outcomes([work.do(task, job)]).to_batches()

    return done
