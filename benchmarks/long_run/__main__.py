r"""
Events and logs through one process for a long time: does anything grow, does any answer change?

    python -m benchmarks.long_run --events 1000000 --log-bytes 10GB --json long_run.json

The run goes in rounds of events and log; after each, what the process holds is noted and a fixed
set of probes is asked again. Before and after, eight threads at once must answer what one does.

Promise: it exits 1 when memory grows more than its bound after the warm-up, when a descriptor or a
thread is left, when an answer changes, when a unit fails, or when something planted comes through.

What is unfair: to us, hardly any two events or lines are equal, so that nothing remembered is of
use; to the reader, the bound on memory is one of this process, its allocator included.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.long_run.gauges import Sample, growth, sample, troubles
from benchmarks.long_run.probes import digest, digests_at_once
from benchmarks.long_run.sources import RAW, chunks, event
from benchmarks.machine import Setting
from scrubber import Identity, Scrubber

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_SIZES: Final = {"": 1, "K": 10**3, "M": 10**6, "G": 10**9}
_DOCUMENT: Final = 8
"""Rounds of log that are one document."""


@dataclass(slots=True)
class Outcome:
    """What came of a run.

    Attributes:
        samples: what the process held after each round.
        troubles: what went wrong, in sentences; each once.
        seconds: spent on events and on log.
        findings: in the log.
    """

    samples: list[Sample] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=lambda: {"events": 0.0, "log": 0.0})
    findings: int = 0

    def note(self, trouble: str) -> None:
        """Note a trouble, unless it is noted."""
        if trouble not in self.troubles:
            self.troubles.append(trouble)


def size(text: str) -> int:
    """Read a number of bytes.

    >>> size("10GB"), size("500 MB"), size("7")
    (10000000000, 500000000, 7)
    """
    match = re.fullmatch(r"([0-9]+) ?([KMG]?)B?", text)
    if match is None:
        raise argparse.ArgumentTypeError("write a size as 10GB, 500MB or 4096")
    return int(match[1]) * _SIZES[match[2]]


def run(
    scrubber: Scrubber,
    *,
    events: int,
    log_bytes: int,
    rounds: int,
    told: Callable[[str], object] = lambda _line: None,
) -> Outcome:
    """Run.

    Args:
        scrubber: what goes through it; asked for the first time here.
        events: how many events.
        log_bytes: how many bytes of log.
        rounds: how many rounds, each with its share.
        told: called with a line of progress after each round.

    Returns:
        What came of it.
    """
    outcome = Outcome()
    scrubber.warm()
    expected = digest(scrubber)
    if digests_at_once(scrubber) != {expected}:
        outcome.note("threads at once answered otherwise than one, at the start")
    stream = scrubber.byte_stream()
    done = 0
    for number in range(rounds):
        share = events * (number + 1) // rounds - done
        _events(scrubber, done, share, outcome)
        done += share
        begun = time.perf_counter()
        for chunk in chunks(
            number, log_bytes * (number + 1) // rounds - log_bytes * number // rounds
        ):
            _heed(stream.feed(chunk), outcome)
        if number % _DOCUMENT == _DOCUMENT - 1 or number == rounds - 1:
            _heed(stream.finish(), outcome)
            outcome.findings += stream.report.findings
            stream = scrubber.byte_stream()
        outcome.seconds["log"] += time.perf_counter() - begun
        if digest(scrubber) != expected:
            outcome.note("a probe is answered otherwise than at the start")
        outcome.samples.append(sample())
        told(_progress(outcome, number + 1, rounds, done))
    if digests_at_once(scrubber) != {expected}:
        outcome.note("threads at once answered otherwise than one, at the end")
    if scrubber.failures:
        outcome.note(f"{scrubber.failures} units failed")
    outcome.troubles += troubles(outcome.samples)
    return outcome


def _events(scrubber: Scrubber, first: int, count: int, outcome: Outcome) -> None:
    begun = time.perf_counter()
    for seed in range(first, first + count):
        done = scrubber.scrub(event(seed))
        text = json.dumps(done)
        if done is None or any(raw in text for raw in RAW):
            outcome.note("something planted came through in an event, or an event was dropped")
    outcome.seconds["events"] += time.perf_counter() - begun


def _heed(data: bytes, outcome: Outcome) -> None:
    if any(raw.encode() in data for raw in RAW):
        outcome.note("something planted came through in a log")


def _progress(outcome: Outcome, number: int, rounds: int, events: int) -> str:
    last = outcome.samples[-1]
    spent = sum(outcome.seconds.values())
    return (
        f"round {number}/{rounds}: {events} events, {spent:.0f} s, {last.memory / 2**20:.1f} MiB, "
        f"{last.descriptors} descriptors, {last.threads} threads, {len(outcome.troubles)} troubles"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, and say what grew and what changed.

    Returns:
        0, or 1 when something did.
    """
    parser = argparse.ArgumentParser(prog="benchmarks.long_run", description=__doc__)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--log-bytes", type=size, default=size("10GB"))
    parser.add_argument("--rounds", type=int, default=80, help="samples of what the process holds")
    parser.add_argument("--policy", default="balanced")
    parser.add_argument("--json", type=Path, help="where to write the results, too")
    chosen = parser.parse_args(arguments)
    outcome = run(
        Scrubber(chosen.policy, identity=Identity.none()),
        events=chosen.events,
        log_bytes=chosen.log_bytes,
        rounds=chosen.rounds,
        told=lambda line: print(line, file=sys.stderr, flush=True),
    )
    grown, bound = growth(outcome.samples)
    setting = Setting.here("python -m benchmarks.long_run " + " ".join(arguments or sys.argv[1:]))
    print(setting.heading())
    rates = {
        "events a second": chosen.events / max(outcome.seconds["events"], 1e-9),
        "MB of log a second": chosen.log_bytes / 1e6 / max(outcome.seconds["log"], 1e-9),
    }
    for name, rate in rates.items():
        print(f"{name:20} {rate:.1f}")
    print(f"memory grew by {grown / 2**20:.1f} MiB after the warm-up, {bound / 2**20:.1f} may it")
    print("\n".join(outcome.troubles) or "nothing grew beyond its bound, no answer changed")
    if chosen.json:
        result = {**asdict(outcome), "setting": asdict(setting), "rates": rates}
        chosen.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    return int(bool(outcome.troubles))


if __name__ == "__main__":
    sys.exit(main())
