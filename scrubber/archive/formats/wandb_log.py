"""
W&B's transaction log, `run-*.wandb`: the run as it was told to the service, record by record.

A file is a head, then blocks of 32 KiB with pieces of records, each piece with a sum, as LevelDB
writes its log; a record is a message of Protocol Buffers. What is known of it here are the fields
that hold a name without saying so (a host, an account) and those that hold JSON.

A run that is killed leaves its last record cut off; W&B reads all before it, and so do we: the
piece is left out and counted as `dropped`. Any other damage is an error.

Promise: a record in which nothing was found is the same bytes, in the same order.
"""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING, BinaryIO, Final

from scrubber.archive.formats.cells import Cells
from scrubber.archive.formats.wire_fields import ITEM, Walk
from scrubber.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scrubber.archive.context import Context

_MARK: Final = b":W&B\xe1\xbe"
HEAD: Final = _MARK + b"\0"
"""What a log begins with: its mark and its version."""
_BLOCK: Final = 1 << 15
_PIECE: Final = struct.Struct("<IHB")
_CUT_OFF, _FULL, _FIRST, _MIDDLE, _LAST = -1, 1, 2, 3, 4
_OF_KINDS: Final = {kind: zlib.crc32(bytes((kind,))) for kind in (_FULL, _FIRST, _MIDDLE, _LAST)}
_MOST: Final = 1 << 28
"""Bytes of a record."""

_LONGEST_KEPT: Final = 512
_MOST_KEPT: Final = 1 << 13
"""Records that are remembered as clean; and how long they are at most, in bytes."""

_TEXT: Final = ""
_USER: Final = "user"
_HOST: Final = "host"
_GIT: Final = {1: "remote_url", 2: _TEXT}
_ITEMS: Final[Mapping[int, object]] = {1: ITEM, 2: ITEM}
_RUN: Final[Mapping[int, object]] = {
    **dict.fromkeys((1, 3, 6, 7, 8, 9, 10, 12, 16), _TEXT),
    2: _USER,
    4: _ITEMS,
    5: _ITEMS,
    11: {1: ITEM},
    13: _HOST,
    21: _GIT,
}
_ENVIRONMENT: Final[Mapping[int, object]] = {
    **dict.fromkeys((1, 2, 4, 5, 6, 7, 8, 11, 14, 15, 18, 25), _TEXT),
    9: _GIT,
    10: "email",
    12: _HOST,
    13: _USER,
    199: _TEXT,
}
_RECORD: Final[Mapping[int, object]] = {
    2: {1: ITEM},
    3: _ITEMS,
    4: {3: _TEXT},
    5: _ITEMS,
    7: {3: ITEM},
    8: {**dict.fromkeys((1, 2, 4, 5, 6, 7, 8, 11), _TEXT), 3: _USER},
    13: {3: _TEXT},
    17: _RUN,
    19: _TEXT,
    26: _ENVIRONMENT,
}


def scrub(source: BinaryIO, target: BinaryIO, context: Context) -> None:
    """Scrub a transaction log; see `scrubber.archive.context.Reads`."""
    head = source.read(len(HEAD))
    if len(head) < len(HEAD) or not head.startswith(_MARK):
        raise InputError("is no transaction log of W&B, or of a version that is not known")
    cells = Cells(context)
    walk = Walk(cells)
    log = Log(target, head)
    count = 0
    clean: set[bytes] = set()
    for record in _records(source, context):
        count += 1
        if record in clean:
            log.write(record)
            continue
        done = _scrubbed(walk, record)
        log.write(done)
        if done == record and len(record) <= _LONGEST_KEPT:
            if len(clean) >= _MOST_KEPT:
                clean.clear()
            clean.add(record)
    cells.close(count)


def _scrubbed(walk: Walk, record: bytes) -> bytes:
    try:
        return walk.message(record, _RECORD)
    except ValueError:
        pass
    raise InputError("holds a record that is no message")


def _records(source: BinaryIO, context: Context) -> Iterator[bytes]:
    """Give the whole records of a log, behind its head."""
    parts: list[bytes] = []
    size = 0
    for kind, data in _pieces(source):
        if kind == _CUT_OFF:
            context.found.members["dropped"] += 1
            return
        if kind not in {_FULL, _FIRST, _MIDDLE, _LAST} or (kind in {_FULL, _FIRST}) == bool(parts):
            raise InputError("is damaged: the pieces of a record are out of order")
        parts.append(data)
        size += len(data)
        if size > _MOST:
            raise InputError("holds a record that is too large")
        if kind in {_FULL, _LAST}:
            yield b"".join(parts)
            parts, size = [], 0
    if parts:
        context.found.members["dropped"] += 1


def _pieces(source: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Give the pieces of records, each with its kind."""
    room = _BLOCK - len(HEAD)
    while block := source.read(room):
        at = 0
        while room - at >= _PIECE.size and at < len(block):
            if len(block) - at < _PIECE.size:
                yield _CUT_OFF, b""
                return
            wanted, length, kind = _PIECE.unpack_from(block, at)
            end = at + _PIECE.size + length
            if end > room:
                raise InputError("is damaged: a record is longer than its block")
            if end > len(block):
                yield _CUT_OFF, b""
                return
            # The sum is that of the kind, the last byte before the data, and the data.
            if zlib.crc32(memoryview(block)[at + _PIECE.size - 1 : end]) != wanted:
                raise InputError("is damaged: a record is not the one that was written")
            yield kind, block[at + _PIECE.size : end]
            at = end
        if block[at:].strip(b"\0"):
            raise InputError("is damaged: the end of a block is not empty")
        room = _BLOCK


class Log:
    """Writes records in blocks."""

    def __init__(self, target: BinaryIO, head: bytes = HEAD) -> None:
        """Begin a log.

        Args:
            target: where it goes.
            head: what it begins with.
        """
        target.write(head)
        self._target = target
        self._at = len(HEAD)

    def write(self, record: bytes) -> None:
        """Write a record, in as many pieces as the blocks need."""
        left, first = record, True
        while True:
            room = _BLOCK - self._at % _BLOCK
            if room < _PIECE.size:
                self._put(bytes(room))
                room = _BLOCK
            piece, left = left[: room - _PIECE.size], left[room - _PIECE.size :]
            kind = (_FULL, _FIRST, _LAST, _MIDDLE)[bool(left) + 2 * (not first)]
            wanted = zlib.crc32(piece, _OF_KINDS[kind])
            self._put(_PIECE.pack(wanted, len(piece), kind) + piece)
            first = False
            if not left:
                return

    def _put(self, data: bytes) -> None:
        self._target.write(data)
        self._at += len(data)
