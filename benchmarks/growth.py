"""
How the time of each rule grows with its text: `python -m benchmarks.growth [RULE...]`.

Each rule alone is run on hostile texts: its own examples and the words it needs, repeated without
end, whole and cut off, and pieces that every rule meets. All are tried at 8,000 characters; the
slowest goes on at 64,000 and 1,000,000. The table gives its time at a million characters and the
exponent by which it grew: 1 is linear.

Promise: it exits 1 when the exponent of a rule is above 1.3 where time can be told (20 ms).

What is unfair: one run a size on a shared machine; a rule above the limit is run again, and only
one that stays above it is reported.
"""

from __future__ import annotations

import math
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING, Final

from scrubber.detect.confirm import confirm
from scrubber.redact.operators import Operators
from scrubber.ruleset.model import Policy, Ruleset
from scrubber.wiring import load_ruleset, wire

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrubber.detect.confirm import Detector
    from scrubber.ruleset.model import Rule

TRIED: Final = 8_000
SIZES: Final = (64_000, 1_000_000)
STEEPEST: Final = 1.3
TELLING: Final = 0.02
AGAIN: Final = 3

EVERYWHERE: Final = (
    *("a", "0", "A", "/", "\\", ".", ":", "-", "=", '"', "'", " ", "[", "{", "%", "&", "@", "\t"),
    *("a.", "a-", "a_", "a:", "a=", 'a"', "a@", "1.", "1:", "1-", "1 ", "a ", "/a", "\\a", "a,"),
    *("a\n", "\n", "é", "\x00", '{"', "http://a:", "key=", "user=", "[[1, ", "0x", "Aa0"),
)


def seeds(rule: Rule) -> Iterator[str]:
    """Give the pieces that are repeated for a rule."""
    texts = [*(example.text for example in rule.match), *rule.no_match]
    for text in texts:
        yield text
        yield text[: len(text) // 2]
        yield text[: len(text) * 3 // 4]
    for words in rule.needs:
        for word in words[:8]:
            yield word
            yield f"{word} "
            yield f"{word}="
            yield f"{word}a"
    yield from EVERYWHERE


def seconds(detector: Detector, seed: str, size: int) -> float:
    """Time one rule on a seed repeated to a size."""
    text = (seed * (size // len(seed) + 1))[:size]
    begin = time.process_time()
    for _ in confirm(detector, text):
        pass
    return time.process_time() - begin


def exponent(first: float, second: float) -> float:
    """Give the power of the size by which a time grew from the smaller to the larger."""
    return math.log(second / max(first, 1e-6)) / math.log(SIZES[1] / SIZES[0])


def worst(rule: Rule) -> tuple[float, float]:
    """Give the time of the slowest seed at the largest size, in seconds, and its exponent."""
    stages = wire([rule], Operators(Policy("growth", min_confidence=0.0)), Ruleset((rule,), {}))
    (detector,) = stages.detectors
    small, large = SIZES
    _, seed = max((seconds(detector, seed, TRIED), seed) for seed in set(seeds(rule)) if seed)
    slowest, steepest = 0.0, math.inf
    for _ in range(AGAIN):
        before, after = seconds(detector, seed, small), seconds(detector, seed, large)
        slowest = max(slowest, after)
        steepest = min(steepest, exponent(before, after) if after > TELLING else 1.0)
        if steepest <= STEEPEST:
            break
    return slowest, steepest


def main() -> int:
    """Print a line for each rule, slowest last."""
    wanted = sys.argv[1:]
    rules = [one for one in load_ruleset().rules if not wanted or one.id in wanted]
    with ProcessPoolExecutor() as pool:
        found = zip(pool.map(worst, rules), rules, strict=True)
        lines = sorted((*slow, rule.id) for slow, rule in found)
    steep = 0
    print(f"{'rule':40} {'s a million':>12} {'exponent':>9}")
    for slowest, steepest, rule_id in lines:
        mark = " NOT LINEAR" if steepest > STEEPEST else ""
        steep += bool(mark)
        print(f"{rule_id:40} {slowest:12.3f} {steepest:9.2f}{mark}")
    print(f"{len(lines)} rules, {steep} not linear")
    return 1 if steep else 0


if __name__ == "__main__":
    sys.exit(main())
