"""Spans and findings: values without text."""

from __future__ import annotations

import pytest

from scrubber.types import Finding, Span
from tests.small_rules import span


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (span(3, 5), span(10, 12)),
        (span(3, 9, blob_start=5), span(10, 16, blob_start=12)),
        (span(3, 9, match_start=0), span(10, 16, match_start=7)),
    ],
)
def test_a_moved_span_takes_its_places_along(before: Span, after: Span) -> None:
    """What is not there stays not there."""
    assert before.moved(7) == after
    assert after.moved(-7) == before


@pytest.mark.parametrize(
    ("one", "low"),
    [(span(3, 5), 3), (span(3, 5, match_start=1), 1), (span(3, 5, match_start=4), 3)],
)
def test_low_is_where_a_match_or_its_span_begins(one: Span, low: int) -> None:
    """A span that grew over an escape may begin before its match."""
    assert one.low == low


def test_values_are_sorted_by_place() -> None:
    """The order of spans and findings is the order of the text."""
    assert sorted([span(4, 5), span(1, 9), span(1, 2)]) == [span(1, 2), span(1, 9), span(4, 5)]
    findings = [Finding(4, 5, "A", "a.a", 0.9), Finding(1, 2, "B", "b.b", 0.9)]
    assert [one.start for one in sorted(findings)] == [1, 4]
