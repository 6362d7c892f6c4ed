"""
The few forms of Markdown that a page of disclosure is made of.

Promise: a cell of a table stays one, whatever stands in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    r"""Write a table.

    Args:
        head: what its columns are.
        rows: as many cells each.

    >>> print(table(("a", "b"), [("1", "x|y")]))
    | a | b |
    |---|---|
    | 1 | x\|y |
    """
    cells = [[one.replace("|", r"\|").replace("\n", " ") for one in row] for row in rows]
    lines = [f"| {' | '.join(row)} |" for row in cells]
    return "\n".join([f"| {' | '.join(head)} |", f"|{'---|' * len(head)}", *lines])


def bullets(items: Iterable[str]) -> str:
    """Write a list that is one sentence.

    >>> print(bullets(["one", "two"]))
    - one;
    - two.
    """
    return ";\n".join(f"- {one}" for one in items) + "."


def listed(words: Iterable[str]) -> str:
    """Join words as people do.

    >>> listed(["a", "b", "c"])
    'a, b or c'
    """
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last
