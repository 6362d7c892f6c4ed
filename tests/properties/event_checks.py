"""What must hold of every scrubbed report, whatever it was."""

from __future__ import annotations

import json
import pickle
from datetime import date
from typing import TYPE_CHECKING, Final

from scrubber.testing.kept import changes, is_stub
from scrubber.testing.leaks import leaks
from scrubber.testing.planting import Planted
from tests.properties.planted_values import NEEDLES

if TYPE_CHECKING:
    from scrubber import Scrubber
    from tests.properties.crash_events import Report

_PLANTED: Final = tuple(Planted(str(at), needle) for at, needle in enumerate(NEEDLES))


def problems(report: Report, scrubber: Scrubber) -> list[str]:
    """Give what is wrong with what a scrubber makes of a report; words only.

    Args:
        report: a report.
        scrubber: what scrubs it.
    """
    before = pickle.dumps(report.event)
    found = []
    once = scrubber.scrub(report.event, kind=report.kind)
    if pickle.dumps(report.event) != before:
        found.append("the event that was given is another now")
    if once is None:
        return [*found, "nothing is sent"]
    found += [f"leaked: needle {at}" for at in leaked(once)]
    if is_stub(once):
        return found if not report.whole else [*found, "a stub is sent"]
    if not report.whole:
        return [*found, "what cannot be walked is sent"]
    if printed(scrubber.scrub(once, kind=report.kind)) != printed(once):
        found.append("scrubbing twice is not scrubbing once")
    if printed(scrubber.scrub(report.event, kind=report.kind)) != printed(once):
        found.append("not the same each time")
    return found + changes(report.event, once, kind=report.kind)


def leaked(report: object) -> list[int]:
    """Tell which needles a report shows, in any of their forms."""
    return sorted({int(leak.entity) for leak in leaks(report, _PLANTED)})


def printed(report: object) -> str:
    """Give a report as JSON; it raises where that cannot be."""
    return json.dumps(report, default=date.isoformat)
