"""What servers get of a program that adopted crashscrub: all that was agreed to, and nothing else.

The program is a process of its own (`program.py`), since usage events are off under pytest.
"""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from scrubber.consent import Settings
from scrubber.testing.leaks import leaks
from scrubber.testing.planting import Planted

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(__file__).with_name("program.py")
PLANTED = [
    Planted("EMAIL_ADDRESS", "jane.doe@example.com"),
    Planted("FILE_PATH", "/home/jane"),
]
pytestmark = [
    pytest.mark.skipif(find_spec("sentry_sdk") is None, reason="sentry-sdk is not installed"),
]


@dataclass
class Received:
    """What a server was sent.

    Attributes:
        port: where it listens, on loopback.
        requests: path and body of each request.
    """

    port: int
    requests: list[tuple[str, str]] = field(default_factory=list)

    def of(self, kind: str) -> list[str]:
        """Give the bodies of one kind: `usage` or `crash`."""
        usage = kind == "usage"
        return [body for path, body in self.requests if path.startswith("/mp/collect") is usage]


@pytest.fixture
def server() -> Iterator[Received]:
    """A server that takes everything."""
    received = Received(0)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.headers.get("Content-Encoding") == "gzip":
                body = gzip.decompress(body)
            received.requests.append((self.path, body.decode()))
            self.send_response(200)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    received.port = http.server_port
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield received
    http.shutdown()
    http.server_close()
    thread.join()


class Program:
    """A running program."""

    def __init__(self, port: int, folder: Path, **variables: str) -> None:
        kept = ("PATH", "HOME", "SYSTEMROOT", "TMP", "TEMP", "LD_LIBRARY_PATH")
        env = {name: os.environ[name] for name in kept if name in os.environ}
        env |= {"SCRUBBER_CONFIG_DIR": str(folder), "PYTHONPATH": str(ROOT), **variables}
        self._process = subprocess.Popen(
            [sys.executable, str(PROGRAM), str(port)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=env,
            cwd=folder,
        )
        self.said: list[str] = []
        self.heard()

    def heard(self) -> list[str]:
        """Read what it says until it is done."""
        assert self._process.stdout is not None
        said: list[str] = []
        for line in self._process.stdout:
            if line.strip() == "done":
                return said
            said.append(line.strip())
        assert self._process.stderr is not None
        raise AssertionError(self._process.stderr.read()[-2000:])

    def do(self, *things: str) -> list[str]:
        """Tell it what to do; gives what it said."""
        assert self._process.stdin is not None
        said = []
        for thing in things:
            self._process.stdin.write(f"{thing}\n")
            self._process.stdin.flush()
            said += self.heard()
        return said

    def end(self) -> str:
        """End it; gives what it complained of."""
        _, complaints = self._process.communicate("end\n", timeout=60)
        assert self._process.returncode == 0
        return complaints


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the folder of settings, and let nothing of the environment speak."""
    for name in ("CI", "DO_NOT_TRACK", "MYLIB_SYNC"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SCRUBBER_CONFIG_DIR", str(tmp_path))
    return tmp_path


def test_what_was_agreed_to_arrives(server: Received, folder: Path) -> None:
    """A crash report and a usage event without the user in them; both can be read later."""
    program = Program(server.port, folder)
    program.do("crash", "usage")
    [crash] = server.of("crash")
    [usage] = server.of("usage")
    journal = program.do("journal")
    program.end()
    assert "FileNotFoundError" in crash
    [event] = json.loads(usage)["events"]
    assert event["name"] == "train"
    told: dict[str, Any] = event["params"]
    assert (told["task"], told["model"], told["epochs"]) == ("detect", "yolov8n", 100)
    assert "data" not in told
    assert list(leaks([crash, usage], PLANTED)) == []
    assert len(journal[0].split()) == 2
    sent = [entry.payload for entry in Settings("mylib").journal.entries()]
    assert usage in sent


def test_a_refusal_in_another_thread_stops_the_very_next_report(
    server: Received, folder: Path
) -> None:
    """And agreeing again lets them go, without a new process."""
    program = Program(server.port, folder)
    program.do("crash", "usage")
    before = len(server.requests)
    program.do("refuse", "crash", "usage")
    assert len(server.requests) == before
    program.do("agree", "crash", "usage")
    assert len(server.requests) == before + 2
    program.do("refuse")
    program.end()
    assert len(server.requests) == before + 2


@pytest.mark.parametrize("how", ["mapping", "command"])
def test_a_refusal_in_another_process_stops_the_very_next_report(
    server: Received, folder: Path, how: str
) -> None:
    """By the mapping here, or by the command."""
    program = Program(server.port, folder)
    program.do("crash", "usage")
    before = len(server.requests)
    if how == "mapping":
        Settings("mylib").update({"sync": False})
    else:
        command = [sys.executable, "-m", "scrubber.cli", "settings", "--app", "mylib", "sync=False"]
        subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    program.do("crash", "usage")
    program.end()
    assert len(server.requests) == before


@pytest.mark.parametrize("scope", ["crash_reports", "usage_events"])
def test_each_can_be_refused_by_itself(server: Received, folder: Path, scope: str) -> None:
    """The other goes on."""
    Settings("mylib").update({scope: False})
    program = Program(server.port, folder)
    program.do("crash", "usage")
    program.end()
    left = "usage" if scope == "crash_reports" else "crash"
    assert len(server.of(left)) == len(server.requests) == 1


def test_a_corrupt_file_stops_everything(server: Received, folder: Path) -> None:
    """At the start of a process and while it runs; once, it says so."""
    program = Program(server.port, folder)
    program.do("crash", "usage")
    before = len(server.requests)
    [file] = folder.rglob("settings.json")
    file.write_text('{"sync": tru', encoding="utf-8")
    program.do("crash", "usage", "crash", "usage")
    complaints = program.end()
    assert len(server.requests) == before
    assert complaints.count("sends nothing") == 1
    again = Program(server.port, folder)
    again.do("crash", "usage")
    again.end()
    assert len(server.requests) == before


@pytest.mark.parametrize(
    ("name", "value"),
    [("DO_NOT_TRACK", "1"), ("CI", "true"), ("MYLIB_SYNC", "0"), ("SCRUBBER_DISABLE", "1")],
)
def test_a_variable_stops_everything(server: Received, folder: Path, name: str, value: str) -> None:
    """Whatever the file says."""
    Settings("mylib").update({"sync": True})
    program = Program(server.port, folder, **{name: value})
    program.do("crash", "usage")
    program.end()
    assert server.requests == []


def test_the_example_shows_what_it_says(folder: Path) -> None:
    """Two requests as long as its user does not mind, none of them with her; then none."""
    kept = ("PATH", "HOME", "SYSTEMROOT", "TMP", "TEMP", "LD_LIBRARY_PATH")
    done = subprocess.run(
        [sys.executable, "-m", "examples.collection"],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={name: os.environ[name] for name in kept if name in os.environ} | {"CI": "true"},
        timeout=120,
    )
    assert not any(folder.iterdir())
    before, _, after = done.stdout.partition("== after settings.update")
    assert "does not mind: 2 requests" in before
    assert "FileNotFoundError: no labels for" in before
    assert '"model": "yolov8n"' in before
    assert list(leaks(before, [Planted("FILE_PATH", "/home/jane"), Planted("PERSON", "Doe")])) == []
    assert ": 0 requests" in after
    assert "event to 127.0.0.1" in after
