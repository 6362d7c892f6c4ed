"""Parquet: schema, groups and packing as they were; no value that was replaced left anywhere."""

from __future__ import annotations

import datetime as dt
import io
import json
from decimal import Decimal
from typing import Any

import pytest

from scrubber.archive.formats.images import PNG
from scrubber.archive.limits import Limits
from scrubber.errors import InputError
from tests.archive.formats.binary_documents import (
    IMAGE,
    MAIL,
    OTHER,
    WORD,
    once,
    refused,
    scrubbed,
    shown,
)

pa: Any = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
pq: Any = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")


def written(table: Any, **settings: Any) -> bytes:  # noqa: ANN401  # of pyarrow
    """Write a table."""
    target = io.BytesIO()
    pq.write_table(table, target, **settings)
    return target.getvalue()


def column(*cells: Any, kind: Any = None, name: str = "x") -> list[Any]:  # noqa: ANN401  # any cell
    """Scrub a file of one column, and give its cells."""
    before = pa.table({name: pa.array(cells, kind)})
    made = scrubbed(written(before, row_group_size=max(len(cells) // 2, 1)))
    after = pq.read_table(io.BytesIO(made.data))
    assert after.schema.types == before.schema.types
    assert after.schema.names == [name]
    cells_after: list[Any] = after.column(0).to_pylist()
    return cells_after


@pytest.mark.parametrize(
    ("name", "kind", "cells", "expected"),
    [
        ("x", "string", [f"mail {MAIL}", None, "ok", ""], ["mail [email]", None, "ok", ""]),
        ("password", "string", [WORD, None, "none"], ["[secret]", None, "none"]),
        ("password", "large_string", [WORD, "two words"], ["[secret]", "[secret]"]),
        ("pin_code", "int64", [1234, None, 0], [0, None, 0]),
        ("step", "int64", [4111111111111111, 1767225600000000000], [0, 1767225600000000000]),
        ("step", "uint64", [2**64 - 1, None], [2**64 - 1, None]),
        ("loss", "float64", [0.5, None], [0.5, None]),
        ("password", "float32", [0.5, None], [0.0, None]),
        ("raw", "binary", [IMAGE, MAIL.encode(), b"\0\1"], [PNG, b"[email]", b"\0\1"]),
        ("on", "bool", [True, None], [True, None]),
    ],
)
def test_a_column_keeps_its_type(
    name: str, kind: str, cells: list[Any], expected: list[Any]
) -> None:
    """Names tell, numbers stay numbers, nulls stay nulls."""
    known = {"large_string": pa.large_string(), "binary": pa.binary(), "bool": pa.bool_()}
    assert column(*cells, kind=known.get(kind, kind), name=name) == expected


def test_a_column_may_name_the_values_of_another() -> None:
    """`name` and `value`, at the top and in a struct, as in a table of settings."""
    names, values = ["DB_PASSWORD", "theme", None], [WORD, "dark", "x"]
    inside = [{"key": "api_key", "value": WORD}, {"key": "n", "value": "1"}, None]
    before = pa.table({"Name": names, "value": values, "inside": inside})
    after = pq.read_table(io.BytesIO(scrubbed(written(before)).data))
    assert after.schema == before.schema
    assert after.to_pydict() == {
        "Name": names,
        "value": ["[secret]", "dark", "x"],
        "inside": [{"key": "api_key", "value": "[secret]"}, *inside[1:]],
    }


def test_what_stands_before_a_value_is_heeded() -> None:
    """A text is looked at behind the name of its column, as in every other format."""
    assert column("lee.hill", "2 lines\nof text", name="owner") == ["[user]", "2 lines\nof text"]


def test_bytes_of_one_width_under_a_name_are_zeros() -> None:
    """And zeros are found once only; the type of ids stays."""
    kind = pa.uuid()
    ids = pa.ExtensionArray.from_storage(kind, pa.array([b"canary" + b"1" * 10], pa.binary(16)))
    made = scrubbed(written(pa.table({"api_key": ids, "note": [MAIL]})))
    after = pq.read_table(io.BytesIO(made.data))
    assert after.schema.field("api_key").type == kind
    assert after.column("api_key").chunk(0).storage.to_pylist() == [bytes(16)]


def test_a_type_that_describes_itself_with_a_finding_is_refused() -> None:
    """No cast gives it another description."""
    kind = pa.opaque(pa.binary(), "t", MAIL)
    cells = pa.ExtensionArray.from_storage(kind, pa.array([b"x"], pa.binary()))
    assert refused(written(pa.table({"a": cells})))


def test_lists_of_one_length_are_looked_through() -> None:
    """With what a null hides."""
    kind = pa.list_(pa.struct([("password", pa.string()), ("n", pa.int64())]), 1)
    cells = [[{"password": WORD, "n": 1}], None, [{"password": None, "n": 2}]]
    expected = [[{"password": "[secret]", "n": 1}], None, [{"password": None, "n": 2}]]
    assert column(*cells, kind=kind) == expected


def test_names_inside_of_a_column_tell_too() -> None:
    """In structs, in lists of them, and as the keys of a map."""
    inner = {"password": WORD, "n": 7, "note": MAIL}
    clean = {"password": "[secret]", "n": 7, "note": "[email]"}
    assert column(inner, None) == [clean, None]
    assert column([inner], [], None) == [[clean], [], None]
    kind = pa.map_(pa.string(), pa.string())
    cells = [[("password", WORD), ("k", MAIL)], None, [], [("k", "ok")]]
    done = [[("password", "[secret]"), ("k", "[email]")], None, [], [("k", "ok")]]
    assert column(*cells, kind=kind) == done


def test_times_and_decimals_stay() -> None:
    """What no name makes a secret is what it was."""
    moment = dt.datetime(2026, 11, 24, 3, tzinfo=dt.UTC)
    assert column(moment, kind=pa.timestamp("us", "UTC")) == [moment]
    assert column(Decimal("1.50"), None, kind=pa.decimal128(5, 2)) == [Decimal("1.50"), None]
    assert column(Decimal("1.50"), None, kind=pa.decimal128(5, 2), name="pin_code") == [0, None]
    day = dt.date(1990, 5, 17)
    assert column(day, kind=pa.date32(), name="password") == [dt.date(1970, 1, 1)]


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"compression": "zstd", "row_group_size": 7, "write_statistics": False},
        {"compression": "gzip", "use_dictionary": False, "version": "1.0"},
        {"compression": "none", "store_schema": False, "write_page_index": True},
        {"compression": {"note": "snappy", "step": "lz4"}, "use_dictionary": ["note"]},
    ],
)
def test_a_file_is_written_as_it_was(settings: dict[str, Any]) -> None:
    """Groups of rows, packing, dictionaries and statistics, column by column."""
    notes = [f"mail {MAIL}" if at % 5 else "ok" for at in range(20)]
    before = written(pa.table({"note": notes, "step": range(20)}), **settings)
    made = scrubbed(before)
    old, new = (pq.ParquetFile(io.BytesIO(one)).metadata for one in (before, made.data))
    assert (new.num_rows, new.num_row_groups) == (old.num_rows, old.num_row_groups)
    assert new.format_version == old.format_version
    for group in range(old.num_row_groups):
        for at in range(2):
            one, other = old.row_group(group).column(at), new.row_group(group).column(at)
            assert other.compression == one.compression
            assert other.is_stats_set == one.is_stats_set
            assert other.has_dictionary_page == one.has_dictionary_page
    assert made.found.lines == 20


def test_metadata_is_scrubbed_and_fits_the_table() -> None:
    """Names of columns stand in the JSON of pandas and others."""
    told = {"columns": [{"name": MAIL}, {"name": "n"}], "creator": f"by {OTHER}"}
    table = pa.table({MAIL: [1], OTHER: [2], "n": [3]})
    table = table.replace_schema_metadata({"pandas": json.dumps(told), "author": MAIL})
    made = scrubbed(written(table))
    schema = pq.read_schema(io.BytesIO(made.data))
    assert schema.names == ["[email]", "[email] (2)", "n"]
    assert schema.metadata[b"author"] == b"[email]"
    after = json.loads(schema.metadata[b"pandas"])
    assert after == {"columns": [{"name": "[email]"}, {"name": "n"}], "creator": "by [email]"}


def test_a_frame_of_pandas_is_one_again() -> None:
    """Its index keeps its place."""
    pd: Any = pytest.importorskip("pandas", reason="pandas is not installed")
    frame = pd.DataFrame({"a": [MAIL, "ok"], "b": [1, 2]}, index=pd.Index(["r", "s"], name=MAIL))
    source = io.BytesIO()
    frame.to_parquet(source)
    after = pd.read_parquet(io.BytesIO(scrubbed(source.getvalue()).data))
    assert after.index.name == "[email]"
    assert list(after.index) == ["r", "s"]
    assert list(after["a"]) == ["[email]", "ok"]


def test_a_name_inside_of_a_column_that_is_a_finding_is_refused() -> None:
    """No cast gives a struct other names."""
    assert "name" in refused(written(pa.table({"x": [{MAIL: 1}]})))


def test_an_empty_table_stays() -> None:
    """No rows, no groups."""
    table = pa.table({"x": pa.array([], pa.string())})
    made = scrubbed(written(table))
    assert pq.read_table(io.BytesIO(made.data)).equals(table)


def test_a_table_that_unpacks_to_too_much_is_refused() -> None:
    """A dictionary of one long text, a million times."""
    text = pa.array(["x y " * 25_000])
    cells = pa.DictionaryArray.from_arrays(pa.array([0] * 1000, pa.int32()), text)
    data = written(pa.table({"x": cells.cast(pa.string())}), compression="zstd")
    with pytest.raises(InputError, match="unpacks to more"):
        once(data, limits=Limits(ratio=2))


@pytest.mark.parametrize("cut", [5, 30, 200])
def test_a_file_that_is_cut_off_is_refused(cut: int) -> None:
    """What is at its end tells where all is."""
    data = written(pa.table({"x": [MAIL] * 100, "y": range(100)}))
    assert refused(data[:-cut])
    assert refused(data[:4] + data[cut:])


def test_an_encrypted_file_is_refused() -> None:
    """Its footer says so."""
    assert refused(b"PARE" + bytes(20) + b"PARE") == "is encrypted"


def test_damaged_bytes_are_refused_or_read_as_something_else() -> None:
    """Any byte changed: never another error, and never the address."""
    data = written(pa.table({"x": [f"mail {MAIL}"] * 3, "y": [1, 2, 3]}), compression="none")
    for at in range(0, len(data), 17):
        hurt = data[:at] + bytes((data[at] ^ 0x55,)) + data[at + 1 :]
        assert MAIL not in shown(hurt, "parquet")
