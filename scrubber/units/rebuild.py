"""
The plain copy of an event and the answers to its units in, a new event out.

Promise: every string of the new event is an answer, or fits the grammar of the place where it
stands; its shape is the copy's, less what the table of fields drops. What a name says is sensitive
is replaced whole, wherever a report puts names: a key, the first of a pair, a flag before its
value, a `name` beside a `value`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote_plus

from scrubber.errors import UnitError
from scrubber.lazy import lazy_pattern
from scrubber.units.keys import KeyIndex, sensitive_key
from scrubber.units.rows import NO_NUMBERS, distinct, number_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrubber.units.fields import Field

Replacement = Mapping[str, str] | Callable[[str], str]

PAIR: Final = 2
"""Items of a list that may be a `[name, value]` pair, as in a list of headers."""

LONGEST_FLAG: Final = 64
"""Characters of a flag on a command line: `--api-key`."""

_ANNOUNCES: Final = KeyIndex.from_rules(
    [
        (("user", "username", "user_name", "logname"), "user="),
        (("host", "hostname", "server_name", "nodename", "computername", "device_name"), "host="),
    ]
)
"""What a name says of its value, as a text would: `{"USER": "jdoe"}` is `user=jdoe`."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What becomes of the parts of an event.

    Attributes:
        replacement: the new text of each unit, as a mapping or a function.
        sensitive: why what stands under a key of this name is sensitive (a rule, an entity), or
            None.
        whole: (that, text) -> what a sensitive text becomes. What it gave must come back unchanged
            when given to it again.
        in_code: the new text where a frame or an exception names code: its module, function, type
            or file; as `replacement` where it is None.
        told: (words, text) -> the new text of what words announce: `("user=", "jdoe")` for
            `{"USER": "jdoe"}`, the text as its replacement left it; None to announce nothing.
        path: (text, file) -> the new text of a path, as its replacement left it; the file that its
            frame names, or "". None to leave it.
        argument: the same for a text of a command line.
        identity: (entity, text) -> what an identity becomes, by a value its place can hold; `whole`
            where it is None.
        templated: (template, params) -> the params of a template that may stay, scrubbed as part of
            the text that both make; None where they cannot be, and each is scrubbed by itself.
        noted: whether changes are told.
    """

    replacement: Replacement
    sensitive: Callable[[str], str | None]
    whole: Callable[[str, str], str]
    in_code: Replacement | None = None
    told: Callable[[str, str], str] | None = None
    path: Callable[[str, str], str] | None = None
    argument: Callable[[str], str] | None = None
    identity: Callable[[str, str], str] | None = None
    templated: Callable[[str, object], object | None] | None = None
    noted: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class Change:
    """A value that is no longer what it was.

    Attributes:
        path: the keys and places that lead to it in the new event.
        old: the text before; None for what was no text.
        new: the text after; None for what was taken out, or is no text.
        reason: why it went as a whole (the answer of `sensitive`, the entity of its field, or one
            word), or "" where parts of it were found.
    """

    path: tuple[str, ...]
    old: str | None
    new: str | None
    reason: str


@dataclass(frozen=True, slots=True, repr=False)
class Rebuilt:
    """A new event, and what is new about it.

    Attributes:
        event: the event.
        changes: in order, where they were asked for.
    """

    event: dict[str, object]
    changes: tuple[Change, ...]


class Rebuild:
    """Builds new containers from the copy; each distinct text is asked for once."""

    __slots__ = (
        "_answers",
        "_beside",
        "_changes",
        "_done",
        "_entities",
        "_in_code",
        "_noted",
        "_path",
        "_replacement",
        "_told",
    )

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._replacement = answers.replacement
        self._in_code = answers.replacement if answers.in_code is None else answers.in_code
        self._told = cache(answers.told) if answers.told else None
        self._done: dict[str, str] = {}
        self._entities: dict[str, str | None] = {}
        self._noted = answers.noted
        self._beside = ""
        self._path: list[str] = []
        self._changes: list[Change] = []

    def event(self, event: dict[str, object], field: Field) -> Rebuilt:
        """Rebuild an event.

        Args:
            event: the copy.
            field: what it is.

        Returns:
            A new one.
        """
        new = self._mapping(event, field, None)
        return Rebuilt(new, tuple(self._changes))

    def _mapping(
        self, value: dict[str, object], field: Field, entity: str | None
    ) -> dict[str, object]:
        shape = field.shape
        known = shape.fields if shape else {}
        other = shape.other if shape else field
        renamed = {name: name if name in known else self._replaced(name) for name in value}
        if any(new != old for old, new in renamed.items()):
            names = distinct([(new, new == old) for old, new in renamed.items()])
            renamed = dict(zip(renamed, names, strict=True))
        named = self._named(value)
        meta = field.role == "meta"
        file = value.get("filename")
        self._beside = file if isinstance(file, str) else ""
        rebuilt: dict[str, object] = {}
        for old, item in value.items():
            new = renamed[old]
            below = known.get(old)
            inside = entity
            if below is None:
                below = other
                if not meta and below.role not in _KNOWN_ROLES:
                    inside = self._entity(old, new) or (named if old == "value" else None) or entity
            if meta and old in _SAYS_WHAT_WAS:
                continue
            self._path.append(new)
            if below.role == "drop":
                self._note(None, None, DROPPED)
            else:
                rebuilt[new] = self._value(item, below, inside, (old, new))
            self._path.pop()
        if shape is not None and "params" in rebuilt and shape.name == _TEMPLATES:
            self._fill(value, rebuilt)
        return rebuilt

    def _fill(self, value: dict[str, object], rebuilt: dict[str, object]) -> None:
        """Scrub a template and what fills it as the one text they make."""
        template, params = value.get("message"), value.get("params")
        if self._answers.templated is None or not isinstance(template, str) or not params:
            return
        found = self._answers.templated(template, params)
        if found is None:
            return
        if found != rebuilt["params"]:
            self._path.append("params")
            self._note(None, None, FILLED)
            self._path.pop()
            rebuilt["params"] = found

    def _named(self, value: dict[str, object]) -> str | None:
        """Tell what `value` holds in `{"name": "DB_PASSWORD", "value": "..."}`."""
        name = value.get("name", value.get("key")) if "value" in value else None
        return self._entity(name, self._replaced(name)) if isinstance(name, str) else None

    def _value(
        self,
        value: object,
        field: Field,
        entity: str | None,
        names: tuple[str, ...] = (),
    ) -> object:
        if isinstance(value, str):
            return self._text(value, field, entity, names)
        if isinstance(value, dict):
            return self._mapping(value, field, entity)
        if isinstance(value, list | tuple):
            return type(value)(self._row(value, field, entity))
        if isinstance(value, int | float) and not isinstance(value, bool):
            return self._number(value, field, entity)
        if isinstance(value, date) and (entity is not None or field.role == "identity"):
            new = self._answers.whole(entity or field.entity, value.isoformat())
            self._note(None, new, entity or field.entity)
            return new
        return value

    def _text(self, text: str, field: Field, entity: str | None, names: tuple[str, ...]) -> str:
        role = field.role
        if role == "identity":
            whole = self._answers.identity or self._answers.whole
            new = whole(field.entity, text)
            entity = field.entity
        elif entity is not None:
            new = self._answers.whole(entity, text)
        elif field.keeps is not None and field.keeps(text):
            return text
        elif role in _CODE_ROLES:
            new = self._new(text, self._in_code)
        elif role == "path":
            new = self._replaced(text)
            if self._answers.path is not None:
                new = self._answers.path(new, self._beside)
        else:
            new = self._under(names, text)
            if role == "argv" and self._answers.argument is not None:
                new = self._answers.argument(new)
            elif role in _QUERY_ROLES:
                new = self._query(new, role)
        if new != text:
            self._note(text, new, entity or "")
        return new

    def _query(self, text: str, role: str) -> str:
        """Replace what its names make sensitive, in a query or behind the `?` of a URL."""
        head, mark, query = text.rpartition("?") if role == "url" else ("", "", text)
        if "=" not in query or (role == "url" and not mark):
            return text
        query, fragment, rest = query.partition("#")
        parts = []
        for part in _BETWEEN.split(query):
            name, equals, value = part.partition("=")
            plain = unquote_plus(name)
            entity = self._entity(plain, plain) if equals else None
            parts.append(f"{name}={self._answers.whole(entity, value)}" if entity else part)
        return f"{head}{mark}{''.join(parts)}{fragment}{rest}"

    def _row(self, value: Sequence[object], field: Field, entity: str | None) -> list[object]:
        if len(value) == PAIR and isinstance(value[0], str) and field.role in _PAIRED_ROLES:
            name = value[0]
            new = self._answers.whole(entity, name) if entity else self._replaced(name)
            return [
                new,
                self._at("1", value[1], field, self._entity(name, new) or entity, (name, new)),
            ]
        if field.role not in _PAIRED_ROLES:
            return [self._at(str(at), item, field, entity) for at, item in enumerate(value)]
        return self._arguments(value, field, entity)

    def _at(
        self,
        place: str,
        value: object,
        field: Field,
        entity: str | None,
        names: tuple[str, ...] = (),
    ) -> object:
        self._path.append(place)
        new = self._value(value, field, entity, names)
        self._path.pop()
        return new

    def _arguments(self, value: Sequence[object], field: Field, entity: str | None) -> list[object]:
        """Rebuild a row; in `sys.argv` what follows a flag of a sensitive name is sensitive."""
        row: list[object] = []
        flagged: str | None = None
        for at, item in enumerate(value):
            is_flag = isinstance(item, str) and item.startswith("-")
            inside = entity or (None if is_flag else flagged)
            row.append(self._at(str(at), item, field, inside))
            flagged = None
            if isinstance(item, str) and is_flag and "=" not in item and len(item) <= LONGEST_FLAG:
                flagged = self._entity(item, self._replaced(item))
        return row

    def _number(self, value: float, field: Field, entity: str | None) -> float:
        if entity is None and field.role != "identity":
            if field.keeps is not None:
                return value
            text = number_text(value)
            if text in NO_NUMBERS or self._replaced(text) == text:
                return value
        if value:
            self._note(None, None, entity or field.entity or NUMBER)
        return type(value)(0)

    def _entity(self, old: str, new: str) -> str | None:
        """Prefer the new name: it is the only one that a second scrubbing sees."""
        for name in (new, old):
            if name not in self._entities:
                self._entities[name] = self._answers.sensitive(name)
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
        said = (announced(name) for name in names if "[" not in name)
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

    def _note(self, old: str | None, new: str | None, entity: str) -> None:
        if self._noted:
            self._changes.append(Change(tuple(self._path), old, new, entity))


DROPPED: Final = "dropped"
NUMBER: Final = "number"
FILLED: Final = "template"
_TEMPLATES: Final = "logentry"
_CODE_ROLES: Final = frozenset({"name", "file"})
_QUERY_ROLES: Final = frozenset({"query", "url"})
_BETWEEN: Final = lazy_pattern(r"([&;])")
_KNOWN_ROLES: Final = frozenset({"keep", "name", "file", "identity"})
"""Roles below which a name says nothing that its place has not said."""
_PAIRED_ROLES: Final = frozenset({"argv", "kv", "query", "text"})
_SAYS_WHAT_WAS: Final = frozenset({"val", "chunks"})
"""What remarks of a field hold of what the field held."""


@lru_cache(maxsize=4096)
def announced(name: str) -> str | None:
    """Tell what a name says of its value: `user=`, `host=`, or None."""
    return sensitive_key(name, _ANNOUNCES)
