"""Counts that add up."""

from __future__ import annotations

from scrubber.report import Report
from tests.small_rules import span


def test_a_report_counts_by_entity_and_rule() -> None:
    """The most frequent entity is first; equal ones are in order of their names."""
    report = Report.of([span(0, 1, "B"), span(1, 2, "A"), span(2, 3, "C"), span(3, 4, "C")])
    assert report.counts == {("A", "small.a"): 1, ("B", "small.b"): 1, ("C", "small.c"): 2}
    assert list(report.by_entity.items()) == [("C", 2), ("A", 1), ("B", 1)]
    assert (report.findings, report.failures) == (4, 0)


def test_two_rules_of_one_entity_are_counted_together_by_entity() -> None:
    """`counts` keeps them apart, `by_entity` does not."""
    report = Report.of([span(0, 1), span(1, 2, rule_id="small.other")])
    assert report.by_entity == {"A": 2}
    assert len(report.counts) == 2


def test_reports_add_up_and_stay_as_they_were() -> None:
    """A sum is a new report."""
    one, other = Report.of([span(0, 1)], failures=1), Report.of([span(0, 1), span(2, 3, "B")])
    total = one + other
    assert total == Report({("A", "small.a"): 2, ("B", "small.b"): 1}, 1)
    assert one == Report({("A", "small.a"): 1}, 1)
    assert Report() + Report() == Report()
