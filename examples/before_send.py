"""See what a Sentry server gets when `before_send=scrub`: a real SDK, a real HTTP request.

The server is a few lines on loopback; nothing leaves this machine.

    pip install 'crashscrub[sentry]'
    python examples/before_send.py
"""

from __future__ import annotations

import gzip
import json
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import sentry_sdk

from scrubber import scrub

arrived: list[dict[str, Any]] = []


class Ingest(BaseHTTPRequestHandler):
    """Keeps the events of the envelopes posted to it."""

    def do_POST(self) -> None:
        """Take one envelope: a header line, then a header line and a payload line for each item."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        parts = [json.loads(line) for line in body.splitlines() if line.strip()]
        items = zip(parts[1::2], parts[2::2], strict=False)
        arrived.extend(payload for header, payload in items if header.get("type") == "event")
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # its parent's name
        """Say nothing."""


def load_weights(path: str, owner: str) -> None:
    """Fail as a training script fails: with its user's data in the message and in the frame."""
    message = f"cannot load {path} for {owner}: connection from 192.0.2.17 refused"
    raise RuntimeError(message)


def main() -> None:
    """Crash once and print what the server was sent."""
    server = HTTPServer(("127.0.0.1", 0), Ingest)
    Thread(target=server.serve_forever, daemon=True).start()
    sentry_sdk.init(
        dsn=f"http://public@127.0.0.1:{server.server_port}/1",
        before_send=scrub,
        default_integrations=False,
    )
    try:
        load_weights("/home/jane/data/weights.pt", "jane.doe@example.com")
    except RuntimeError as error:
        sentry_sdk.capture_exception(error)
    sentry_sdk.flush(timeout=10)
    server.shutdown()
    server.server_close()
    for event in arrived:
        for value in event["exception"]["values"]:
            for frame in value["stacktrace"]["frames"]:
                print(f"{frame['abs_path']}:{frame['lineno']} in {frame['function']}")
                print(f"    {frame['context_line'].strip()}")
                print(f"    {frame['vars']}")
            print(f"{value['type']}: {value['value']}")


if __name__ == "__main__":
    main()
