"""
How well names are found, by set, by system and by where the names come from.

Promise: what is scored is what a user would see. Where findings of several taggers overlap, the
longer counts as the one that is compared by its start and end; a name is covered when none of its
letters is left by all of them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING, Final

from benchmarks.figures import Bar
from benchmarks.ner.systems import EMBEDDED, SPACY, UNION, longest
from benchmarks.ner.tables import BARS, Cell, Grid
from training.scores import Score

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from benchmarks.ner.systems import Range, System
    from training.messages import Message

SEED: Final = 20_264
TEMPLATES: Final = "held-out templates"
PACKAGES: Final = "held-out packages"
WNUT: Final = "WNUT17 test"
PERCENT: Final = "%"


@dataclass(slots=True)
class Tally:
    """What a system did with some messages.

    Attributes:
        exact: counts of names by start and end.
        whole: the same with all that was found, for names that are covered.
        groups: the same as `exact`, by where the names come from.
        covered: the same as `whole`, by that.
    """

    exact: Score = field(default_factory=Score)
    whole: Score = field(default_factory=Score)
    groups: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    covered: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))

    def add(self, message: Message, ranges: Sequence[Range]) -> None:
        """Count a message."""
        chosen = longest(ranges)
        self.exact.add(message, chosen)
        self.whole.add(message, ranges)
        if message.group:
            self.groups[message.group].add(message, chosen)
            self.covered[message.group].add(message, ranges)


Tallies = dict[str, dict[tuple[str, str], Tally]]
"""By set, and by system and its lists."""


def tallied(sets: Mapping[str, Sequence[Message]], systems: Sequence[System]) -> Tallies:
    """Let each system read each set."""
    found: Tallies = {}
    for name, messages in sets.items():
        texts = [one.text for one in messages]
        for system in systems:
            tally = found.setdefault(name, {})[system.name, system.lists] = Tally()
            for message, ranges in zip(messages, system.each(texts), strict=True):
                tally.add(message, ranges)
    return found


def scores(tallies: Tallies) -> Grid:
    """Return precision, recall, F1 and what is covered."""
    grid = Grid("names found, by exact span", ("set", "system", "lists"))
    for name, rivals in tallies.items():
        spacy = next((one for (system, _), one in rivals.items() if system == SPACY), None)
        above = Bar(spacy.exact.f1, least=True) if spacy and name == WNUT else None
        for (system, lists), tally in rivals.items():
            row = (name, system, lists)
            exact = tally.exact
            mine = system in (EMBEDDED, UNION)
            least = above if mine else None
            precise = BARS.get(f"precision, {system}") if name != WNUT else None
            grid.cells += [
                Cell(row, "precision", exact.precision, bar=precise),
                Cell(row, "recall", exact.recall),
                Cell(row, "F1", exact.f1, bar=BARS.get(f"F1, {name}, {system}", least)),
                Cell(row, "covered", tally.whole.coverage),
                Cell(row, "names", exact.named, "count"),
            ]
    return grid


def by_group(tallies: Tallies) -> list[Grid]:
    """Return the recall by group of names, of our systems, over both sets that have groups."""
    grids = []
    for title, which in (("covered", "covered"), ("found by exact span", "groups")):
        grid = Grid(f"recall by group of names, {title}", ("names",))
        columns = {key for one in tallies.values() for key in one if key[0] in (EMBEDDED, UNION)}
        for system, lists in sorted(columns):
            counts: dict[str, Score] = defaultdict(Score)
            for name in (TEMPLATES, PACKAGES):
                for group, score in getattr(tallies[name][system, lists], which).items():
                    counts[group].named += score.named
                    counts[group].right += score.covered if which == "covered" else score.right
            grid.cells += _column(f"{system}, {lists}", counts)
        rows = {cell.row: cell for cell in grid.cells}
        if rows:
            grids.append(grid)
    return grids


def _column(title: str, counts: Mapping[str, Score]) -> Iterable[Cell]:
    shares = {group: one.right / one.named * 100 for group, one in counts.items()}
    for group, share in sorted(shares.items()):
        yield Cell((group,), "count", counts[group].named, "count")
        yield Cell((group,), title, share, PERCENT)
    if shares:
        gap = max(shares.values()) - min(shares.values())
        yield Cell(("**best less worst, points**",), title, gap, "points", BARS["gap"])


def clean(
    lines: Mapping[str, Sequence[str]], systems: Sequence[System], most: int, shown: int
) -> tuple[Grid, list[str]]:
    """Return how many clean lines have a name in them, and some of what was found there.

    Args:
        lines: by source; those whose source begins with `log:` are real.
        systems: each has its packaged lists.
        most: how many lines of a source a slow system reads, evenly drawn.
        shown: how many findings of ours are given as notes.
    """
    grid = Grid("clean lines with a name found, %", ("source",))
    wrong: list[str] = []
    totals: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for source, all_ in lines.items():
        grid.cells.append(Cell((source,), "lines", len(all_), "count"))
        kind = "real logs" if source.startswith("log:") else "own lines"
        for system in systems:
            texts = some(all_, most) if system.peer else all_
            found = [
                (text, ranges)
                for text, ranges in zip(texts, system.each(texts), strict=True)
                if ranges
            ]
            counts = totals[kind, system.name]
            counts[0] += len(found)
            counts[1] += len(texts)
            share = len(found) / max(len(texts), 1) * 100
            grid.cells.append(Cell((source,), system.name, share, PERCENT))
            if system.name in (EMBEDDED, UNION):
                title = f"by {system.name}, {source}"
                wrong += [f"{title}: `{_pieces(text, ranges)}`" for text, ranges in found[:shown]]
    for (kind, name), (found_in, of) in totals.items():
        row = (f"**all {kind}**",)
        bar = BARS[kind] if name in (EMBEDDED, UNION) else None
        grid.cells.append(Cell(row, name, found_in / max(of, 1) * 100, PERCENT, bar))
        if name == EMBEDDED:
            grid.cells.append(Cell(row, "lines", of, "count"))
    return grid, wrong


def some(lines: Sequence[str], most: int) -> Sequence[str]:
    """Return at most so many lines, drawn with a fixed seed."""
    if len(lines) <= most:
        return lines
    return Random(SEED).sample(lines, most)  # noqa: S311  # not for keeping secrets


def _pieces(text: str, ranges: Iterable[Range]) -> str:
    return "`, `".join(text[start:end] for start, end in ranges)
