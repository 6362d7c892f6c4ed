"""
What names cost: a message, a line of a log, and an event that crashed.

Promise: all systems take turns on the same texts, and each round has texts that none of them has
seen; what a tagger remembers of words and of lines it has from others. What is gained where the
same ones come again stands in a row of its own.
"""

from __future__ import annotations

import copy
from random import Random
from statistics import mean
from typing import TYPE_CHECKING, Any, Final

from benchmarks import corpora
from benchmarks.archive_files import loghub_lines, own
from benchmarks.crashes import KINDS, crashing
from benchmarks.figures import Figure
from benchmarks.measure import Timing, interleaved, stopwatch
from benchmarks.ner.systems import EMBEDDED, System
from benchmarks.ner.tables import BARS
from scrubber import Identity, Scrubber
from scrubber.ner.people import People
from scrubber.ner.tagger import EmbeddedTagger

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from training.messages import Message

SEED: Final = 20_265
SHORTEST: Final = 50
LONGEST: Final = 85
CHUNK: Final = 200
"""Messages of a round, at most."""
AGAIN: Final = 4
"""How often a log's lines come, each time with another time and number."""


def per_message(
    systems: Sequence[System], messages: Sequence[Message], rounds: int
) -> list[Figure]:
    """Return the time of a message of middle length, one by one, without the gate's memory.

    Args:
        systems: freshly opened, so that nothing of the messages is remembered.
        messages: of the sets that are held out.
        rounds: each with other messages; the rest of them and one round more go before.
    """
    texts = [one.text for one in messages if SHORTEST <= len(one.text) <= LONGEST]
    texts = list(dict.fromkeys(texts))
    Random(SEED).shuffle(texts)  # noqa: S311  # not for keeping secrets
    size = max(min(CHUNK, len(texts) // (rounds + 2)), 1)
    chunks = [texts[at * size : (at + 1) * size] for at in range(rounds + 1)]
    bare = System(f"{EMBEDDED}, the tagger alone", "", EmbeddedTagger().tag)  # type: ignore[arg-type]  # only timed
    timed = [bare, *systems]
    for one in timed:
        if not one.peer:
            for text in texts[(rounds + 1) * size :]:
                one.find(text)
    work = {one.name: _each(one.find, chunks) for one in timed}
    times = interleaved(work, rounds)
    again = interleaved(
        {name: _each(one.find, [chunks[-1]]) for name, one in _first(timed)}, rounds
    )
    title = f"a message of {mean(map(len, texts)):.0f} characters"
    figures = [
        Figure(
            title,
            name,
            timing.median / size * 1e6,
            "µs",
            BARS["message"] if name == bare.name else None,
        )
        for name, timing in times.items()
    ]
    figures += [
        Figure(title, f"{name}, seen before", timing.median / size * 1e6, "µs")
        for name, timing in again.items()
    ]
    figures += [
        Figure(title, f"{name} / {bare.name}", timing.times(times[bare.name]), "times")
        for name, timing in times.items()
        if name != bare.name
    ]
    return figures


def _first(systems: Sequence[System]) -> list[tuple[str, System]]:
    return [(systems[0].name, systems[0])]


def _each(find: Callable[[str], object], chunks: Sequence[Sequence[str]]) -> Callable[[], float]:
    """Return a contestant that takes another chunk each time."""
    turn = 0

    def work() -> None:
        for text in chunks[turn % len(chunks)]:
            find(text)

    timed = stopwatch(work)

    def contestant() -> float:
        nonlocal turn
        seconds = timed()
        turn += 1
        return seconds

    return contestant


def per_line(folder: Path, lines: int, rounds: int) -> list[Figure]:
    """Return the time of a line of a log, with gate and memory; each round begins without any."""
    shuffled = loghub_lines(folder)
    in_order = [
        line
        for path in sorted(folder.glob("*.log"))
        for line in path.read_text("utf-8", "replace").splitlines()
    ]
    logs = {
        "real logs, once": in_order,
        f"real logs, {AGAIN} times, each line its own": [
            own(line, number) for number, line in enumerate(shuffled * AGAIN)
        ],
        "training logs": corpora.training(SEED, lines),
        "service logs": corpora.service(SEED, lines),
    }
    times = interleaved({name: stopwatch(_finding(log)) for name, log in logs.items()}, rounds)
    return [
        Figure(
            "a line of a log, with gate and memory",
            f"{name} ({len(logs[name]):,} lines)",
            timing.median / len(logs[name]) * 1e6,
            "µs",
            BARS["log line"],
        )
        for name, timing in times.items()
    ]


def _finding(lines: Sequence[str]) -> Callable[[], None]:
    def work() -> None:
        find = People([EmbeddedTagger()]).find
        for line in lines:
            find(line)

    return work


def per_event(rounds: int, events: int) -> list[Figure]:
    """Return the time of a crash event that was never seen, with and without names.

    Raises:
        ModuleNotFoundError: the SDK that makes the events is not installed.
    """
    figures: list[Figure] = []
    scrubbers = {
        ner: Scrubber(ner=ner, identity=Identity.none()) for ner in ("off", "events", "on")
    }
    for one in scrubbers.values():
        one.warm()
    with crashing() as crash:
        for kind in KINDS[:2]:
            seconds: dict[str, list[float]] = {ner: [] for ner in scrubbers}
            for turn in range(rounds + 1):
                made = [crash(kind, 1000 * turn + at).event for at in range(events)]
                for ner, one in scrubbers.items():
                    took = stopwatch(_scrubbing(one, copy.deepcopy(made)))()
                    if turn:
                        seconds[ner].append(took / events)
            times = {ner: Timing(tuple(took)) for ner, took in seconds.items()}
            title = f"scrub(event): {kind.name}"
            for ner, timing in times.items():
                figures.append(Figure(title, f"ner {ner}", timing.median * 1e3, "ms an event"))
                if ner != "off":
                    ratio = timing.times(times["off"])
                    figures.append(Figure(title, f"ner {ner} / off", ratio, "times"))
    return figures


def _scrubbing(scrubber: Scrubber, events: Sequence[dict[str, Any]]) -> Callable[[], None]:
    def work() -> None:
        for event in events:
            scrubber.scrub(event)

    return work
