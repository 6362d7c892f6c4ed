"""A number under a name: the same answer in every format that has columns or keys."""

from __future__ import annotations

import io
import json
import sqlite3
from contextlib import closing
from typing import Any

import pytest

from tests.archive.formats.binary_documents import once

pa: Any = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
pq: Any = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")


def _of_csv(name: str, number: float) -> float:
    done = once(f"{name},note\n{number},x\n".encode(), name="a.csv").data
    cell = done.decode().splitlines()[1].partition(",")[0]
    return float(cell) if "." in cell else int(cell)


def _of_json(name: str, number: float) -> Any:  # noqa: ANN401  # the JSON border
    return json.loads(once(json.dumps([{name: number}]).encode(), name="a.json").data)[0][name]


def _of_parquet(name: str, number: float) -> Any:  # noqa: ANN401  # of pyarrow
    source = io.BytesIO()
    pq.write_table(pa.table({name: [number]}), source)
    made = once(source.getvalue(), name="a.parquet")
    return pq.read_table(io.BytesIO(made.data)).column(0)[0].as_py()


def _of_sqlite(name: str, number: float) -> Any:  # noqa: ANN401  # of SQLite
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute(f"CREATE TABLE t({name})")
        db.execute("INSERT INTO t VALUES(?)", (number,))
        db.commit()
        data = db.serialize()
    with closing(sqlite3.connect(":memory:")) as db:
        db.deserialize(once(data, name="a.db").data)
        return db.execute("SELECT * FROM t").fetchone()[0]


@pytest.mark.parametrize(
    ("name", "number", "expected"),
    [
        ("user_id", 9999, 9999),
        ("user_id", 10000, 0),
        ("user_id", 10000.0, 0.0),
        ("user_id", 0.5, 0.5),
        ("account_id", 71234567, 71234567),
        ("id", 71234567, 71234567),
        ("epoch", 1767225600, 1767225600),
        ("phone", 71234567, 0),
        ("password", 7, 0),
        ("pin", 1234.0, 0.0),
        ("tokens", 4096, 4096),
        ("token", 7, 7),
        ("token", 12345, 0),
    ],
)
def test_every_format_gives_the_same_number(name: str, number: float, expected: float) -> None:
    """An id of a user is a finding, a count is none; a number keeps its type."""
    found = [of(name, number) for of in (_of_csv, _of_json, _of_parquet, _of_sqlite)]
    assert found == [expected] * 4
    assert {type(one) for one in found} == {type(number)}
