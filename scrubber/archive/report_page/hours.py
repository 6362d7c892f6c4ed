"""
Findings by hour, as by as long times as leave a chart that can be read.

A day of logs is drawn by the hour; a year would be 8,760 bars, and is drawn by the month. Times
between the first and the last in which nothing was found are drawn, too.

Promise: 120 bars at most, and every finding is in one of them or among those without a time.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST: Final = 120
"""Bars of a chart."""
_HOUR: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d", re.ASCII)
_UNSET: Final = frozenset({"1970-01-01T00", "1980-01-01T00"})
"""What a file in a tar or a zip was written at when nobody said."""
_UNITS: Final = (("hour", 13), ("day", 10), ("month", 7), ("year", 4))
"""Each with how much of `2026-11-24T03` says it."""


def folded(hours: Mapping[str, int]) -> tuple[str, list[tuple[str, int]], int]:
    """Add hours up to the shortest times of which there are few enough.

    Args:
        hours: findings by hour, as in `scrubber.archive.found.Found`.

    Returns:
        `hour`, `day`, `month` or `year`; findings of each, first to last; findings without a time.

    >>> folded({"2026-11-24T03": 2, "2026-11-24T05": 1, "": 4})
    ('hour', [('2026-11-24T03', 2), ('2026-11-24T04', 0), ('2026-11-24T05', 1)], 4)
    """
    known = {hour: count for hour, count in hours.items() if _known(hour)}
    untimed = sum(hours.values()) - sum(known.values())
    if not known:
        return "hour", [], untimed
    for unit, width in _UNITS:
        counts: Counter[str] = Counter()
        for hour, count in known.items():
            counts[hour[:width]] += count
        names = _between(min(known), max(known), width)
        if names is not None:
            return unit, [(name, counts[name]) for name in names], untimed
    # Clocks that were never set: the years that are there, and the rarest among no time at all.
    most = sorted(name for name, _ in counts.most_common(MOST))
    lost = counts.total() - sum(counts[name] for name in most)
    return "year", [(name, counts[name]) for name in most], untimed + lost


def _known(hour: str) -> bool:
    try:
        return hour not in _UNSET and _HOUR.fullmatch(hour) is not None and bool(_moment(hour))
    except ValueError:
        return False


def _moment(hour: str) -> datetime:
    return datetime.strptime(hour, "%Y-%m-%dT%H").replace(tzinfo=UTC)


def _between(first: str, last: str, width: int) -> list[str] | None:
    """Name all times from one hour to another; None where they are too many."""
    begin, end = _moment(first), _moment(last)
    if width == 4:  # noqa: PLR2004  # a year
        years = range(begin.year, end.year + 1)
        return [f"{year:04}" for year in years] if len(years) <= MOST else None
    if width == 7:  # noqa: PLR2004  # a month
        months = range(begin.year * 12 + begin.month - 1, end.year * 12 + end.month)
        return [f"{m // 12:04}-{m % 12 + 1:02}" for m in months] if len(months) <= MOST else None
    step = timedelta(hours=1) if width == 13 else timedelta(days=1)  # noqa: PLR2004  # an hour
    if width != 13:  # noqa: PLR2004
        begin, end = begin.replace(hour=0), end.replace(hour=0)
    count = (end - begin) // step + 1
    if count > MOST:
        return None
    return [(begin + step * number).strftime("%Y-%m-%dT%H")[:width] for number in range(count)]
