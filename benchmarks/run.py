"""
Time the engines on each benchmark and check what they find. This is `make bench`.

Promise: it needs nothing but the package, takes less than two minutes, and ends with 1 when an
engine finds something else than expected or gives another text than the reference.

What is unfair: a few seconds on a machine that does other things are an estimate; run it with
`--rounds 9` for a figure to quote. What needs other packages, files or minutes is measured beside:

    python -m benchmarks.first_use          import, first calls, memory
    python -m benchmarks.growth_of_rules    from 50 to 500 rules
    python -m benchmarks.archives           files of 100 MB through the command
    python -m benchmarks.ner                names of people found, and what that costs
    python -m benchmarks.training_loop      a loop of PyTorch with a filter in its log
    python -m benchmarks.peers              other scrubbers on the same lines
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks import corpora, raw_scans
from benchmarks.engines import SLOW, offered, scrubber
from benchmarks.figures import DEFINITIONS, Figure, Results, bars
from benchmarks.machine import Setting
from benchmarks.measure import interleaved, stopwatch

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from benchmarks.measure import Timing
    from scrubber import Scrubber

ROUNDS: Final = 3
DENSITIES: Final = (0, 1, 5, 10, 20)


@dataclass(frozen=True, slots=True)
class Benchmark:
    """One table of definitions.toml.

    Attributes:
        name: Shown in the table.
        corpus: A function of corpora.py.
        call: How the lines are given: `each`, `many` or `block`.
        seed: For the corpus.
        lines: How many.
        findings: How many a right engine finds.
        rounds: At most so many, where the reference takes long; 0 for no limit.
        bar: What the fastest engine has to reach in µs a line, or "".
        names: Whether the names of a usual machine are looked for.
    """

    name: str
    corpus: str
    call: str
    seed: int
    lines: int
    findings: int
    rounds: int = 0
    bar: str = ""
    names: bool = False

    def text(self) -> list[str]:
        """Return the lines to scan."""
        generate: Callable[[int, int], list[str]] = getattr(corpora, self.corpus)
        return generate(self.seed, self.lines)


def load() -> list[Benchmark]:
    """Return every benchmark defined."""
    tables = tomllib.loads(DEFINITIONS.read_text("utf-8"))["benchmark"]
    return [Benchmark(**table) for table in tables]


def scrubbed(one: Scrubber, call: str, lines: Sequence[str]) -> str:
    """Return the lines without what is found in them."""
    if call == "many":
        return "\n".join(one.scrub_many(lines))
    if call == "each":
        return "\n".join([one.scrub_text(line) for line in lines])
    return one.scrub_text("\n".join(lines))


def count(one: Scrubber, call: str, lines: Sequence[str]) -> int:
    """Return how many findings the lines have."""
    if call == "block":
        return len(one.scan("\n".join(lines)))
    return sum(len(one.scan(line)) for line in lines)


def timed(
    engines: Mapping[str, Scrubber], call: str, lines: Sequence[str], rounds: int
) -> dict[str, Timing]:
    """Return the times of all engines on some lines."""
    return interleaved(
        {
            name: stopwatch(lambda one=one: scrubbed(one, call, lines))  # type: ignore[misc]
            for name, one in engines.items()
        },
        rounds,
        warm=False,  # the check before has done it
    )


def differing(engines: Mapping[str, Scrubber], call: str, lines: Sequence[str]) -> list[str]:
    """Return the engines that give another text than the reference."""
    texts = {name: scrubbed(one, call, lines) for name, one in engines.items()}
    return [name for name, text in texts.items() if text != texts[SLOW]]


def one_benchmark(
    benchmark: Benchmark, engines: Mapping[str, Scrubber], rounds: int
) -> tuple[list[Figure], list[str]]:
    """Return the figures of one benchmark, and the engines that gave a wrong text."""
    lines, call = benchmark.text(), benchmark.call
    wrong = differing(engines, call, lines)
    times = timed(engines, call, lines, min(rounds, benchmark.rounds or rounds))
    last = next(reversed(times))
    return [
        Figure(
            benchmark.name,
            f"{name}, {call}",
            time.median / benchmark.lines * 1e6,
            "µs a line",
            bars()[benchmark.bar] if benchmark.bar and name == last else None,
            count(engines[name], call, lines),
            benchmark.findings,
        )
        for name, time in times.items()
    ] + _faster(benchmark.name, times), wrong


def _faster(name: str, times: Mapping[str, Timing]) -> list[Figure]:
    """Return how many times as fast as the reference the others are."""
    return [
        Figure(name, f"{SLOW} / {other}", times[SLOW].times(time), "times")
        for other, time in times.items()
        if other != SLOW
    ]


def over_the_scans(engines: Mapping[str, Scrubber], rounds: int) -> list[Figure]:
    """Return what a clean line costs over the scans it needs, for each engine that scans."""
    lines = corpora.even(3, 1000)
    figures: list[Figure] = []
    for name, one in engines.items():
        if name == SLOW or (floor := raw_scans.floor(one.scrub_text, lines)) is None:
            continue
        work = {
            "scrub_text": stopwatch(lambda one=one: scrubbed(one, "each", lines)),  # type: ignore[misc]
            "scans": stopwatch(floor),
        }
        times = interleaved(work, max(9, rounds))
        scans, bar = times["scans"], bars()["clean line, raw scans"]
        title = "clean line of 110 bytes"
        figures += [
            Figure(title, f"{name}, its scans alone", scans.median / len(lines) * 1e6, "µs a line"),
            Figure(
                title, f"{name} / its scans alone", times["scrub_text"].times(scans), "times", bar
            ),
        ]
    return figures


def by_density(engines: Mapping[str, Scrubber], rounds: int) -> tuple[list[Figure], list[str]]:
    """Return what a line costs as findings in it grow, and the engines that gave a wrong text."""
    figures: list[Figure] = []
    wrong: list[str] = []
    for planted in DENSITIES:
        lines = corpora.dense(6, 200, planted)
        wrong += differing(engines, "many", lines)
        for name, time in timed(engines, "many", lines, rounds).items():
            found = count(engines[name], "many", lines)
            value = time.median / len(lines) * 1e6
            title = f"line of 500 bytes, {planted} findings"
            expected = planted * len(lines)
            figures.append(
                Figure(title, name, value, "µs a line", findings=found, expected=expected)
            )
    return figures, wrong


def main(arguments: Sequence[str]) -> int:
    """Print the table; 1 when an engine found what it should not, or missed some."""
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0])
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there, too")
    options = parser.parse_args(arguments)
    engines, refused = offered()
    knowing = {name: scrubber(name, usual=True) for name in engines}
    command = f"python -m benchmarks.run --rounds {options.rounds}"
    results = Results(Setting.here(command))
    first = engines[SLOW]
    count_of_rules = len(first.ruleset.rules_for(first.policy))
    results.notes.append(f"{count_of_rules} rules, policy {first.policy.id}, no tagger, one thread")
    for engine, reason in refused.items():
        results.skip(f"engine {engine}", reason)
    wrong: list[str] = []
    for benchmark in load():
        chosen = knowing if benchmark.names else engines
        figures, differ = one_benchmark(benchmark, chosen, options.rounds)
        results.figures += figures
        wrong += [f"{name} on {benchmark.name}" for name in differ]
    scans = over_the_scans(engines, options.rounds)
    results.figures += scans
    if not scans:
        results.skip("a clean line over its scans", "no engine here scans with a library")
    figures, differ = by_density(engines, options.rounds)
    results.figures += figures
    wrong += [f"{name} on lines of many findings" for name in differ]
    results.notes += [f"WRONG: another text than the reference: {one}" for one in wrong]
    return results.finish(options.json) or bool(wrong)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
