"""
Columns and tables of pyarrow, scrubbed cell by cell.

Promise: each cell is what `Scrubber.scrub_text` makes of it; types, nulls, lengths and chunks stay.
A clean cell becomes no Python object. Where something fails, an error comes out and no column; a
cell that cannot be scrubbed is `[scrub-failed]`. A type that could hold texts and is not known is
refused. Nothing is changed in place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

try:
    import pyarrow as pa
except ModuleNotFoundError:
    raise ModuleNotFoundError(
        "scrubber.columns.arrow needs pyarrow: pip install 'crashscrub[columns]'"
    ) from None

from scrubber.columns.closed import NO_TEXT, RefusedError, closed
from scrubber.columns.names import scrub_names, wanted
from scrubber.columns.nested import holds_text, scrub_column
from scrubber.default import scrubber_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrubber.columns.rows import Scrubs


def scrub_array(
    array: pa.Array | pa.ChunkedArray, *, scrubber: Scrubs | None = None
) -> pa.Array | pa.ChunkedArray:
    """Scrub an array.

    Args:
        array: of strings or bytes, in any layout (dictionary, run-end, view), or of lists, structs
            and maps that hold some.
        scrubber: what looks and replaces; None for the one the facade uses.

    Returns:
        A new array of the same type, length and chunks. Equal values of a dictionary are one. A
        fixed-size binary value that held a finding is all zero bytes.

    Raises:
        TypeError: it is no array, or of a type that holds no text or cannot be scrubbed.
        ScrubberError: something inside failed.

    >>> import pyarrow
    >>> scrub_array(pyarrow.array(["mail jane@example.com", None, "ok"])).to_pylist()
    ['mail [email]', None, 'ok']
    """
    if not isinstance(array, pa.Array | pa.ChunkedArray):
        raise TypeError(f"array must be a pyarrow array, not {type(array).__name__}")
    chosen = scrubber_for() if scrubber is None else scrubber
    return closed(lambda: _scrub_named(array, chosen))


def scrub_table(
    table: pa.Table | pa.RecordBatch,
    columns: Sequence[str] | None = None,
    *,
    scrubber: Scrubs | None = None,
) -> pa.Table | pa.RecordBatch:
    """Scrub a table.

    Args:
        table: the table.
        columns: names of columns; None for all that can hold texts, and the names of columns and
            the metadata of the schema as well.
        scrubber: as for `scrub_array`.

    Returns:
        A new one of the same kind, with the same columns in the same order.

    Raises:
        TypeError: it is no table, or a column of it cannot be scrubbed; name those that can.
        KeyError: there is no such column.
        ScrubberError: something inside failed.
    """
    if not isinstance(table, pa.Table | pa.RecordBatch):
        raise TypeError(f"table must be a pyarrow table, not {type(table).__name__}")
    chosen = scrubber_for() if scrubber is None else scrubber
    places = wanted(table.schema.names, columns)
    if places is None:
        return closed(lambda: _scrub_whole(table, chosen))
    return closed(lambda: _scrub_some(table, places, chosen))


def _scrub_named(column: pa.Array | pa.ChunkedArray, scrubber: Scrubs) -> pa.Array:
    """Scrub what was asked for by name: that nothing can be found in it must be told."""
    if not holds_text(column.type) and not pa.types.is_null(column.type):
        raise RefusedError(NO_TEXT)
    return scrub_column(column, scrubber)


def _scrub_some(
    table: pa.Table | pa.RecordBatch, places: Sequence[int], scrubber: Scrubs
) -> pa.Table | pa.RecordBatch:
    columns = [*table.columns]
    fields = [*table.schema]
    for place in places:
        columns[place] = _scrub_named(columns[place], scrubber)
        fields[place] = fields[place].with_type(columns[place].type)
    schema = pa.schema(fields, table.schema.metadata)
    return type(table).from_arrays(columns, schema=schema)


def _scrub_whole(table: pa.Table | pa.RecordBatch, scrubber: Scrubs) -> pa.Table | pa.RecordBatch:
    columns = [scrub_column(column, scrubber) for column in table.columns]
    names = scrub_names(table.schema.names, scrubber)
    fields = [
        pa.field(name, column.type, field.nullable, _scrub_metadata(field.metadata, scrubber))
        for name, column, field in zip(names, columns, table.schema, strict=True)
    ]
    schema = pa.schema(fields, _scrub_metadata(table.schema.metadata, scrubber))
    return type(table).from_arrays(columns, schema=schema)


def _scrub_metadata(
    metadata: dict[bytes, bytes] | None, scrubber: Scrubs
) -> dict[bytes, bytes] | None:
    if metadata is None:
        return None
    names, values = scrubber.scrub_many([*metadata]), scrubber.scrub_many([*metadata.values()])
    return dict(zip(names, values, strict=True))
