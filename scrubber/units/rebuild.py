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
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote_plus

from scrubber.errors import UnitError
from scrubber.lazy import lazy_pattern
from scrubber.units.answers import Answers, Change, Rebuilt, asked
from scrubber.units.filling import filling_of
from scrubber.units.keys import KeyIndex, sensitive_key
from scrubber.units.rows import NO_NUMBERS, distinct, flag_of, number_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrubber.units.fields import Field

PAIR: Final = 2
"""Items of a list that may be a `[name, value]` pair, as in a list of headers."""

_ANNOUNCES: Final = KeyIndex.from_rules(
    [
        (("user", "username", "user_name", "logname"), "user="),
        (("host", "hostname", "server_name", "nodename", "computername", "device_name"), "host="),
    ]
)
"""What a name says of its value, as a text would: `{"USER": "jdoe"}` is `user=jdoe`."""


class Rebuild:
    """Builds new containers from the copy; each distinct text is asked for once."""

    __slots__ = (
        "_altered",
        "_answers",
        "_beside",
        "_changes",
        "_in_code",
        "_noted",
        "_path",
        "_reasons",
        "_replacement",
        "_said",
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
        self._reasons: dict[str, str | None] = {}
        self._said: dict[str, tuple[str | None, str | None]] = {}
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

    def _mapping(  # noqa: C901  # one loop over all that an event holds: calls are what it costs
        self, value: dict[str, object], field: Field, reason: str | None
    ) -> dict[str, object]:
        shape = field.shape
        known, other = (shape.fields, shape.other) if shape else (_NOTHING, field)
        altered = self._altered
        renamed = None
        if altered is None or not altered.isdisjoint(value):
            renamed = self._renamed(value, known)
        if "filename" in known:
            self._beside = str(value.get("filename") or "")
        judged = other.role not in _KNOWN_ROLES
        named = self._named(value) if judged and "value" in value else None
        rebuilt: dict[str, object] = {}
        # The walk over all of an event: what most values are is told first.
        for old, item in value.items():
            new = old if renamed is None else renamed[old]
            below, inside, said = known.get(old), reason, None
            if below is None:
                below = other
                if judged:
                    own, said = self._says(old, new)
                    inside = own or (named if old == "value" else None) or reason
            if inside is None and below.plain:
                if item is None or item is True or item is False:
                    rebuilt[new] = item
                    continue
                if said is None and type(item) is str:
                    done = self._replaced(item)
                    if done is not item and done != item:
                        self._note(item, done, "", new)
                    rebuilt[new] = done
                    continue
            self._path.append(new)
            if below.role == "drop":
                self._note(None, None, DROPPED)
            elif below.role != "meta" or old not in _SAYS_WHAT_WAS:
                rebuilt[new] = self._value(item, below, inside, said)
            self._path.pop()
        if shape is not None and shape.name in _TEMPLATES:
            self._fill(value, rebuilt)
        return rebuilt

    def _renamed(self, value: dict[str, object], known: Mapping[str, Field]) -> dict[str, str]:
        """Give the new names of a mapping, all distinct."""
        renamed = {name: name if name in known else self._replaced(name) for name in value}
        names = distinct([(new, new == old) for old, new in renamed.items()])
        return dict(zip(renamed, names, strict=True))

    def _says(self, old: str, new: str) -> tuple[str | None, str | None]:
        """Tell why a name makes its value sensitive, and what it says of its value."""
        if old == new:
            found = self._said.get(old)
            if found is None:
                found = self._said[old] = (self._reason(old, new), self._announced(old))
            return found
        # Both names, since a second scrubbing sees the new one.
        return self._reason(old, new), self._announced(old) or self._announced(new)

    def _announced(self, name: str) -> str | None:
        # `[user]` is somebody, no name.
        return announced(name) if self._told is not None and "[" not in name else None

    def _fill(self, value: dict[str, object], rebuilt: dict[str, object]) -> None:
        """Scrub a template and what fills it as the one text they make."""
        if self._answers.templated is None:
            return
        filling = filling_of(value)
        if filling is None:
            return
        found = self._answers.templated(filling.template, filling.params)
        for name, new in filling.put(found, rebuilt):
            self._note(None, None, FILLED, name)
            rebuilt[name] = new

    def _named(self, value: dict[str, object]) -> str | None:
        """Tell what `value` holds in `{"name": "DB_PASSWORD", "value": "..."}`."""
        name = value.get("name", value.get("key"))
        return self._reason(name, self._replaced(name)) if isinstance(name, str) else None

    def _value(
        self, value: object, field: Field, reason: str | None, said: str | None = None
    ) -> object:
        if isinstance(value, str):
            return self._text(value, field, reason, said)
        if isinstance(value, dict):
            return self._mapping(value, field, reason)
        if isinstance(value, list | tuple):
            return type(value)(self._row(value, field, reason))
        if isinstance(value, int | float) and not isinstance(value, bool):
            return self._number(value, field, reason)
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
        elif reason is not None:
            new = self._answers.whole(reason, text)
        elif field.keeps is not None and field.keeps(text):
            return text
        elif role in _CODE_ROLES:
            new = _new(text, self._in_code)
        else:
            new = self._by_role(self._replaced(text), role)
            if said is not None and self._told is not None:
                # Whatever the text told by itself, or a second scrubbing would find more than this.
                new = self._told(said, new)
        if new != text:
            self._note(text, new, reason or "")
        return new

    def _by_role(self, text: str, role: str) -> str:
        """Cut what a text is as a whole."""
        if role == "path" and self._answers.path is not None:
            return self._answers.path(text, self._beside)
        if role == "argv" and self._answers.argument is not None:
            return self._answers.argument(text)
        return self._query(text, role) if role in _QUERY_ROLES else text

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
            reason = self._reason(plain, plain) if equals else None
            parts.append(f"{name}={self._answers.whole(reason, value)}" if reason else part)
        return f"{head}{mark}{''.join(parts)}{fragment}{rest}"

    def _row(self, value: Sequence[object], field: Field, reason: str | None) -> list[object]:
        if field.role not in _PAIRED_ROLES:
            return [self._at(str(at), item, field, reason) for at, item in enumerate(value)]
        if len(value) == PAIR and isinstance(value[0], str):
            name = value[0]
            new = self._answers.whole(reason, name) if reason else self._replaced(name)
            own, said = self._says(name, new)
            return [new, self._at("1", value[1], field, own or reason, said)]
        return self._arguments(value, field, reason)

    def _at(
        self,
        place: str,
        value: object,
        field: Field,
        reason: str | None,
        said: str | None = None,
    ) -> object:
        self._path.append(place)
        new = self._value(value, field, reason, said)
        self._path.pop()
        return new

    def _arguments(self, value: Sequence[object], field: Field, reason: str | None) -> list[object]:
        """Rebuild a row; in `sys.argv` what follows a flag of a sensitive name is sensitive."""
        row: list[object] = []
        flagged: str | None = None
        said: str | None = None
        for at, item in enumerate(value):
            flag = flag_of(item)
            inside = reason or (None if flag else flagged)
            row.append(self._at(str(at), item, field, inside, None if flag else said))
            flagged, said = self._says(flag, self._replaced(flag)) if flag else (None, None)
        return row

    def _number(self, value: float, field: Field, reason: str | None) -> float:
        if reason is None and field.role != "identity":
            if field.keeps is not None:
                return value
            text = number_text(value)
            if text in NO_NUMBERS or self._replaced(text) == text:
                return value
        if value:
            self._note(None, None, reason or field.entity or NUMBER)
        return type(value)(0)

    def _reason(self, old: str, new: str) -> str | None:
        """Prefer the new name: it is the only one that a second scrubbing sees."""
        for name in (new, old):
            if name not in self._reasons:
                self._reasons[name] = self._answers.sensitive(name)
            found = self._reasons[name]
            if found is not None:
                return found
        return None

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


_NOTHING: Final[dict[str, Field]] = {}
DROPPED: Final = "dropped"
NUMBER: Final = "number"
FILLED: Final = "template"
_TEMPLATES: Final = frozenset({"attributes", "logentry"})
_CODE_ROLES: Final = frozenset({"name", "file"})
_QUERY_ROLES: Final = frozenset({"query", "url"})
_BETWEEN: Final = lazy_pattern(r"([&;])")
_KNOWN_ROLES: Final = frozenset({"keep", "name", "file", "identity", "meta"})
"""Roles below which a name says nothing that its place has not said."""
_PAIRED_ROLES: Final = frozenset({"argv", "kv", "query", "text"})
_SAYS_WHAT_WAS: Final = frozenset({"val", "chunks"})
"""What remarks of a field hold of what the field held."""


@lru_cache(maxsize=4096)
def announced(name: str) -> str | None:
    """Tell what a name says of its value: `user=`, `host=`, or None."""
    return sensitive_key(name, _ANNOUNCES)
