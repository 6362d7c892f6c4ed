"""Arrow's IPC: files and streams, batch by batch, packed as they were."""

from __future__ import annotations

import io
from typing import Any

import pytest

from tests.archive.formats.binary_documents import MAIL, OTHER, WORD, refused, scrubbed, shown

pa: Any = pytest.importorskip("pyarrow", reason="pyarrow is not installed")

TABLE = {
    "note": [f"mail {MAIL}", None, "ok", "ok"],
    "password": [WORD, "none", None, WORD],
    "step": [1, 2, 3, 4],
}


def written(in_file: bool, codec: str | None = None, **told: Any) -> bytes:  # noqa: ANN401, FBT001
    """Write the table twice, in two batches."""
    target = io.BytesIO()
    batch = pa.record_batch(TABLE).replace_schema_metadata(told or None)
    made = pa.ipc.new_file if in_file else pa.ipc.new_stream
    options = pa.ipc.IpcWriteOptions(compression=codec)
    with made(target, batch.schema, options=options) as writer:
        for _ in range(2):
            writer.write_batch(batch, custom_metadata={"who": MAIL})
    return target.getvalue()


@pytest.mark.parametrize("in_file", [True, False])
@pytest.mark.parametrize("codec", [None, "lz4", "zstd"])
def test_batches_stay_batches(in_file: bool, codec: str | None) -> None:  # noqa: FBT001
    """Types, order, metadata and packing are those of the source."""
    from scrubber.archive.formats.arrow import _codec

    made = scrubbed(written(in_file, codec, author=OTHER))
    assert made.kind == "arrow"
    assert made.found.lines == 8
    reader = (pa.ipc.open_file if in_file else pa.ipc.open_stream)(io.BytesIO(made.data))
    table = reader.read_all()
    assert [len(one) for one in table.column(0).chunks] == [4, 4]
    assert table.schema.metadata == {b"author": b"[email]"}
    assert table.slice(0, 4).to_pydict() == {
        "note": ["mail [email]", None, "ok", "ok"],
        "password": ["[secret]", "none", None, "[secret]"],
        "step": [1, 2, 3, 4],
    }
    body = io.BytesIO(made.data)
    body.seek(8 if in_file else 0)
    assert _codec(body) == codec


@pytest.mark.parametrize("name", ["user_id", "pin_code"])
def test_coded_numbers_are_numbers(name: str) -> None:
    """In a dictionary, and in runs: they stand under a name as well."""
    numbers = pa.array([71234, 71235, 71234, None])
    runs = pa.RunEndEncodedArray.from_arrays(pa.array([3, 4], pa.int32()), numbers[:2])
    batch = pa.record_batch([numbers.dictionary_encode(), runs], names=[name, f"old_{name}"])
    target = io.BytesIO()
    with pa.ipc.new_file(target, batch.schema) as writer:
        writer.write_batch(batch)
    after = pa.ipc.open_file(io.BytesIO(scrubbed(target.getvalue()).data)).read_all()
    assert after.schema == batch.schema
    assert after.column(0).to_pylist() == [0, 0, 0, None]


def test_a_dictionary_that_grows_is_scrubbed() -> None:
    """Values that became one are one, in every batch."""
    target = io.BytesIO()
    schema = pa.schema([("d", pa.dictionary(pa.int32(), pa.string()))])
    with pa.ipc.new_stream(target, schema) as writer:
        for cells in (["a", MAIL], ["a", MAIL, OTHER], ["z"]):
            column = pa.array(cells).dictionary_encode()
            writer.write_batch(pa.record_batch([column], schema=schema))
    made = scrubbed(target.getvalue())
    cells = pa.ipc.open_stream(io.BytesIO(made.data)).read_all().column(0).to_pylist()
    assert cells == ["a", "[email]", "a", "[email]", "[email]", "z"]


def test_feather_files_are_read() -> None:
    """Version 2 is an IPC file, version 1 is refused with what to do."""
    feather: Any = pytest.importorskip("pyarrow.feather")
    target = io.BytesIO()
    feather.write_feather(pa.table(TABLE), target)
    table = feather.read_table(io.BytesIO(scrubbed(target.getvalue()).data))
    assert table.column("note").to_pylist()[0] == "mail [email]"
    assert "version 1" in refused(b"FEA1" + bytes(50))


@pytest.mark.parametrize("in_file", [True, False])
def test_a_file_that_is_cut_off_is_refused(in_file: bool) -> None:  # noqa: FBT001
    """At any place but between the messages of a stream."""
    data = written(in_file)
    for cut in (9, 50, 333, len(data) - 20):
        assert refused(data[:-cut])


@pytest.mark.parametrize("in_file", [True, False])
def test_damaged_bytes_are_refused_or_read_as_something_else(in_file: bool) -> None:  # noqa: FBT001
    """Any byte changed: never another error, and never the address."""
    data = written(in_file)
    for at in range(8, len(data), 23):
        hurt = data[:at] + bytes((data[at] ^ 0x55,)) + data[at + 1 :]
        assert MAIL not in shown(hurt, "arrow")
