"""Remarks under `_meta`, held against sentry-relay: what Sentry itself does with events.

Skipped where it is not installed: `tests/extras/run.py remarks`.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from scrubber import Identity, Scrubber

if TYPE_CHECKING:
    from collections.abc import Iterator

relay: Any = pytest.importorskip("sentry_relay.processing", reason="tests/extras/run.py remarks")

SCRUBBER = Scrubber(identity=Identity.none())
EVENT_ID = "a1" * 16
TEXT = "\u00e9\u65e5\u672c\U0001f600 mail to jane@example.com now"
EVENT: dict[str, Any] = {
    "event_id": EVENT_ID,
    "platform": "python",
    "logentry": {"formatted": TEXT},
    "user": {
        "id": 7,
        "email": "jane@example.com",
        "ip_address": "192.0.2.7",
        "username": "vexlab7",
    },
    "exception": {
        "values": [
            {
                "type": "KeyError",
                "value": TEXT,
                "stacktrace": {
                    "frames": [
                        {
                            "function": "train",
                            "lineno": 7,
                            "filename": "train.py",
                            "abs_path": "/home/vexlab7/yolo/train.py",
                            "vars": {"text": TEXT, "rows": [TEXT, 1, {"password": "abc"}]},
                        }
                    ]
                },
            }
        ]
    },
    "breadcrumbs": {
        "values": [{"category": "a", "message": TEXT, "timestamp": 1769846400, "data": {"a": TEXT}}]
    },
    "extra": {"a": {"b": TEXT}, "api_key": 7},
    "contexts": {"model": {"path": TEXT}},
    "_meta": {"logentry": {"formatted": {"": {"len": 700, "rem": [["!limit", "s", 509, 512]]}}}},
}
KEPT_AS_THEY_ARE = ("breadcrumbs", "contexts", "exception", "extra", "logentry")
"""Parts whose form ingestion does not change, so that remarks stay where they are."""


def nodes(meta: Any, name: str) -> Iterator[Any]:  # noqa: ANN401  # the JSON border
    """Give what is under a name in all remarks."""
    if isinstance(meta, dict):
        for key, below in meta.items():
            if key == "" and name in below:
                yield below[name]
            else:
                yield from nodes(below, name)


def remarks(event: dict[str, Any], field: str) -> list[Any]:
    """Give the only remarks of a text in an event."""
    (found,) = nodes(event["_meta"]["extra"][field], "rem")
    return list(found)


def normalized(event: dict[str, Any]) -> dict[str, Any]:
    """Give what ingestion makes of an event."""
    done: dict[str, Any] = relay.StoreNormalizer(project_id=1).normalize_event(event)
    return done


def test_ingestion_keeps_our_remarks() -> None:
    """It reads each of them, and holds none of them to be wrong."""
    ours = json.loads(json.dumps(SCRUBBER.scrub(EVENT)))
    theirs = normalized(ours)
    assert list(nodes(theirs["_meta"], "err")) == []
    for part in KEPT_AS_THEY_ARE:
        assert theirs["_meta"][part] == ours["_meta"][part]
    assert list(nodes(theirs["_meta"]["user"]["email"], "rem"))


def test_ingestion_drops_remarks_of_another_form() -> None:
    """The test above can fail."""
    event = {"event_id": EVENT_ID, "extra": {"a": "b"}}
    odd = normalized({**event, "_meta": {"extra": {"a": {"": {"rem": [["a.b", "?", "x"]]}}}}})
    assert not list(nodes(odd.get("_meta"), "rem"))


@pytest.mark.parametrize(
    "before",
    [
        "",
        "to ",
        "\u00e9 ",
        "\u65e5\u672c\u8a9e ",
        "\U0001f600\U0001f600 ",
        "e\u0301 \u200d ",
        "\n\t",
    ],
)
@pytest.mark.parametrize(
    ("rule", "planted"), [("@email:replace", "jane@example.com"), ("@ip:replace", "192.0.2.17")]
)
def test_ranges_count_as_theirs_do(before: str, rule: str, planted: str) -> None:
    """The same text in both: the same kind, and the same bytes, whatever letters are before it."""
    text = f"{before}{planted} and \u00e9 {planted}."
    event = {"event_id": EVENT_ID, "extra": {"a": text, "n": 1, "o": 2}}
    lengths = Scrubber(
        replace(SCRUBBER.policy, remark_lengths=True), identity=Identity.none(), ner="off"
    )
    ours = lengths.scrub(event)
    theirs = relay.pii_strip_event({"applications": {"$string": [rule]}}, event)
    assert ours is not None
    assert ours["extra"] == theirs["extra"]
    assert [one[1:] for one in remarks(ours, "a")] == [one[1:] for one in remarks(theirs, "a")]
    assert list(nodes(ours["_meta"], "len")) == list(nodes(theirs["_meta"], "len"))
