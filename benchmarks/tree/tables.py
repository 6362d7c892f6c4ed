"""Parquet and Arrow, which pyarrow writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

try:
    import pyarrow as pa
    from pyarrow import ipc, parquet
except ModuleNotFoundError:
    raise ModuleNotFoundError(
        "benchmarks.tree needs pyarrow: pip install 'crashscrub[columns]'"
    ) from None

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.tree.making import Maker

_ROWS: Final = 20_000
_ROW: Final = 60
"""Bytes that a row takes, about."""


def parquet_file(path: Path, size: int, maker: Maker) -> None:
    """Write a Parquet file of some groups of rows."""
    first = _table(path, maker, "parquet", min(_ROWS, max(size // _ROW, 10)))
    more = _table(path, maker, "", first.num_rows)
    with parquet.ParquetWriter(path, first.schema, compression="zstd") as writer:
        writer.write_table(first)
        for _ in range(size // (_ROWS * _ROW)):
            writer.write_table(more)


def arrow_file(path: Path, size: int, maker: Maker) -> None:
    """Write an Arrow file, or a stream where the suffix says so."""
    first = _table(path, maker, "arrow", min(_ROWS, max(size // _ROW, 10)))
    more = _table(path, maker, "", first.num_rows)
    made = ipc.new_stream if path.suffix == ".arrows" else ipc.new_file
    options = ipc.IpcWriteOptions(compression="lz4")
    with made(path, first.schema, options=options) as writer:
        writer.write_table(first)
        for _ in range(size // (_ROWS * _ROW)):
            writer.write_table(more)


def _table(path: Path, maker: Maker, kind: str, rows: int) -> pa.Table:
    """Make a table; with planted values in its first row where a format is named."""
    notes = [f"step {at}" if at % 11 else maker.ip(at) for at in range(rows)]
    secrets: list[str | None] = [None] * rows
    if kind:
        notes[0], secrets[0] = f"mail {maker.mail(path, kind)}", maker.token(path, kind)
    columns = {
        "step": pa.array(range(rows), pa.int64()),
        "loss": pa.array([1 / (at + 1) for at in range(rows)], pa.float64()),
        "note": pa.array(notes),
        "owner": pa.array([maker.blocks.person(at % 40) for at in range(rows)]).dictionary_encode(),
        "api_key": pa.array(secrets, pa.string()),
        "labels": pa.array([[f"l{at % 5}"] for at in range(rows)]),
    }
    table: pa.Table = pa.table(columns)
    return table
