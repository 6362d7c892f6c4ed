"""
Arrow's IPC, as a file (Feather) and as a stream: batch by batch, packed as it was.

Promise: memory holds one batch and the dictionaries. Batches, dictionaries and metadata stay apart
as they were.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from scrubber.errors import InputError

try:
    import pyarrow as pa
except ModuleNotFoundError:
    raise InputError("needs pyarrow: pip install 'crashscrub[columns]'") from None

from scrubber.archive.formats.arrow_tables import Tables
from scrubber.archive.formats.cells import Cells
from scrubber.errors import ScrubberError

if TYPE_CHECKING:
    from scrubber.archive.context import Context

_FILE: Final = b"ARROW1\0\0"
_OLD: Final = b"FEA1"
_CODECS: Final = {0: "lz4", 1: "zstd"}
_BATCH: Final = 3
_DICTIONARY: Final = 2


def scrub(source: BinaryIO, target: BinaryIO, context: Context) -> None:
    """Scrub an IPC file or stream; see `scrubber.archive.context.Reads`."""
    begin = source.tell()
    head = source.read(len(_FILE))
    if head.startswith(_OLD):
        raise InputError("is a Feather file of version 1; write it anew with pyarrow")
    in_file = head == _FILE
    if not in_file:
        source.seek(begin)
    failed = "is damaged, or no Arrow data"
    try:
        codec = _codec(source)
        source.seek(begin)
        _scrub(source, target, context, codec, in_file=in_file)
    except ScrubberError as error:
        if isinstance(error, InputError):
            raise
        failed = str(error)
    except pa.ArrowNotImplementedError:
        failed = "has a column of a kind that is not known"
    except (OSError, TypeError, ValueError, LookupError, OverflowError, pa.ArrowException):
        pass
    else:
        return
    # Not in the handlers: the error of the library would be the context of this one, with a cell.
    raise InputError(failed)


def _scrub(
    source: BinaryIO, target: BinaryIO, context: Context, codec: str | None, *, in_file: bool
) -> None:
    cells = Cells(context)
    reader = pa.ipc.open_file(source) if in_file else pa.ipc.open_stream(source)
    tables = Tables(reader.schema, cells)
    # A dictionary that grows is written as it grew; a file has no other way.
    options = pa.ipc.IpcWriteOptions(compression=codec, emit_dictionary_deltas=True)
    sink = pa.PythonFile(target, mode="w")
    if in_file:
        told = tables.metadata(reader.metadata)
        writer = pa.ipc.new_file(sink, tables.schema, options=options, metadata=told)
    else:
        writer = pa.ipc.new_stream(sink, tables.schema, options=options)
    with writer:
        for batch, metadata in _batches(reader, in_file=in_file):
            context.spent.unpacked(batch.nbytes)
            batch.validate(full=True)
            told = metadata and tables.metadata(dict(metadata))
            writer.write_batch(tables.batch(batch), custom_metadata=told)
            cells.close(batch.num_rows)
    cells.close()


def _batches(reader: Any, *, in_file: bool) -> Any:  # noqa: ANN401  # two kinds of readers
    if in_file:
        for at in range(reader.num_record_batches):
            yield reader.get_batch_with_custom_metadata(at)
        return
    while True:
        try:
            found = reader.read_next_batch_with_custom_metadata()
        except StopIteration:
            return
        yield found


def _codec(source: BinaryIO) -> str | None:
    """Tell how the first batch is packed, which pyarrow does not: by the message before it."""
    messages = pa.ipc.MessageReader.open_stream(source)
    while True:
        try:
            message = messages.read_next_message()
        except StopIteration:
            return None
        found = _Table.root(message.metadata.to_pybytes())
        kind, header = found.byte(1), found.table(2)
        if kind == _DICTIONARY and header:
            header = header.table(1)
        if kind in {_BATCH, _DICTIONARY} and header:
            packing = header.table(3)
            if packing:
                return _CODECS[packing.byte(0)]
            if kind == _BATCH:
                return None


class _Table:
    """A table of FlatBuffers, in which Arrow writes what a message is.

    Source: the FlatBuffers internals, and `format/Message.fbs` of Arrow.
    """

    def __init__(self, data: bytes, at: int) -> None:
        self._data = data
        self._at = at
        self._fields = at - struct.unpack_from("<i", data, at)[0]

    @classmethod
    def root(cls, data: bytes) -> _Table:
        return cls(data, struct.unpack_from("<I", data, 0)[0])

    def byte(self, number: int) -> int:
        place = self._place(number)
        return self._data[place] if place else 0

    def table(self, number: int) -> _Table | None:
        place = self._place(number)
        if not place:
            return None
        return _Table(self._data, place + struct.unpack_from("<I", self._data, place)[0])

    def _place(self, number: int) -> int:
        """Give where a field lies, or 0."""
        (size,) = struct.unpack_from("<H", self._data, self._fields)
        offset = 4 + 2 * number
        if offset + 2 > size:
            return 0
        (inside,) = struct.unpack_from("<H", self._data, self._fields + offset)
        return self._at + inside if inside else 0
