"""The crashes that are raced are real, differ, and a scrubber that leaks or harms is caught."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from benchmarks import crash_events
from benchmarks.crashes import KINDS, Crash, Kind, crashing, damage, leaves, occurrences
from benchmarks.figures import bars

pytest.importorskip("sentry_sdk", reason="the crashes are made by it")

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SMALL, TRAINING, IMAGE = KINDS


class Stand:
    """A contestant without a process."""

    def __init__(self, scrub: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
        self.scrub = scrub
        self.events: list[dict[str, Any]] = []
        self.given: list[str] = []

    def ask(self, **request: Any) -> dict[str, Any]:  # noqa: ANN401  # as the real one
        """Answer as a worker does."""
        if request["do"] == "events":
            self.events = request["events"]
            self.given += [json.dumps(event) for event in self.events]
        if request["do"] == "results":
            return {"events": [self.scrub(event) for event in self.events]}
        return {"seconds": 1.0}


@pytest.fixture(scope="module")
def crash() -> Iterator[Callable[[Kind, int], Crash]]:
    """What makes crashes."""
    with crashing() as made:
        yield made


def test_a_training_crash_is_as_large_as_real_ones(crash: Callable[[Kind, int], Crash]) -> None:
    """40 frames, 100 breadcrumbs, about 68 KB; every planted value stands in it, often."""
    made = crash(TRAINING, 1)
    (exception,) = made.event["exception"]["values"]
    assert len(exception["stacktrace"]["frames"]) == 40
    assert len(made.event["breadcrumbs"]["values"]) == 100
    assert 60_000 < len(json.dumps(made.event)) < 80_000
    counts = occurrences(made.event, made.planted)
    assert counts["user"] > 150
    assert min(counts.values()) >= 4


def test_an_image_in_a_local_makes_megabytes(crash: Callable[[Kind, int], Crash]) -> None:
    """The SDK writes the repr of the bytes into the event."""
    assert len(json.dumps(crash(IMAGE, 1).event)) > 3_000_000


def test_no_file_of_this_machine_stands_in_a_crash(crash: Callable[[Kind, int], Crash]) -> None:
    """All frames lie in the made-up home, so that every machine measures the same."""
    made = crash(SMALL, 3)
    frames = made.event["exception"]["values"][0]["stacktrace"]["frames"]
    home = f"/home/{made.planted['user']}/"
    assert [frame["abs_path"] for frame in frames if not frame["abs_path"].startswith(home)] == []


def test_every_seed_has_other_data(crash: Callable[[Kind, int], Crash]) -> None:
    """And the same seed the same."""
    first, second = crash(SMALL, 1), crash(SMALL, 2)
    assert first.planted == crash(SMALL, 1).planted
    assert not set(first.planted.values()) & set(second.planted.values())
    assert sum(occurrences(second.event, first.planted).values()) == 0


def test_each_round_has_new_events(crash: Callable[[Kind, int], Crash]) -> None:
    """Nobody gains by having seen an event before."""
    stand: Any = Stand(lambda event: event)
    crash_events.race({"one": stand}, lambda seed: crash(SMALL, seed), rounds=3, events=2)
    assert len(set(stand.given)) == 8


def test_a_contestant_that_leaks_or_harms_is_caught(crash: Callable[[Kind, int], Crash]) -> None:
    """One that passes everything on leaks all; one that deletes everything harms."""
    ours, theirs = crash_events.OURS
    remotes: Any = {ours: Stand(lambda event: event), theirs: Stand(lambda _: {})}
    course = crash_events.race(remotes, lambda seed: crash(SMALL, seed), rounds=1, events=1)
    assert course.leaks == {ours: course.planted, theirs: 0}
    assert course.harmed[ours] == 0
    assert course.harmed[theirs] > course.kept / 2
    wrong = {one.what for one in crash_events.figures(SMALL, course) if one.wrong}
    assert wrong == {ours, f"{theirs}, harmed"}


def test_moments_and_tags_may_take_another_form(crash: Callable[[Kind, int], Crash]) -> None:
    """Relay writes seconds, and pairs; a lost tag is still damage."""
    made = crash(SMALL, 1)
    other = {**made.event, "timestamp": 1.0, "tags": [["task", "detect"]]}
    assert damage(made.event, other, made.planted) == []
    assert damage(made.event, {**other, "tags": []}, made.planted) == [("tags", "task")]


def test_the_bars_are_those_of_the_table() -> None:
    """Both ratios that must hold have one."""
    assert set(crash_events.BAR.values()) <= set(bars())
    assert len(dict(leaves({"a": [1, {"b": None}]}))) == 2
