"""Ranges of a long log: the same file and counts as in one piece, however it is cut."""

from __future__ import annotations

import hashlib
import io
import os
import pickle
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber import lines
from scrubber.archive import joining, places, ranges
from scrubber.archive.joining import Joiner
from scrubber.archive.parts import UNSHARED
from scrubber.archive.ranges import cut, scrubbed
from scrubber.archive.tasks import Job, Outcome, Task
from scrubber.errors import InputError
from scrubber.files.opened import Opened
from scrubber.files.passing import pass_through
from tests.small_rules import EVERY_KIND, scrubber

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator
    from pathlib import Path

    from scrubber.pipeline import Scrubber
    from scrubber.report import Report

pytest.importorskip("hyperscan", reason="lines are told apart by Vectorscan")

KEY = b"--BEGIN--\n" + b"abcd\n" * 300 + b"--END--\n"
PIECES = (
    b"mail jane@example.com ok\n",
    b"mail jane@example.com ok\r\n",
    b"clean\n",
    b"\n",
    b"\r\n",
    b"caf\xc3\xa9 \xff\xfe\n",
    b"--BEGIN--\n",
    b"abcd\n",
    b"--END--\n",
    KEY,
    b"over:\n",
    b"123456 left\n",
    b"over: 12",
    b'pw="one ',
    b'two" key=abc\n',
    b"b64,QUJD",
    b"12345678\n",
    b"x" * 700 + b"\n",
    b"y" * 300,
    b"\\n--BEGIN--\\nab",
    b'{"a": "over:\\n12"}\n',
    b'{"a":\n"mail jane@example.com", "b":\n12345678}\n',
)
MARKS = (b"", b"\xef\xbb\xbf")


@pytest.fixture(scope="module")
def small() -> Iterator[Scrubber]:
    """A few small rules, with pieces of a few hundred bytes."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (lines, ranges):
            patch.setattr(module, "SECTION", 256)
        patch.setattr(joining, "CHUNK", 100)
        patch.setattr(ranges, "CHUNK", 50)
        yield scrubber(*EVERY_KIND, engine="vector")


def whole(one: Scrubber, data: bytes) -> tuple[bytes, Report]:
    """Redact a document in one piece."""
    out = io.BytesIO()
    report = pass_through(one, Opened(io.BytesIO(data)), out.write)
    return out.getvalue(), report


def task_of(folder: Path, data: bytes, index: int = 0) -> Task:
    """Write a file, and give its task."""
    source = folder / "app.log"
    source.write_bytes(data)
    status = source.stat()
    return Task(index, str(source), str(folder / "out.log"), len(data), status.st_mtime_ns)


def job_of(one: Scrubber, folder: Path) -> Job:
    """Give a job whose ranges wait beside a folder."""
    parts = folder.with_name(f"{folder.name}.parts")
    parts.mkdir(exist_ok=True)
    return Job(one, parts=str(parts))


def outcomes(task: Task, job: Job, size: int) -> list[Outcome]:
    """Scrub all ranges of a file, as long as it may be."""
    starts = range(0, task.size, size)
    found = [
        scrubbed(replace(task, start=start, end=min(start + size, task.size)), job)
        for start in starts
    ]
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301  # our own
    return found


def joined(
    task: Task, job: Job, size: int, order: random.Random | None = None
) -> tuple[bytes, Outcome]:
    """Scrub a file in ranges, put together in any order; nothing else is left beside it."""
    found = outcomes(task, job, size)
    if order:
        order.shuffle(found)
    with Joiner(task, job, size=size) as joiner:
        *early, last = [joiner.add(one) for one in found]
    assert early == [None] * len(early)
    assert last is not None
    assert not job.parts or os.listdir(job.parts) == []  # noqa: PTH208
    names = sorted(os.listdir(os.path.dirname(task.target)))  # noqa: PTH120, PTH208
    if last.state != "done" or job.check:
        assert names == ["app.log"]
        return b"", last
    assert names == ["app.log", "out.log"]
    with open(task.target, "rb") as file:  # noqa: PTH123
        return file.read(), last


@given(
    pieces=st.lists(st.sampled_from(PIECES), min_size=1, max_size=40),
    times=st.sampled_from([1, 1, 8]),
    mark=st.sampled_from(MARKS),
    end=st.sampled_from([b"", b"\n", b"no end", b"\r"]),
    size=st.one_of(st.integers(40, 300), st.integers(300, 5000)),
    order=st.randoms(use_true_random=False),
)
def test_ranges_give_what_one_piece_gives(  # noqa: PLR0913, PLR0917  # of Hypothesis
    small: Scrubber,
    tmp_path_factory: pytest.TempPathFactory,
    pieces: list[bytes],
    times: int,
    mark: bytes,
    end: bytes,
    size: int,
    order: random.Random,
) -> None:
    """Byte for byte and in counts: lines longer than a range, keys over edges, no last newline."""
    data = mark + b"".join(pieces * times) + end
    tmp_path = tmp_path_factory.mktemp("ranges")
    task = task_of(tmp_path, data)
    expected, report = whole(small, data)
    found, outcome = joined(task, job_of(small, tmp_path), size, order)
    assert (expected, "done", "text") == (found, outcome.state, outcome.kind)
    assert outcome.found.report == report
    assert outcome.written == len(expected)
    assert outcome.sha256 == hashlib.sha256(data).hexdigest()
    body = data[len(mark) :]
    assert outcome.found.lines == body.count(b"\n") + (not body.endswith(b"\n"))
    assert sum(outcome.found.hours.values()) == report.findings


SPREAD = b'{"a":\n-12345678.25,\n' + b'"b": 1,\n' * 200 + b'"c": 2}\n'
OPEN = b'{"a":\n-12345678.25,\n"b":\n"over:\n'
"""A document of JSON on many lines: a number in it is replaced whole; elsewhere, what is found."""


@pytest.mark.parametrize(
    ("data", "size", "made"),
    [
        (SPREAD, 100, b"\n0,\n"),
        (SPREAD, 4000, b"\n0,\n"),
        (b"\xef\xbb\xbf" + SPREAD, 100, b"\n0,\n"),
        (b"clean\n" * 100 + SPREAD, 600, b"-[card].25"),
        (b"clean\n" * 400 + SPREAD, 2400, b"-[card].25"),
        (b"clean\n" * 100 + SPREAD, 100, b"-[card].25"),
        (b"clean\n" * 42 + SPREAD, 10_000, b"-[card].25"),
        (b"clean\n" * 42 + OPEN + b'12",\n"c": 2}\n', 252 + len(OPEN), b"-[card].25"),
        (SPREAD + SPREAD, len(SPREAD), b"-[card].25"),
    ],
)
def test_only_the_first_line_of_a_file_begins_a_document(
    small: Scrubber, tmp_path: Path, data: bytes, size: int, made: bytes
) -> None:
    """Not that of a range, nor of a piece; the joiner, too, knows which one it is."""
    task = task_of(tmp_path, data)
    expected, report = whole(small, data)
    assert made in expected
    found, outcome = joined(task, job_of(small, tmp_path), size)
    assert (found, outcome.found.report) == (expected, report)


LONG = b"mail jane@example.com\n" * 60
TABLES = b"\x00\x01" * 700


@pytest.mark.parametrize(
    ("name", "data", "pieces"),
    [
        ("app.log", LONG, 4),
        ("app.log", b"\xef\xbb\xbf" + LONG, 4),
        ("app.log", b"x" * 1400, 4),
        ("app.log", LONG[:799], 1),
        ("app.log", LONG[:800], 2),
        ("app.log", LONG[:801], 3),
        ("app.csv", LONG, 1),
        ("app.json", b'{"a":\n1}' * 150, 1),
        ("app.log", LONG.decode().encode("utf-16"), 1),
        ("app.log", TABLES, 1),
        ("app.log", b"\x1f\x8b\x08" + LONG, 1),
    ],
)
def test_only_long_logs_in_utf_8_are_cut(
    small: Scrubber, tmp_path: Path, name: str, data: bytes, pieces: int
) -> None:
    """At fixed multiples, the last one is what is left; anything else stays whole."""
    place = tmp_path / name
    place.write_bytes(data)
    task = Task(3, str(place), str(tmp_path / "out"), len(data))
    found = cut(task, job_of(small, tmp_path), size=400)
    assert len(found) == pieces
    if pieces == 1:
        assert found == [task]
        return
    edges = [*range(0, len(data), 400), len(data)]
    assert [(one.index, one.start, one.end) for one in found] == [
        (3, start, end) for start, end in pairwise(edges)
    ]


def test_what_cannot_be_read_or_told_apart_stays_whole(tmp_path: Path) -> None:
    """Who does the whole file says why it cannot be read."""
    task = Task(0, str(tmp_path / "gone"), str(tmp_path / "out"), 1000)
    assert cut(task, job_of(scrubber(*EVERY_KIND, engine="vector"), tmp_path), size=10) == [task]
    there = task_of(tmp_path, LONG)
    assert cut(there, job_of(scrubber(*EVERY_KIND, engine="reference"), tmp_path), size=10) == [
        there
    ]
    vector = job_of(scrubber(*EVERY_KIND, engine="vector"), tmp_path)
    assert len(cut(there, vector, size=400)) == 4
    assert cut(there, replace(vector, parts=""), size=400) == [there]
    assert len(cut(there, replace(vector, parts="", check=True), size=400)) == 4


def test_a_machine_without_the_engine_leaves_its_ranges_to_the_joiner(
    small: Scrubber, tmp_path: Path
) -> None:
    """A worker that cannot tell lines apart gives the borders only."""
    data = (LONG + KEY) * 3
    task = task_of(tmp_path, data)
    slow = job_of(scrubber(*EVERY_KIND, engine="reference"), tmp_path)
    with Joiner(task, job_of(small, tmp_path), size=500) as joiner:
        found = [joiner.add(one) for one in outcomes(task, slow, 500)][-1]
    expected, report = whole(small, data)
    assert found is not None
    assert (tmp_path / "out.log").read_bytes() == expected
    assert found.found.report == report


def test_a_range_reads_its_own_lines_only(
    small: Scrubber, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the head, a little behind an edge, and the end of its last line."""
    data = b"clean line of a log\n" * 20_000
    task = task_of(tmp_path, data)
    read: list[int] = []
    plain = ranges.read_at

    def counted(source: object, at: int, size: int) -> bytes:
        found = plain(source, at, size)  # type: ignore[arg-type]
        read.append(len(found))
        return found

    monkeypatch.setattr(ranges, "SECTION", 2000)
    monkeypatch.setattr(ranges, "read_at", counted)
    document = small.byte_stream()
    outcome = scrubbed(replace(task, start=100_000, end=120_000), job_of(small, tmp_path))
    assert outcome.state == "range"
    behind = document.near[1] * (20_000 // 2000 + 1)  # type: ignore[union-attr]
    assert sum(read) <= 20_000 + 4096 + 300 + behind


def test_a_line_without_end_is_read_twice_at_most(
    small: Scrubber, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By whom it begins in; each other range looks for a line border in its own bytes only."""
    data = b"x" * 50_000
    task = task_of(tmp_path, data)
    read: list[int] = []
    plain = ranges.read_at

    def counted(source: object, at: int, size: int) -> bytes:
        found = plain(source, at, size)  # type: ignore[arg-type]
        read.append(len(found))
        return found

    monkeypatch.setattr(ranges, "read_at", counted)
    found = outcomes(task, job_of(small, tmp_path), 1000)
    assert sum(read) <= 3 * len(data) + 4096 * len(found)
    assert [bool(one.pieces) for one in found] == [True] + [False] * 49


def test_a_range_that_fails_fails_the_file(small: Scrubber, tmp_path: Path) -> None:
    """Whichever it is, nothing is left of the others, and what was there stays."""
    (tmp_path / "out.log").write_bytes(b"before")
    task = task_of(tmp_path, LONG)
    for place in (0, 1, 3):
        found = outcomes(task, job_of(small, tmp_path), 400)
        if found[place].place:
            os.remove(found[place].place)  # noqa: PTH107
        found[place] = Outcome(0, "failed", "text", "is on fire", start=found[place].start)
        with Joiner(task, job_of(small, tmp_path), size=400) as joiner:
            last = [joiner.add(one) for one in reversed(found)][-1]
        assert last == Outcome(0, "failed", "text", "is on fire")
        assert sorted(os.listdir(tmp_path)) == ["app.log", "out.log"]  # noqa: PTH208
        assert (tmp_path / "out.log").read_bytes() == b"before"


def test_a_joiner_that_is_stopped_leaves_nothing(small: Scrubber, tmp_path: Path) -> None:
    """Neither the ranges that wait, nor what is written so far."""
    task = task_of(tmp_path, LONG)
    first, _, third, last = outcomes(task, job_of(small, tmp_path), 400)
    with Joiner(task, job_of(small, tmp_path), size=400) as joiner:
        assert [joiner.add(one) for one in (first, last, third)] == [None] * 3
    job = job_of(small, tmp_path)
    assert os.listdir(job.parts) == [  # noqa: PTH208
        os.path.basename(ranges.part_place(replace(task, start=400), job))  # noqa: PTH119
    ]
    os.remove(ranges.part_place(replace(task, start=400), job))  # noqa: PTH107
    assert os.listdir(tmp_path) == ["app.log"]  # noqa: PTH208


def test_a_file_that_changes_fails(small: Scrubber, tmp_path: Path) -> None:
    """It grows before a range, between two, or before it is whole; nothing is left."""
    expected = Outcome(0, "failed", "text", "changed while it was read; nothing was written")
    task = task_of(tmp_path, LONG)
    found = outcomes(task, job_of(small, tmp_path), 400)
    with open(task.source, "ab") as file:  # noqa: PTH123
        file.write(b"more\n")
    assert scrubbed(replace(task, start=0, end=400), job_of(small, tmp_path)) == replace(
        expected, start=0
    )
    with Joiner(task, job_of(small, tmp_path), size=400) as joiner:
        assert [joiner.add(one) for one in found][-1] == expected
    task = task_of(tmp_path, LONG)
    *most, last = outcomes(task, job_of(small, tmp_path), 400)
    with Joiner(task, job_of(small, tmp_path), size=400) as joiner:
        assert [joiner.add(one) for one in most] == [None] * 3
        os.utime(task.source, ns=(1, 1))
        assert joiner.add(last) == expected
    assert os.listdir(tmp_path) == ["app.log"]  # noqa: PTH208


@pytest.mark.parametrize("failing", ["opened", "replacing", "size_and_time"])
def test_a_failure_of_any_place_is_a_reason(
    small: Scrubber, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    """A full disk, a place that is gone, a library that raises what it likes: no text in it."""
    task = task_of(tmp_path, LONG)
    found = outcomes(task, job_of(small, tmp_path), 400)
    for error, reason in (
        (OSError(28, "No space left on device", "jane.log"), "no space left on device"),
        (InputError("is refused"), "is refused"),
        (ValueError("jane@example.com"), "internal error: ValueError; please report it"),
    ):

        def fail(*_args: object, raised: Exception = error, **_more: object) -> None:
            raise raised

        with monkeypatch.context() as broken:
            broken.setattr(places, failing, fail)
            one = scrubbed(replace(task, start=0, end=400), job_of(small, tmp_path))
            with Joiner(task, job_of(small, tmp_path), size=400) as joiner:
                last = [joiner.add(one) for one in found][-1]
        for outcome in (one, last):
            assert outcome is not None
            assert outcome.state == "failed"
            assert reason in outcome.reason
            assert "jane" not in outcome.reason
        assert os.listdir(tmp_path) == ["app.log"]  # noqa: PTH208
        found = outcomes(task, job_of(small, tmp_path), 400)


def test_a_check_writes_nothing_and_fails_what_holds_something(
    small: Scrubber, tmp_path: Path
) -> None:
    """A redacted file passes; findings are counted, also those over an edge."""
    job = Job(small, check=True)
    data = (b"clean\n" * 50 + KEY + LONG) * 3
    _, outcome = joined(task_of(tmp_path, data), job, 333)
    report = whole(small, data)[1]
    assert (outcome.state, outcome.reason) == ("failed", f"still holds {report.findings} findings")
    assert (outcome.found.report, outcome.written) == (report, 0)
    _, outcome = joined(task_of(tmp_path, whole(small, data)[0]), job, 333)
    assert (outcome.state, outcome.reason, outcome.found.report.findings) == ("done", "", 0)


def test_parts_lie_apart_from_their_target(tmp_path: Path, small: Scrubber) -> None:
    """Each range of each target has its own place, the same each time, also behind a URL."""
    job = job_of(small, tmp_path)
    task = Task(0, "in", os.path.join("out", "a.log"), 9, start=0, end=4)  # noqa: PTH118
    other = replace(task, target=os.path.join("out", "b.log"))  # noqa: PTH118
    places_of = [ranges.part_place(one, job) for one in (task, replace(task, start=4), other)]
    assert places_of[0] == ranges.part_place(task, job)
    assert len(set(places_of)) == 3
    for place in places_of:
        assert place.startswith(os.path.join(job.parts, places.TEMPORARY))  # noqa: PTH118
    remote = ranges.part_place(task, replace(job, parts="s3://bucket/out.parts"))
    assert remote.startswith(f"s3://bucket/out.parts/{places.TEMPORARY}")


def test_only_the_owner_reads_a_part(small: Scrubber, tmp_path: Path) -> None:
    """It may be raw text, over an edge."""
    task, job = task_of(tmp_path, LONG), job_of(small, tmp_path)
    found = scrubbed(replace(task, start=0, end=400), job)
    assert os.name != "posix" or os.stat(found.place).st_mode & 0o777 == 0o600  # noqa: PTH116


def test_no_worker_makes_a_folder_for_parts(small: Scrubber, tmp_path: Path) -> None:
    """On another machine nobody would remove it."""
    task, job = task_of(tmp_path, LONG), job_of(small, tmp_path)
    os.rmdir(job.parts)  # noqa: PTH106
    found = scrubbed(replace(task, start=0, end=400), job)
    assert (found.state, found.reason) == ("failed", UNSHARED)
    assert not os.path.lexists(job.parts)
