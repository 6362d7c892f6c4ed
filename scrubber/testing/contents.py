"""
Every text in something, with the steps that lead to it: keys, bytes, numbers, what objects hold.

Promise: what cannot be looked into is an error and no silence; a cycle ends; the error names a type
and nothing else.
"""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterable, Awaitable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import suppress
from decimal import Decimal
from typing import Final

from scrubber.testing.readings import texts_of

UNSHOWN: Final = "[key]"
"""Stands in a path for a key that is no plain name, or may tell something."""

_LISTING: Final = ("to_pylist", "to_pydict", "to_list", "tolist", "to_dict")
"""How tables and arrays give all they hold: of PyArrow, Polars, NumPy and pandas."""

Steps = tuple[str | int, ...]


def texts_in(value: object) -> Iterator[tuple[Steps, str]]:
    """Give every text in something.

    Lists of texts are given as one text of many lines, too, since a text may be broken into them.
    What has no items is read as it prints itself, with its attributes.

    Args:
        value: texts, bytes, numbers, containers of them, or any object.

    Yields:
        The keys, indices and attributes that lead to a text, and the text.

    Raises:
        TypeError: something that cannot be read, such as a generator.

    >>> list(texts_in({"n": [1, b"two"]}))
    [(('n',), 'n'), (('n', 0), '1'), (('n', 1), 'two')]
    """
    __tracebackhide__ = True  # of pytest: what is here in variables is what was looked at
    waiting: list[tuple[Steps, object]] = [((), value)]
    walked: dict[int, object] = {}  # kept, so that no two have one id
    while waiting:
        steps, one = waiting.pop()
        if one is None or isinstance(one, bool):
            continue
        if isinstance(one, str):
            yield steps, str.__str__(one)
        elif isinstance(one, bytes | bytearray | memoryview):
            yield from ((steps, text) for text in texts_of(bytes(one)))
        elif isinstance(one, int):
            yield steps, str(Decimal(int(one)))  # Python refuses to print a long integer
        elif id(one) not in walked:
            walked[id(one)] = one
            inside = list(_inside(steps, one))
            waiting += reversed(inside)
            lines = [item for _, item in inside if isinstance(item, str)]
            if len(lines) > 1 and isinstance(one, list | tuple | deque):
                yield steps, "\n".join(lines)


def _inside(steps: Steps, value: object) -> Iterator[tuple[Steps, object]]:
    """Give what is in something, one step further; of what has no items, what it prints."""
    __tracebackhide__ = True
    if isinstance(value, Mapping):
        for key, item in value.items():
            step = key if isinstance(key, str) else UNSHOWN
            yield (*steps, step), key
            yield (*steps, step), item
    elif isinstance(value, list | tuple | deque | AbstractSet):
        for number, item in enumerate(value):
            yield (*steps, number), item
    else:
        items = _items(value)
        if items is not None:
            yield steps, items
            return
        yield from ((steps, text) for text in _printed(value))
        for name, item in _attributes(value):
            yield (*steps, name), item


def _items(value: object) -> object:
    """Give what a table or an array holds: printed, a long one is dots where its middle was."""
    for name in _LISTING:
        listing = None if isinstance(value, type) else getattr(value, name, None)
        if callable(listing):
            with suppress(Exception):  # one that wants arguments is no table's
                items = listing()
                if isinstance(items, Mapping | list):
                    return items
    return None


def _printed(value: object) -> Iterable[str]:
    """Give what something prints of itself."""
    __tracebackhide__ = True
    lazy = isinstance(value, Iterator | AsyncIterable | Awaitable)
    # What prints its address only shows nothing, and what has no attributes neither.
    mute = type(value).__repr__ is object.__repr__ and not any(_attributes(value))
    if not lazy and not mute:
        with suppress(Exception):  # whatever it says is no business of a report
            return list(dict.fromkeys((str(value), repr(value))))
    raise TypeError(f"cannot look into a {type(value).__name__}")


def _attributes(value: object) -> Iterator[tuple[str, object]]:
    """Give the attributes an object holds, and the exceptions behind an exception."""
    if isinstance(value, type):
        return
    names = dict.fromkeys(getattr(value, "__dict__", ()))
    for kind in type(value).__mro__:
        slots = kind.__dict__.get("__slots__", ())
        names.update(dict.fromkeys([slots] if isinstance(slots, str) else slots))
    if isinstance(value, BaseException):
        names.update(dict.fromkeys(("__cause__", "__context__")))
    for name in names:
        with suppress(Exception):  # a slot that was never filled
            yield name, getattr(value, name)
