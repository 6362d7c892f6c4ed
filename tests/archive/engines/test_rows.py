"""Tasks and outcomes as rows: what comes back is what went in."""

from __future__ import annotations

from collections import Counter

import pytest

pytest.importorskip("pyarrow", reason="tasks are rows of Arrow")

from scrubber.archive.engines import rows
from scrubber.archive.found import Found
from scrubber.archive.tasks import Outcome, Piece, Task
from scrubber.report import Report

FOUND = Found(
    Report({("EMAIL_ADDRESS", "contact.email"): 3, ("IP_ADDRESS", "network.ipv4"): 1}, 2),
    100,
    Counter({"2026-11-24T03": 3, "": 1}),
    Counter({"done": 5}),
)
TASKS = [
    Task(0, "/in/a.log", "/out/a.log", 12, 1_700_000_000_000_000_001),
    Task(7, "s3://b/\u00e9.log", "s3://c/\u00e9.log", 1 << 40, 0, 0, 64 << 20),
    Task(8, "/in/\udcff.log", "/out/\udcff.log", 0, -1, 64 << 20, None),
]
OUTCOMES = [
    Outcome(0, "done", "text", "", "ab" * 32, 12, FOUND),
    Outcome(1, "failed", reason="is cut off"),
    Outcome(
        2,
        "range",
        "text",
        start=0,
        pieces=(Piece(10, 12, True, FOUND), Piece(3, 0, False, Found(), True)),  # noqa: FBT003
        place="/out/.scrubber-\udcff",
    ),
]


def test_tasks_come_back() -> None:
    """Names that are no Unicode, sizes beyond 32 bits, and what is not there."""
    assert rows.tasks_of(rows.table_of_tasks(TASKS)) == TASKS
    assert rows.tasks_of(rows.table_of_tasks([])) == []
    assert rows.table_of_tasks([]).schema == rows.TASKS


def test_outcomes_come_back() -> None:
    """With all counts, in types that go on adding up."""
    found = rows.outcomes_of(rows.table_of_outcomes(OUTCOMES).to_pylist())
    assert found == OUTCOMES
    found[0].found.add(Report({("A", "b"): 1}), hour="x")
    found[2].pieces[0].found.__iadd__(FOUND)
