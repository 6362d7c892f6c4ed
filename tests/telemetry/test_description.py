"""What a client says of itself, and what it refuses to be made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from scrubber.errors import ConfigError
from scrubber.telemetry import (
    Allowed,
    Choice,
    Client,
    Event,
    EventDescription,
    Flag,
    GoogleAnalytics4,
    JsonEndpoint,
    ParameterDescription,
)
from scrubber.telemetry.description import Limits
from scrubber.telemetry.system import FIELDS
from tests.telemetry.clients import Choices, ga4_client

if TYPE_CHECKING:
    from collections.abc import Callable

SINK = GoogleAnalytics4("G-EXAMPLE00", "not-a-secret")


def client(events: list[Event], **options: Any) -> Client:  # noqa: ANN401
    """Return a client that sends nothing."""
    return Client(Choices(), SINK, events, **options)


def test_description_tells_all() -> None:
    """Host, protocol, fixed members, events with their values, fields, limits."""
    event = Event("train", {"task": Choice("detect"), "amp": Flag()}, "which tasks are used")
    told = client([event], app_version="8.3.1", burst=5, per_minute=2).described()
    assert (told.host, told.protocol) == ("www.google-analytics.com", "Google Analytics 4")
    assert told.fixed == (
        ("non_personalized_ads", "true"),
        ("consent.ad_user_data", "DENIED"),
        ("consent.ad_personalization", "DENIED"),
        ("engagement_time_msec", "1"),
    )
    task = ParameterDescription("task", Allowed("choice", ("detect", "other")))
    amp = ParameterDescription("amp", Allowed("flag", ("0", "1")))
    assert told.events == (EventDescription("train", "which tasks are used", (task, amp)),)
    version = ParameterDescription("app_version", Allowed("version", ("8.3.1",)))
    assert told.system == (*FIELDS, version)
    assert told.limits == Limits(burst=5, per_minute=2, waiting=256, events_a_request=25)
    assert "90 days" in told.identifier


def test_description_of_a_json_endpoint_has_no_fixed_members() -> None:
    """Its host has the port where one is given."""
    sink = JsonEndpoint("https://stats.example.com:8443/usage")
    told = Client(Choices(), sink, [Event("start")]).described()
    assert (told.host, told.protocol, told.fixed) == ("stats.example.com:8443", "JSON", ())


def test_client_shows_no_secret() -> None:
    """Its `repr` stands in many a log."""
    assert repr(client([Event("start")])) == "Client(events=1)"


@pytest.mark.parametrize(
    "make",
    [
        lambda: client([]),
        lambda: client([Event("a"), Event("a")]),
        lambda: client([Event("a", {"os": Flag()})]),
        lambda: client([Event("a", {"gpu": Choice("x")})]),
        lambda: client([Event("a", {"app_version": Flag()})], app_version="1.0"),
        lambda: client([Event("a", {f"x{at}": Flag() for at in range(21)})]),
        lambda: client([Event("a", {f"x{at}": Flag() for at in range(20)})], app_version="1.0"),
        lambda: client([Event("a")], waiting=0),
        lambda: client([Event("a")], burst=0),
        lambda: client([Event("a")], per_minute=-1),
        lambda: client([Event("a")], linger=-1),
        lambda: client([Event("a")], timeout=0),
    ],
)
def test_client_that_could_not_send_is_refused(make: Callable[[], object]) -> None:
    """When it is made, not when something is recorded."""
    with pytest.raises(ConfigError):
        make()


def test_payload_of_an_event_that_is_unknown_is_refused() -> None:
    """The name is not quoted: it may be anything."""
    with pytest.raises(ConfigError, match="no event of this name"):
        client([Event("a")]).payload("jane")


def test_payload_that_the_scrubber_would_change_is_refused() -> None:
    """A page shows no payload that is not sent."""
    one = Event("contact", {"who": Choice("jane@example.com")})
    with pytest.raises(ConfigError, match="would change") as caught:
        client([one]).payload("contact", who="jane@example.com")
    assert "jane" not in str(caught.value)


def test_payload_asks_for_no_consent() -> None:
    """It is made of declarations, and sent nowhere."""
    one = ga4_client(Choices(allowed=False, installation=None), "http://127.0.0.1:9/mp/collect")
    assert b'"task":"detect"' in one.payload("train", task="detect")
    assert one.stats().recorded == 0
