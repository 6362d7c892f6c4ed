"""
A Sentry server on loopback that keeps what it is sent, whole.

A test of leaks must read what really left the process, not what a hook returned: so bodies are kept
as raw bytes, and items are cut out by their lengths, binary ones included. Each run posts to a
project of its own, so that a late request of one program is not taken for another's.

Promise: nothing that arrives is thrown away. What cannot be decompressed or cut into items is kept
as it is, and searched as it is.
"""

from __future__ import annotations

import gzip
import json
import threading
import zlib
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any


@dataclass(frozen=True, slots=True)
class Item:
    """One item of an envelope.

    Attributes:
        header: its header line.
        payload: its bytes.
    """

    header: dict[str, Any]
    payload: bytes

    @property
    def kind(self) -> str:
        """Its type, as its header has it."""
        return str(self.header.get("type"))

    @property
    def content(self) -> Any:  # noqa: ANN401  # the JSON border
        """Its payload as JSON; None where it is none."""
        try:
            return json.loads(self.payload)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Envelope:
    """One body.

    Attributes:
        raw: the whole body, decompressed.
        header: its first line.
        items: what it holds.
    """

    raw: bytes
    header: dict[str, Any]
    items: tuple[Item, ...]


def decompressed(body: bytes, encoding: str) -> bytes:
    """Undo the encoding of a body."""
    match encoding:
        case "gzip":
            return gzip.decompress(body)
        case "deflate":
            return zlib.decompress(body)
        case "br":
            import brotli

            whole: bytes = brotli.decompress(body)
            return whole
        case _:
            return body


def read_envelope(raw: bytes) -> Envelope:
    """Cut an envelope into its items.

    Args:
        raw: the body, decompressed.

    Returns:
        The envelope; without items from where it is not one.
    """
    first, _, rest = raw.partition(b"\n")
    items = []
    try:
        header = json.loads(first)
        while rest.strip():
            line, _, rest = rest.partition(b"\n")
            about = json.loads(line)
            length = about.get("length")
            if length is None:
                payload, _, rest = rest.partition(b"\n")
            else:
                payload, rest = rest[:length], rest[length:].removeprefix(b"\n")
            items.append(Item(about, payload))
    except ValueError:
        return Envelope(raw, {}, tuple(items))
    return Envelope(raw, header, tuple(items))


class _Ingest(BaseHTTPRequestHandler):
    """Keeps each body posted to it."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        """Keep one body."""
        if self.headers.get("Transfer-Encoding") == "chunked":
            body = b"".join(iter(self._chunk, b""))
        else:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        assert isinstance(self.server, IngestServer)
        self.server.keep(self.path, body, self.headers.get("Content-Encoding", ""))
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def _chunk(self) -> bytes:
        size = int(self.rfile.readline().partition(b";")[0], 16)
        data = self.rfile.read(size)
        self.rfile.readline()
        return data

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # its parent's name
        """Say nothing."""


class IngestServer(ThreadingHTTPServer):
    """Keeps bodies by project; used as a context."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Ingest)
        self._kept: dict[int, list[bytes]] = {}
        self._projects = count(1)
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02})

    def __enter__(self) -> IngestServer:  # noqa: PYI034  # Self would need typing_extensions
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.shutdown()
        self._thread.join()
        self.server_close()

    def project(self) -> tuple[int, str]:
        """Give a new project and the DSN that posts to it."""
        with self._lock:
            number = next(self._projects)
            self._kept[number] = []
        return number, f"http://public@127.0.0.1:{self.server_port}/{number}"

    def keep(self, path: str, body: bytes, encoding: str) -> None:
        """Keep a body under the project its path names; the path of a stranger goes to 0."""
        parts = path.split("/")
        number = int(parts[2]) if len(parts) > 2 and parts[2].isdigit() else 0
        try:
            body = decompressed(body, encoding)
        except (OSError, zlib.error, EOFError):
            encoding = "unknown"
        with self._lock:
            self._kept.setdefault(number, []).append(body)

    def envelopes(self, number: int) -> list[Envelope]:
        """Give what one project was sent."""
        with self._lock:
            return [read_envelope(body) for body in self._kept.get(number, [])]
