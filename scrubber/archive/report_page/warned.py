"""
What a person should look at.

Files that failed, units that failed, rules that hit much of a file, and what was not copied.

Promise: what could not be redacted comes first, and nothing of it is left out without its count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scrubber.archive.report_page.markup import Markup, amount, fill, joined, many

if TYPE_CHECKING:
    from scrubber.archive.summary import Summary
    from scrubber.archive.warned import Warned

SEEN: Final = 10
"""Rows that are seen at once."""
MOST: Final = 100
"""Rows in all."""

_SECTION: Final = """<section aria-labelledby="{id}" class="{mood}">
<h2 id="{id}">{heading}</h2>
<p>{lead}</p>
{table}
{more}
</section>"""
_TABLE: Final = """<table>
<caption>{caption}</caption>
<thead><tr><th scope="col">File</th><th scope="col">{label}</th></tr></thead>
<tbody>
{rows}
</tbody>
</table>"""
_MORE: Final = """<details><summary>{count} more</summary>
{table}
</details>"""
_ROW: Final = '<tr><th scope="row">{file}</th><td>{what}</td></tr>'

# kind: mood, heading, what it means, what the second column is
_KINDS: Final = {
    "failed": (
        "bad",
        "Files that failed",
        "Nothing of them is in the target. The run can be repeated: only they are done again.",
        "Why",
    ),
    "units": (
        "bad",
        "Units that could not be scrubbed",
        "A marker stands in their place. Their text is not in the target.",
        "Units",
    ),
    "share": (
        "warn",
        "Rules that hit much of a file",
        "More than one line in five. Look whether they should: what a debugger needs may be gone.",
        "Rule",
    ),
    "listed": (
        "plain",
        "Files that were not copied",
        "No format knows them, or they are no files. --unknown says what becomes of them.",
        "Why",
    ),
}
_NOT_WRITTEN: Final = {
    "dry-run": ("Files that fail", "They would not be in the target."),
    "verify": ("Files that did not pass", "They hold what the rules find, or cannot be read."),
}


def failures(summary: Summary) -> list[Markup]:
    """Tell what could not be redacted.

    Args:
        summary: what a run came to.

    Returns:
        A section for files and one for units, where there are any.
    """
    return _sections(summary, ("failed", "units"))


def doubts(summary: Summary) -> list[Markup]:
    """Tell what was redacted, or left out, and should be looked at.

    Args:
        summary: what a run came to.

    Returns:
        A section for shares of lines and one for files, where there are any.
    """
    return _sections(summary, ("share", "listed"))


def _sections(summary: Summary, kinds: tuple[str, ...]) -> list[Markup]:
    told: dict[str, list[Warned]] = {}
    for one in summary.warnings():
        told.setdefault(one.kind, []).append(one)
    return [_section(summary, kind, told[kind][:MOST]) for kind in kinds if kind in told]


def _section(summary: Summary, kind: str, some: list[Warned]) -> Markup:
    mood, heading, lead, label = _KINDS[kind]
    if kind == "failed" and summary.mode != "redact":
        heading, lead = _NOT_WRITTEN[summary.mode]
    count = summary.warned[kind]
    caption = many(count, "warning" if kind == "share" else "file")
    if count > len(some):
        caption += f", {amount(len(some))} of them here"
    more = Markup()
    if len(some) > SEEN:
        rest = _table(f"{heading}, the others", label, some[SEEN:])
        more = fill(_MORE, count=amount(len(some) - SEEN), table=rest)
    return fill(
        _SECTION,
        id=f"{summary.mode}-{kind}",
        mood=mood,
        heading=heading,
        lead=lead,
        table=_table(caption, label, some[:SEEN]),
        more=more,
    )


def _table(caption: str, label: str, some: list[Warned]) -> Markup:
    rows = [fill(_ROW, file=one.file, what=_what(one)) for one in some]
    return fill(_TABLE, caption=caption, label=label, rows=joined(*rows))


def _what(one: Warned) -> str | Markup:
    if one.kind == "share":
        return fill(
            "<code>{rule}</code>: {count} in {lines}",
            rule=one.rule,
            count=many(one.count, "finding"),
            lines=many(one.lines, "line"),
        )
    return amount(one.count) if one.kind == "units" else one.reason
