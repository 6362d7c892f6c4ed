"""A client whose scrubber is made by its own thread: what a program has that scrubs nothing."""

from __future__ import annotations

from typing import Any

from scrubber.telemetry import Client, Event, GoogleAnalytics4


class Choices:
    """Settings of a user who agrees."""

    journal: Any = None

    def allows(self, scope: str) -> bool:
        """Agree."""
        return scope == "usage_events"

    def __getitem__(self, key: str, /) -> object:
        return f"0f3c2a1b-{key[:4]}"


def ga4_client(choices: Any, url: str, **options: Any) -> Client:  # noqa: ANN401
    """Return a client that has loaded nothing."""
    sink = GoogleAnalytics4("G-EXAMPLE00", "not-a-secret", url=url)
    return Client(choices, sink, [Event("train")], **options)
