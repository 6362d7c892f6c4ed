"""Text: as the command redacts it."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber.archive.context import Context, NotKnownError
from scrubber.archive.formats import scrub_document
from scrubber.archive.limits import Limits, Spent
from scrubber.errors import InputError
from tests.archive.scrubbing import SCRUBBER, scrubbed, settled


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_encodings_and_line_ends_stay(codec: str) -> None:
    """A finding goes, whatever the text is written in."""
    data = "caf\xe9 jane@example.com\r\nnext\r".encode(codec)
    assert "caf\xe9 [email]\r\nnext\r".encode(codec) == settled(data, "app.log")


def test_lines_are_counted() -> None:
    """The last one with or without its end, and findings by the hour of the file."""
    _, _, found = scrubbed(b"a jane@example.com\nb\nc", "app.log")
    assert (found.lines, dict(found.hours)) == (3, {"2026-11-24T03": 1})
    assert scrubbed(b"a\nb\n", "app.log")[2].lines == 2


@given(st.binary(max_size=400))
def test_bytes_that_hold_nothing_are_kept(data: bytes) -> None:
    """Whatever they are, if they are taken for text."""
    if SCRUBBER.scrub_text(data) == data and not data[:4].strip(b"\0\xff\xfe"):
        return
    try:
        kind, done, found = scrubbed(data, "app.log")
    except InputError:
        return
    if kind == "text" and not found.report.findings and not found.report.failures:
        assert data == done


@pytest.mark.parametrize(
    ("name", "value", "done"),
    [
        ("0/ab/tags/mlflow.user", b"janedoe", b"[user]"),
        ("mlflow.user", b"janedoe", b"[user]"),
        ("ab/params/password", b"hunter2\n", b"[secret]"),
        ("ab/params/lr", b"0.001", b"0.001"),
        ("ab/params/note", b"jane@example.com\nx", b"[email]\nx"),
        ("ab/params/user", b"\xff\xfe", b"\xff\xfe"),
        ("password", b"hunter2", b"hunter2"),
    ],
)
def test_a_value_alone_in_its_file_is_scrubbed_under_its_name(
    name: str, value: bytes, done: bytes
) -> None:
    """As MLflow keeps parameters and tags; one line only."""
    assert done == settled(value, name)


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"\x89PNG\r\n\x1a\n", "is an image"), (b"\x7fELF\0", "is of a kind that no format knows")],
)
def test_what_no_format_knows_is_not_passed_on(data: bytes, reason: str) -> None:
    """Unless it is asked for."""
    for unknown in ("list", "drop"):
        with pytest.raises(NotKnownError, match=reason):
            scrubbed(data, "x", unknown=unknown)
    kind, done, _ = scrubbed(data, "x", unknown="copy")
    assert data == done
    assert kind in {"binary", "image"}


class Full(io.BytesIO):
    """A disk that is full."""

    def write(self, _data: object) -> int:
        """Refuse."""
        raise OSError(28, "No space left on device", "/home/jane/x")


def test_a_full_disk_is_an_error_of_ours() -> None:
    """It says why, and no place."""
    context = Context(SCRUBBER, Spent(Limits(), 1))
    with pytest.raises(InputError, match=r"\Acannot be done: no space left on device\Z"):
        scrub_document(io.BytesIO(b"x"), Full(), context)
