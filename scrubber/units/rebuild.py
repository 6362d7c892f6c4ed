"""
The plain copy of an event and the answers to its units in, a new event out.

Promise: every string of the new event is an answer, or fits the grammar of the place where it
stands; its shape is the copy's, less what the table of fields drops. What a name says is sensitive
is replaced whole, wherever a report puts names: a key, the first of a pair, a flag before its
value, a `name` beside a `value`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Final

from scrubber.errors import UnitError
from scrubber.lazy import lazy_pattern
from scrubber.units.answers import Answers, Change, Rebuilt, asked
from scrubber.units.fields import TEXT
from scrubber.units.filling import filling_of
from scrubber.units.rows import NO_NUMBERS, distinct, flag_of, is_pair, number_text, within_key
from scrubber.units.says import (
    NOTHING,
    ROLES_IN_TALKS,
    USER,
    Names,
    describes,
    holds_value,
    names_one,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrubber.units.fields import Field


class Rebuild:
    """Builds new containers from the copy; each distinct text is asked for once."""

    __slots__ = (
        "_altered",
        "_answers",
        "_beside",
        "_changes",
        "_in_code",
        "_in_row",
        "_in_source",
        "_names",
        "_noted",
        "_path",
        "_replacement",
        "_told",
    )

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._replacement = replacement = asked(answers.replacement)
        in_code = answers.in_code
        self._in_code = replacement if in_code is None else asked(in_code)
        # Names among these are rewritten; of a function nobody knows which it changes.
        self._altered = (
            frozenset(old for old, new in replacement.items() if new is not old and new != old)
            if isinstance(answers.replacement, Mapping)
            else None
        )
        self._told = cache(answers.told) if answers.told else None
        self._names = Names(answers.sensitive)
        self._noted = answers.noted
        self._beside = ""
        self._in_row = False
        self._in_source = replacement if answers.in_source is None else asked(answers.in_source)
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

    def _mapping(  # noqa: C901, PLR0912  # one loop over all that an event holds: calls are what it costs
        self, value: dict[str, object], field: Field, reason: str | None, said: str | None = None
    ) -> dict[str, object]:
        shape = field.shape
        known, other = field.below()
        altered = self._altered
        renamed = None
        if altered is None or not altered.isdisjoint(value):
            renamed = self._renamed(value, known)
        beside = str(value.get("filename") or "") if "filename" in known else ""
        judged = other.role not in _KNOWN_ROLES
        named = self._names.beside(value, self._replaced) if judged else NOTHING
        rebuilt: dict[str, object] = {}
        # The walk over all of an event: what most values are is told first.
        for old, item in value.items():
            new = old if renamed is None else renamed[old]
            below, inside, told = known.get(old), reason, said if said and names_one(old) else None
            if below is None:
                below = other
                if judged:
                    own, announces = self._names.says(old, new)
                    if named is not NOTHING and holds_value(old):
                        own, announces = own or named.reason, announces or named.said
                    inside, told = own or reason, announces or told
            elif below.role == "kv" and named is not NOTHING:
                inside, told = reason or named.reason, told or named.said
            if inside is None and below.plain:
                if item is None or item is True or item is False:
                    rebuilt[new] = item
                    continue
                if told is None and type(item) is str and below.role != "code":
                    done = self._replaced(item)
                    if done is not item and done != item:
                        self._note(item, done, "", new)
                    rebuilt[new] = done
                    continue
            self._path.append(new)
            if below.role == "path":
                self._beside = beside
            if below.role == "drop":
                self._note(None, None, DROPPED)
            elif below.role != "meta" or old not in _SAYS_WHAT_WAS:
                rebuilt[new] = self._value(item, below, inside, told)
            self._path.pop()
        if shape is not None and shape.name in _TEMPLATES:
            self._fill(value, rebuilt)
        return rebuilt

    def _renamed(self, value: dict[str, object], known: Mapping[str, Field]) -> dict[str, str]:
        """Give the new names of a mapping, all distinct."""
        renamed = {name: name if name in known else self._replaced(name) for name in value}
        names = distinct([(new, new == old) for old, new in renamed.items()])
        return dict(zip(renamed, names, strict=True))

    def _fill(self, value: dict[str, object], rebuilt: dict[str, object]) -> None:
        """Scrub a template and what fills it as the one text they make."""
        filling = filling_of(value, rebuilt)
        if self._answers.templated is None or filling is None:
            return
        found = self._answers.templated(filling.template, filling.params)
        for path, old, new in filling.put(found, rebuilt):
            place = (*self._path, *path)
            self._changes = [one for one in self._changes if one.path != place]
            self._path += path
            self._note(old, new, FILLED)
            del self._path[-len(path) :]

    def _value(
        self, value: object, field: Field, reason: str | None, said: str | None = None
    ) -> object:
        if isinstance(value, str):
            return self._text(value, field, reason, said)
        if isinstance(value, dict):
            if reason is not None and describes(value):
                reason = None
            self._in_row = False
            return self._mapping(value, field, reason, said)
        if isinstance(value, list | tuple):
            row = self._row(value, field, reason, said)
            self._in_row = False
            return type(value)(row)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return self._number(value, field, reason, said)
        if isinstance(value, date) and (reason is not None or field.role == "identity"):
            new = self._answers.whole(reason or field.entity, value.isoformat())
            self._note(None, new, reason or field.entity)
            return new
        return value

    def _text(self, text: str, field: Field, reason: str | None, said: str | None) -> str:
        role = field.role
        if role == "identity":
            whole = self._answers.identity or self._answers.whole
            new = whole(field.entity, text)
            reason = field.entity
        elif field.keeps is not None and (reason is None or role == "keep") and field.keeps(text):
            return text
        elif reason is not None:
            new = self._answers.whole(reason, text)
        elif role == "code":
            new = _new(text, self._in_source)
        elif role in _CODE_ROLES:
            new = self._by_role(_new(text, self._in_code), role)
        else:
            # Whatever the text told by itself, or a second scrubbing would find more than this.
            new = self._told_of(said, self._by_role(self._replaced(text), role))
        if new != text:
            self._note(text, new, reason or "")
        return new

    def _by_role(self, text: str, role: str) -> str:
        """Cut what a text is as a whole."""
        if role in _PATH_ROLES and self._answers.path is not None:
            return self._answers.path(text, "" if role == "file" else self._beside)
        if role == "argv" and self._answers.argument is not None:
            return self._answers.argument(text)
        return self._query(text, role) if role in _QUERY_ROLES else text

    def _query(self, text: str, role: str) -> str:
        """Replace what its names make sensitive, in a query or behind the `?` of a URL."""
        head, mark, query = text.rpartition("?") if role == "url" else ("", "", text)
        if "=" not in query or (role == "url" and not mark):
            return text
        from urllib.parse import unquote_plus  # takes some milliseconds, and few events have any

        query, fragment, rest = query.partition("#")
        parts = []
        for part in _BETWEEN.split(query):
            name, equals, value = part.partition("=")
            plain = unquote_plus(name)
            reason = self._names.says(plain, plain).reason if equals else None
            parts.append(f"{name}={self._answers.whole(reason, value)}" if reason else part)
        return f"{head}{mark}{''.join(parts)}{fragment}{rest}"

    def _row(
        self, value: Sequence[object], field: Field, reason: str | None, said: str | None
    ) -> list[object]:
        if field.role not in _PAIRED_ROLES:
            return [self._at(str(at), item, field, reason) for at, item in enumerate(value)]
        if is_pair(value, within=self._in_row):
            return self._pair(value, field, reason, said)
        return self._arguments(value, field, reason, said)

    def _pair(
        self, value: Sequence[object], field: Field, reason: str | None, said: str | None
    ) -> list[object]:
        """Rebuild a `[name, value]` pair, as in a list of headers."""
        name = str(value[0])
        known = field.shape.fields.get(name) if field.shape else None
        if isinstance(value[1], dict | list | tuple):
            known = None  # it was read as any other
        new = self._answers.whole(reason, name) if reason else self._replaced(name)
        own, announces = self._names.says(name, new)
        if known is not None:
            own = announces = None
        elif field.shape is None and name in ROLES_IN_TALKS:
            announces = None
        elif said and not (own or announces):  # two of a row, and neither is a name
            return self._arguments(value, field, reason, said)
        below = TEXT if known is not None and known.role == "drop" else known or field
        if new != name:
            self._note(name, new, reason or "", "0")
        return [new, self._at("1", value[1], below, own or reason, announces)]

    def _at(
        self,
        place: str,
        value: object,
        field: Field,
        reason: str | None,
        said: str | None = None,
    ) -> object:
        self._path.append(place)
        self._in_row = True
        new = self._value(value, field, reason, said)
        self._path.pop()
        return new

    def _arguments(
        self, value: Sequence[object], field: Field, reason: str | None, said: str | None
    ) -> list[object]:
        """Rebuild a row: what follows a flag of a sensitive name, and lines of a private key."""
        row: list[object] = []
        flagged = NOTHING
        armoured = False
        for at, item in enumerate(value):
            flag = flag_of(item)
            if flag:
                flagged = NOTHING
            inside, told = reason or flagged.reason, flagged.said or said
            if armoured and isinstance(item, str):
                inside = inside or _KEY_LINE
            armoured = within_key(item, armoured)
            row.append(self._at(str(at), item, field, inside, told))
            flagged = self._names.says(flag, flag) if flag else NOTHING
        return row

    def _number(self, value: float, field: Field, reason: str | None, said: str | None) -> float:
        if (reason is None or self._answers.counts(reason)) and field.role != "identity":
            if field.numbers:
                return value
            text = number_text(value)
            named = said == USER and abs(value) >= _SMALLEST_ID
            if text in NO_NUMBERS or (not named and self._replaced(text) == text):
                return value
        if value:
            self._note(None, None, reason or field.entity or NUMBER)
        return type(value)(0)

    def _told_of(self, said: str | None, text: str) -> str:
        """Replace what words announce."""
        return self._told(said, text) if said is not None and self._told is not None else text

    def _replaced(self, text: str) -> str:
        return _new(text, self._replacement)

    def _note(self, old: str | None, new: str | None, reason: str, name: str = "") -> None:
        if self._noted:
            path = (*self._path, name) if name else tuple(self._path)
            self._changes.append(Change(path, old, new, reason))


def _new(text: str, replacement: Mapping[str, str]) -> str:
    try:
        return replacement[text]
    except KeyError:
        pass
    raise UnitError("event: a unit has no replacement; give one for each of `texts`")


_KEY_LINE: Final = "SECRET"
_SMALLEST_ID: Final = 10_000
"""Of a number under the name of a user; a smaller one may be a count."""

DROPPED: Final = "dropped"
NUMBER: Final = "number"
FILLED: Final = "template"
_TEMPLATES: Final = frozenset({"attributes", "logentry", "vars"})
_CODE_ROLES: Final = frozenset({"name", "file"})
_PATH_ROLES: Final = frozenset({"file", "path"})
_QUERY_ROLES: Final = frozenset({"query", "url"})
_BETWEEN: Final = lazy_pattern(r"([&;])")
_KNOWN_ROLES: Final = frozenset({"keep", "name", "file", "identity", "meta"})
"""Roles below which a name says nothing that its place has not said."""
_PAIRED_ROLES: Final = frozenset({"argv", "kv", "query", "text"})
_SAYS_WHAT_WAS: Final = frozenset({"val", "chunks"})
"""What remarks of a field hold of what the field held."""
