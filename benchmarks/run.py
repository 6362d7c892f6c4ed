"""Time the engines on each benchmark and check what they find. This is `make bench`.

Promise: no figure without the date, the machine, the versions and the command; an engine that finds
something else than expected is marked, and this exits 1.

What is unfair: the bare patterns are the same ones, run line by line, and only raw matches are
counted. Nothing is decoded, validated, followed or resolved, so their count is shown but not
checked. They are what matching alone costs, not a rival. It is not plain `re`: that compiles less
than half of the patterns (look-behinds of variable width), and a figure for the rest would say
nothing. A few seconds on a machine that does other things are an estimate.
"""

from __future__ import annotations

import os
import platform
import re
import sys
import time
import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import regex

from benchmarks import corpora
from scrubber import Identity, Scrubber

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Engine = Callable[[Sequence[str]], int]

REPEATS = 3

# What an ordinary machine knows of itself, made up; none of it is in the texts.
USUAL = Identity(
    accounts=("vexlab7",),
    names=("Jane Tavrinsky",),
    hosts=("lab-vexnode", "lab-vexnode.example.edu"),
    domains=("vexlab.example.edu",),
    emails=("j.tavrinsky@example.org",),
    owners=("tavrinsky-lab",),
    homes=("/home/vexlab7",),
    ids=("0f" * 16,),
    secrets=("plum-" * 8, "quince-" * 8),
    macs=("00005e0053fe",),
    addresses=("198.51.100.250",),
)


@dataclass(frozen=True, slots=True)
class Benchmark:
    """One line of definitions.toml.

    Attributes:
        name: Shown in the table.
        corpus: A function of corpora.py.
        seed: For the corpus.
        lines: How many.
        findings: How many a right engine finds.
    """

    name: str
    corpus: str
    seed: int
    lines: int
    findings: int

    def text(self) -> list[str]:
        """Return the lines to scan."""
        generate: Callable[[int, int], list[str]] = getattr(corpora, self.corpus)
        return generate(self.seed, self.lines)


def load() -> list[Benchmark]:
    """Return every benchmark defined."""
    path = Path(__file__).with_name("definitions.toml")
    return [Benchmark(**raw) for raw in tomllib.loads(path.read_text("utf-8"))["benchmark"]]


def by_line(scrubber: Scrubber) -> Engine:
    """Return an engine that scans line by line, as a logging filter does."""
    return lambda lines: sum(len(scrubber.scan(line)) for line in lines)


def by_block(scrubber: Scrubber) -> Engine:
    """Return an engine that scans all lines at once, as the command does."""
    return lambda lines: len(scrubber.scan("\n".join(lines)))


def bare(scrubber: Scrubber) -> Engine:
    """Return an engine that only matches the patterns."""
    rules = scrubber.ruleset.rules_for(scrubber.policy)
    patterns = [regex.compile(rule.pattern, regex.V0 | regex.ASCII) for rule in rules]
    return lambda lines: sum(
        1 for line in lines for pattern in patterns for _ in pattern.finditer(line)
    )


def timed(engine: Engine, lines: Sequence[str]) -> tuple[float, int]:
    """Return the best time of a few runs in seconds, and the count of the last."""
    best, found = float("inf"), 0
    for _ in range(REPEATS):
        start = time.perf_counter()
        found = engine(lines)
        best = min(best, time.perf_counter() - start)
    return best, found


def machine() -> str:
    """Return what the figures depend on besides the code."""
    cpu = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.is_file():
        models = re.findall(r"(?m)^model name\s*:\s*(.+)$", info.read_text("utf-8", "replace"))
        cpu = models[0] if models else cpu
    return f"{platform.system()}, {cpu}, {os.cpu_count()} logical cores"


def heading(scrubber: Scrubber) -> str:
    """Return the lines above the table."""
    rules = scrubber.ruleset.rules_for(scrubber.policy)
    versions = f"crashscrub {version('crashscrub')}, regex {version('regex')}"
    return (
        f"date      {datetime.now(UTC):%Y-%m-%d %H:%M} UTC\n"
        f"machine   {machine()}\n"
        f"versions  Python {platform.python_version()}, {versions}\n"
        f"command   python -m benchmarks.run (best of {REPEATS}, one thread)\n"
        f"rules     {len(rules)}, policy {scrubber.policy.id}, NER off"
    )


def main() -> int:
    """Print the table; 1 when an engine found what it should not, or missed some."""
    # The same on every machine: with no names, and with those a machine usually knows of itself.
    scrubber = Scrubber(engine="reference", identity=Identity.none())
    knowing = Scrubber(engine="reference", identity=USUAL)
    for one in (scrubber, knowing):
        one.warm()
    engines: dict[str, tuple[Engine, bool]] = {
        "reference, line by line": (by_line(scrubber), True),
        "reference, one block": (by_block(scrubber), True),
        "reference, names known": (by_block(knowing), True),
        "bare patterns": (bare(scrubber), False),
    }
    print(heading(scrubber))
    row = "{:<24}{:<26}{:>9}{:>10}{:>11}{:>10}"
    print("\n" + row.format("benchmark", "engine", "MB/s", "µs/line", "findings", "expected"))
    wrong = 0
    for benchmark in load():
        lines = benchmark.text()
        size = sum(len(line.encode()) + 1 for line in lines)
        for name, (engine, checked) in engines.items():
            seconds, found = timed(engine, lines)
            failed = checked and found != benchmark.findings
            wrong += failed
            cells = (f"{size / seconds / 1e6:.2f}", f"{seconds / len(lines) * 1e6:.1f}", found)
            expected = benchmark.findings if checked else "-"
            print(row.format(benchmark.name, name, *cells, expected) + "  WRONG" * failed)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
