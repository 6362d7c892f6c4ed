"""
A tree of files through every engine: `python -m benchmarks.archive_jobs TREE --work FOLDER`.

TREE is made by `python -m benchmarks.tree`. It is redacted by `scrubber redact` with each engine in
turn, its start included; every target has to be the first one's, byte for byte. One run is ended by
SIGKILL again and again, at random moments, and gone on with: its target, too. `--verify` has to
find nothing in it, and none of the planted values may be left. Then each format is done by itself
in one process, for a figure of each.

What is unfair: source and target lie on one disk, so two processes share it; the system may still
have the files in memory; and engines that start a cluster pay for that each time.

Ends with 1 when anything is not as it has to be.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.archive_jobs.commands import redact, verify
from benchmarks.archive_jobs.formats import speeds
from benchmarks.archive_jobs.trees import differing
from benchmarks.machine import Setting
from benchmarks.tree.planted import read_planted
from benchmarks.tree.searching import left

if TYPE_CHECKING:
    from benchmarks.archive_jobs.commands import Ended

ENGINES: Final = ("local:1", "local:2", "ray:2", "spark:2")
_MB: Final = 1e6


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.archive_jobs",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("tree", type=Path)
    parser.add_argument("--work", type=Path, required=True, help="A folder for the targets.")
    parser.add_argument("--engines", nargs="*", default=ENGINES, metavar="NAME:JOBS")
    parser.add_argument("--kills", type=int, default=20, help="How often one run is killed.")
    parser.add_argument("--seed", type=int, default=1, help="Of the moments of the kills.")
    parser.add_argument("--formats", action="store_true", help="Each format by itself, too.")
    chosen = parser.parse_args(arguments)
    words = sys.argv[1:] if arguments is None else arguments
    print(Setting.here(f"python -m benchmarks.archive_jobs {' '.join(words)}").heading())
    total = sum(one.stat().st_size for one in chosen.tree.rglob("*") if one.is_file())
    print(f"\n{total:,} bytes\n\n| engine | seconds | MB/s | to the first | most a process held |")
    print("|---|--:|--:|--:|--:|")
    wrong: list[str] = []
    first: tuple[Path, float] | None = None
    for engine in chosen.engines:
        name, _, jobs = engine.partition(":")
        target = _fresh(chosen.work / f"{name}-{jobs}")
        ended = redact(chosen.tree, target, ["--engine", name, "--jobs", jobs])
        wrong += _complaints(engine, ended)
        first = first or (target, ended.seconds)
        ratio = first[1] / ended.seconds
        rate = total / ended.seconds / _MB
        held = f"{ended.held / _MB:,.0f} MB" if ended.held else "-"
        row = (engine, f"{ended.seconds:,.1f}", f"{rate:,.2f}", f"{ratio:.2f}", held)
        print(f"| {' | '.join(row)} |", flush=True)
        if target != first[0]:
            wrong += [f"{engine}: {path} differs" for path in differing(first[0], target)]
            shutil.rmtree(target)
    if first is None:
        return 2
    target, seconds = first
    if chosen.kills:
        wrong += _killed(chosen.tree, target, chosen.work, seconds / 2, chosen.kills, chosen.seed)
    checked = verify(target)
    print(f"\n--verify: {checked.seconds:,.1f} s, ended with {checked.code}")
    wrong += _complaints("--verify", checked)
    planted = read_planted(chosen.tree.with_name(f"{chosen.tree.name}.planted.jsonl"))
    remaining = left(target, planted)
    print(f"{len(remaining)} of {len(planted)} planted values are left")
    wrong += [f"left: {one.kind} {one.path}" for one in remaining]
    if chosen.formats:
        _formats(chosen.tree, _fresh(chosen.work / "formats"))
    for one in wrong:
        print(f"WRONG {one}")
    return 1 if wrong else 0


def _killed(  # noqa: PLR0913, PLR0917  # one run
    tree: Path, expected: Path, work: Path, seconds: float, kills: int, seed: int
) -> list[str]:
    """Kill a run at random moments, go on with it, and compare what it comes to."""
    target = _fresh(work / "killed")
    draw = random.Random(seed)  # noqa: S311  # no secret
    options = ["--jobs", "2"]
    ends = [
        # A run goes on where the last one was, so that each has less to do.
        redact(tree, target, options, kill_after=draw.uniform(0.2, max(1.0, 2 * seconds / kills)))
        for _ in range(kills)
    ]
    by_signal = sum(one.code < 0 for one in ends)
    last = redact(tree, target, options)
    print(f"\nkilled {by_signal} times, then ended with {last.code} in {last.seconds:,.1f} s")
    wrong = _complaints("killed", last)
    wrong += [f"killed: {path} differs" for path in differing(expected, target)]
    manifests = [
        one.with_name(f"{one.name}.manifest.jsonl").read_bytes() for one in (expected, target)
    ]
    if manifests[0] != manifests[1]:
        wrong.append("killed: the manifest differs")
    shutil.rmtree(target)
    return wrong


def _formats(tree: Path, scratch: Path) -> None:
    print("\n| format | files | MB | findings | MB/s, one core |\n|---|--:|--:|--:|--:|")
    for kind, speed in speeds(tree, scratch).items():
        row = (
            kind,
            speed.files,
            f"{speed.size / _MB:,.1f}",
            f"{speed.findings:,}",
            f"{speed.rate:.2f}",
        )
        print(f"| {' | '.join(map(str, row))} |", flush=True)


def _fresh(folder: Path) -> Path:
    """Give the place of a folder, with nothing there, nor a manifest beside it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.with_name(f"{folder.name}.manifest.jsonl").unlink(missing_ok=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    return folder


def _complaints(name: str, ended: Ended) -> list[str]:
    if not ended.code:
        return []
    return [f"{name}: ended with {ended.code}: {' '.join(ended.said.split())[-300:]}"]


if __name__ == "__main__":
    sys.exit(main())
