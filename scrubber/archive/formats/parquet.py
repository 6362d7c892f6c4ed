"""
Parquet: each group of rows scrubbed and written as one again, with the compression it had.

Statistics, dictionaries and bounds of pages are made of what is written, so none holds a value that
was replaced; filters of values (Bloom) and indices of what was are left out, since readers go
without them. The order that a file says its rows have is left out where a column of it can change.

Promise: memory holds one group of rows. What is encrypted is refused.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from scrubber.errors import InputError

try:
    import pyarrow as pa
    import pyarrow.parquet as pq
except ModuleNotFoundError:
    raise InputError("needs pyarrow: pip install 'crashscrub[columns]'") from None

from scrubber.archive.formats.arrow_tables import Tables
from scrubber.archive.formats.cells import Cells
from scrubber.errors import ScrubberError

if TYPE_CHECKING:
    from scrubber.archive.context import Context

_PROBED: Final = 64
_ROWS: Final = 8192
"""Rows that are unpacked at once; what they take is counted before the next ones are."""
_BYTES: Final = 1 << 24
"""What they may take, going by the first rows: a dictionary makes much of little."""
_ENCRYPTED: Final = b"PARE"
_SCHEMA: Final = b"ARROW:schema"
_FOOTER: Final = 1 << 28
_CODECS: Final = {"LZ4_RAW": "LZ4", "UNCOMPRESSED": "NONE"}
_MOST_COLUMNS: Final = 100_000


def scrub(source: BinaryIO, target: BinaryIO, context: Context) -> None:
    """Scrub a Parquet file; see `scrubber.archive.context.Reads`."""
    begin = source.tell()
    source.seek(-4, io.SEEK_END)
    if source.read(4) == _ENCRYPTED:
        raise InputError("is encrypted")
    source.seek(begin)
    failed = "is damaged, encrypted, or no Parquet file that is known"
    try:
        # Not a map of the file, and no more than asked for at once.
        with pq.ParquetFile(source, thrift_string_size_limit=_FOOTER) as file:
            _scrub(file, target, context)
    except ScrubberError as error:
        if isinstance(error, InputError):
            raise
        failed = str(error)
    except pa.ArrowException as error:
        if isinstance(error, pa.ArrowNotImplementedError):
            failed = "has a column of a kind that is not known"
    except (OSError, TypeError, ValueError, OverflowError):
        pass
    else:
        return
    # Not in the handlers: the error of the library would be the context of this one, with a cell.
    raise InputError(failed)


def _scrub(file: pq.ParquetFile, target: BinaryIO, context: Context) -> None:
    cells = Cells(context)
    schema = file.schema_arrow
    if file.metadata.num_columns > _MOST_COLUMNS:
        raise InputError("has too many columns")
    tables = Tables(schema, cells)
    # First, because pyarrow ends the process where it is asked about a damaged column before it has
    # read one.
    rows = _rows(file)
    settings = _settings(file, tables)
    with pq.ParquetWriter(_Kept(target), tables.schema, **settings) as writer:
        for group in range(file.num_row_groups):
            batches = []
            spent = context.spent
            for batch in file.iter_batches(batch_size=rows, row_groups=[group], use_threads=False):
                spent.unpacked(batch.nbytes)
                batches.append(tables.batch(batch))
            table = pa.Table.from_batches(batches, schema=tables.schema)
            if table.num_rows != file.metadata.row_group(group).num_rows:
                raise InputError("is damaged: a group does not have the rows it says")
            writer.write_table(table, row_group_size=max(table.num_rows, 1))
            cells.close(table.num_rows)
    cells.close()


def _rows(file: pq.ParquetFile) -> int:
    """Tell how many rows to read at once, by the size of the first ones."""
    if not file.num_row_groups:
        return _ROWS
    first = next(file.iter_batches(_PROBED, row_groups=[0], use_threads=False), None)
    if first is None or not first.num_rows:
        return _ROWS
    size = int(first.nbytes) // int(first.num_rows)
    return max(_PROBED, min(_ROWS, _BYTES // max(size, 1)))


class _Kept:
    """A target that the writer does not close."""

    def __init__(self, target: BinaryIO) -> None:
        self._target = target
        self._at = 0
        self.closed = False

    def write(self, data: Any) -> int:  # noqa: ANN401  # bytes, or a buffer of the library
        self._at += self._target.write(data)
        return len(data)

    def tell(self) -> int:
        return self._at

    def flush(self) -> None:
        pass

    def close(self) -> None:
        self.closed = True

    def readable(self) -> bool:
        return False

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False


def _settings(file: pq.ParquetFile, tables: Tables) -> dict[str, Any]:
    """Tell how a file was written, as far as it says."""
    metadata = file.metadata
    settings: dict[str, Any] = {
        "version": metadata.format_version,
        "store_schema": _SCHEMA in (metadata.metadata or {}),
        "write_page_checksum": False,
        "compression": "NONE",
    }
    if not metadata.num_row_groups:
        return settings
    group = metadata.row_group(0)
    columns = [group.column(at) for at in range(group.num_columns)]
    old, new = [field.name for field in file.schema_arrow], tables.schema.names
    roots = dict(zip(old, new, strict=True))
    if len(roots) != len(old):
        raise InputError("has two columns of one name")
    paths = [_renamed(column.path_in_schema, roots) for column in columns]
    settings["compression"] = {
        path: _CODECS.get(column.compression, column.compression)
        for path, column in zip(paths, columns, strict=True)
    }
    settings["use_dictionary"] = [
        path for path, column in zip(paths, columns, strict=True) if column.has_dictionary_page
    ]
    settings["write_statistics"] = [
        path for path, column in zip(paths, columns, strict=True) if column.is_stats_set
    ]
    settings["write_page_index"] = any(column.has_column_index for column in columns)
    return settings


def _renamed(path: str, roots: dict[str, str]) -> str:
    """Give the path of a leaf, below its column as that is named now."""
    root = max((one for one in roots if path == one or path.startswith(f"{one}.")), key=len)
    return roots[root] + path[len(root) :]
