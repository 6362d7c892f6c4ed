"""
What was found in one file, and what was done about it, in numbers.

Promise: never text; names of rules, entities, formats and hours only. Two of them add up, so a file
may be done in pieces.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Self

from scrubber.report import Report


@dataclass(slots=True)
class Found:
    """Counts of one file.

    Attributes:
        report: findings by entity and rule, and units that failed.
        lines: lines, rows, cells or values that were looked at: what a rule's share is taken of.
        hours: findings by the hour their record says, UTC, `2026-11-24T03`; "" where none says it.
        members: files in archives, by what became of them: `done`, `copied`, `listed`, `dropped`.
    """

    report: Report = field(default_factory=Report)
    lines: int = 0
    hours: Counter[str] = field(default_factory=Counter)
    members: Counter[str] = field(default_factory=Counter)

    def add(self, report: Report, *, lines: int = 0, hour: str = "") -> None:
        """Take note of a piece.

        Args:
            report: what was found in it.
            lines: how much was looked at.
            hour: when it was written, as in `hours`.
        """
        self.report += report
        self.lines += lines
        if report.findings:
            self.hours[hour] += report.findings

    def __iadd__(self, other: Found) -> Self:
        """Add the counts of another piece of the file."""
        self.report += other.report
        self.lines += other.lines
        self.hours.update(other.hours)
        self.members.update(other.members)
        return self
