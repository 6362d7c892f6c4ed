"""Files handed to an engine, and back."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest

from scrubber.archive import joining, ranges, whole
from scrubber.archive.engines import engine, work
from scrubber.archive.one_file import done
from scrubber.archive.tasks import Job, Outcome, Task, unheard
from scrubber.archive.whole import NOT_DONE
from scrubber.identity.model import Identity
from scrubber.pipeline import Scrubber
from tests.archive.odd_tree import LINE, RAW, Silent, contents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

pytest.importorskip("hyperscan", reason="lines are told apart by Vectorscan")

JOB = Job(Scrubber(identity=Identity.none(), engine="vector"))
SIZE = 2000


class Shuffled:
    """An engine that answers in any order."""

    alone = far = False

    def outcomes(
        self, tasks: Iterable[Task], job: Job, told: Callable[[int, int], None] = unheard
    ) -> Iterator[Outcome]:
        """Do tasks, and shuffle what became of them."""
        answers = list(engine("local", 1).outcomes(tasks, job, told))
        random.Random(3).shuffle(answers)  # noqa: S311  # no secret
        yield from answers


@pytest.fixture
def job(tmp_path: Path) -> Job:
    """Give a job whose ranges wait in a folder."""
    (tmp_path / "parts").mkdir()
    return replace(JOB, parts=str(tmp_path / "parts"))


@pytest.fixture
def tasks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Task]:
    """Give two files, of which one is long."""
    monkeypatch.setattr(whole, "cut", partial(ranges.cut, size=SIZE))
    monkeypatch.setattr(whole, "Joiner", partial(joining.Joiner, size=SIZE))
    found = []
    for index, data in enumerate((LINE, (b"x" * 97 + b"\n" + LINE) * 200)):
        path = tmp_path / "logs" / f"{index}.log"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        target = tmp_path / "out" / path.name
        mtime_ns = path.stat().st_mtime_ns
        found.append(Task(index, str(path), str(target), len(data), mtime_ns))
    return found


def test_a_long_file_comes_back_in_one_piece(tmp_path: Path, tasks: list[Task], job: Job) -> None:
    """Equal to the file done at once, whatever the order of its ranges; each range is told of."""
    heard: Counter[int] = Counter()

    def told(index: int, size: int) -> None:
        heard[index] += size

    outcomes = {one.index: one for one in whole.whole(tasks, job, Shuffled(), told)}
    made = contents(tmp_path / "out")
    assert (heard, contents(tmp_path / "parts")) == ({1: tasks[1].size}, {})
    assert outcomes == {task.index: done(task, JOB) for task in tasks}
    assert contents(tmp_path / "out") == made
    assert RAW not in (made["1.log"] or b"")
    assert set(made) == {"0.log", "1.log"}


def test_a_file_whose_ranges_do_not_all_come_has_failed(
    tmp_path: Path, tasks: list[Task], job: Job
) -> None:
    """Nothing is left of it."""

    class Lossy(Shuffled):
        """Loses the last answer of the long file."""

        def outcomes(
            self, tasks: Iterable[Task], job: Job, told: Callable[[int, int], None] = unheard
        ) -> Iterator[Outcome]:
            answers = sorted(super().outcomes(tasks, job, told), key=lambda one: one.start or 0)
            yield from answers[:-1]

    outcomes = {one.index: one for one in whole.whole(tasks, job, Lossy())}
    assert (outcomes[0].state, outcomes[1].reason) == ("done", NOT_DONE)
    assert not (tmp_path / "out" / "1.log").exists()


def test_each_file_has_one_outcome(tasks: list[Task]) -> None:
    """Answers to nothing, and second ones, do not count."""
    said = [Outcome(0, "done"), Outcome(0, "failed"), Outcome(9, "done")]
    outcomes = list(whole.whole(tasks[:1], JOB, Silent(*said)))
    assert outcomes == said[:1]


def test_one_process_cuts_nothing(
    tmp_path: Path, tasks: list[Task], job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file is a stream to it: nothing is written twice, and its bytes are told of."""
    monkeypatch.setattr(whole, "cut", None)
    monkeypatch.setattr(work, "OFTEN", 100)
    heard: Counter[int] = Counter()

    def told(index: int, size: int) -> None:
        heard[index] += size

    list(whole.whole(tasks, job, engine("local", 1), told))
    assert heard == {1: tasks[1].size}
    assert contents(tmp_path / "parts") == {}
