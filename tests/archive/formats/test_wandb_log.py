"""W&B's log: records of any length through blocks, names that no text tells, damage told."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber.archive.formats.wandb_log import HEAD, Log, _pieces
from scrubber.archive.formats.wire_fields import BYTES, varint
from tests.archive.formats.binary_documents import MAIL, WORD, once, refused, scrubbed

BLOCK = 1 << 15


def field(number: int, body: bytes) -> bytes:
    """Give a field of bytes."""
    return varint(number << 3 | BYTES) + varint(len(body)) + body


def log(*records: bytes) -> bytes:
    """Give a log."""
    target = io.BytesIO()
    written = Log(target)
    for record in records:
        written.write(record)
    return target.getvalue()


def item(name: str, value: str) -> bytes:
    """Give a name and its value as JSON."""
    return field(1, name.encode()) + field(16, value.encode())


LINE = field(13, b"\x08\x01" + field(3, b"step 1 done\n"))


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (LINE, LINE),
        (field(13, field(3, f"mail {MAIL}\n".encode())), field(13, field(3, b"mail [email]\n"))),
        (field(17, field(2, b"bobby")), field(17, field(2, b"[user]"))),
        (field(17, field(13, b"gpubox")), field(17, field(13, b"[host]"))),
        (field(26, field(13, b"bobby")), field(26, field(13, b"[user]"))),
        (field(26, field(199, b"01a20b96")), field(26, field(199, b"01a20b96"))),
        (
            field(17, field(4, field(1, item("api_key", f'"{WORD}"')))),
            field(17, field(4, field(1, item("api_key", '"[secret]"')))),
        ),
        (
            field(5, field(1, item("opt", f'{{"password":"{WORD}","lr":0.10}}'))),
            field(5, field(1, item("opt", '{"password":"[secret]","lr":0.10}'))),
        ),
        (field(2, field(1, item("loss", "0.2500"))), field(2, field(1, item("loss", "0.2500")))),
        (field(444, MAIL.encode()), field(444, b"[email]")),
    ],
)
def test_a_record_keeps_all_that_names_nobody(raw: bytes, expected: bytes) -> None:
    """Accounts and hosts are known by their place, the rest by what it looks like."""
    made = scrubbed(log(LINE, raw))
    assert made.kind == "wandb"
    assert made.data == log(LINE, expected)
    assert made.found.lines == 2


@given(st.lists(st.integers(0, 3 * BLOCK), max_size=6))
def test_records_of_any_length_go_through_blocks(sizes: list[int]) -> None:
    """Each piece has its sum, and no piece goes over the end of a block."""
    data = log(*(b"\0" * size for size in sizes))
    source = io.BytesIO(data)
    source.seek(len(HEAD))
    read: list[int] = []
    for kind, piece in _pieces(source):
        if kind in {1, 2}:
            read.append(0)
        read[-1] += len(piece)
    assert read == sizes


def test_a_long_record_is_scrubbed_over_blocks() -> None:
    """An address that two blocks share is found."""
    for size in range(BLOCK - 60, BLOCK - 20, 3):
        text = b"x" * size + f" mail {MAIL} ".encode() + b"y" * BLOCK
        made = scrubbed(log(field(13, field(3, text))))
        assert made.found.report.findings == 1


@pytest.mark.parametrize("cut", [1, 5, 30])
def test_a_record_that_is_cut_off_is_left_out(cut: int) -> None:
    """A run that was killed leaves one."""
    whole = log(LINE, field(13, field(3, f"{'x' * 30} {MAIL}".encode())))
    made = once(whole[:-cut])
    assert made.data == log(LINE)
    assert made.found.members == {"dropped": 1}


def test_a_record_whose_last_piece_is_missing_is_left_out() -> None:
    """The first block is whole, the second one is not there."""
    made = once(log(LINE, field(13, field(3, b"z" * 2 * BLOCK)))[:BLOCK])
    assert made.data == log(LINE)
    assert made.found.members == {"dropped": 1}


def _piece(kind: int, data: bytes) -> bytes:
    return struct.pack("<IHB", zlib.crc32(data, zlib.crc32(bytes((kind,)))), len(data), kind) + data


@pytest.mark.parametrize(
    "data",
    [
        HEAD + _piece(3, LINE),
        HEAD + _piece(2, LINE) + _piece(1, LINE),
        HEAD + _piece(9, LINE),
        log(LINE)[:-1] + b"X",
        HEAD + struct.pack("<IHB", 0, 65535, 1) + bytes(70_000),
        log(field(13, b"\x1a\x7fno")),
        log(MAIL.encode()),
        b":W&B\0\0\0" + _piece(1, LINE),
        log(bytes(BLOCK - 7 - 7 - 3))[: -0 or None] + b"\1\1\1" + _piece(1, LINE),
    ],
)
def test_damage_is_an_error_without_a_text(data: bytes) -> None:
    """Pieces out of order, wrong sums, lengths beyond a block, records that are no message."""
    assert refused(data)


def test_an_empty_log_stays() -> None:
    """A run that never began has a head only."""
    assert scrubbed(log()).data == HEAD
