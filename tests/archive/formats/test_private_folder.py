"""Folders for raw copies: private, held, and removed by the next one where a process was killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from scrubber.archive.formats.private_folder import private_folder

if TYPE_CHECKING:
    from pathlib import Path

_KILLED = """
import os, signal, sys
from scrubber.archive.formats.private_folder import private_folder
with private_folder() as folder:
    (folder / "copy.db").write_text("raw")
    print(folder, flush=True)
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGKILL)
"""
_NEXT = """
from scrubber.archive.formats.private_folder import private_folder
with private_folder() as folder:
    pass
"""


def _begun(where: Path, script: str) -> subprocess.Popen[str]:
    env = {**os.environ, "TMPDIR": str(where), "TEMP": str(where), "TMP": str(where)}
    return subprocess.Popen(
        [sys.executable, "-c", script],
        env=env,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )


def test_a_folder_is_private_and_gone_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether the block ends well or not."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with suppress(KeyError), private_folder() as folder:
        (folder / "copy.db").write_text("raw")
        assert os.name == "nt" or folder.stat().st_mode & 0o077 == 0
        raise KeyError
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_what_a_killed_process_left_is_removed_by_the_next(tmp_path: Path) -> None:
    """And what a living one holds is not."""
    with _begun(tmp_path, _KILLED) as killed, _begun(tmp_path, _KILLED) as living:
        assert killed.stdout is not None
        assert living.stdout is not None
        left, held = killed.stdout.readline().strip(), living.stdout.readline().strip()
        killed.communicate("", timeout=60)
        assert (tmp_path / left / "copy.db").read_text() == "raw"
        with _begun(tmp_path, _NEXT) as following:
            following.communicate("", timeout=60)
        assert [str(path) for path in tmp_path.iterdir()] == [held]
        assert (tmp_path / held / "copy.db").read_text() == "raw"
        living.communicate("", timeout=60)


def test_a_folder_of_the_same_name_that_is_no_copy_stays(tmp_path: Path) -> None:
    """What was not begun as one is somebody's own."""
    other = tmp_path / "scrubber-copy-notes"
    other.mkdir()
    (other / "text").write_text("mine")
    with _begun(tmp_path, _NEXT) as following:
        following.communicate("", timeout=60)
    assert (other / "text").read_text() == "mine"
