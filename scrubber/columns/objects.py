"""
Cells that are Python objects, as in a pandas column of type `object`.

Texts, bytes, paths and the containers of the language are scrubbed, keys included; numbers, times
and what stands for a missing value are passed on. Any other object is refused: nobody can say what
it holds, and its text is not what would be stored.

Promise: a cell in which nothing was found is the caller's own object; one in which something was
found is a new one, and the caller's is not changed.
"""

from __future__ import annotations

import datetime as dt
import uuid
from numbers import Number
from pathlib import PosixPath, PurePosixPath, PureWindowsPath, WindowsPath
from types import NoneType
from typing import TYPE_CHECKING, Any, Final

from scrubber.columns.closed import RefusedError
from scrubber.columns.names import numbered
from scrubber.columns.rows import replaced_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scrubber.columns.rows import Scrubs

_PLAIN: Final = (NoneType, Number, dt.date, dt.time, dt.timedelta, uuid.UUID)
_PATHS: Final = (PurePosixPath, PureWindowsPath, PosixPath, WindowsPath)
_TEXTS: Final = (str, bytes, bytearray, *_PATHS)
_ROWS: Final = (list, tuple, set, frozenset)


def replaced_objects(
    cells: Iterable[object],
    scrubber: Scrubs,
    *,
    plain: Sequence[type] = (),
    array: type | None = None,
) -> dict[int, object]:
    """Scrub cells that are objects.

    Args:
        cells: the objects.
        scrubber: what looks and replaces.
        plain: types of other libraries that hold no text.
        array: the array type of numpy, if cells may be such arrays.

    Returns:
        The rows that become another object, with that object.

    Raises:
        RefusedError: a cell is, or holds, an object that cannot be scrubbed.

    >>> from scrubber.default import scrubber_for
    >>> replaced_objects(["ok", None, ("jane@example.com", 7)], scrubber_for())
    {2: ('[email]', 7)}
    """
    held = _Objects(scrubber, (*_PLAIN, *plain), array)
    rows = list(cells)
    held.look([text for cell in rows for text in held.texts(cell)])
    done = ((row, cell, held.rebuilt(cell)) for row, cell in enumerate(rows))
    return {row: new for row, cell, new in done if new is not cell}


class _Objects:
    """Takes objects apart and puts them together with other texts."""

    def __init__(self, scrubber: Scrubs, plain: tuple[type, ...], array: type | None) -> None:
        self._scrubber = scrubber
        self._plain = plain
        self._array = array
        self._found: dict[str, str] = {}

    def look(self, texts: Sequence[str]) -> None:
        """Scrub all texts at once."""
        self._found = replaced_texts(self._scrubber, texts)

    def texts(self, cell: Any) -> Iterator[str]:  # noqa: ANN401  # whatever a cell may be
        """Give every text in a cell."""
        text = _text_of(cell)
        if text is not None:
            yield text
            return
        for item in self._items(cell):
            yield from self.texts(item)

    def rebuilt(self, cell: Any) -> object:  # noqa: ANN401  # as above
        """Give a cell with its findings replaced; itself when there are none."""
        kind = type(cell)
        text = _text_of(cell)
        if text is not None:
            new = self._found.get(text, text)
            # An object of a class made from `str` may hold more than its text.
            return cell if new == text and kind in _TEXTS else _as(kind, new)
        old = self._items(cell)
        items = [self.rebuilt(item) for item in old]
        if all(new is one for new, one in zip(items, old, strict=True)):
            return cell
        if kind is dict:
            return dict(zip(numbered(old[::2], items[::2]), items[1::2], strict=True))
        if kind is self._array:
            return _filled(cell.copy(), items)
        return kind(items)

    def _items(self, cell: Any) -> list[object]:  # noqa: ANN401  # as above
        """Give what a container holds; nothing for what is passed on."""
        kind = type(cell)
        if kind in _ROWS:
            return [*cell]
        if kind is dict:
            return [one for pair in cell.items() for one in pair]
        if kind is self._array and cell.dtype.kind == "O":
            items: list[object] = cell.ravel().tolist()
            return items
        if kind is self._array and cell.dtype.kind in "biufcmM":
            return []
        if issubclass(kind, self._plain):
            return []
        raise RefusedError(
            f"an object of type {kind.__name__} cannot be scrubbed; make it text, or name the "
            "columns that are to be scrubbed"
        )


def _text_of(cell: Any) -> str | None:  # noqa: ANN401  # as above
    """Give the text of a cell that is one."""
    if isinstance(cell, str):
        return str.__str__(cell)
    if isinstance(cell, bytes | bytearray):
        return bytes(memoryview(cell)).decode("utf-8", "surrogateescape")
    if type(cell) in _PATHS:
        return str(cell)
    return None


def _as(kind: type[Any], text: str) -> object:
    """Make a text what the cell was."""
    if issubclass(kind, str):
        return text
    if issubclass(kind, bytes | bytearray):
        raw = text.encode("utf-8", "surrogateescape")
        return bytearray(raw) if issubclass(kind, bytearray) else raw
    return kind(text)


def _filled(array: Any, items: Sequence[object]) -> object:  # noqa: ANN401  # one of numpy
    """Fill an array with items, one by one: an item may be a list."""
    flat = array.reshape(-1)
    for at, item in enumerate(items):
        flat[at] = item
    return flat.reshape(array.shape)
