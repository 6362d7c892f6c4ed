"""
Overlapping spans in, disjoint spans out.

Promise: every character covered by an input span is covered by an output span, protected ranges
apart.

The longest span wins, then the surest, then the first by rule id; the others keep what it leaves
over. The rejected alternative, dropping every span that overlaps a winner, leaves the tail of a
half-covered match in the output.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scrubber.types import Span


def resolve(spans: Iterable[Span], *, protected: Sequence[tuple[int, int]] = ()) -> list[Span]:
    """Make spans disjoint.

    Args:
        spans: half-open ranges of one unit, in any order, overlapping.
        protected: ranges nothing may cover, disjoint and sorted: placeholders that are already
        there.

    Returns:
        Disjoint spans in order of their start. Overlapping spans of one entity are one span.
    """
    ordered = sorted(spans)
    if not protected and all(one.end <= other.start for one, other in pairwise(ordered)):
        return ordered
    taken = _Taken(protected)
    chosen: list[Span] = []
    for span in sorted(_united(ordered), key=_rank):
        chosen += [span._replace(start=start, end=end) for start, end in taken.take(span)]
    return sorted(chosen)


def _rank(span: Span) -> tuple[int, float, str, int]:
    return (span.start - span.end, -span.confidence, span.rule_id, span.start)


def _united(spans: Iterable[Span]) -> list[Span]:
    """Unite sorted overlapping spans of one entity; the best-ranked member names the union."""
    united: list[Span] = []
    last: dict[str, int] = {}
    for span in spans:
        index = last.get(span.entity)
        if index is None or span.start >= united[index].end:
            last[span.entity] = len(united)
            united.append(span)
            continue
        other = united[index]
        best = min(other, span, key=_rank)
        united[index] = best._replace(start=other.start, end=max(other.end, span.end))
    return united


class _Taken:
    """Disjoint ranges that are taken, kept sorted."""

    def __init__(self, protected: Sequence[tuple[int, int]]) -> None:
        self._starts = [start for start, _ in protected]
        self._ends = [end for _, end in protected]

    def take(self, span: Span) -> list[tuple[int, int]]:
        """Take what is free of a span and give the pieces."""
        first = bisect_right(self._ends, span.start)
        pieces: list[tuple[int, int]] = []
        cursor, index = span.start, first
        while index < len(self._starts) and self._starts[index] < span.end:
            if cursor < self._starts[index]:
                pieces.append((cursor, self._starts[index]))
            cursor = self._ends[index]
            index += 1
        if cursor < span.end:
            pieces.append((cursor, span.end))
        if pieces:
            start = min(span.start, self._starts[first]) if index > first else span.start
            end = max(span.end, self._ends[index - 1]) if index > first else span.end
            self._starts[first:index] = [start]
            self._ends[first:index] = [end]
        return pieces
