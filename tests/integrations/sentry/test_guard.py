"""The guard at the transport: items of every kind, broken ones, and what is never sent."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import sentry_sdk
from sentry_sdk.envelope import Envelope, Item, PayloadRef

from scrubber import Identity, Scrubber
from scrubber.attachments import LARGEST
from scrubber.integrations.sentry import status
from scrubber.integrations.sentry.envelope import KINDS, EnvelopeScrubber
from scrubber.integrations.sentry.guard import Guarded, guard, guarded, unguard
from scrubber.integrations.sentry.setup import Setup
from tests.integrations.sentry.recording import DSN, MAIL, SCRUBBER, Recording, fail, installed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\x80\0\0\x01\xe0\x08\x02" + bytes(60)
ID = "a1" * 16


@pytest.fixture
def setup() -> Setup:
    """What hooks and guard share, made anew."""
    return Setup(SCRUBBER, "drop")


@pytest.fixture
def doorman(setup: Setup) -> EnvelopeScrubber:
    """What scrubs envelopes."""
    return EnvelopeScrubber(setup)


def sent(doorman: EnvelopeScrubber, *items: Item, **headers: Any) -> str:  # noqa: ANN401
    """Return what is left of an envelope, as it would be written."""
    done = doorman.envelope(Envelope(headers=headers, items=list(items)))
    return "" if done is None else done.serialize().decode("utf-8", "replace")


def of(kind: str | None, payload: Any, **headers: Any) -> Item:  # noqa: ANN401
    """Return an item of JSON."""
    return Item(payload=PayloadRef(json=payload), type=kind, headers=headers)


PAYLOADS: dict[str, dict[str, Any]] = {
    "event": {"event_id": ID, "message": f"mail {MAIL}"},
    "transaction": {"type": "transaction", "transaction": f"/of/{MAIL}", "spans": []},
    "check_in": {"check_in_id": ID, "monitor_slug": MAIL, "status": "ok"},
    "session": {"sid": ID, "did": MAIL, "status": "ok", "attrs": {"release": f"r {MAIL}"}},
    "sessions": {"attrs": {"environment": MAIL}, "aggregates": [{"exited": 3}]},
    "profile": {"transaction": {"name": MAIL}, "profile": {"frames": [{"abs_path": MAIL}]}},
    "profile_chunk": {"chunk_id": ID, "profiler_id": ID, "profile": {"frames": [{"file": MAIL}]}},
    "client_report": {"discarded_events": [{"reason": MAIL, "category": "error", "quantity": 3}]},
    "feedback": {"type": "feedback", "contexts": {"feedback": {"message": MAIL}}},
    "user_report": {"event_id": ID, "name": "x", "email": MAIL, "comments": f"I am {MAIL}"},
    "replay_event": {"type": "replay_event", "urls": [f"https://example.com/?to={MAIL}"]},
    "log": {"items": [{"body": MAIL, "level": "info", "attributes": {}}], "version": 2},
    "trace_metric": {"items": [{"name": "n", "type": "counter", "value": 1, "unit": MAIL}]},
    "span": {"items": [{"span_id": ID[:16], "trace_id": ID, "name": MAIL}], "version": 2},
}


def test_every_kind_has_a_payload_here() -> None:
    """A new kind is tested."""
    assert set(PAYLOADS) == set(KINDS)


@pytest.mark.parametrize("kind", PAYLOADS)
@pytest.mark.parametrize("as_bytes", [False, True])
def test_items_of_json_are_scrubbed(
    doorman: EnvelopeScrubber,
    setup: Setup,
    kind: str,
    as_bytes: bool,  # noqa: FBT001  # a parameter of the test
) -> None:
    """As objects and as bytes, with their ids; the envelope that was given is not changed."""
    payload = PAYLOADS[kind]
    item = of(kind, payload)
    if as_bytes:
        item = Item(payload=json.dumps(payload), type=kind)
    before = json.dumps(payload)
    text = sent(doorman, item, event_id=ID)
    assert f'"type":"{kind}"' in text
    assert MAIL not in text
    assert ID[:16] in text
    assert setup.tally.counts == {}
    assert json.dumps(payload) == before


@pytest.mark.parametrize("kind", PAYLOADS)
def test_twice_is_once(doorman: EnvelopeScrubber, kind: str) -> None:
    """Another guard, or the same again, changes nothing."""
    once = doorman.envelope(Envelope(items=[of(kind, PAYLOADS[kind])]))
    assert EnvelopeScrubber(Setup(SCRUBBER, "drop")).envelope(once).serialize() == once.serialize()


HEADERS = {
    "event_id": ID,
    "sent_at": "2026-11-23T12:00:00.000000Z",
    "dsn": f"https://{ID}@o1.ingest.example.com/42",
    "sdk": {"name": "sentry.python", "version": "2.75.0"},
}
TRACE = {
    "trace_id": "b2" * 16,
    "public_key": "c3" * 16,
    "sample_rate": "0.25",
    "sample_rand": "0.123456",
    "sampled": "true",
    "org_id": "1",
}


def test_headers_of_envelopes_are_scrubbed(doorman: EnvelopeScrubber) -> None:
    """Ids, times, the address and the rates stay; names go."""
    named = {"transaction": f"/of/{MAIL}", "environment": MAIL, "user_id": "jane", "other": MAIL}
    given = Envelope(headers={**HEADERS, "trace": TRACE | named, "note": MAIL})
    done = doorman.envelope(given)
    assert {name: done.headers[name] for name in HEADERS} == HEADERS
    assert {name: done.headers["trace"][name] for name in TRACE} == TRACE
    assert done.headers["trace"]["transaction"] == "/of/[email]"
    assert "jane" not in json.dumps(done.headers)
    assert "_meta" not in done.headers


def test_headers_of_items_are_scrubbed(doorman: EnvelopeScrubber) -> None:
    """What an item is stays; what somebody wrote beside it does not."""
    item = of("log", {"items": [{"body": "x"}] * 3}, item_count=3, platform="python", note=MAIL)
    done = doorman.envelope(Envelope(items=[item])).items[0]
    assert done.headers["type"] == "log"
    assert (done.headers["item_count"], done.headers["platform"]) == (3, "python")
    assert MAIL not in json.dumps(done.headers)
    assert "_meta" not in done.headers


def test_files_are_scrubbed(doorman: EnvelopeScrubber, tmp_path: Path) -> None:
    """Text, a picture, a file on disk, a dump, with their names and types."""
    path = tmp_path / "run.log"
    path.write_text(f"path {MAIL}", "utf-8")
    items = [
        Item(payload=f"text {MAIL}".encode(), type="attachment", filename=f"{MAIL}.log"),
        Item(payload=PNG, type="attachment", filename="a.png", content_type="image/png"),
        Item(payload=PayloadRef(path=str(path)), type="attachment", filename="run.log"),
        Item(
            payload=b"MDMP" + bytes(range(256)),
            type="attachment",
            filename="a.dmp",
            headers={"attachment_type": "event.minidump"},
        ),
    ]
    done = doorman.envelope(Envelope(items=items)).items
    assert [one.get_bytes() for one in done] == [
        b"text [email]",
        b"[image/png 640x480]",
        b"path [email]",
        b"[bytes]",
    ]
    assert [one.headers["filename"] for one in done] == [
        "[email].log",
        "a.png.txt",
        "run.log",
        "[file].txt",
    ]
    assert done[3].headers["attachment_type"] == "event.attachment"


@pytest.mark.parametrize("place", ["none", "."])
def test_a_file_that_cannot_be_read_is_dropped(
    doorman: EnvelopeScrubber, setup: Setup, tmp_path: Path, place: str
) -> None:
    """Nobody reads it later, either."""
    item = Item(payload=PayloadRef(path=str(tmp_path / place)), type="attachment", filename="a")
    assert sent(doorman, item) == ""
    assert setup.tally.counts == {"attachment": 1}


def test_a_large_file_is_a_stub(doorman: EnvelopeScrubber) -> None:
    """Beyond the bound nobody looks."""
    item = Item(payload=b"x" * (LARGEST + 1), type="attachment", filename="a.log")
    assert doorman.item(item).get_bytes() == b"[file]"


def test_a_long_text_is_scrubbed(doorman: EnvelopeScrubber) -> None:
    """Megabytes of a log are a text as any other."""
    line = b"epoch 3 of 100: loss 0.0123, checkpoint written\n"
    item = Item(payload=line * 30_000 + MAIL.encode(), type="attachment", filename="a.log")
    assert doorman.item(item).get_bytes() == line * 30_000 + b"[email]"


def test_statsd_is_scrubbed_as_text(doorman: EnvelopeScrubber) -> None:
    """Metrics of old SDKs are lines, not JSON."""
    item = Item(payload=f"clicks@none:1|c|#mail:{MAIL}|T17\n".encode(), type="statsd")
    assert doorman.item(item).get_bytes() == b"clicks@none:1|c|#mail:[email]|T17\n"


UNKNOWN: list[tuple[str, Callable[[], Item]]] = [
    ("an object", lambda: of("note", {"who": MAIL, "password": "b4" * 16})),
    ("a list", lambda: of("note", [MAIL, 7])),
    ("without a type", lambda: of(None, {"who": MAIL})),
    ("of a type that is data", lambda: of(MAIL, {"who": "x"})),
]


@pytest.mark.parametrize("make", [row[1] for row in UNKNOWN], ids=[row[0] for row in UNKNOWN])
def test_unknown_json_is_scrubbed(doorman: EnvelopeScrubber, make: Callable[[], Item]) -> None:
    """As data of which nothing is known."""
    text = sent(doorman, make())
    assert "[email]" in text
    assert MAIL not in text
    assert "b4" * 16 not in text


BROKEN: list[tuple[str, Callable[[], Any]]] = [
    ("bytes of an unknown type", lambda: Item(payload=PNG, type="view_hierarchy")),
    ("a recording", lambda: Item(payload=b'{"a":1}\n' + PNG, type="replay_recording")),
    ("bytes in place of an event", lambda: Item(payload=PNG, type="event")),
    ("half of an event", lambda: Item(payload=f'{{"message": "{MAIL}', type="event")),
    ("a text in place of a session", lambda: of("session", MAIL)),
    ("a list in place of logs", lambda: of("log", [MAIL])),
    ("nothing", lambda: Item(payload=b"", type="check_in")),
    ("no payload", lambda: Item(payload=PayloadRef(), type="session")),
    ("of a type that is no text", lambda: of(None, {"who": MAIL}, type=[MAIL])),
    ("no item", lambda: MAIL),
]


@pytest.mark.parametrize("make", [row[1] for row in BROKEN], ids=[row[0] for row in BROKEN])
def test_what_cannot_be_scrubbed_is_dropped_and_counted(
    doorman: EnvelopeScrubber, setup: Setup, make: Callable[[], Any]
) -> None:
    """The other items of the envelope are sent."""
    good = of("session", PAYLOADS["session"])
    text = sent(doorman, make(), good)
    assert MAIL not in text
    assert "PNG" not in text
    assert text.count('"type":') == 1
    assert sum(setup.tally.counts.values()) == 1


def test_an_envelope_of_nothing_but_such_is_not_sent(doorman: EnvelopeScrubber) -> None:
    """An envelope without items would say nothing."""
    assert doorman.envelope(Envelope(items=[Item(payload=PNG, type="view_hierarchy")])) is None
    assert doorman.envelope(MAIL) is None
    assert doorman.envelope(Envelope()).items == []


def test_headers_that_cannot_be_scrubbed_keep_what_is_plain(
    doorman: EnvelopeScrubber, setup: Setup
) -> None:
    """The envelope leaves without the rest of them, which is counted."""
    headers: dict[str, Any] = {"trace": {"transaction": MAIL, **TRACE}, **HEADERS, "note": MAIL}
    headers["trace"]["again"] = headers
    beside = {"item_count": 0, "note": headers}
    done = doorman.envelope(Envelope(headers=headers, items=[of("log", {"items": []}, **beside)]))
    plain = {name: one for name, one in TRACE.items() if name != "org_id"}
    assert done.headers == {
        "event_id": ID,
        "sent_at": HEADERS["sent_at"],
        "sdk": HEADERS["sdk"],
        "trace": plain,
    }
    assert done.items[0].headers == {
        "type": "log",
        "item_count": 0,
        "content_type": "application/json",
    }
    assert setup.tally.counts == {"headers": 2}


def test_the_address_stays_where_it_is_the_clients_own() -> None:
    """Any other may lead to somebody."""
    setup = Setup(Closed(identity=Identity.none()), "drop")
    with installed():
        for dsn in (DSN, HEADERS["dsn"], f"{DSN}/{MAIL}", None):
            done = EnvelopeScrubber(setup).envelope(Envelope(headers={"dsn": dsn}))
            assert done.headers == ({"dsn": DSN} if dsn == DSN else {})


def test_an_unknown_item_with_headers_that_cannot_be_scrubbed_is_dropped() -> None:
    """Of such an item even the type may be data."""
    item = of(MAIL, {"who": MAIL})
    assert EnvelopeScrubber(Setup(Closed(identity=Identity.none()), "drop")).item(item) is None


class Closed(Scrubber):
    """A scrubber that fails at headers."""

    def scrub(self, event: Any, hint: Any = None, *, kind: str | None = None) -> Any:  # noqa: ANN401
        """Refuse, or scrub."""
        return None if kind in ("envelope", "item") else super().scrub(event, hint, kind=kind)


class Failing(Scrubber):
    """A scrubber in which something is broken."""

    def scrub(self, event: Any, hint: Any = None, *, kind: str | None = None) -> Any:  # noqa: ANN401
        """Fail, but for headers."""
        if kind in ("envelope", "item"):
            return super().scrub(event, hint, kind=kind)
        raise MemoryError

    def scrub_text(self, text: Any) -> Any:  # noqa: ANN401, ARG002
        """Fail."""
        raise MemoryError


@pytest.mark.parametrize("kind", [*PAYLOADS, "note", "statsd", "attachment"])
def test_a_broken_scrubber_sends_nothing(kind: str) -> None:
    """Never raw, whatever fails."""
    doorman = EnvelopeScrubber(Setup(Failing(identity=Identity.none()), "drop"))
    item = of(kind, PAYLOADS.get(kind, {"who": MAIL}))
    if kind in ("statsd", "attachment"):
        item = Item(payload=MAIL.encode(), type=kind)
    assert doorman.envelope(Envelope(items=[item])) is None
    assert doorman.event({"message": MAIL}) is None


class TooMuch(Scrubber):
    """A scrubber that refuses whatever holds a certain word."""

    def scrub(self, event: Any, hint: Any = None, *, kind: str | None = None) -> Any:  # noqa: ANN401
        """Refuse, or scrub."""
        refused = "too much" in json.dumps(event, default=str)
        return None if refused else super().scrub(event, hint, kind=kind)


def test_one_log_that_is_too_much_costs_one_log() -> None:
    """The rest of the batch is sent, counted anew."""
    setup = Setup(TooMuch(identity=Identity.none()), "drop")
    bodies = [f"mail {MAIL}", "too much", "fine"]
    item = of("log", {"version": 2, "items": [{"body": one} for one in bodies]}, item_count=3)
    done = EnvelopeScrubber(setup).item(item)
    assert [one["body"] for one in done.payload.json["items"]] == ["mail [email]", "fine"]
    assert done.headers["item_count"] == 2
    assert setup.tally.counts == {"log": 1}


def test_what_the_hook_scrubbed_is_not_scrubbed_again() -> None:
    """It is known by its identity; a copy that anybody could have written into is not."""
    kinds: list[str | None] = []

    class Counting(Scrubber):
        """Notes what it is asked for."""

        def scrub(self, event: Any, hint: Any = None, *, kind: str | None = None) -> Any:  # noqa: ANN401
            """Note and scrub."""
            kinds.append(kind)
            return super().scrub(event, hint, kind=kind)

    setup = Setup(Counting(identity=Identity.none()), "drop")
    doorman = EnvelopeScrubber(setup)
    event = {"message": "ok"}
    setup.remember(event)
    doorman.envelope(Envelope(items=[of("event", event)]))
    assert "event" not in kinds
    doorman.envelope(Envelope(items=[of("event", dict(event))]))
    assert kinds.count("event") == 1


def test_a_mark_in_the_data_proves_nothing() -> None:
    """Whoever writes the data could write any mark."""
    with installed() as transport:
        client = sentry_sdk.get_client()
        for mark in ("scrubbed", "scrubber.fallback", "_scrubbed"):
            event = {"message": MAIL, "tags": {mark: "yes"}, mark: True}
            assert client.transport is not None
            client.transport.capture_envelope(Envelope(items=[of("event", event)]))
    assert len(transport.sent) == 3
    assert MAIL not in transport.text


def test_a_client_report_is_scrubbed_on_the_way_out() -> None:
    """Transports over HTTP add it to envelopes behind the guard."""
    with installed(transport=None):
        transport: Any = sentry_sdk.get_client().transport
        transport.record_lost_event(MAIL, data_category="error")
        report = transport._fetch_pending_client_report(force=True)  # noqa: SLF001  # its one door
    assert b"discarded_events" in report.get_bytes()
    assert MAIL.encode() not in report.get_bytes()


def test_the_legacy_way_into_a_transport_is_guarded() -> None:
    """`capture_event` is deprecated and still a door."""
    with installed() as transport:
        with pytest.warns(DeprecationWarning, match="capture_event"):
            transport.capture_event({"message": f"mail {MAIL}"})
        assert transport.payloads("event")[0]["message"] == "mail [email]"


def test_guarding_twice_is_guarding_once(doorman: EnvelopeScrubber) -> None:
    """And once unguarded, the object is as it was, with a method of its own, too."""
    transport = Recording()
    own = transport.sent.append
    transport.capture_event = own  # type: ignore[method-assign, assignment]
    before = dict(vars(transport))
    guard(transport, doorman)
    guard(transport, doorman)
    assert guarded(transport)
    assert not isinstance(vars(transport)["capture_envelope"].inner, Guarded)
    unguard(transport)
    unguard(transport)
    assert not guarded(transport)
    assert vars(transport) == before


def test_failures_are_told_of_once(caplog: pytest.LogCaptureFixture) -> None:
    """A warning without data, and a count."""
    with installed() as transport, caplog.at_level("WARNING", logger="scrubber"):
        for _ in range(3):
            item = Item(payload=PNG + MAIL.encode(), type="view_hierarchy")
            transport.capture_envelope(Envelope(items=[item]))
        assert status().dropped == {"item": 3}
        fail("still there")
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert MAIL not in caplog.text
    assert len(transport.sent) == 1
