"""
Promise 1: whatever fails inside, nothing raw leaves.

Every function of the modules that run while something is scrubbed is made to raise, one after the
other, by giving it another body. That reaches each holder of the function, however it was imported.
The errors carry the planted data, as errors of real code do. It takes minutes: a run on the way is
given a third of the functions, another one each day, and one that decides (`CI`) all of them.
"""

from __future__ import annotations

import importlib
import inspect
import logging
import os
import pkgutil
import sys
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any

import pytest

import scrubber as package
from scrubber import default, reach
from scrubber.detect import databases
from scrubber.detect.known import known_rules
from scrubber.detect.patterns import compiled
from scrubber.engines import Compiled
from scrubber.errors import ScrubberError
from scrubber.identity.model import Identity
from scrubber.naming import Names
from scrubber.ner.tagger import _read, embedded
from scrubber.ruleset.model import Policy
from scrubber.shadow import Shadow
from scrubber.validators import VALIDATORS
from tests.small_rules import AFTER_KEY, CARD, EMAIL, IMAGE, PEM, QUOTED, TWO_LINES, rule, scrubber

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scrubber.pipeline import Scrubber
    from scrubber.ruleset.model import Rule

RUNNING = (
    "decoding",
    "default",
    "detect",
    "engines",
    "errors",
    "event_texts",
    "events",
    "hook",
    "ledger",
    "lines",
    "locks",
    "naming",
    "ner.chain",
    "ner.choosing",
    "ner.features",
    "ner.gazetteer",
    "ner.hashed",
    "ner.people",
    "ner.reached",
    "ner.scores",
    "ner.spans",
    "ner.tagger",
    "ner.tokens",
    "ner.words",
    "outcomes",
    "pipeline",
    "reach",
    "redact",
    "redaction",
    "report",
    "resolve",
    "segments",
    "shadow",
    "spread",
    "stream",
    "templates",
    "types",
    "units",
    "validators",
    "wiring",
    "wirings",
)

# Only the vector engine comes by these.
VECTOR = (
    *("detect.databases.", "detect.encoded.", "detect.rule_numbers.", "detect.scanner."),
    *("detect.screen.", "detect.shape_check.", "detect.sieve.", "detect.vector."),
    *("engines.", "lines.", "outcomes.", "shadow."),
)

# Called by the user, or only while a scrubber is built: nothing is above them that could catch.
ENTRIES = {
    "default.scan",
    "default.scrub",
    "default.scrub_exception",
    "default.scrub_many",
    "default.scrub_text",
    "default.scrubber_for",
    "hook.answer",
    "locks.PatientLock.__init__",
    "naming.Names.__init__",
    "naming.Names.__reduce__",
    "naming.Names.__repr__",
    "naming.Names.for_workers",
    "naming.Names.forget",
    "naming._loaded",
    "naming._loaded_whole",
    "pipeline.Scrubber.__copy__",
    "pipeline.Scrubber.__deepcopy__",
    "pipeline.Scrubber.__init__",
    "pipeline.Scrubber.__getstate__",
    "pipeline.Scrubber.__setstate__",
    "pipeline.Scrubber.__repr__",
    "pipeline.Scrubber._begin",
    "pipeline.Scrubber._redact",
    "pipeline.Scrubber.byte_stream",
    "pipeline.Scrubber.ruleset",
    "pipeline.Scrubber.stream",
    "pipeline.Scrubber.suspects",
    "pipeline.Scrubber.explain",
    "pipeline.Scrubber.for_workers",
    "pipeline.Scrubber.failures",
    "pipeline.Scrubber.redact",
    "pipeline.Scrubber.scan",
    "pipeline.Scrubber.scrub",
    "pipeline.Scrubber.scrub_many",
    "pipeline.Scrubber.scrub_text",
    "pipeline.Scrubber.warm",
    "wiring.choose_policy",
    "wiring.config_of",
    "wiring.load_ruleset",
}

# What a failure of counting fails to count.
COUNTING = {"locks.PatientLock.held", "pipeline.Scrubber._note_failure", "pipeline.warn"}

MAIL = "jane@example"
SECRET = "hunter2x9"
NUMBER = "41111111"
INNER = "QkFTRTY0"
ACCOUNT = "vexlab7"
PERSON = "Gonzalez"
SURNAME = "Tavrinsky"
OTHER = "kvortex9"
PLANTED = (MAIL, SECRET, NUMBER, INNER, "j4ne@example", ACCOUNT, SURNAME, OTHER, PERSON)
SENTENCE = f"User Maria {PERSON} not found"
IDENTITY = Identity(accounts=(ACCOUNT,), names=(f"Jane {SURNAME}",), hosts=("vx1",))

TEXT = (
    f"{MAIL} key= {SECRET} n\n"
    f'{{"card": {NUMBER}, "a": "\\u006a4ne@example"}}\n'
    f'v!{NUMBER}  pw="{SECRET}" over:\n{NUMBER} card {NUMBER}\n'
    f"b64,{INNER * 3}\n--BEGIN--{INNER * 3}--END--\n"
    f"{ACCOUNT} x/jane_{SURNAME} v\\x65xlab7\n"
    f"open /home/{OTHER}/data/{SURNAME}.dcm, /home/{OTHER}/run.py\n"
)
PNG = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ"
LONG = (
    f"{TEXT}b64,{INNER * 60} {MAIL} {'w' * 300} {MAIL},{'w ' * 100}key= {SECRET}\n"
    f"--BEGIN--{INNER * 60}--END--\n" + TEXT
)
FRAME = {
    "function": "f",
    "module": f"{MAIL} x",
    "filename": "yolo/x.py",
    "abs_path": f"/raid/{SURNAME}/yolo/x.py",
    "lineno": 3,
    "context_line": TEXT,
    "vars": {"user": OTHER, "password": SECRET},
}
EVENT = {
    "event_id": "a1" * 16,
    "timestamp": "2026-01-31T08:00:00Z",
    "release": "b7" * 20,
    "message": TEXT,
    "user": {"username": OTHER, "email": f"{MAIL}.com", "ip_address": NUMBER, "id": int(NUMBER)},
    "server_name": OTHER,
    "request": {"query_string": f"a=1&password={SECRET}", "url": f"x?password={SECRET}#y"},
    "logentry": {"message": "no %s for %s", "params": [MAIL, SECRET[:0]]},
    "extra": {"sys.argv": [f"x/{SURNAME}.csv", "--password", SECRET, f"/raid/{SURNAME}/y/z.py"]},
    "threads": [{"stacktrace": {"frames": [FRAME]}}],
    "modules": {"regex": "2026.1"},
    "_meta": {"message": {"": {"rem": [["!limit", "x", 1, 2]], "val": MAIL}}},
    "x": f"{OTHER} is over, /home/{OTHER}",
    MAIL: {"password": SECRET, "n": int(NUMBER), "b": MAIL.encode()},
    "exception": {
        "values": [{"type": "ValueError", "value": f"no {MAIL}", "stacktrace": {"frames": [FRAME]}}]
    },
    "breadcrumbs": {"values": [{"message": SENTENCE}, {"message": f"{SENTENCE}: {SENTENCE}"}]},
    "contexts": {"feedback": {"message": f"{SENTENCE}%20yet"}},
    "headers": [["password", SECRET]],
}

DEEP: dict[str, object] = {"a": MAIL, "exception": EVENT["exception"]}
for _ in range(70):
    DEEP = {"a": MAIL, "exception": EVENT["exception"], "deeper": DEEP}

# What fails here is done otherwise, in full: nothing was replaced by a marker.
HANDLED = {
    "default._scrubbed_traceback",  # its own marker
    "detect.patterns._key",  # the pattern is compiled
    "detect.patterns._maker",  # as above
    "pipeline.Scrubber._clean",  # every rule looks
    "pipeline.Scrubber._suspects",  # as above
    "wirings.Wirings.expect",  # as above
    "wirings.Wirings.note",  # the engine stays as it is
    "wirings.Wirings.ready",  # as above
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
TARGETS = sorted(name for name in FUNCTIONS.keys() - ENTRIES if not name.startswith(VECTOR))
VECTOR_TARGETS = sorted(name for name in FUNCTIONS.keys() - ENTRIES if name.startswith(VECTOR))
SALT = "salt of sixteen and more"
ERRORS = (RuntimeError, MemoryError, TimeoutError, RecursionError)
FAILURES = (*ERRORS, ScrubberError)
# Elsewhere a function has one caller: how it fails with one error is how it does with all.
MANY = ("pipeline.", "segments.", "stream.", "detect.confirm.", "detect.reference.", "resolve.")
FAULTS = [
    (name, error) for name in TARGETS for error in (ERRORS if name.startswith(MANY) else ERRORS[:1])
]
PARTS = 1 if os.environ.get("CI") else 3
PART = slice(datetime.now(UTC).toordinal() % PARTS, None, PARTS)


# Names become rules while something is scrubbed, so these must fail then; for all others they are
# made once.
NAMING = ("detect.known.", "detect.people.", "detect.spelling.", "wiring.", "naming.")
# Read once in a process, so that it is read anew where reading fails.
READING = ("ner.gazetteer.", "ner.hashed.", "ner.tagger.packaged")
KNOWN = known_rules(IDENTITY)


def _rules() -> list[Rule]:
    """Make a rule of every kind."""
    keyed = rule("KEYED", "%{keys}: (?P<value> [a-z0-9]{1,12}+ )", keys=["password"])
    checked = rule("CHECKED", "[0-9]{8,16}+", validators=["card_number"])
    step = {"step": "[A-Za-z0-9+/=]{1,4}+"}
    image = rule("IMAGE_DATA", "data:image/png;base64,", blob=step)
    every = [
        rule(f"V_{name.upper()}", "v! (?P<value> [!-~]{6,20}+ )", validators=[name])
        for name in VALIDATORS
    ]
    near = rule("NEAR", "n[0-9]{1,3}", context={"words": ["card"], "boost": 0.05})
    path = rule("FILE_PATH", r"(?<!\w) /home/ [\w/.]{1,40}+", pieces="path")
    home = rule("USERNAME", "/home/ (?P<value> [a-z0-9]{1,12}+ )", spread=True)
    kinds = (EMAIL, AFTER_KEY, CARD, IMAGE, QUOTED, PEM, TWO_LINES, keyed, checked, image, near)
    return [*kinds, path, home, *every]


EVERY_RULE = _rules()
CHOSEN = {"EMAIL_ADDRESS": "pseudonym", "CHECKED": "surrogate", "KEYED": "hash"}
POLICY = Policy("small", operators=CHOSEN, hash_salt=SALT)


@pytest.fixture(autouse=True)
def _no_filters(monkeypatch: pytest.MonkeyPatch) -> None:
    """What an earlier test put on a handler would scrub the warnings that are read here."""
    for handler in logging.getLogger().handlers:
        monkeypatch.setattr(handler, "filters", [])


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Scrubber:
    """A scrubber with every kind of rule, used by the facade too."""
    own = scrubber(*EVERY_RULE, policy=POLICY)
    monkeypatch.setattr("scrubber.naming.known_rules", lambda _: KNOWN)
    wirings = own._wirings  # noqa: SLF001
    monkeypatch.setattr(wirings, "names", Names(IDENTITY))
    monkeypatch.setenv("SCRUBBER_KEY_FILE", str(tmp_path / "key"))
    # A label looks at 4096 characters; blocks of less are wanted here.
    unlabelled = [one for one in wirings.text.stages.detectors if one.labeller is None]
    monkeypatch.setattr(reach, "_SLACK", 8)
    measured = replace(wirings.text, reach=reach.Reach.of(unlabelled))
    monkeypatch.setattr(wirings, "made", {"auto": measured})
    # Made anew for events, so that what fails on the way from names to rules fails under test.
    monkeypatch.setattr(wirings, "names", Names(IDENTITY))
    monkeypatch.setattr(default, "_scrubbers", {"": own})
    compiled.cache_clear()
    embedded.cache_clear()
    return own


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, type[BaseException]], BaseException]:
    """Make a function raise."""

    def make(name: str, error: type[BaseException]) -> BaseException:
        if name.startswith(NAMING):
            monkeypatch.setattr("scrubber.naming.known_rules", known_rules)
        if name.startswith(READING):
            _read.cache_clear()
        fault = error(f"{MAIL} {SECRET}")
        function = FUNCTIONS[name]
        monkeypatch.setitem(function.__globals__, "planted_fault", fault)
        monkeypatch.setattr(function, "__code__", _body.__code__)
        return fault

    return make


def _in_chunks(small: Scrubber, text: str, *, block: int) -> str:
    """Stream a text; a stream may raise, but what it gave before and after counts."""
    out = []
    try:
        stream = small.stream(block=block)
    except FAILURES:
        return ""
    for at in range(0, len(text), 500):
        try:
            out.append(stream.feed(text[at : at + 500]))
        except FAILURES:
            out.append("")
    try:
        out.append(stream.finish())
    except FAILURES:
        out.append("")
    return "".join(out)


def _everything(small: Scrubber) -> Iterator[object]:
    """Scrub the planted data in every way; only a stream may raise."""
    yield small.scrub_text(TEXT.encode())
    yield small.scrub_many([TEXT, MAIL])
    yield small.scrub(EVENT)
    yield default.scrub(EVENT)
    yield small.scrub({"name": MAIL, "attributes": {"user.name": OTHER}}, kind="span")
    yield small.scrub({"message": MAIL}, kind="breadcrumb")
    yield default.scrub_exception(ValueError(f"no {MAIL}"))
    yield _in_chunks(small, TEXT, block=1 << 20)
    yield small.scrub_text(PNG)


def _assert_clean(results: Iterator[object]) -> None:
    for result in results:
        shown = repr(result)
        assert [raw for raw in PLANTED if raw in shown] == []


def test_nothing_planted_is_left_when_nothing_fails(small: Scrubber) -> None:
    """The data is found at all, so that its absence means something."""
    _assert_clean(_everything(small))
    assert small.failures == 0
    assert "[scrub-failed]" not in small.scrub_text(TEXT)


@pytest.mark.parametrize(("name", "error"), FAULTS[PART])
def test_a_function_that_raises_lets_nothing_raw_out(
    small: Scrubber,
    broken: Callable[[str, type[BaseException]], BaseException],
    caplog: pytest.LogCaptureFixture,
    name: str,
    error: type[BaseException],
) -> None:
    """No exception leaves, nothing planted is in any result; the failure is counted and told."""
    fault = broken(name, error)
    _assert_clean(_everything(small))
    _assert_clean(iter([small.scrub(DEEP)]))
    texts = [record.getMessage() for record in caplog.records]
    assert [raw for raw in PLANTED if raw in caplog.text] == []
    if name in COUNTING:
        return
    assert len(texts) == len(set(texts))
    if name.startswith(("redact.key.", "redact.pseudonyms.Pseudonyms.__init__")):
        return  # no key, no pseudonyms: said once, and plain placeholders
    assert bool(texts) is bool(small.failures)
    if fault.__traceback__ is not None and name not in HANDLED:
        assert small.failures > 0


def _in_texts() -> Iterator[object]:
    """Scrub the planted data where taggers look at every text."""
    own = scrubber(*EVERY_RULE, policy=replace(POLICY, ner="on"), names=Names(IDENTITY))
    text = f"{TEXT}{SENTENCE}\n%20{SENTENCE}%20\n"
    yield own.scrub_text(text)
    yield own.scrub_many(["a", text])
    yield _in_chunks(own, text, block=64)
    yield own.scrub(EVENT)
    yield len(own.policy.id) if own.failures else "none failed"


def test_nothing_planted_is_left_in_texts_when_nothing_fails(small: Scrubber) -> None:
    """The name is found in them, too."""
    *_, last = found = list(_in_texts())
    _assert_clean(iter(found))
    assert small.policy.ner == "events"
    assert last == "none failed"


@pytest.mark.parametrize("name", [name for name in TARGETS if name.startswith("ner.")])
@pytest.mark.usefixtures("small")
def test_a_tagger_that_raises_lets_nothing_raw_out_of_texts(
    broken: Callable[[str, type[BaseException]], BaseException], name: str
) -> None:
    """Where it looks at every text."""
    broken(name, RuntimeError)
    _assert_clean(_in_texts())


@pytest.mark.parametrize("name", [name for name in TARGETS if not name.startswith("units.")][PART])
def test_a_function_that_raises_amid_a_stream_lets_nothing_raw_out(
    small: Scrubber,
    broken: Callable[[str, type[BaseException]], BaseException],
    name: str,
) -> None:
    """With cuts inside lines and findings, and blobs over many windows."""
    broken(name, RuntimeError)
    _assert_clean(iter([_in_chunks(small, LONG, block=1)]))


@pytest.mark.parametrize("name", [name for name in TARGETS if name.startswith("units.stub.")])
def test_a_stub_that_fails_lets_nothing_raw_out(
    small: Scrubber,
    broken: Callable[[str, type[BaseException]], BaseException],
    name: str,
) -> None:
    """An event that cannot be scrubbed, and a stub that cannot be made of it."""
    broken(name, RuntimeError)
    cyclic: dict[str, object] = {**EVENT, "timestamp": 1.0, "type": "transaction"}
    cyclic["self"] = cyclic
    _assert_clean(small.scrub(event) for event in (cyclic, {**cyclic, "type": ""}, [MAIL]))
    assert small.failures == 3


def test_the_faults_are_met(small: Scrubber, monkeypatch: pytest.MonkeyPatch) -> None:
    """Most functions do run while this is scrubbed, so that making them raise means something."""
    monkeypatch.setattr("scrubber.naming.known_rules", known_rules)
    compiled.cache_clear()
    called: set[CodeType] = set()
    sys.setprofile(lambda frame, _, __: called.add(frame.f_code))
    try:
        _assert_clean(_everything(small))
        _assert_clean(iter([_in_chunks(small, LONG, block=1), small.scrub(DEEP)]))
    finally:
        sys.setprofile(None)
    # Stubs are made, and lines fail, only where something is broken.
    targets = [name for name in TARGETS if not name.startswith("units.stub.")]
    met = [name for name in targets if FUNCTIONS[name].__code__ in called]
    assert len(targets) > 100
    assert len(met) > 2 / 3 * len(targets)


@pytest.fixture(scope="module")
def engine() -> Compiled:
    """The database of every kind of rule."""
    pytest.importorskip("hyperscan", reason="the vector engine needs hyperscan")
    rules = scrubber(*EVERY_RULE, policy=POLICY).ruleset.rules
    return Compiled(rules, databases.compiled(rules))


@pytest.fixture
def vector(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Scrubber:
    """As `small`, behind a screen; its lines are soon those of a section."""
    pytest.importorskip("hyperscan", reason="the vector engine needs hyperscan")
    own = scrubber(*EVERY_RULE, policy=POLICY, engine="vector", names=Names(IDENTITY))
    monkeypatch.setattr("scrubber.naming.known_rules", lambda _: KNOWN)
    monkeypatch.setattr("scrubber.lines.SECTION", 64)
    monkeypatch.setattr("scrubber.redaction.LONG", 16)
    monkeypatch.setenv("SCRUBBER_KEY_FILE", str(tmp_path / "key"))
    monkeypatch.setattr(default, "_scrubbers", {"": own})
    compiled.cache_clear()
    return own


def _lines(small: Scrubber, text: str) -> bytes:
    """Stream bytes; a stream may raise, but what it gave before counts."""
    out = []
    with suppress(*FAILURES):
        stream = small.byte_stream()
        out += [stream.feed(line.encode()) for line in text.splitlines(keepends=True)]
        out.append(stream.finish())
    return b"".join(out)


def _through_screens(small: Scrubber) -> Iterator[object]:
    """Scrub the planted data in every way, after lines of no interest, and what is no suspect."""
    yield from _everything(small)
    yield small.scrub_many([MAIL, "nothing of it", f"a {MAIL}", TEXT])
    yield small.scrub_text(f"{PLAIN * 3}{MAIL}")
    yield _lines(small, PLAIN * 9 + TEXT + PLAIN * 9)
    suspects = small.suspects(TEXT.encode())
    if suspects is not None:
        starts = [0, *(at + 1 for at, one in enumerate(TEXT[:-1]) if one == "\n")]
        yield [TEXT[at:].partition("\n")[0] for at in starts if at not in suspects]


PLAIN = "nothing of interest, epoch 3\n"


def test_a_screen_lets_nothing_planted_through(vector: Scrubber, engine: Compiled) -> None:
    """The same as without one, while nothing fails; and what fails below does run here."""
    vector._wirings._engine._made = engine  # noqa: SLF001
    called: set[CodeType] = set()
    sys.setprofile(lambda frame, _, __: called.add(frame.f_code))
    try:
        _assert_clean(_through_screens(vector))
    finally:
        sys.setprofile(None)
    assert vector.failures == 0
    met = [name for name in VECTOR_TARGETS if FUNCTIONS[name].__code__ in called]
    assert len(met) > 0.5 * len(VECTOR_TARGETS)


@pytest.mark.parametrize("name", VECTOR_TARGETS[PART])
def test_a_function_of_the_vector_engine_that_raises_lets_nothing_raw_out(  # noqa: PLR0913, PLR0917
    vector: Scrubber,
    engine: Compiled,
    broken: Callable[[str, type[BaseException]], BaseException],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    """Every rule looks then, or a marker stands there; shadows fail, too."""
    wirings = vector._wirings  # noqa: SLF001
    if not name.startswith(("detect.databases.", "engines.Engine.")):
        wirings._engine._made = engine  # noqa: SLF001
    if name.startswith("shadow."):
        monkeypatch.setattr(wirings, "shadow", Shadow(1))
    broken(name, RuntimeError)
    _assert_clean(_through_screens(vector))
    texts = [record.getMessage() for record in caplog.records]
    assert [raw for raw in PLANTED if raw in caplog.text] == []
    assert len(texts) == len(set(texts))


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
