"""
Do the engines find the same? `python -m benchmarks.differences --units N [--logs FOLDER]`.

Units are made from the examples of all packaged rules by `benchmarks.mutated_units`, and put
together to documents of as many lines or more. On each document every rule runs by itself, with
nothing skipped (the specification), and behind the screen of the vector engine. Compared are all
spans, and whether a unit that was called clean holds one; and each line is looked at with other
digits, too, for what is recalled by the shape of a line. With `--logs`, each `*.log` of a folder
goes through two scrubbers as bytes, and what comes out and the counts are compared.

Prints units, spans, differences and time; exits 1 where there is a difference, and says which
rules it is about. The same seed gives the same units, whatever the number of processes.

What is unfair: a unit of a thousand rules' examples says nothing of a rule that is not there.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, islice
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final

from benchmarks.mutated_units import other_digits, units
from scrubber import Identity, Scrubber
from scrubber.detect import databases
from scrubber.detect.confirm import confirm
from scrubber.detect.reference import find
from scrubber.detect.sieve import Sieve
from scrubber.detect.vector import Screened
from scrubber.engines import Compiled
from scrubber.redact.operators import Operators
from scrubber.ruleset.model import Policy, Ruleset
from scrubber.wiring import load_ruleset, wire

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scrubber.detect.confirm import Detector
    from scrubber.types import Span

TOGETHER: Final = 250
SAME_SHAPE: Final = 2
"""Units of a document."""


@dataclass(frozen=True, slots=True)
class Engines:
    """Two engines for the same rules.

    Attributes:
        plain: every rule, nothing skipped.
        screened: the same behind a screen.
        sieve: tells what is clean by the same screen.
    """

    plain: tuple[Detector, ...]
    screened: Screened
    sieve: Sieve


@dataclass(slots=True)
class Tally:
    """What was compared, and where the engines differed."""

    units: int = 0
    spans: int = 0
    differences: tuple[str, ...] = ()

    def __add__(self, other: Tally) -> Tally:
        """Put two together."""
        return Tally(
            self.units + other.units,
            self.spans + other.spans,
            self.differences + other.differences,
        )


@cache
def engines() -> Engines:
    """Return the engines for all packaged rules, those of countries too."""
    rules = load_ruleset().rules
    database = databases.kept(rules)
    if database is None:
        database = databases.compiled(rules)
        databases.keep(rules, database)
    policy = Operators(Policy("all", min_confidence=0.0))
    detectors = wire(rules, policy, Ruleset(rules, {})).detectors
    screen = Compiled(rules, database).screen(rules)
    return Engines(tuple(detectors), Screened.of(detectors, screen=screen), Sieve(screen))


def differences(text: str, made: Engines) -> tuple[set[Span], list[Span]]:
    """Return the spans only one engine has, and all of the specification's."""
    found = find(made.plain, text)
    return set(found) ^ set(find(made.screened, text)), found


def recalled(lines: Iterable[str], draw: Random, made: Engines) -> list[str]:
    """Return the rules that claim something else in a line than in others of its shape before."""
    told = []
    for line in lines:
        for text in (line, *(other_digits(draw, line) for _ in range(SAME_SHAPE))):
            first = {span for one in made.screened.look(text)[0] for span in confirm(one[0], text)}
            odd = first ^ set(made.screened.claimed(text, 0)[0])
            told += [f"{one.rule_id}, recalled, in {text!r}" for one in odd]
    return told


def in_clean(documents: list[str], found: list[Span], made: Engines) -> set[Span]:
    """Return the spans that lie in units called clean."""
    suspects = set(made.sieve.suspects(documents))
    ends = list(accumulate(len(one) + 1 for one in documents))
    clean = [
        (ends[at] - len(one) - 1, ends[at])
        for at, one in enumerate(documents)
        if at not in suspects
    ]
    return {one for one in found for low, high in clean if low <= one.start and one.end < high}


def compare(chosen: list[str], made: Engines) -> Tally:
    """Compare the engines on a document of units."""
    odd, found = differences("\n".join(chosen), made)
    told = []
    if odd or in_clean(chosen, found, made):
        # Unit by unit, to say where.
        for unit in chosen:
            alone, spans = differences(unit, made)
            alone |= in_clean([unit], spans, made)
            told += [f"{one.rule_id} in {unit!r}" for one in alone]
        # What is in no unit alone goes over several, and a clean one may be a part of it.
        told = told or [f"{one.rule_id} in several units" for one in odd]
    draw = Random(len(chosen[0]))  # noqa: S311  # no secret
    told += recalled("\n".join(chosen).split("\n"), draw, made)
    return Tally(len(chosen), len(found), tuple(told))


def part(count: int, seed: str) -> Tally:
    """Compare the engines on generated units."""
    made = engines()
    source = units([one.rule for one in made.plain], Random(seed))  # noqa: S311  # no secret
    tally = Tally()
    for size in (TOGETHER,) * (count // TOGETHER) + (count % TOGETHER,) * (count % TOGETHER > 0):
        tally += compare(list(islice(source, size)), made)
    return tally


def logs(folder: Path) -> Tally:
    """Compare scrubbers on the logs of a folder."""
    nobody = Identity.none()
    both = [Scrubber(engine=one, identity=nobody) for one in ("reference", "vector")]
    tally = Tally()
    for path in sorted(folder.glob("*.log")):
        data = path.read_bytes()
        streams = [one.byte_stream() for one in both]
        first, second = ([one.feed(data) + one.finish(), one.report] for one in streams)
        same = first == second
        lines = data.decode("utf-8", "surrogateescape").split("\n")
        same &= both[0].scrub_many(lines) == both[1].scrub_many(lines)
        count = sum(streams[0].report.counts.values())
        print(f"{path.name}: {count} findings, {'equal' if same else 'DIFFERENT'}")
        tally += Tally(len(lines), count, () if same else (f"log {path.name}",))
    return tally


def main() -> int:
    """Compare; 1 where something differs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("--units", type=int, default=20_000, metavar="N")
    parser.add_argument("--logs", type=Path, metavar="FOLDER")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    engines()  # compiled once, and kept for the processes below
    begun = time.perf_counter()
    size = 40 * TOGETHER
    sizes = [min(size, options.units - at) for at in range(0, options.units, size)]
    seeds = [f"{options.seed}.{at}" for at in range(len(sizes))]
    tally = Tally()
    with ProcessPoolExecutor(options.jobs) as pool:
        for one in pool.map(part, sizes, seeds):
            tally += one
            if one.differences:
                print("\n".join(one.differences[:20]), flush=True)
    took = time.perf_counter() - begun
    print(
        f"{tally.units} units, {tally.spans} spans, {len(tally.differences)} differences, ", end=""
    )
    print(f"{took:.0f} s")
    if options.logs:
        tally += logs(options.logs)
    return 1 if tally.differences else 0


if __name__ == "__main__":
    sys.exit(main())
