"""
TensorBoard's event files: the texts, tags and names in them scrubbed, images and sounds replaced.

A file is a row of records, each with its length and two sums; a record is a message of Protocol
Buffers, `Event`. Neither TensorFlow nor TensorBoard is needed to read them.

A training that is killed leaves its last record cut off, and TensorBoard shows all before it. So do
we: the whole records are kept, the piece is left out and counted as `dropped`, and no byte of it is
passed on. Any other damage is an error.

Promise: a record in which nothing was found is the same bytes, so each number is.
"""

from __future__ import annotations

import os
import re
import struct
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, BinaryIO, Final, TypeAlias

from scrubber.archive.formats.cells import IMAGE, SOUND, Cells
from scrubber.archive.formats.crc32c import masked, masked_many
from scrubber.archive.formats.images import PNG, WAV
from scrubber.archive.formats.wire_fields import BYTES, FIXED64, VARINT, Walk, fields
from scrubber.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from scrubber.archive.context import Context

_HEAD: Final = struct.Struct("<QI")
_SUM: Final = struct.Struct("<I")
_DOUBLE: Final = struct.Struct("<d")
_TIME_FIRST: Final = b"\x09"
_MOST: Final = 1 << 30
"""Bytes of a record: twice what TensorFlow writes at most."""

_AT_ONCE: Final = 1 << 20
_MOST_AT_ONCE: Final = 4096
"""Bytes, and records, that are held at once."""

_Record: TypeAlias = tuple[bytes, bytes, bytes]
"""The length of a record, the record, its sum."""

_TEXT: Final = ""
_SUMMARY, _WALL_TIME = 5, 1
_TAG, _TENSOR, _METADATA, _IMAGE, _AUDIO = 1, 8, 9, 4, 6
_DTYPE, _CONTENT, _STRINGS = 1, 4, 8
_NUMBERS: Final = frozenset({1, 2, 3, 5, 8, 9, 10, 14, 17, 18, 19, 22, 23})
"""Types of tensors no text lies in: neither strings nor bytes."""
_OF_TEXT: Final = "/text_summary"
_LAST_SECOND: Final = 1 << 37
_SCALAR: Final = re.compile(
    rb"\x09.{8}(?:\x10[\x80-\xff]{0,9}[\x00-\x7f])?\x2a(?P<summary>[\x00-\x7f])"
    rb"\x0a(?P<value>[\x00-\x7f])\x0a(?P<size>[\x01-\x76])(?P<tag>.{1,118})\x15.{4}",
    re.DOTALL,
)
"""An event of one value, and that a number."""
_SIZES: Final = 2
"""What is before the images of a summary: width and height."""


def scrub(source: BinaryIO, target: BinaryIO, context: Context) -> None:
    """Scrub an event file; see `scrubber.archive.context.Reads`."""
    events = _Events(context)
    of_length = lru_cache(maxsize=4096)(masked)  # most records are as long as others
    for records in _several(_records(source, context, of_length)):
        _refuse_damaged(records)
        for head, record, last in records:
            done = events.scrubbed(record)
            target.write(head + record + last if done == record else _framed(done))
    events.close()


def _framed(record: bytes) -> bytes:
    """Give a record between its length and its sum."""
    size = struct.pack("<Q", len(record))
    return size + _SUM.pack(masked(size)) + record + _SUM.pack(masked(record))


def _several(records: Iterator[_Record]) -> Iterator[list[_Record]]:
    """Put records together, for their sums to be worked out at once."""
    held: list[_Record] = []
    size = 0
    for record in records:
        held.append(record)
        size += len(record[1])
        if size >= _AT_ONCE or len(held) >= _MOST_AT_ONCE:
            yield held
            held, size = [], 0
    if held:
        yield held


def _refuse_damaged(records: Sequence[_Record]) -> None:
    """Refuse records of which one is not as its sum says."""
    sums = masked_many([data for _, data, _ in records])
    for (_, _, last), wanted in zip(records, sums, strict=True):
        if _SUM.unpack(last)[0] != wanted:
            raise InputError("is damaged: a record is not the one that was written")


def _records(
    source: BinaryIO, context: Context, of_length: Callable[[bytes], int]
) -> Iterator[_Record]:
    """Give the whole records of a file, each between its length and its sum."""
    begin = source.tell()
    left = source.seek(0, os.SEEK_END) - begin
    source.seek(begin)
    while left:
        head = source.read(_HEAD.size)
        left -= _HEAD.size
        if left < 0:
            break
        size, of_size = _HEAD.unpack(head)
        if of_size != of_length(head[:8]):
            raise InputError("is damaged: the length of a record is not the one that was written")
        left -= size + _SUM.size
        if left < 0:
            break
        if size > _MOST:
            raise InputError("holds a record that is too large")
        data, last = source.read(size), source.read(_SUM.size)
        if len(data) != size or len(last) != _SUM.size:
            raise InputError("was cut off while it was read")
        yield head, data, last
    else:
        return
    context.found.members["dropped"] += 1


class _Events:
    """Scrubs the events of a file, one after the other."""

    def __init__(self, context: Context) -> None:
        self._cells = Cells(context)
        self._walk = Walk(self._cells)
        self._tags: dict[bytes, bytes] = {}
        self._given: set[bytes] = set()
        self._plugins: dict[bytes, bytes] = {}
        self._hour = 0
        self._count = 0
        self._event: Mapping[int, object] = {
            3: _TEXT,
            4: self._walk.unknown,
            _SUMMARY: self._summary,
            6: {2: _TEXT},
            7: {2: _TEXT, 3: _TEXT},
            8: {1: _TEXT, 2: self._walk.unknown},
            9: self._walk.unknown,
            10: {1: _TEXT},
        }

    def scrubbed(self, record: bytes) -> bytes:
        try:
            hour = self._hour_of(record)
            if hour != self._hour:
                self.close()
                self._hour = hour
            self._count += 1
            if (tag := _tag_of_scalar(record)) and self._tags.get(tag) == tag:
                return record
            return self._walk.message(record, self._event)
        except ValueError:
            pass
        raise InputError("holds a record that is no event")

    def _hour_of(self, record: bytes) -> int:
        """Give the hour an event says, in hours since 1970, or 0; it is nearly always first."""
        if record[:1] == _TIME_FIRST and len(record) > _DOUBLE.size:
            (seconds,) = _DOUBLE.unpack_from(record, 1)
            begin = self._hour * 3600
            if 0 < begin <= seconds < begin + 3600:
                return self._hour
        return _hour_of(record)

    def close(self) -> None:
        """Write down what was found in the hour that ends."""
        self._cells.close(self._count, _named_hour(self._hour))
        self._count = 0

    def _summary(self, data: bytes) -> bytes:
        return self._walk.message(data, {1: self._value})

    def _value(self, data: bytes) -> bytes:
        """Scrub a value: what a tag names, by the plug-in that shows it."""
        tag = plugin = b""
        for field in fields(data):
            if field.kind == BYTES and field.number == _TAG:
                tag = field.body
            if field.kind == BYTES and field.number == _METADATA:
                plugin = _plugin_of(field.body) or plugin
        # Only the first value of a tag says which plug-in shows it.
        plugin = self._plugins.setdefault(tag, plugin) or plugin
        name = tag.decode("utf-8", "ignore").removesuffix(_OF_TEXT)
        metadata = {1: {1: _TEXT, 2: self._walk.unknown}, 2: _TEXT, 3: _TEXT}
        shape: Mapping[int, object] = {
            _TAG: self._tag,
            7: self._tag,
            3: _kept,
            5: {6: _kept, 7: _kept},
            _METADATA: metadata,
            _IMAGE: {4: self._instead(PNG, IMAGE)},
            _AUDIO: {4: self._instead(WAV, SOUND), 5: _TEXT},
            _TENSOR: lambda body: self._tensor(body, name, plugin),
        }
        return self._walk.message(data, shape)

    def _tag(self, tag: bytes) -> bytes:
        """Scrub a tag; two that were different still are, or their curves would be one."""
        found = self._tags.get(tag)
        if found is None:
            new = found = self._cells.data(tag)
            number = 1
            while found in self._given:
                number += 1
                found = b"%b (%d)" % (new, number)
            self._given.add(found)
            self._tags[tag] = found
        return found

    def _tensor(self, data: bytes, name: str, plugin: bytes) -> bytes:
        """Scrub a tensor: strings are texts, or images with their sizes before them."""
        dtype = place = 0
        done = []
        for field in fields(data):
            body = field.body
            if field.kind == VARINT and field.number == _DTYPE:
                dtype = field.value
            elif field.kind == BYTES and field.number == _STRINGS:
                body = self._string(body, name, plugin, place)
                place += 1
            elif field.kind == BYTES and field.number == _CONTENT and dtype not in _NUMBERS:
                body = self._cells.data(body, name)
            elif field.kind == BYTES and field.number in {2, 14, 15}:
                body = self._walk.unknown(body)
            done.append(field.with_body(body))
        return b"".join(done)

    def _string(self, body: bytes, name: str, plugin: bytes, place: int) -> bytes:
        if plugin == b"images" and place >= _SIZES:
            return self._instead(PNG, IMAGE)(body)
        if plugin == b"audio" and place % 2 == 0:
            return self._instead(WAV, SOUND)(body)
        return self._cells.data(body, name)

    def _instead(self, new: bytes, what: tuple[str, str]) -> Callable[[bytes], bytes]:
        def replaced(body: bytes) -> bytes:
            if body != new:
                self._cells.note(what)
            return new

        return replaced


def _kept(body: bytes) -> bytes:
    return body


def _plugin_of(metadata: bytes) -> bytes:
    for field in fields(metadata):
        if field.kind == BYTES and field.number == 1:
            names = [one.body for one in fields(field.body) if one.number == 1]
            return names[-1] if names else b""
    return b""


def _tag_of_scalar(record: bytes) -> bytes:
    """Give the tag of a record that is one number and its tag, as most are; else nothing."""
    match = _SCALAR.fullmatch(record)
    if match is None:
        return b""
    tag = match["tag"]
    lengths = match["summary"][0], match["value"][0], match["size"][0]
    return tag if lengths == (len(tag) + 9, len(tag) + 7, len(tag)) else b""


def _hour_of(record: bytes) -> int:
    """Give the hour an event says, in hours since 1970, or 0."""
    for field in fields(record):
        if field.number == _WALL_TIME and field.kind == FIXED64:
            (seconds,) = struct.unpack("<d", field.body)
            return int(seconds // 3600) if 0 < seconds < _LAST_SECOND else 0
    return 0


def _named_hour(hour: int) -> str:
    if not hour:
        return ""
    return datetime.fromtimestamp(hour * 3600, UTC).strftime("%Y-%m-%dT%H")
