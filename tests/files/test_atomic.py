"""A file is replaced whole or not at all, and not where its raw text would live on."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from scrubber.errors import InputError
from scrubber.files.atomic import replacing, rewriting

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command

LINE = b"mail jane@example.com\n"
REDACTED = b"mail [email]\n"

linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells")


@pytest.fixture
def log(folder: Path) -> Path:
    """A log with something to find, of an uncommon mode and age."""
    path = folder / "app.log"
    path.write_bytes(LINE)
    path.chmod(0o640)
    os.utime(path, ns=(1_600_000_000_123_456_789, 1_500_000_000_123_456_789))
    return path


def test_in_place_keeps_mode_times_and_owner(command: Command, log: Path) -> None:
    """Only the content, and what the system says of it, changes."""
    before = log.stat()
    assert command("redact", "--in-place", log).exit_code == 0
    after = log.stat()
    assert log.read_bytes() == REDACTED
    assert stat.S_IMODE(after.st_mode) == 0o640
    assert after.st_mtime_ns == before.st_mtime_ns
    assert (after.st_uid, after.st_gid) == (before.st_uid, before.st_gid)
    assert list(log.parent.iterdir()) == [log]


def test_in_place_leaves_a_clean_file_alone(command: Command, log: Path) -> None:
    """Where nothing is found the file stays the same file."""
    log.write_bytes(b"ok\n")
    before = log.stat()
    assert command("redact", "--in-place", log).exit_code == 0
    assert log.stat().st_ino == before.st_ino
    assert log.stat().st_mtime_ns == before.st_mtime_ns


def test_in_place_refuses_a_symbolic_link(command: Command, log: Path) -> None:
    """Neither the link nor what it leads to is touched."""
    link = log.with_name("link.log")
    link.symlink_to(log)
    result = command("redact", "--in-place", link)
    assert result.exit_code == 2
    assert "is a link" in result.stderr
    assert link.is_symlink()
    assert log.read_bytes() == LINE


def test_in_place_refuses_a_hard_linked_file(command: Command, log: Path) -> None:
    """Under its other name the raw text would stay."""
    log.with_name("other.log").hardlink_to(log)
    result = command("redact", "--in-place", log)
    assert result.exit_code == 2
    assert "hard links" in result.stderr
    assert log.read_bytes() == LINE


@linux
def test_in_place_refuses_an_open_file(command: Command, log: Path) -> None:
    """Whoever has it open would go on writing raw text where nobody reads."""
    with log.open("ab"):
        result = command("redact", "--in-place", log)
    assert result.exit_code == 2
    assert "is open in another process" in result.stderr
    assert log.read_bytes() == LINE
    assert command("redact", "--in-place", log).exit_code == 0


@linux
def test_rewriting_refuses_a_file_that_is_opened_meanwhile(log: Path) -> None:
    """Being alone is asked for again before the file is replaced."""
    busy = pytest.raises(InputError, match="is open in another process")
    with ExitStack() as later, busy, rewriting(log):
        later.enter_context(log.open("rb"))
    assert log.read_bytes() == LINE
    assert list(log.parent.iterdir()) == [log]


@pytest.mark.parametrize("change", ["append", "touch", "replace", "link"])
def test_rewriting_refuses_a_file_that_changes(log: Path, change: str) -> None:
    """What was added while it was read is not lost."""

    def act() -> None:
        if change == "append":
            log.write_bytes(LINE * 2)
        elif change == "touch":
            os.utime(log)
        elif change == "replace":
            log.with_name("new").write_bytes(LINE)
            log.with_name("new").replace(log)
        else:
            log.with_name("new").hardlink_to(log)

    with pytest.raises(InputError, match="changed while it was read"), rewriting(log):
        act()
    assert log.read_bytes() == (LINE * 2 if change == "append" else LINE)
    assert [one.name for one in log.parent.iterdir() if one.name.startswith(".")] == []


@pytest.mark.parametrize("error", [InputError, KeyboardInterrupt, SystemExit, RuntimeError])
def test_rewriting_leaves_the_file_after_an_error(log: Path, error: type[BaseException]) -> None:
    """Whatever happens half way, the file is as it was and nothing lies beside it."""

    def fail() -> None:
        with rewriting(log) as rewrite:
            rewrite.target.write(REDACTED)
            raise error

    with pytest.raises(error):
        fail()
    assert log.read_bytes() == LINE
    assert list(log.parent.iterdir()) == [log]


@pytest.mark.parametrize(
    ("name", "reason"),
    [("missing", "no such file"), ("sub", "is a folder"), ("pipe", "not a regular file")],
)
def test_in_place_refuses_what_is_no_file(
    command: Command, folder: Path, name: str, reason: str
) -> None:
    """A missing file, a folder and a pipe are refused, each with its reason, without waiting."""
    (folder / "sub").mkdir()
    os.mkfifo(folder / "pipe")
    result = command("redact", "--in-place", name)
    assert result.exit_code == 2
    assert f"scrubber: {name}: " in result.stderr
    assert reason in result.stderr


def test_in_place_goes_on_behind_a_file_it_refuses(command: Command, log: Path) -> None:
    """The others are rewritten, and the end is 2."""
    result = command("redact", "--in-place", "missing", log)
    assert result.exit_code == 2
    assert log.read_bytes() == REDACTED


def test_output_keeps_the_mode_of_what_it_replaces(command: Command, log: Path) -> None:
    """An overwritten file stays as private as it was; a new one follows the umask."""
    old = log.with_name("old.log")
    old.write_bytes(b"old\n")
    old.chmod(0o600)
    before = os.umask(0o027)
    try:
        assert command("redact", log, "-o", "old.log").exit_code == 0
        assert command("redact", log, "-o", "new.log").exit_code == 0
    finally:
        os.umask(before)
    assert old.read_bytes() == REDACTED
    assert stat.S_IMODE(old.stat().st_mode) == 0o600
    assert stat.S_IMODE(log.with_name("new.log").stat().st_mode) == 0o640


def test_output_follows_a_link(command: Command, log: Path) -> None:
    """The file it leads to is written, and the link stays one."""
    link = log.with_name("link.log")
    link.symlink_to("target.log")
    assert command("redact", log, "-o", "link.log").exit_code == 0
    assert link.is_symlink()
    assert log.with_name("target.log").read_bytes() == REDACTED


def test_output_to_a_device_does_not_replace_it(command: Command, log: Path) -> None:
    """`-o /dev/null` writes to it."""
    assert command("redact", log, "-o", os.devnull).exit_code == 0
    assert stat.S_ISCHR(os.stat(os.devnull).st_mode)  # noqa: PTH116  # a device, no file


def test_replacing_leaves_what_was_there_after_an_error(log: Path) -> None:
    """Half an output is no output."""

    def fail() -> None:
        with replacing(log) as target:
            target.write(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert log.read_bytes() == LINE
    assert list(log.parent.iterdir()) == [log]


@pytest.mark.parametrize("name", ["app.log", "./app.log", "link.log"])
def test_output_onto_an_input_is_refused(command: Command, log: Path, name: str) -> None:
    """By whatever name: the input would be gone when it is read."""
    log.with_name("link.log").symlink_to(log)
    result = command("redact", log, "-o", name)
    assert result.exit_code == 2
    assert "use --in-place" in result.stderr
    assert log.read_bytes() == LINE


@pytest.mark.parametrize(
    ("target", "words"),
    [
        (".", "a source and the target lie in one another"),
        ("missing/out.log", "missing/out.log: cannot be written: "),
    ],
)
def test_output_that_cannot_be_is_refused(
    command: Command, log: Path, target: str, words: str
) -> None:
    """The folder it lies in, or a file in a folder that is not there."""
    result = command("redact", log, "-o", target)
    assert result.exit_code == 2
    assert f"scrubber: {words}" in result.stderr
    assert list(log.parent.iterdir()) == [log]


@pytest.mark.parametrize(
    "args", [("--in-place",), ("--in-place", "-"), ("--in-place", "app.log", "-o", "x")]
)
def test_in_place_wants_files_alone(command: Command, log: Path, args: tuple[str, ...]) -> None:
    """Neither stdin nor another output goes with it."""
    assert command("redact", *args).exit_code == 2
    assert log.read_bytes() == LINE
