"""A transport that keeps what it is given, and what may be asked of it."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar

import sentry_sdk
from sentry_sdk.transport import Transport

from scrubber import Identity, Scrubber
from scrubber.integrations.sentry import install, uninstall

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sentry_sdk.envelope import Envelope

DSN = "http://public@127.0.0.1:9/1"
MAIL = "jane@example.com"
SCRUBBER = Scrubber(identity=Identity.none())


class Recording(Transport):
    """Sends nothing."""

    made: ClassVar[list[Recording]] = []

    def __init__(self, options: dict[str, Any] | None = None) -> None:
        super().__init__(options)
        self.sent: list[Envelope] = []
        self.made.append(self)

    def capture_envelope(self, envelope: Envelope) -> None:
        """Keep an envelope."""
        self.sent.append(envelope)

    @property
    def text(self) -> str:
        """All that was sent, as it would be written."""
        return "".join(one.serialize().decode("utf-8", "replace") for one in self.sent)

    def payloads(self, kind: str) -> list[Any]:
        """Return the payloads of JSON items of one type."""
        items = [item for envelope in self.sent for item in envelope.items]
        return [json.loads(item.get_bytes()) for item in items if item.type == kind]


@contextmanager
def installed(**options: Any) -> Iterator[Recording]:  # noqa: ANN401
    """Install with a transport that records, and undo it."""
    transport = Recording()
    install(DSN, **{"scrubber": SCRUBBER, **bare(), "transport": transport, **options})
    try:
        yield transport
    finally:
        uninstall()


def bare() -> dict[str, Any]:
    """Return options of an SDK that does nothing by itself."""
    return {"auto_enabling_integrations": False, "default_integrations": False}


def fail(text: str, photo: bytes = b"") -> None:
    """Raise and report."""
    try:
        _raise(text, photo)
    except ValueError:
        sentry_sdk.capture_exception()


def _raise(text: str, photo: bytes) -> None:
    raise ValueError(text, len(photo)) if photo else ValueError(text)
