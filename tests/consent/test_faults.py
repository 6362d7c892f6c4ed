"""Whatever fails inside consent: who refused gets nothing sent, and no program breaks.

Each function and method is given another body, one after the other, so that every holder of it is
reached, however it was imported.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any

import pytest

import scrubber.consent
from scrubber import scrub
from scrubber.consent import Settings
from scrubber.consent.gate import PLAIN, SettingsGate
from scrubber.errors import ConfigError

if TYPE_CHECKING:
    from pathlib import Path

EVENT = {"message": "mail from jane@example.com"}


def _functions() -> dict[str, FunctionType]:
    found: dict[str, FunctionType] = {}
    for inner in pkgutil.iter_modules(scrubber.consent.__path__):
        module = importlib.import_module(f"scrubber.consent.{inner.name}")
        owners: list[Any] = [
            module,
            *(one for one in vars(module).values() if inspect.isclass(one)),
        ]
        for owner in owners:
            if getattr(owner, "__module__", module.__name__) != module.__name__:
                continue
            for value in vars(owner).values():
                got = value.fget if isinstance(value, property) else value
                got = inspect.unwrap(getattr(got, "__func__", got))  # type: ignore[arg-type]
                if (
                    isinstance(got, FunctionType)
                    and got.__module__ == module.__name__
                    and not got.__closure__
                    and got.__code__.co_filename == module.__file__
                ):
                    found[f"{inner.name}.{got.__qualname__}"] = got
    return found


FUNCTIONS = _functions()
# What hooks call, and nothing is above it that could catch.
ENTRIES = frozenset(
    {
        "gate.PlainGate.lets",
        "gate.PlainGate.scopes",
        "gate.SettingsGate.__init__",
        "gate.SettingsGate.note",
        "gate.SettingsGate.lets",
        "mapping.Settings.allows",
    }
)


def _broken(*_: object, **__: object) -> None:
    raise RuntimeError("jane@example.com")


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Give settings of an application that was refused everything, as crashscrub's own were."""
    monkeypatch.setenv("SCRUBBER_CONFIG_DIR", str(tmp_path))
    Settings("crashscrub").update({"sync": False})
    ours = Settings("mylib")
    ours.update({"sync": False})
    return ours


def _breaking(name: str) -> CodeType:
    function = FUNCTIONS[name]
    kept = function.__code__
    function.__code__ = _broken.__code__.replace(co_freevars=kept.co_freevars)
    return kept


def test_there_are_functions_to_break() -> None:
    """The search finds what it should."""
    assert {"store.Store.held", "document.read", "environment.refusal"} <= FUNCTIONS.keys()
    assert FUNCTIONS.keys() >= ENTRIES
    assert len(FUNCTIONS) > 60


@pytest.mark.parametrize("name", sorted(FUNCTIONS.keys() - ENTRIES))
def test_a_refusal_holds_whatever_fails(name: str, settings: Settings) -> None:
    """For hooks with settings and for plain ones; nothing raises, and nothing is noted raw."""
    fresh = Settings("mylib")
    kept = _breaking(name)
    try:
        for one in (settings, fresh):
            assert not one.allows("crash_reports")
            assert not SettingsGate(one).lets("event")
            SettingsGate(one).note("event", "x", "host")
        assert not PLAIN.lets("event")
        assert scrub(dict(EVENT)) is None
    finally:
        FUNCTIONS[name].__code__ = kept


@pytest.mark.parametrize("name", sorted(FUNCTIONS.keys() - ENTRIES))
def test_a_choice_that_fails_is_told_or_made(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It raises an error, or holds; and it never leaves a file that says more than was chosen."""
    monkeypatch.setenv("SCRUBBER_CONFIG_DIR", str(tmp_path))
    ours = Settings("mylib")
    kept = _breaking(name)
    try:
        ours.update({"sync": False})
    except (ConfigError, RuntimeError):
        made = False
    else:
        made = True
    finally:
        FUNCTIONS[name].__code__ = kept
    if made:
        assert not Settings("mylib").allows("crash_reports")
