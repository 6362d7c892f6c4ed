"""Consent and the real SDK, over real HTTP: after a no, a server on loopback gets nothing more."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import sentry_sdk
import sentry_sdk.logger
from sentry_sdk.envelope import Envelope, Item

from scrubber import scrub
from scrubber.consent import Settings, warning
from scrubber.integrations.sentry import install, status, uninstall
from scrubber.integrations.sentry.hooks import KINDS, Hook
from scrubber.integrations.sentry.setup import Setup
from tests.integrations.sentry.recording import (
    DSN,
    MAIL,
    SCRUBBER,
    Recording,
    bare,
    fail,
    installed,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[3]
CHOOSE = """
import sys
from scrubber.consent import Settings
Settings("mylib").update(sync=sys.argv[1] == "1")
"""


class Ingest(BaseHTTPRequestHandler):
    """Keeps each body posted to it, decompressed."""

    bodies: list[bytes]

    def do_POST(self) -> None:
        """Keep one body."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        self.bodies.append(body)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # its parent's name
        """Say nothing."""


class Server:
    """A Sentry server on loopback."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        handler = type("Handler", (Ingest,), {"bodies": self.bodies})
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.dsn = f"http://public@127.0.0.1:{self._http.server_port}/1"
        self._thread = threading.Thread(
            target=self._http.serve_forever, kwargs={"poll_interval": 0.01}
        )
        self._thread.start()

    def received(self) -> str:
        """Return all that has come, once everything was sent."""
        sentry_sdk.flush(timeout=10)
        return b"".join(self.bodies).decode()

    def close(self) -> None:
        """Stop."""
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()


@pytest.fixture
def server() -> Iterator[Server]:
    """A running server."""
    server = Server()
    yield server
    server.close()


@pytest.fixture(autouse=True)
def nothing_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No variable says no, and settings lie in the test's folder."""
    for name in ("CI", "DO_NOT_TRACK", "MYLIB_SYNC", "CRASHSCRUB_SYNC"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SCRUBBER_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setattr(warning, "_said", set())


@pytest.fixture
def settings() -> Settings:
    """The settings of an application."""
    return Settings("mylib")


def in_a_thread(*, allowed: bool) -> None:
    """Choose in another thread."""
    thread = threading.Thread(target=Settings("mylib").update, args=({"sync": allowed},))
    thread.start()
    thread.join()


def in_a_process(*, allowed: bool) -> None:
    """Choose in another process."""
    subprocess.run([sys.executable, "-c", CHOOSE, str(int(allowed))], check=True, cwd=ROOT)


def by_the_command(*, allowed: bool) -> None:
    """Choose by the command."""
    command = [sys.executable, "-m", "scrubber.cli", "settings", "--app", "mylib"]
    subprocess.run([*command, f"sync={allowed}"], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)


@pytest.mark.parametrize("choose", [in_a_thread, in_a_process, by_the_command])
def test_the_very_next_event_is_not_sent(server: Server, settings: Settings, choose: Any) -> None:  # noqa: ANN401
    """Nor anything else: transactions, sessions, what is handed to the transport itself."""
    install(server.dsn, scrubber=SCRUBBER, settings=settings, traces_sample_rate=1.0, **bare())
    fail("first")
    assert "first" in server.received()
    choose(allowed=False)
    before = len(server.bodies)
    fail("second")
    sentry_sdk.capture_message("third")
    with sentry_sdk.start_transaction(op="train", name="fourth"):
        pass
    sentry_sdk.get_isolation_scope().start_session()
    sentry_sdk.get_isolation_scope().end_session()
    transport = sentry_sdk.get_client().transport
    assert transport is not None
    transport.capture_envelope(Envelope(items=[Item(payload=b'{"a": "fifth"}', type="note")]))
    transport.capture_envelope(Envelope())
    assert server.received().count("second") == 0
    assert len(server.bodies) == before
    assert status().dropped == {}  # a refusal is no failure
    choose(allowed=True)
    fail("sixth")
    assert "sixth" in server.received()
    got = server.received()  # the name of the transaction stays in the scope, so is none of these
    assert [word for word in ("second", "third", "fifth", '"spans"', "sid") if word in got] == []


@pytest.mark.parametrize("refusal", ["DO_NOT_TRACK", "CI", "MYLIB_SYNC", "corrupt"])
def test_nothing_is_sent_from_the_start(
    server: Server, settings: Settings, monkeypatch: pytest.MonkeyPatch, refusal: str
) -> None:
    """What the environment says, and a file that nobody can read."""
    if refusal == "corrupt":
        settings.update(sync=True)
        (settings.folder / "settings.json").write_text('{"sync": tr', "ascii")
    else:
        monkeypatch.setenv(refusal, "0" if refusal == "MYLIB_SYNC" else "1")
    install(server.dsn, scrubber=SCRUBBER, settings=settings, **bare())
    fail("first")
    assert server.received() == ""
    assert server.bodies == []


def test_a_plain_hook_heeds_the_settings_of_this_package(server: Server) -> None:
    """`before_send=scrub`, from the next event on."""
    client = sentry_sdk.get_global_scope().client
    own = Settings("crashscrub")
    try:
        sentry_sdk.init(server.dsn, before_send=scrub, **bare())
        fail("first")
        assert "first" in server.received()
        assert not own.folder.exists()
        own.update(sync=False)
        fail("second")
        own.update(sync=True)
        fail("third")
        assert "second" not in server.received()
        assert "third" in server.received()
    finally:
        sentry_sdk.get_client().close(timeout=0)
        sentry_sdk.get_global_scope().set_client(client)


def test_installed_without_settings_it_heeds_those_of_this_package() -> None:
    """Hooks and guard; and nothing is noted."""
    own = Settings("crashscrub")
    with installed() as transport:
        fail("first")
        own.update(crash_reports=False)
        fail("second")
        door = sentry_sdk.get_client().transport
        assert door is not None
        door.capture_envelope(Envelope(items=[Item(payload=b"{}", type="note")]))
    assert "first" in transport.text
    assert len(transport.sent) == 1
    assert own.journal.entries() == []


def test_logs_are_asked_for_by_themselves(settings: Settings) -> None:
    """Refused unless somebody allows them."""
    options = {"enable_logs": True, "settings": settings}
    with installed(**options) as transport:
        sentry_sdk.logger.warning("first")
        sentry_sdk.flush()
        assert transport.sent == []
        settings.update(logs=True, crash_reports=False)
        sentry_sdk.logger.warning("second")
        fail("third")
        sentry_sdk.flush()
    assert "second" in transport.text
    assert "first" not in transport.text
    assert "third" not in transport.text


def test_logs_that_wait_when_somebody_refuses_are_not_sent(settings: Settings) -> None:
    """The SDK gathers them; the guard has the last word."""
    settings.update(logs=True)
    with installed(enable_logs=True, settings=settings) as transport:
        sentry_sdk.logger.warning("first")
        settings.update(logs=False)
        sentry_sdk.flush()
    assert transport.sent == []


def test_what_the_guard_lets_through_is_in_the_journal(server: Server, settings: Settings) -> None:
    """Exactly what the server got, scrubbed, with its host."""
    install(server.dsn, scrubber=SCRUBBER, settings=settings, **bare())
    fail(f"no mail for {MAIL}")
    assert "no mail for [email]" in server.received()
    settings.update(sync=False)
    fail("second")
    sentry_sdk.flush()
    (entry,) = settings.journal.entries()
    assert (entry.kind, entry.to, entry.whole) == ("event", "127.0.0.1", True)
    assert entry.payload.encode() == server.bodies[0]
    assert MAIL not in (settings.folder / "sent.jsonl").read_text("ascii")


def test_a_report_of_the_client_is_in_the_journal_once(server: Server, settings: Settings) -> None:
    """It is added behind the door, or goes through it by itself."""
    install(server.dsn, scrubber=SCRUBBER, settings=settings, **bare())
    transport = sentry_sdk.get_client().transport
    assert transport is not None
    transport.record_lost_event("sample_rate", data_category="error")
    assert "client_report" in server.received()
    assert [entry.kind for entry in settings.journal.entries()] == ["client_report"]


def test_policy_and_path_mode_are_those_that_were_chosen(settings: Settings) -> None:
    """Unless the program gives a scrubber of its own."""
    settings.update(policy="strict", path_mode="full")
    install(DSN, settings=settings, transport=Recording(), **bare())
    policy = sentry_sdk.get_client().options["before_send"]._setup.scrubber.policy  # noqa: SLF001
    assert (policy.id, policy.path_mode) == ("strict", "full")
    uninstall()


def test_the_users_hook_is_not_asked_after_a_no(settings: Settings) -> None:
    """What nobody may send is not handed around."""
    seen: list[Any] = []

    def before_send(event: Any, _hint: Any) -> Any:  # noqa: ANN401
        seen.append(event)
        return event

    settings.update(sync=False)
    with installed(settings=settings, before_send=before_send) as transport:
        fail("first")
    assert (seen, transport.sent) == ([], [])


class Refusing:
    """A gate that fails."""

    notes = False

    def lets(self, kind: str) -> bool:
        """Fail."""
        raise RuntimeError(kind)

    def note(self, kind: str, payload: bytes | str, to: str) -> None:
        """Note nothing."""


@pytest.mark.parametrize("name", KINDS)
def test_a_gate_that_fails_lets_nothing_through(name: str) -> None:
    """For a span a stub, since the SDK sends the span itself in place of none."""
    given = {"message": MAIL, "name": MAIL, "span_id": "a1" * 8, "type": name}
    answer = Hook(name, None, Setup(SCRUBBER, "drop", Refusing()))(given)
    assert (answer is not None) is (name == "before_send_span")
    assert MAIL not in repr(answer)


def test_a_program_says_what_was_sent_and_takes_a_no(server: Server, tmp_path: Path) -> None:
    """A process of its own, with the command beside it, as a user has them."""
    program = (
        "import sys, sentry_sdk; from scrubber.consent import Settings;"
        "from scrubber.integrations.sentry import install;"
        f"install({server.dsn!r}, settings=Settings('mylib'), default_integrations=False,"
        " auto_enabling_integrations=False)\n"
        "for line in sys.stdin:\n"
        "    sentry_sdk.capture_message(line.strip()); sentry_sdk.flush(10)\n"
        "    print('done', flush=True)\n"
    )
    pipe = subprocess.PIPE
    command = [sys.executable, "-m", "scrubber.cli", "settings", "--app", "mylib"]
    with subprocess.Popen([sys.executable, "-c", program], stdin=pipe, stdout=pipe, cwd=ROOT) as it:
        assert it.stdin is not None
        assert it.stdout is not None
        for word, choice in (("one", "sync=False"), ("two", "sync=True"), ("three", "sync=False")):
            it.stdin.write(f"word {word} of {MAIL}\n".encode())
            it.stdin.flush()
            assert it.stdout.readline() == b"done\n"
            subprocess.run([*command, choice], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
        it.stdin.close()
    assert [b"word one of [email]" in body for body in server.bodies] == [True, False]
    assert b"word three of [email]" in server.bodies[1]
    shown = subprocess.run([*command, "show-sent"], check=True, cwd=ROOT, stdout=pipe).stdout
    assert b"word one of [email]" in shown
    assert b"word two" not in shown
    assert json.loads((tmp_path / "config/mylib/settings.json").read_bytes())["sync"] is False
