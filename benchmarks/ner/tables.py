"""
Grids of figures: a row a set or a group, a column a system or a measure, bars beside the figures.

Promise: what is printed is what is written as JSON; a bar that is missed is marked in its cell.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from benchmarks.figures import Bar, Figure, Results, rounded

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from benchmarks.machine import Setting

BARS: Final = {
    "F1, held-out templates, embedded": Bar(0.85, least=True),
    "F1, held-out packages, embedded": Bar(0.82, least=True),
    "F1, held-out templates, embedded + spaCy": Bar(0.90, least=True),
    "F1, held-out packages, embedded + spaCy": Bar(0.88, least=True),
    "precision, embedded": Bar(0.92, least=True),
    "real logs": Bar(0.3, least=False),
    "own lines": Bar(0.05, least=False),
    "message": Bar(120.0, least=False),
    "log line": Bar(20.0, least=False),
    "dirty logs": Bar(20.0, least=True),
    "clean logs": Bar(100.0, least=True),
    "gap": Bar(10.0, least=False),
    "load": Bar(100.0, least=False),
    "memory": Bar(25.0, least=False),
    "tagger file": Bar(1.0, least=False),
    "both files": Bar(8.0, least=False),
}
"""What issue and model card ask for; times are of a machine that does nothing else."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of a grid.

    Attributes:
        row: the names of its row, one for each heading.
        column: the name of its column.
        value: the figure.
        unit: of it.
        bar: what it has to reach, or None.
    """

    row: tuple[str, ...]
    column: str
    value: float
    unit: str = ""
    bar: Bar | None = None

    def __str__(self) -> str:
        """Say it as in the table: `0.861 (≥ 0.85 held)`."""
        shown = f"{self.value:,.0f}" if self.unit == "count" else rounded(self.value)
        if self.bar is None:
            return shown
        limit = f"{'≥' if self.bar.least else '≤'} {self.bar.value:.3g}"
        return f"{shown} ({limit} {'held' if self.bar.held(self.value) else 'MISSED'})"


@dataclass(slots=True)
class Grid:
    """Cells under a title.

    Attributes:
        title: of the table.
        headings: over the names of the rows.
        cells: in the order in which rows and columns first come up.
    """

    title: str
    headings: tuple[str, ...]
    cells: list[Cell] = field(default_factory=list)

    def markdown(self) -> str:
        """Return it as a table."""
        columns = list(dict.fromkeys(cell.column for cell in self.cells))
        rows: dict[tuple[str, ...], dict[str, str]] = {}
        for cell in self.cells:
            rows.setdefault(cell.row, {})[cell.column] = str(cell)
        lines = [(*self.headings, *columns), ("---",) * (len(self.headings) + len(columns))]
        lines += [(*row, *(found.get(one, "") for one in columns)) for row, found in rows.items()]
        return "\n".join("| " + " | ".join(line) + " |" for line in lines)

    def figures(self) -> list[Figure]:
        """Return its cells as figures."""
        return [
            Figure(self.title, ", ".join((*one.row, one.column)), one.value, one.unit, one.bar)
            for one in self.cells
        ]


@dataclass(slots=True)
class Listing:
    """Figures under a title, a row each.

    Attributes:
        title: of the table.
        rows: its figures.
        setting: where they were made.
    """

    title: str
    rows: Sequence[Figure]
    setting: Setting

    def markdown(self) -> str:
        """Return it as a table."""
        return Results(self.setting, list(self.rows)).table()

    def figures(self) -> list[Figure]:
        """Return its figures."""
        return list(self.rows)


@dataclass(slots=True)
class Report:
    """Everything that is printed and written.

    Attributes:
        setting: where and when.
        tables: in their order.
        notes: what was skipped and what is unfair.
    """

    setting: Setting
    tables: list[Grid | Listing] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def listed(self, title: str, rows: Sequence[Figure]) -> None:
        """Add figures, a row each."""
        self.tables.append(Listing(title, rows, self.setting))

    def finish(self, path: Path | None) -> int:
        """Print everything, write JSON where it is asked for, and return the exit status.

        Args:
            path: the JSON file, or None.

        Returns:
            1 when something else was found than expected, else 0.
        """
        import json

        figures = [figure for table in self.tables for figure in table.figures()]
        whole = Results(self.setting, figures, self.notes)
        print(self.setting.heading())
        for table in self.tables:
            print(f"\n## {table.title}\n\n{table.markdown()}")
        missed = [one for one in figures if one.bar and not one.bar.held(one.value)]
        print(f"\nbars: {sum(one.bar is not None for one in figures)}, missed: {len(missed)}")
        print("\n".join(f"- MISSED {one.benchmark}: {one.what}" for one in missed))
        print("\n".join(f"- {note}" for note in self.notes))
        if path:
            text = json.dumps(whole.as_json(), indent=1, ensure_ascii=False)
            path.write_text(text + "\n", "utf-8")
        return 1 if any(one.wrong for one in figures) else 0
