"""One file of a job, whole or not at all."""

from __future__ import annotations

import hashlib
import io
import os
from typing import TYPE_CHECKING, BinaryIO

import pytest

from scrubber.archive import one_file
from scrubber.archive.formats import scrub_document
from scrubber.archive.limits import Limits
from scrubber.archive.one_file import CHANGED, WOULD_CHANGE, Hashed, as_redacted, done
from scrubber.archive.tasks import Job, Task
from scrubber.identity.model import Identity
from scrubber.pipeline import Scrubber
from tests.archive.odd_tree import CLEAN, LINE, RAW

if TYPE_CHECKING:
    from pathlib import Path

    from scrubber.archive.context import Context
    from scrubber.archive.tasks import Outcome

SCRUBBER = Scrubber(identity=Identity.none())
JOB = Job(SCRUBBER)


def task(source: Path, target: Path) -> Task:
    """Give the task of a file as it is now."""
    status = source.lstat()
    return Task(7, str(source), str(target), status.st_size, status.st_mtime_ns)


def do(tmp_path: Path, data: bytes, job: Job = JOB, name: str = "app.log") -> Outcome:
    """Redact a file of some bytes."""
    (tmp_path / name).write_bytes(data)
    return done(task(tmp_path / name, tmp_path / "out" / name), job)


def test_a_file_is_redacted_into_its_place(tmp_path: Path) -> None:
    """With what is to be known of it; folders are made, nothing else is left."""
    outcome = do(tmp_path, LINE)
    assert (outcome.index, outcome.state, outcome.kind, outcome.reason) == (7, "done", "text", "")
    assert outcome.sha256 == hashlib.sha256(LINE).hexdigest()
    assert outcome.written == len(CLEAN)
    assert outcome.found.report.findings == 1
    assert [one.name for one in (tmp_path / "out").iterdir()] == ["app.log"]
    assert (tmp_path / "out" / "app.log").read_bytes() == CLEAN


@pytest.mark.parametrize(
    ("unknown", "state", "made"),
    [("list", "listed", False), ("drop", "dropped", False), ("copy", "copied", True)],
)
def test_what_no_format_knows(tmp_path: Path, unknown: str, state: str, made: bool) -> None:  # noqa: FBT001
    """It becomes what the job says."""
    outcome = do(tmp_path, b"\x00\x01" * 99 + RAW, Job(SCRUBBER, unknown=unknown), "core.bin")
    assert outcome.state == state
    assert (tmp_path / "out" / "core.bin").exists() == made


@pytest.mark.parametrize(
    ("data", "reason"),
    [(CLEAN, ""), (LINE, "still holds 1 finding"), (LINE * 2, "still holds 2 findings")],
)
def test_a_check_writes_nothing(tmp_path: Path, data: bytes, reason: str) -> None:
    """And fails what holds something."""
    outcome = do(tmp_path, data, Job(SCRUBBER, check=True))
    assert (outcome.state, outcome.reason) == ("failed" if reason else "done", reason)
    assert as_redacted(outcome).state == "done"
    assert [one.name for one in tmp_path.iterdir()] == ["app.log"]


def test_a_check_fails_what_would_be_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even if nothing was found: then something is wrong with the format."""

    def careless(source: BinaryIO, target: BinaryIO, _context: Context) -> str:
        target.write(source.read().upper())
        return "text"

    monkeypatch.setattr(one_file, "scrub_document", careless)
    outcome = do(tmp_path, b"ok\n", Job(SCRUBBER, check=True))
    assert (outcome.state, outcome.reason) == ("failed", WOULD_CHANGE)


@pytest.mark.parametrize("how", ["grows", "shrinks", "touched", "replaced", "gone"])
@pytest.mark.parametrize("check", [False, True])
def test_a_file_that_changes_while_it_is_read_fails(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    how: str,
    check: bool,  # noqa: FBT001
) -> None:
    """Nobody could say what was looked at; nothing is written."""
    source = tmp_path / "app.log"
    real = scrub_document

    def meanwhile(raw: BinaryIO, target: BinaryIO, context: Context) -> str:
        kind = real(raw, target, context)
        if how == "grows":
            with source.open("ab") as growing:
                growing.write(LINE)
        elif how == "shrinks":
            os.truncate(source, 3)
        elif how == "touched":
            os.utime(source, ns=(1, 1))
        elif how == "replaced":
            source.unlink()
            source.write_bytes(LINE * 9)
        else:
            source.unlink()
        return kind

    monkeypatch.setattr(one_file, "scrub_document", meanwhile)
    outcome = do(tmp_path, LINE, Job(SCRUBBER, check=check))
    assert outcome.state == "failed"
    assert outcome.reason.startswith(("changed while it was read", "no such file"))
    assert list(tmp_path.glob("out/*")) == []


def test_a_file_that_is_not_the_one_that_was_found_fails(tmp_path: Path) -> None:
    """It is read in another state than it was planned in."""
    source = tmp_path / "app.log"
    source.write_bytes(LINE)
    planned = task(source, tmp_path / "out.log")
    source.write_bytes(LINE * 2)
    assert done(planned, JOB).reason == CHANGED
    source.unlink()
    source.symlink_to(tmp_path)
    assert done(planned, JOB).state == "failed"


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (RuntimeError("jane@example.com"), "internal error: RuntimeError; please report it"),
        (MemoryError("jane@example.com"), "is too large for the memory there is"),
        (
            OSError(28, "No space left on device", "jane@example.com"),
            "cannot be redacted: no space left on device",
        ),
        (RecursionError("jane@example.com"), "internal error: RecursionError; please report it"),
    ],
)
def test_whatever_fails_is_told_without_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, reason: str
) -> None:
    """Half of it was written already, and is gone."""

    def fail(_source: BinaryIO, target: BinaryIO, _context: Context) -> str:
        target.write(b"half of it")
        target.flush()
        raise error

    monkeypatch.setattr(one_file, "scrub_document", fail)
    outcome = do(tmp_path, LINE)
    assert (outcome.state, outcome.reason) == ("failed", reason)
    assert list(tmp_path.glob("out/*")) == []
    assert list(tmp_path.glob("out/.*")) == []


def test_a_bomb_fails(tmp_path: Path) -> None:
    """Limits of the job hold for each file."""
    import gzip

    data = gzip.compress(b"\n" * (80 << 20))
    outcome = do(tmp_path, data, Job(SCRUBBER, Limits(ratio=2)), "bomb.log.gz")
    assert outcome.state == "failed"
    assert "--max-ratio" in outcome.reason
    assert list(tmp_path.glob("out/*")) == []


@pytest.mark.parametrize("way", ["through", "tail first", "twice", "nothing", "jumps"])
def test_a_hash_is_that_of_the_file_however_it_is_read(way: str) -> None:
    """Each byte counts once, those that nobody read, too."""
    data = bytes(range(256)) * 4096
    hashed = Hashed(io.BytesIO(data))
    file = io.BufferedReader(hashed, 1000)
    if way == "through":
        assert file.read() == data
    elif way == "tail first":
        file.seek(-8, io.SEEK_END)
        assert file.read(8) == data[-8:]
        file.seek(0)
        file.read(70_000)
    elif way == "twice":
        file.read(5000)
        file.seek(100)
        assert file.read() == data[100:]
    elif way == "jumps":
        for place in (9000, 10, 100_000, 5, 8990):
            file.seek(place)
            assert file.read(3000) == data[place : place + 3000]
    assert hashed.hexdigest() == hashlib.sha256(data).hexdigest()
    assert hashed.size == len(data)


@pytest.mark.parametrize("name", ["params/password", "tags/api_key"])
def test_a_file_of_one_value_is_known_by_its_name(tmp_path: Path, name: str) -> None:
    """As a run of MLflow has them: the folder says that the name is one of a value."""
    (tmp_path / name).parent.mkdir()
    outcome = do(tmp_path, b"pickle-lemon-26", name=f"{name}")
    assert outcome.found.report.findings == 1
    assert (tmp_path / "out" / name).read_bytes() == b"[secret]"
