"""The program that records an event does not notice, whatever becomes of it."""

from __future__ import annotations

import gc
import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from scrubber.telemetry import Choice, Client, Event, GoogleAnalytics4, Stats
from scrubber.telemetry.sender import THREAD
from tests.telemetry.clients import SCRUBBER, Choices, ga4_client
from tests.telemetry.servers import PATIENCE, Server, Silent, until

ROOT = Path(__file__).resolve().parents[2]
NEVER = 3600.0


def test_a_server_that_never_answers_holds_nobody_up() -> None:
    """A thousand events are recorded, and a flush comes back, while one request is stuck."""
    with Silent() as server:
        client = ga4_client(Choices(), server.url, timeout=NEVER, burst=2000, waiting=10)
        client.record("train")
        until(lambda: server.taken)
        for _ in range(1000):
            client.record("train")
        assert not client.flush(0.01)
        stats = client.stats()
        assert (stats.recorded, stats.overflowed, stats.sent) == (1001, 990, 0)
        client.close(0.01)


@pytest.mark.parametrize("first", [b"", b"H"], ids=["silent", "one byte"])
def test_an_answer_is_waited_for_only_so_long(first: bytes) -> None:
    """A server that says nothing, or a byte a minute, costs the thread one timeout."""
    with Silent(first) as server:
        choices = Choices()
        client = ga4_client(choices, server.url, timeout=0.1)
        client.record("train")
        assert client.flush(PATIENCE)
        assert client.stats() == Stats(recorded=1, unreachable=1)
        assert len(choices.noted) == 1  # it has left, whether or not it was read
        client.close()


def test_a_refused_connection_is_counted() -> None:
    """Nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/mp/collect"
    choices = Choices()
    client = ga4_client(choices, url)
    client.record("train")
    assert client.flush(PATIENCE)
    assert (client.stats(), choices.noted) == (Stats(recorded=1, unreachable=1), [])
    client.close()


def test_a_host_that_is_not_found_is_counted(refused_connections: list[str]) -> None:
    """A lookup fails as it does without a network."""
    client = ga4_client(Choices(), "https://stats.example.com/mp/collect")
    client.record("train")
    assert client.flush(PATIENCE)
    assert client.stats() == Stats(recorded=1, unreachable=1)
    assert refused_connections == ["getaddrinfo"]
    refused_connections.clear()
    client.close()


@pytest.mark.parametrize(
    "answer",
    [
        b"\x00\xff garbage\r\n\r\n",
        b"HTTP/1.1 204\r\n" + b"x: y\r\n" * 200,
        b"HTTP/1.1 99999 x\r\n\r\n",
        b"SSH-2.0-x\r\n",
    ],
)
def test_an_answer_that_is_none_is_counted(answer: bytes) -> None:
    """What a server answers can be anything."""
    with Silent(answer) as server:
        client = ga4_client(Choices(), server.url, timeout=0.2)
        client.record("train")
        assert client.flush(PATIENCE)
        assert client.stats() == Stats(recorded=1, unreachable=1)
        client.close()


def test_too_many_in_a_short_time_are_not_taken(server: Server) -> None:
    """Beyond the burst, events are counted and no more."""
    client = ga4_client(Choices(), server.url, burst=3, per_minute=0)
    for _ in range(10):
        client.record("train")
    assert client.flush(PATIENCE)
    assert (len(server.events), client.stats().limited) == (3, 7)
    client.close()


def test_an_event_that_was_not_declared_is_not_taken(server: Server) -> None:
    """A wrong name is counted, wrong parameters are left out."""
    client = ga4_client(Choices(), server.url)
    client.record("jane was here", note="hello")
    client.record("train", note="hello", epochs="many", self="x", name="y")
    assert client.flush(PATIENCE)
    stats = client.stats()
    assert (stats.unknown, stats.left_out, len(server.events)) == (1, 4, 1)
    assert b"hello" not in server.raw
    client.close()


def test_what_the_scrubber_would_change_is_not_sent(server: Server) -> None:
    """The last guard drops the one event in which a schema allows a mailbox; others go."""
    events = [Event("contact", {"who": Choice("jane@example.com")}), Event("start")]
    sink = GoogleAnalytics4("G-EXAMPLE00", "not-a-secret", url=server.url)
    client = Client(Choices(), sink, events, force=True, linger=60, scrubber=SCRUBBER)
    client.record("contact", who="jane@example.com")
    client.record("start")
    assert client.flush(PATIENCE)
    assert [event["name"] for event in server.events] == ["start"]
    assert client.stats() == Stats(recorded=2, sent=1, requests=1, guarded=1)
    client.close()


def test_a_closed_client_takes_nothing(server: Server) -> None:
    """What is recorded too late is counted; the thread ends."""
    client = ga4_client(Choices(), server.url)
    client.record("train")
    client.close(PATIENCE)
    client.record("train")
    assert client.flush(PATIENCE)
    assert (len(server.events), client.stats().overflowed) == (1, 1)


def test_threads_record_at_once(server: Server) -> None:
    """Eight threads lose nothing between them."""
    client = ga4_client(Choices(), server.url, burst=1000)

    def work() -> None:
        for _ in range(20):
            client.record("train")

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert client.flush(PATIENCE)
    assert (len(server.events), client.stats().sent) == (160, 160)
    client.close()


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="timers of POSIX")
def test_a_signal_handler_may_record(server: Server) -> None:
    """A handler that runs in the middle of recording an event does not wait for itself."""
    client = ga4_client(Choices(), server.url, burst=10**6, waiting=10**6, linger=60)
    seen: list[int] = []

    def handler(*_: object) -> None:
        seen.append(1)
        client.record("export")

    before = signal.signal(signal.SIGALRM, handler)
    signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)
    try:
        while len(seen) < 50:
            client.record("train")
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert client.stats().failed == 0
    client.close(0)


def test_a_destructor_may_record(server: Server) -> None:
    """An object that is collected may tell of it."""
    client = ga4_client(Choices(), server.url)

    class Dying:
        def __del__(self) -> None:
            client.record("export")

    one = Dying()
    del one
    gc.collect()
    assert client.flush(PATIENCE)
    assert len(server.events) == 1
    client.close()


def test_a_thread_that_cannot_start_is_no_error(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A system without threads to give loses the event, and the next one may fare better."""
    client = ga4_client(Choices(), server.url)

    def start(self: threading.Thread) -> None:
        raise RuntimeError(f"can't start {self.name}")

    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", start)
        client.record("train")
        assert not client.flush(0.01)
    client.record("train")
    assert client.flush(PATIENCE)
    assert len(server.events) == 2
    client.close()


def program(source: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a program as a user runs one: not under pytest."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith("PYTEST_")}
    return subprocess.run(
        [sys.executable, "-W", "ignore::DeprecationWarning", "-c", source, *arguments],
        check=False,
        capture_output=True,
        cwd=ROOT,
        encoding="utf-8",
        env={**kept, "PYTHONPATH": str(ROOT)},
        timeout=PATIENCE * 2,
    )


PROGRAM = """
import sys
from tests.telemetry.clients import Choices, ga4_client
client = ga4_client(Choices(), sys.argv[1], force=False, linger=float(sys.argv[2]), timeout=3600)
client.record("train", epochs=1)
"""


STUCK = """
import sys, time
from tests.telemetry.clients import Choices, ga4_client

class Counting(Choices):
    calls = 0
    def allows(self, scope):
        self.calls += 1
        return True

choices = Counting()
client = ga4_client(choices, sys.argv[1], force=False, timeout=3600)
client.record("train", epochs=1)
while choices.calls < 3:  # to record, to make the request, to put it on the wire
    time.sleep(0.01)
"""


def test_a_stuck_request_does_not_keep_a_program_alive() -> None:
    """The program ends by itself, without a word, though its request would wait for an hour."""
    with Silent() as server:
        done = program(STUCK, server.url)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        until(lambda: server.taken)


def test_a_program_that_ends_at_once_ends_at_once() -> None:
    """It may not even have loaded what sends."""
    with Silent() as server:
        done = program(PROGRAM, server.url, "60")
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_last_events_leave_when_a_program_ends(server: Server) -> None:
    """Though they would have waited for others for a minute."""
    longer = "import scrubber.telemetry.client as module\nmodule.AT_EXIT = 30\n"
    done = program(PROGRAM + longer, server.url, "60")
    assert (done.returncode, done.stderr) == (0, "")
    assert [event["name"] for event in server.events] == ["train"]


def test_an_error_of_the_program_is_its_own() -> None:
    """A traceback and a status are what they were without a client."""
    with Silent() as server:
        done = program(PROGRAM + "raise SystemExit(7)", server.url, "60")
        assert (done.returncode, done.stderr) == (7, "")


FORKED = (
    PROGRAM
    + """
import os
child = os.fork()
if child == 0:
    client.record("export", format="onnx")
    done = client.flush(30) and client.stats().sent == client.stats().recorded == 1
    os._exit(0 if done else 1)
_, status = os.waitpid(child, 0)
done = client.flush(30) and client.stats().sent == client.stats().recorded == 1
raise SystemExit(0 if done and status == 0 else 1)
"""
)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="fork of POSIX")
@pytest.mark.parametrize("linger", ["0", "60"])
def test_a_child_begins_anew(linger: str, server: Server) -> None:
    """Parent and child send one event each; what waited is sent by the parent alone."""
    done = program(FORKED, server.url, linger)
    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(event["name"] for event in server.events) == ["export", "train"]


FORKS_AT_ONCE = (
    PROGRAM
    + """
import os
# Right after the first event: the thread is importing, and the child imports the same.
children = []
for _ in range(8):
    child = os.fork()
    if child == 0:
        import ssl, urllib.request
        from scrubber import scrub_text
        os._exit(0 if scrub_text("jane@example.com") == "[email]" else 1)
    children.append(child)
raise SystemExit(any(os.waitpid(child, 0)[1] for child in children))
"""
).replace("from tests.telemetry.clients", "from tests.telemetry.lean")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="fork of POSIX")
def test_a_fork_right_after_the_first_event_is_sound(server: Server) -> None:
    """A child does not find half a module, nor a lock that nobody will open."""
    done = program(FORKS_AT_ONCE, server.url, "0")
    assert (done.returncode, done.stderr) == (0, "")


IMPORTS = """
import sys
from tests.telemetry.lean import Choices, ga4_client
client = ga4_client(Choices(), sys.argv[1], linger=0)
client._delivery.warm()
before = set(sys.modules)
client.record("train")
sent = client.flush(60) and client.stats().sent
print(sent, sorted(set(sys.modules) - before))
"""


def test_nothing_is_imported_once_the_thread_is_warm(server: Server) -> None:
    """So that a fork has one moment to wait for, and no other."""
    done = program(IMPORTS, server.url)
    assert (done.stdout.strip(), done.stderr) == ("1 []", "")


PROBE = """
import json, sys, threading
seen = []
def hook(event, args):
    if event.partition(".")[0] in {"socket", "subprocess", "os.fork", "_thread", "urllib"}:
        seen.append(event)
sys.addaudithook(hook)
import scrubber.telemetry
from scrubber.telemetry import *
heavy = sorted({"ssl", "http.client", "socket", "urllib.request"} & set(sys.modules))
print(json.dumps([seen, heavy, threading.active_count()]))
"""


def test_import_opens_no_socket_and_starts_no_thread() -> None:
    """Nor does it load what could."""
    done = program(PROBE)
    assert (done.stdout.strip(), done.stderr) == ("[[], [], 1]", "")


def test_making_a_client_starts_nothing(server: Server) -> None:
    """The thread comes with the first event, and has a name."""
    client = ga4_client(Choices(), server.url)

    def named() -> list[Any]:
        return [one for one in threading.enumerate() if one.name == THREAD]

    before = len(named())
    client.described()
    client.flush(0)
    assert len(named()) == before
    client.record("train")
    assert client.flush(PATIENCE)
    assert [one.daemon for one in named()] == [True] * (before + 1)
    client.close()
    until(lambda: len(named()) == before)
