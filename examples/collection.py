"""See what a library that adopted crashscrub sends, and that it stops when its user says no.

The servers are a few lines on loopback; nothing leaves this machine, and the settings are those of
a folder that is gone afterwards.

    pip install 'crashscrub[cli,sentry]'
    python -m examples.collection
"""

from __future__ import annotations

import gzip
import json
import os
import tempfile
from dataclasses import replace
from functools import cache
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import sentry_sdk

from examples.mylib import collection, training
from scrubber import adopt
from scrubber.telemetry import GoogleAnalytics4

arrived: list[tuple[str, str]] = []


class Receiver(BaseHTTPRequestHandler):
    """Keeps what is posted to it."""

    def do_POST(self) -> None:
        """Take a request, of Sentry or of Google Analytics."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        arrived.append((self.path.partition("?")[0], body.decode()))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # its parent's name
        """Say nothing."""


def crash() -> None:
    """Use the library as its user Jane does."""
    try:
        training.train("yolov8n", "/home/jane/scans/Jane Doe.dcm", epochs=100)
    except FileNotFoundError as error:
        sentry_sdk.capture_exception(error)
    collection.collection().flush()


def show(title: str) -> None:
    """Print what arrived since, and forget it."""
    print(f"\n== {title}: {len(arrived)} requests")
    for path, body in arrived:
        print(path)
        for line in body.splitlines():
            value = json.loads(line)
            for error in value.get("exception", {}).get("values", ()):
                print(f"    {error['type']}: {error['value']}")
                for frame in error["stacktrace"]["frames"]:
                    print(f"        {frame['filename']}:{frame['lineno']} in {frame['function']}")
                    if "vars" in frame:  # of the library's own code alone
                        print(f"            {frame['vars']}")
            if "events" in value:
                print("    " + json.dumps(value, indent=2).replace("\n", "\n    "))
    arrived.clear()


def main() -> None:
    """Crash, refuse, crash again, and read what was sent."""
    for name in ("CI", "DO_NOT_TRACK", "MYLIB_SYNC"):  # they would stop it, as they should
        os.environ.pop(name, None)
    server = HTTPServer(("127.0.0.1", 0), Receiver)
    Thread(target=server.serve_forever, daemon=True).start()
    here = f"127.0.0.1:{server.server_port}"
    plan = replace(
        collection.PLAN,
        dsn=f"http://public@{here}/1",
        ga4=GoogleAnalytics4(
            "G-EXAMPLE", "the-secret-of-the-stream", url=f"http://{here}/mp/collect"
        ),
    )
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SCRUBBER_CONFIG_DIR"] = str(Path(folder).resolve())
        ours = adopt(plan)
        collection.collection = cache(lambda: ours)
        crash()
        show("as long as Jane does not mind")
        ours.settings.update({"sync": False})
        crash()
        show("after settings.update({'sync': False})")
        print("\n== what Jane can read of it: scrubber settings --app mylib show-sent")
        for entry in ours.settings.journal.entries():
            print(f"{entry.at} {entry.kind} to {entry.to}, {len(entry.payload)} characters")
        ours.close()
    server.shutdown()
    server.server_close()


if __name__ == "__main__":
    main()
