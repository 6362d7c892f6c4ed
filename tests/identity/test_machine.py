"""What the machine is asked for: bounded, never waiting, never failing."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from scrubber.identity import machine as module
from scrubber.identity.machine import LIMIT, Account, Machine, list_folder, read_file

if TYPE_CHECKING:
    from pathlib import Path


def test_file_is_read_to_the_limit(tmp_path: Path) -> None:
    """Ten megabytes cost no more than 64 KiB."""
    file = tmp_path / "big"
    file.write_bytes(b"x" * 10_000_000)
    assert len(read_file(str(file)) or "") == LIMIT


def test_bytes_that_are_no_text_are_kept(tmp_path: Path) -> None:
    """NULs as they are, other bytes as names of files have them, and no byte order mark."""
    file = tmp_path / "odd"
    file.write_bytes(b"\xef\xbb\xbfa\0\xff")
    assert read_file(str(file)) == "a\0\udcff"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFO on this system")
def test_what_is_no_file_is_not_opened(tmp_path: Path) -> None:
    """A FIFO would wait for ever."""
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    for name in ("fifo", "loop", ".", "missing", "nul\0", "\ud800", "x" * 5000):
        assert read_file(str(tmp_path / name)) is None
    assert read_file("/dev/zero") is None


def test_unreadable_file_is_none(ordinary_folder: Path) -> None:
    """As one that is not there."""
    file = ordinary_folder / "secret"
    file.write_text("x")
    file.chmod(0)
    assert read_file(str(file)) is None


def test_file_that_fails_while_it_is_read_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And it is closed."""
    file = tmp_path / "file"
    file.write_text("x")

    def fail(_handle: int, _size: int) -> bytes:
        raise OSError(5, "planted")

    monkeypatch.setattr(os, "read", fail)
    assert read_file(str(file)) is None


def test_folder_is_listed_sorted(tmp_path: Path) -> None:
    """And what is no folder has nothing in it."""
    for name in "bca":
        (tmp_path / name).touch()
    assert list_folder(str(tmp_path)) == ("a", "b", "c")
    assert list_folder(str(tmp_path / "a")) == list_folder("nul\0") == ()


def test_machine_without_user_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows."""
    monkeypatch.setitem(sys.modules, "pwd", None)
    assert Machine.here().account() is None


@pytest.mark.skipif(sys.platform == "win32", reason="no user database there")
def test_number_without_an_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a container that is run with a number only."""
    monkeypatch.setattr(os, "getuid", lambda: 2_123_456_789)
    assert Machine.here().account() is None


def test_working_directory_that_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is nothing, and no error."""

    def gone() -> str:
        raise FileNotFoundError

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os, "getcwd", gone)
    assert Machine.here().cwd() == ""


@pytest.mark.parametrize(
    ("platform", "answer", "expected"),
    [
        ("win32", b"\0" * 10 + b"\0\0\x5e\0\x53\x01", (0x00005E005301,)),
        ("darwin", (b"\0" * 10 + b"\0\0\x5e\0\x53\x01", 0), (0x00005E005301,)),
        ("linux", b"\1" * 16, ()),
    ],
)
def test_cards_are_asked_of_the_c_library(
    platform: str, answer: object, expected: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Never on Linux, where the library opens a socket to its daemon."""

    class Library:
        UuidCreate = staticmethod(lambda: answer)
        generate_time_safe = staticmethod(lambda: answer)

    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setitem(sys.modules, "_uuid", Library)
    assert module._cards() == expected  # noqa: SLF001  # asked of this system otherwise


def test_no_library_for_cards(monkeypatch: pytest.MonkeyPatch) -> None:
    """Means no cards."""
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setitem(sys.modules, "_uuid", None)
    assert module._cards() == ()  # noqa: SLF001
    monkeypatch.setitem(sys.modules, "_uuid", sys)
    assert module._cards() == ()  # noqa: SLF001


def test_repr_shows_no_variable() -> None:
    """Nor an account."""
    machine = Machine.of({"USER": "bwayne"}, account=Account("bwayne", "Bruce Wayne", "/home/b"))
    assert repr(machine) == "Machine(platform='linux')"
    assert "bwayne" not in repr(machine.account())


def test_machine_in_memory() -> None:
    """Has the folders its files lie in."""
    machine = Machine.of(files={"/etc/hostname": "lab-gpu01\n"})
    assert (machine.read("/etc/hostname"), machine.read("/etc")) == ("lab-gpu01\n", None)
    assert machine.exists("/etc")
    assert machine.entries("/etc/") == ("hostname",)
    assert not machine.exists("/etc/host")
