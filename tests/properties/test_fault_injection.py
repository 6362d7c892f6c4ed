"""
Promise 1: whatever fails inside, nothing raw leaves.

Every function of the modules that run while something is scrubbed is made to raise, one after the other, by
giving it another body. That reaches each holder of the function, however it was imported. The errors carry
the planted data, as errors of real code do.
"""

from __future__ import annotations

import importlib
import inspect
import logging
import pkgutil
from pathlib import Path
from types import FunctionType
from typing import TYPE_CHECKING, Any

import pytest

import scrubber as package
from scrubber import default
from scrubber.detect.patterns import compiled
from tests.small_rules import AFTER_KEY, CARD, EMAIL, IMAGE, PEM, QUOTED, TWO_LINES, rule, scrubber

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scrubber.pipeline import Scrubber

RUNNING = (
    "decoding",
    "default",
    "detect",
    "errors",
    "pipeline",
    "redact",
    "report",
    "resolve",
    "segments",
    "stream",
    "types",
    "units",
    "validators",
)

# Called by the user, or only while a scrubber is built: there is nothing above them that could catch.
ENTRIES = {
    "default.scan",
    "default.scrub",
    "default.scrub_exception",
    "default.scrub_many",
    "default.scrub_text",
    "default.scrubber_for",
    "pipeline.Scrubber.__init__",
    "pipeline.Scrubber.__getstate__",
    "pipeline.Scrubber.__setstate__",
    "pipeline.Scrubber.__repr__",
    "pipeline.Scrubber._wire",
    "pipeline.Scrubber.explain",
    "pipeline.Scrubber.failures",
    "pipeline.Scrubber.redact",
    "pipeline.Scrubber.scan",
    "pipeline.Scrubber.scrub",
    "pipeline.Scrubber.scrub_many",
    "pipeline.Scrubber.scrub_text",
    "pipeline.Scrubber.warm",
    "pipeline._policy",
    "pipeline.load_ruleset",
}

# What a failure of counting fails to count.
COUNTING = {"pipeline.Scrubber._note_failure", "pipeline.warn"}

MAIL = "jane@example"
SECRET = "hunter2x9"
NUMBER = "41111111"
INNER = "QkFTRTY0"
PLANTED = (MAIL, SECRET, NUMBER, INNER, "j4ne@example")

TEXT = (
    f'{MAIL} key= {SECRET} n\n{{"card": {NUMBER}, "a": "\\u006a4ne@example"}}\n'
    f'pw="{SECRET}" over:\n{NUMBER} card {NUMBER}\nb64,{INNER * 3}\n--BEGIN--{INNER * 3}--END--\n'
)
EVENT = {
    "message": TEXT,
    MAIL: {"password": SECRET, "n": int(NUMBER), "b": MAIL.encode()},
    "exception": {"values": [{"type": "ValueError", "value": f"no {MAIL}"}]},
    "headers": [["password", SECRET]],
}

# What fails here is done otherwise, in full: nothing was replaced by a marker.
HANDLED = {
    "default._scrubbed_traceback",  # its own marker
    "segments.Stages.detectors",  # line rules and the others, one after the other
}

planted_fault: BaseException = RuntimeError(MAIL)


def _body(*_: object, **__: object) -> None:
    raise planted_fault


def _modules() -> Iterator[Any]:
    for name in RUNNING:
        module = importlib.import_module(f"scrubber.{name}")
        yield module
        for inner in pkgutil.iter_modules(getattr(module, "__path__", [])):
            yield importlib.import_module(f"scrubber.{name}.{inner.name}")


def _functions() -> dict[str, FunctionType]:
    """Give every function and method written in the modules, by name."""
    root = Path(package.__file__).parent
    found: dict[str, FunctionType] = {}

    def note(value: object, owner: str) -> None:
        if isinstance(value, property):
            value = value.fget
        value = inspect.unwrap(getattr(value, "__func__", value))  # type: ignore[arg-type]
        if not isinstance(value, FunctionType) or value.__module__ != owner:
            return
        if Path(value.__code__.co_filename).is_relative_to(root) and not value.__closure__:
            found[f"{owner.removeprefix('scrubber.')}.{value.__qualname__}"] = value

    for module in _modules():
        for value in vars(module).values():
            note(value, module.__name__)
            if inspect.isclass(value) and value.__module__ == module.__name__:
                for member in vars(value).values():
                    note(member, module.__name__)
    return found


FUNCTIONS = _functions()
TARGETS = sorted(FUNCTIONS.keys() - ENTRIES)
ERRORS = (RuntimeError, MemoryError, TimeoutError, RecursionError)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Scrubber:
    """A scrubber with every kind of rule, used by the facade too."""
    keyed = rule("KEYED", "%{keys}: (?P<value> [a-z0-9]{1,12}+ )", keys=["password"])
    checked = rule("CHECKED", "[0-9]{8,16}+", validators=["card_number"])
    image = rule("IMAGE_DATA", "b64,", blob={"step": "[A-Za-z0-9+/=]{1,4}+"})
    near = rule("NEAR", "n[0-9]{1,3}", context={"words": ["card"], "boost": 0.05})
    own = scrubber(
        EMAIL, AFTER_KEY, CARD, IMAGE, QUOTED, PEM, TWO_LINES, keyed, checked, image, near
    )
    monkeypatch.setattr(default, "_scrubbers", {"": own})
    compiled.cache_clear()
    return own


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, type[BaseException]], BaseException]:
    """Make a function raise."""

    def make(name: str, error: type[BaseException]) -> BaseException:
        fault = error(f"{MAIL} {SECRET}")
        function = FUNCTIONS[name]
        monkeypatch.setitem(function.__globals__, "planted_fault", fault)
        monkeypatch.setattr(function, "__code__", _body.__code__)
        return fault

    return make


def _in_chunks(small: Scrubber, *, block: int) -> str:
    """Stream a text; a stream may raise, but what it gave before and after counts."""
    out = []
    try:
        stream = small.stream(block=block)
    except ERRORS:
        return ""
    for at in range(0, len(TEXT), 50):
        try:
            out.append(stream.feed(TEXT[at : at + 50]))
        except ERRORS:
            out.append("")
    try:
        out.append(stream.finish())
    except ERRORS:
        out.append("")
    return "".join(out)


def _everything(small: Scrubber) -> Iterator[object]:
    """Scrub the planted data in every way; only a stream may raise."""
    yield small.scrub_text(TEXT)
    yield small.scrub_text(TEXT.encode())
    yield small.scrub_many([TEXT, MAIL])
    yield small.redact(TEXT)
    yield small.scrub(EVENT)
    yield default.scrub(EVENT)
    yield default.scrub_exception(ValueError(f"no {MAIL}"))
    yield _in_chunks(small, block=1 << 20)


def _assert_clean(results: Iterator[object]) -> None:
    for result in results:
        shown = repr(result)
        assert [raw for raw in PLANTED if raw in shown] == []


def test_nothing_planted_is_left_when_nothing_fails(small: Scrubber) -> None:
    """The data is found at all, so that its absence means something."""
    _assert_clean(_everything(small))
    assert small.failures == 0
    assert "[scrub-failed]" not in small.scrub_text(TEXT)


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("name", TARGETS)
def test_a_function_that_raises_lets_nothing_raw_out(
    small: Scrubber,
    broken: Callable[[str, type[BaseException]], BaseException],
    caplog: pytest.LogCaptureFixture,
    name: str,
    error: type[BaseException],
) -> None:
    """No exception leaves, nothing planted is in any result, and the failure is counted and told."""
    fault = broken(name, error)
    _assert_clean(_everything(small))
    texts = [record.getMessage() for record in caplog.records]
    assert [raw for raw in PLANTED if raw in caplog.text] == []
    if name in COUNTING:
        return
    assert len(texts) == len(set(texts))
    assert bool(texts) is bool(small.failures)
    if fault.__traceback__ is not None and name not in HANDLED:
        assert small.failures > 0


def test_the_faults_are_met(
    small: Scrubber, broken: Callable[[str, type[BaseException]], BaseException]
) -> None:
    """Most functions do run while this is scrubbed; a list of those that do not would go stale."""
    met = 0
    for name in TARGETS:
        with pytest.MonkeyPatch.context() as patch:
            fault = RuntimeError(MAIL)
            patch.setitem(FUNCTIONS[name].__globals__, "planted_fault", fault)
            patch.setattr(FUNCTIONS[name], "__code__", _body.__code__)
            for _ in _everything(small):
                pass
            met += fault.__traceback__ is not None
            if fault.__traceback__ is None: print("unmet", name)
    assert len(TARGETS) > 100
    assert met > 0.6 * len(TARGETS)


def test_a_log_that_fails_lets_nothing_out(
    small: Scrubber, broken: Callable[[str, type[BaseException]], BaseException]
) -> None:
    """The warning itself may fail."""
    broken("segments.Stages.detect", RuntimeError)

    class Refusing(logging.Filter):
        def filter(self, record: logging.LogRecord) -> bool:
            raise RuntimeError(record.getMessage())

    log, refusing = logging.getLogger("scrubber"), Refusing()
    log.addFilter(refusing)
    try:
        _assert_clean(_everything(small))
    finally:
        log.removeFilter(refusing)
    assert small.failures > 0
