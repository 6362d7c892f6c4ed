"""
What is left of an event that was too much to scrub: what its place tells, and paths.

Ids, moments, names of code, lines and versions stay where they fit the grammar of their field, and
paths are redacted one by one. Free texts are markers. So the crash is still found, grouped and
placed in its release, where a stub would tell of its frames only.

Promise: no text stays that is neither in the grammar of its place nor redacted; the walk is
bounded, whatever it is given; no code of the caller's objects runs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from scrubber.units.stub import FAILED

if TYPE_CHECKING:
    from collections.abc import Callable

    from scrubber.units.fields import Field

DEEPEST: Final = 16
MOST_ITEMS: Final = 250
MOST_VALUES: Final = 20_000
_PATHS: Final = frozenset({"file", "path"})
_KEPT: Final = frozenset({"file", "keep", "name"})
_MARKED: Final = frozenset({"message", "text", "transaction", "value"})
"""Fields of free text whose place is told by a marker."""
_LARGEST_NUMBER: Final = 1 << 64


class Reduced:
    """Copies what may stay of one event."""

    def __init__(self, path: Callable[[str, str], str | None]) -> None:
        """Begin an event.

        Args:
            path: (path, file) -> what may be told of a path, or None; it may raise.
        """
        self._path = path
        self._values = 0

    def of(self, event: object, field: Field) -> dict[str, object]:
        """Give what may stay of an event.

        Args:
            event: anything.
            field: what it is.
        """
        kept = self._value(event, field, "", 0)
        return kept if isinstance(kept, dict) else {}

    def _value(  # noqa: PLR0911 - one return for each kind of value
        self, value: object, field: Field, beside: str, depth: int
    ) -> object:
        self._values += 1
        kind = type(value)
        if depth > DEEPEST or self._values > MOST_VALUES or field.role in {"drop", "identity"}:
            return None
        if kind is str:
            return self._text(cast("str", value), field, beside)
        if kind is bool:
            return value
        if kind is int or kind is float:
            number = cast("float", value)
            fits = field.role == "keep" and abs(number) < _LARGEST_NUMBER  # nor what is no number
            return number if fits else None
        if issubclass(kind, dict):
            return self._mapping(cast("dict[object, object]", value), field, depth)
        if issubclass(kind, list):
            items = list.__getitem__(cast("list[object]", value), slice(-MOST_ITEMS, None))
            found = [self._value(item, field, beside, depth + 1) for item in items]
            return [item for item in found if item is not None] or None
        return None

    def _mapping(
        self, value: dict[object, object], field: Field, depth: int
    ) -> dict[str, object] | None:
        if field.shape is None:
            return None
        file = dict.get(value, "filename") if "filename" in field.shape.fields else ""
        beside = file if type(file) is str else ""
        kept: dict[str, object] = {}
        for name, below in field.shape.fields.items():
            item = dict.get(value, name)
            if item is None:
                continue
            new = self._value(item, below, beside, depth + 1)
            if new is None and below.role == "text" and name in _MARKED and type(item) is str:
                new = FAILED
            if new is not None:
                kept[name] = new
        return kept or None

    def _text(self, text: str, field: Field, beside: str) -> str | None:
        if field.role in _KEPT and field.keeps is not None and field.keeps(text):
            return text
        if field.role in _PATHS:
            return self._path(text, "" if field.role == "file" else beside)
        return None
