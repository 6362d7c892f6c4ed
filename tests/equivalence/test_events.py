"""Both engines make the same of an event, whatever it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings

from scrubber import Identity
from tests.properties.crash_events import Report, reports
from tests.properties.event_checks import printed

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.equivalence.pairs import Pair


@pytest.fixture(scope="module")
def both(pair: Callable[..., Pair]) -> Pair:
    """The default scrubber on either engine."""
    return pair(identity=Identity.none())


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(report=reports)
def test_engines_agree_on_events(both: Pair, report: Report) -> None:
    """Promise 3, through the whole way of an event, remarks included."""
    reference = both.reference.scrub(report.event, kind=report.kind)
    assert printed(both.vector.scrub(report.event, kind=report.kind)) == printed(reference)
