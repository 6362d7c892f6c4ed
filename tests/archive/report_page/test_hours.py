"""Hours are added up to as long times as leave a chart that can be read."""

from __future__ import annotations

import pytest

from scrubber.archive.report_page.hours import MOST, folded


@pytest.mark.parametrize(
    ("hours", "unit", "count"),
    [
        ({}, "hour", 0),
        ({"2026-11-24T03": 1}, "hour", 1),
        ({"2026-11-24T00": 1, "2026-11-28T23": 1}, "hour", 120),
        ({"2026-11-24T00": 1, "2026-11-29T00": 1}, "day", 6),
        ({"2024-02-28T23": 1, "2024-03-08T00": 1}, "day", 10),
        ({"2025-12-31T23": 1, "2026-11-24T00": 1}, "month", 12),
        ({"2010-01-01T00": 1, "2026-11-24T00": 1}, "year", 17),
        ({f"{year:04}-01-01T00": year for year in range(1, 3001, 10)}, "year", MOST),
        ({"0001-01-01T00": 1, "9999-12-31T23": 1}, "year", 2),
    ],
)
def test_unit_is_the_shortest_with_few_enough_times(
    hours: dict[str, int], unit: str, count: int
) -> None:
    """From hours to years, gaps too, and no finding is lost."""
    found, times, untimed = folded(hours)
    assert (found, len(times)) == (unit, count)
    assert sum(n for _, n in times) + untimed == sum(hours.values())
    assert [time for time, _ in times] == sorted({time for time, _ in times})


@pytest.mark.parametrize(
    "hour",
    [
        "",
        "2026-13-01T00",
        "2026-02-30T00",
        "2026-11-24",
        "0000-01-01T00",
        "1970-01-01T00",
        "1980-01-01T00",
        "<b>",
        "٢٠٢٦-11-24T03",
    ],
)
def test_what_is_no_hour_has_no_time(hour: str) -> None:
    """It is counted, and never shown."""
    assert folded({hour: 3, "2026-11-24T03": 1}) == ("hour", [("2026-11-24T03", 1)], 3)


def test_times_without_findings_are_there() -> None:
    """A chart with gaps left out lies."""
    assert folded({"2026-02-27T22": 1, "2026-03-01T01": 1})[1][1:3] == [
        ("2026-02-27T23", 0),
        ("2026-02-28T00", 0),
    ]
