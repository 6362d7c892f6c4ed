"""
The promises on made-up reports of every kind, in every place and encoding.

`python -m tests.properties.many_events` does the same for thousands, on both engines.
"""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from scrubber import Scrubber
from scrubber.identity.model import Identity
from tests.properties.crash_events import EVENT_ID, Report, deep_reports, reports
from tests.properties.event_checks import leaked, printed, problems
from tests.properties.planted_values import ACCOUNT, FOLDERS, NEEDLES, PLANTED

SCRUBBER = Scrubber(identity=Identity.none())
STRICT = Scrubber("strict", identity=Identity.none())
LARGE = (HealthCheck.data_too_large, HealthCheck.too_slow, HealthCheck.large_base_example)


@settings(max_examples=150, suppress_health_check=LARGE)
@given(reports)
def test_a_report_keeps_its_shape_and_leaks_nothing(report: Report) -> None:
    """Containers, lengths, ids and code stay; what was planted goes; twice is once."""
    assert problems(report, SCRUBBER) == []


@settings(max_examples=30, suppress_health_check=LARGE)
@given(reports)
def test_the_strictest_policy_keeps_the_promises_too(report: Report) -> None:
    """More is found, so more could go wrong."""
    assert problems(report, STRICT) == []


@settings(max_examples=20, suppress_health_check=LARGE)
@given(deep_reports)
def test_what_cannot_be_walked_gives_a_stub(report: Report) -> None:
    """An event that holds itself, or is too deep, is not sent; a stub is."""
    assert problems(report, SCRUBBER) == []


@settings(max_examples=50, suppress_health_check=LARGE)
@given(reports)
def test_a_kind_that_is_not_told_is_seen(report: Report) -> None:
    """A hook is given no kind: what was planted goes whatever the report is taken for."""
    sent = SCRUBBER.scrub(report.event)
    assert sent is not None
    assert leaked(sent) == []


def test_the_checks_see_a_leak() -> None:
    """Each needle is seen in the JSON of a report, in any encoding of it."""
    for at, needle in enumerate(NEEDLES):
        assert at in leaked({"message": f"see {needle}"})
    assert leaked({"extra": {"a": repr(repr(FOLDERS[2]))}}) == [NEEDLES.index(ACCOUNT)]


def test_the_checks_see_what_changed() -> None:
    """A scrubber that does nothing, or too much, does not pass."""

    class Idle:
        def scrub(self, event: dict[str, object], **_: object) -> dict[str, object]:
            return dict(event)

    class Eager:
        def scrub(self, event: dict[str, object], **_: object) -> dict[str, object]:
            return {**event, "event_id": "x", "extra": {}, "n": len(printed(event))}

    report = Report("event", {"event_id": EVENT_ID, "extra": {"a": PLANTED[0]}})
    assert problems(report, Idle()) == ["leaked: needle 0"]  # type: ignore[arg-type]
    assert problems(report, Eager()) == [  # type: ignore[arg-type]
        "scrubbing twice is not scrubbing once",
        "all of it: another number of fields",
        "event_id is another",
    ]
