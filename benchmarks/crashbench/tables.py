"""
What a run prints: one table of all systems, leaks by sort, what it all means, and who is missing.

Promise: nothing is cut at any width from 60 columns: where not all systems fit beside each other,
they stand in several tables, each with the first one again.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from .running import Outcome
    from .scores import Score, Scores
    from .systems import System

WIDE: Final = 120
"""Columns from which intervals are shown."""
NONE: Final = "-"
CELL: Final = 9
"""Columns of a system in the table of sorts, without the one between."""
MARGIN: Final = 10
LEGEND: Final = (
    ("leak", "planted values still in the output, in any encoding, % of all"),
    ("part", "values of which only a part is left: a surname, a mailbox, %"),
    ("damage", "strings a debugger needs that are gone, % of all that had to stay"),
    ("prec, rec, F1", "how well what was taken out fits the labels, by the share that overlaps"),
    ("ms", "a case, the median of interleaved rounds; times: as a multiple of the first one's"),
    ("err", "cases that raised or gave nothing back; they leak nothing and damage everything"),
    ("[..]", "Wilson's interval, 95 %. Bold: the best of a column, or of a row"),
)
Row = tuple["System", str, "Scores"]


def printed(outcome: Outcome, console: Console) -> None:
    """Print everything that a run tells.

    Args:
        outcome: the run.
        console: where to.
    """
    about = outcome.corpus
    console.print(
        f"CrashBench {about['version']}, split {about['split']}, seed {about['seed']}: "
        f"{about['cases']:,} cases ({about['events']:,} events), {about['labels']:,} labels, "
        f"{about['stays']:,} strings that stay"
    )
    rows = [(system, *found) for system, found in outcome.systems.items()]
    if rows:
        console.print(summary(rows, wide=console.width >= WIDE))
        for table in by_sort(rows, console.width):
            console.print(table)
        _legend(console, rows)
    if outcome.missing:
        console.print(Text("not here", style="bold"))
        for one in outcome.missing:
            install = f" ({one.system.install})" if one.system.install else ""
            _item(console, one.system.name, f"{one.reason}{install}")


def summary(rows: Sequence[Row], *, wide: bool) -> Table:
    """Return one row a system."""
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 0), pad_edge=False)
    table.add_column("system", no_wrap=True)
    heads = ["leak", "part", "damage", "prec", "rec", "F1", "ms", "times", "MB/s", "err"]
    for head in heads:
        table.add_column(f" {head}", justify="right", no_wrap=True)
    first = rows[0][2].milliseconds
    cells = [_cells(scores, first, wide=wide) for _, _, scores in rows]
    best = [_best([row[column][0] for row in cells], least) for column, least in enumerate(LEAST)]
    for (system, _, _), row in zip(rows, cells, strict=True):
        shown = [
            Text(f" {text}", style="bold" if value is not None and value == best[column] else "")
            for column, (value, text) in enumerate(row)
        ]
        table.add_row(Text(system.name), *shown)
    return table


LEAST: Final = (True, True, True, False, False, False, True, None, False, None)
"""Of each column of the summary, whether less is better; None where nothing is best."""


def _cells(scores: Scores, first: float | None, *, wide: bool) -> list[tuple[float | None, str]]:
    one = scores.overall
    time, errors = scores.milliseconds, scores.errors.total()
    times = time / first if time and first else None
    return [
        *((rate.value, _rate(rate, wide=wide)) for rate in (one.leak, one.part, one.damage)),
        *((value, _two(value)) for value in (one.precision, one.recall, one.f1)),
        (time, _three(time)),
        (times, _three(times)),
        (scores.megabytes, _three(scores.megabytes)),
        (float(errors), str(errors or NONE)),
    ]


def by_sort(rows: Sequence[Row], width: int) -> Iterator[Table]:
    """Give leak rates, one row a sort, one column a system, in as many tables as are needed."""
    sorts = sorted({sort for _, _, scores in rows for sort in scores.by_sort})
    label = max(map(len, sorts), default=0)
    fitting = max(2, (width - label - MARGIN) // (CELL + 1))
    for number, block in enumerate(blocks(rows, fitting)):
        title = "leak % by sort" + (", continued" if number else "")
        table = Table(
            box=box.SIMPLE_HEAD, padding=(0, 0), pad_edge=False, title=title, title_justify="left"
        )
        table.add_column("sort", no_wrap=True)
        table.add_column(" values", justify="right", no_wrap=True)
        for system, _, _ in block:
            table.add_column(
                Text(system.heading), justify="right", vertical="bottom", min_width=CELL
            )
        for sort in sorts:
            every = [scores.by_sort[sort].leak.value for _, _, scores in rows]
            best = _best(every, least=True)
            cells = [_leak(scores.by_sort[sort], best) for _, _, scores in block]
            values = rows[0][2].by_sort[sort].values
            table.add_row(Text(sort), f" {values:,}", *cells)
        yield table


def blocks(rows: Sequence[Row], fitting: int) -> Iterator[Sequence[Row]]:
    """Give so many rows at a time, the first one always in front."""
    if len(rows) <= fitting:
        yield rows
        return
    first, rest = rows[0], rows[1:]
    step = fitting - 1
    for start in range(0, len(rest), step):
        yield [first, *rest[start : start + step]]


def _leak(score: Score, best: float | None) -> Text:
    value = score.leak.value
    return Text(_percent(value), style="bold" if value is not None and value == best else "")


def _best(values: Sequence[float | None], least: bool | None) -> float | None:  # noqa: FBT001
    known = [value for value in values if value is not None]
    if least is None or len(set(known)) < 2:  # all the same: nothing is best
        return None
    return min(known) if least else max(known)


def _rate(rate: Any, *, wide: bool) -> str:  # noqa: ANN401  # a Rate
    ends = rate.interval()
    shown = _percent(rate.value)
    if not wide or ends is None:
        return shown
    low, high = (f"{100 * end:.1f}" for end in ends)
    return f"{shown} {f'[{low}, {high}]':>13}"


def _percent(value: float | None) -> str:
    return NONE if value is None else f"{100 * value:.1f}"


def _two(value: float | None) -> str:
    return NONE if value is None else f"{value:.2f}"


def _three(value: float | None) -> str:
    if value is None:
        return NONE
    if value >= 99.5:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 9.95 else f"{value:.2f}"


def _legend(console: Console, rows: Sequence[Row]) -> None:
    console.print(Text("what it means", style="bold"))
    for term, meaning in LEGEND:
        _item(console, term, meaning)
    console.print(Text("versions, and what is unfair", style="bold"))
    for system, version, _ in rows:
        _item(console, f"{system.name} {version}".strip(), system.unfair)


def _item(console: Console, term: str, meaning: str) -> None:
    line = Text(f"{term}: ", style="italic")
    line.append(meaning, style="not italic")
    console.print(Padding(line, (0, 0, 0, 2)))


@contextmanager
def watched() -> Iterator[Callable[[int, int], None]]:
    """Show a bar on stderr while a run goes on, where that is a terminal."""
    console = Console(file=sys.stderr)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task("scrubbing")
        yield lambda done, total: bar.update(task, completed=done, total=total)
