"""The stub is valid, says where it failed, and holds no text: `scrubber.units.stub`."""

from __future__ import annotations

import json
import math
import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Any, NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber.units.stub import FAILED, stub_event

PLANTED = "Jane Doe <jane@example.com>"
EVENT_ID = "0123456789abcdef" * 2
SPAN_ID = "0123456789abcdef"


def stub(event: object) -> dict[str, Any]:
    """Give the stub of an event."""
    return stub_event(event, reason="budget")


def frame(**fields: object) -> dict[str, Any]:
    """Give the stub of the one frame of an event."""
    event = {"exception": {"values": [{"stacktrace": {"frames": [fields]}}]}}
    kept: dict[str, Any] = stub(event)["exception"]["values"][0]["stacktrace"]["frames"][0]
    return kept


EVENT = {
    "event_id": EVENT_ID,
    "timestamp": "2024-02-03T04:05:06.789Z",
    "platform": "python",
    "level": "fatal",
    "release": PLANTED,
    "server_name": PLANTED,
    "message": PLANTED,
    "tags": {"user": PLANTED},
    "user": {"email": PLANTED},
    "exception": {
        "values": [
            {
                "type": "KeyError",
                "module": "builtins",
                "value": PLANTED,
                "mechanism": {"data": PLANTED},
                "stacktrace": {
                    "frames": [
                        {
                            "function": "<module>",
                            "module": "app.train",
                            "filename": PLANTED,
                            "abs_path": PLANTED,
                            "context_line": PLANTED,
                            "vars": {"name": PLANTED},
                            "lineno": 12,
                            "in_app": True,
                        }
                    ]
                },
            }
        ]
    },
}


def test_the_stub_of_an_event_keeps_where_it_failed() -> None:
    """Types, modules, functions and lines stay; every text is gone."""
    assert stub(EVENT) == {
        "event_id": EVENT_ID,
        "timestamp": "2024-02-03T04:05:06.789Z",
        "platform": "python",
        "level": "fatal",
        "tags": {"scrubber.fallback": "budget"},
        "exception": {
            "values": [
                {
                    "type": "KeyError",
                    "module": "builtins",
                    "value": FAILED,
                    "stacktrace": {
                        "frames": [
                            {
                                "function": "<module>",
                                "module": "app.train",
                                "lineno": 12,
                                "in_app": True,
                            }
                        ]
                    },
                }
            ]
        },
    }


TRANSACTION = {
    "type": "transaction",
    "event_id": EVENT_ID,
    "platform": "python",
    "level": "info",
    "timestamp": 1700000001.5,
    "start_timestamp": 1700000000,
    "transaction": PLANTED,
    "contexts": {
        "trace": {"trace_id": EVENT_ID, "span_id": SPAN_ID, "op": "http.server", "data": PLANTED}
    },
    "spans": [{"description": PLANTED}],
}


def test_the_stub_of_a_transaction_is_a_transaction() -> None:
    """What Sentry needs of a transaction stays, its name and spans are gone."""
    assert stub(TRANSACTION) == {
        "type": "transaction",
        "event_id": EVENT_ID,
        "platform": "python",
        "timestamp": 1700000001.5,
        "start_timestamp": 1700000000,
        "transaction": FAILED,
        "contexts": {"trace": {"trace_id": EVENT_ID, "span_id": SPAN_ID, "op": "http.server"}},
        "spans": [],
        "tags": {"scrubber.fallback": "budget"},
    }


def test_the_stub_of_a_broken_transaction_is_valid() -> None:
    """What is missing is made anew."""
    actual = stub({"type": "transaction"})
    trace = actual["contexts"]["trace"]
    assert re.fullmatch("[0-9a-f]{32}", trace["trace_id"])
    assert re.fullmatch("[0-9a-f]{16}", trace["span_id"])
    assert trace["op"] == "default"
    assert actual["start_timestamp"] == actual["timestamp"]


class Refusing(dict[str, object]):
    """A dict that fails whatever it is asked."""

    def get(self, *_: object) -> NoReturn:
        """Fail."""
        raise AssertionError(PLANTED)

    __getitem__ = __iter__ = __len__ = __contains__ = items = get


class Colliding:
    """A key that is found in the place of another and fails to be compared."""

    def __init__(self, place: str) -> None:
        self.place = place

    def __hash__(self) -> int:
        return hash(self.place)

    def __eq__(self, _: object) -> bool:
        raise AssertionError(PLANTED)


class Lying:
    """An object that fails when it is asked for its class."""

    @property  # type: ignore[misc]
    def __class__(self) -> type:
        raise AssertionError(PLANTED)


class Text(str):
    """A str that gives something else away when it is printed."""

    __slots__ = ()

    def __str__(self) -> str:
        return PLANTED


class Zone(tzinfo):
    """A time zone of the caller's making."""

    def utcoffset(self, _: datetime | None) -> timedelta:
        """Answer, which the stub must not ask for."""
        return timedelta(0)

    def tzname(self, _: datetime | None) -> str:
        """Give the planted text away."""
        return PLANTED

    dst = utcoffset


def _cyclic() -> dict[str, object]:
    event: dict[str, object] = {}
    event["exception"] = event["values"] = event["contexts"] = event["stacktrace"] = event
    return event


# By name: pytest prints parameters, and some of these fail when they are printed.
BARE: dict[str, object] = {
    "none": None,
    "number": 7,
    "text": PLANTED,
    "list": [PLANTED],
    "empty": {},
    "message": {"message": PLANTED},
    "exception of text": {"exception": PLANTED},
    "values of text": {"exception": {"values": PLANTED}},
    "no values": {"exception": {"values": []}},
    "no exceptions": {"exception": []},
    "odd keys": {1: PLANTED, b"level": PLANTED},
    "object": Lying(),
    "dict subclass": Refusing(message=PLANTED),
    "objects": {"exception": Lying(), "event_id": Lying(), "type": Lying(), "timestamp": Lying()},
    "keys": {Colliding(name): PLANTED for name in ("event_id", "timestamp", "type", "exception")},
    "cyclic": _cyclic(),
}


@pytest.mark.parametrize("name", BARE)
def test_anything_without_exceptions_becomes_a_message(name: str) -> None:
    """The stub says that something happened, and nothing else."""
    actual = stub(BARE[name])
    assert sorted(actual) == ["event_id", "level", "message", "platform", "tags", "timestamp"]
    assert actual["message"] == FAILED
    assert actual["level"] == "error"
    assert actual["platform"] == "other"
    assert re.fullmatch("[0-9a-f]{32}", actual["event_id"])
    assert abs(actual["timestamp"] - datetime.now(UTC).timestamp()) < 60


def test_a_broken_exception_costs_only_itself() -> None:
    """Each part is read by itself."""
    broken = {"type": "ValueError", Colliding("module"): 1, "stacktrace": Lying()}
    event = Refusing(exception=Refusing(values=[broken, Lying(), {"type": "KeyError"}]))
    assert stub(event)["exception"]["values"] == [
        {"type": "ValueError", "value": FAILED},
        {"value": FAILED},
        {"type": "KeyError", "value": FAILED},
    ]


@pytest.mark.parametrize("make", [list, tuple])
def test_exceptions_may_stand_in_a_list_of_their_own(make: type) -> None:
    """The protocol allows `exception` to be the list."""
    event = {"exception": make([{"type": "KeyError"}])}
    assert stub(event)["exception"] == {"values": [{"type": "KeyError", "value": FAILED}]}


def test_the_last_exceptions_and_frames_are_kept() -> None:
    """What was raised, and where, stands last."""
    frames = [{"lineno": n} for n in range(300)]
    values = [{"type": f"E{n}", "stacktrace": {"frames": frames}} for n in range(60)]
    kept = stub({"exception": {"values": values}})["exception"]["values"]
    assert [value["type"] for value in kept] == [f"E{n}" for n in range(10, 60)]
    assert [f["lineno"] for f in kept[0]["stacktrace"]["frames"]] == list(range(50, 300))


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("KeyError", True),
        ("urllib3.exceptions.ReadTimeoutError", True),
        ("_E1", True),
        ("E" * 128, True),
        (Text("KeyError"), True),
        ("E" * 129, False),
        ("", False),
        ("1E", False),
        (".E", False),
        ("KeyError\n", False),
        ("Key Error", False),
        ("std::io::Error", False),
        ("Zo\u00eb", False),
        ("\u212aeyError", False),
        ("jane@example", False),
        (7, False),
        (None, False),
    ],
)
def test_a_type_and_a_module_must_be_ascii_names(name: object, *, kept: bool) -> None:
    """Anything else is left out, whole."""
    event = {"exception": {"values": [{"type": name, "module": name}]}}
    actual = stub(event)["exception"]["values"][0]
    assert actual.get("type") == (name if kept else None)
    assert actual.get("module") == (name if kept else None)
    assert {type(value) for value in actual.values()} == {str}


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("train", True),
        ("<module>", True),
        ("<lambda>", True),
        ("<listcomp>", True),
        ("Model.forward", True),
        ("main.<locals>.inner", True),
        ("f.<locals>.<lambda>", True),
        ("f" * 128, True),
        ("f" * 129, False),
        ("<jane>", False),
        ("f.<module>", False),
        ("f.", False),
        ("f..g", False),
        ("f g", False),
        ("f\n", False),
        ("f()", False),
        (None, False),
    ],
)
def test_a_function_must_be_a_python_name(name: object, *, kept: bool) -> None:
    """Qualified names and the names Python makes up are kept."""
    assert frame(function=name) == {"function": name if kept else "<unknown>"}


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [
        ("lineno", 0, True),
        ("lineno", 10**7, True),
        ("lineno", 10**7 + 1, False),
        ("lineno", -1, False),
        ("lineno", True, False),
        ("lineno", 1.0, False),
        ("lineno", "1", False),
        ("in_app", False, True),
        ("in_app", 1, False),
        ("in_app", PLANTED, False),
        ("module", "app.train", True),
        ("module", PLANTED, False),
        ("filename", "train.py", False),
        ("vars", {}, False),
    ],
)
def test_a_frame_keeps_what_fits(field: str, value: object, *, kept: bool) -> None:
    """Line numbers, modules and `in_app`, each of its own type and range."""
    expected = {"function": "<unknown>"} | ({field: value} if kept else {})
    assert frame(**{field: value}) == expected


@pytest.mark.parametrize(
    ("timestamp", "kept"),
    [
        ("2024-02-03T04:05:06Z", True),
        ("2024-02-03 04:05:06", True),
        ("2024-02-03T04:05:06.123456+02:00", True),
        ("2024-02-03T04:05:06.123456789Z", True),
        (1700000000, True),
        (1700000000.25, True),
        ("2024-13-03T04:05:06Z", False),
        ("2024-02-03T04:05:06+99:00", False),
        ("2024-02-03T04:05:06Z\n", False),
        ("2024-02-03", False),
        ("\u0662024-02-03T04:05:06Z", False),
        (PLANTED, False),
        (0, False),
        (-1, False),
        (5_550_100_123, False),
        (math.nan, False),
        (math.inf, False),
        (True, False),
        (None, False),
    ],
)
def test_a_timestamp_is_kept_if_it_is_one(timestamp: object, *, kept: bool) -> None:
    """Seconds or ISO 8601; anything else becomes the present."""
    assert (stub({"timestamp": timestamp})["timestamp"] == timestamp) is kept


@pytest.mark.parametrize(
    ("timestamp", "expected"),
    [
        (datetime(2024, 2, 3, 4, 5, 6, tzinfo=UTC), "2024-02-03T04:05:06+00:00"),
        (datetime(2024, 2, 3, 4, 5, 6), "2024-02-03T04:05:06+00:00"),  # noqa: DTZ001 - the subject
        (
            datetime(2024, 2, 3, tzinfo=timezone(timedelta(hours=-2), PLANTED)),
            "2024-02-03T00:00:00-02:00",
        ),
    ],
)
def test_a_datetime_becomes_text(timestamp: datetime, expected: str) -> None:
    """The stub is JSON, so a datetime is written out; without a zone it is UTC."""
    assert stub({"timestamp": timestamp})["timestamp"] == expected


def test_a_time_zone_of_the_callers_making_is_not_asked() -> None:
    """Its code could fail or never end."""
    actual = stub({"timestamp": datetime(2024, 2, 3, tzinfo=Zone())})
    assert isinstance(actual["timestamp"], float)


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("platform", "javascript", "javascript"),
        ("platform", "jane", "other"),
        ("level", "warning", "warning"),
        ("level", "WARNING", "error"),
        ("level", PLANTED, "error"),
        ("event_id", EVENT_ID.upper(), EVENT_ID.upper()),
        ("event_id", Text(EVENT_ID), EVENT_ID),
    ],
)
def test_words_are_kept_from_closed_sets(field: str, value: object, expected: str) -> None:
    """Platform and level are words Sentry knows; an id is 32 hexadecimal digits."""
    assert stub({field: value})[field] == expected


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        ("budget", "budget"),
        ("internal_error", "internal_error"),
        ("r" * 32, "r" * 32),
        ("r" * 33, "error"),
        ("", "error"),
        ("Budget", "error"),
        ("budget\n", "error"),
        (PLANTED, "error"),
    ],
)
def test_a_reason_is_one_word(reason: str, expected: str) -> None:
    """The tag must not carry the message of an error."""
    assert stub_event({}, reason=reason)["tags"] == {"scrubber.fallback": expected}


FIELDS = """
    exception values type module value stacktrace frames function lineno in_app contexts
    trace trace_id span_id op timestamp start_timestamp event_id level platform
"""
ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.datetimes()
    | st.builds(Lying)
    | st.sampled_from([PLANTED, "transaction", "KeyError", EVENT_ID]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.tuples(inner)
        | st.dictionaries(
            st.sampled_from(re.findall(r"\w+", FIELDS)),
            inner | st.just(PLANTED),
            max_size=6,
        )
    ),
    max_leaves=25,
)


@given(ANYTHING)
def test_the_stub_of_anything_is_json_without_the_planted_text(event: object) -> None:
    """It never raises, and what it was given never comes back."""
    written = json.dumps(stub(event), allow_nan=False)
    assert "Jane" not in written
    assert "jane" not in written


@given(ANYTHING)
def test_the_stub_of_a_stub_is_the_stub(event: object) -> None:
    """Everything a stub holds fits its own grammars."""
    once = stub(event)
    assert stub(once) == once


def test_a_frame_keeps_what_may_be_told_of_its_paths() -> None:
    """Each path goes through what tells, the file's alone and the other beside it."""
    asked = []

    def tells(path: str, file: str) -> str:
        asked.append((path, file))
        return f"told {len(asked)}"

    event = {
        "exception": {
            "values": [{"stacktrace": {"frames": [{"filename": "a.py", "abs_path": "/x/a.py"}]}}]
        }
    }
    made: Any = stub_event(event, reason="budget", path=tells)
    (kept,) = made["exception"]["values"][0]["stacktrace"]["frames"]
    assert (kept["filename"], kept["abs_path"]) == ("told 1", "told 2")
    assert asked == [("a.py", ""), ("/x/a.py", "a.py")]


def test_a_frame_without_paths_asks_nobody() -> None:
    """Nothing is told of what is not there."""

    def tells(_path: str, _file: str) -> str:
        return "told"

    event = {"exception": {"values": [{"stacktrace": {"frames": [{"function": "f"}]}}]}}
    made: Any = stub_event(event, reason="budget", path=tells)
    assert made["exception"]["values"][0]["stacktrace"]["frames"] == [{"function": "f"}]
