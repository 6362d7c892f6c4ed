"""
The names of columns: texts as any other, but no two of them may become one.

Promise: as many names as there were, and those that were different still are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrubber.columns.rows import scrub_distinct

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from scrubber.columns.rows import Scrubs


def scrub_names(names: Sequence[Hashable], scrubber: Scrubs) -> list[Hashable]:
    """Scrub the names of columns.

    Args:
        names: the names; those that are no text stay.
        scrubber: what looks and replaces.

    Returns:
        The names; one that collides is numbered.

    >>> from scrubber.default import scrubber_for
    >>> scrub_names(["id", "jane@example.com", "joe@example.com"], scrubber_for())
    ['id', '[email]', '[email] (2)']
    """
    texts = [str.__str__(name) if isinstance(name, str) else None for name in names]
    found = scrub_distinct(scrubber, [text for text in texts if text is not None])
    new = [found.get(text, name) if text else name for text, name in zip(texts, names, strict=True)]
    return numbered(names, new)


def numbered(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Hashable]:
    """Keep names apart that became one.

    Args:
        old: the names as they were.
        new: the names as they are now.

    Returns:
        The new names; the second of two that collide has a number.

    >>> numbered(["a", "b", "a", "c"], ["x", "x", "x", "c"])
    ['x', 'x (2)', 'x', 'c']
    """
    taken = {name for was, name in zip(old, new, strict=True) if was == name}
    given: dict[Hashable, Hashable] = {}
    for was, now in zip(old, new, strict=True):
        if was == now or was in given:
            continue
        name, number = now, 1
        while name in taken:
            number += 1
            name = f"{now} ({number})"
        taken.add(name)
        given[was] = name
    return [given.get(was, now) for was, now in zip(old, new, strict=True)]


def wanted(names: Sequence[object], columns: Sequence[object] | None) -> list[int] | None:
    """Find the places of the columns that were asked for.

    Args:
        names: the names of all columns.
        columns: the names asked for, or None for all.

    Returns:
        Places in order; None for all.

    Raises:
        TypeError: `columns` is one text, which would be read letter by letter.
        KeyError: there is no such column.

    >>> wanted(["id", "text", "id"], ["id"])
    [0, 2]
    """
    if columns is None:
        return None
    if isinstance(columns, str | bytes):
        raise TypeError("columns must be a list of names; write [name]")
    places = set()
    for number, asked in enumerate(columns):
        found = [place for place, name in enumerate(names) if name == asked]
        if not found:
            raise KeyError(f"columns[{number}] is the name of no column")
        places.update(found)
    return sorted(places)
