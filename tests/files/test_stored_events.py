"""Events in files: scrubbed by their fields, in the layout they had."""

from __future__ import annotations

import io
import json

import pytest

from scrubber.files.compressed import CHUNK
from scrubber.files.opened import Opened
from scrubber.files.stored_events import StoredEvents, may_hold_events, told_by_fields
from scrubber.identity.model import Identity
from scrubber.pipeline import Scrubber

SCRUBBER = Scrubber(identity=Identity.none())
EVENT = {"event_id": "a" * 32, "user": {"id": "4711"}, "message": "bad shape"}
SCRUBBED = {"event_id": "a" * 32, "user": {"id": "[user]"}, "message": "bad shape"}


def passed(data: bytes) -> tuple[bytes, int]:
    """Read a document through; give what came, and how many fields were changed."""
    events = StoredEvents(SCRUBBER, Opened(io.BytesIO(data)))
    out = b"".join(iter(lambda: events.read(CHUNK), b""))
    return out, events.report.findings


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"indent": 2},
        {"indent": "\t"},
        {"separators": (",", ":")},
        {"indent": 4, "separators": (",", ":")},
        {"ensure_ascii": False},
    ],
)
@pytest.mark.parametrize(("before", "behind"), [("", ""), ("", "\n"), ("\ufeff", "\r\n")])
def test_the_layout_stays(options: dict[str, str], before: str, behind: str) -> None:
    """Whoever wrote it, an event is as it was but for what was removed."""
    also: dict[str, object] = {"tags": {"x": "caf\xe9"}}
    written, wanted = (
        before + json.dumps(event | also, **options) + behind  # type: ignore[arg-type]
        for event in (EVENT, SCRUBBED)
    )
    assert passed(written.encode()) == (wanted.encode(), 1)


@pytest.mark.parametrize(
    ("user", "gone"),
    [
        ({"id": "4711"}, ["4711"]),
        ({"id": 4711}, ["4711"]),
        ({"id": 'a": "b'}, ['a\\": \\"b']),
        ({"id": ""}, []),
    ],
)
def test_values_are_told_by_their_fields(user: dict[str, object], gone: list[str]) -> None:
    """Wherever they stand as values in the line, but for keys that are written the same."""
    line = json.dumps(EVENT | {"user": user, "extra": {"4711": "x 4711"}})
    assert [line[one.start : one.end] for one in told_by_fields(SCRUBBER, line)] == gone
    assert told_by_fields(SCRUBBER, "user 4711") == []


def test_each_line_may_be_an_event() -> None:
    """What is none between them is passed on as it is, cut anywhere."""
    lines = [json.dumps(EVENT), "no event", "{broken", "", json.dumps({"a": 1}), json.dumps(EVENT)]
    wanted = [json.dumps(SCRUBBED), *lines[1:5], json.dumps(SCRUBBED)]
    for end in ("\n", ""):
        assert passed(("\n".join(lines) + end).encode()) == (("\n".join(wanted) + end).encode(), 2)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[1, 2]",
        b'{"name": "x", "user": 1}',
        b"plain text",
        b"\xff\xfe{\0",
        b"{" * 100_000,
        json.dumps({"a": 1, "b": [1.50, 1e5]}).encode() + b"\n",
        b"x" * (3 * CHUNK),
        b'{"a": "' + b"x" * (3 * CHUNK) + b'"}',
    ],
)
def test_what_is_no_event_is_passed_on(data: bytes) -> None:
    """Byte for byte."""
    assert passed(data) == (data, 0)


def test_scrubbed_again_is_the_same() -> None:
    """A placeholder that the text scrubber put there stays."""
    once, _ = passed(json.dumps(EVENT).encode())
    text = json.dumps(EVENT | {"user": {"email": "[email]"}}).encode()
    assert passed(once) == (once, 0)
    assert passed(text) == (text, 0)


@pytest.mark.parametrize(
    ("name", "may"),
    [("a.json", True), ("A.JSONL.1.GZ", True), ("a.ndjson-20260101", True), ("a.log", False)],
)
def test_names_tell(name: str, may: bool) -> None:  # noqa: FBT001  # a column of the table
    """Rotated and packed ones, too."""
    assert may_hold_events(name) == may
