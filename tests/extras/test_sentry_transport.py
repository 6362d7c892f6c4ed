"""A real event of the installed sentry-sdk, over real HTTP, arrives scrubbed."""

from __future__ import annotations

import gzip
import json
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
import sentry_sdk

from scrubber import scrub

if TYPE_CHECKING:
    from collections.abc import Iterator

PLANTED = (
    "jane.doe@example.com",
    "jane.doe%40example.com",
    "192.0.2.17",
    "/home/jane/",
    "correct-horse-battery",
)


class Ingest(BaseHTTPRequestHandler):
    """Keeps each body posted to it, decompressed."""

    def do_POST(self) -> None:
        """Keep one body."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        assert isinstance(self.server, IngestServer)
        self.server.bodies.append(body)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # its parent's name
        """Say nothing."""


class IngestServer(HTTPServer):
    """A Sentry server that keeps what it is sent."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Ingest)
        self.bodies: list[bytes] = []

    @property
    def dsn(self) -> str:
        """Where the SDK is to send events."""
        return f"http://public@127.0.0.1:{self.server_port}/1"


@pytest.fixture
def server() -> Iterator[IngestServer]:
    """A running server on loopback."""
    server = IngestServer()
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def crash() -> None:
    """Raise with every planted value in the message or in a local variable."""
    url = "postgresql://jane:correct-horse-battery@db.example.com/runs"
    message = (
        "no /home/jane/x.pt for jane.doe@example.com at 192.0.2.17, ?to=jane.doe%40example.com"
    )
    raise RuntimeError(message, url)


def send(server: IngestServer, **options: Any) -> bytes:  # noqa: ANN401
    """Crash under an SDK with these options and return all that the server was sent."""
    # One stack for the whole test: global state of the SDK is put back by an empty init.
    sentry_sdk.init(dsn=server.dsn, auto_enabling_integrations=False, **options)
    try:
        sentry_sdk.add_breadcrumb(message="GET http://192.0.2.17/?to=jane.doe%40example.com")
        sentry_sdk.set_user({"email": "jane.doe@example.com", "ip_address": "192.0.2.17"})
        sentry_sdk.set_extra(
            "argv", ["--out", "/home/jane/runs", "--password=correct-horse-battery"]
        )
        try:
            crash()
        except RuntimeError:
            sentry_sdk.capture_exception()
        sentry_sdk.flush(timeout=10)
    finally:
        sentry_sdk.get_client().close(timeout=0)
        sentry_sdk.init()
    return b"\n".join(server.bodies)


def event_of(envelope: bytes) -> dict[str, Any]:
    """Return the event of an envelope: a header line, then a header and a payload line an item."""
    parts = [json.loads(line) for line in envelope.splitlines() if line.strip()]
    items = zip(parts[1::2], parts[2::2], strict=False)
    event: dict[str, Any] = next(
        payload for header, payload in items if header.get("type") == "event"
    )
    return event


def test_without_the_hook_the_planted_values_arrive(server: IngestServer) -> None:
    """The next test would notice a leak: unscrubbed, every planted value reaches the server."""
    body = send(server).decode()
    assert [value for value in PLANTED if value not in body] == []


def test_with_the_hook_no_planted_value_arrives(server: IngestServer) -> None:
    """`before_send=scrub` is enough."""
    body = send(server, before_send=scrub).decode()
    assert [value for value in PLANTED if value in body] == []


def test_with_the_hook_the_event_is_still_one_to_debug_with(server: IngestServer) -> None:
    """Exception type, function, line and stack survive."""
    event = event_of(send(server, before_send=scrub))
    exception = event["exception"]["values"][-1]
    frame = exception["stacktrace"]["frames"][-1]
    assert exception["type"] == "RuntimeError"
    assert frame["function"] == "crash"
    assert frame["lineno"] == max(line for *_, line in crash.__code__.co_lines() if line)
