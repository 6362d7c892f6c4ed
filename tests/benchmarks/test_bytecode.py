"""Bytecode of benchmarks: fresh processes keep it in a folder of its own, gone afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.bytecode import NEVER, WHERE, kept_bytecode

if TYPE_CHECKING:
    import pytest


def test_a_process_keeps_what_it_compiles(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Even where that is switched off; the variables are as before afterwards."""
    (tmp_path / "one.py").touch()
    monkeypatch.setenv(NEVER, "1")
    monkeypatch.delenv(WHERE, raising=False)
    with kept_bytecode():
        folder = Path(os.environ[WHERE])
        subprocess.run([sys.executable, "-c", "import one"], cwd=tmp_path, check=True)
        assert list(folder.rglob("one.*.pyc"))
    assert not folder.exists()
    assert os.environ[NEVER] == "1"
    assert WHERE not in os.environ
    assert list(tmp_path.iterdir()) == [tmp_path / "one.py"]
