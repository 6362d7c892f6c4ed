"""What the benchmark of names says is what was found, beside its bars; without peers it says so."""

from __future__ import annotations

import gzip
import json
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

from benchmarks.machine import Setting
from benchmarks.ner import __main__ as program
from benchmarks.ner import accuracy, clean, command
from benchmarks.ner.systems import (
    EMBEDDED,
    GAZETTEER,
    PACKAGED,
    PRESIDIO,
    SPACY,
    UNION,
    System,
    longest,
    opened,
)
from benchmarks.ner.tables import BARS, Cell, Grid, Report
from training.messages import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from benchmarks.ner.systems import Range

NAMED = Message("no row for Jane Doe", ((11, 19),), "english")
OTHER = Message("no row for Jean Dupont", ((11, 22),), "romance")
PLAIN = Message("no row for table")
SETTING = Setting("command", "date", "machine", "0.1", {"Python": "3"})


def system(name: str, *found: Range) -> System:
    """Return a system that finds the same in every text."""
    return System(name, PACKAGED, lambda _: found)


def values(grid: Grid, *row: str) -> dict[str, str]:
    """Return a row as it is shown."""
    return {one.column: str(one) for one in grid.cells if one.row == row}


@pytest.mark.parametrize(
    ("ranges", "kept"),
    [
        ([], []),
        ([(5, 9), (0, 4)], [(0, 4), (5, 9)]),
        ([(0, 4), (2, 9)], [(2, 9)]),
        ([(0, 4), (0, 4)], [(0, 4)]),
        ([(0, 5), (4, 6), (5, 9)], [(0, 5), (5, 9)]),
    ],
)
def test_of_overlapping_findings_the_longer_is_compared(
    ranges: list[Range], kept: list[Range]
) -> None:
    """And all of them are disjoint."""
    assert longest(ranges) == kept


def test_scores_stand_beside_their_bars() -> None:
    """Two halves of a name cover it, and are not it."""
    sets = {accuracy.PACKAGES: [NAMED, PLAIN]}
    exact, halves = system(EMBEDDED, (11, 19)), system(UNION, (11, 15), (16, 19))
    grid = accuracy.scores(accuracy.tallied(sets, [exact, halves]))
    found = values(grid, accuracy.PACKAGES, EMBEDDED, PACKAGED)
    assert found["precision"] == "0.500 (≥ 0.92 MISSED)"
    assert found["recall"] == "1.00"
    assert found["F1"] == "0.667 (≥ 0.82 MISSED)"
    found = values(grid, accuracy.PACKAGES, UNION, PACKAGED)
    assert (found["recall"], found["covered"], found["names"]) == ("0.000", "1.00", "1")


def test_the_bar_of_tweets_is_what_the_peer_reached() -> None:
    """In the same run."""
    sets = {accuracy.WNUT: [NAMED]}
    rivals = [system(EMBEDDED), system(SPACY, (11, 19))]
    grid = accuracy.scores(accuracy.tallied(sets, rivals))
    assert values(grid, accuracy.WNUT, EMBEDDED, PACKAGED)["F1"] == "0.000 (≥ 1 MISSED)"


def test_the_gap_is_between_the_best_and_the_worst_group() -> None:
    """Over both sets that have groups."""
    sets = {accuracy.TEMPLATES: [NAMED, OTHER], accuracy.PACKAGES: [NAMED, PLAIN]}
    grids = accuracy.by_group(accuracy.tallied(sets, [system(EMBEDDED, (11, 19))]))
    for grid in grids:
        column = f"{EMBEDDED}, {PACKAGED}"
        assert values(grid, "english") == {"count": "2", column: "100"}
        assert values(grid, "romance") == {"count": "1", column: "0.000"}
        gap = values(grid, "**best less worst, points**")
        assert gap == {column: "100 (≤ 10 MISSED)"}
    assert len(grids) == 2


def test_clean_lines_are_counted_by_line_and_slow_systems_read_some() -> None:
    """Real ones and our own each have a bar, and what was found is shown."""
    lines = {"log: a": ["x y"] * 50, "traces": ["z"] * 4}
    rivals = [system(EMBEDDED, (0, 1), (2, 3)), system(SPACY)]
    grid, wrong = accuracy.clean(lines, rivals, most=10, shown=1)
    assert values(grid, "log: a") == {"lines": "50", EMBEDDED: "100", SPACY: "0.000"}
    assert values(grid, "**all real logs**")[EMBEDDED] == "100 (≤ 0.3 MISSED)"
    assert values(grid, "**all own lines**")[EMBEDDED] == "100 (≤ 0.05 MISSED)"
    assert wrong[0] == f"by {EMBEDDED}, log: a: `x`, `y`"
    assert len(wrong) == 2


def test_a_list_finds_runs_of_its_words() -> None:
    """Capital ones that stand together, and nothing but them."""
    made, refused = opened(peers=False, unknown=False)
    find = next(one.find for one in made if one.name == GAZETTEER)
    text = "Failed: Maria Gonzalez-Garcia, maria, and Xqzt Peter"
    assert [text[start:end] for start, end in find(text)] == ["Maria Gonzalez-Garcia", "Peter"]
    assert set(refused) == {UNION, SPACY, PRESIDIO}


def test_clean_lines_are_drawn_alike_each_time() -> None:
    """Half of them are of training runs, and tracebacks have a last line each."""
    made = clean.generated(400)
    assert made == clean.generated(400)
    assert [len(one) for one in made.values()] == [200, 100, 100]
    found = clean.tracebacks()
    assert any(line.startswith("json.decoder.JSONDecodeError: ") for line in found)
    assert len([line for line in found if not line.startswith(" ")]) > len(clean.FAILURES) // 2


COPIES = """
import pathlib, sys
at = sys.argv.index("-o")
text = pathlib.Path(sys.argv[at - 1]).read_text("utf-8")
pathlib.Path(sys.argv[at + 1]).write_text(text, "utf-8")
print(f"{FOUND} findings", file=sys.stderr)
"""


def test_a_command_that_finds_something_else_is_red(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A count is right for a file, and a constant for all of them is not."""
    (tmp_path / "a.log").write_text("mail user1@example.com sent\n", "utf-8")
    monkeypatch.setattr(command, "training_lines", lambda _: iter(["epoch 1", "epoch 2"]))
    for counted, status in (("text.count('@')", 0), ("1", 1)):
        code = COPIES.replace("FOUND", counted)
        monkeypatch.setattr(command, "COMMAND", (sys.executable, "-c", code))
        report = Report(SETTING)
        report.listed("command", command.of_logs(tmp_path, 40, 1))
        assert report.finish(None) == status


def test_a_missed_bar_is_marked_and_no_failure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In the table, below it and in the file."""
    cell = Cell(("english",), "gap", 11.0, "points", BARS["gap"])
    report = Report(SETTING, [Grid("groups", ("names",), [cell])], ["a note"])
    path = tmp_path / "figures.json"
    assert report.finish(path) == 0
    said = capsys.readouterr().out
    assert "| english | 11.0 (≤ 10 MISSED) |" in said
    assert "- MISSED groups: english, gap" in said
    written = json.loads(path.read_text("utf-8"))
    assert written["figures"][0]["held"] is False
    assert written["notes"] == ["a note"]


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    """Return a folder of corpora of a few messages, with a folder of logs in it."""
    rows = [
        {"pkg": package, "t": [f"{word} ", ["self.name"], " was refused"]}
        for package in ("flask", "redis", "nobodys")
        for word in ("request of", "login as", "row for")
    ]
    with gzip.open(tmp_path / "error_templates.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    (tmp_path / "wnut17").mkdir()
    conll = "hello\tO\nJane\tB-person\nDoe\tI-person\n\n"
    (tmp_path / "wnut17" / "emerging.test.conll").write_text(conll, "utf-8")
    (tmp_path / "logs").mkdir()
    log = "".join(f"12:00:{second:02} session {second} closed\n" for second in range(20))
    (tmp_path / "logs" / "Server_2k.log").write_text(log, "utf-8")
    return tmp_path


@pytest.fixture
def run(corpora: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Sequence[str]], int]:
    """Return what runs the program on little, without peers."""
    monkeypatch.setattr(clean, "COMMANDS", clean.COMMANDS[:1])
    few = ["--most=40", "--lines=40", "--rounds=1", "--without-peers", "--parts"]

    def running(parts: Sequence[str]) -> int:
        where = [str(corpora), "--logs", str(corpora / "logs")]
        return program.main([*where, "--json", str(corpora / "out.json"), *few, *parts])

    return running


def titles(said: str) -> list[str]:
    """Return the titles of the tables."""
    return [line.removeprefix("## ") for line in said.splitlines() if line.startswith("## ")]


@pytest.mark.skipif(find_spec("faker") is None, reason="the names of the held-out sets are Faker's")
def test_names_are_scored_without_peers(
    corpora: Path, run: Callable[[Sequence[str]], int], capsys: pytest.CaptureFixture[str]
) -> None:
    """Each set with both kinds of lists, and each peer with a reason."""
    assert run(["names", "messages"]) == 0
    said = capsys.readouterr().out
    assert titles(said) == [
        "names found, by exact span",
        "recall by group of names, covered",
        "recall by group of names, found by exact span",
        "time of a message",
    ]
    for peer in (UNION, SPACY, PRESIDIO):
        assert f"- skipped: {peer}: left out: --without-peers" in said
    figures = json.loads((corpora / "out.json").read_text("utf-8"))["figures"]
    f1 = {one["what"]: one["value"] for one in figures if one["what"].endswith("F1")}
    assert f1[f"{accuracy.WNUT}, {EMBEDDED}, {PACKAGED}, F1"] == 1.0
    assert len(f1) == 3 * 2 * 2


def test_logs_are_read_and_a_first_line_is_timed(
    corpora: Path, run: Callable[[Sequence[str]], int], capsys: pytest.CaptureFixture[str]
) -> None:
    """That needs no names of others."""
    assert run(["clean", "lines", "start"]) == 0
    assert titles(capsys.readouterr().out) == [
        "clean lines with a name found, %",
        "time of a line of a log",
        "first line, memory and size",
    ]
    figures = json.loads((corpora / "out.json").read_text("utf-8"))["figures"]
    values = {one["what"]: one["value"] for one in figures}
    assert values["log: Server, lines"] == 20
    assert values[f"log: Server, {EMBEDDED}"] == 0


def test_without_faker_names_are_skipped_with_the_reason(
    run: Callable[[Sequence[str]], int],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """No table of names is there, and no error."""
    monkeypatch.setattr(program, "find_spec", lambda _: None)
    assert run(["names", "messages"]) == 0
    said = capsys.readouterr().out
    assert titles(said) == []
    assert "- skipped: messages, names: not installed: faker" in said
