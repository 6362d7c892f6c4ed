"""After a no, nothing leaves: neither what waits, nor what a thread has in hand."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any

import pytest

from scrubber.telemetry import Stats
from scrubber.telemetry.ranks import VARIABLES
from tests.telemetry.clients import Choices, ga4_client
from tests.telemetry.servers import PATIENCE, Silent, until

if TYPE_CHECKING:
    from tests.telemetry.servers import Server


def test_the_very_next_event_is_not_sent(server: Server) -> None:
    """A no in the middle of a run holds from there on, and a later yes, too."""
    choices = Choices()
    client = ga4_client(choices, server.url)
    client.record("train", epochs=1)
    assert client.flush(PATIENCE)
    choices.allowed = False
    client.record("train", epochs=2)
    assert client.flush(PATIENCE)
    choices.allowed = True
    client.record("train", epochs=3)
    assert client.flush(PATIENCE)
    assert [event["params"]["epochs"] for event in server.events] == [1, 3]
    assert client.stats() == Stats(recorded=2, sent=2, requests=2, withheld=1)
    client.close()


def test_what_waits_is_dropped(server: Server) -> None:
    """Events recorded before the no, and not yet sent, are gone for good."""
    choices = Choices()
    client = ga4_client(choices, server.url, linger=60)
    for _ in range(5):
        client.record("train")
    choices.allowed = False
    assert client.flush(PATIENCE)
    choices.allowed = True
    assert client.flush(PATIENCE)
    assert server.received == []
    assert client.stats() == Stats(recorded=5, withheld=5)
    assert choices.noted == []
    client.close()


def test_what_waits_is_dropped_at_the_next_event(server: Server) -> None:
    """The thread need not wake for it."""
    choices = Choices()
    client = ga4_client(choices, server.url, linger=60)
    client.record("train")
    choices.allowed = False
    client.record("train")
    choices.allowed = True
    assert client.flush(PATIENCE)
    assert server.received == []
    assert client.stats() == Stats(recorded=1, withheld=2)
    client.close()


def test_what_is_in_hand_is_not_put_on_the_wire(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A no that comes while the connection is made is heard."""
    choices = Choices()
    connect = socket.create_connection

    def connected(*args: Any, **kwargs: Any) -> socket.socket:  # noqa: ANN401
        connection = connect(*args, **kwargs)
        choices.allowed = False
        return connection

    monkeypatch.setattr(socket, "create_connection", connected)
    client = ga4_client(choices, server.url)
    client.record("train")
    assert client.flush(PATIENCE)
    assert (server.received, choices.noted) == ([], [])
    assert client.stats() == Stats(recorded=1, withheld=1)
    client.close()


def test_not_a_byte_of_the_request_leaves_after_a_no(monkeypatch: pytest.MonkeyPatch) -> None:
    """The connection is closed without a word."""
    choices = Choices()
    connect = socket.create_connection

    def connected(*args: Any, **kwargs: Any) -> socket.socket:  # noqa: ANN401
        connection = connect(*args, **kwargs)
        choices.allowed = False
        return connection

    monkeypatch.setattr(socket, "create_connection", connected)
    with Silent() as server:
        client = ga4_client(choices, server.url)
        client.record("train")
        assert client.flush(PATIENCE)
        until(lambda: server.taken)
        assert server.taken[0].recv(1) == b""
        client.close()


def test_a_yes_that_follows_at_once_does_not_bring_back_what_waited(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who said no once, if only for a moment, has taken back all that was recorded before."""
    choices = Choices()
    client = ga4_client(choices, server.url, linger=60)
    monkeypatch.setattr("scrubber.telemetry.sender.EVENTS", 10)
    for _ in range(9):
        client.record("train")
    monkeypatch.setattr("scrubber.telemetry.sender.EVENTS", 4)
    answers = iter([False])
    monkeypatch.setattr(Choices, "allows", lambda *_: next(answers, True))
    assert client.flush(PATIENCE)
    assert (server.received, client.stats()) == ([], Stats(recorded=9, withheld=9))
    client.close()


def test_the_second_request_is_not_sent_after_a_no(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a batch that makes two requests, only the first had left."""
    choices = Choices()
    monkeypatch.setattr(Choices, "note", lambda self, *_, **__: setattr(self, "allowed", False))
    monkeypatch.setattr("scrubber.telemetry.delivery.EVENTS", 2)
    client = ga4_client(choices, server.url, linger=60)
    for _ in range(6):
        client.record("train")
    assert client.flush(PATIENCE)
    assert len(server.events) == 2
    assert client.stats() == Stats(recorded=6, sent=2, requests=1, withheld=4)
    client.close()


class Broken(Choices):
    """Settings that cannot be asked."""

    def allows(self, scope: str) -> bool:
        """Fail."""
        raise RuntimeError(scope)


class Vague(Choices):
    """Settings that answer with something that is only like a yes."""

    def allows(self, scope: str) -> bool:
        """Give a text."""
        return scope  # type: ignore[return-value]


@pytest.mark.parametrize("choices", [Broken(), Vague(), Choices(allowed=False)])
def test_what_is_no_yes_is_a_no(choices: Choices, server: Server) -> None:
    """Settings that fail have not agreed."""
    client = ga4_client(choices, server.url)
    client.record("train")
    assert client.flush(PATIENCE)
    assert (server.received, client.stats()) == ([], Stats(withheld=1))
    client.close()


@pytest.mark.parametrize("identifier", [None, 7, "", "jane@example.com", "a" * 65, "a b c d e f"])
def test_without_an_id_nothing_is_sent(identifier: object, server: Server) -> None:
    """An id that is none, or that says something, is not sent."""
    client = ga4_client(Choices(installation=identifier), server.url)
    client.record("train")
    assert client.flush(PATIENCE)
    assert (server.received, client.stats()) == ([], Stats(recorded=1, failed=1))
    client.close()


@pytest.mark.parametrize("name", VARIABLES)
def test_only_the_first_process_tells(
    name: str, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every launcher's variable is read; a rank that cannot be read is not the first."""
    client = ga4_client(Choices(), server.url)
    for rank in ("1", "7", "x"):
        monkeypatch.setenv(name, rank)
        client.record("train")
    assert client.flush(PATIENCE)
    assert (server.received, client.stats()) == ([], Stats(quiet=3))
    monkeypatch.setenv(name, "0")
    client.record("train")
    assert client.flush(PATIENCE)
    assert len(server.events) == 1
    client.close()


def test_tests_tell_nothing(server: Server) -> None:
    """Without `force`, a client under pytest is quiet."""
    client = ga4_client(Choices(), server.url, force=False)
    client.record("train")
    assert client.flush(PATIENCE)
    assert (server.received, client.stats()) == ([], Stats(quiet=1))
    client.close()


def test_the_switch_of_the_package_holds_here(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`SCRUBBER_DISABLE` drops what waits, too."""
    client = ga4_client(Choices(), server.url, linger=60)
    client.record("train")
    monkeypatch.setenv("SCRUBBER_DISABLE", "1")
    client.record("train")
    assert client.flush(PATIENCE)
    assert (server.received, client.stats()) == ([], Stats(recorded=1, quiet=2))
    client.close()
