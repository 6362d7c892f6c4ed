"""A library reports what went through its code, and nothing else of its user's program."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from scrubber.adoption.own_errors import only_own

CODE = """
def broken(call=None):
    if call is not None:
        call()
    raise ValueError("x")
"""


def module(name: str) -> Any:  # noqa: ANN401
    """Give the function of a module of that name, which raises."""
    space: dict[str, Any] = {"__name__": name}
    exec(compile(CODE, f"{name}.py", "exec"), space)  # noqa: S102  # two lines of our own
    return space["broken"]


def hint_of(call: Any) -> dict[str, object]:  # noqa: ANN401
    """Give the hint of an SDK for what a call raises."""
    try:
        call()
    except Exception:  # noqa: BLE001
        return {"exc_info": sys.exc_info()}
    raise AssertionError


OWN = only_own(("mylib", "my_other.part"))
EVENT = {"event_id": "0" * 32}


@pytest.mark.parametrize("name", ["mylib", "mylib.models.yolo", "my_other.part.x"])
def test_what_went_through_its_code_is_sent(name: str) -> None:
    """At the end of the stack, or in the middle of it."""
    assert OWN(EVENT, hint_of(module(name))) is EVENT
    guest = module("elsewhere")
    assert OWN(EVENT, hint_of(lambda: module(name)(guest))) is EVENT


@pytest.mark.parametrize("name", ["elsewhere", "mylibrary", "my_other", "x.mylib", "__main__"])
def test_what_did_not_is_not(name: str) -> None:
    """A name that begins like a package is another."""
    assert OWN(EVENT, hint_of(module(name))) is None


def test_a_cause_counts() -> None:
    """An error that the program made of one of the library's."""

    def wrapped() -> None:
        try:
            module("mylib")()
        except ValueError as error:
            raise RuntimeError from error

    assert OWN(EVENT, hint_of(wrapped)) is EVENT


def test_a_part_of_a_group_counts() -> None:
    """As one that several raised together."""
    own = hint_of(module("mylib"))["exc_info"]
    assert isinstance(own, tuple)

    def together() -> None:
        raise ExceptionGroup("several", [ValueError(), own[1]])

    assert OWN(EVENT, hint_of(together)) is EVENT


def test_a_cycle_of_causes_ends() -> None:
    """However an error came to be its own cause."""
    one, other = ValueError(), ValueError()
    one.__context__, other.__context__ = other, one
    assert OWN(EVENT, {"exc_info": (ValueError, one, None)}) is None


@pytest.mark.parametrize(
    ("event", "sent"),
    [
        ({"exception": {"values": [{"stacktrace": {"frames": [{"module": "mylib.a"}]}}]}}, True),
        ({"exception": [{"stacktrace": {"frames": [{"module": "mylib"}]}}]}, True),
        ({"threads": {"values": [{"stacktrace": {"frames": [{"module": "mylib"}]}}]}}, True),
        ({"logger": "mylib.train", "message": "x"}, True),
        ({"logger": "root", "message": "x"}, False),
        ({"message": "mylib"}, False),
        ({"exception": {"values": [{"stacktrace": None}, None, 7]}}, False),
        ({"exception": {"values": 7}}, False),
        ({"exception": 7, "logger": 7}, False),
        ({}, False),
    ],
)
def test_without_an_exception_the_report_tells(event: dict[str, object], *, sent: bool) -> None:
    """And one that tells nothing is not sent."""
    assert (OWN(event, {}) is event) is sent
    assert (OWN(event, None) is event) is sent


@pytest.mark.parametrize("event", [None, 7, "mylib", []])
def test_what_is_no_report_is_not_sent(event: object) -> None:
    """Nor does it raise."""
    assert OWN(event, {"exc_info": "mylib"}) is None


def test_what_the_program_gave_its_own_reports_stays_there() -> None:
    """Its user, its tags, its files, its command line; what the SDK found out stays."""
    event = {
        "logger": "mylib",
        "message": "x",
        "contexts": {"runtime": {"name": "CPython"}, "trace": {}, "patient": {"name": "Jones"}},
        **{name: {"a": "jones"} for name in ("user", "tags", "request", "breadcrumbs")},
        "transaction": "jones",
        "extra": {"sys.argv": ["run.py", "jones"]},
        "server_name": "jones-laptop",
        "fingerprint": ["jones"],
    }
    hint: dict[str, object] = {"attachments": [b"jones"]}
    assert OWN(event, hint) == {
        "logger": "mylib",
        "message": "x",
        "contexts": {"runtime": {"name": "CPython"}, "trace": {}},
    }
    assert hint == {"attachments": []}


def test_other_code_keeps_its_places_only() -> None:
    """Of its frames the function and the line; of the library's own all of it."""

    def frame(module: str) -> dict[str, object]:
        shown = {"context_line": "x", "pre_context": ["x"], "post_context": [], "vars": {"a": "1"}}
        return {"module": module, "function": "f", "lineno": 3, **shown}

    def report() -> dict[str, object]:
        frames = [frame("__main__"), frame("mylib.train"), frame("torch.nn")]
        return {"exception": {"values": [{"stacktrace": {"frames": frames}}]}}

    found = OWN(report(), {})["exception"]["values"][0]["stacktrace"]["frames"]
    bare = [{"module": name, "function": "f", "lineno": 3} for name in ("__main__", "torch.nn")]
    assert found == [bare[0], frame("mylib.train"), bare[1]]


def test_what_cannot_be_stripped_is_not_sent() -> None:
    """Whatever a hook before it made of it."""
    assert OWN({"logger": "mylib", "contexts": 7}, {}) is None


def test_a_hook_of_the_plan_gets_what_is_left() -> None:
    """Its answer is the answer."""
    hook = only_own(("mylib",), lambda event, hint: {**event, "tags": {"hint": len(hint)}})
    assert hook({"logger": "mylib"}, {}) == {"logger": "mylib", "tags": {"hint": 0}}
    assert hook({"logger": "other"}, {}) is None
