"""What every cluster must do as this machine does: files, tables, keys and names."""

from __future__ import annotations

import glob
import os
import signal
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

import pyarrow as pa

from scrubber.archive.engines.local import Local
from scrubber.archive.joining import Joiner
from scrubber.archive.ranges import cut
from scrubber.archive.tasks import Job, Outcome, Task
from scrubber.identity.model import Identity
from scrubber.pipeline import Scrubber
from scrubber.ruleset.model import Policy

if TYPE_CHECKING:
    from pathlib import Path

    from scrubber.archive.tasks import Engine

KEYED = Policy("keyed", operator="pseudonym")
SECRET = "".join(["vexlab", "7", "q" * 9])
"""A value in the environment of the workers, which is no name of the driver."""
SIZE = 1 << 16
TABLE = pa.table(
    {
        "id": pa.array([1, 2, 3, None], pa.int32()),
        "message": [f"kvortex9 {SECRET}", "mail jane@example.com", None, "ok"],
        "notes": pa.array([["192.0.2.7"], [], None, ["jane@example.com", None]]),
        "raw": pa.array([b"jane@example.com \xff", b"", None, b"x"]),
        "jane@example.com": [0.5, 1.5, None, 2.5],
    },
)


def scrubber(folder: Path) -> Scrubber:
    """Give one with names of the driver, and pseudonyms."""
    identity = Identity(accounts=("kvortex9",))
    return Scrubber(KEYED, key=folder / "pseudonyms.key", identity=identity, engine="vector")


def tree(folder: Path, target: str) -> list[Task]:
    """Write files of a few kinds, one of them long; give their tasks."""
    line = f"kvortex9 {SECRET} mail jane@example.com from 192.0.2.7\n".encode()
    texts = {f"{index:03}.log": line * (index % 5) for index in range(60)}
    texts["bad.gz"] = b"\x1f\x8b\x08 no"
    texts["blob.bin"] = bytes(range(256)) * 8
    pem = b"-----BEGIN %s-----\n" % b"PRIVATE KEY" + b"MIIB" * 16 + b"\n"
    texts["long.log"] = (line * 3000 + (b"a clean line of a log\n" * 500) + pem) * 2
    (folder / "in").mkdir(exist_ok=True)
    tasks = []
    for index, (name, text) in enumerate(texts.items()):
        source = folder / "in" / name
        if not source.exists():
            source.write_bytes(text)
        status = source.stat()
        place = str(folder / target / name)
        tasks.append(Task(index, str(source), place, status.st_size, status.st_mtime_ns))
    return tasks


def done(tasks: list[Task], job: Job, engine: Engine) -> list[Outcome]:
    """Do a tree, long files in ranges."""
    parts = [one for task in tasks for one in cut(task, job, size=SIZE)]
    assert len(parts) > len(tasks)
    joiners = {
        one.index: Joiner(tasks[one.index], job, size=SIZE) for one in parts if one.start == 0
    }
    found = []
    for one in engine.outcomes(iter(parts), job):
        whole = joiners[one.index].add(one) if one.index in joiners else one
        if whole is not None:
            found.append(whole)
    return sorted(found, key=lambda one: one.index)


def written(folder: Path) -> dict[str, bytes]:
    """Give all files below a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def check_same_as_local(folder: Path, engine: Engine, target: str) -> None:
    """Do a tree here and there: equal outcomes, equal bytes, nothing of the workers looked for."""
    (folder / "parts").mkdir(exist_ok=True)
    job = Job(scrubber(folder), parts=str(folder / "parts"))
    here = done(tree(folder, "local"), job, Local(1))
    there = done(tree(folder, target), job, engine)
    assert there == here
    assert written(folder / "parts") == {}
    assert {one.state for one in here} == {"done", "failed", "listed"}
    assert written(folder / target) == written(folder / "local")
    long = written(folder / target)["long.log"]
    assert SECRET.encode() in long
    for gone in (b"kvortex9", b"jane@", b"192.0.2.7", b"MIIB"):
        assert gone not in long
    assert b"[email:~" in long


def check_killed(folder: Path, engine: Engine, times: int) -> None:
    """A worker is killed amid one file: once costs nothing; if again and again, it alone fails."""
    tasks = tree(folder, f"killed-{times}")
    slow = folder / "in" / "slow.log"
    slow.write_bytes(b"kvortex9 mail jane@example.com from 192.0.2.7\n" * 60_000)
    place = str(folder / f"killed-{times}" / slow.name)
    tasks.append(Task(len(tasks), str(slow), place, slow.stat().st_size, slow.stat().st_mtime_ns))
    killer = Killer(slow, times)
    killer.start()
    try:
        outcomes = list(engine.outcomes(tasks, Job(scrubber(folder))))
    finally:
        killer.stop()
    found = {one.index: (one.state, one.reason) for one in outcomes}
    assert killer.killed >= min(times, 2)
    assert len(outcomes) == len(found) == len(tasks)
    last = found.pop(len(tasks) - 1)
    assert last == (("failed", "its process ended, twice") if times > 1 else ("done", ""))
    assert {reason for _, reason in found.values()} & {last[1]} <= {""}
    assert (slow.name in written(folder / f"killed-{times}")) == (times == 1)


class Killer(threading.Thread):
    """Kills processes that have a file open, as a system does that has no memory."""

    def __init__(self, path: Path, times: int) -> None:
        """Take the file, and how often; nothing is killed before `start`."""
        super().__init__(daemon=True)
        self.killed = 0
        # One that was killed has its files open for a moment.
        self._pids = {os.getpid()}
        self._path, self._times = str(path), times
        self._stopped = threading.Event()

    def run(self) -> None:
        """Look until stopped."""
        while not self._stopped.wait(0.005) and self.killed < self._times:
            for own in glob.glob("/proc/[0-9]*/fd/*"):  # noqa: PTH207  # faster
                pid = int(own.split("/")[2])
                with suppress(OSError):
                    if pid not in self._pids and os.readlink(own) == self._path:  # noqa: PTH115
                        os.kill(pid, signal.SIGKILL)
                        self._pids.add(pid)
                        self.killed += 1
                        break

    def stop(self) -> None:
        """Stop looking."""
        self._stopped.set()
        self.join()
