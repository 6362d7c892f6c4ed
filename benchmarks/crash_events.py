"""
Crash events against Relay, Sentry's own scrubber: `python -m benchmarks.crash_events [FOLDER]`.

FOLDER is where `python -m benchmarks.peers setup FOLDER` has put the environments of the others.
Each contestant runs in a process of its own, in turns and in changing order, on events that nobody
has seen before: each round has new ones, with other names, numbers, paths and messages. Then the
same ones are timed once more, as a crash that comes again. Medians; a ratio is the median of those
within rounds. Leaks are planted values that are still there, damage is what was harmed besides.

Promise: one leak or one harmed value of ours, and this ends with 1. Where sentry-sdk or Relay is
missing, that is said with the reason, and the rest is measured.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.crash_worker import CONTESTANTS
from benchmarks.crashes import KINDS, Crash, Kind, crashing, damage, leaves, occurrences
from benchmarks.figures import Figure, Results, bars
from benchmarks.machine import Setting
from benchmarks.measure import Timing
from benchmarks.peers.environments import peers
from benchmarks.peers.remote import ALONE, ROOT, PeerError, Remote

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

OURS: Final = ("fast, no remarks", "balanced, remarks")
RIVAL: Final = "Relay, Sentry's defaults"
BAR: Final = {
    (KINDS[1].name, OURS[0]): "crash event, Relay",
    (KINDS[2].name, OURS[0]): "image event, Relay",
}
UNFAIR: Final = (
    "to Relay: each call parses its settings anew, it has no other call; it is made for a server",
    "to Relay: its Python package writes the event as JSON and reads the result, as a row tells",
    "to us: Relay looks for less: no host names, and by its defaults no paths of users",
    "to us: by its defaults Relay leaves out paths of frames and messages of exceptions",
    "to us: `rules everywhere` is what Relay's rules can do, not what anybody gets unasked",
    "findings: planted values that are left, or values harmed; those of ours must be 0",
    "harmed: without anything planted and changed, or of its plain words, one is gone",
)


def start(name: str, python: Path) -> Remote:
    """Start the worker of a contestant, on one thread."""
    return Remote(
        subprocess.Popen(
            [python, "-m", "benchmarks.crash_worker", name],
            cwd=ROOT,
            env={**os.environ, **dict.fromkeys(ALONE, "1"), "PYTHONWARNINGS": "ignore"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        )
    )


def interpreter(name: str, folder: Path | None) -> Path | None:
    """Return the Python to run a contestant with, or None where its package is not installed."""
    if not name.startswith("Relay") or find_spec("sentry_relay") is not None:
        return Path(sys.executable)
    return next(peer for peer in peers() if peer.name == "sentry-relay").python(folder)


def opened(stack: ExitStack, folder: Path | None, results: Results) -> dict[str, Remote]:
    """Start the contestants that run here; note why others do not."""
    found: dict[str, Remote] = {}
    for name in CONTESTANTS:
        python = interpreter(name, folder)
        if python is None:
            results.skip(name, "not installed: python -m benchmarks.peers setup FOLDER")
            continue
        remote = stack.enter_context(start(name, python))
        try:
            told = remote.version()
        except PeerError as error:
            results.skip(name, str(error))
            continue
        if name.startswith("Relay"):
            results.setting.versions["sentry-relay"] = told
        found[name] = remote
    return found


@dataclass(slots=True)
class Course:
    """What came of one kind of crash.

    Attributes:
        fresh: seconds an event, a value a round, by contestant; each event for the first time.
        again: the same for the same events once more.
        planted: how many planted values stand in the events of the first round.
        leaks: how many of them are left, by contestant.
        kept: how many values may not change.
        harmed: how many did.
    """

    fresh: dict[str, list[float]] = field(default_factory=dict)
    again: dict[str, list[float]] = field(default_factory=dict)
    planted: int = 0
    leaks: dict[str, int] = field(default_factory=dict)
    kept: int = 0
    harmed: dict[str, int] = field(default_factory=dict)


def race(
    remotes: dict[str, Remote], made: Callable[[int], Crash], *, rounds: int, events: int
) -> Course:
    """Run all contestants on one kind of crash.

    Args:
        remotes: the contestants.
        made: makes a crash from a seed.
        rounds: how often, with new events each time; one more goes before, which does not count
            and is the one whose results are looked at.
        events: a round.
    """
    course = Course()
    names = list(remotes)
    for number in range(rounds + 1):
        crashes = [made(1000 * number + place) for place in range(events)]
        for name in names:
            remotes[name].ask(do="events", events=[one.event for one in crashes])
        if number == 0:
            _inspect(course, crashes, remotes)
        names = names[1:] + names[:1]
        for kind in (course.fresh, course.again):
            for name in names:
                took = float(remotes[name].ask(do="time")["seconds"])
                if number:
                    kind.setdefault(name, []).append(took / events)
    return course


def _inspect(course: Course, crashes: Sequence[Crash], remotes: dict[str, Remote]) -> None:
    course.planted = sum(sum(occurrences(one.event, one.planted).values()) for one in crashes)
    course.kept = sum(1 for one in crashes for _ in leaves(one.event))
    for name, remote in remotes.items():
        after = remote.ask(do="results")["events"]
        pairs = list(zip(crashes, after, strict=True))
        course.leaks[name] = sum(
            sum(occurrences(found, one.planted).values()) for one, found in pairs
        )
        course.harmed[name] = sum(
            len(damage(one.event, found or {}, one.planted)) for one, found in pairs
        )


def figures(kind: Kind, course: Course) -> list[Figure]:
    """Return the rows of one kind of crash."""
    found: list[Figure] = []
    for name, seconds in course.fresh.items():
        counted = name in course.leaks and name != "JSON both ways"
        found.append(
            Figure(
                kind.name,
                name,
                Timing(tuple(seconds)).median * 1e3,
                "ms an event",
                findings=course.leaks[name] if counted else None,
                expected=0 if name in OURS else None,
            )
        )
        if counted:
            expected = 0 if name in OURS else None
            harmed = course.harmed[name]
            share = harmed / course.kept * 100
            title = f"{name}, harmed"
            found.append(Figure(kind.name, title, share, "%", findings=harmed, expected=expected))
    for name in [one for one in OURS if one in course.fresh]:
        for rival in [one for one in course.fresh if one.startswith("Relay")]:
            bar = (
                bars()[BAR[kind.name, name]]
                if rival == RIVAL and (kind.name, name) in BAR
                else None
            )
            for what, times in (("", course.fresh), (", again", course.again)):
                ratio = Timing(tuple(times[name])).times(Timing(tuple(times[rival])))
                title = f"{name} / {rival}{what}"
                found.append(Figure(kind.name, title, ratio, "times", None if what else bar))
    return found


def main(arguments: Sequence[str]) -> int:
    """Print the table; 1 when something of ours leaked or was harmed."""
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--events", type=int, default=10, help="a round; of images a fifth")
    names = [kind.name for kind in KINDS]
    parser.add_argument("--kinds", nargs="+", default=names, choices=names, metavar="NAME")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there, too")
    options = parser.parse_args(arguments)
    command = f"python -m benchmarks.crash_events FOLDER --rounds {options.rounds}"
    results = Results(Setting.here(f"{command} --events {options.events}"))
    if find_spec("sentry_sdk") is None:
        results.skip(
            "crash events", "sentry-sdk is not installed: pip install 'crashscrub[sentry]'"
        )
        return results.finish(options.json)
    with ExitStack() as stack:
        remotes = opened(stack, options.folder, results)
        crash = stack.enter_context(crashing())
        for kind in [one for one in KINDS if one.name in options.kinds]:
            events = max(1, options.events // 5) if kind.image else options.events
            made = partial(crash, kind)
            course = race(remotes, made, rounds=options.rounds, events=events)
            results.notes.append(
                f"{kind.name}: {course.planted:,} planted values and {course.kept:,} values in "
                f"{events} events"
            )
            results.figures += figures(kind, course)
    results.notes += UNFAIR
    return results.finish(options.json)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
