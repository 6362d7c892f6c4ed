"""What a run came to: totals, the files with most findings, and what to look at."""

from __future__ import annotations

import json
from collections import Counter
from random import Random

import pytest

from scrubber.archive.found import Found
from scrubber.archive.kept import KEPT
from scrubber.archive.summary import Summary
from scrubber.archive.tasks import Outcome
from scrubber.archive.warned import Warned
from scrubber.report import Report

EMAIL = ("EMAIL_ADDRESS", "contact.email")
IP = ("IP_ADDRESS", "network.ipv4")


def outcome(state: str = "done", **values: int | str) -> Outcome:
    """Make an outcome of a file with e-mails, IPs, lines and failures."""
    counts = {EMAIL: int(values.get("emails", 0)), IP: int(values.get("ips", 0))}
    report = Report({key: n for key, n in counts.items() if n}, int(values.get("failures", 0)))
    found = Found(lines=int(values.get("lines", 0)))
    found.add(report, hour=str(values.get("hour", "")))
    return Outcome(
        0, state, kind="text", reason=str(values.get("reason", "")), written=10, found=found
    )


def test_files_add_up() -> None:
    """Bytes, lines, states and counts of all files are summed."""
    summary = Summary(seconds=2.0)
    summary.add("a.log", 100, outcome(emails=2, ips=1, lines=10, hour="2026-11-24T03"))
    summary.add("b.log", 300, outcome(emails=1, lines=5, hour="2026-11-24T04"))
    summary.add("c.bin", 50, outcome("listed", reason="no format knows it"))
    totals = (summary.files, summary.size, summary.written, summary.lines, summary.speed)
    assert totals == (3, 450, 30, 15, 225.0)
    assert summary.states == Counter(done=2, listed=1)
    assert summary.by_rule == {"contact.email": 3, "network.ipv4": 1}
    assert summary.hours == Counter({"2026-11-24T03": 3, "2026-11-24T04": 1})
    assert [line.name for line in summary.by_file()] == ["a.log", "b.log"]


def test_speed_is_that_of_this_run() -> None:
    """Bytes that a run before had done are in the total and not in the speed."""
    summary = Summary(seconds=1.0)
    summary.add("a.log", 100, outcome(), before=True)
    summary.add("b.log", 50, outcome())
    assert (summary.size, summary.speed, summary.before) == (150, 50.0, 1)


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (outcome(emails=21, lines=100), ["share"]),
        (outcome(emails=20, lines=100), []),
        (outcome(emails=99, lines=99), []),
        (outcome(failures=1), ["units"]),
        (outcome("failed", reason="is damaged"), ["failed"]),
        (outcome("listed", reason="is an image"), ["listed"]),
        (outcome("copied"), []),
    ],
)
def test_what_a_person_should_look_at_is_told(made: Outcome, expected: list[str]) -> None:
    """Failures, units, unusual shares in files of 100 lines or more, and files left out."""
    summary = Summary()
    summary.add("a.log", 1, made)
    assert [one.kind for one in summary.warnings()] == expected


def test_wrong_is_a_failed_file_or_unit_and_no_listed_file() -> None:
    """A file that no format knows is told of, and is no failure."""
    summary = Summary()
    summary.add("a", 1, outcome("listed"))
    assert not summary.wrong
    summary.add("b", 1, outcome(failures=1))
    assert summary.wrong


def test_many_files_are_summed_and_few_are_kept() -> None:
    """The files with most findings are kept; all are counted."""
    summary = Summary()
    for number in range(5000):
        summary.add(f"{number:04}.log", 1, outcome(emails=number % 1000, lines=100))
    assert len(summary.by_file()) == KEPT
    assert summary.by_file(3)[0].findings == summary.by_file(3)[2].findings == 999
    assert summary.files_hit == 4995
    assert len(summary.warnings()) == KEPT
    assert summary.warned == {"share": 5000 - 5 * 21}


def test_the_order_of_files_changes_nothing() -> None:
    """Engines end files in any order; the summary is the same."""
    files = [
        (f"{n % 70}.log", n, outcome("failed" if n % 7 == 0 else "done", emails=n % 13, reason="x"))
        for n in range(1500)
    ]
    summaries = []
    for seed in (1, 2):
        Random(seed).shuffle(files)  # noqa: S311  # an order
        summary = Summary()
        for name, size, one in files:
            summary.add(name, size, one)
        summaries.append(json.dumps(summary.to_json()))
    assert summaries[0] == summaries[1]


def test_json_holds_everything_a_page_shows() -> None:
    """It survives JSON, and warnings are in it with their words."""
    summary = Summary("verify", "ray", "word", "1.0", 1.5)
    summary.add("a.log", 1, outcome("failed", reason="still holds 3 findings"))
    read = json.loads(json.dumps(summary.to_json()))
    assert read["mode"] == "verify"
    assert read["warnings"][0]["reason"] == "still holds 3 findings"


@pytest.mark.parametrize(
    ("warned", "text"),
    [
        (Warned("units", "a", count=1), "a: 1 unit that could not be scrubbed"),
        (Warned("units", "a", count=2), "a: 2 units that could not be scrubbed"),
        (Warned("failed", "a", reason="is damaged"), "a: is damaged"),
        (Warned("listed", "a", reason="is an image"), "a: not copied: is an image"),
        (Warned("listed", "a"), "a: not copied"),
    ],
)
def test_a_warning_is_one_line(warned: Warned, text: str) -> None:
    """It says the file, and what is with it."""
    assert str(warned) == text
