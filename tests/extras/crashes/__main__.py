"""
Run the crash programs and print what leaked and what was damaged.

    python -m tests.extras.crashes [PROGRAM ...] [--leaks FILE] [--keep FOLDER]

All data is made up, so leaks are shown by the name of the value and the path of its field.
"""

from __future__ import annotations

import argparse
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.extras.crashes.judging import Verdict, judge, plain
from tests.extras.crashes.running import Program, programs, run
from tests.extras.crashes.server import IngestServer


def details(program: Program, verdict: Verdict) -> list[str]:
    """Give a line for everything that is wrong."""
    return [
        *(f"{program.name}: not planted: {name}" for name in verdict.unplanted),
        *(
            f"{program.name}: leak: {leak.value} ({leak.form}) in {leak.where}"
            for leak in verdict.leaks
        ),
        *(f"{program.name}: damage: {what} ({number})" for what, number in verdict.lost),
    ]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one program.

    Attributes:
        program: the program.
        verdict: what was found; None where it could not run.
        seconds: how long both runs took.
    """

    program: Program
    verdict: Verdict | None
    seconds: float


def outcome(program: Program, server: IngestServer, keep: Path | None) -> Outcome:
    """Run and judge one program; with a folder, keep there what arrived."""
    if program.missing():
        return Outcome(program, None, 0.0)
    began = time.monotonic()
    raw, scrubbed = run(program, server, raw=True), run(program, server, raw=False)
    if keep:
        for name, one in (("raw", raw), ("scrubbed", scrubbed)):
            path = keep / f"{program.name}.{name}.json"
            path.write_text(f"{one.output}\n{plain(one)}", "utf-8")
    return Outcome(program, judge(program, raw, scrubbed), time.monotonic() - began)


def row(one: Outcome) -> str:
    """Give a line of the table."""
    verdict = one.verdict
    if verdict is None:
        return f"{one.program.name:26} skipped: no {', '.join(one.program.missing())}"
    share = f"{verdict.kept}/{verdict.kept + verdict.gone}"
    planted = len(one.program.plants)
    return f"{one.program.name:26}{planted:8}{len(verdict.leaks):8}{share:>14}{one.seconds:9.1f}"


def main() -> int:
    """Run the programs named, or all; 0 when nothing leaked."""
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*")
    parser.add_argument("--leaks", type=Path)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    chosen = [one for one in programs() if not options.names or one.name in options.names]
    print(f"{'program':26}{'planted':>8}{'leaked':>8}{'kept':>14}{'seconds':>9}")
    outcomes = []
    with IngestServer() as server, ThreadPoolExecutor(options.jobs) as pool:
        for one in pool.map(lambda program: outcome(program, server, options.keep), chosen):
            print(row(one), flush=True)
            outcomes.append(one)
    judged = [(one.program, one.verdict) for one in outcomes if one.verdict is not None]
    kept, gone = (sum(getattr(found, name) for _, found in judged) for name in ("kept", "gone"))
    leaked = sum(len(found.leaks) for _, found in judged)
    print(f"\n{leaked} leaks; {kept} of {kept + gone} things that must stay are there")
    text = "\n".join(line for program, found in judged for line in details(program, found))
    print(text)
    if options.leaks:
        options.leaks.write_text(f"{text}\n", "utf-8")
    return 1 if leaked else 0


if __name__ == "__main__":
    sys.exit(main())
