"""A line of a manifest."""

from __future__ import annotations

import os

import pytest

from scrubber.archive.entries import Entry
from scrubber.archive.found import Found
from scrubber.archive.tasks import Outcome
from scrubber.report import Report


def entry(name: str, state: str = "done") -> Entry:
    """Give an entry with counts of every kind."""
    found = Found(Report({("EMAIL_ADDRESS", "contact.email"): 3}, failures=1), 9)
    found.hours["2026-11-24T03"] = 3
    found.members["done"] = 2
    return Entry(
        name,
        f"id of {name}",
        17,
        123,
        name if state == "done" else "",
        Outcome(0, state, "text", "" if state == "done" else "is odd", "ab" * 32, 12, found),
    )


@pytest.mark.parametrize("name", ["app.log", "new\nline", os.fsdecode(b"caf\xe9"), "\U0001f600"])
def test_an_entry_is_read_as_it_was_written(name: str) -> None:
    """One line of ASCII, whatever the name."""
    line = entry(name).line()
    assert line.isascii()
    assert line.count(b"\n") == 1
    assert Entry.read(line) == entry(name)


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"null",
        b"[]",
        b'{"input": 1}',
        b"[" * 100_000,
        entry("x").line()[:-9],
        entry("x").line().replace(b'"size": 17', b'"size": -17'),
        entry("x").line().replace(b'"size": 17', b'"size": true'),
        entry("x").line().replace(b'"counts": {', b'"counts": {"a/b": "c", '),
        b"\xff\xfe",
    ],
)
def test_what_is_no_entry_is_none(line: bytes) -> None:
    """It is never read as a file that is done."""
    assert Entry.read(line) is None
