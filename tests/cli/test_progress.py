"""The bar on a terminal: when it is shown, and what of it stays."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from scrubber.cli import progress as module
from scrubber.cli.progress import Progress, progress
from scrubber.files.opened import Counted

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Spawn

SIZE = 4_000_000


class Terminal(io.StringIO):
    """A stderr on which somebody looks."""

    def isatty(self) -> bool:
        """Tell so."""
        return True


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal of 80 columns, and a clock that goes a second further at each look."""
    shown = Terminal()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "80")
    seconds = iter(range(1000))
    clock = SimpleNamespace(monotonic=lambda: float(next(seconds)))
    monkeypatch.setattr(module, "time", clock)
    return shown


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """A file of 4 MB whose name has a control character."""
    path = tmp_path / "app\x1b.log"
    path.write_bytes(bytes(SIZE))
    return path


def read(terminal: Terminal, log: Path, *, shown: bool = True) -> None:
    """Read a file as the command does."""
    with (
        pytest.MonkeyPatch.context() as patch,
        log.open("rb", buffering=0) as raw,
    ):
        # Not earlier: pytest puts its own in place before each test.
        patch.setattr(sys, "stderr", terminal)
        show(raw, shown=shown)


def show(raw: io.FileIO, *, shown: bool) -> None:
    """Read an open file."""
    with progress("app\x1b.log", raw, shown=shown) as told:
        if told is None:
            return
        told.findings = lambda: 1234
        source = Counted(raw, told.read)
        while source.read(SIZE // 4):
            pass


def test_the_bar_tells_bytes_rate_findings_and_what_is_left(terminal: Terminal, log: Path) -> None:
    """On one line of 80 columns, which is taken away."""
    pytest.importorskip("rich", reason="the bar is drawn by rich")
    read(terminal, log)
    shown = " ".join(re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", terminal.getvalue()).split())
    assert "app\\x1b.log" in shown
    assert "2.0/4.0 MB 1.0 MB/s 1,234 found 0:02" in shown
    assert "\x1b[1A\x1b[2K" in terminal.getvalue()


@pytest.mark.parametrize("term", ["dumb", "unknown"])
def test_a_terminal_that_cannot_move_its_cursor_shows_none(
    terminal: Terminal, log: Path, monkeypatch: pytest.MonkeyPatch, term: str
) -> None:
    """It would show line after line."""
    monkeypatch.setenv("TERM", term)
    read(terminal, log)
    assert terminal.getvalue() == ""


def test_no_bar_where_it_is_not_wanted_or_rich_is_missing(
    terminal: Terminal, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither is an error."""
    read(terminal, log, shown=False)
    monkeypatch.setitem(sys.modules, "rich", None)
    read(terminal, log)
    assert terminal.getvalue() == ""


def test_short_runs_show_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bar that flashes up tells nobody anything."""
    monkeypatch.setattr(module, "_bar", None)
    monkeypatch.setattr(module, "time", SimpleNamespace(monotonic=lambda: 0.0))
    one = Progress("x", None)
    one.read(SIZE)
    one.end()


def test_nothing_heavy_is_loaded_without_a_bar(spawn: Spawn) -> None:
    """Neither rich nor processes, for a filter in a pipe."""
    code = (
        "import sys; from scrubber.cli import main\n"
        "try: main()\n"
        "finally: print(sorted({'rich', 'multiprocessing'} & set(sys.modules)), file=sys.stderr)"
    )
    assert spawn is not None
    done = subprocess.run(
        [sys.executable, "-c", code, "redact", "-q"],
        input=b"x\n",
        capture_output=True,
        check=True,
        env={**os.environ},
    )
    assert (done.stdout, done.stderr) == (b"x\n", b"[]\n")
