"""Headers that could not be scrubbed: what is plain stays, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from scrubber.integrations.sentry.plain_headers import plain_envelope, plain_item
from tests.integrations.sentry.recording import DSN, MAIL

ID = "a1" * 16
UUID = f"{ID[:8]}-{ID[:4]}-{ID[:4]}-{ID[:4]}-{ID[:12]}"

PLAIN: list[dict[str, Any]] = [
    {"event_id": ID},
    {"event_id": UUID},
    {"sent_at": "2026-11-23T12:00:00.000000Z"},
    {"sent_at": "2026-11-23T12:00:00+01:00"},
    {"sdk": {"name": "sentry.python.django", "version": "2.75.0"}},
    {"sdk": {"version": "3.0.0a5"}},
    {"trace": {"trace_id": ID, "public_key": ID, "replay_id": ID}},
    {"trace": {"sampled": "true", "sample_rate": "0.25", "sample_rand": "0.123456"}},
    {"dsn": DSN},
]


@pytest.mark.parametrize("headers", PLAIN)
def test_plain_headers_of_envelopes_stay(headers: dict[str, Any]) -> None:
    """As new objects."""
    kept = plain_envelope(headers, DSN)
    assert kept == headers
    assert kept is not headers


class Lying(dict[str, Any]):
    """A dictionary that does not give what it holds."""

    def get(self, *_args: Any) -> Any:  # noqa: ANN401
        """Fail."""
        raise ValueError(MAIL)

    __getitem__ = __iter__ = items = keys = get


class Unequal:
    """A key that refuses to be compared, and is found beside another."""

    def __hash__(self) -> int:
        """Give the hash of the header it stands beside."""
        return hash("event_id")

    def __eq__(self, other: object) -> bool:
        """Fail."""
        raise ValueError(MAIL)


OTHER: list[Any] = [
    None,
    MAIL,
    [("event_id", ID)],
    {"event_id": MAIL},
    {"event_id": f"{ID}\n"},
    {"event_id": ID.encode()},
    {"event_id": "\u0661" * 32},
    {"sent_at": "today, said jane"},
    {"sdk": {"name": "sentry.python jane", "version": "2.75.0 of jane", "packages": [MAIL]}},
    {"sdk": MAIL},
    {"trace": {"transaction": f"/of/{MAIL}", "user_id": "jane", "sampled": "jane", "trace_id": 7}},
    {"dsn": "https://jane@example.com/1"},
    {"note": MAIL},
    {Unequal(): ID},
]


@pytest.mark.parametrize("headers", OTHER, ids=range(len(OTHER)))
def test_other_headers_of_envelopes_go(headers: Any) -> None:  # noqa: ANN401
    """Whatever they are, and nothing is raised."""
    assert plain_envelope(headers, DSN) == {}
    assert plain_item(headers, "event") == {"type": "event"}


def test_headers_are_read_past_their_methods() -> None:
    """What they hold counts, not what they say."""
    assert plain_envelope(Lying({"event_id": ID})) == {"event_id": ID}


def test_no_address_is_the_clients_where_it_has_none() -> None:
    """None is not equal to none."""
    assert plain_envelope({"dsn": None}, None) == {}
    assert plain_envelope({"dsn": ""}, "") == {}


ITEMS: list[dict[str, Any]] = [
    {"length": 12, "item_count": 0},
    {"content_type": "application/vnd.sentry.items.log+json"},
    {"content_type": "text/plain", "platform": "python"},
    {"attachment_type": "event.minidump"},
]


@pytest.mark.parametrize("headers", ITEMS)
def test_plain_headers_of_items_stay(headers: dict[str, Any]) -> None:
    """With the type."""
    assert plain_item({**headers, "type": MAIL}, "log") == {"type": "log", **headers}


ODD: dict[str, Any] = {"length": "12", "item_count": True, "content_type": "text/jane"}


@pytest.mark.parametrize("name", [*ODD, "filename", "platform", "attachment_type"])
def test_other_headers_of_items_go(name: str) -> None:
    """A file may be named by anybody."""
    assert plain_item({name: ODD.get(name, MAIL)}, "log") == {"type": "log"}


@pytest.mark.parametrize("length", [-1, 1 << 60, 1.5])
def test_a_length_that_is_none_goes(length: Any) -> None:  # noqa: ANN401
    """It may be some other number."""
    assert plain_item({"length": length}, "event") == {"type": "event"}
