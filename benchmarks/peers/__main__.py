"""
Other scrubbers on the same lines, in turns, each in an environment and a process of its own.

    python -m benchmarks.peers setup FOLDER     # makes the environments; minutes, and a few 100 MB
    python -m benchmarks.peers run FOLDER       # the table; without FOLDER only what needs nothing

Promise: A B C, A B C; medians; a ratio is the median of those within rounds. A peer that does not
run is told with the reason. Ours are held to an exact count of findings, theirs are only shown.

What is unfair stands below the table, for each of them. For all: nobody else looks for as much, and
each finds other things, so a count that differs from ours is no error.
"""

from __future__ import annotations

import argparse
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks import corpora
from benchmarks.figures import Figure, Results, bars
from benchmarks.machine import Setting
from benchmarks.measure import interleaved
from benchmarks.peers.environments import peers, setup
from benchmarks.peers.remote import PeerError, Remote

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from benchmarks.measure import Timing

CALLS: Final = ("each", "many", "block")
OURS: Final = ("reference", "vector")
RIVAL: Final = "datafog-core"
SEED: Final = 7


def opened(
    stack: ExitStack, folder: Path | None, wanted: Sequence[str], results: Results
) -> dict[str, Remote]:
    """Start the peers that run here; note why others do not."""
    found: dict[str, Remote] = {}
    for peer in peers():
        if wanted and peer.name not in wanted:
            continue
        python = peer.python(folder)
        if python is None:
            why = "no folder given" if folder is None else "not installed there"
            results.skip(peer.name, f"{why}: python -m benchmarks.peers setup FOLDER")
            continue
        remote = stack.enter_context(Remote.start(python, peer.adapter))
        try:
            results.setting.versions[peer.name] = remote.version()
        except PeerError as error:
            results.skip(peer.name, str(error))
            continue
        found[peer.name] = remote
        results.notes.append(f"{peer.name}: {peer.unfair}")
    return found


def offers(remotes: Mapping[str, Remote], call: str, results: Results) -> list[str]:
    """Return who has a call; the first run, which warms, tells."""
    found: list[str] = []
    for name, remote in remotes.items():
        try:
            if remote.seconds(call) is not None:
                found.append(name)
        except PeerError as error:
            results.skip(f"{name}, {call}", str(error))
    return found


def contestant(remote: Remote, call: str) -> Callable[[], float]:
    """Return what asks a peer to time itself once."""
    return lambda: remote.seconds(call) or 0.0


@dataclass(frozen=True, slots=True)
class Task:
    """What everybody is given.

    Attributes:
        title: Shown in the table.
        lines: the texts.
        expected: how many findings a right engine of ours has.
    """

    title: str
    lines: Sequence[str]
    expected: int


def everybody(
    task: Task, remotes: Mapping[str, Remote], results: Results, rounds: int
) -> dict[tuple[str, str], Timing]:
    """Time all peers on a task and note their figures; return the times by name and call."""
    lines = task.lines
    counts = {name: remote.take(lines) for name, remote in remotes.items()}
    work = {
        f"{name}|{call}": contestant(remotes[name], call)
        for call in CALLS
        for name in offers(remotes, call, results)
    }
    times = {
        (key.partition("|")[0], key.partition("|")[2]): time
        for key, time in interleaved(work, rounds, warm=False).items()
    }
    results.figures += [
        Figure(
            task.title,
            f"{name}, {call}",
            time.median / len(lines) * 1e6,
            "µs a line",
            findings=counts[name],
            expected=task.expected if name in OURS else None,
        )
        for (name, call), time in times.items()
    ]
    return times


def against_us(times: Mapping[tuple[str, str], Timing], title: str) -> list[Figure]:
    """Return our time as a share of theirs, call by call, and the bars where there are some."""
    ours = next((name for name in reversed(OURS) if (name, "each") in times), None)
    if ours is None:
        return []
    found: list[Figure] = []
    for (name, call), theirs in times.items():
        if name in OURS:
            continue
        if call == "each":
            bar = bars()["clean line, datafog-core"] if name.startswith(RIVAL) else None
            ratio = times[ours, "each"].times(theirs)
            found.append(Figure(title, f"{ours}, each / {name}, each", ratio, "times", bar))
        bar = bars()["clean batch, datafog-core"] if name.startswith(RIVAL) else None
        ratio = times[ours, "many"].times(theirs)
        found.append(Figure(title, f"{ours}, many / {name}, {call}", ratio, "times", bar))
    return found


def run(options: argparse.Namespace) -> int:
    """Print the table of all peers."""
    command = f"python -m benchmarks.peers run FOLDER --lines {options.lines}"
    results = Results(Setting.here(f"{command} --rounds {options.rounds}"))
    results.notes.append("findings of the others are theirs: they look for other things than we do")
    count = options.lines
    clean = Task(f"clean line of {corpora.LINE} bytes", corpora.even(SEED, count), 0)
    planted = corpora.service_findings(SEED, count)
    personal = Task("service log", corpora.service(SEED, count), planted)
    with ExitStack() as stack:
        remotes = opened(stack, options.folder, options.only, results)
        times = everybody(clean, remotes, results, options.rounds)
        results.figures += against_us(times, clean.title)
        everybody(personal, remotes, results, options.rounds)
    return results.finish(options.json)


def main(arguments: Sequence[str]) -> int:
    """Do what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    making = commands.add_parser("setup", help="make the environments")
    making.add_argument("folder", type=Path)
    running = commands.add_parser("run", help="time everybody")
    running.add_argument("folder", type=Path, nargs="?")
    running.add_argument("--lines", type=int, default=10_000)
    running.add_argument("--rounds", type=int, default=5)
    running.add_argument("--only", nargs="+", default=[], metavar="NAME")
    running.add_argument("--json", type=Path, metavar="FILE", help="write the figures there, too")
    options = parser.parse_args(arguments)
    return setup(options.folder) if options.command == "setup" else run(options)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
