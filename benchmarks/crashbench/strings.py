"""
The strings of a text or an event, each with its place.

Promise: keys are walked over, not into: they belong to the path. An event whose keys were renamed
or sorted, or that lost some, is still matched with the one it was made from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Path = tuple["str | int", ...]
PAIR = 2


def strings(content: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:  # noqa: ANN401  # JSON
    """Give every string of some JSON with its place.

    >>> list(strings({"a": ["x", 1], "b": "y"}))
    [(('a', 0), 'x'), (('b',), 'y')]
    """
    if isinstance(content, str):
        yield path, content
    elif isinstance(content, dict):
        for key, value in content.items():
            yield from strings(value, (*path, key))
    elif isinstance(content, list):
        for place, value in enumerate(content):
            yield from strings(value, (*path, place))


def mapped(content: Any, change: Callable[[str], str]) -> Any:  # noqa: ANN401
    """Return some JSON with every string changed, keys left as they are.

    >>> mapped({"a": ["x", 1]}, str.upper)
    {'a': ['X', 1]}
    """
    if isinstance(content, str):
        return change(content)
    if isinstance(content, dict):
        return {key: mapped(value, change) for key, value in content.items()}
    if isinstance(content, list):
        return [mapped(value, change) for value in content]
    return content


def matched(before: Any, after: Any, path: Path = ()) -> Iterator[tuple[Path, str, str]]:  # noqa: ANN401
    """Give every string of some JSON, and what became of it.

    Args:
        before: what went in.
        after: what came out. A key that is there on one side only is taken for a renamed one when
            both sides have as many of them; they are paired in their order.
        path: where both are.

    Returns:
        Places in what went in, the strings there, and what is there now: a number or another value
        as Python writes it, "" where nothing is.

    >>> list(matched({"a": "x", "b": "y"}, {"b": "z"}))
    [(('a',), 'x', ''), (('b',), 'y', 'z')]
    """
    if isinstance(before, str):
        yield path, before, _written(after)
    elif isinstance(before, dict):
        there = _table(after)
        names = _renamed(before, there)
        for key, value in before.items():
            yield from matched(value, there.get(names.get(key) or key), (*path, key))
    elif isinstance(before, list):
        # How Relay writes what an SDK may send as a plain list.
        items = after.get("values") if isinstance(after, dict) else after
        items = items if isinstance(items, list) else []
        for place, value in enumerate(before):
            left = items[place] if place < len(items) else None
            yield from matched(value, left, (*path, place))


def _table(value: Any) -> dict[str, Any]:  # noqa: ANN401
    """Give a table; a list of pairs, which is how Relay writes some of them, is one."""
    if _pairs(value):
        return {str(key): left for key, left in value}
    return value if isinstance(value, dict) else {}


def _pairs(value: Any) -> bool:  # noqa: ANN401
    return isinstance(value, list) and all(
        isinstance(one, list) and len(one) == PAIR for one in value
    )


def _renamed(before: dict[str, Any], after: dict[str, Any]) -> dict[str, str]:
    lost = [key for key in before if key not in after]
    new = [key for key in after if key not in before and key != "_meta"]
    return dict(zip(lost, new, strict=True)) if len(lost) == len(new) else {}


def _written(value: Any) -> str:  # noqa: ANN401
    if value is None:
        return ""
    if value and _pairs(value):  # a query string, as Relay writes it
        return "&".join(f"{_written(key)}={_written(left)}" for key, left in value)
    return value if isinstance(value, str) else str(value)
