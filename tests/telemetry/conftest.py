"""Tests of usage events do not see how they were launched, and leave no thread behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scrubber.telemetry.ranks import VARIABLES
from tests.telemetry.servers import Server

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def no_launcher(monkeypatch: pytest.MonkeyPatch) -> None:
    """No variable of a launcher, a proxy or consent is set."""
    for name in (*VARIABLES, "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def server() -> Iterator[Server]:
    """A server on loopback that answers 204."""
    with Server() as one:
        yield one
