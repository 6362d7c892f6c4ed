"""Every function between the SDK and its transport made to fail in turn: nothing leaves raw."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

import pytest
import sentry_sdk
from sentry_sdk.envelope import Envelope, Item

from scrubber import attachments
from scrubber.integrations.sentry import envelope, hooks, setup, tally
from tests.integrations.sentry.recording import MAIL, fail, installed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

# What stands for an error of the library's own: these say what is called, and fail by nothing.
_MADE_BEFORE = {"__init__", "__reduce__"}


def functions() -> Iterator[tuple[Any, str]]:
    """Give each function and method, and where it is looked up."""
    for module in (attachments, hooks, envelope, setup, tally):
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


FUNCTIONS = list(functions())


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
