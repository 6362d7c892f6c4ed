"""What is remembered of a folder between runs."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from scrubber.errors import ConfigError
from scrubber.retention.done import NAME, done_in

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def status(tmp_path: Path) -> os.stat_result:
    """What the system says of some file."""
    (tmp_path / "file").write_text("x")
    return (tmp_path / "file").stat()


def test_a_note_is_for_one_file_as_it_is(tmp_path: Path, status: os.stat_result) -> None:
    """Another path, another state, or other rules, and it says nothing."""
    with done_in(tmp_path, "rules") as done:
        done.note("a/b.log", status)
    with done_in(tmp_path, "rules") as done:
        assert done.holds("a/b.log", status)
        assert not done.holds("a/c.log", status)
        os.utime(tmp_path / "file", (1, 1))
        assert not done.holds("a/b.log", (tmp_path / "file").stat())
    with done_in(tmp_path, "other") as done:
        assert not done.holds("a/b.log", status)


@pytest.mark.parametrize("cut", range(1, 200, 7))
def test_a_line_cut_off_is_passed_over(tmp_path: Path, status: os.stat_result, cut: int) -> None:
    """However a run was killed, the file is read, and what comes next is noted."""
    with done_in(tmp_path, "rules") as done:
        done.note("a.log", status)
        done.note("b.log", status)
    path = tmp_path / NAME
    path.write_bytes(path.read_bytes()[:-cut])
    with done_in(tmp_path, "rules") as done:
        done.note("c.log", status)
    with done_in(tmp_path, "rules", read_only=True) as done:
        assert done.holds("c.log", status)


@pytest.mark.parametrize(
    "junk", [b"", b"\n", b"{}", b"[]\n", b'{"version": 99}\n{}\n', b"\xff" * 99]
)
def test_junk_is_begun_anew(tmp_path: Path, status: os.stat_result, junk: bytes) -> None:
    """It costs time only."""
    (tmp_path / NAME).write_bytes(junk)
    (tmp_path / NAME).chmod(0o600)
    for _ in range(2):
        with done_in(tmp_path, "rules") as done:
            done.note("a.log", status)
    with done_in(tmp_path, "rules") as done:
        assert done.holds("a.log", status)


def test_reading_only_writes_nothing(tmp_path: Path, status: os.stat_result) -> None:
    """There may be no file, and there is none after it."""
    with done_in(tmp_path, "rules", read_only=True) as done:
        done.note("a.log", status)
        assert not (tmp_path / NAME).exists()


def test_it_does_not_grow_for_ever(tmp_path: Path, status: os.stat_result) -> None:
    """Lines of files that are gone are left out in the end."""
    for number in range(60):
        with done_in(tmp_path, "rules") as done:
            done.note(f"{number}.log", status)
            done.holds("0.log", status)
    lines = (tmp_path / NAME).read_bytes().count(b"\n")
    assert lines < 30
    with done_in(tmp_path, "rules") as done:
        assert done.holds("0.log", status)


def test_a_second_run_is_refused(tmp_path: Path) -> None:
    """Until the first has ended."""
    with (
        done_in(tmp_path, "rules"),
        pytest.raises(ConfigError, match="another run"),
        done_in(tmp_path, "rules"),
    ):
        pass
    with done_in(tmp_path, "rules"):
        pass
