"""
Whatever fails inside, the host program sees nothing and nothing raw leaves.

Every function of the package is made to raise, one after the other, and what the standard library
is asked for as well.
"""

from __future__ import annotations

import importlib
import inspect
import threading
from types import FunctionType
from typing import TYPE_CHECKING, Any

import pytest

from scrubber.telemetry import Client, Event, Flag, GoogleAnalytics4, Stats
from tests.telemetry.clients import SCRUBBER, Choices, ga4_client
from tests.telemetry.ga4_rules import faults
from tests.telemetry.servers import PATIENCE, Server

if TYPE_CHECKING:
    from collections.abc import Iterator

MAIL = "jane@example.com"
MODULES = (
    "client",
    "conditions",
    "consenting",
    "delivery",
    "forks",
    "ga4",
    "guard",
    "parameters",
    "public_names",
    "ranks",
    "rate",
    "schema",
    "sender",
    "sinks",
    "system",
    "tally",
    "wire",
)
# Called while a client is made, before anything is recorded: what they raise is the author's to
# see; and the calls that are made here.
ENTRIES = frozenset(
    {
        "Client.__init__",
        "Client.close",
        "Client.described",
        "Client.flush",
        "Client.payload",
        "Client.record",
        "Client.stats",
        "Client._check",
        "Client._system",
        "_by_name",
        "_flat",
        "follow",
        "public_version",
        "_flush_last",  # called by Python, and the thread's own function; both call what is below
        "Sender._run",
    }
)
OUTSIDE = (
    "atexit.register",
    "http.client.HTTPConnection.connect",
    "http.client.HTTPConnection.getresponse",
    "json.dumps",
    "os.cpu_count",
    "queue.SimpleQueue",
    "socket.create_connection",
    "threading.Thread.start",
    "time.monotonic",
    "urllib.request.OpenerDirector.open",
)


def functions() -> Iterator[tuple[str, str]]:
    """Yield module and qualified name of every function that can be made to raise."""
    for module in MODULES:
        loaded = importlib.import_module(f"scrubber.telemetry.{module}")
        for name, value in vars(loaded).items():
            if isinstance(value, FunctionType) and value.__module__ == loaded.__name__:
                yield module, name
            elif inspect.isclass(value) and value.__module__ == loaded.__name__:
                for inner, method in vars(value).items():
                    if isinstance(method, FunctionType | property) and not inner.startswith("__"):
                        yield module, f"{name}.{inner}"


CASES = [(module, name) for module, name in functions() if name not in ENTRIES]


def failing(*_: object, **__: object) -> Any:  # noqa: ANN401
    """Raise, with data in the message."""
    raise RuntimeError(MAIL)


def patched(patch: pytest.MonkeyPatch, owner: Any, name: str) -> None:  # noqa: ANN401
    """Make a function or a property raise."""
    while "." in name:
        head, _, name = name.partition(".")
        owner = getattr(owner, head)
    there = inspect.getattr_static(owner, name)
    patch.setattr(owner, name, property(failing) if isinstance(there, property) else failing)


def use(
    server: Server, patch: pytest.MonkeyPatch, module: str, name: str
) -> tuple[Stats, list[BaseException]]:
    """Record, flush and close while something raises; give the counts and what came out."""
    raised: list[BaseException] = []
    patch.setattr(threading, "excepthook", lambda args: raised.append(args.exc_value))
    client = ga4_client(Choices(), server.url, linger=0)
    with patch.context() as inner:
        patched(inner, importlib.import_module(module), name)
        client.record("train", task=MAIL, epochs=7, model=MAIL, flags=[MAIL, "amp"], **{MAIL: MAIL})
        client.record("export", format="onnx")
        client.flush(0.1)
        client.stats()
        client.record("export", format="onnx")
    # What failed once may go on to fail, or to work: nobody is told, and nobody waits.
    client.record("export", format="onnx")
    client.flush(0.1)
    client.close(0.1)
    return client.stats(), raised


@pytest.mark.parametrize(("module", "name"), CASES, ids=[".".join(one) for one in CASES])
def test_a_fault_inside_is_not_seen(
    module: str, name: str, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No exception, no traceback of a thread, no data; what does arrive is within the limits."""
    _, raised = use(server, monkeypatch, f"scrubber.telemetry.{module}", name)
    assert raised == []
    assert b"jane" not in server.raw
    assert [fault for one in server.received for fault in faults(one)] == []


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_fault_of_the_standard_library_is_not_seen(
    name: str, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As above, for what the package asks of it."""
    parts = name.split(".")
    at = next(i for i, part in enumerate(parts) if part[0].isupper() or i == len(parts) - 1)
    _, raised = use(server, monkeypatch, ".".join(parts[:at]), ".".join(parts[at:]))
    assert raised == []
    assert b"jane" not in server.raw


def test_without_a_fault_the_same_use_sends(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the tests above do sends four events when nothing raises."""
    raised: list[BaseException] = []
    monkeypatch.setattr(threading, "excepthook", lambda args: raised.append(args.exc_value))
    client = ga4_client(Choices(), server.url)
    client.record("train", task=MAIL, epochs=7, model=MAIL, flags=[MAIL, "amp"], **{MAIL: MAIL})
    client.record("export", format="onnx")
    assert client.flush(PATIENCE)
    assert (client.stats().sent, len(server.events), raised) == (2, 2, [])
    assert server.events[0]["params"]["task"] == "other"
    client.close()


@pytest.mark.parametrize("part", ["allows", "__getitem__", "journal", "note"])
def test_settings_that_fail_are_not_seen(
    part: str, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without an answer nothing is sent; without a journal the event has left already."""
    client = ga4_client(Choices(), server.url)
    patched(monkeypatch, Choices, part)
    client.record("train")
    assert client.flush(PATIENCE)
    assert len(server.events) == (part in {"journal", "note"})
    client.close()


def test_a_scrubber_that_fails_lets_nothing_through(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was not looked at is not sent."""
    client = ga4_client(Choices(), server.url)
    monkeypatch.setattr("scrubber.pipeline.Scrubber.scrub_many", failing)
    client.record("train")
    assert client.flush(PATIENCE)
    assert (server.received, client.stats()) == ([], Stats(recorded=1, guarded=1))
    client.close()


def test_a_parameter_that_gives_free_text_meets_the_guard(server: Server) -> None:
    """A kind of one's own is no way round the last look."""

    class Free(Flag):
        def reduced(self, value: object) -> str:
            return str(value)

    client = Client(
        Choices(),
        GoogleAnalytics4("G-EXAMPLE00", "not-a-secret", url=server.url),
        [Event("note", {"text": Free()})],
        force=True,
        linger=0,
        scrubber=SCRUBBER,
    )
    client.record("note", text=f"mail {MAIL}")
    assert client.flush(PATIENCE)
    assert (server.received, client.stats().guarded) == ([], 1)
    client.close()
