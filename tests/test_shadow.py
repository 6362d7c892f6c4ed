"""Shadow mode: both engines on a sample, what either finds is redacted, differences are counted."""

from __future__ import annotations

import logging
import pickle
from typing import TYPE_CHECKING, Any

import pytest

from scrubber import ConfigError, Identity, Scrubber
from scrubber.detect.sieve import Sieve
from scrubber.detect.vector import Screened
from scrubber.outcomes import Lines
from scrubber.shadow import Shadow, Tally, shadow_of
from tests.small_rules import EVERY_KIND, scrubber

if TYPE_CHECKING:
    from collections.abc import Callable

pytest.importorskip("hyperscan", reason="there is one engine without hyperscan")

TEXT = "mail jane@example\nnothing of interest\n" * 30


def shadowed(every: int) -> Scrubber:
    """Build a scrubber on the vector engine that compares one look in so many."""
    one = scrubber(*EVERY_KIND, engine="vector")
    one._wirings.shadow = Shadow(every)  # noqa: SLF001
    return one


def _streamed(stream: Any, data: Any) -> Any:  # noqa: ANN401
    return stream.feed(data) + stream.finish()


WAYS: dict[str, Callable[[Scrubber], str]] = {
    "text": lambda one: one.scrub_text("jane@example"),
    "long": lambda one: one.scrub_text(TEXT * 9),
    "many": lambda one: str(one.scrub_many(["jane@example", "clean"])),
    "event": lambda one: str(one.scrub({"message": "jane@example"})),
    "stream": lambda one: _streamed(one.stream(), TEXT),
    "bytes": lambda one: str(_streamed(one.byte_stream(), TEXT.encode())),
}


@pytest.mark.parametrize("way", WAYS)
def test_engines_that_agree_are_not_told_apart(way: str) -> None:
    """The output is that of one engine, and nothing is counted."""
    one = shadowed(1)
    assert WAYS[way](one) == WAYS[way](scrubber(*EVERY_KIND))
    assert one.differences == 0


@pytest.mark.parametrize("way", WAYS)
def test_what_one_engine_misses_is_redacted(
    way: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It is counted, and told once, without any text."""
    monkeypatch.setattr(Screened, "concerning", lambda *_: [])
    monkeypatch.setattr(Screened, "look", lambda *_: ([], []))
    monkeypatch.setattr(Sieve, "clean", lambda *_: True)
    monkeypatch.setattr(Sieve, "suspects", lambda *_: [])
    one = shadowed(1)
    with caplog.at_level(logging.WARNING):
        for _ in range(2):
            assert "jane@example" not in WAYS[way](one)
    assert one.differences > 0
    assert len(caplog.records) == 1
    assert "jane" not in caplog.text


def test_lines_that_are_suspect_to_one_engine_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """By their offsets."""
    one = shadowed(1)
    assert one.suspects(b"a\njane@example\n") == [2]
    monkeypatch.setattr(Sieve, "suspect_lines", lambda *_: [])
    assert one.suspects(b"a\njane@example\n") == [2]
    assert one.differences == 1


def test_one_look_in_so_many() -> None:
    """And every look behind the first difference."""
    shadow = Shadow(3)
    assert [shadow.due() for _ in range(6)] == [False, False, True, False, False, True]
    shadow.tally.note()
    assert shadow.due()


def test_a_section_that_differs_is_what_both_make_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sections of a stream are samples of their own."""
    monkeypatch.setattr("scrubber.lines.SECTION", 64)
    monkeypatch.setattr(Lines, "outcome", lambda _, line, rules: (line, None, rules))
    one = shadowed(1)
    stream = one.byte_stream()
    data = stream.feed(TEXT.encode() * 9) + stream.finish()
    assert b"jane" not in data
    assert stream.report.counts == one.redact(TEXT * 9).report.counts


def test_a_plain_engine_that_fails_is_a_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    """What nobody could compare is not let through."""

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("scrubber.shadow.find", fail)
    one = shadowed(1)
    assert one.scrub_text("jane@example") == "[scrub-failed]"
    assert one.differences > 0


def test_a_log_that_fails_decides_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The difference is counted all the same."""

    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(logging.getLogger("scrubber"), "warning", fail)
    tally = Tally()
    tally.note()
    assert tally.differences == 1


@pytest.mark.parametrize(
    ("given", "said", "expected"),
    [(None, None, 0), (None, "7", 7), (None, "x", 0), (None, "-1", 0), (0, "7", 0), (3, "7", 3)],
)
def test_the_program_or_the_environment_says_how_many(
    monkeypatch: pytest.MonkeyPatch, given: int | None, said: str | None, expected: int
) -> None:
    """A number nobody can read is none."""
    if said is not None:
        monkeypatch.setenv("SCRUBBER_SHADOW", said)
    assert shadow_of(given) == expected


@pytest.mark.parametrize("every", [-1, True, 1.5])
def test_what_is_no_number_of_looks_is_refused(every: int) -> None:
    """When the scrubber is built."""
    with pytest.raises(ConfigError):
        Scrubber(identity=Identity.none(), shadow=every)


def test_a_pickle_and_a_copy_are_shadowed_too() -> None:
    """With counts of their own."""
    one = Scrubber(identity=Identity.none(), shadow=5)
    loaded = pickle.loads(pickle.dumps(one))  # noqa: S301  # our own
    assert loaded._wirings.shadow.every == 5  # noqa: SLF001
    assert one.__copy__()._wirings.shadow.every == 5  # type: ignore[union-attr]  # noqa: SLF001
    assert Scrubber(identity=Identity.none()).differences == 0
