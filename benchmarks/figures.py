"""
Figures as a table and as JSON, with the bar each is held to.

Promise: no figure leaves without the date, the machine, the versions and the command; a count of
findings that is not the expected one is marked, and the program ends with 1. A bar that is missed
is marked and no failure: a busy machine misses it too.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from benchmarks.machine import Setting

DEFINITIONS: Final = Path(__file__).with_name("definitions.toml")
HEAD: Final = ("benchmark", "what", "value", "unit", "bar", "findings", "expected", "")


@dataclass(frozen=True, slots=True)
class Bar:
    """What a figure has to reach: a row of `bars` in definitions.toml.

    Attributes:
        value: the limit, in the unit of the figure.
        least: whether the figure has to be at least that; at most otherwise.
    """

    value: float
    least: bool

    def held(self, value: float) -> bool:
        """Tell whether a value reaches it."""
        return value >= self.value if self.least else value <= self.value

    def __str__(self) -> str:
        """Say it as in the table: `≤ 1.7`."""
        return f"{'≥' if self.least else '≤'} {self.value:g}"


def bars() -> dict[str, Bar]:
    """Return every bar of definitions.toml by its name."""
    tables = tomllib.loads(DEFINITIONS.read_text("utf-8"))["bars"]
    return {
        name: Bar(next(iter(table.values())), least="at_least" in table)
        for name, table in tables.items()
    }


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value.

    Attributes:
        benchmark: what was done.
        what: which contestant, or which part.
        value: the figure.
        unit: of it, for example `µs a line`.
        bar: what it has to reach, or None.
        findings: what was found, or None where nothing is counted.
        expected: what has to be found, or None where nobody can say.
    """

    benchmark: str
    what: str
    value: float
    unit: str
    bar: Bar | None = None
    findings: int | None = None
    expected: int | None = None

    @property
    def wrong(self) -> bool:
        """Whether something else was found than expected."""
        return self.expected is not None and self.findings != self.expected

    def cells(self) -> tuple[str, ...]:
        """Return its row of the table."""
        marks = ["WRONG"] if self.wrong else []
        if self.bar:
            marks.append("held" if self.bar.held(self.value) else "MISSED")
        return (
            self.benchmark,
            self.what,
            rounded(self.value),
            self.unit,
            str(self.bar or ""),
            "" if self.findings is None else f"{self.findings:,}",
            "" if self.expected is None else f"{self.expected:,}",
            " ".join(marks),
        )


def rounded(value: float) -> str:
    """Return three digits that say something.

    >>> [rounded(value) for value in (0.61234, 1.6666, 12.345, 1733.2)]
    ['0.612', '1.67', '12.3', '1,733']
    """
    for limit, digits in ((1, 3), (10, 2), (100, 1)):
        if abs(value) < limit:
            return f"{value:.{digits}f}"
    return f"{value:,.0f}"


@dataclass(slots=True)
class Results:
    """The figures of one program, and what it skipped.

    Attributes:
        setting: where and when.
        figures: in the order in which they were made.
        notes: what was skipped, with the reason, and what is unfair.
    """

    setting: Setting
    figures: list[Figure] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def skip(self, what: str, reason: str) -> None:
        """Note that something is not measured, and why."""
        self.notes.append(f"skipped: {what}: {reason}")

    def table(self) -> str:
        """Return the figures as a Markdown table."""
        rows = [HEAD, *(figure.cells() for figure in self.figures)]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        lines = [
            "| " + " | ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)) + " |"
            for row in rows
        ]
        lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
        return "\n".join(lines)

    def finish(self, path: Path | None = None) -> int:
        """Print everything, write JSON where it is asked for, and return the exit status.

        Args:
            path: the JSON file, or None.

        Returns:
            1 when something else was found than expected, else 0.
        """
        print(f"{self.setting.heading()}\n\n{self.table()}")
        if self.notes:
            print("\n" + "\n".join(f"- {note}" for note in self.notes))
        if path:
            path.write_text(
                json.dumps(self.as_json(), indent=1, ensure_ascii=False) + "\n", "utf-8"
            )
        return 1 if any(figure.wrong for figure in self.figures) else 0

    def as_json(self) -> dict[str, object]:
        """Return everything as JSON can hold it."""
        return {
            **asdict(self.setting),
            "figures": [
                asdict(one)
                | {
                    "bar": str(one.bar) if one.bar else None,
                    "held": one.bar.held(one.value) if one.bar else None,
                    "wrong": one.wrong,
                }
                for one in self.figures
            ],
            "notes": self.notes,
        }
