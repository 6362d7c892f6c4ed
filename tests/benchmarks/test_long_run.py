"""A long run, made short, and the gauges that tell whether something grew."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

import pytest

from benchmarks.long_run import __main__ as long_run
from benchmarks.long_run import probes
from benchmarks.long_run.gauges import SLACK, Sample, growth, troubles
from benchmarks.long_run.sources import chunks, event, lines
from scrubber import Identity, Scrubber

if TYPE_CHECKING:
    from collections.abc import Callable

MIB = 1 << 20


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probes, "TEXTS", 12)
    monkeypatch.setattr(probes, "EVENTS", 2)


def scrubber() -> Scrubber:
    """Build the default one, on the engine that needs no database."""
    return Scrubber(identity=Identity.none(), engine="reference")


def test_short_run_finds_nothing_wrong() -> None:
    """Events, log and probes, in one process and in threads; each round is told of."""
    told: list[str] = []
    outcome = long_run.run(scrubber(), events=4, log_bytes=16_000, rounds=2, told=told.append)
    # So short a run is all warm-up: its memory says nothing.
    assert [one for one in outcome.troubles if not one.startswith("memory")] == []
    assert len(outcome.samples) == len(told) == 2
    assert outcome.findings > 0


class Wrong(Scrubber):
    """Answers what it is told to."""

    answer: Callable[[Any], Any]

    def scrub(self, event: Any, hint: Any = None, *, kind: str | None = None) -> Any:  # noqa: ANN401, ARG002  # as the method
        """Answer."""
        return self.answer(event)


def test_what_comes_through_is_told() -> None:
    """An event that was not scrubbed."""
    wrong = Wrong(identity=Identity.none(), engine="reference")
    wrong.answer = lambda given: given
    outcome = long_run.run(wrong, events=1, log_bytes=0, rounds=1)
    assert any("came through in an event" in one for one in outcome.troubles)


def test_answer_that_changes_is_told() -> None:
    """A probe that is answered otherwise than at the start."""
    wrong = Wrong(identity=Identity.none(), engine="reference")
    answers = iter(range(10**6))
    wrong.answer = lambda _given: {"n": next(answers)}
    outcome = long_run.run(wrong, events=0, log_bytes=0, rounds=1)
    told = " ".join(outcome.troubles)
    assert "a probe is answered otherwise" in told
    assert "threads at once answered otherwise" in told


def samples(memory: list[int], *, descriptors: int = 9, threads: int = 2) -> list[Sample]:
    """Give samples, the last with more descriptors and threads."""
    found = [Sample(one, 9, 2) for one in memory]
    return [*found[:-1], Sample(memory[-1], descriptors, threads)]


@pytest.mark.parametrize(
    ("memory", "grows"),
    [
        ([50 * MIB] * 4 + [100 * MIB] * 12, False),
        ([100 * MIB, *(110 * MIB + noise * MIB for noise in (0, 9, 1, 8, 2, 7, 3, 6))], False),
        ([100 * MIB + number * 3 * MIB for number in range(40)], True),
    ],
)
def test_growth_is_told_from_noise_and_warm_up(memory: list[int], *, grows: bool) -> None:
    """What fills at the start may; what rises to the end may not."""
    found = samples(memory)
    grown, bound = growth(found)
    assert bound >= SLACK
    assert (grown > bound) is grows
    assert [one.startswith("memory grew") for one in troubles(found)] == [True] * grows


def test_what_is_left_open_is_told() -> None:
    """One descriptor, or one thread, is one too many."""
    found = troubles(samples([MIB] * 8, descriptors=10, threads=4))
    assert found == ["1 descriptors were left open", "2 threads were left running"]


def test_sources_repeat_and_fill_what_is_asked_for() -> None:
    """The same seed gives the same bytes, cut anywhere; other seeds another user."""
    whole = b"".join(chunks(5, 30_000, chunk=7000))
    assert 30_000 <= len(whole) < 40_000
    assert whole.endswith(b"\n")
    assert list(chunks(5, 0)) == []
    assert whole == b"".join(chunks(5, 30_000))
    assert whole.decode().split("\n")[:9] == list(islice(lines(5), 9))
    assert event(1)["user"]["username"] != event(2)["user"]["username"]
