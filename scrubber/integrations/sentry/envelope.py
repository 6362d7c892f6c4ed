"""
Envelopes, scrubbed item by item: whatever no hook has seen, and the headers of all.

Sessions, profiles, client reports and files pass no hook, and old SDKs have none for logs. What a
hook has scrubbed is known by its identity and let through. Batches of logs, metrics and spans hold
other objects by now than the hooks were given, so these are scrubbed again, which changes nothing.

Promise: an item leaves as a new item of scrubbed parts, or it does not leave and is counted. Items
of unknown types leave if they are JSON, scrubbed as any data is. Headers that cannot be scrubbed do
not cost what they stand around, which may be the stub of a crash. Nothing is written to the
envelope that was given.
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from scrubber.attachments import STUB_NAME, read_file, scrub_attachment
from scrubber.integrations.sentry.plain_headers import plain_envelope, plain_item
from scrubber.switches import disabled

if TYPE_CHECKING:
    from collections.abc import Callable

    from scrubber.integrations.sentry.setup import Setup

KINDS: Final = {
    "event": "event",
    "transaction": "transaction",
    "check_in": "check_in",
    "session": "session",
    "sessions": "sessions",
    "profile": "profile",
    "profile_chunk": "profile_chunk",
    "client_report": "client_report",
    "feedback": "feedback",
    "user_report": "user_report",
    "replay_event": "replay_event",
    "log": "log",
    "trace_metric": "metric",
    "span": "span",
}
"""What items of JSON hold, by their type."""

TEXTS: Final = frozenset({"statsd"})
FILES: Final = frozenset({"attachment"})
# In the payload of a stub nobody finds a dump.
_FILE_TYPE: Final = "event.attachment"


class EnvelopeScrubber:
    """Scrubs the envelopes of an SDK."""

    def __init__(self, setup: Setup, to: Callable[[], str] | None = None) -> None:
        """Take what hooks and guard share, and what tells where a door leads to."""
        self._setup = setup
        self._to = to or (lambda: _dsn() or "")
        self._reported: Any = None

    def envelope(self, envelope: Any) -> Any:  # noqa: ANN401  # the SDK's own, whichever version
        """Scrub an envelope.

        Args:
            envelope: an `Envelope` of the SDK.

        Returns:
            Another of its type; None where nothing of it may be sent.
        """
        try:
            if disabled() or not (envelope.items or self._setup.gate.lets("envelope")):
                return None
            items = [self.item(item) for item in envelope.items]
            kept = [item for item in items if item is not None]
            if items and not kept:
                return None
            done = type(envelope)(headers=self._around(envelope.headers), items=kept)
        except Exception:  # noqa: BLE001  # promise 1
            self._setup.tally.note("envelope")
            return None
        except BaseException:  # the SDK takes it for an error of its own, and sends nothing
            self._setup.tally.note("envelope")
            raise
        # What a transport added behind the door may come through it, too, and is noted once.
        if not (len(kept) == 1 and envelope.items[0] is self._reported):
            with suppress(Exception):  # whether it is noted decides nothing
                self._note(_types(kept), done.serialize)
        return done

    def event(self, event: Any) -> Any:  # noqa: ANN401  # the JSON border
        """Scrub an event on its way into a transport, unless a hook has.

        Args:
            event: an event or a transaction.

        Returns:
            The scrubbed event; None where it may not be sent.
        """
        try:
            if disabled():
                return None
            kind = "transaction" if _is_transaction(event) else "event"
            # It is noted as part of its envelope, which goes through another door.
            return self._json(event, kind) if self._setup.gate.lets(kind) else None
        except Exception:  # noqa: BLE001  # promise 1
            self._setup.tally.note("event")
            return None

    def item(self, item: Any) -> Any:  # noqa: ANN401  # as above
        """Scrub an item.

        Args:
            item: an `Item` of the SDK, or None.

        Returns:
            Another of its type; None where it may not be sent.
        """
        if item is None or disabled():
            return None
        kind = "item"
        try:
            named = item.headers.get("type")
            if named in KINDS or named in TEXTS or named in FILES:
                kind = named
            if not self._setup.gate.lets(KINDS.get(kind, kind)):
                return None
            done = self._item(item, kind)
        except Exception:  # noqa: BLE001  # promise 1
            done = None
        if done is None:
            self._setup.tally.note(kind)
        return done

    def report(self, item: Any) -> Any:  # noqa: ANN401  # as above
        """Scrub an item that a transport adds behind the door, as `item` does."""
        done = self.item(item)
        if done is not None:
            self._reported = done
            with suppress(Exception):  # as above
                self._note(_types([done]), done.serialize)
        return done

    def _note(self, kind: str, payload: Callable[[], bytes]) -> None:
        """Write into the journal, if there is one."""
        if self._setup.gate.notes:
            self._setup.gate.note(kind, payload(), self._to())

    def _item(self, item: Any, kind: str) -> Any:  # noqa: ANN401
        headers = self._beside(item.headers)
        payload = item.payload
        if kind in FILES:
            return self._file(item, headers)
        if kind in TEXTS:
            text = self._setup.scrubber.scrub_text(_bytes_of(payload))
            return type(item)(payload=type(payload)(bytes=text), headers=headers)
        data = payload.json if payload.json is not None else json.loads(_bytes_of(payload))
        done = self._json(data, KINDS[kind]) if kind in KINDS else self._any(data)
        if done is None:
            return None
        if "item_count" in headers:
            headers["item_count"] = len(done.get("items", ()))
        return type(item)(payload=type(payload)(json=done), headers=headers)

    def _json(self, data: Any, kind: str) -> Any:  # noqa: ANN401
        setup = self._setup
        if setup.knows(data):
            return data
        done = setup.scrub(data, kind)
        if done is None and isinstance(data, dict) and isinstance(data.get("items"), list):
            done = self._one_by_one(data, kind)
        if kind in ("event", "transaction"):
            setup.remember(done)
        return done

    def _one_by_one(self, data: dict[str, Any], kind: str) -> dict[str, Any] | None:
        """Scrub a batch in which something is too much for all of it."""
        items = [self._setup.scrub(item, kind) for item in data["items"]]
        kept = [item for item in items if item is not None]
        self._setup.tally.note(kind, len(items) - len(kept))
        rest = self._setup.scrub({**data, "items": []}, kind)
        return {**rest, "items": kept} if kept and rest is not None else None

    def _any(self, data: Any) -> Any:  # noqa: ANN401
        """Scrub JSON of which nothing is known."""
        done = self._setup.scrub({"extra": {"data": data}}, "event")
        return done["extra"]["data"] if done and isinstance(done.get("extra"), dict) else None

    def _file(self, item: Any, headers: dict[str, Any]) -> Any:  # noqa: ANN401
        setup = self._setup
        payload = _bytes_of(item.payload)
        name, content_type = item.headers.get("filename"), item.headers.get("content_type")
        known = setup.knows_file(payload)
        text = setup.scrubber.scrub_text
        done = scrub_attachment(
            name,
            content_type,
            payload,
            (lambda same: same) if known else text,
            text,
            others=setup.others,
        )
        if done is None:
            return None
        headers |= {"filename": done.name, "content_type": done.content_type}
        if "attachment_type" in headers and (done.name == STUB_NAME or done.payload != payload):
            headers["attachment_type"] = _FILE_TYPE
        return type(item)(payload=type(item.payload)(bytes=done.payload), headers=headers)

    def _around(self, headers: Any) -> dict[str, Any]:  # noqa: ANN401
        """Scrub the headers of an envelope, or give what is plain of them."""
        try:
            return self._headers(headers, "envelope")
        except Exception:  # noqa: BLE001  # promise 1
            self._setup.tally.note("headers")
            return plain_envelope(headers, _dsn())

    def _beside(self, headers: Any) -> dict[str, Any]:  # noqa: ANN401
        """Scrub the headers of an item, or give what is plain of them."""
        try:
            return self._headers(headers, "item")
        except Exception:
            named = headers.get("type")
            known = type(named) is str and named in (*KINDS, *TEXTS, *FILES)
            if not known:
                raise  # of such an item even the type may be data
            self._setup.tally.note("headers")
            return plain_item(headers, named)

    def _headers(self, headers: Any, kind: str) -> dict[str, Any]:  # noqa: ANN401
        if not headers:
            return {}
        done = self._setup.scrub(headers, kind)
        if done is None:
            raise ValueError("envelope: its headers could not be scrubbed")
        # What was removed is no part of a header.
        return {name: value for name, value in done.items() if name != "_meta"}


def _bytes_of(payload: Any) -> bytes:  # noqa: ANN401
    if payload.bytes is None and payload.json is None and payload.path is not None:
        return read_file(payload.path)
    data = payload.get_bytes()
    if not isinstance(data, bytes):
        raise TypeError("envelope: a payload is not bytes")
    return data


def _dsn() -> str | None:
    """Tell where the client of the SDK sends to."""
    with suppress(Exception):
        from sentry_sdk.scope import Scope

        dsn = Scope.get_client().dsn
        return dsn if type(dsn) is str else None
    return None


def _types(items: list[Any]) -> str:
    """Name what an envelope holds, in words of our own."""
    named = [item.headers.get("type") for item in items]
    known = (*KINDS, *TEXTS, *FILES)
    return " ".join(dict.fromkeys(one if one in known else "item" for one in named))


def _is_transaction(event: Any) -> bool:  # noqa: ANN401
    return isinstance(event, dict) and event.get("type") == "transaction"
