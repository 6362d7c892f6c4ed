"""Drift: the table of fields knows every field that the installed SDK sends.

A field that it does not know is scanned as text: nothing leaks at once, but an identity there is
not replaced, and an id may be. So a new one fails this test, by its path.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("sentry_sdk")

from scrubber.integrations.sentry.envelope import FILES, KINDS, TEXTS
from scrubber.units.fields import TABLE, Field, Shape

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent.parent
UNTOLD = Shape("").other
"""What a shape says of other fields when its table says nothing of them."""
ANYTHING_BELOW = frozenset({"drop", "identity", "kv", "meta"})
"""Roles of fields below which anything may lie on purpose: most are the user's own."""
SCANNED = frozenset({"profile.os.version: of another form"})
"""What fits no grammar on some machines, and is scanned there: the name of a kernel's build."""
SENT = {
    *("event", "transaction", "log", "trace_metric", "span", "check_in", "session", "sessions"),
    *("profile", "profile_chunk", "client_report"),
}


def unknown(value: object, field: Field, path: str) -> Iterator[str]:
    """Tell where a report holds what the table says nothing of.

    Args:
        value: a report, or a part.
        field: what the table says it is.
        path: where it stands.

    Yields:
        The path of each field without a line of its own, and of what does not fit its grammar.
    """
    if isinstance(value, list):
        for item in value:
            yield from unknown(item, field, f"{path}[]")
    elif isinstance(value, dict):
        shape = field.shape
        if shape is None:
            if field.role not in ANYTHING_BELOW:
                yield f"{path}: a {field.role} that holds fields"
            return
        for name, item in value.items():
            below = shape.fields.get(name, shape.other)
            if below is UNTOLD:
                yield f"{path}.{name}"
            else:
                yield from unknown(item, below, f"{path}.{name}")
    elif isinstance(value, str) and field.role == "keep" and not (field.keeps or bool)(value):
        yield f"{path}: of another form"


@pytest.fixture(scope="module")
def posted() -> list[tuple[str, Any]]:
    """Every report the installed SDK sends, and what it is."""
    found: list[tuple[str, Any]] = []
    for spans in ("whole", "streamed"):
        done = subprocess.run(
            [sys.executable, "-m", "tests.extras.sentry_reports_program", spans],
            capture_output=True,
            check=True,
            cwd=ROOT,
            encoding="utf-8",
        )
        for envelope in json.loads(done.stdout):
            found.append(("envelope", envelope["headers"]))
            for item in envelope["items"]:
                found += [("item", item["headers"]), (item["headers"]["type"], item["payload"])]
    return found


def kind_of_item(name: str) -> str | None:
    """Give what the guard takes an item for; None for a file."""
    if name in FILES or name in TEXTS:
        return None
    return name if name in ("envelope", "item") else KINDS[name]


def test_every_kind_of_report_was_sent(posted: list[tuple[str, Any]]) -> None:
    """A kind that is no longer sent is no longer tested."""
    assert SENT - {name for name, _ in posted} == set()


def test_the_table_knows_every_field(posted: list[tuple[str, Any]]) -> None:
    """Each field has a line in the table of its shape, or lies below one that may hold anything."""
    found = set()
    for name, payload in posted:
        kind = kind_of_item(name)
        if kind is not None:
            found |= set(unknown(payload, TABLE.root(kind), name))
    assert sorted(found - SCANNED) == []


@pytest.mark.parametrize(
    ("kind", "report", "path"),
    [
        ("event", {"made_up": 1}, "x.made_up"),
        ("event", {"exception": {"values": [{"made_up": "a"}]}}, "x.exception.values[].made_up"),
        ("event", {"level": {"name": "a"}}, "x.level: a keep that holds fields"),
        ("event", {"event_id": "jane"}, "x.event_id: of another form"),
        ("transaction", {"spans": [{"made_up": {}}]}, "x.spans[].made_up"),
        ("log", {"items": [{"made_up": 1}]}, "x.items[].made_up"),
    ],
)
def test_a_field_nobody_knows_is_seen(kind: str, report: dict[str, Any], path: str) -> None:
    """The test can fail."""
    assert list(unknown(report, TABLE.root(kind), "x")) == [path]


@pytest.mark.parametrize(
    "report",
    [
        {"extra": {"a": {"b": [1]}}, "tags": {"a": "b"}, "contexts": {"mine": {"a": {}}}},
        {"user": {"data": {"a": 1}}, "request": {"headers": {"a": "b"}, "data": {"a": [{}]}}},
        {"exception": {"values": [{"stacktrace": {"frames": [{"vars": {"a": {"b": 1}}}]}}]}},
    ],
)
def test_what_belongs_to_the_user_may_hold_anything(report: dict[str, Any]) -> None:
    """Below `extra`, `vars` and the like there are no fields to know."""
    assert list(unknown(report, TABLE.root("event"), "x")) == []
