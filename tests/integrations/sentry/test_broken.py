"""Every function between the SDK and its transport made to fail in turn: nothing leaves raw."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from typing import TYPE_CHECKING, Any

import pytest
import sentry_sdk
from sentry_sdk.envelope import Envelope, Item

from scrubber import attachments, event_texts, events, hook, units
from scrubber.integrations.sentry import envelope, hooks, plain_headers, setup, status, tally
from scrubber.units.fields import TABLE
from tests.integrations.sentry.recording import MAIL, fail, installed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FunctionType, ModuleType

# What stands for an error of the library's own: these say what is called, and fail by nothing.
_MADE_BEFORE = {"__init__", "__reduce__"}
_UNITS = f"{units.__name__}."
_GLUE = (attachments, hooks, envelope, plain_headers, setup, tally)


def functions(*modules: ModuleType) -> Iterator[tuple[Any, str]]:
    """Give each function and method, and where it is looked up."""
    for module in modules:
        for name, one in vars(module).items():
            if inspect.isfunction(one):
                yield module, name
            elif inspect.isclass(one) and one.__module__ == module.__name__:
                yield from (
                    (one, method)
                    for method, code in vars(one).items()
                    if inspect.isfunction(code) and _written(code, module, method)
                )


def _written(code: Any, module: ModuleType, name: str) -> bool:  # noqa: ANN401
    return code.__code__.co_filename == module.__file__ and name not in _MADE_BEFORE


FUNCTIONS = list(functions(*_GLUE))
_CORE = (
    hook,
    events,
    event_texts,
    *(importlib.import_module(one.name) for one in pkgutil.iter_modules(units.__path__, _UNITS)),
)
CORE = [
    (owner, name)
    for owner, name in functions(*_CORE)
    if inspect.isclass(owner) or _written(vars(owner)[name], owner, name)
]


def broken(*_args: Any, **_options: Any) -> Any:  # noqa: ANN401
    """Fail as memory does."""
    raise MemoryError(MAIL)


@pytest.mark.parametrize(
    ("owner", "name"), FUNCTIONS, ids=[f"{owner.__name__}.{name}" for owner, name in FUNCTIONS]
)
def test_whichever_function_fails_nothing_leaves_raw(
    monkeypatch: pytest.MonkeyPatch,
    owner: Any,  # noqa: ANN401
    name: str,
) -> None:
    """An event, files, a session, an item of the program's own; and the program goes on."""
    with installed(traces_sample_rate=1.0) as transport:
        client = sentry_sdk.get_client()
        assert client.transport is not None
        scope = sentry_sdk.get_isolation_scope()
        with monkeypatch.context() as patch:
            patch.setattr(owner, name, broken)
            sentry_sdk.add_breadcrumb(message=MAIL)
            scope.set_user({"id": MAIL})
            scope.add_attachment(bytes=MAIL.encode(), filename=f"{MAIL}.log")
            scope.start_session()
            fail(f"no mail for {MAIL}")
            with sentry_sdk.start_transaction(name=f"/of/{MAIL}"):
                pass
            scope.end_session()
            note = Item(payload=f'{{"mail": "{MAIL}"}}'.encode(), type="note")
            client.transport.capture_envelope(Envelope(items=[note]))
            client.flush()
    assert MAIL not in transport.text


def _body(*_args: object, **_options: object) -> None:
    raise MemoryError("jane@example.com")


def _named(owner: Any, name: str) -> str:  # noqa: ANN401
    return f"{owner.__name__}.{name}"


@pytest.mark.parametrize(("owner", "name"), CORE, ids=[_named(*one) for one in CORE])
def test_whichever_function_of_the_core_fails_a_report_arrives(
    monkeypatch: pytest.MonkeyPatch,
    owner: Any,  # noqa: ANN401
    name: str,
) -> None:
    """Scrubbed, or as a stub; nothing but what makes stubs can cost it, and then it is counted."""
    function: FunctionType = inspect.unwrap(vars(owner)[name])
    with installed(traces_sample_rate=1.0) as transport, monkeypatch.context() as patch:
        patch.setattr(function, "__code__", _body.__code__)  # whoever holds it
        sentry_sdk.set_extra("argv", ["train.py", "--password", MAIL])
        sentry_sdk.set_user({"id": MAIL})
        fail(f"no mail for {MAIL}")
        with sentry_sdk.start_transaction(name=f"/of/{MAIL}"):
            pass
        lost = status()
    assert MAIL not in transport.text
    crashes, transactions = transport.payloads("event"), transport.payloads("transaction")
    if owner.__name__ == "scrubber.units.stub":
        assert len(crashes) + lost.dropped.get("before_send", 0) == 1
        return
    assert [one["exception"]["values"][0]["type"] for one in crashes] == ["ValueError"]
    assert len(transactions) == 1


ENGINE: list[tuple[Any, str]] = [
    (hook, "EventScrub"),
    (events, "read_event"),
    (type(TABLE), "root"),
]


@pytest.mark.parametrize(("owner", "name"), ENGINE, ids=[name for _, name in ENGINE])
def test_a_stub_arrives_though_its_headers_cannot_be_scrubbed(
    monkeypatch: pytest.MonkeyPatch,
    owner: Any,  # noqa: ANN401
    name: str,
) -> None:
    """What scrubs an event scrubs headers, so both fail at once."""
    with installed() as transport:
        with monkeypatch.context() as patch:
            patch.setattr(owner, name, broken)
            fail(f"no mail for {MAIL}")
        assert status().dropped == {"headers": 2}
    (event,) = transport.payloads("event")
    assert event["tags"] == {"scrubber.fallback": "error"}
    (sent,) = transport.sent
    assert sent.headers["event_id"] == event["event_id"]
    assert MAIL not in transport.text
