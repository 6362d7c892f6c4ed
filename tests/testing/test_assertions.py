"""The assertions pass where they should, fail where they should, and tell nothing but where."""

from __future__ import annotations

import asyncio
import importlib.util
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, Final

import pytest

from scrubber import Identity, Scrubber
from scrubber.errors import ConfigError, RulesetError
from scrubber.testing import assertions
from scrubber.testing.assertions import (
    assert_engines_agree,
    assert_idempotent,
    assert_no_leak,
    assert_utility_kept,
)
from scrubber.testing.planting import Planted, Sample

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT: Final = Path(__file__).resolve().parents[2]
SCRUBBER: Final = Scrubber(identity=Identity.none())
NAME: Final = "".join(Random(8).choices("bdfgklmnprtvz", k=12))  # noqa: S311  # made up
MAILBOX: Final = Planted("EMAIL_ADDRESS", f"{NAME}@example.com", (NAME,))
TEXT: Final = Sample(f"lost {NAME}@example.com at 12:30:59", (MAILBOX,), ("lost", "at 12:30:59"))
EVENT: Final = Sample(
    {
        "event_id": "a1" * 16,
        "platform": "python",
        "exception": {
            "values": [
                {
                    "type": "KeyError",
                    "value": f"'{NAME}@example.com'",
                    "stacktrace": {"frames": [{"function": "load", "module": "m", "lineno": 3}]},
                }
            ]
        },
        "extra": {"n": 3, "rate": 0.5, "ok": True, "none": None, "list": ["a", f"{NAME} b"]},
    },
    (MAILBOX,),
    ("KeyError", "load"),
)
FRAME: Final = "exception.values[0].stacktrace.frames[0]"


def message_of(check: Callable[..., None], *arguments: Any, **options: Any) -> str:  # noqa: ANN401
    """Return what an assertion says when it fails, and look behind it."""
    with pytest.raises(AssertionError) as caught:
        check(*arguments, **options)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
    told = str(caught.value)
    assert NAME not in told
    return told


def scrub(content: Any) -> Any:  # noqa: ANN401
    """Scrub a text or an event, and what is left of the mailbox in it."""
    if isinstance(content, dict):
        content["extra"]["list"] = ["a", "[user] b"]
        return SCRUBBER.scrub(content)
    return SCRUBBER.scrub_text(content)


@pytest.mark.parametrize("sample", [TEXT, EVENT], ids=["text", "event"])
def test_what_is_scrubbed_passes(sample: Sample) -> None:
    """The packaged scrubber leaks nothing, keeps what must stay and does it once; twice too."""
    for _ in range(2):
        assert_no_leak(scrub, sample)
        assert_utility_kept(scrub, sample)
        assert_idempotent(scrub, sample)
    assert_no_leak(scrub, (one for one in (TEXT, EVENT)))
    assert_no_leak(lambda _: None, sample)


@pytest.mark.parametrize(
    ("fn", "told"),
    [
        (str, "sample 0: EMAIL_ADDRESS, raw"),
        (lambda text: text.upper().encode("utf-16"), "sample 0: EMAIL_ADDRESS, wide"),
        (lambda text: text.replace("@example.com", ""), "sample 0: EMAIL_ADDRESS (a part), raw"),
        (lambda text: {"a": [text]}, "sample 0: EMAIL_ADDRESS, raw in a[0]"),
        (lambda text: {text: 1}, "sample 0: EMAIL_ADDRESS, raw in [key]"),
        (lambda text: (one for one in [text]), "sample 0: EMAIL_ADDRESS, raw in [0]"),
        (lambda text: int(text), "sample 0: it raised ValueError"),  # noqa: PLW0108  # so read
        (lambda text: {}[text], "sample 0: it raised KeyError"),
        (lambda _: object(), "sample 0: a object that cannot be looked into (TypeError)"),
    ],
)
def test_a_leak_is_told(fn: Callable[[Any], object], told: str) -> None:
    """By entity, encoding, part or whole, and place; an exception by its type."""
    assert message_of(assert_no_leak, fn, TEXT) == told


def test_a_coroutine_hides_nothing() -> None:
    """What was never awaited was never scrubbed."""

    async def late(text: str) -> str:
        await asyncio.sleep(0)
        return text

    made = []

    def fn(text: str) -> object:
        made.append(late(text))
        return made[0]

    told = message_of(assert_no_leak, fn, TEXT)
    made[0].close()
    assert told == "sample 0: a coroutine that cannot be looked into (TypeError)"


def test_a_leak_of_an_event_is_told_by_its_path() -> None:
    """The sample is told by its number."""
    told = message_of(assert_no_leak, lambda event: event, [EVENT])
    assert told == (
        "sample 0: EMAIL_ADDRESS, raw in exception.values[0].value; "
        "sample 0: EMAIL_ADDRESS (a part), raw in extra.list[1]"
    )
    told = message_of(assert_no_leak, str, [TEXT] * 30)
    assert told.endswith("sample 19: EMAIL_ADDRESS, raw; and 10 more")


def test_what_proves_nothing_is_no_proof() -> None:
    """Nothing planted, planted where it cannot be seen, no samples, or something else."""
    lost = Sample("nothing", (MAILBOX,))
    assert message_of(assert_no_leak, str, lost) == (
        "sample 0: EMAIL_ADDRESS is not seen before it is scrubbed: nothing is proven"
    )
    with pytest.raises(ValueError, match="nothing is planted"):
        assert_no_leak(str, Sample("nothing", ()))
    with pytest.raises(ValueError, match="there is no sample"):
        assert_no_leak(str, [])
    with pytest.raises(TypeError, match="sample 0 is a Planted, not a Sample"):
        assert_no_leak(str, [MAILBOX])  # type: ignore[list-item]


def test_a_part_that_must_stay_is_no_leak() -> None:
    """A surname that is a word of the text around it."""
    person = Planted("PERSON", "Korvax Batch", ("Korvax", "Batch"))
    sample = Sample("batch size for Korvax Batch", (person,), ("batch size",))
    assert_no_leak(lambda text: text.replace("Korvax Batch", "[person]"), sample)
    told = message_of(assert_no_leak, lambda text: text.replace(" Batch", ""), sample)
    assert told == "sample 0: PERSON (a part), raw"


def changed(**fields: Any) -> Callable[[Any], object]:  # noqa: ANN401
    """Return what changes fields of an event, each given by its path with `__` for dots."""

    def fn(event: Any) -> object:  # noqa: ANN401
        for path, value in fields.items():
            holder, *steps = event, *path.split("__")
            for step in steps[:-1]:
                holder = holder[int(step) if step.isdigit() else step]
            holder[steps[-1]] = value
        return event

    return fn


@pytest.mark.parametrize(
    ("fn", "told"),
    [
        (lambda _: None, "nothing is left"),
        (lambda _: "x", "stays[0] is gone; stays[1] is gone; a str stands for it"),
        (changed(event_id="b"), "event_id is another"),
        (changed(exception__values__0__type="KeyErrors"), "exception.values[0].type is another"),
        (
            changed(exception__values__0__stacktrace__frames=[{"function": "load"}]),
            f"{FRAME}: another number of fields; {FRAME}.module is gone",
        ),
        (changed(extra__n="3"), "extra.n: another kind of value"),
        (changed(extra__n=0.0), "extra.n: another kind of value"),
        (changed(extra__ok=False), "extra.ok: another kind of value"),
        (changed(extra__none=""), "extra.none: another kind of value"),
        (changed(extra__list=["a"]), "extra.list: another number of items"),
        (changed(extra__more=1), "extra: another number of fields"),
        (changed(extra__list=("a", "b")), "extra.list: another kind of value"),
        (changed(extra__n={1}), "extra.n: another kind of value; no JSON can be made of it"),
        (changed(tags={"scrubber.fallback": "x"}), "a stub stands for it"),
    ],
    ids=range(14),
)
def test_damage_to_an_event_is_told(fn: Callable[[Any], object], told: str) -> None:
    """By its place."""
    assert message_of(assert_utility_kept, fn, EVENT) == told


def test_what_may_change_in_an_event_is_not_told() -> None:
    """Texts, numbers, names of keys, remarks, and what the table of fields drops."""
    allowed = changed(
        extra={"n": 0, "r": 0.0, "ok": True, "none": None, "list": ["", "x"]}, _meta={}
    )
    assert_utility_kept(allowed, EVENT)
    content = {"event_id": "a1" * 16, "server_name": "x", "debug_meta": {"images": []}}
    assert_utility_kept(lambda event: event, Sample(content, ()))


@pytest.mark.parametrize(
    ("content", "fn", "told"),
    [
        ("x[1::2]", lambda _: "[ip]", "a text with nothing planted was changed"),
        (b"x", lambda _: b"y", "bytes with nothing planted were changed"),
        ("x", lambda _: b"x", "a bytes stands for a str"),
        ("x", lambda _: None, "nothing is left"),
        ("x", int, "it raised ValueError"),
    ],
    ids=range(5),
)
def test_damage_to_a_text_is_told(content: object, fn: Callable[[Any], object], told: str) -> None:
    """A text that held nothing is as it was."""
    assert message_of(assert_utility_kept, fn, Sample(content, ())) == told


def test_json_stays_json() -> None:
    """Of the same kinds; a key may be rewritten."""
    sample = Sample(f'{{"{NAME}": ["{NAME}@example.com", 3]}}', (MAILBOX,))
    assert_utility_kept(lambda _: '{"[user]": ["[email]", 0]}', sample)
    assert message_of(assert_utility_kept, lambda text: text[:-1], sample) == (
        "JSON is no JSON any more"
    )
    assert message_of(assert_utility_kept, lambda _: "[]", sample) == (
        "JSON says other kinds of values"
    )


def test_only_samples_are_looked_at() -> None:
    """What is no sample has a `repr` that shows it."""
    with pytest.raises(TypeError, match="this is a str, not a Sample"):
        assert_utility_kept(str, "x")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fn", "told"),
    [
        (lambda text: f"[{text}]", "scrubbing twice is not scrubbing once"),
        (lambda text: text.encode() if isinstance(text, str) else str(text), "scrubbing twice"),
        (lambda text: [text] if isinstance(text, str) else text[1], "the second time, it raised"),
        (int, "it raised ValueError"),
    ],
    ids=range(4),
)
def test_what_is_not_idempotent_is_told(fn: Callable[[Any], object], told: str) -> None:
    """Another text, another kind, or an exception."""
    assert message_of(assert_idempotent, fn, TEXT).startswith(told)


def test_not_a_number_is_itself() -> None:
    """An event may hold what equals nothing; what is dropped stays dropped."""
    assert_idempotent(lambda event: event, {"n": float("nan"), "r": float("inf")})
    assert_idempotent(lambda _: None, "x")


needs_vector = pytest.mark.skipif(
    importlib.util.find_spec("hyperscan") is None, reason="only one engine here"
)


@needs_vector
def test_engines_that_agree_pass() -> None:
    """On the packaged rules, with findings and without."""
    texts = ["mail jane@example.com", "", "4" * 9, "x" * 99, "caf\u00e9 192.0.2.1"]
    assert_engines_agree(None, texts)


def test_rule_files_are_read(tmp_path: Path) -> None:
    """One, or several: those that cannot be used are told before any text is looked at."""
    file = tmp_path / "mine.toml"
    file.write_text("[[rule]]\n", "utf-8")
    for rules in (str(file), [file]):
        with pytest.raises(RulesetError, match=r"mine\.toml"):
            assert_engines_agree(rules, ["x"])


@needs_vector
def test_engines_that_differ_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the number of the text and the ids of rules: here one engine misses an address."""
    scan = Scrubber.scan

    def broken(self: Scrubber, text: str) -> list[Any]:
        found = scan(self, text)
        vector = self._wirings._engine.name == "vector"  # noqa: SLF001
        return [one for one in found if not (vector and one.rule_id == "contact.email")]

    monkeypatch.setattr(Scrubber, "scan", broken)
    told = message_of(assert_engines_agree, [], ["ok", f"to {NAME}@example.com"])
    assert told == (
        "text 1: only reference finds contact.email; glued: only reference finds contact.email"
    )


def test_one_engine_alone_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is nothing to compare, nothing is proven."""
    monkeypatch.setattr("scrubber.engines._available", lambda: False)
    with pytest.raises(ConfigError, match="the engine vector needs hyperscan"):
        assert_engines_agree(None, ["x"])


PYTEST: Final = (sys.executable, "-m", "pytest", "-vvrA", "--showlocals", "-pno:cacheprovider")
SUITE: Final = """
import sys
from random import Random
import pytest
from scrubber.testing import (
    Planted, Sample, assert_engines_agree, assert_idempotent, assert_no_leak, assert_utility_kept
)

def sample():
    name = "".join(Random(8).choices("bdfgklmnprtvz", k=12))
    return Sample("lost " + name, (Planted("USERNAME", name, (name[:6],)),), (name,))

def given_back(text):
    return {"a": {text: [text]}}

def raising(text):
    try:
        raise KeyError(text)
    except KeyError as error:
        raise ValueError(text) from error

def test_leak(): assert_no_leak(given_back, sample())
def test_leaks(): assert_no_leak(given_back, (sample() for _ in range(3)))
def test_raising(): assert_no_leak(raising, sample())
def test_exit(): assert_no_leak(sys.exit, sample())
def test_fail(): assert_no_leak(pytest.fail, sample())
def test_inner_fault(monkeypatch):
    monkeypatch.setattr("scrubber.testing.leaks.readings", raising)
    assert_no_leak(given_back, sample())
def test_utility(): assert_utility_kept(lambda text: text[:-3], sample())
def test_utility_raising(): assert_utility_kept(raising, sample())
def test_idempotent(): assert_idempotent(lambda text: text + text, sample())
def test_idempotent_raising(): assert_idempotent(raising, sample())
def test_unreadable():
    from scrubber.testing.leaks import leaks
    leaks([iter(())], sample().planted)
"""


@pytest.mark.parametrize("options", [("--full-trace",), ("--tb=native",)], ids=range(2))
def test_a_report_of_pytest_shows_nothing(tmp_path: Path, options: tuple[str, ...]) -> None:
    """With local variables, and with every frame: nothing of what was planted, in no part of it."""
    (tmp_path / "test_suite.py").write_text(SUITE, "utf-8")
    done = subprocess.run(
        [*PYTEST, *options, str(tmp_path)],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "SCRUBBER_NO_IDENTITY": "1", "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "11 failed" in done.stdout, done.stderr
    assert NAME[:6] not in done.stdout + done.stderr
    assert "it raised ValueError" in done.stdout


def test_every_assertion_hides_its_frames() -> None:
    """What pytest shows is the test's line."""
    for name in ("assert_engines_agree", "assert_idempotent", "assert_no_leak"):
        assert "__tracebackhide__" in getattr(assertions, name).__code__.co_varnames
