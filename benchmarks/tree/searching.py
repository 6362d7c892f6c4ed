"""
What of the planted values is left in a tree: looked for in all that is packed, encoded or paged.

The readers are those of the libraries, not of the scrubber: it must not be asked whether it was
right. A name of a file counts as much as what is in it.
"""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import json
import lzma
import re
import sqlite3
import tarfile
import zipfile
from contextlib import closing
from typing import TYPE_CHECKING, Final

import pyarrow as pa
from pyarrow import ipc, parquet

from benchmarks.tree.planted import TOKEN, Planted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_DEEPEST: Final = 4


def left(folder: Path, planted: Iterable[Planted]) -> list[Planted]:
    """Look for planted values.

    Args:
        folder: the tree to look through.
        planted: what to look for.

    Returns:
        Those that are still there.
    """
    found: set[bytes] = set()
    for path in sorted(folder.rglob("*")):
        found.update(TOKEN.findall(path.relative_to(folder).as_posix().encode()))
        if path.is_file():
            found |= tokens(path.read_bytes())
    return [one for one in planted if one.token.encode() in found]


def tokens(data: bytes, depth: int = 0) -> set[bytes]:
    """Give the tokens in a document, whatever it is packed in."""
    found = set(TOKEN.findall(data))
    found.update(TOKEN.findall(data.replace(b"\0", b"")))  # UTF-16
    if depth < _DEEPEST:
        for inner in _inner(data):
            found |= tokens(inner, depth + 1)
    return found


def _inner(data: bytes) -> Iterator[bytes]:
    """Give what is packed in a document."""
    for magic, unpack in _PACKED:
        if data.startswith(magic):
            yield unpack(data)
            return
    for magic, opened in _HOLDING:
        if data.startswith(magic):
            yield from opened(data)
            return
    if data[257:262] == b"ustar":
        yield from _tar(data)
    elif data[:1] in {b"{", b"["}:
        yield from _json(data)


def _zst(data: bytes) -> bytes:
    import zstandard

    whole: bytes = zstandard.ZstdDecompressor().stream_reader(io.BytesIO(data)).read()
    return whole


def _zip(data: bytes) -> Iterator[bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as bundle:
        for name in bundle.namelist():
            yield name.encode()
            yield bundle.read(name)


def _tar(data: bytes) -> Iterator[bytes]:
    with tarfile.open(fileobj=io.BytesIO(data)) as bundle:
        for member in bundle:
            yield repr(member.get_info()).encode()
            file = bundle.extractfile(member) if member.isfile() else None
            yield file.read() if file else b""


def _cells(data: bytes) -> Iterator[bytes]:
    if data.startswith(b"PAR1"):
        table = parquet.read_table(io.BytesIO(data))
    elif data.startswith(b"ARROW1"):
        table = ipc.open_file(pa.py_buffer(data)).read_all()
    else:
        table = ipc.open_stream(pa.py_buffer(data)).read_all()
    yield repr(table.schema).encode()
    for column in table.columns:
        yield repr(column.unique().to_pylist() if _simple(column) else column.to_pylist()).encode()


def _simple(column: pa.ChunkedArray) -> bool:
    return not pa.types.is_nested(column.type)


def _rows(data: bytes) -> Iterator[bytes]:
    with closing(sqlite3.connect(":memory:")) as db:
        db.deserialize(data)
        db.text_factory = bytes
        names = [
            row[0].decode()
            for row in db.execute("SELECT name FROM sqlite_master WHERE type='table'")
        ]
        for name in names:
            for row in db.execute(f'SELECT * FROM "{name}"'):  # noqa: S608  # our own tables
                yield b"\n".join(one for one in row if isinstance(one, bytes))


def _json(data: bytes) -> Iterator[bytes]:
    """Give JSON without the escapes it may be written with, and what is base64 in it."""
    try:
        plain = json.dumps(json.loads(data), ensure_ascii=False).encode("utf-8", "replace")
    except ValueError:
        return
    yield plain
    for run in _BASE64.findall(plain):
        yield base64.b64decode(run + b"=" * (-len(run) % 4))


_BASE64: Final = re.compile(rb"[A-Za-z0-9+/]{40,}")
_PACKED: Final = (
    (b"\x1f\x8b", gzip.decompress),
    (b"BZh", bz2.decompress),
    (b"\xfd7zXZ", lzma.decompress),
    (b"\x28\xb5\x2f\xfd", _zst),
)
_HOLDING: Final = (
    (b"PK", _zip),
    *((magic, _cells) for magic in (b"PAR1", b"ARROW1", b"\xff\xff\xff\xff")),
    (b"SQLite format 3\0", _rows),
)
