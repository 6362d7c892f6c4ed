"""
The plain copy of an event and the replacements of its units in, a new event out.

Promise: every string of the new event is a replacement, and its shape is the copy's. What a name
says is sensitive is replaced whole, wherever a report puts names: a key, the first of a pair, a
flag before its value, a `name` beside a `value`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Final

from scrubber.errors import UnitError
from scrubber.units.keys import KeyIndex, sensitive_key

if TYPE_CHECKING:
    from collections.abc import Sequence

Replacement = Mapping[str, str] | Callable[[str], str]

PAIR: Final = 2
"""Items of a list that may be a `[name, value]` pair, as in a list of headers."""

LONGEST_FLAG: Final = 64
"""Characters of a flag on a command line: `--api-key`."""

EVENT: Final = "event"
"""The place of an event itself, from which the places of frames and exceptions are known."""

# By where they stand, not by how they look: a mapping of a user's may have the same keys.
_PLACES: Final = {
    (EVENT, "exception"): "exception",
    (EVENT, "threads"): "threads",
    (EVENT, "stacktrace"): "stacktrace",
    (EVENT, "profile"): "stacktrace",
    ("exception", "values"): "exception",
    ("threads", "values"): "threads",
    ("exception", "stacktrace"): "stacktrace",
    ("exception", "raw_stacktrace"): "stacktrace",
    ("threads", "stacktrace"): "stacktrace",
    ("threads", "raw_stacktrace"): "stacktrace",
    ("stacktrace", "frames"): "frame",
}
_CODE: Final = {
    "exception": ("type", "module"),
    "frame": ("module", "function", "raw_function", "type", "filename", "package"),
}
"""What names code there."""

_ANNOUNCES: Final = KeyIndex.from_rules(
    [
        (("user", "username", "user_name", "logname"), "user="),
        (("host", "hostname", "server_name", "nodename", "computername", "device_name"), "host="),
    ]
)
"""What a name says of its value, as a text would: `{"USER": "jdoe"}` is `user=jdoe`."""

NO_NUMBERS: Final = frozenset({"nan", "inf", "-inf"})


class Rebuild:
    """Builds new containers from the copy; each distinct text is asked for once."""

    __slots__ = ("_done", "_entities", "_in_code", "_replacement", "_sensitive", "_told", "_whole")

    def __init__(
        self,
        replacement: Replacement,
        sensitive: Callable[[str], str | None],
        whole: Callable[[str, str], str],
        in_code: Replacement | None = None,
        told: Callable[[str, str], str] | None = None,
    ) -> None:
        self._replacement = replacement
        self._in_code = replacement if in_code is None else in_code
        self._sensitive = sensitive
        self._whole = whole
        self._told = cache(told) if told else None
        self._done: dict[str, str] = {}
        self._entities: dict[str, str | None] = {}

    def mapping(
        self, value: dict[str, object], entity: str | None, place: str = ""
    ) -> dict[str, object]:
        """Rebuild a mapping.

        Args:
            value: the copy's.
            entity: what all of it is, or None.
            place: where it stands: `EVENT` for the event, "" for anywhere.

        Returns:
            A new one.
        """
        renamed = [(name, self._replaced(name)) for name in value]
        names = distinct([(new, new == old) for old, new in renamed])
        named = self._named(value)
        code = _CODE.get(place, ())
        return {
            new: self._new(item, self._in_code)
            if old in code and isinstance(item, str) and entity is None
            else self._value(
                item,
                self._entity(old, new) or (named if old == "value" else None) or entity,
                _PLACES.get((place, old), ""),
                (old, new),
            )
            for new, (old, item) in zip(names, value.items(), strict=True)
        }

    def _named(self, value: dict[str, object]) -> str | None:
        """Tell what `value` holds in `{"name": "DB_PASSWORD", "value": "..."}`."""
        name = value.get("name", value.get("key"))
        return self._entity(name, self._replaced(name)) if isinstance(name, str) else None

    def _value(
        self, value: object, entity: str | None, place: str = "", names: tuple[str, ...] = ()
    ) -> object:
        if isinstance(value, str):
            return self._under(names, value) if entity is None else self._whole(entity, value)
        if isinstance(value, dict):
            return self.mapping(value, entity, place)
        if isinstance(value, list | tuple):
            return type(value)(self._row(value, entity, place))
        if isinstance(value, int | float) and not isinstance(value, bool):
            return self._number(value, entity)
        if isinstance(value, date) and entity is not None:
            return self._whole(entity, value.isoformat())
        return value

    def _row(self, value: Sequence[object], entity: str | None, place: str) -> list[object]:
        if len(value) != PAIR or not isinstance(value[0], str):
            return self._arguments(value, entity, place)
        name = value[0]
        new = self._replaced(name) if entity is None else self._whole(entity, name)
        return [new, self._value(value[1], self._entity(name, new) or entity, "", (name, new))]

    def _arguments(self, value: Sequence[object], entity: str | None, place: str) -> list[object]:
        """Rebuild a row; in `sys.argv` what follows a flag of a sensitive name is sensitive."""
        row: list[object] = []
        flagged: str | None = None
        for item in value:
            is_flag = isinstance(item, str) and item.startswith("-")
            row.append(self._value(item, entity or (None if is_flag else flagged), place))
            flagged = None
            if isinstance(item, str) and is_flag and "=" not in item and len(item) <= LONGEST_FLAG:
                flagged = self._entity(item, self._replaced(item))
        return row

    def _number(self, value: float, entity: str | None) -> float:
        if entity is not None:
            return type(value)(0)
        text = number_text(value)
        if text in NO_NUMBERS or self._replaced(text) == text:
            return value
        return type(value)(0)

    def _entity(self, old: str, new: str) -> str | None:
        """Prefer the new name: it is the only one that a second scrubbing sees."""
        for name in (new, old):
            if name not in self._entities:
                self._entities[name] = self._sensitive(name)
            found = self._entities[name]
            if found is not None:
                return found
        return None

    def _under(self, names: tuple[str, ...], text: str) -> str:
        """Replace a text; what it does not tell by itself, its names may."""
        new = self._replaced(text)
        if self._told is None:
            return new
        # Both names, since a second scrubbing sees the new one; `[user]` is somebody, no name.
        said = (sensitive_key(name, _ANNOUNCES) for name in names if "[" not in name)
        before = next(filter(None, said), None)
        # Whatever the text told by itself, or a second scrubbing would find more than this one.
        return new if before is None else self._told(before, new)

    def _replaced(self, text: str) -> str:
        new = self._done.get(text)
        if new is None:
            new = self._done[text] = self._new(text, self._replacement)
        return new

    def _new(self, text: str, replacement: Replacement) -> str:
        new = replacement.get(text) if isinstance(replacement, Mapping) else replacement(text)
        if new is None:
            raise UnitError("event: a unit has no replacement; give one for each of `texts`")
        return new


def distinct(names: Sequence[tuple[str, bool]]) -> list[str]:
    """Number the names that collide.

    Args:
        names: each name, and whether it must stay as it is. Those that must are distinct.

    Returns:
        The names in the same order, all distinct.
    """
    taken = {name for name, stays in names if stays}
    numbers: dict[str, int] = {}
    result = []
    for name, stays in names:
        free = name
        while not stays and free in taken:
            numbers[name] = numbers.get(name, 1) + 1
            free = f"{name} ({numbers[name]})"
        taken.add(free)
        result.append(free)
    return result


def number_text(number: float) -> str:
    """Give the unit of a number."""
    return repr(number)  # of an exact int or float: no code of the caller's
