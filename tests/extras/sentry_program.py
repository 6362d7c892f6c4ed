"""A program that sends everything an SDK of Sentry can send, each kind with a canary of its own.

    python tests/extras/sentry_program.py plain|installed whole|streamed

Nothing leaves the process: what would be posted is kept. Printed as JSON is, for each kind of item,
which canaries were posted, which the guard was handed, and which the user's own hook saw.
"""

from __future__ import annotations

import gzip
import json
import sys
import time
from importlib import import_module
from importlib.util import find_spec
from typing import Any, ClassVar

import sentry_sdk
from sentry_sdk.consts import DEFAULT_OPTIONS
from sentry_sdk.crons import capture_checkin
from sentry_sdk.envelope import Envelope, Item
from sentry_sdk.scope import Scope
from sentry_sdk.transport import HttpTransport

from scrubber.integrations.sentry import install, status
from scrubber.integrations.sentry.envelope import EnvelopeScrubber

HEADERS = "headers"
WORK = """
def work(until, now):
    photo = PHOTO
    while now() < until:
        sum(range(1000))
    if photo:
        raise RuntimeError(MESSAGE)
"""
BUSY = 0.15
"""Seconds a profiler needs for a few samples."""


def canary(row: str) -> str:
    """Return an address that stands for one row of the table."""
    return f"jane.{row}@example.com"


class Recorder(HttpTransport):
    """Posts nothing and keeps what it would have posted."""

    posted: ClassVar[list[Envelope]] = []

    def _send_request(self, body: bytes, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401, ARG002
        self.posted.append(Envelope.deserialize(gzip.decompress(body)))


handed: list[Envelope] = []
"""What the guard was handed: headers of envelopes, and each item in an envelope of its own."""
seen: list[str] = []
"""Events as a hook of the user's saw them."""


def before_send(event: Any, _hint: Any) -> Any:  # noqa: ANN401
    """Note what a hook of the user's gets to see."""
    seen.append(json.dumps(event, default=str))
    return event


def watch_the_guard() -> None:
    """Keep what the guard is handed, as it is."""
    whole, one = EnvelopeScrubber.envelope, EnvelopeScrubber.item

    def watch(self: EnvelopeScrubber, envelope: Any) -> Any:  # noqa: ANN401
        handed.append(Envelope(headers=envelope.headers))
        return whole(self, envelope)

    def watch_item(self: EnvelopeScrubber, item: Any) -> Any:  # noqa: ANN401
        if item is not None:
            handed.append(Envelope.deserialize(Envelope(items=[item]).serialize()))
        return one(self, item)

    EnvelopeScrubber.envelope = watch  # type: ignore[method-assign]
    EnvelopeScrubber.item = watch_item  # type: ignore[method-assign]


def options(*, streamed: bool) -> dict[str, Any]:
    """Return options that switch on all this SDK has."""
    experiments: dict[str, Any] = {"enable_logs": True, "enable_metrics": True}
    wanted: dict[str, Any] = {"enable_logs": True, "environment": canary("environment")}
    if streamed:
        experiments |= {"trace_lifecycle": "stream", "continuous_profiling_auto_start": True}
        wanted |= {"trace_lifecycle": "stream", "profile_session_sample_rate": 1.0}
    else:
        wanted["profiles_sample_rate"] = 1.0
    known = {name: value for name, value in wanted.items() if name in DEFAULT_OPTIONS}
    return known | {
        "auto_enabling_integrations": False,
        "before_send": before_send,
        "release": "app@1.0",
        "traces_sample_rate": 1.0,
        "transport": Recorder,
        "_experiments": experiments,
    }


def work(row: str, message: str) -> None:
    """Keep a profiler busy in a file named after somebody, then raise beside a picture."""
    head = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 64
    names: dict[str, Any] = {
        "PHOTO": head[:20] + canary("locals").encode() + head,
        "MESSAGE": message,
    }
    exec(compile(WORK, f"/home/{canary(row)}/train.py", "exec"), names)  # noqa: S102  # ours
    try:
        names["work"](time.monotonic() + BUSY, time.monotonic)
    except RuntimeError:
        sentry_sdk.capture_exception()


def send_events() -> None:
    """Send what every version has."""
    scope = Scope.get_isolation_scope()
    sentry_sdk.add_breadcrumb(message=f"mail to {canary('breadcrumb')}")
    scope.add_attachment(bytes=f"hello {canary('attachment')}".encode(), filename="run.log")
    scope.set_user({"id": canary("session")})
    scope.start_session()
    with sentry_sdk.start_transaction(op="train", name=f"/of/{canary('transaction')}"):
        with sentry_sdk.start_span(op="db") as span:
            span.set_data("query", f"select {canary('span')}")
        work("profile", f"no mail for {canary('error')}")
    scope.end_session()
    scope.start_session(session_mode="request")
    scope.end_session()
    capture_checkin(monitor_slug=canary("checkin"), status="ok")


def send_telemetry() -> None:
    """Send logs and metrics, as far as this version has them."""
    if find_spec("sentry_sdk.logger") is not None:
        import_module("sentry_sdk.logger").warning(f"log of {canary('log')}")
    metrics = import_module("sentry_sdk.metrics")
    if hasattr(metrics, "count"):
        metrics.count("epochs", 1, attributes={"mail": canary("metric")})
    if hasattr(metrics, "incr"):
        metrics.incr("epochs", tags={"mail": canary("statsd")})


def send_streamed() -> None:
    """Send spans one by one and profiles in chunks, as far as this version has them."""
    profiler = import_module("sentry_sdk.profiler")
    if hasattr(profiler, "start_profiler"):
        profiler.start_profiler()
        work("chunk", "chunk")
        profiler.stop_profiler()
    if find_spec("sentry_sdk.traces") is not None:
        with import_module("sentry_sdk.traces").start_span(name=f"span of {canary('streamed')}"):
            pass


def send_raw() -> None:
    """Send what a program may hand to the transport itself."""
    transport = sentry_sdk.Scope.get_client().transport
    assert transport is not None
    report = json.dumps({"event_id": "a1" * 16, "comments": canary("feedback")})
    other = json.dumps({"note": canary("other")})
    for kind, payload in (("user_report", report), ("note", other)):
        item = Item(payload=payload.encode(), type=kind, content_type="application/json")
        transport.capture_envelope(Envelope(items=[item]))
    transport.record_lost_event(canary("report"), data_category="error")


def by_type(envelopes: list[Envelope]) -> dict[str, str]:
    """Return all that envelopes hold, by the type of the items."""
    texts: dict[str, str] = {}
    for envelope in envelopes:
        texts[HEADERS] = texts.get(HEADERS, "") + json.dumps(envelope.headers)
        for item in envelope.items:
            kind = item.type or ""
            text = item.get_bytes().decode("utf-8", "replace")
            texts[kind] = texts.get(kind, "") + json.dumps(item.headers) + text
    return texts


def main(mode: str, spans: str) -> None:
    """Send everything, and print what was where."""
    streamed = spans == "streamed"
    start = install if mode == "installed" else sentry_sdk.init
    if mode == "installed":
        watch_the_guard()
    start("http://public@127.0.0.1:9/1", **options(streamed=streamed))
    if streamed:
        send_streamed()
    else:
        send_events()
        send_telemetry()
        send_raw()
    client = sentry_sdk.Scope.get_client()
    client.flush(timeout=10)
    client.close(timeout=10)
    told = {"posted": by_type(Recorder.posted), "handed": by_type(handed), "seen": "".join(seen)}
    told["dropped"] = status().dropped if mode == "installed" else {}
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
