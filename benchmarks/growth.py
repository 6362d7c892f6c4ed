"""
How the time of each rule grows with its text: `python -m benchmarks.growth [RULE...]`.

Each rule alone is run on hostile texts (see `growth_texts`). All are tried at 1,000 and at 8,000
characters; the slowest, and the one that grew most, go on at 64,000 and 1,000,000. The table gives
its time at a million characters and the exponent by which it grew: 1 is linear.

Promise: it exits 1 when the exponent of a rule is above 1.3 where time can be told (20 ms).

What is unfair: the least of three runs a size on a shared machine; what is above the limit is run
again, and only a rule that stays above it is reported.
"""

from __future__ import annotations

import argparse
import math
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from benchmarks.growth_texts import texts_for
from scrubber.detect.confirm import confirm
from scrubber.redact.operators import Operators
from scrubber.ruleset.model import Policy, Ruleset
from scrubber.wiring import load_ruleset, wire

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from benchmarks.growth_texts import Hostile
    from scrubber.detect.confirm import Detector
    from scrubber.ruleset.model import Rule

TRIED: Final = (1_000, 8_000)
SIZES: Final = (64_000, 1_000_000)
STEEPEST: Final = 1.3
TELLING: Final = 0.02
"""Seconds below which a time says little."""
AGAIN: Final = 3
LONGEST: Final = 60.0
"""Seconds after which a smaller size has told enough: what takes that long is not linear."""


class Growth(NamedTuple):
    """How a time grew.

    Attributes:
        slowest: seconds at the largest size.
        exponent: by which power of the size it grew from the one before.
    """

    slowest: float
    exponent: float

    @property
    def linear(self) -> bool:
        """Whether it grew no faster than its text, as far as time can tell."""
        return self.exponent <= STEEPEST


def detector_of(rule: Rule) -> Detector:
    """Make a rule ready to run, alone and at every confidence."""
    policy = Operators(Policy("growth", min_confidence=0.0))
    return wire([rule], policy, Ruleset((rule,), {})).detectors[0]


def seconds(work: Callable[[], object], rounds: int = 1) -> float:
    """Time a call: the least processor time of some rounds."""
    times = []
    for _ in range(rounds):
        begin = time.process_time()
        work()
        times.append(time.process_time() - begin)
    return min(times)


def growth(work: Callable[[str], object], hostile: Hostile) -> Growth:
    """Tell how the time of some work grows with a text, between the two sizes.

    Args:
        work: what is done with a text.
        hostile: the text.

    Returns:
        The least growth of a few tries, and the slowest time.
    """
    slowest, steepest = 0.0, math.inf
    small, large = (hostile.text(size) for size in SIZES)
    for _ in range(AGAIN):
        before = seconds(lambda: work(small), 3)
        if before > LONGEST:
            return Growth(before, math.inf)
        after = seconds(lambda: work(large))
        slowest = max(slowest, after)
        exponent = math.log(after / max(before, 1e-6)) / math.log(SIZES[1] / SIZES[0])
        steepest = min(steepest, exponent if after > TELLING else 1.0)
        if steepest <= STEEPEST:
            break
    return Growth(slowest, steepest)


def worst(rule: Rule) -> Growth:
    """Give the growth of a rule on the text that is worst for it."""
    detector = detector_of(rule)

    def work(text: str) -> None:
        for _ in confirm(detector, text):
            pass

    tried: list[tuple[float, float, Hostile]] = []
    for one in dict.fromkeys(texts_for(rule)):
        before, after = (seconds(partial(work, one.text(size))) for size in TRIED)
        tried.append((after, after / max(before, 1e-4), one))
    slow = max(tried, key=lambda one: one[0])[2]
    grown = max(tried, key=lambda one: one[1])[2]
    found = [growth(work, one) for one in dict.fromkeys((slow, grown))]
    return Growth(max(one.slowest for one in found), max(one.exponent for one in found))


def growths(rules: Sequence[Rule], jobs: int | None = None) -> dict[str, Growth]:
    """Measure rules, in processes beside each other.

    Args:
        rules: what is measured.
        jobs: how many processes; None for one a processor.

    Returns:
        The growth of each, by its id.
    """
    with ProcessPoolExecutor(jobs or os.cpu_count()) as pool:
        found = pool.map(worst, rules)
        return {rule.id: one for rule, one in zip(rules, found, strict=True)}


def main(arguments: Sequence[str]) -> int:
    """Print a line for each rule, slowest last; 1 when one is not linear."""
    parser = argparse.ArgumentParser(description="How the time of each rule grows with its text.")
    parser.add_argument("rules", nargs="*", metavar="RULE")
    parser.add_argument("--jobs", type=int)
    options = parser.parse_args(arguments)
    rules = [one for one in load_ruleset().rules if not options.rules or one.id in options.rules]
    found = growths(rules, options.jobs)
    print(f"{'rule':40} {'s a million':>12} {'exponent':>9}")
    for rule_id, one in sorted(found.items(), key=lambda item: item[1]):
        mark = "" if one.linear else " NOT LINEAR"
        print(f"{rule_id:40} {one.slowest:12.3f} {one.exponent:9.2f}{mark}")
    steep = sum(not one.linear for one in found.values())
    print(f"{len(found)} rules, {steep} not linear")
    return 1 if steep else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
