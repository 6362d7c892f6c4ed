"""The promises on thousands of made-up reports, on both engines.

    python -m tests.properties.many_events --events 10000 --seed 1

Prints how many of each kind there were, and each fault in its smallest report. Exits 1 on a fault.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
import time
from collections import Counter

from hypothesis import HealthCheck, Phase, given, seed, settings

from scrubber import Scrubber
from scrubber.identity.model import Identity
from tests.properties.crash_events import Report, deep_reports, reports
from tests.properties.event_checks import problems

BATCH = 500
"""Reports drawn before the next seed: a fault ends its batch, once it was made small."""

DEEP = 20
"""One batch in so many holds events that cannot be walked."""


class FaultError(AssertionError):
    """A report that shows a fault."""


def run(scrubber: Scrubber, count: int, number: int, seen: Counter[str], *, deep: bool) -> str:
    """Check a batch.

    Args:
        scrubber: what scrubs.
        count: how many reports.
        number: of the seed.
        seen: counts the kinds.
        deep: whether they cannot be walked.

    Returns:
        The fault that was found, with its report, or "".
    """
    smallest: list[str] = []

    @seed(number)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
        print_blob=False,
    )
    @given(deep_reports if deep else reports)
    def check(report: Report) -> None:
        seen[report.kind if report.whole else "too deep"] += 1
        found = problems(report, scrubber)
        if found:
            smallest[:] = [f"{'; '.join(found)}\n  {report}"]
            raise FaultError

    try:
        check()
    except FaultError:
        return smallest[0]
    return ""


def main() -> int:
    """Check as many reports as asked for."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    options.add_argument("--events", type=int, default=10_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--engine", choices=("reference", "vector", "both"), default="both")
    chosen = options.parse_args()
    os.environ["SCRUBBER_NO_IDENTITY"] = "1"
    logging.disable()
    engines = ("reference", "vector") if chosen.engine == "both" else (chosen.engine,)
    scrubbers = [Scrubber(identity=Identity.none(), engine=engine) for engine in engines]
    seen: Counter[str] = Counter()
    faults = 0
    begun = time.monotonic()
    batches = -(-chosen.events // BATCH)
    for at in range(batches):
        deep = at % DEEP == DEEP - 1
        scrubber = scrubbers[at % len(scrubbers)]
        fault = run(scrubber, BATCH, chosen.seed * 1000 + at, seen, deep=deep)
        if fault:
            faults += 1
            print(f"fault, seed {chosen.seed * 1000 + at}: {fault}", flush=True)
    kinds = ", ".join(f"{count} {kind}" for kind, count in seen.most_common())
    print(f"{seen.total()} reports, {faults} faults, {time.monotonic() - begun:.0f} s: {kinds}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
