"""Events of structlog are scrubbed before they are rendered."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from scrubber.integrations import structlog as own
from scrubber.integrations.structlog import processor
from tests.integrations.logs import MAIL, NUMBER, SMALL, Unprintable, raw_in

scrub = processor(SMALL)


def error() -> ValueError:
    """Give an exception that was raised where a variable holds an address."""
    local = f"local of {MAIL}"
    try:
        int(local)
    except ValueError as found:
        return found
    raise AssertionError


EVENTS = [
    ({"event": f"to {MAIL}", "n": 1}, {"event": "to [email]", "n": 1}),
    (
        {"event": "x", "password": "y", "a": {"password": 7}},
        {"event": "x", "password": "[keyed]", "a": {"password": 0}},
    ),
    ({MAIL: MAIL, "card": NUMBER}, {"[email]": "[email]", "card": 0}),
    ({"event": {"password": "x"}}, {"event": {"password": "[keyed]"}}),
    (
        {"event": "%s", "positional_args": (MAIL, 1)},
        {"event": "%s", "positional_args": ("[email]", 1)},
    ),
    ({"event": "x", "stack": f"at {MAIL}"}, {"event": "x", "stack": "at [email]"}),
    ({"event": "x", "who": Unprintable()}, {"event": "x", "who": "[scrub-failed]"}),
    ({"event": "x", "exc_info": None}, {"event": "x"}),
    ({"event": "x", "exc_info": (None, None, None)}, {"event": "x"}),
]


@pytest.mark.parametrize(("event", "expected"), EVENTS)
def test_keys_and_values_are_scrubbed(event: dict[str, Any], expected: dict[str, Any]) -> None:
    """Into a new event; the given one stays."""
    before = dict(event)
    assert scrub(None, "info", event) == expected
    assert event == before


@pytest.mark.parametrize("kind", ["error", "triple", "true"])
def test_an_exception_becomes_its_scrubbed_traceback(kind: str) -> None:
    """However it was given, so that no renderer shows variables."""
    found = error()
    given: object = {"error": found, "triple": (ValueError, found, found.__traceback__)}.get(kind)
    try:
        raise found
    except ValueError:
        made = scrub(None, "error", {"event": "x", "exc_info": given or True})
    assert made.keys() == {"event", "exception"}
    assert (
        "ValueError: invalid literal for int() with base 10: 'local of [email]'"
        in made["exception"]
    )
    assert raw_in(repr(made)) == []


def test_what_its_processors_pass_to_each_other_is_kept() -> None:
    """The record of `logging`, which a formatter of structlog takes away again."""
    record = object()
    made = scrub(None, "info", {"event": "x", "_record": record, "_from_structlog": False})
    assert made["_record"] is record
    assert made["_from_structlog"] is False


def test_a_failure_leaves_a_marker(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the level, so that it is seen."""
    monkeypatch.setattr(own, "scrub_values", None)
    assert scrub(None, "warning", {"event": MAIL}) == {
        "event": "[scrub-failed]",
        "level": "warning",
    }
    assert scrub(None, MAIL, {"event": MAIL}) == {"event": "[scrub-failed]", "level": "error"}


def test_through_structlog(monkeypatch: pytest.MonkeyPatch) -> None:
    """A logger, its processors and a renderer; with the switch nothing is written."""
    structlog = pytest.importorskip("structlog", reason="structlog is not installed")
    out = io.StringIO()
    logger = structlog.wrap_logger(
        structlog.PrintLogger(out),
        processors=[structlog.processors.add_log_level, scrub, structlog.processors.JSONRenderer()],
    )
    logger.error(f"to {MAIL}", password="x", exc_info=error())  # noqa: G004  # not that of logging
    monkeypatch.setenv("SCRUBBER_DISABLE", "1")
    logger.error("dropped")
    line = json.loads(out.getvalue())
    assert raw_in(out.getvalue()) == []
    assert (line["event"], line["password"], line["level"]) == ("to [email]", "[keyed]", "error")
