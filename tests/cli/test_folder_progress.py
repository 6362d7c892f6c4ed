"""How far a run over folders has got: when it is shown, and what of it stays."""

from __future__ import annotations

import io
import re
import sys
from types import SimpleNamespace

import pytest

from scrubber.archive.found import Found
from scrubber.archive.tasks import Outcome
from scrubber.cli import folder_progress as module
from scrubber.cli.folder_progress import folder_progress
from scrubber.report import Report

MB = 1_000_000


class Terminal(io.StringIO):
    """A stderr on which somebody looks."""

    def isatty(self) -> bool:
        """Tell so."""
        return True


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A clock that stands until it is set."""
    clock = SimpleNamespace(now=100.0)
    monkeypatch.setattr(module, "time", SimpleNamespace(monotonic=lambda: clock.now))
    return clock


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal of 120 columns."""
    shown = Terminal()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.delenv("NO_COLOR", raising=False)
    return shown


def outcome(state: str = "done", findings: int = 0) -> Outcome:
    """Make an outcome with findings."""
    report = Report({("EMAIL_ADDRESS", "contact.email"): findings} if findings else {})
    return Outcome(0, state, found=Found(report))


def watched(clock: SimpleNamespace, terminal: Terminal, files: int, seconds: float) -> None:
    """Do files while somebody looks."""
    with pytest.MonkeyPatch.context() as patch:
        # Here and not in the fixture: pytest puts a stderr of its own in before each phase.
        patch.setattr(sys, "stderr", terminal)
        run(clock, files, seconds)


def run(clock: SimpleNamespace, files: int, seconds: float, *, quiet: bool = False) -> None:
    """Do files of 1 MB, the first of which fails, each in some seconds."""
    watch = folder_progress(quiet=quiet)
    watch.begin(files, files * MB)
    for number in range(files):
        clock.now += seconds
        watch.done(outcome("done" if number else "failed", 2), MB, f"logs/\x1b{number}[x].log")
    watch.end()


def plain(text: str) -> list[str]:
    """Give what stands on a terminal after each look."""
    looks = re.split(r"\r|\n", re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text))
    return [look.strip() for look in looks if look.strip()]


def test_line_says_files_bytes_rate_findings_failures_and_time(
    clock: SimpleNamespace, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where nobody looks, and after five seconds."""
    run(clock, 10, 1.25)
    assert capsys.readouterr().err.splitlines()[0] == (
        "scrubber: 4 of 10 files, 4.0 MB of 10.0 MB, 800.0 kB/s, 8 findings, 1 failed, 0:08 left"
    )


def test_short_run_says_nothing(clock: SimpleNamespace, capsys: pytest.CaptureFixture[str]) -> None:
    """The command's own last line is enough."""
    run(clock, 40, 0.1)
    assert capsys.readouterr().err == ""


def test_lines_are_few_however_many_files_there_are(
    clock: SimpleNamespace, capsys: pytest.CaptureFixture[str]
) -> None:
    """A day, with a file each second."""
    run(clock, 86_400, 1.0)
    assert 250 < len(capsys.readouterr().err.splitlines()) < 310


def test_quiet_run_says_nothing(
    clock: SimpleNamespace, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither a bar nor a line."""
    monkeypatch.setattr(sys, "stderr", terminal)
    run(clock, 10, 100.0, quiet=True)
    assert terminal.getvalue() == ""


def test_bar_shows_everything_and_is_gone_at_the_end(
    clock: SimpleNamespace, terminal: Terminal
) -> None:
    """Control characters of a name do not reach the terminal, and brackets are no markup."""
    watched(clock, terminal, 4, 2.0)
    looks = plain(terminal.getvalue())
    last = [look for look in looks if "4/4 files" in look][-1]
    for part in ("100%", "4.0 MB/4.0 MB", "500.0 kB/s", "8 found", "1 failed", "\\x1b3[x].log"):
        assert part in last
    # Up one line and it is erased, with the cursor shown again.
    assert terminal.getvalue().endswith("\x1b[2K")
    assert "\x1b[?25h" in terminal.getvalue()


def test_bar_fits_a_narrow_terminal(
    clock: SimpleNamespace, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line at each look: a second one would stay."""
    monkeypatch.setenv("COLUMNS", "60")
    watched(clock, terminal, 4, 2.0)
    looks = plain(terminal.getvalue())
    assert max(len(look) for look in looks) <= 60
    assert "…" not in terminal.getvalue()
    assert looks[-1].endswith("4/4 files 1 failed 0:00")


def test_bar_is_drawn_ten_times_a_second_at_most(
    clock: SimpleNamespace, terminal: Terminal
) -> None:
    """A million small files are not a million looks."""
    watched(clock, terminal, 10_000, 0.001)
    assert len(plain(terminal.getvalue())) < 150


@pytest.mark.parametrize("why", ["dumb", "no rich"])
def test_terminal_without_a_bar_gets_lines(
    why: str, clock: SimpleNamespace, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that cannot move its cursor, and where rich is not installed."""
    if why == "dumb":
        monkeypatch.setenv("TERM", "dumb")
    else:
        monkeypatch.setitem(sys.modules, "rich", None)
    watched(clock, terminal, 10, 2.0)
    lines = plain(terminal.getvalue())
    assert lines
    assert all(line.startswith("scrubber: ") for line in lines)


def test_run_over_nothing_ends(clock: SimpleNamespace, terminal: Terminal) -> None:
    """No file, no byte, no time."""
    watched(clock, terminal, 0, 0.0)
    assert "0/0 files" in terminal.getvalue()


def test_files_that_are_left_out_are_no_bytes_of_the_run(
    clock: SimpleNamespace, capsys: pytest.CaptureFixture[str]
) -> None:
    """They are counted as files; the bytes never go over the total."""
    watch = folder_progress(quiet=False)
    watch.begin(2, MB)
    clock.now += 10
    watch.done(outcome("listed"), 5 * MB, "x")
    assert "1 of 2 files, 1.0 MB of 1.0 MB" in capsys.readouterr().err
