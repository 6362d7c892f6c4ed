"""A program that makes the installed SDK send every kind of report, with all fields it has.

    python -m tests.extras.sentry_reports_program whole|streamed

Nothing leaves the process and nothing is scrubbed. Printed as JSON: for each envelope its headers,
and for each item its headers and what it holds, where that is JSON.
"""

from __future__ import annotations

import asyncio
import json
import logging
import subprocess
import sys
import threading
import time
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import sentry_sdk
from sentry_sdk.crons import monitor
from sentry_sdk.integrations.asgi import SentryAsgiMiddleware
from sentry_sdk.integrations.wsgi import SentryWsgiMiddleware
from sentry_sdk.scope import Scope

from tests.extras.sentry_program import BUSY, Recorder, options

if TYPE_CHECKING:
    from collections.abc import Callable

SCHEDULE = {"type": "crontab", "value": "0 * * * *"}
MONITOR: Any = {
    "schedule": SCHEDULE,
    "timezone": "Europe/Berlin",
    "checkin_margin": 5,
    "max_runtime": 30,
    "failure_issue_threshold": 2,
    "recovery_threshold": 2,
    "owner": "team:a",
}
HEADERS = [
    ("Cookie", "session=abc"),
    ("Authorization", "Bearer abc"),
    ("User-Agent", "curl/8"),
    ("X-Forwarded-For", "192.0.2.7"),
]


def known(**wanted: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return those options that this SDK has."""
    return {
        name: value for name, value in wanted.items() if name in sentry_sdk.consts.DEFAULT_OPTIONS
    }


def fill_the_scope() -> None:
    """Set all that a scope holds."""
    scope = Scope.get_isolation_scope()
    scope.set_user(
        {
            "id": "7",
            "email": "jane@example.com",
            "username": "jane",
            "name": "Jane Doe",
            "ip_address": "192.0.2.7",
            "geo": {"city": "Cork"},
            "data": {"a": 1},
            "anything": 1,
        }
    )
    scope.set_tag("job", "7")
    scope.set_tags({"a": "b", "c": "d"})
    scope.set_extra("batch", {"a": [1, 2.5, None]})
    scope.set_context("model", {"name": "yolo", "layers": 7})
    scope.set_context("response", {"status_code": 500, "headers": {"a": "b"}})
    scope.set_context("device", {"name": "h", "arch": "x86_64", "cpu_description": "x"})
    scope.set_transaction_name("train", source="task")
    scope.add_attachment(bytes=b"hello", filename="run.log")
    scope.fingerprint = ["{{ default }}", "a"]
    sentry_sdk.add_breadcrumb(
        message="a", category="b", type="http", data={"url": "x"}, level="info"
    )
    if find_spec("sentry_sdk.feature_flags") is not None:
        import_module("sentry_sdk.feature_flags").add_feature_flag("fast", result=True)


def fail(batch: object) -> None:
    """Raise a group of chained errors with notes."""
    try:
        raise KeyError(batch)  # noqa: TRY301  # to have a cause
    except KeyError as error:
        inner = OSError(2, "No such file", "/x")
        inner.add_note("a note")
        raise ExceptionGroup("two", [inner, ValueError("b" * 3000)]) from error


def crash() -> None:
    """Capture errors as programs do: raised, logged with arguments, as messages."""
    for one in ({"a": [1]}, "b" * 3000):
        try:
            fail(one)
        except ExceptionGroup:
            sentry_sdk.capture_exception()
    logging.getLogger("yolo.train").error("no %s of %d", "file", 7, extra={"step": 7})
    logging.getLogger("yolo.train").warning("no %(a)s", {"a": 1})
    sentry_sdk.capture_message("hello", level="warning")
    feedback = {"message": "m", "contact_email": "jane@example.com", "name": "Jane Doe", "url": "u"}
    event: Any = {"type": "feedback", "contexts": {"feedback": feedback}}
    sentry_sdk.capture_event(event)


def crash_in_a_thread() -> None:
    """Let the hook of threads capture an error."""
    thread = threading.Thread(target=fail, args=(1,), name="loader")
    thread.start()
    thread.join()


def serve() -> None:
    """Crash below a web server, of both kinds."""
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/a",
        "QUERY_STRING": "b=1",
        "SERVER_NAME": "h.example.com",
        "SERVER_PORT": "80",
        "REMOTE_ADDR": "192.0.2.7",
        "wsgi.url_scheme": "https",
        **{f"HTTP_{name.upper().replace('-', '_')}": value for name, value in HEADERS},
    }

    def wsgi(_environ: Any, _start: Any) -> Any:  # noqa: ANN401
        fail(1)

    async def asgi(_scope: Any, _receive: Any, _send: Any) -> None:  # noqa: ANN401
        fail(1)

    scope: Any = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "method": "GET",
        "path": "/a",
        "scheme": "https",
        "query_string": b"b=1",
        "client": ("192.0.2.7", 7),
        "server": ("h.example.com", 443),
        "headers": [(name.lower().encode(), value.encode()) for name, value in HEADERS],
    }

    around: Any = SentryAsgiMiddleware
    served: Any = SentryWsgiMiddleware

    async def received() -> dict[str, Any]:
        return {"type": "http.request", "body": b""}

    async def sent(_message: Any) -> None:  # noqa: ANN401
        """Send nothing."""

    runs: tuple[Callable[[], object], ...] = (
        lambda: served(wsgi)(environ, lambda *_: None),
        lambda: asyncio.run(around(asgi)(scope, received, sent)),
    )
    for run in runs:
        with suppress(ExceptionGroup):
            run()


def work() -> None:
    """Keep a profiler busy, with spans that have all a span can have."""
    with sentry_sdk.start_span(op="db.query") as span:
        span.set_data("db.system", "sqlite")
        span.set_tag("a", "b")
        span.set_status("ok")
        subprocess.run([sys.executable, "-c", "pass"], check=True, cwd="/")
        until = time.monotonic() + BUSY
        while time.monotonic() < until:
            sum(range(1000))


def send_whole() -> None:
    """Send what is sent as a whole."""
    fill_the_scope()
    scope = Scope.get_isolation_scope()
    scope.start_session()
    with sentry_sdk.start_transaction(op="train", name="train", source="task") as transaction:
        transaction.set_measurement("memory", 7.5, "byte")
        transaction.set_data("a", {"b": 1})
        work()
        crash()
        serve()
    crash_in_a_thread()
    scope.end_session()
    scope.start_session(session_mode="request")
    scope.end_session()
    with monitor(monitor_slug="nightly", monitor_config=MONITOR):
        pass
    send_telemetry()
    transport = sentry_sdk.get_client().transport
    if transport is not None:
        transport.record_lost_event("sample_rate", data_category="error")


def send_telemetry() -> None:
    """Send logs and metrics, as far as this version has them."""
    if find_spec("sentry_sdk.logger") is not None:
        logger = import_module("sentry_sdk.logger")
        logger.warning("no {file}", file="x", attributes={"n": 7, "ok": True, "x": 1.5})
    metrics = import_module("sentry_sdk.metrics")
    for name in ("count", "gauge", "distribution"):
        if hasattr(metrics, name):
            getattr(metrics, name)("epochs", 1, unit="item", attributes={"a": "b"})


def send_streamed() -> None:
    """Send spans one by one and profiles in chunks, as far as this version has them."""
    fill_the_scope()
    profiler = import_module("sentry_sdk.profiler")
    if hasattr(profiler, "start_profiler"):
        profiler.start_profiler()
    if find_spec("sentry_sdk.traces") is not None:
        traces = import_module("sentry_sdk.traces")
        with traces.start_span(name="train", attributes={"a": 1}) as span:
            span.set_attribute("b", ["x"])
            with traces.start_span(name="inner"):
                subprocess.run([sys.executable, "-c", "pass"], check=True, cwd="/")
            time.sleep(BUSY)
    if hasattr(profiler, "stop_profiler"):
        profiler.stop_profiler()


def told() -> list[dict[str, Any]]:
    """Return what was posted."""
    found = []
    for envelope in Recorder.posted:
        items = []
        for item in envelope.items:
            try:
                payload = json.loads(item.get_bytes())
            except ValueError:  # an attachment
                payload = None
            items.append({"headers": item.headers, "payload": payload})
        found.append({"headers": envelope.headers, "items": items})
    return found


def main(spans: str) -> None:
    """Send everything, and print it."""
    streamed = spans == "streamed"
    more = known(
        attach_stacktrace=True,
        send_default_pii=True,
        include_source_context=True,
        max_value_length=1024,
        server_name="h",
        dist="7",
        enable_db_query_source=True,
    )
    given = {**options(streamed=streamed), **more}
    given.pop("before_send", None)
    sentry_sdk.init(f"http://{'a1' * 16}@127.0.0.1:9/1", **given)
    (send_streamed if streamed else send_whole)()
    client = sentry_sdk.get_client()
    client.flush(timeout=10)
    client.close(timeout=10)
    json.dump(told(), sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
