"""
What was found, in numbers: counts by entity and rule, and failures.

Promise: never text, never its length.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scrubber.types import Finding, Span


@dataclass(frozen=True, slots=True)
class Report:
    """Counts of one redaction; reports add up with `+`.

    Attributes:
        counts: findings by (entity, rule id).
        failures: units that were replaced by a marker because something inside failed.
    """

    counts: Mapping[tuple[str, str], int] = field(default_factory=dict)
    failures: int = 0

    @classmethod
    def of(cls, findings: Iterable[Span | Finding], *, failures: int = 0) -> Report:
        """Count findings."""
        counts: dict[tuple[str, str], int] = {}
        for one in findings:
            key = (one.entity, one.rule_id)
            counts[key] = counts.get(key, 0) + 1
        return cls(counts, failures)

    @property
    def findings(self) -> int:
        """How many findings there are."""
        return sum(self.counts.values())

    @property
    def by_entity(self) -> dict[str, int]:
        """Findings by entity, most frequent first, then by name."""
        counts: Counter[str] = Counter()
        for (entity, _), count in self.counts.items():
            counts[entity] += count
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    def __add__(self, other: Report) -> Report:
        """Add two reports."""
        counts = Counter(self.counts)
        counts.update(other.counts)
        return Report(dict(counts), self.failures + other.failures)
