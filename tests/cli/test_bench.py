"""`scrubber bench crashbench`: what it prints, writes and refuses."""

from __future__ import annotations

import json
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

from benchmarks.crashbench.cases import cases
from scrubber.cli.bench import crashbench_dir
from scrubber.errors import ConfigError

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command

RUN = ("bench", "crashbench", "--size", "4", "--rounds", "1")
CONTROLS = ("--systems", "nothing,everything")


def test_table_and_json_are_written(command: Command, folder: Path) -> None:
    """What leaks all and what deletes all, by sort, with what it means."""
    done = command(*RUN, *CONTROLS, "--json", "run.json")
    assert done.exit_code == 0
    for word in ("CrashBench ", "nothing ", "everything", "leak % by sort", "what it means"):
        assert word in done.stdout
    written = json.loads((folder / "run.json").read_text("utf-8"))
    rates = [one["overall"]["leak"]["rate"] for one in written["systems"]]
    assert rates == [1.0, 0.0]
    assert written["corpus"]["cases"] == 4
    assert {"command", "date", "cores", "python"} <= set(written["setting"])


@pytest.mark.parametrize("columns", [60, 140])
def test_no_line_is_wider_than_the_terminal(
    command: Command, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    """Systems that do not fit are in a further table."""
    monkeypatch.setenv("COLUMNS", str(columns))
    done = command(*RUN, *CONTROLS)
    assert done.exit_code == 0
    assert max(len(line) for line in done.stdout.splitlines()) <= columns


def test_leaks_are_listed_without_values(command: Command) -> None:
    """A line each: system, what, case, sort, encoding, place."""
    done = command(*RUN, "--systems", "nothing", "--show-leaks")
    lines = [line.split("\t") for line in done.stdout.splitlines() if "\t" in line]
    assert {len(line) for line in lines} == {6}
    assert {line[:2][1] for line in lines} == {"leak"}
    assert "@" not in "".join("".join(line) for line in lines)


def test_one_case_is_shown_whole(command: Command) -> None:
    """With what goes in, what comes out, and what is wrong with it."""
    case = next(one for one in cases("dev", size=20) if one.labels)
    done = command("bench", "crashbench", "--case", case.id, "--systems", "nothing")
    assert done.exit_code == 0
    assert done.stdout.startswith(f"# {case.id}: ")
    assert all(label.value in done.stdout for label in case.labels)
    assert "nobody's data" in done.stdout
    assert "- leak: " in done.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--systems", "nobody"), "no system nobody"),
        (("--case", "dev-x"), "no case dev-x"),
        ((*CONTROLS, "--size", "2", "--cases", "nothing such"), "no value of the sort"),
        (("--environment", "relay"), "write NAME=PYTHON"),
        (("--chart", "run.jpeg"), "a chart is a .png or a .svg"),
        (("--json", "nowhere/run.json"), "no file can be written"),
        (("--environments", "nowhere"), "no such folder"),
        (("--case", "dev-999999999"), "no case"),
    ],
    ids=["system", "case", "sort", "environment", "chart", "json", "environments", "far"],
)
def test_wrong_option_is_told(command: Command, arguments: tuple[str, ...], words: str) -> None:
    """One sentence, and 2."""
    done = command("bench", "crashbench", *arguments)
    assert (done.exit_code, words in done.stderr) == (2, True)


def test_policy_leaves_the_other_policies_out(command: Command) -> None:
    """Systems that are not ours stay; what cannot be started is told."""
    nowhere = [f"--environment={name}=nowhere" for name in ("strict", "fast", "scrubadub")]
    systems = ("--systems", "strict,fast,scrubadub,nothing", "--policy", "fast")
    done = command(*RUN, *systems, *nowhere)
    assert done.exit_code == 0
    assert "\n nothing " in done.stdout
    _, _, missing = done.stdout.partition("not here")
    assert [line.split(":")[0].strip() for line in missing.splitlines() if ":" in line] == [
        "fast",
        "scrubadub",
    ]
    assert "(pip install scrubadub)" in " ".join(missing.split())


def test_missing_matplotlib_is_told_before_the_run(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With its command, and without a table."""
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    done = command(*RUN, *CONTROLS, "--chart", "run.png")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "pip install 'crashscrub[bench]'" in done.stderr


@pytest.mark.skipif(find_spec("matplotlib") is None, reason="matplotlib is not installed")
@pytest.mark.parametrize(("file", "start"), [("run.png", b"\x89PNG"), ("run.svg", b"<?xml")])
def test_chart_is_written(command: Command, folder: Path, file: str, start: bytes) -> None:
    """As its suffix says; an SVG says in words what it shows."""
    done = command(*RUN, *CONTROLS, "--chart", file)
    assert done.exit_code == 0
    drawn = (folder / file).read_bytes()
    assert drawn.startswith(start)
    assert b"nothing leaks 100.0 %" in drawn


def test_benchmark_is_found_in_a_wheel_and_in_a_checkout(tmp_path: Path) -> None:
    """Inside the package first, then beside it; else it is told."""
    package = tmp_path / "scrubber"
    with pytest.raises(ConfigError, match="reinstall crashscrub"):
        crashbench_dir(package)
    for place in (tmp_path / "benchmarks" / "crashbench", package / "_crashbench"):
        place.mkdir(parents=True)
        (place / "cases.py").touch()
        assert crashbench_dir(package) == place
