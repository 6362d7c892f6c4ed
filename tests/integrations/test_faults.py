"""
Promise 1 in the integrations: whatever fails inside, nothing raw reaches a handler.

Every function of theirs is made to raise, one after the other, as in
tests/properties/test_fault_injection.py.
"""

from __future__ import annotations

import importlib
import inspect
from contextlib import suppress
from types import FunctionType
from typing import TYPE_CHECKING, Any

import pytest

from scrubber.integrations.batching import ScrubHandler
from scrubber.integrations.logging import ScrubFilter
from scrubber.integrations.loguru import make_patcher
from scrubber.integrations.structlog import processor
from tests.integrations.logs import MAIL, NUMBER, SECRET, SMALL, Kept, Shy, raw_in, record

if TYPE_CHECKING:
    import logging
    from collections.abc import Callable

MODULES = (
    "batching",
    "logging",
    "loguru",
    "record",
    "snapshot",
    "stand_in",
    "structlog",
    "values",
)

# Called by the user, or before anything is logged: what they raise is the user's to see.
ENTRIES = (
    "__init__",
    "__repr__",
    "_begin",
    "close",
    "emit",
    "flush",
    "handle",
    "install_logging",
    "make_patcher",
    "patcher",
    "processor",
    "scrub_event",
    "uninstall_logging",
    "_handlers",
    "_work",
)

planted_fault: BaseException = RuntimeError(MAIL)


def _body(*_: object, **__: object) -> None:
    raise planted_fault


def functions() -> dict[str, FunctionType]:
    """Give every function and method written in the modules, by name."""
    found: dict[str, FunctionType] = {}
    for name in MODULES:
        module = importlib.import_module(f"scrubber.integrations.{name}")
        owners = [module, *(one for one in vars(module).values() if inspect.isclass(one))]
        for owner in owners:
            for value in vars(owner).values():
                function = value.fget if isinstance(value, property) else value
                function = inspect.unwrap(function) if callable(function) else function
                if (
                    isinstance(function, FunctionType)
                    and function.__code__.co_filename == module.__file__  # not a dataclass's own
                    and not function.__closure__
                    and function.__name__ not in ENTRIES
                ):
                    found[f"{name}.{function.__qualname__}"] = function
    return found


FUNCTIONS = functions()


def records() -> list[logging.LogRecord]:
    """Give records with planted data in every place."""
    try:
        int(f"local of {MAIL}")
    except ValueError as error:
        info = (ValueError, error, error.__traceback__)
    every = record(
        "to %s", MAIL, exc_info=info, stack_info=MAIL, password=SECRET, row=[{"a": MAIL}]
    )
    every.message = every.getMessage()
    return [
        every,
        record("key=%s %d", SECRET, NUMBER),
        record("jane@%s %s", "example", [MAIL], pathname=MAIL, exc_text=MAIL),
        record("%(password)s %(n).1f", {"password": SECRET, "n": 1, "to": MAIL}),
        record({"password": SECRET}, to=Shy(MAIL)),
        record("%d", MAIL),
        record(f"to {MAIL}"),
        record("%.2s", MAIL),
    ]


def everything(kept: Kept) -> list[object]:
    """Log the records in every way; what is raised goes to nobody's log."""
    out: list[object] = []
    plain = Kept()
    plain.addFilter(ScrubFilter(SMALL))
    batching = ScrubHandler(kept, scrubber=SMALL, interval=3600.0)
    for one in records():
        with suppress(RuntimeError):
            plain.handle(one)
    for one in records():
        batching.handle(one)
    batching.flush()
    batching.close()
    process, patch = processor(SMALL), make_patcher(SMALL)
    for one in records()[:2]:
        event = {"event": one.getMessage(), "exc_info": one.exc_info, "row": [{"a": MAIL}]}
        with suppress(RuntimeError):
            out.append(process(None, "info", event))
        blank: dict[str, Any] = {"message": MAIL, "extra": {"a": MAIL}, "exception": MAIL}
        patch(blank)
        out.append(blank)
    return [*out, plain.shown, kept.shown]


def test_nothing_planted_is_left_when_nothing_fails() -> None:
    """The data is found at all, and most of what is logged is told."""
    results = everything(Kept())
    assert raw_in(repr(results)) == []
    assert "[email]" in repr(results)


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Make a function raise."""

    def make(name: str) -> None:
        function = FUNCTIONS[name]
        monkeypatch.setitem(function.__globals__, "planted_fault", RuntimeError(f"{MAIL} {SECRET}"))
        monkeypatch.setattr(function, "__code__", _body.__code__)

    return make


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_a_function_that_raises_lets_nothing_raw_out(
    broken: Callable[[str], None], capfd: pytest.CaptureFixture[str], name: str
) -> None:
    """Not to a handler, and not to stderr, where `logging` prints what it cannot write."""
    broken(name)
    results = everything(Kept())
    assert raw_in(repr(results)) == []
    assert raw_in(capfd.readouterr().err) == []


def test_the_scrubber_itself_may_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    """What it gives instead of a text is no template's."""
    monkeypatch.setattr("scrubber.redaction.Way.redact", None)
    results = everything(Kept())
    assert raw_in(repr(results)) == []
    assert "[scrub-failed]" in repr(results)
