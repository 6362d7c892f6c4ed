"""
What a clean line costs as rules grow from 50 to 500: `python -m benchmarks.growth_of_rules`.

The rules are drawn from the packaged ones, several times with another seed; each larger set of a
draw holds the smaller ones. Which 50 are drawn matters more than how many there are, so the ratio
is the median over draws.

Promise: nothing is found in clean lines by any set, or this ends with 1.

What is unfair: the names of a machine are not looked for, and the patterns of the packaged rules
are alike; rules of another kind could cost more.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from random import Random
from statistics import median
from typing import TYPE_CHECKING, Final

from benchmarks import corpora
from benchmarks.engines import SLOW, offered
from benchmarks.figures import Figure, Results, bars
from benchmarks.machine import Setting
from benchmarks.measure import Timing, interleaved, stopwatch
from scrubber import Identity, Scrubber

if TYPE_CHECKING:
    from collections.abc import Sequence

SIZES: Final = (50, 100, 200, 500)
LINES: Final = {SLOW: 300}
FAST_LINES: Final = 10_000


def with_rules(engine: str, seed: int, size: int) -> Scrubber:
    """Return a warm scrubber with some of the packaged rules."""
    made = Scrubber(engine=engine, identity=Identity.none())
    rules = list(made.ruleset.rules_for(made.policy))
    Random(seed).shuffle(rules)  # noqa: S311  # not for keeping secrets
    chosen = tuple(sorted(rules[:size], key=lambda rule: rule.id))
    made._wirings.ruleset = replace(made.ruleset, rules=chosen)  # noqa: SLF001  # of no file
    made.warm()
    return made


def draw(
    engine: str, seed: int, lines: Sequence[str], rounds: int
) -> dict[int, tuple[Timing, int]]:
    """Return times and findings by count of rules, of one draw."""
    made = {size: with_rules(engine, seed, size) for size in SIZES}
    work = {
        str(size): stopwatch(lambda one=one: one.scrub_many(lines))  # type: ignore[misc]
        for size, one in made.items()
    }
    times = interleaved(work, rounds)
    changed = {
        size: sum(a != b for a, b in zip(one.scrub_many(lines), lines, strict=True))
        for size, one in made.items()
    }
    return {size: (times[str(size)], changed[size]) for size in SIZES}


def of_engine(engine: str, draws: int, rounds: int) -> list[Figure]:
    """Return the figures of one engine."""
    lines = corpora.even(8, LINES.get(engine, FAST_LINES))
    found = [draw(engine, seed, lines, rounds) for seed in range(draws)]
    least, most = SIZES[0], SIZES[-1]
    result = [
        Figure(
            "clean batch",
            f"{engine}, {size} rules",
            median(one[size][0].median for one in found) / len(lines) * 1e6,
            "µs a line",
            findings=sum(one[size][1] for one in found),
            expected=0,
        )
        for size in SIZES
    ]
    ratio = median(one[most][0].times(one[least][0]) for one in found)
    bar = None if engine == SLOW else bars()["rules, 50 to 500"]
    return [
        *result,
        Figure("clean batch", f"{engine}, {most} / {least} rules", ratio, "times", bar),
    ]


def main(arguments: Sequence[str]) -> int:
    """Print the table; 1 when something was found in clean lines."""
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0])
    parser.add_argument("--draws", type=int, default=3)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there, too")
    options = parser.parse_args(arguments)
    command = f"python -m benchmarks.growth_of_rules --draws {options.draws}"
    results = Results(Setting.here(f"{command} --rounds {options.rounds}"))
    engines, refused = offered()
    for engine, reason in refused.items():
        results.skip(f"engine {engine}", reason)
    for engine in engines:
        results.figures += of_engine(engine, options.draws, options.rounds)
    return results.finish(options.json)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
