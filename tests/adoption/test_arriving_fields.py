"""Everything that arrives at a server has its words on the page: no field comes without them.

The page is made from the plan, the fields come from the SDK and the client as they run. What a new
release of the SDK adds is no field of the table here, so this fails until somebody has decided.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import pytest

from examples.mylib.collection import PLAN
from scrubber.adoption.page import disclosure
from scrubber.telemetry import GoogleAnalytics4
from tests.adoption.test_end_to_end import Program, Received, folder, server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["folder", "server"]

pytestmark = [
    pytest.mark.skipif(find_spec("sentry_sdk") is None, reason="sentry-sdk is not installed"),
]

_ERRORS = "the types and messages of the errors"
_VERSIONS = "the versions of Python, how it was built, of installed packages and of the Sentry SDK"
_IDS = "random ids, by which reports of one run can be joined"
_TIME = "its parts, and the time"
_RULES = "which rule took something out, and where"
_RELEASE = "the version of mylib"
_ENVIRONMENT = "what `SENTRY_ENVIRONMENT` says, or `production`"
_COUNTS = "how many reports were not sent, and why"

# Field of a crash report -> the words of the page that tell of it.
CRASH = {
    "breadcrumbs.values": "what the program logged and asked of the network before",
    "contexts.runtime": _VERSIONS,
    "contexts.trace": _IDS,
    "environment": _ENVIRONMENT,
    "event_id": _IDS,
    "exception.values": _ERRORS,
    "exception.values.mechanism": _ERRORS,
    "exception.values.module": _ERRORS,
    "exception.values.stacktrace": "functions, files and lines they went through",
    "exception.values.type": _ERRORS,
    "exception.values.value": _ERRORS,
    "extra.sys.argv": "the words of the command line",
    "level": _ERRORS,
    "modules": _VERSIONS,
    "platform": _VERSIONS,
    "release": _RELEASE,
    "sdk": _VERSIONS,
    "server_name": "the names of your account, of your machine and of yourself",
    "timestamp": _TIME,
    "_meta": _RULES,
}
FRAME = {
    "abs_path": "functions, files and lines",
    "context_line": "the lines of source around these",
    "filename": "functions, files and lines",
    "function": "functions, files and lines",
    "in_app": "functions, files and lines",
    "lineno": "functions, files and lines",
    "module": "functions, files and lines",
    "post_context": "the lines of source around these",
    "pre_context": "the lines of source around these",
    "vars": "the local variables",
}
# What stands around a report, as the SDK sends it.
ENVELOPE = {
    "event_id": _IDS,
    "sent_at": _TIME,
    "trace.environment": _ENVIRONMENT,
    "trace.public_key": "is reported to `127.0.0.1:",  # of the address itself
    "trace.release": _RELEASE,
    "trace.sample_rand": _IDS,
    "trace.trace_id": _IDS,
}
ITEMS = {
    "client_report": _COUNTS,
    "event": _ERRORS,
    "session": "that the program ran, and whether it ended with an error",
    "sessions": "that the program ran, and whether it ended with an error",
}
USAGE = {"client_id": "random id of the installation, a new one every 90 days"}


def _arrived(server: Received, folder: Path) -> tuple[list[str], list[dict[str, Any]], str]:
    """Give what crash reports, what usage events a program sends, and the page of its plan."""
    program = Program(server.port, folder)
    program.do("crash", "usage")
    program.end()
    here = f"127.0.0.1:{server.port}"
    plan = replace(
        PLAN,
        dsn=f"http://public@{here}/1",
        packages=(),
        ga4=GoogleAnalytics4("G-EXAMPLE", "made-up", url=f"http://{here}/mp/collect"),
    )
    page = re.sub(r"\s+", " ", disclosure(plan))
    return server.of("crash"), [json.loads(one) for one in server.of("usage")], page


def _fields(value: dict[str, Any], deeper: tuple[str, ...]) -> Iterator[str]:
    """Give the fields of a value that hold something; of some, the fields in them."""
    for name, inner in value.items():
        if not inner and inner != 0:
            continue
        if name in deeper and isinstance(inner, dict):
            yield from (f"{name}.{one}" for one in inner)
        else:
            yield name


def test_each_field_of_a_crash_report_is_on_the_page(server: Received, folder: Path) -> None:
    """Of the envelope, of the report, of its errors and of their frames."""
    envelopes, _, page = _arrived(server, folder)
    [event] = [
        json.loads(payload)
        for body in envelopes
        for header, payload in zip(body.splitlines()[1::2], body.splitlines()[2::2], strict=True)
        if json.loads(header)["type"] == "event"
    ]
    kinds = {json.loads(one)["type"] for body in envelopes for one in body.splitlines()[1::2]}
    heads = {
        one for body in envelopes for one in _fields(json.loads(body.splitlines()[0]), ("trace",))
    }
    report = {*_fields(event, ("breadcrumbs", "contexts", "exception", "extra"))}
    errors = event["exception"]["values"]
    report |= {f"exception.values.{name}" for error in errors for name in _fields(error, ())}
    frames = {name for error in errors for one in error["stacktrace"]["frames"] for name in one}
    assert frames
    assert report
    for arrived, table in ((kinds, ITEMS), (heads, ENVELOPE), (report, CRASH), (frames, FRAME)):
        assert arrived - table.keys() == set()
        assert {name for name in arrived if table[name] not in page} == set()


def test_each_field_of_a_usage_event_is_on_the_page(server: Received, folder: Path) -> None:
    """Each parameter by its name; each value is among those that are told."""
    _, [usage], page = _arrived(server, folder)
    assert usage.pop("client_id")
    assert USAGE["client_id"] in page
    events = usage.pop("events")
    for name, value in usage.items():
        for field, told in value.items() if isinstance(value, dict) else (("", value),):
            where = f"{name}.{field}" if field else name
            assert f"`{where}`: `{told if isinstance(told, str) else json.dumps(told)}`" in page
    for event in events:
        assert event.keys() == {"name", "params"}
        assert f"### `{event['name']}`" in page
        assert {name for name in event["params"] if f"`{name}`" not in page} == set()
