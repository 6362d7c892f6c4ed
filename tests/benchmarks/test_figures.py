"""How figures are measured and told: in turns, with a bar, and red when a count is wrong."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from benchmarks import run
from benchmarks.figures import Bar, Figure, Results, bars
from benchmarks.machine import Setting
from benchmarks.measure import Timing, interleaved, stopwatch

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SETTING = Setting("command", "date", "machine", "0.1", {"Python": "3"})


def contestant(name: str, log: list[str], seconds: float) -> Callable[[], float]:
    """Return one that says when it ran."""

    def work() -> float:
        log.append(name)
        return seconds

    return work


def test_contestants_run_in_turns() -> None:
    """A B, A B; the first turn warms and does not count."""
    log: list[str] = []
    work = {"a": contestant("a", log, 1.0), "b": contestant("b", log, 2.0)}
    times = interleaved(work, 2)
    assert log == ["a", "b"] * 3
    assert times == {"a": Timing((1.0, 1.0)), "b": Timing((2.0, 2.0))}


def test_a_ratio_is_taken_within_rounds() -> None:
    """A slow round of both does not change it."""
    assert Timing((1.0, 100.0, 2.0)).times(Timing((2.0, 200.0, 4.0))) == 0.5
    assert Timing((3.0, 1.0, 2.0)).median == 2.0
    assert Timing((3.0, 1.0, 2.0)).spread == 1.0


def test_a_stopwatch_runs_the_work() -> None:
    """Once each time."""
    ran: list[int] = []
    assert stopwatch(lambda: ran.append(1))() >= 0
    assert ran == [1]


@pytest.mark.parametrize(
    ("bar", "value", "held"),
    [
        (Bar(1.7, least=False), 1.7, True),
        (Bar(1.7, least=False), 1.8, False),
        (Bar(70.0, least=True), 70.0, True),
        (Bar(70.0, least=True), 69.0, False),
    ],
)
def test_a_bar_is_a_limit_from_one_side(bar: Bar, value: float, *, held: bool) -> None:
    """The limit itself is enough."""
    assert bar.held(value) is held


def test_every_bar_has_one_limit() -> None:
    """At least or at most, and a benchmark that names one finds it."""
    assert all(bar.value > 0 for bar in bars().values())
    assert {one.bar for one in run.load() if one.bar} <= set(bars())


@pytest.mark.parametrize(("findings", "status"), [(3, 0), (2, 1), (4, 1)])
def test_a_wrong_count_is_red(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], findings: int, status: int
) -> None:
    """In the table, in the file and in the exit status; a missed bar is not."""
    missed = Bar(1.0, least=False)
    results = Results(SETTING, [Figure("lines", "fast", 2.0, "µs", missed, findings, expected=3)])
    results.skip("peer", "not installed")
    path = tmp_path / "figures.json"
    assert results.finish(path) == status
    said = capsys.readouterr().out
    assert ("WRONG" in said) is bool(status)
    assert "MISSED" in said
    assert "skipped: peer: not installed" in said
    written = json.loads(path.read_text("utf-8"))
    assert written["command"] == "command"
    assert written["versions"] == {"Python": "3"}
    assert written["figures"][0]["wrong"] is bool(status)
    assert written["figures"][0]["held"] is False
