"""
The scores of one system: rates, precision, recall and time, over all cases and by what they are of.

Promise: nothing here holds a value of the corpus.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING

from .rates import Rate

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .judging import Damage, Survivor, Value, Verdict

MEGABYTE = 1_000_000


@dataclass(slots=True)
class Score:
    """Counts over some values and strings, and what follows from them.

    Attributes:
        values: planted values, each once a case.
        leaked: those that are still there.
        partial: those of which a part is.
        stays: strings that had to stay.
        damaged: those that are gone.
        labels: labelled spans.
        covered: the sum of their shares that were taken out.
        spans: spans that were taken out.
        fitting: the sum of their shares that are labelled.
    """

    values: int = 0
    leaked: int = 0
    partial: int = 0
    stays: int = 0
    damaged: int = 0
    labels: int = 0
    covered: float = 0.0
    spans: int = 0
    fitting: float = 0.0

    @property
    def leak(self) -> Rate:
        """Values that are still there."""
        return Rate(self.leaked, self.values)

    @property
    def part(self) -> Rate:
        """Values of which only a part is still there."""
        return Rate(self.partial, self.values)

    @property
    def damage(self) -> Rate:
        """Strings that had to stay and are gone."""
        return Rate(self.damaged, self.stays)

    @property
    def precision(self) -> float | None:
        """How much of what was taken out is labelled; None where nothing was."""
        return self.fitting / self.spans if self.spans else None

    @property
    def recall(self) -> float | None:
        """How much of what is labelled was taken out; None where nothing is."""
        return self.covered / self.labels if self.labels else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both; None where one of them is."""
        precision, recall = self.precision, self.recall
        if precision is None or recall is None:
            return None
        both = precision + recall
        return 2 * precision * recall / both if both else 0.0

    def as_json(self) -> dict[str, object]:
        """Return everything as JSON can hold it."""
        return {
            "leak": self.leak.as_json(),
            "partial_leak": self.part.as_json(),
            "damage": self.damage.as_json(),
            "precision": self.precision,
            "recall": self.recall,
            "f1": self.f1,
            "labels": self.labels,
            "spans": self.spans,
        }


@dataclass(slots=True)
class Scores:
    """Everything one system did.

    Attributes:
        overall: over all cases.
        by_sort: over the values of a sort; one of two sorts counts in both, and leaks in
            that where it is left. There is no damage and no precision of a sort.
        by_entity: the same of an entity.
        by_shape: over the cases of a shape.
        survivors: the values that leaked, without them.
        damages: what had to stay and is gone, by its place.
        errors: kinds of error, and how often.
        seconds: the times of each timed case, by its id.
        sizes: their bytes.
    """

    overall: Score = field(default_factory=Score)
    by_sort: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    by_entity: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    by_shape: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    survivors: list[Survivor] = field(default_factory=list)
    damages: list[Damage] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    sizes: dict[str, int] = field(default_factory=dict)

    def add(self, verdict: Verdict, values: Sequence[Value]) -> None:
        """Add what became of a case.

        Args:
            verdict: of the case.
            values: what is planted in it.
        """
        whole = (self.overall, self.by_shape[verdict.case.shape])
        for value in values:
            sorts = [self.by_sort[sort] for sort in value.sorts]
            for score in (*whole, self.by_entity[value.entity], *sorts):
                score.values += 1
        for one in verdict.survivors:
            sorts = [self.by_sort[sort] for sort in one.sorts]
            for score in (*whole, self.by_entity[one.entity], *sorts):
                score.leaked += not one.part
                score.partial += one.part
        for label, share in verdict.recalls:
            for score in (*whole, self.by_entity[label.entity], self.by_sort[label.sort]):
                score.labels += 1
                score.covered += share
        for score in whole:
            score.stays += len(verdict.case.stays)
            score.damaged += len(verdict.damages)
            score.spans += len(verdict.precisions)
            score.fitting += sum(verdict.precisions)
        self.survivors += verdict.survivors
        self.damages += verdict.damages

    @property
    def milliseconds(self) -> float | None:
        """Return the time of a case: the mean over cases of each one's median over rounds."""
        times = [median(each) for each in self.seconds.values()]
        return sum(times) / len(times) * 1000 if times else None

    @property
    def megabytes(self) -> float | None:
        """Return how many MB it does in a second, by the same medians."""
        times = sum(median(each) for each in self.seconds.values())
        return sum(self.sizes.values()) / MEGABYTE / times if times else None

    def as_json(self) -> dict[str, object]:
        """Return everything as JSON can hold it."""

        def groups(of: Mapping[str, Score]) -> dict[str, object]:
            return {name: of[name].as_json() for name in sorted(of)}

        return {
            "overall": self.overall.as_json(),
            "by_sort": groups(self.by_sort),
            "by_entity": groups(self.by_entity),
            "by_shape": groups(self.by_shape),
            "errors": dict(self.errors),
            "time": {
                "cases": len(self.seconds),
                "rounds": max(map(len, self.seconds.values()), default=0),
                "ms_per_case": self.milliseconds,
                "mb_per_second": self.megabytes,
            },
            "survived_as": dict(
                Counter(one.encoding for one in self.survivors if not one.part).most_common()
            ),
        }
