"""Whichever way a transport is given, what it gets is scrubbed."""

from __future__ import annotations

from typing import Any

import pytest
import sentry_sdk
import sentry_sdk.logger
import sentry_sdk.metrics
import sentry_sdk.traces
from sentry_sdk.transport import Transport

from scrubber.integrations.sentry import install, status
from scrubber.integrations.sentry.guard import guarded
from tests.integrations.sentry.recording import (
    DSN,
    MAIL,
    SCRUBBER,
    Recording,
    bare,
    fail,
    installed,
)


class Class(Recording):
    """A transport that is given as a class."""


def test_a_transport_is_guarded_as_a_class() -> None:
    """The instance is the user's class, and only the instance is changed."""
    with installed(transport=Class):
        fail(f"no mail for {MAIL}")
        transport = sentry_sdk.get_client().transport
        assert type(transport) is Class
    assert len(transport.sent) == 1
    assert MAIL not in transport.text
    assert not guarded(Class)


def test_a_transport_is_guarded_as_a_function() -> None:
    """Deprecated, and still there: it is called with events."""
    events: list[Any] = []
    with (
        pytest.warns(DeprecationWarning, match="Function transports"),
        installed(transport=events.append),
    ):
        fail(f"no mail for {MAIL}")
    assert [one["exception"]["values"][0]["value"] for one in events] == ["no mail for [email]"]


def test_the_transport_of_the_sdk_is_guarded() -> None:
    """Its own type, as the SDK chose it."""
    with installed(transport=None):
        transport = sentry_sdk.get_client().transport
        assert type(transport).__name__ == "HttpTransport"
        assert guarded(transport)


def test_what_prints_envelopes_prints_scrubbed_ones(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """`SENTRY_PRINT_ENVELOPES` puts a printer around the transport: once, and behind the guard."""
    monkeypatch.setenv("SENTRY_PRINT_ENVELOPES", "1")
    with installed(transport=Class):
        printer: Any = sentry_sdk.get_client().transport
        assert type(vars(printer)["_inner"]) is Class
        with caplog.at_level("INFO", logger=printer.envelope_logger.name):
            printer.envelope_logger.addHandler(caplog.handler)
            fail(f"no mail for {MAIL}")
            printer.envelope_logger.removeHandler(caplog.handler)
    assert caplog.text.count("--- Sentry Envelope ---") == 1
    assert "no mail for [email]" in caplog.text
    assert MAIL not in caplog.text


def test_spotlight_gets_scrubbed_envelopes() -> None:
    """It is handed what the transport is, beside it."""
    sent: list[Any] = []
    with installed(spotlight="http://127.0.0.1:9/stream") as transport:
        spotlight = sentry_sdk.get_client().spotlight
        assert spotlight is not None
        assert guarded(spotlight)
        vars(spotlight)["capture_envelope"].inner = sent.append
        sentry_sdk.get_isolation_scope().start_session()
        sentry_sdk.get_isolation_scope().end_session()
        fail(f"no mail for {MAIL}")
        sentry_sdk.flush()
    assert len(sent) == len(transport.sent) > 0
    assert MAIL not in "".join(one.serialize().decode() for one in sent) + transport.text


class Stubborn(Recording):
    """A transport whose method cannot be replaced."""

    @property
    def capture_envelope(self) -> Any:  # noqa: ANN401
        """Give a method nobody can put another in place of."""
        return self.sent.append


def test_a_transport_that_cannot_be_guarded_is_refused() -> None:
    """Aloud, and before anything can be sent."""
    with pytest.raises(TypeError, match="cannot be guarded"):
        install(DSN, scrubber=SCRUBBER, transport=Stubborn(), **bare())
    assert not status().active


def test_the_base_of_transports_is_untouched() -> None:
    """Clients that others made are theirs."""
    with installed():
        assert not guarded(Transport)
        assert not guarded(Recording())
