"""Whether another process has a file open, by both ways to know."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from scrubber.files import open_elsewhere as module
from scrubber.files.open_elsewhere import open_elsewhere

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells")

HOLD = "import sys; file = open(sys.argv[1]); print('open', flush=True); sys.stdin.read()"


@pytest.mark.parametrize("leases", [True, False], ids=["lease", "proc"])
def test_file_open_in_another_process_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, leases: bool
) -> None:
    """It is seen while the process has it open, and no longer."""
    if not leases:
        monkeypatch.setattr(module, "_lease", lambda _descriptor: None)
    path = tmp_path / "app.log"
    path.write_bytes(b"x")
    with path.open("rb") as file:
        assert not open_elsewhere(file.fileno())
        with subprocess.Popen(
            [sys.executable, "-c", HOLD, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as other:
            assert other.stdout is not None
            assert other.stdout.readline() == b"open\n"
            assert open_elsewhere(file.fileno())
            other.communicate()
        assert not open_elsewhere(file.fileno())


def test_system_that_cannot_tell_says_no(monkeypatch: pytest.MonkeyPatch) -> None:
    """Elsewhere nothing is asked."""
    monkeypatch.setattr(sys, "platform", "other")
    assert not open_elsewhere(0)
