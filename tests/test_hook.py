"""What a hook answers, whatever it is given: `scrubber.hook`."""

from __future__ import annotations

import json
import math
import threading
from typing import Any

import pytest

import scrubber.events as events_module
from scrubber import Identity, Scrubber
from scrubber.units.event import EventLimits

ADDRESS = "jane@example.com"
ACCOUNT = "vexlab7"
EVENT_ID = "0123456789abcdef" * 2
TAG = "scrubber.fallback"
EVENT: dict[str, Any] = {
    "event_id": EVENT_ID,
    "platform": "python",
    "level": "fatal",
    "message": ADDRESS,
    "server_name": "box",
    "user": {"email": ADDRESS},
    "exception": {
        "values": [
            {
                "type": "KeyError",
                "module": "builtins",
                "value": f"no {ADDRESS}",
                "stacktrace": {
                    "frames": [
                        {
                            "function": "train",
                            "module": "yolo.train",
                            "filename": "yolo/train.py",
                            "abs_path": f"/home/{ACCOUNT}/yolo/train.py",
                            "lineno": 12,
                            "in_app": True,
                            "context_line": f"send({ADDRESS!r})",
                            "vars": {"to": ADDRESS},
                        }
                    ]
                },
            }
        ]
    },
}


@pytest.fixture
def scrubber() -> Scrubber:
    """A scrubber that has not failed yet."""
    return Scrubber(identity=Identity.none())


def cyclic() -> dict[str, Any]:
    """An event that holds itself."""
    event: dict[str, Any] = {"message": ADDRESS}
    event["extra"] = {"self": event, "rows": [event]}
    return event


def deep(depth: int) -> dict[str, Any]:
    """An event of many containers in one another."""
    row: list[Any] = [ADDRESS]
    for _ in range(depth):
        row = [row]
    return {"extra": {"row": row}}


STUBBED: dict[str, Any] = {
    "none": None,
    "a text": ADDRESS,
    "a list": [ADDRESS],
    "bytes": ADDRESS.encode(),
    "a number": 4111111111111111,
    "an object": object(),
    "cyclic": cyclic(),
    "depth 1,000": deep(1000),
    "depth 100,000": deep(100_000),
    "more texts than the budget": {"extra": [f"{n}@example.com" for n in range(100_001)]},
    "more text than the budget": {"extra": [f"{n} {ADDRESS}" + " x" * 30_000 for n in range(50)]},
}


@pytest.mark.parametrize("name", STUBBED)
def test_what_cannot_be_scrubbed_gives_an_event_that_says_so(name: str, scrubber: Scrubber) -> None:
    """A valid event with a tag, nothing of what was given, and a count."""
    done = scrubber.scrub(STUBBED[name])
    assert done is not None
    assert done["tags"].keys() == {TAG}
    assert ADDRESS not in json.dumps(done)
    assert "4111" not in json.dumps(done["tags"])
    assert done.keys() <= {"event_id", "timestamp", "platform", "tags", "level", "message"}
    assert scrubber.failures == 1


ODD: dict[str, tuple[dict[Any, Any], dict[str, Any]]] = {
    "nothing": ({}, {}),
    "bytes keys": ({b"a": 1, ADDRESS.encode(): 2}, {"a": 1, "[email]": 2}),
    "keys of all kinds": (
        {False: "a", None: "b", 1: "c", 1.5: "d", (1, 2): "e"},
        {"false": "a", "1": "c", "null": "b", "1.5": "d", "<builtins.tuple>": "e"},
    ),
    "keys that collide": (
        {"extra": {"a@example.com": 1, "b@example.com": 2}},
        {"extra": {"[email]": 1, "[email] (2)": 2}},
    ),
    "a huge number": ({"extra": {"a": 10**5000, "b": -(10**1000)}}, {"extra": {"a": 0, "b": 0}}),
    "a large number": ({"extra": {"a": 10**300}}, {"extra": {"a": 10**300}}),
    "infinity": ({"extra": {"a": math.inf, "b": -math.inf}},) * 2,
    "a card": (
        {"extra": {"a": 4111111111111111, "b": [4111111111111111]}},
        {"extra": {"a": 0, "b": [0]}},
    ),
    "a lone surrogate": (
        {"message": f"\ud800 {ADDRESS} \udfff"},
        {"message": "\ud800 [email] \udfff"},
    ),
    "bytes": ({"extra": {"a": ADDRESS.encode() + b"\xff"}}, {"extra": {"a": "[email]\\xff"}}),
    "interfaces of other kinds": (
        {"exception": ADDRESS, "user": ADDRESS, "breadcrumbs": {"values": ADDRESS}, "tags": 7},
        {"exception": "[email]", "user": "[user]", "breadcrumbs": {"values": "[email]"}, "tags": 7},
    ),
    "lists of nothing": ({"exception": {"values": [None, [], {}]}, "threads": None, "request": []},)
    * 2,
}


@pytest.mark.parametrize("name", ODD)
def test_what_is_odd_is_scrubbed_all_the_same(name: str, scrubber: Scrubber) -> None:
    """No stub for an event that can be walked."""
    given, expected = ODD[name]
    assert scrubber.scrub(given, kind="event") == expected
    assert scrubber.failures == 0


def test_nan_stays(scrubber: Scrubber) -> None:
    """It is no text and no number that names anybody."""
    done = scrubber.scrub({"extra": {"a": math.nan}})
    assert done is not None
    assert math.isnan(done["extra"]["a"])


def test_a_hundred_thousand_texts_are_scrubbed_or_refused(scrubber: Scrubber) -> None:
    """Each distinct text is looked at once; a list of the same is a short event."""
    same = scrubber.scrub({"extra": {"rows": [f"to {ADDRESS}"] * 100_000}})
    assert same == {"extra": {"rows": ["to [email]"] * 100_000}}
    many = scrubber.scrub({"extra": {"rows": [str(n) for n in range(20_000)], "to": ADDRESS}})
    assert many is not None
    assert len(many["extra"]["rows"]) == 20_000
    assert many["extra"]["to"] == "[email]"


def test_fifty_megabytes_in_one_text_leave_without_what_they_hold(scrubber: Scrubber) -> None:
    """It is scrubbed or replaced; the event is sent."""
    done = scrubber.scrub({"message": "lorem ipsum dolor " * 2_900_000 + ADDRESS})
    assert done is not None
    assert ADDRESS not in done["message"]


@pytest.mark.parametrize("before", range(65_500, 65_560, 7))
def test_a_long_text_ends_without_half_an_address(before: int, scrubber: Scrubber) -> None:
    """Wherever it is cut; and what was cut is not cut again."""
    text = ("lorem ipsum " * 6000)[: before - 1] + f" {ADDRESS} " * 3
    done = scrubber.scrub({"message": text})
    assert done is not None
    assert "jane" not in done["message"]
    assert scrubber.scrub(done) == done


BUDGETS = {
    "depth": EventLimits(depth=3),
    "units": EventLimits(units=3),
    "characters": EventLimits(characters=20),
    "values": EventLimits(values=5),
}


@pytest.mark.parametrize("name", BUDGETS)
def test_beyond_a_budget_less_is_sent(
    name: str, scrubber: Scrubber, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it failed is told, paths in the form they always have; no text of anybody."""
    whole = scrubber.scrub(EVENT)
    scrub = events_module.EventScrub.scrub
    monkeypatch.setattr(
        events_module.EventScrub, "scrub", lambda self, event: scrub(self, event, BUDGETS[name])
    )
    less = scrubber.scrub(EVENT)
    assert whole is not None
    assert less is not None
    assert less.pop("timestamp") > 0
    assert less == {
        "message": "[scrub-failed]",
        "event_id": EVENT_ID,
        "platform": "python",
        "level": "fatal",
        "tags": {TAG: "budget"},
        "exception": {
            "values": [
                {
                    "type": "KeyError",
                    "module": "builtins",
                    "value": "[scrub-failed]",
                    "stacktrace": {
                        "frames": [
                            {
                                "function": "train",
                                "module": "yolo.train",
                                "filename": "yolo/train.py",
                                "abs_path": "<home>/yolo/train.py",
                                "lineno": 12,
                                "in_app": True,
                            }
                        ]
                    },
                }
            ]
        },
    }
    (kept,) = whole["exception"]["values"][0]["stacktrace"]["frames"]
    assert kept["abs_path"] == "<home>/yolo/train.py"


@pytest.mark.parametrize(
    ("path", "told"),
    [
        (f"/raid/{ACCOUNT}/yolo/train.py", "/raid/.../yolo/train.py"),
        (f"C:\\Users\\{ACCOUNT}\\yolo\\train.py", "<home>\\yolo\\train.py"),
        ("/usr/lib/python3.11/json/decoder.py", "/usr/lib/python3.11/json/decoder.py"),
        ("/" + "a/" * 600, None),
    ],
)
def test_paths_of_an_event_that_failed_are_cut_as_ever(
    path: str, told: str | None, scrubber: Scrubber
) -> None:
    """One that is too long is left out."""
    frame = {"function": "train", "filename": "yolo/train.py", "abs_path": path}
    event = deep(100) | {"exception": {"values": [{"stacktrace": {"frames": [frame]}}]}}
    done = scrubber.scrub(event)
    assert done is not None
    (kept,) = done["exception"]["values"][0]["stacktrace"]["frames"]
    assert kept.get("abs_path") == told


def test_a_transaction_that_failed_stays_one(scrubber: Scrubber) -> None:
    """Its times and ids are enough to count it."""
    done = scrubber.scrub({"type": "transaction", "transaction": ADDRESS} | deep(100))
    assert done is not None
    assert done["type"] == "transaction"
    assert done["tags"] == {TAG: "budget"}
    assert ADDRESS not in json.dumps(done)


def test_a_span_that_failed_stays_one(scrubber: Scrubber) -> None:
    """An SDK sends the raw span where a hook gives none."""
    span = {"span_id": "a1" * 8, "trace_id": EVENT_ID, "name": ADDRESS, "attributes": deep(100)}
    assert scrubber.scrub(span, kind="span") == {
        "span_id": "a1" * 8,
        "trace_id": EVENT_ID,
        "name": "[scrub-failed]",
        "status": "ok",
        "attributes": {TAG: "budget"},
    }


@pytest.mark.parametrize(
    "kind",
    ["breadcrumb", "log", "metric", "check_in", "session", "sessions", "profile", "profile_chunk"],
)
def test_another_report_that_failed_is_dropped(kind: str, scrubber: Scrubber) -> None:
    """Nothing of its form could stand for it."""
    assert scrubber.scrub(deep(100), kind=kind) is None
    assert scrubber.failures == 1


@pytest.mark.parametrize("kind", ["feedback", "replay_event", "transaction", "event"])
def test_what_goes_where_events_go_gives_an_event(kind: str, scrubber: Scrubber) -> None:
    """It is counted with them."""
    done = scrubber.scrub(deep(100), kind=kind)
    assert done is not None
    assert done["tags"] == {TAG: "budget"}


def test_a_kind_nobody_knows_is_told_from_the_fields(scrubber: Scrubber) -> None:
    """A slip costs no report."""
    assert scrubber.scrub({"message": ADDRESS}, kind="letter") == {"message": "[email]"}


@pytest.mark.parametrize("value", ["1", "yes"])
def test_a_disabled_scrubber_drops(
    value: str, scrubber: Scrubber, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It never passes through; of a span, which an SDK sends raw instead, ids are left."""
    monkeypatch.setenv("SCRUBBER_DISABLE", value)
    assert scrubber.scrub(EVENT) is None
    assert scrubber.scrub({"category": "a", "message": ADDRESS}, kind="breadcrumb") is None
    assert scrubber.scrub({"span_id": "a1" * 8, "name": ADDRESS}, kind="span") == {
        "span_id": "a1" * 8,
        "name": "[scrub-failed]",
        "status": "ok",
        "attributes": {TAG: "disabled"},
    }


def test_the_event_given_is_not_changed(scrubber: Scrubber) -> None:
    """A new one is sent, even where nothing was found."""
    before = json.dumps(EVENT)
    done = scrubber.scrub(EVENT)
    assert json.dumps(EVENT) == before
    assert done is not EVENT


def test_an_event_that_changes_while_it_is_read_gives_a_stub(scrubber: Scrubber) -> None:
    """What Python raises then is no reason to send it raw."""
    event: dict[str, Any] = {"extra": {"a": ADDRESS}}
    stop = threading.Event()

    def write() -> None:
        n = 0
        while not stop.is_set():
            event[f"k{n % 500}"] = ADDRESS
            event.pop(f"k{(n + 250) % 500}", None)
            n += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        sent = [scrubber.scrub(event) for _ in range(20)]
    finally:
        stop.set()
        writer.join()
    assert ADDRESS not in json.dumps(sent)
    assert None not in sent


class File:
    """A file as the SDK holds it."""

    def __init__(
        self,
        bytes: Any = None,  # noqa: A002, ANN401  # as the SDK calls it
        filename: str | None = None,
        path: str | None = None,
        content_type: str | None = None,
    ) -> None:
        """Hold it."""
        self.bytes, self.filename, self.path = bytes, filename, path
        self.content_type = content_type


class BrokenFile(File):
    """A file that cannot be read, and says whose it is."""

    def __init__(self) -> None:
        """Hold what fails."""

        def read() -> bytes:
            raise OSError(ADDRESS)

        super().__init__(bytes=read, filename=ADDRESS)


def test_files_of_a_hint_are_scrubbed_in_place(scrubber: Scrubber) -> None:
    """The SDK reads the list after the hook."""
    files: list[Any] = [File(f"to {ADDRESS}".encode(), "run.log")]
    hint = {"attachments": files}
    assert scrubber.scrub({"message": "ok"}, hint) == {"message": "ok"}
    assert hint["attachments"] is files
    assert [one.bytes for one in files] == [b"to [email]"]
    assert scrubber.failures == 0


def test_a_file_that_fails_is_left_out_and_counted(scrubber: Scrubber) -> None:
    """The event is sent without it."""
    files: list[Any] = [BrokenFile(), File(b"ok", "run.log"), object(), File(path="/nowhere/x")]
    done = scrubber.scrub({"message": ADDRESS}, {"attachments": files})
    assert done == {"message": "[email]"}
    assert [one.bytes for one in files] == [b"ok"]
    assert scrubber.failures == 3


@pytest.mark.parametrize("hint", [None, {}, {"attachments": []}, {"attachments": None}, [], "x", 7])
def test_any_hint_is_taken(hint: object, scrubber: Scrubber) -> None:
    """What the SDK knows is different in each release."""
    assert scrubber.scrub({"message": "ok"}, hint) == {"message": "ok"}


def test_a_failure_is_told_once_without_data(
    scrubber: Scrubber, caplog: pytest.LogCaptureFixture
) -> None:
    """One warning, and a count for the rest."""
    for _ in range(3):
        scrubber.scrub(cyclic())
    assert scrubber.failures == 3
    (record,) = caplog.records
    assert ADDRESS not in record.getMessage()
    assert record.exc_info is None
