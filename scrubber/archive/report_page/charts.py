"""
Counts as pictures that are read aloud, too.

Bars stand in the table that says the same in words and numbers. Columns over time are a picture
with a description, and the table is below it. Widths are attributes of SVG, since a style on an
element would need a policy that lets any style in.

Promise: no count is only drawn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scrubber.archive.report_page.markup import Markup, amount, fill, joined, many

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST: Final = 25
"""Rows of a chart."""

_SECTION: Final = """<section aria-labelledby="{id}">
<h2 id="{id}">{heading}</h2>
{body}
</section>"""
_TABLE: Final = """<table class="bars">
<caption>{caption}</caption>
<thead><tr><th scope="col">{label}</th><th scope="col" class="number">{noun}</th></tr></thead>
<tbody>
{rows}
</tbody>
</table>"""
_ROW: Final = """<tr{kind}><th scope="row">{name}{bar}</th><td class="number">{count}</td></tr>"""
_BAR: Final = """<svg class="bar" aria-hidden="true" focusable="false" width="100%" height="6">\
<rect class="track" width="100%" height="6" rx="3"/>\
<rect class="fill" width="{width}%" height="6" rx="3"/></svg>"""
_COLUMNS: Final = """<figure>
<p class="top" aria-hidden="true">{top}</p>
<svg class="columns" role="img" aria-label="{told}" width="100%" height="140">
{bars}
<line class="base" x1="0" y1="139.5" x2="100%" y2="139.5"/>
</svg>
<p class="ends{few}" aria-hidden="true"><span>{first}</span>{last}</p>
<figcaption>{caption}</figcaption>
</figure>
<details><summary>As a table</summary>
{table}
</details>"""
_HEIGHT: Final = 139
_WIDEST: Final = 5.0
_FEW: Final = 4


def bars(  # noqa: PLR0913  # each is a word of the table
    name: str,
    heading: str,
    words: tuple[str, str],
    rows: Sequence[tuple[str, int]],
    *,
    others: int = 0,
    rest: int = 0,
    noun: str = "finding",
) -> Markup:
    """Draw counts by name.

    Args:
        name: of the section, for links.
        heading: of the section.
        words: what a name is, and what several are.
        rows: names and counts, most first; what is behind `MOST` is added up.
        others: names that are not even in `rows`.
        rest: what they count.
        noun: what is counted.
    """
    label, plural = words
    others += len(rows[MOST:])
    rest += sum(count for _, count in rows[MOST:])
    drawn = _rows(rows[:MOST])
    if others:
        what = f"{amount(others)} more"
        drawn.append(
            fill(_ROW, kind=Markup(' class="rest"'), name=what, bar=Markup(), count=amount(rest))
        )
    total = sum(count for _, count in rows[:MOST]) + rest
    names = len(rows[:MOST]) + others
    caption = f"{amount(names)} {plural if names != 1 else label}, {many(total, noun)}"
    table = fill(
        _TABLE,
        caption=caption,
        label=label.capitalize(),
        noun=f"{noun.capitalize()}s",
        rows=joined(*drawn),
    )
    return fill(_SECTION, id=name, heading=heading, body=table)


def columns(
    name: str, heading: str, unit: str, rows: Sequence[tuple[str, int]], untimed: int
) -> Markup:
    """Draw counts over time.

    Args:
        name: of the section, for links.
        heading: of the section.
        unit: how long a time is.
        rows: times and counts, first to last.
        untimed: counts without a time.
    """
    without = f"{many(untimed, 'finding')} in records that say no time" if untimed else ""
    if not rows:
        return fill(_SECTION, id=name, heading=heading, body=fill("<p>{text}.</p>", text=without))
    highest, when = max((count, time) for time, count in rows)
    highest = max(highest, 1)
    step = 100 / len(rows)
    # A single column as wide as the page is a wall.
    width = min(step * 0.8, _WIDEST)
    drawn = [
        fill(
            '<rect class="fill" x="{x}%" y="{y}" width="{width}%" height="{height}">'
            "<title>{title}</title></rect>",
            x=f"{number * step + (step - width) / 2:.3f}",
            y=f"{_HEIGHT - _tall(count, highest):.1f}",
            width=f"{width:.3f}",
            height=f"{_tall(count, highest):.1f}",
            title=f"{_time(time)}: {amount(count)}",
        )
        for number, (time, count) in enumerate(rows)
        if count
    ]
    first, last = _time(rows[0][0]), _time(rows[-1][0])
    span = f"from {first} to {last}" if len(rows) > 1 else first
    told = f"{heading}, {span} UTC; most: {amount(highest)}, {_time(when)}"
    table = fill(
        _TABLE,
        caption=f"{heading}, UTC; times without findings are left out",
        label=unit.capitalize(),
        noun="Findings",
        rows=joined(*_rows([(_time(time), count) for time, count in rows if count])),
    )
    body = fill(
        _COLUMNS,
        top=f"{amount(highest)} at most",
        told=told,
        bars=joined(*drawn),
        few=" few" if len(rows) < _FEW else "",
        first=first,
        last=fill("<span>{last}</span>", last=last) if len(rows) > 1 else "",
        caption=f"UTC{without and f'; {without}'}",
        table=table,
    )
    return fill(_SECTION, id=name, heading=heading, body=body)


def _rows(rows: Sequence[tuple[str, int]]) -> list[Markup]:
    highest = max((count for _, count in rows), default=0) or 1
    return [
        fill(
            _ROW,
            kind=Markup(),
            name=fill("<span>{name}</span>", name=name),
            bar=fill(_BAR, width=f"{_wide(count, highest):.2f}"),
            count=amount(count),
        )
        for name, count in rows
    ]


def _wide(count: int, highest: int) -> float:
    """Give the width of a bar in percent: what is there is seen."""
    return max(100 * count / highest, 0.8) if count else 0


def _tall(count: int, highest: int) -> float:
    """Give the height of a column: what is there is seen."""
    return max(_HEIGHT * count / highest, 2)


def _time(time: str) -> str:
    """Write an hour as people do; longer times are what they are.

    >>> _time("2026-11-24T03"), _time("2026-11")
    ('2026-11-24 03:00', '2026-11')
    """
    return f"{time.replace('T', ' ')}:00" if "T" in time else time
