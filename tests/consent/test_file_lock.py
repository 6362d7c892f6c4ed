"""A lock between processes."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from scrubber.consent import file_lock
from scrubber.consent.file_lock import locked

ROOT = Path(__file__).resolve().parents[2]
HOLDER = """
import sys
from pathlib import Path
from scrubber.consent.file_lock import locked
with locked(Path(sys.argv[1]), 10) as mine:
    print(mine, flush=True)
    sys.stdin.read()
"""


def test_one_holds_it_at_a_time(tmp_path: Path) -> None:
    """Also among threads."""
    inside: list[int] = []
    most: list[int] = []

    def work(name: int) -> None:
        for _ in range(10):
            with locked(tmp_path / "lock", 30) as mine:
                assert mine
                inside.append(name)
                most.append(len(inside))
                inside.remove(name)

    threads = [threading.Thread(target=work, args=(name,)) for name in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(most), max(most)) == (80, 1)


def test_who_waits_in_vain_goes_on(tmp_path: Path) -> None:
    """After as long as they said."""
    with locked(tmp_path / "lock", 0) as mine, locked(tmp_path / "lock", 0.05) as others:
        assert (mine, others) == (True, False)
    with locked(tmp_path / "lock", 0) as mine:
        assert mine
    assert file_lock._held == set()  # noqa: SLF001


def test_a_process_that_is_killed_lets_go(tmp_path: Path) -> None:
    """However it ends."""
    command = [sys.executable, "-c", HOLDER, str(tmp_path / "lock")]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, cwd=ROOT) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == b"True"
        with locked(tmp_path / "lock", 0.05) as mine:
            assert not mine
        holder.kill()
        with locked(tmp_path / "lock", 30) as mine:
            assert mine


def test_a_lock_that_was_deleted_is_not_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who waited for it waits for the new one."""
    path = tmp_path / "lock"
    held, waits = threading.Event(), threading.Event()
    real = file_lock._locked  # noqa: SLF001

    def tried(descriptor: int) -> bool:
        done = real(descriptor)
        if not done:
            waits.set()
        return done

    monkeypatch.setattr(file_lock, "_locked", tried)

    def wait() -> None:
        with locked(path, 30) as mine:
            assert mine
            assert file_lock._is_at(next(iter(file_lock._held)), path)  # noqa: SLF001
            held.set()

    with locked(path, 0):
        waiting = threading.Thread(target=wait)
        waiting.start()
        assert waits.wait(30)
        path.unlink()
    waiting.join()
    assert held.is_set()


def test_without_locks_it_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some network drives have none; other faults are faults."""
    error = OSError(38, "Function not implemented")

    def refuse(_: int) -> None:
        raise error

    monkeypatch.setattr(file_lock, "_lock", refuse)
    with locked(tmp_path / "lock", 0) as mine:
        assert mine
    error = OSError(5, "Input/output error")
    with pytest.raises(OSError, match="Input"), locked(tmp_path / "lock", 0):
        pass
