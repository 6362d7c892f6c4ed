"""
Tasks and outcomes as rows of Arrow, which clusters hand around.

Promise: what comes back is what went in, a name of a file that is no Unicode included.
"""

from __future__ import annotations

import json
from dataclasses import fields
from typing import TYPE_CHECKING, Any, Final

try:
    import pyarrow as pa
except ModuleNotFoundError:
    raise ModuleNotFoundError(
        "engines on a cluster need pyarrow: pip install 'crashscrub[archives]'"
    ) from None

from scrubber.archive.found import Found
from scrubber.archive.tasks import Outcome, Piece, Task
from scrubber.report import Report

if TYPE_CHECKING:
    from collections.abc import Iterable

TASKS: Final = pa.schema(
    [
        pa.field("index", pa.int64(), nullable=False),
        # Names of files are bytes to a system; not all of them are text.
        pa.field("source", pa.binary(), nullable=False),
        pa.field("target", pa.binary(), nullable=False),
        pa.field("size", pa.int64(), nullable=False),
        pa.field("mtime_ns", pa.int64(), nullable=False),
        pa.field("start", pa.int64()),
        pa.field("end", pa.int64()),
    ]
)
OUTCOMES: Final = pa.schema(
    [
        pa.field("index", pa.int64(), nullable=False),
        pa.field("state", pa.string(), nullable=False),
        pa.field("kind", pa.string(), nullable=False),
        pa.field("reason", pa.string(), nullable=False),
        pa.field("sha256", pa.string(), nullable=False),
        pa.field("written", pa.int64(), nullable=False),
        pa.field("found", pa.string(), nullable=False),
        pa.field("start", pa.int64()),
        pa.field("pieces", pa.string(), nullable=False),
        pa.field("place", pa.binary(), nullable=False),
    ]
)

_ANY: Final = "surrogatepass"


def table_of_tasks(tasks: Iterable[Task]) -> pa.Table:
    """Give tasks as rows."""
    return pa.Table.from_pylist([row_of_task(task) for task in tasks], schema=TASKS)


def row_of_task(task: Task) -> dict[str, Any]:
    """Give a task as the values of a row."""
    row = {field.name: getattr(task, field.name) for field in fields(Task)}
    return {**row, "source": _bytes(task.source), "target": _bytes(task.target)}


def tasks_of(table: pa.Table | pa.RecordBatch) -> list[Task]:
    """Give the tasks that are the rows of a table."""
    return [
        Task(**{**row, "source": _text(row["source"]), "target": _text(row["target"])})
        for row in table.to_pylist()
    ]


def table_of_outcomes(outcomes: Iterable[Outcome]) -> pa.Table:
    """Give outcomes as rows."""
    return pa.Table.from_pylist([_row(one) for one in outcomes], schema=OUTCOMES)


def outcomes_of(rows: Iterable[dict[str, Any]]) -> list[Outcome]:
    """Give the outcomes that are rows.

    Args:
        rows: the values of each row by the names of `OUTCOMES`.
    """
    return [
        Outcome(
            **{
                **row,
                "found": _found(json.loads(row["found"])),
                "pieces": tuple(
                    Piece(size, written, settled, _found(found), changed)
                    for size, written, settled, found, changed in json.loads(row["pieces"])
                ),
                "place": _text(bytes(row["place"])),
            }
        )
        for row in rows
    ]


def _row(outcome: Outcome) -> dict[str, Any]:
    row = {field.name: getattr(outcome, field.name) for field in fields(Outcome)}
    pieces = [
        (one.size, one.written, one.settled, _counts(one.found), one.changed)
        for one in outcome.pieces
    ]
    return {
        **row,
        "found": json.dumps(_counts(outcome.found)),
        "pieces": json.dumps(pieces),
        "place": _bytes(outcome.place),
    }


def _counts(found: Found) -> dict[str, Any]:
    return {
        "counts": [(*key, count) for key, count in found.report.counts.items()],
        "failures": found.report.failures,
        "lines": found.lines,
        "hours": found.hours,
        "members": found.members,
    }


def _found(counts: dict[str, Any]) -> Found:
    report = Report(
        {(entity, rule): count for entity, rule, count in counts["counts"]}, counts["failures"]
    )
    found = Found(report, counts["lines"])
    found.hours.update(counts["hours"])
    found.members.update(counts["members"])
    return found


def _bytes(place: str) -> bytes:
    return place.encode("utf-8", _ANY)


def _text(place: bytes) -> str:
    return place.decode("utf-8", _ANY)
