r"""
Mutation testing: do the tests notice when the code is a little wrong?

    python -m benchmarks.mutation --sample 200 --seed 1 --json survivors.json

A mutant is tested with the tests that mirror its module, and with those of its area if it lives
through them. One that lives through both survives: either it changes nothing anyone could see, or a
test is missing. Needs cosmic-ray (`make mutants` installs it).

What is unfair: a place counts once, whatever could be done to it; a mutant that runs too long or
asks for too much memory counts as noticed, as it would be by whoever runs the tests.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Final

from benchmarks.faults.copies import NO_TESTS, PASSED, ROOT, TOO_LONG, Copy, copy_of_tree
from benchmarks.mutation.places import AREAS, Mutant, sampled
from benchmarks.mutation.rates import interval

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

ALSO: Final[Mapping[str, tuple[str, ...]]] = {
    "detect": ("tests/detect", "tests/equivalence/test_small_rules.py", "tests/test_decoding.py"),
    "redact": ("tests/redact",),
    "resolve": ("tests/test_resolve.py", "tests/test_segments.py"),
    "ruleset": ("tests/ruleset",),
    "units": ("tests/units", "tests/test_events.py", "tests/test_hook.py"),
}
"""The tests of an area: the folder that mirrors it, and where it is tested from further up."""

BAR: Final = 0.10
"""At most this part may survive."""


@dataclass(slots=True)
class Tally:
    """What became of the mutants.

    Attributes:
        fates: how many were noticed (`caught`), ran too long (`ended`) or were not (`survived`), by
            area.
        survivors: those that nobody noticed.
    """

    fates: Counter[tuple[str, str]] = field(default_factory=Counter)
    survivors: list[Mutant] = field(default_factory=list)

    def note(self, mutant: Mutant, fate: str) -> None:
        """Count one."""
        self.fates[mutant.area, fate] += 1
        if fate == "survived":
            self.survivors.append(mutant)

    def of(self, area: str = "") -> tuple[int, int]:
        """Count survivors and all mutants, of an area or of all."""
        every = [(fate, count) for (one, fate), count in self.fates.items() if area in {"", one}]
        return sum(count for fate, count in every if fate == "survived"), sum(
            count for _, count in every
        )


VALUES: Final = "tests/test_frozen_values.py"
"""Looks at the data classes of all areas."""


def tests_of(mutant: Mutant) -> list[tuple[str, ...]]:
    """Give the tests to try, the likeliest to notice first."""
    stem = Path(mutant.file).stem
    folder = "tests" if mutant.area == "resolve" else f"tests/{mutant.area}"
    mirror = f"{folder}/test_{stem}.py"
    first = [(mirror,)] if (ROOT / mirror).is_file() else []
    return [*first, (VALUES, *ALSO[mutant.area])]


def fate(mutant: Mutant, copy: Copy, seconds: float) -> str:
    """Tell what becomes of a mutant."""
    with copy.changed(mutant.file, mutant.written(copy.folder)):
        for tests in tests_of(mutant):
            code = copy.tested(tests, seconds=seconds)
            if code == TOO_LONG:
                return "ended"
            if code not in {PASSED, NO_TESTS}:
                return "caught"
    return "survived"


def tested(chosen: Sequence[Mutant], *, processes: int, seconds: float, until: float) -> Tally:
    """Test mutants, several at a time, each in a copy of its own.

    Args:
        chosen: the mutants.
        processes: how many copies.
        seconds: after which the tests of one mutant are ended.
        until: no mutant is begun after this time of `time.monotonic`.

    Returns:
        What became of those that were tested.
    """
    tally = Tally()
    with ExitStack() as stack:
        copies: SimpleQueue[Copy] = SimpleQueue()
        for _ in range(processes):
            copies.put(stack.enter_context(copy_of_tree()))
        _pass_without_mutants(copies, {mutant.area for mutant in chosen})

        def one(mutant: Mutant) -> None:
            if time.monotonic() > until:
                return
            copy = copies.get()
            try:
                found = fate(mutant, copy, seconds)
            finally:
                copies.put(copy)
            tally.note(mutant, found)
            _tell(tally, mutant, found)

        with ThreadPoolExecutor(processes) as pool:
            list(pool.map(one, chosen))
    return tally


def _pass_without_mutants(copies: SimpleQueue[Copy], areas: Iterable[str]) -> None:
    """Make sure that what fails later fails for a mutant."""
    copy = copies.get()
    every = sorted({test for area in areas for test in ALSO[area]})
    if copy.tested(every, seconds=1800, keeps=True) != PASSED:
        sys.exit("mutants: the tests fail in a copy of the tree without a mutant")
    copies.put(copy)


def _tell(tally: Tally, mutant: Mutant, found: str) -> None:
    survived, every = tally.of()
    print(f"{every:5} tested, {survived} survived: {found} {mutant}", file=sys.stderr, flush=True)


def page(tally: Tally) -> str:
    """Write what became of them, by area and module."""
    lines = [
        "| area | mutants | caught | ran too long | survived | rate | 95% interval |",
        "|---|---|---|---|---|---|---|",
    ]
    for area in (*(name for name in AREAS if tally.of(name)[1]), ""):
        survived, every = tally.of(area)
        ended = sum(
            n for (one, what), n in tally.fates.items() if what == "ended" and area in {"", one}
        )
        low, high = interval(survived, every)
        lines.append(
            f"| {area or 'all'} | {every} | {every - survived - ended} | {ended} | {survived} |"
            f" {survived / max(every, 1):.1%} | {low:.1%} to {high:.1%} |"
        )
    lines += ["", "Survivors:", *(f"  {one}" for one in sorted(map(str, tally.survivors)))]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Test a sample, or all, and say what survived.

    Returns:
        0; 1 if more than `BAR` survived.
    """
    parser = argparse.ArgumentParser(prog="benchmarks.mutation", description=__doc__)
    parser.add_argument("--sample", type=int, default=200, help="mutants; 0 for every place")
    parser.add_argument("--seed", type=int, default=1, help="draws the sample and the operators")
    parser.add_argument("--areas", nargs="+", default=list(AREAS), choices=list(AREAS))
    parser.add_argument("--processes", type=int, default=2, help="copies of the tree at once")
    parser.add_argument("--seconds", type=float, default=240, help="limit of one run of tests")
    parser.add_argument("--minutes", type=float, default=0, help="begin no mutant after; 0: never")
    parser.add_argument("--json", type=Path, help="where to write the results, too")
    chosen = parser.parse_args(arguments)
    share = -(-chosen.sample // len(chosen.areas))
    picked = sampled(dict.fromkeys(chosen.areas, share), chosen.seed)
    until = time.monotonic() + (chosen.minutes * 60 or float("inf"))
    tally = tested(picked, processes=chosen.processes, seconds=chosen.seconds, until=until)
    print(page(tally))
    if chosen.json:
        fates = {f"{area} {what}": count for (area, what), count in sorted(tally.fates.items())}
        found = {
            "seed": chosen.seed,
            "fates": fates,
            "survivors": list(map(asdict, tally.survivors)),
        }
        chosen.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    survived, every = tally.of()
    return int(survived > BAR * every)


if __name__ == "__main__":
    sys.exit(main())
