"""
Lists of numbers, and lists of those: pixels, embeddings, token ids.

Sentry keeps ten entries of each of five levels of lists, which are a thousand values of an image. A
long list is looked at here and there only: whoever made it made one thing of many numbers.

Promise: a few thousand entries are looked at, by the methods of the built-in types, never by those
of classes derived from them.
"""

from __future__ import annotations

from collections import deque
from itertools import islice
from typing import Any, Final, NamedTuple

from scrubber.integrations.sentry.class_facts import MISSING, class_name, full_name, in_class, mro

MOST: Final = 16
"""Numbers that may stand in a list, in all: a matrix, a box, a few losses."""

_BUDGET: Final = 2048
_DEEPEST: Final = 8
_LOOKED_AT: Final = 128
_LOOKED_AT_BELOW: Final = 8
_LONG: Final = 256
# Of so many entries one may be something else: a None where a value was missing.
_STRAYS: Final = 16

_ROWS: Final = (list, tuple)
_BAGS: Final = (set, frozenset, deque)
_BUILT_IN: Final = (int, float, complex)
_OTHER: Final = frozenset(
    {("numpy", "number"), ("numpy", "bool"), ("numpy", "bool_"), ("decimal", "Decimal")}
)


class _Extent(NamedTuple):
    dims: tuple[int, ...] | None
    numbers: float


class _Look:
    """One look at a list."""

    def __init__(self) -> None:
        self.left = _BUDGET

    def extent(self, value: object, depth: int = 0) -> _Extent | None:
        """Count the numbers of a list; None if it is none of numbers."""
        base = _base(type(value))
        if base is None or depth > _DEEPEST:
            return None
        length = base.__len__(value)
        items = _some(value, base, length, _LOOKED_AT_BELOW if depth else _LOOKED_AT)
        self.left -= len(items)
        if not length:
            return _Extent((0,), 0)
        numbers = sum(_is_number(type(item)) for item in items)
        if len(items) - numbers <= (len(items) // _STRAYS if length > _LONG else 0):
            return _Extent((length,), length)
        if numbers or base not in _ROWS:
            return None
        return self._rows(items, length, depth)

    def _rows(self, items: list[object], length: int, depth: int) -> _Extent | None:
        rows = []
        for item in items:
            row = self.extent(item, depth + 1)
            if row is None:
                return None
            rows.append(row)
            if self.left <= 0:
                break
        same = len({row.dims for row in rows}) == 1 and rows[0].dims is not None
        count = sum(row.numbers for row in rows) * length / len(rows)
        return _Extent((length, *rows[0].dims) if same and rows[0].dims else None, count)


def numbers_label(value: object) -> str | None:
    """Tell a list, tuple, set or deque of many numbers.

    Args:
        value: any object.

    Returns:
        What it is and its size, or None if it is none or holds few.

    >>> numbers_label([0] * 1000), numbers_label([[0.5] * 4] * 9), numbers_label([1, 2, 3])
    ('<list of 1000 numbers>', '<list of 9x4 numbers>', None)
    """
    if _base(type(value)) is None:
        return None
    extent = _Look().extent(value)
    if extent is None or extent.numbers <= MOST:
        return None
    name = class_name(type(value))
    if extent.dims is None:
        return f"<{name} of lists of numbers>"
    return f"<{name} of {'x'.join(map(str, extent.dims))} numbers>"


def _base(kind: type) -> Any:  # noqa: ANN401  # a class whose methods are called as functions
    if issubclass(kind, tuple) and in_class(kind, "_fields") is not MISSING:
        return None
    return next((base for base in (*_ROWS, *_BAGS) if issubclass(kind, base)), None)


def _some(value: Any, base: Any, length: int, most: int) -> list[object]:  # noqa: ANN401
    """Give the first entries, and as many spread over the rest where entries have places."""
    if base not in _ROWS or length <= 2 * most:
        return list(islice(base.__iter__(value), 2 * most))
    spread = [base.__getitem__(value, at * length // most) for at in range(most)]
    return [*islice(base.__iter__(value), most), *spread]


def _is_number(kind: type) -> bool:
    return issubclass(kind, _BUILT_IN) or any(full_name(base) in _OTHER for base in mro(kind))
