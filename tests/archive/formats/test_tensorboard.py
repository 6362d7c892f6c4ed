"""Event files: numbers as they were, texts scrubbed, images replaced, damage told."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any

import pytest

from scrubber.archive.formats.crc32c import masked
from scrubber.archive.formats.images import PNG, WAV
from scrubber.archive.formats.wire_fields import BYTES, fields, varint
from tests.archive.formats.binary_documents import (
    IMAGE,
    MAIL,
    OTHER,
    WORD,
    once,
    refused,
    scrubbed,
)

if TYPE_CHECKING:
    from pathlib import Path

HOUR = 1_767_225_600.5


def field(number: int, body: bytes) -> bytes:
    """Give a field of bytes."""
    return varint(number << 3 | BYTES) + varint(len(body)) + body


def record(data: bytes) -> bytes:
    """Give a record as TensorFlow writes it."""
    size = struct.pack("<Q", len(data))
    return size + struct.pack("<I", masked(size)) + data + struct.pack("<I", masked(data))


def event(body: bytes) -> bytes:
    """Give the record of an event."""
    return record(b"\x09" + struct.pack("<d", HOUR) + b"\x10\x03" + body)


def value(tag: str, body: bytes) -> bytes:
    """Give the record of a summary with one value."""
    return event(field(5, field(1, field(1, tag.encode()) + body)))


def number(tag: str, loss: float) -> bytes:
    """Give the record of one number."""
    return value(tag, b"\x15" + struct.pack("<f", loss))


def strings(*texts: bytes) -> bytes:
    """Give a tensor of strings."""
    return field(8, b"\x08\x07" + b"".join(field(8, text) for text in texts))


def plugin(name: bytes, content: bytes = b"") -> bytes:
    """Give what tells who shows a value."""
    return field(9, field(1, field(1, name) + field(2, content)))


VERSION = record(b"\x09" + struct.pack("<d", HOUR) + field(3, b"brain.Event:2"))


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (number("loss", 0.25), number("loss", 0.25)),
        (number(f"of {MAIL}", 1.0), number("of [email]", 1.0)),
        (
            value("note/text_summary", strings(f"mail {MAIL}".encode())),
            value("note/text_summary", strings(b"mail [email]")),
        ),
        (
            value("api_key/text_summary", strings(WORD.encode())),
            value("api_key/text_summary", strings(b"[secret]")),
        ),
        (
            value("img", field(4, b"\x08\x40\x10\x20\x18\x03" + field(4, IMAGE))),
            value("img", field(4, b"\x08\x40\x10\x20\x18\x03" + field(4, PNG))),
        ),
        (
            value("img", field(4, field(4, b"of no known kind, CANARY"))),
            value("img", field(4, field(4, PNG))),
        ),
        (value("a", field(6, field(4, b"CANARY"))), value("a", field(6, field(4, WAV)))),
        (
            value("i", plugin(b"images") + strings(b"64", b"32", IMAGE, b"CANARY")),
            value("i", plugin(b"images") + strings(b"64", b"32", PNG, PNG)),
        ),
        (
            value("s", plugin(b"audio") + strings(b"CANARY", MAIL.encode())),
            value("s", plugin(b"audio") + strings(WAV, b"[email]")),
        ),
        (
            value("x", field(8, b"\x08\x01" + field(4, b"\0\0\x80\x3f"))),
            value("x", field(8, b"\x08\x01" + field(4, b"\0\0\x80\x3f"))),
        ),
        (
            value("x", field(8, b"\x08\x04" + field(4, MAIL.encode()))),
            value("x", field(8, b"\x08\x04" + field(4, b"[email]"))),
        ),
        (
            value("h", field(5, field(6, struct.pack("<2d", 1, 2)))),
            value("h", field(5, field(6, struct.pack("<2d", 1, 2)))),
        ),
        (event(field(10, field(1, MAIL.encode()))), event(field(10, field(1, b"[email]")))),
        (event(field(6, b"\x08\x14" + field(2, MAIL.encode()))), None),
        (event(field(4, field(1, field(1, b"n") + field(2, MAIL.encode())))), None),
        (event(field(99, MAIL.encode())), event(field(99, b"[email]"))),
        (value("p", plugin(b"hparams", field(7, field(1, MAIL.encode())))), None),
    ],
)
def test_what_stays_is_the_same_bytes_and_the_rest_is_framed_anew(
    raw: bytes, expected: bytes | None
) -> None:
    """Lengths and sums fit what is written."""
    made = scrubbed(VERSION + raw)
    assert made.kind == "tfevents"
    assert made.data.startswith(VERSION)
    if expected is not None:
        assert made.data == VERSION + expected
    assert made.found.lines == 2


def test_a_later_value_is_shown_by_the_plug_in_of_the_first() -> None:
    """Only the first one names it."""
    first = value("i", plugin(b"images") + strings(b"1", b"1", b"CANARY"))
    later = value("i", strings(b"1", b"1", b"CANARY two"))
    assert scrubbed(VERSION + first + later).data.endswith(value("i", strings(b"1", b"1", PNG)))


def test_two_tags_stay_two() -> None:
    """Their curves would be drawn as one."""
    made = scrubbed(VERSION + number(MAIL, 1) + number(OTHER, 2) + number(MAIL, 3))
    rest = number("[email]", 1) + number("[email] (2)", 2) + number("[email]", 3)
    assert made.data == VERSION + rest


def test_findings_are_counted_by_the_hour_of_the_event() -> None:
    """The hour is that of the training, not of the file."""
    assert scrubbed(VERSION + number(MAIL, 1)).found.hours == {"2026-01-01T00": 1}


@pytest.mark.parametrize("cut", [1, 4, 5, 20, 60])
def test_a_record_that_is_cut_off_is_left_out(cut: int) -> None:
    """A training that was killed leaves one; all before it is kept."""
    last = value("n", strings(f"{'x' * 40} {MAIL}".encode()))
    made = once(VERSION + number("loss", 1) + last[:-cut])
    assert made.data == VERSION + number("loss", 1)
    assert made.found.members == {"dropped": 1}
    assert once(made.data).data == made.data


@pytest.mark.parametrize(
    "data",
    [
        VERSION + b"\1" + number("loss", 1)[1:],  # a length
        VERSION + number("loss", 1)[:-1] + b"\0",  # a sum
        VERSION[:20] + b"X" + VERSION[21:],
        VERSION + record(b"\x0a\xff\xff\xff\xff\x07"),
        VERSION + record(b"\x2a\x03\x0a\x09x"),
        VERSION + record(MAIL.encode()),
    ],
)
def test_damage_is_an_error_without_a_text(data: bytes) -> None:
    """Sums and lengths are believed only where they fit."""
    reason = refused(data)
    assert "record" in reason


def test_a_record_of_exabytes_is_not_read() -> None:
    """A length with a right sum, and no such bytes behind it."""
    size = struct.pack("<Q", 1 << 62)
    made = once(VERSION + size + struct.pack("<I", masked(size)) + b"x" * 99)
    assert made.data == VERSION


def test_tensorboard_reads_it(tmp_path: Path) -> None:
    """What its own writer wrote, its own reader reads after it was scrubbed."""
    writer: Any = pytest.importorskip("tensorboard.summary.writer.event_file_writer")
    loader: Any = pytest.importorskip("tensorboard.backend.event_processing.event_file_loader")
    from tensorboard.compat.proto import event_pb2, summary_pb2

    events = writer.EventFileWriter(str(tmp_path))
    for step in range(5):
        summary = summary_pb2.Summary()
        summary.value.add(tag="loss", simple_value=step / 4)
        summary.value.add(tag=MAIL).image.encoded_image_string = IMAGE
        events.add_event(event_pb2.Event(wall_time=HOUR, step=step, summary=summary))
    events.close()
    (path,) = tmp_path.iterdir()
    made = scrubbed(path.read_bytes())
    path.write_bytes(made.data)
    loaded = [
        event_pb2.Event.FromString(one) for one in loader.RawEventFileLoader(str(path)).Load()
    ]
    values = [one.summary.value for one in loaded if one.HasField("summary")]
    assert [one[0].simple_value for one in values] == [0, 0.25, 0.5, 0.75, 1]
    assert {one[1].tag for one in values} == {"[email]"}
    assert {one[1].image.encoded_image_string for one in values} == {PNG}


def test_every_record_is_a_message() -> None:
    """The helpers of this module write what they say."""
    assert [one.number for one in fields(number("loss", 1)[12:-4])] == [1, 2, 5]
