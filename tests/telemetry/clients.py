"""A user's choice that a test decides, and clients that tell of a training program."""

from __future__ import annotations

from typing import Any

from scrubber import Identity, Scrubber
from scrubber.telemetry import (
    Choice,
    Client,
    Event,
    Flag,
    Flags,
    GoogleAnalytics4,
    JsonEndpoint,
    Number,
    PublicName,
)

INSTALLATION = "0f3c2a1b-7d4e-4f60-8a9b-1c2d3e4f5a6b"
SCRUBBER = Scrubber(identity=Identity.none())

TRAIN = Event(
    "train",
    {
        "task": Choice("detect", "segment"),
        "epochs": Number(0, 1000),
        "images": Number(0, 10**9, buckets=(0, 100, 10_000, 10**6)),
        "amp": Flag(),
        "model": PublicName("models"),
        "data": PublicName("datasets"),
        "flags": Flags("amp", "batch", "epochs"),
    },
    purpose="which tasks are worth our time",
)
EXPORT = Event("export", {"format": Choice("onnx", "tflite")})
EVENTS = (TRAIN, EXPORT)


class Choices:
    """Stands for the settings of a user; `allowed` is theirs to change at any time."""

    def __init__(self, *, allowed: bool = True, installation: object = INSTALLATION) -> None:
        self.allowed = allowed
        self.installation = installation
        self.noted: list[tuple[str, bytes | str, str]] = []

    @property
    def journal(self) -> Choices:
        """Return itself: it keeps what is noted."""
        return self

    def allows(self, scope: str) -> bool:
        """Say yes to one scope only."""
        return scope == "usage_events" and self.allowed

    def __getitem__(self, key: str, /) -> object:
        return {"installation_id": self.installation}[key]

    def note(self, kind: str, payload: bytes | str, *, to: str) -> None:
        """Keep a note."""
        self.noted.append((kind, payload, to))


def ga4_client(choices: Any, url: str, **options: Any) -> Client:  # noqa: ANN401
    """Return a client that sends at once, from tests, to a server of theirs."""
    sink = GoogleAnalytics4("G-EXAMPLE00", "not-a-secret", url=url)
    return Client(choices, sink, EVENTS, **{**_at_once(), **options})


def json_client(choices: Any, url: str, **options: Any) -> Client:  # noqa: ANN401
    """Return the same for a JSON endpoint."""
    return Client(choices, JsonEndpoint(url), EVENTS, **{**_at_once(), **options})


def _at_once() -> dict[str, Any]:
    return {"force": True, "linger": 0, "scrubber": SCRUBBER, "timeout": 30}
