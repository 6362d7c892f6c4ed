"""
How large a table in a text is: rows and columns of a DataFrame, the length of a Series.

Promise: any text gives a label, and the label is a known word and two counts.
"""

from __future__ import annotations

from typing import Final

from scrubber.lazy import lazy_pattern

_SHAPE_BEFORE: Final = lazy_pattern(
    r"shape: \((?P<rows>[0-9]{1,9}), ?(?P<columns>[0-9]{1,6})?\)\s*┌"
)
_SHAPE_BEHIND: Final = lazy_pattern(
    r"\[(?P<rows>[0-9]{1,9}) rows x (?P<columns>[0-9]{1,6}) columns\]"
)
_DTYPE: Final = lazy_pattern(r"dtype: [A-Za-z]")
_LENGTH: Final = lazy_pattern(r"\bLength: (?P<rows>[0-9]{1,9})")
_GAP: Final = lazy_pattern(r" {2,}")


def is_table(head: str) -> bool:
    r"""Tell whether a text is a table: it has lines and begins with no bracket.

    >>> is_table("   name\n0  x"), is_table("[1\n 2]"), is_table("array([1,\n 2])")
    (True, False, False)
    """
    line, newline, _ = head.partition("\n")
    return bool(newline) and "[" not in line and "(" not in line.removeprefix("shape: (")


def table_label(head: str, *, whole: bool) -> str:
    r"""Describe a table.

    Args:
        head: its first characters.
        whole: nothing comes behind them.

    Returns:
        `dataframe 5x3` or `series 5`, without counts where they are not readable.

    >>> table_label("   a  b\n0  1  2\n1  3  4", whole=True)
    'dataframe 2x2'
    """
    named = _SHAPE_BEFORE.match(head) or _SHAPE_BEHIND.search(head)
    if named:
        return f"dataframe {int(named['rows'])}x{int(named['columns'] or 1)}"
    lines = head.rstrip("\n").split("\n")
    if lines[0].startswith("|"):
        # The line of dashes, perhaps below the header, and the column of numbers.
        dashes = 0 if lines[0].startswith("|-") else 1
        columns = lines[dashes].count("|") - 2 if len(lines) > dashes else 0
        rows = len(lines) - dashes - 1
        return f"dataframe {rows}x{columns}" if whole and columns > 0 else "dataframe"
    if _DTYPE.search(lines[-1]):
        length = _LENGTH.search(lines[-1])
        count = int(length["rows"]) if length else len(lines) - 1
        return f"series {count}" if whole else "series"
    columns = len(_GAP.split(lines[0].strip()))
    return f"dataframe {len(lines) - 1}x{columns}" if whole else "dataframe"
