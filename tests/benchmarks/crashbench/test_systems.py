"""Each system runs in its own process, and one that fails is counted."""

from __future__ import annotations

import json
import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from benchmarks.crashbench import running
from benchmarks.crashbench.adapters import ADAPTERS, Adapter
from benchmarks.crashbench.cases import Case, Label, Stay
from benchmarks.crashbench.judging import Reference
from benchmarks.crashbench.remote import Remote, RemoteError
from benchmarks.crashbench.running import Order, run
from benchmarks.crashbench.scores import Scores
from benchmarks.crashbench.systems import SYSTEMS, chosen, environments, opened
from benchmarks.crashbench.worker import answered

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TEXT = "mail jane.roe@example.com at step 12"
LABEL = Label("EMAIL_ADDRESS", "email", "jane.roe@example.com", (), "raw", (), 5, 25)
CASES = [
    Case("dev-0", "dev", "text", "log", TEXT, (LABEL,), (Stay("step 12", ()),)),
    Case("dev-1", "dev", "event", "event", {"message": "step 13"}, (), (Stay("13", ("message",)),)),
]


def cases(_split: str, *, seed: int, size: int | None) -> Iterator[Case]:
    """Stand in for the corpus."""
    assert seed >= 0
    yield from CASES[:size]


def failing(_: object) -> str:
    """Scrub nothing."""
    raise ValueError


def test_controls_score_as_they_should(monkeypatch: pytest.MonkeyPatch) -> None:
    """In processes of their own: the one leaks all, the other damages all, both are timed."""
    monkeypatch.setattr("benchmarks.crashbench.cases.cases", cases)
    steps: list[tuple[int, int]] = []
    order = Order("dev", chosen(["nothing", "everything"]), rounds=1, command="command")
    outcome = run(order, lambda done, total: steps.append((done, total)))
    found = {
        system.id: (scores.overall.leak.value, scores.overall.damage.value)
        for system, (_, scores) in outcome.systems.items()
    }
    assert found == {"nothing": (1.0, 0.0), "everything": (0.0, 1.0)}
    assert steps[-1] == (8, 8)
    told = outcome.as_json()
    assert json.loads(json.dumps(told)) == told
    assert set(told) == {"format", "corpus", "setting", "systems", "missing"}
    assert told["corpus"]["cases"] == 2
    for system in told["systems"]:
        assert {"id", "name", "version", "unfair", "overall", "by_sort", "time"} <= set(system)
        assert system["time"]["ms_per_case"] > 0
        assert set(system["overall"]["leak"]) == {"hits", "of", "rate", "low", "high"}


@pytest.mark.parametrize(
    ("adapter", "error"),
    [
        (Adapter("", failing, failing), "ValueError"),
        (Adapter("", lambda _: None, lambda _: None), "nothing came back"),
        (Adapter("", lambda _: 1, lambda _: 1), "something else came back"),
    ],
    ids=["raises", "drops", "breaks"],
)
def test_failing_system_is_counted(adapter: Adapter, error: str) -> None:
    """It says the kind only, and every string that had to stay counts as gone."""
    request = {"cases": [[one.kind, one.content] for one in CASES]}
    answer = json.loads(answered(adapter, request))
    assert answer["errors"] == [error, error]
    assert answer["outputs"] == [None, None]
    scores = Scores()
    for case in CASES:
        reference = Reference(case)
        scores.add(reference.judge(None), reference.values)
    assert (scores.overall.leak.value, scores.overall.damage.value) == (0.0, 1.0)


def test_process_that_ended_is_counted() -> None:
    """All cases it was asked for failed, and the run goes on."""
    with Remote.start("nothing") as remote:
        remote.open()
        remote.process.kill()
        remote.process.wait()
        scores = Scores()
        running.scored(scores, remote, [Reference(case) for case in CASES])
        running.time(scores, remote, CASES)
    assert scores.errors == {"its process ended": 2}
    assert scores.milliseconds is None


def test_silent_process_is_ended() -> None:
    """Patience has an end."""
    with Remote.start("nothing", patience=0.0) as remote, pytest.raises(RemoteError, match="ended"):
        remote.open()


def test_missing_system_is_told_with_its_command(tmp_path: Path) -> None:
    """Why it does not run, and what to type."""
    systems = chosen(["scrubadub", "nothing"])
    with ExitStack() as stack:
        running_here, missing = opened(stack, systems, {"scrubadub": str(tmp_path / "python")})
    assert [one.id for one in running_here] == ["nothing"]
    ((one),) = missing
    assert one.reason == "cannot start its interpreter: FileNotFoundError"
    assert one.system.install == "pip install scrubadub"


def test_package_that_is_not_installed_is_named() -> None:
    """By its own name, not by a traceback."""
    with Remote.start("scrubadub", sys.executable) as remote:
        try:
            remote.open()
        except RemoteError as error:
            assert str(error) == "not installed: scrubadub"  # noqa: PT017  # or it is installed


def test_library_scrubs_in_its_process() -> None:
    """An event and a text, by the sources that are running here."""
    with Remote.start("balanced") as remote:
        remote.open()
        answer = remote.cases([("text", TEXT), ("event", {"message": TEXT})], outputs=True)
    assert answer["errors"] == ["", ""]
    assert answer["outputs"] == [
        "mail [email] at step 12",
        {"message": "mail [email] at step 12"},
    ]


def test_every_system_has_an_adapter() -> None:
    """And every adapter a system, each with what is unfair about it."""
    assert {one.id for one in SYSTEMS} == set(ADAPTERS)
    assert [one.id for one in SYSTEMS if not one.unfair] == []


def test_unknown_system_is_refused() -> None:
    """With the names there are."""
    with pytest.raises(ValueError, match="no system nobody; there are balanced, "):
        chosen(["nobody"])


def test_environments_are_found_by_system_or_package(tmp_path: Path) -> None:
    """A folder that has no interpreter is none."""
    for name in ("sentry-relay", "presidio"):
        python = tmp_path / name / "bin" / "python"
        python.parent.mkdir(parents=True)
        python.touch()
        windows = tmp_path / name / "Scripts" / "python.exe"
        windows.parent.mkdir(parents=True)
        windows.touch()
    (tmp_path / "scrubadub").mkdir()
    assert set(environments(tmp_path)) == {"relay", "relay-full", "presidio"}
