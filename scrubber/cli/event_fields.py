"""
The fields of an event, before and after it was scrubbed, each by its path.

    exception.values[0].value    extra.sys.argv[3]    request.headers["X y"]

Promise: a path shows no key that scrubbing took away: one that was rewritten stands there as it was
rewritten, and that of a removed field only if no word of it was taken away anywhere.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from enum import Enum
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from scrubber.lazy import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

_PLAIN_KEY: Final = lazy_pattern(r"[^\s\[\]\"\x00-\x1f]+")
_WORD: Final = re.compile(r"\w{3,}")
UNSHOWN: Final = "[key]"
"""Stands in a path for the key of what was removed, where it may name somebody."""


class Absent(Enum):
    """What a side of a field holds where there is nothing."""

    ABSENT = 0


ABSENT: Final = Absent.ABSENT


@dataclass(frozen=True, slots=True, repr=False)
class Field:
    """One value of an event, and what became of it. Its `repr` shows nothing of it.

    Attributes:
        path: where it is.
        raw: what it was; ABSENT for what was added.
        scrubbed: what it is; ABSENT for what was removed.
        renamed: the key it stands under was rewritten.
    """

    path: str
    raw: object
    scrubbed: object
    renamed: bool = False

    @property
    def change(self) -> str:
        """What became of it: kept, replaced, removed, added or renamed."""
        if self.scrubbed is ABSENT:
            return "removed"
        if self.raw is ABSENT:
            return "added"
        # JSON writes NaN, which equals nothing.
        if type(self.raw) is not type(self.scrubbed) or repr(self.raw) != repr(self.scrubbed):
            return "replaced"
        return "renamed" if self.renamed else "kept"


def shown(value: object) -> str:
    """Write a value as people read it: a string as it is, anything else as JSON."""
    if value is ABSENT:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def step(path: str, key: str | int) -> str:
    """Give the path of what stands under a key or an index.

    >>> step("extra", "sys.argv"), step("values", 0), step("extra", "a b"), step("", "message")
    ('extra.sys.argv', 'values[0]', 'extra["a b"]', 'message')
    """
    if isinstance(key, int):
        return f"{path}[{key}]"
    if not _PLAIN_KEY.fullmatch(key):
        return f"{path}[{json.dumps(key)}]"
    return f"{path}.{key}" if path else key


def fields(
    raw: Mapping[str, object],
    scrubbed: Mapping[str, object],
    holds_placeholder: Callable[[str], bool],
) -> list[Field]:
    """Pair the fields of an event with those of the event it became.

    Args:
        raw: the event.
        scrubbed: what it became.
        holds_placeholder: whether a key was rewritten, as far as it tells.

    Returns:
        Every field of either, in order. What was removed or added with all that is in it is one
        field; so is an empty container.
    """
    walk = _Walk(holds_placeholder)
    found = list(walk.pairs(raw, scrubbed, ""))
    gone = walk.gone.union(*(_words_gone(field) for field, _ in found))
    return [
        field if key is None else replace(field, path=step(field.path, _nameless(key, gone)))
        for field, key in found
    ]


class _Walk:
    """Both events at once. A field goes with the key that only the raw one has, if it has none."""

    def __init__(self, rewritten: Callable[[str], bool]) -> None:
        self._rewritten = rewritten
        self.gone: set[str] = set()

    def pairs(self, raw: object, scrubbed: object, path: str) -> Iterator[tuple[Field, str | None]]:
        if isinstance(raw, dict) and isinstance(scrubbed, dict) and (raw or scrubbed):
            yield from self._objects(raw, scrubbed, path)
        elif isinstance(raw, list) and isinstance(scrubbed, list | tuple) and (raw or scrubbed):
            both = zip_longest(raw, scrubbed, fillvalue=ABSENT)
            for index, (before, after) in enumerate(both):
                yield from self.pairs(before, after, step(path, index))
        else:
            yield Field(path, raw, scrubbed), None

    def _objects(
        self, raw: dict[str, object], scrubbed: dict[str, object], path: str
    ) -> Iterator[tuple[Field, str | None]]:
        names = self._names(raw, scrubbed)
        for key, value in raw.items():
            name = names.get(key)
            if name is None:
                yield Field(path, value, ABSENT), key
                continue
            for field, unnamed in self.pairs(value, scrubbed[name], step(path, name)):
                yield replace(field, renamed=field.renamed or name != key), unnamed
            if name != key:
                self.gone |= _words(key) - _words(name)
        taken = set(names.values())
        for key, value in scrubbed.items():
            if key not in taken:
                yield Field(step(path, key), ABSENT, value), None

    def _names(self, raw: dict[str, object], scrubbed: dict[str, object]) -> dict[str, str]:
        """Tell which key became which.

        Keys keep their order, so as many as stand between two kept ones pair up.
        """
        names = {key: key for key in raw if key in scrubbed}
        new = _between((key for key in scrubbed if key in names or self._rewritten(key)), names)
        for anchor, keys in _between(raw, names).items():
            there = new.get(anchor, [])
            if len(keys) == len(there):
                names.update(zip(keys, there, strict=True))
        return names


def _between(keys: Iterable[str], kept: Mapping[str, str]) -> dict[str | None, list[str]]:
    """Give the keys that are not kept, by the kept one before them."""
    found: dict[str | None, list[str]] = {}
    anchor = None
    for key in keys:
        if key in kept:
            anchor = key
        else:
            found.setdefault(anchor, []).append(key)
    return found


def _words_gone(field: Field) -> set[str]:
    if field.change == "kept" or field.raw is ABSENT:
        return set()
    return _words(shown(field.raw)) - _words(shown(field.scrubbed))


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))


def _nameless(key: str, gone: set[str]) -> str:
    """Give a key that is gone, unless a word of it is gone elsewhere, too."""
    return UNSHOWN if gone & _words(key) else key
