"""Messages taken apart: whole, exact, and none of what is hostile."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber.archive.context import Context
from scrubber.archive.formats.cells import Cells
from scrubber.archive.formats.wire_fields import BYTES, ITEM, Walk, fields, varint
from scrubber.archive.limits import Limits, Spent
from tests.archive.formats.binary_documents import MAIL, WORD, scrubber


def message(number: int, body: bytes) -> bytes:
    """Give a message of one field."""
    return varint(number << 3 | BYTES) + varint(len(body)) + body


def walk() -> Walk:
    """Give a walk with empty books."""
    return Walk(Cells(Context(scrubber(), Spent(Limits(), 0))))


@pytest.mark.parametrize(
    "data",
    [
        b"\x00",  # field 0
        b"\x0b",  # a group
        b"\x0a\x05abc",  # cut off
        b"\x0a\xff\xff\xff\xff\x07abc",  # 2 GB of three bytes
        b"\x0a\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01",
        b"\x80" * 11,  # a number without an end
        b"\x09\x00",
        b"\x0d\x00",
        b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01",
    ],
)
def test_bytes_that_are_no_message_are_refused(data: bytes) -> None:
    """Lengths beyond the bytes are never followed."""
    with pytest.raises(ValueError, match=r"^[a-z ]+$"):
        list(fields(data))


@given(st.binary(max_size=200))
def test_fields_are_all_of_a_message(data: bytes) -> None:
    """Whatever can be read is put together to the same bytes."""
    try:
        found = list(fields(data))
    except ValueError:
        return
    assert b"".join(field.raw for field in found) == data
    assert b"".join(field.with_body(field.body) for field in found) == data


@given(st.binary(max_size=300))
def test_bytes_of_which_nothing_is_known_settle(data: bytes) -> None:
    """Any bytes come out, and come out again as they are."""
    done = walk().unknown(data)
    assert walk().unknown(done) == done


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (MAIL.encode(), b"[email]"),
        (message(1, MAIL.encode()), message(1, b"[email]")),
        (message(3, message(4, MAIL.encode())), message(3, message(4, b"[email]"))),
        (b"\x0a\x81\x00x", b"\x0a\x81\x00x"),  # a length in more bytes than it needs
        (
            message(1, b"password") + message(2, message(3, WORD.encode())),
            message(1, b"password") + message(2, message(3, b"[secret]")),
        ),
        (b"8" * 12, b"8" * 12),
        (b"", b""),
    ],
)
def test_unknown_bytes_are_a_message_or_a_text(data: bytes, expected: bytes) -> None:
    """Lengths are written anew, a name before a value is heeded, and the rest stays."""
    assert walk().unknown(data) == expected


def test_messages_too_deep_are_texts() -> None:
    """A thousand messages in one another end in no error, and in no address."""
    data = MAIL.encode()
    for _ in range(1000):
        data = message(1, data)
    assert MAIL.encode() not in walk().unknown(data)


@pytest.mark.parametrize("names", [[(1, "user")], [(2, "a"), (2, "user")], [(1, "user"), (7, "x")]])
def test_the_innermost_name_of_an_item_counts(names: list[tuple[int, str]]) -> None:
    """W&B writes a path of names, or one."""
    head = b"".join(message(number, name.encode()) for number, name in names)
    done = walk().message(head + message(16, b'"bobby"'), ITEM)
    assert b"bobby" not in done
    assert b'"[user]"' in done


def test_a_body_is_remembered_for_its_name_only() -> None:
    """The same bytes are clean under one name, and secret under another."""
    same = walk()
    body = message(2, WORD.encode())
    assert same.unknown(body, "note") == body
    assert same.unknown(body, "password") == message(2, b"[secret]")
    assert same.unknown(body, "note") == body
