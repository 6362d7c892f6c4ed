"""Processes of this machine: every file is done, whatever happens to them."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import signal
import sys
from typing import TYPE_CHECKING

import pytest

from scrubber.archive import one_file, ranges
from scrubber.archive.engines import engine, work
from scrubber.archive.engines.local import Local
from scrubber.archive.joining import Joiner
from scrubber.archive.tasks import Job, Outcome, Task
from scrubber.errors import ConfigError
from scrubber.identity.model import Identity
from scrubber.pipeline import Scrubber
from tests.small_rules import EVERY_KIND, scrubber

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FORKS = pytest.mark.skipif(sys.platform != "linux", reason="what is planted goes by a fork")
RAW = b"mail jane@example.com\n"
CLEAN = b"mail [email]\n"


@pytest.fixture(scope="module")
def job() -> Job:
    """A few small rules."""
    return Job(scrubber(*EVERY_KIND))


def files(folder: Path, count: int, text: bytes = RAW) -> list[Task]:
    """Write files, and give their tasks."""
    tasks = []
    for index in range(count):
        source = folder / f"{index:04}.log"
        source.write_bytes(text)
        status = source.stat()
        target = str(folder / "out" / source.name)
        tasks.append(Task(index, str(source), target, status.st_size, status.st_mtime_ns))
    return tasks


def told(outcomes: Iterator[Outcome]) -> dict[int, tuple[str, str]]:
    """Give states and reasons by index; each task has one outcome."""
    found = list(outcomes)
    assert len({one.index for one in found}) == len(found)
    return {one.index: (one.state, one.reason) for one in found}


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_the_number_of_processes_does_not_matter(job: Job, tmp_path: Path, jobs: int) -> None:
    """Every file is done once, and the same."""
    tasks = files(tmp_path, 40)
    found = sorted(engine("local", jobs).outcomes(iter(tasks), job), key=lambda one: one.index)
    digest = hashlib.sha256(RAW).hexdigest()
    assert [(one.state, one.kind, one.sha256) for one in found] == [("done", "text", digest)] * 40
    texts = {(tmp_path / "out" / f"{index:04}.log").read_bytes() for index in range(40)}
    assert texts == {CLEAN}
    assert multiprocessing.active_children() == []


def test_no_tasks_begin_no_process(job: Job) -> None:
    """An empty folder costs nothing."""
    assert list(Local(3).outcomes(iter(()), job)) == []


def test_an_engine_that_is_not_there_is_refused() -> None:
    """By a message that names those that are."""
    with pytest.raises(ConfigError, match="local, ray, spark"):
        engine("dask", 1)


def test_as_many_processes_as_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing else is said; only those this process may use."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 3, 5}, raising=False)
    assert engine("local", 0) == Local(3)
    monkeypatch.delattr(os, "sched_getaffinity")
    monkeypatch.setattr(os, "cpu_count", lambda: 7)
    assert engine("local", 0) == Local(7)


def test_small_tasks_are_handed_out_together() -> None:
    """Large ones alone, and none is read ahead of the room there is."""
    sizes = [10, 10, 500, 1000, 10, 10, 10, 10, 10]
    tasks = (Task(index, "", "", size) for index, size in enumerate(sizes))
    coming = work.handfuls(tasks, few=500, most=3)
    assert [one.index for one in next(coming)] == [0, 1]
    assert next(tasks).index == 3
    assert [[one.index for one in handful] for handful in coming] == [[2], [4, 5, 6], [7, 8]]
    ranges_of = [Task(0, "", "", 10**9, 0, start, start + 400) for start in (0, 400, 800)]
    assert [len(one) for one in work.handfuls(ranges_of, few=800)] == [2, 1]


def kill(once: Path | None = None) -> None:
    """End this process as the system does that has no memory; once, if a place is given."""
    if once is not None:
        try:
            os.close(os.open(once, os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            return
    os.kill(os.getpid(), signal.SIGKILL)


@FORKS
def test_a_process_that_dies_is_replaced(
    job: Job, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed amid any of its files: each file is done nevertheless."""
    done = one_file.done
    tasks = files(tmp_path, 30)

    def deadly(task: Task, one: Job, _told: object) -> Outcome:
        if task.index % 7 == 3:
            kill(tmp_path / f"killed-{task.index}")
        return done(task, one, None)

    monkeypatch.setattr(one_file, "done", deadly)
    assert told(Local(2).outcomes(tasks, job)) == dict.fromkeys(range(30), ("done", ""))
    assert len(list(tmp_path.glob("killed-*"))) == 4
    assert multiprocessing.active_children() == []


@FORKS
def test_a_task_that_ends_two_processes_has_failed(
    job: Job, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It alone: those that were handed out with it are done, once each."""
    done = one_file.done
    tasks = files(tmp_path, 30)

    def deadly(task: Task, one: Job, _told: object) -> Outcome:
        if task.index in {0, 11, 12, 29}:
            kill()
        with (tmp_path / "count").open("ab") as file:
            file.write(b"%d\n" % task.index)
        return done(task, one, None)

    monkeypatch.setattr(one_file, "done", deadly)
    expected = dict.fromkeys(range(30), ("done", ""))
    expected |= dict.fromkeys((0, 11, 12, 29), ("failed", "its process ended, twice"))
    assert told(Local(2).outcomes(tasks, job)) == expected
    counted = sorted(map(int, (tmp_path / "count").read_text().split()))
    assert counted == [index for index in range(30) if index not in {0, 11, 12, 29}]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        f"{index:04}.log" for index in counted
    ]


@FORKS
def test_all_processes_may_die(job: Job, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing waits for ever, and each task has its outcome."""
    monkeypatch.setattr(one_file, "done", lambda *_: kill())
    found = told(Local(3).outcomes(files(tmp_path, 9), job))
    assert set(found.values()) == {("failed", "its process ended, twice")}
    assert len(found) == 9


@FORKS
def test_idle_processes_that_are_killed_are_replaced(
    job: Job, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between two files, from outside."""
    monkeypatch.setattr(work.handfuls, "__kwdefaults__", {"few": 1, "most": 1})
    outcomes = Local(2).outcomes(iter(files(tmp_path, 12)), job)
    found = []
    for one in outcomes:
        found.append(one)
        for process in multiprocessing.active_children():
            if len(found) == 5:
                process.kill()
                process.join()
    assert {one.state for one in found} == {"done"}
    assert len(found) == 12


@FORKS
def test_what_a_process_raises_is_told_without_its_text(
    job: Job, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An outcome that cannot be sent, or work that raises against its promise."""

    def fail(*_: object) -> None:
        raise ValueError("jane@example.com")

    monkeypatch.setattr(one_file, "done", fail)
    found = told(Local(2).outcomes(files(tmp_path, 2), job))
    assert found == dict.fromkeys(
        (0, 1), ("failed", "internal error: ValueError; please report it")
    )


@FORKS
def test_who_stops_half_way_ends_the_processes(job: Job, tmp_path: Path) -> None:
    """As Ctrl-C does; nothing of a file that is not whole stays."""
    outcomes = Local(2).outcomes(iter(files(tmp_path, 300)), job)
    next(iter(outcomes))
    outcomes.close()  # type: ignore[attr-defined]  # a generator
    assert multiprocessing.active_children() == []
    assert [path for path in (tmp_path / "out").iterdir() if path.read_bytes() != CLEAN] == []


@FORKS
def test_ranges_of_a_long_file_survive_kills(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One file, many ranges, a process killed amid two of them: the same file."""
    pytest.importorskip("hyperscan", reason="lines are told apart by Vectorscan")
    (tmp_path / "parts").mkdir()
    own = Job(scrubber(*EVERY_KIND, engine="vector"), parts=str(tmp_path / "parts"))
    (task,) = files(tmp_path, 1, RAW * 3000 + b"--BEGIN--\n" + b"abcd\n" * 5000 + b"--END--\n")
    whole = one_file.done(task, own)
    expected = (tmp_path / "out" / "0000.log").read_bytes()
    plain = ranges.scrubbed

    def deadly(one: Task, given: Job) -> Outcome:
        if one.start in {8192, 65536}:
            kill(tmp_path / f"killed-{one.start}")
        return plain(one, given)

    monkeypatch.setattr(ranges, "scrubbed", deadly)
    with Joiner(task, own, size=4096) as joiner:
        for outcome in Local(2).outcomes(ranges.cut(task, own, size=4096), own):
            last = joiner.add(outcome)
    assert last == whole
    assert (tmp_path / "out" / "0000.log").read_bytes() == expected
    assert len(list(tmp_path.glob("killed-*"))) == 2
    assert len(list((tmp_path / "out").iterdir())) == 1


def test_where_a_process_is_no_copy_the_job_is_shipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on macOS and Windows: names of the driver are found, those of the worker not asked for."""
    secret = "".join(["vexlab", "7", "q" * 9])
    monkeypatch.setattr("scrubber.files.processes.sys.platform", "darwin")
    monkeypatch.setenv("WORKER_API_TOKEN", secret)
    monkeypatch.delenv("SCRUBBER_NO_IDENTITY", raising=False)
    own = Job(Scrubber(identity=Identity(accounts=("kvortex9",)), engine="reference"))
    tasks = files(tmp_path, 2, f"kvortex9 {secret}\n".encode())
    assert told(Local(2).outcomes(tasks, own)) == dict.fromkeys((0, 1), ("done", ""))
    assert (tmp_path / "out" / "0000.log").read_text() == f"[user] {secret}\n"
