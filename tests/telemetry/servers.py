"""Servers on loopback: one that takes requests, and some that behave badly."""

from __future__ import annotations

import json
import socket
import threading
import time
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, ClassVar, Self

if TYPE_CHECKING:
    from collections.abc import Callable

PATIENCE = 30.0


def until(fact: Callable[[], object]) -> None:
    """Wait until something is so; fail when it is not so in time."""
    end = time.monotonic() + PATIENCE
    while not fact():
        assert time.monotonic() < end, "waited for something that did not happen"
        time.sleep(0.005)


@dataclass(frozen=True)
class Received:
    """A request as it came."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:  # noqa: ANN401  # the JSON border
        """Return the body, read."""
        return json.loads(self.body)


class _Quiet(ThreadingHTTPServer):
    """Prints no traceback where a client goes away."""

    def handle_error(self, *_: object) -> None:
        """Say nothing."""


class Server:
    """Keeps what it receives and answers with one status."""

    def __init__(self, status: int = 204, headers: dict[str, str] | None = None) -> None:
        received: list[Received] = []
        extra = headers or {}

        class Handler(BaseHTTPRequestHandler):
            timeout: ClassVar[float] = PATIENCE

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"] or 0))
                received.append(Received(self.path, dict(self.headers), body))
                self.send_response(status)
                for name, value in extra.items():
                    self.send_header(name, value)
                self.end_headers()

            do_GET = do_POST  # noqa: N815  # what a redirect makes of it

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.received = received
        self._http = _Quiet(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True)

    @property
    def socket(self) -> socket.socket:
        """Return the listening socket."""
        return self._http.socket

    @socket.setter
    def socket(self, value: socket.socket) -> None:
        self._http.socket = value

    @property
    def url(self) -> str:
        """Return an address at this server."""
        return f"http://127.0.0.1:{self._http.server_address[1]}/mp/collect"

    @property
    def events(self) -> list[dict[str, Any]]:
        """Return all events that came, in order."""
        return [event for one in self.received for event in one.json["events"]]

    @property
    def raw(self) -> bytes:
        """Return all bytes of all requests."""
        return b"\n".join(f"{one.path} {one.headers}".encode() + one.body for one in self.received)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


class Silent:
    """Takes connections and never answers; or begins to, and does not go on."""

    def __init__(self, first: bytes = b"") -> None:
        self._first = first
        self._listening = socket.create_server(("127.0.0.1", 0))
        # Closing it does not wake `accept` on every system.
        self._listening.settimeout(0.02)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._take, daemon=True)
        self.taken: list[socket.socket] = []

    @property
    def url(self) -> str:
        """Return an address at this server."""
        return f"http://127.0.0.1:{self._listening.getsockname()[1]}/mp/collect"

    def _take(self) -> None:
        while not self._over.is_set():
            try:
                connection, _ = self._listening.accept()
            except TimeoutError:
                continue
            connection.settimeout(PATIENCE)
            self.taken.append(connection)
            if self._first:
                connection.sendall(self._first)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()
        self._listening.close()
        for connection in self.taken:
            connection.close()
