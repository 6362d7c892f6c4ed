"""Whatever fails inside a run, nothing raw is in the target, and nobody is told that all is well.

Each function of the modules that drive a run is given another body, one after the other, so that
every holder of it is reached, however it was imported.
"""

from __future__ import annotations

import importlib
import inspect
from types import FunctionType
from typing import TYPE_CHECKING, Any

import pytest

from scrubber.archive.check import check
from scrubber.archive.engines import engine
from scrubber.archive.tasks import Job
from scrubber.errors import InputError
from scrubber.identity.model import Identity
from scrubber.pipeline import Scrubber
from tests.archive.odd_tree import LINE, RAW, contents, redacted

if TYPE_CHECKING:
    from pathlib import Path

SCRUBBER = Scrubber(identity=Identity.none())
MODULES = (
    "check",
    "comparing",
    "entries",
    "manifest",
    "names",
    "one_file",
    "overlap",
    "parts",
    "run",
    "target",
    "walk",
    "whole",
)
# An `InputError` says nothing of a document, so what it says is told.
ERRORS = (RuntimeError(RAW.decode()), OSError(RAW.decode()), InputError("is odd"))
# What a failure of is caught, and takes nothing away: what they do is done again, or not needed.
HARMLESS = frozenset({"overlap._same", "run.Heard.read", "target.clear"})


def _functions() -> dict[str, FunctionType]:
    found: dict[str, FunctionType] = {}
    for name in MODULES:
        module = importlib.import_module(f"scrubber.archive.{name}")
        classes = [one for one in vars(module).values() if inspect.isclass(one)]
        for owner in [module, *(one for one in classes if one.__module__ == module.__name__)]:
            for value in vars(owner).values():
                got: Any = value.fget if isinstance(value, property) else value
                got = inspect.unwrap(getattr(got, "__func__", got))
                if (
                    isinstance(got, FunctionType)
                    and got.__module__ == module.__name__
                    and not got.__closure__
                    and got.__code__.co_filename == module.__file__
                ):
                    found[f"{name}.{got.__qualname__}"] = got
    return found


FUNCTIONS = _functions()


def _body(*_: object, **__: object) -> None:
    planted_calls.append(1)  # type: ignore[name-defined]  # noqa: F821
    raise planted_fault  # type: ignore[name-defined]  # noqa: F821


def _tree(root: Path) -> Path:
    for name in ("app.log", "home/jane/x.log", "jane@example.com.log", "z/core.bin"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(LINE * 3 + (b"\0\1" * 99 if name.endswith("bin") else b""))
    (root / "link").symlink_to("app.log")
    return root


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes | None]]:
    """Give a folder, and what a run makes of it in which nothing fails."""
    here = tmp_path_factory.mktemp("whole")
    source = _tree(tmp_path_factory.mktemp("logs") / "logs")
    redacted(SCRUBBER, source, here / "out")
    return source, contents(here)


def test_there_are_functions_to_break() -> None:
    """The search finds what it should."""
    assert FUNCTIONS.keys() >= {"run.run", "run._Run._settle", "manifest.manifest_at"} | HARMLESS
    assert len(FUNCTIONS) > 70


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_a_function_that_raises_lets_nothing_raw_out(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    done: tuple[Path, dict[str, bytes | None]],
) -> None:
    """The run fails, or files do; the next run ends as if nothing had been."""
    source, expected = done
    function = FUNCTIONS[name]
    for number, error in enumerate(ERRORS):
        here = tmp_path / f"{number}"
        calls: list[int] = []
        with monkeypatch.context() as patch:
            patch.setitem(function.__globals__, "planted_calls", calls)
            patch.setitem(function.__globals__, "planted_fault", error)
            patch.setattr(function, "__code__", _body.__code__)
            try:
                wrong = redacted(SCRUBBER, source, here / "out").wrong
            except Exception:  # noqa: BLE001  # the command ends with 2
                wrong = True
        assert wrong or not calls or name in HARMLESS
        for path, data in contents(here).items() if here.exists() else ():
            assert RAW.decode() not in path
            assert RAW not in (data or b"")
        redacted(SCRUBBER, source, here / "out")
        assert contents(here) == expected


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_a_check_that_fails_finds_nothing_clean(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """A folder in which there is something is never said to hold nothing."""
    root = tmp_path / "logs"
    root.mkdir()
    (root / "app.log").write_bytes(LINE)
    function = FUNCTIONS[name]
    for error in ERRORS:
        with monkeypatch.context() as patch:
            patch.setitem(function.__globals__, "planted_calls", [])
            patch.setitem(function.__globals__, "planted_fault", error)
            patch.setattr(function, "__code__", _body.__code__)
            try:
                wrong = check([str(root)], Job(SCRUBBER), engine=engine("local", 1)).wrong
            except Exception:  # noqa: BLE001  # the command ends with 2
                wrong = True
        assert wrong
