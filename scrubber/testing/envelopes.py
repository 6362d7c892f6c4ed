"""
What leaves a client of sentry-sdk, after every hook, whichever transport it was given.

Each client asks itself for its transport whenever it sends, so that question is where the watch
stands: the transport's `capture_envelope` is replaced on the object, innermost, behind a guard of
`scrubber.integrations.sentry`. It makes no difference when the client was made, by whom, in which
thread or scope. A client without a DSN would send nothing and run no hook; while somebody watches
it is given a transport that keeps nothing, so that a test needs no DSN.

Promise: a transport of the test's own gets its envelopes. What the SDK's own would send beyond
this machine is not sent.
"""

from __future__ import annotations

import json
import re
import warnings
import weakref
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from scrubber.testing.capture import UNREAD, Caught, copied, current

if TYPE_CHECKING:
    from collections.abc import Callable

_NAME: Final = re.compile(r"[a-z][a-z_]{0,31}")
_BATCHES: Final = ("session_flusher", "log_batcher", "metrics_batcher", "span_batcher")
_REPORT: Final = "_fetch_pending_client_report"
_LOOPBACK: Final = re.compile(r"localhost|127(?:\.[0-9]{1,3}){3}|::1")


class _Tap:
    """A method of a transport that is seen before it is called."""

    def __init__(self, inner: Callable[..., Any], *, held: bool, own: bool) -> None:
        self.inner = inner
        self.held = held
        self.own = own

    @property
    def __self__(self) -> Any:  # noqa: ANN401  # as of any method
        return getattr(self.inner, "__self__", None)

    def __call__(self, envelope: Any, *args: Any, **options: Any) -> Any:  # noqa: ANN401  # as the SDK
        if current() is not None:
            _keep(envelope)
            if self.held:
                return None
        return self.inner(envelope, *args, **options)


class _ReportTap(_Tap):
    """A method that gives what is added to envelopes behind the door."""

    def __call__(self, *args: Any, **options: Any) -> Any:  # noqa: ANN401  # as above
        item = self.inner(*args, **options)
        if item is not None:
            _keep_item(item)
        return item


class _Door:
    """The attribute `transport` of clients."""

    def __init__(self, real: Any) -> None:  # noqa: ANN401  # a class of the SDK
        self.real = real
        self.clients: weakref.WeakSet[Any] = weakref.WeakSet()
        self.taps: list[tuple[Any, str, Any, _Tap]] = []
        self.spares: weakref.WeakKeyDictionary[Any, Any] = weakref.WeakKeyDictionary()

    def __get__(self, client: Any, owner: type | None = None) -> Any:  # noqa: ANN401
        if client is None:
            return self
        found = vars(client).get("transport")
        if not isinstance(client, self.real):
            return found
        self.clients.add(client)
        if current() is None:
            return found
        if found is None and not client.options.get("dsn"):
            if client not in self.spares:  # after `close` it is there, and None
                self.spares[client] = _spare()
            found = self.spares[client]
        if found is not None:
            self.tap(found)
        return found

    def __set__(self, client: Any, transport: Any) -> None:  # noqa: ANN401
        if transport is None and client in self.spares:
            self.spares[client] = None
        vars(client)["transport"] = transport

    def tap(self, transport: Any) -> None:  # noqa: ANN401
        """See to it that what a transport sends is seen."""
        for name, kind in (("capture_envelope", _Tap), (_REPORT, _ReportTap)):
            holder, method = None, vars(transport).get(name)
            while _guards(method):
                holder, method = method, method.inner
            if isinstance(method, _Tap):
                continue
            inner = method or getattr(transport, name, None)
            if inner is None:
                continue
            # What a test put in the place of the SDK's method sends nothing, and is waited for.
            theirs = str(getattr(inner, "__module__", "")).startswith("sentry_sdk.")
            tap = kind(inner, held=theirs and _leaves(transport), own=method is not None)
            if holder is not None:
                holder.inner = tap
            else:
                object.__setattr__(transport, name, tap)
            self.taps.append((transport, name, holder, tap))

    def untap(self) -> None:
        """Give transports their methods back, where nobody has put something around them."""
        for transport, name, holder, tap in self.taps:
            place = holder
            method = vars(transport).get(name)
            while place is None and _guards(method) and method.inner is not tap:
                method = method.inner
            if place is None and _guards(method):
                place = method
            if place is not None and place.inner is tap:
                place.inner = tap.inner
                place.own = place.own and (tap.own or holder is not None)
            elif method is tap:
                if tap.own:
                    object.__setattr__(transport, name, tap.inner)
                else:
                    object.__delattr__(transport, name)
        self.taps.clear()


_door: _Door | None = None


def available() -> bool:
    """Tell whether there is a sentry-sdk to watch."""
    return find_spec("sentry_sdk") is not None


def watch() -> None:
    """Begin to see what leaves; without sentry-sdk, nothing happens."""
    global _door  # noqa: PLW0603  # the SDK is one thing as well
    if not available():
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the SDK, as it is loaded; they are not the test's
        import sentry_sdk
        import sentry_sdk.client as module
    with suppress(Exception):  # what waits was made before anybody watched
        _flush(sentry_sdk.get_client())
    _door = _Door(module._Client)  # noqa: SLF001  # `Client` is a function for type checkers
    module.BaseClient.transport = _door  # type: ignore[assignment]


def unwatch() -> None:
    """Undo it."""
    global _door  # noqa: PLW0603  # as above
    if _door is not None:
        import sentry_sdk.client as module

        del module.BaseClient.transport  # type: ignore[misc]
        _door.untap()
        _door = None


def flush() -> None:
    """Have all clients that were seen send what waits: logs, metrics, spans, sessions, reports."""
    for client in list(_door.clients) if _door is not None else ():
        with suppress(Exception):  # as far as it goes
            _flush(client)
        transport = vars(client).get("transport")
        with suppress(Exception):  # a transport without reports, or of another version
            if _leaves(transport):
                getattr(transport, _REPORT)(force=True)


def _flush(client: Any) -> None:  # noqa: ANN401
    for name in _BATCHES:
        batch = getattr(client, name, None)
        if batch is not None:
            with suppress(Exception):  # the others
                batch.flush()


def _spare() -> Any:  # noqa: ANN401  # a class made here, since the SDK may not be there
    from sentry_sdk.transport import Transport

    class Spare(Transport):
        """Keeps nothing."""

        def capture_envelope(self, envelope: Any) -> None:  # noqa: ANN401
            """Forget an envelope."""

    return Spare()


def _guards(method: Any) -> bool:  # noqa: ANN401
    """Tell whether a method is guarded by `scrubber.integrations.sentry`."""
    return type(method).__module__ == "scrubber.integrations.sentry.guard"


def _leaves(transport: Any) -> bool:  # noqa: ANN401
    """Tell whether a transport is the SDK's own and sends beyond this machine."""
    transport = getattr(transport, "_inner", transport)  # behind one that prints
    dsn = getattr(transport, "parsed_dsn", None)
    own = type(transport).__module__.startswith("sentry_sdk.")
    return own and dsn is not None and not _LOOPBACK.fullmatch(str(dsn.host))


def _keep(envelope: Any) -> None:  # noqa: ANN401
    capture = current()
    if capture is None:
        return
    capture.envelopes += 1
    try:
        headers, items = envelope.headers, list(envelope.items)
    except Exception:  # noqa: BLE001  # no envelope, but it was sent
        capture.caught.append(Caught("envelope", "envelope", UNREAD))
        return
    if headers:
        capture.caught.append(Caught("envelope", "envelope headers", copied(headers)))
    for item in items:
        _keep_item(item)


def _keep_item(item: Any) -> None:  # noqa: ANN401
    capture = current()
    if capture is None:
        return
    name = "item"
    try:
        named = item.headers.get("type")
        if isinstance(named, str) and _NAME.fullmatch(named):
            name = named
        capture.caught.append(Caught("envelope", f"{name} headers", copied(item.headers)))
        payload = _payload(item.payload)
    except Exception:  # noqa: BLE001  # it was sent, and may hold anything
        payload = UNREAD
    capture.caught.append(Caught("envelope", name, payload))


def _payload(payload: Any) -> object:  # noqa: ANN401
    if payload.json is not None:
        return copied(payload.json)
    if payload.bytes is None and payload.path is not None:
        path = payload.path
        return Path(path.decode() if isinstance(path, bytes) else path).read_bytes()
    data = bytes(payload.get_bytes())
    if data[:1] in (b"{", b"["):
        with suppress(ValueError, RecursionError):  # looked at as bytes
            return json.loads(data)
    return data
