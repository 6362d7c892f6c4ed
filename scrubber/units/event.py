r"""
A nested event in, its units out, and a new event from their replacements.

The event is first copied into plain values, and nothing looks at the caller's objects after that.
So what another thread writes into the event meanwhile cannot slip past the engine, and rebuilding
has no odd cases left. Walking twice instead (to collect, then to rebuild) would lose both.

    what the event holds              what the copy holds
    dict, list, tuple, subclasses     dict, list, tuple
    str, subclasses                   str
    int, float, subclasses            int, float; an int of more than 2,048 bits is 0
    None, bool, date, datetime        the same (an aware datetime gets a nameless offset)
    bytes, subclasses                 str: UTF-8, other bytes as `\xNN`
    a key that is no string           the string JSON writes for it; numbered when it collides
    anything else                     "<module.QualName>" of its type, or "<object>"

Promise: no code of the caller's objects runs (`__repr__`, `__iter__`, properties), the caller's
event is never written to, and every string of the rebuilt event is a replacement. What cannot be
walked raises; it is never passed on.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from dataclasses import field as of_class
from datetime import UTC, date, datetime, timezone
from itertools import pairwise
from types import NoneType
from typing import TYPE_CHECKING, Any, Final, cast

from scrubber.errors import BudgetError, UnitError
from scrubber.units.answers import Answers
from scrubber.units.fields import ANYTHING, Field
from scrubber.units.rebuild import Rebuild
from scrubber.units.rows import NO_NUMBERS, distinct, flag_of, is_pair, number_text
from scrubber.units.says import NOTHING, USER, Names
from scrubber.units.shorten import BULK, LONGEST, shortened
from scrubber.units.type_names import type_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scrubber.units.answers import Rebuilt, Replacement

# 2,048 bits are 617 digits; below 640 `sys.set_int_max_str_digits` cannot refuse to write them.
_WIDEST: Final = 2048
_KEPT: Final = frozenset({NoneType, bool, date})


@dataclass(frozen=True, slots=True)
class EventLimits:
    """How much of an event is walked before it is refused.

    Attributes:
        depth: containers in one another; the event itself is the first.
        units: distinct strings, keys and numbers.
        characters: code points (for bytes: bytes) in all distinct units together.
        values: values in all, so that one list held in many places cannot grow without end.
    """

    depth: int = 64
    units: int = 100_000
    characters: int = 2 * 1024 * 1024
    values: int = 1_000_000


DEFAULT_LIMITS: Final = EventLimits()

MOST_NAMED: Final = 32
"""Values that names tell of, users and secrets each."""

LONGEST_NAMED: Final = 256
"""Of such a value, in code points."""


def _never(_name: str) -> None:
    """Take no name for a secret's."""


@dataclass(frozen=True, slots=True, repr=False)
class EventDocument:
    """An event taken apart. Its `repr` shows nothing of it.

    Attributes:
        plain: the copy of the event.
        texts: every distinct string, key and number of the copy that is not known by its place, in
            order of appearance.
        field: what the event is.
        sources: those of `texts` that stand as lines of source.
        users: texts under names of users, in order of appearance.
        secrets: texts under names of secrets.
        sentences: those of `texts` that stand where sentences do, by how much they tell: 1 first.
    """

    plain: dict[str, object]
    texts: tuple[str, ...]
    field: Field = ANYTHING
    sources: frozenset[str] = frozenset()
    users: tuple[str, ...] = ()
    secrets: tuple[str, ...] = ()
    sentences: Mapping[str, int] = of_class(default_factory=dict)

    def rebuild(
        self,
        replacement: Replacement,
        sensitive: Callable[[str], str | None],
        whole: Callable[[str, str], str],
    ) -> dict[str, object]:
        """Build a new event.

        A number becomes 0 where its text is replaced by another. A key is rewritten, and numbered
        where two collide: `[email]`, `[email] (2)`. Everything under a sensitive key, and the value
        of a `[name, value]` pair with a sensitive name, is replaced whole: numbers become 0, `None`
        and booleans stay, containers keep their shape, keys are rewritten as elsewhere. So is what
        follows a flag of a sensitive name (`["--api-key", "x"]`), and the value of
        `{"name": "API_KEY", "value": "x"}`.

        Args:
            replacement: the new text of each of `texts`, as a mapping or a function.
            sensitive: the entity of what stands under a key of this name, or None. It is asked for
                the name as it was and as it will be, so that a second scrubbing changes nothing.
            whole: (entity, text) -> what a sensitive text becomes. What it gave must come back
                unchanged when given to it again.

        Returns:
            An event of new containers.

        Raises:
            UnitError: `replacement` is a mapping without one of `texts`.

        Example:
            >>> document = read_event({"user": "jane", "token": ["a", 7]})
            >>> document.texts
            ('user', 'jane', 'token', 'a', '7')
            >>> document.rebuild(
            ...     lambda text: text.replace("jane", "[user]"),
            ...     lambda name: "SECRET" if name == "token" else None,
            ...     lambda entity, _: f"[{entity.lower()}]",
            ... )
            {'user': '[user]', 'token': ['[secret]', 0]}
        """
        return self.rebuilt(Answers(replacement, sensitive, whole)).event

    def rebuilt(self, answers: Answers) -> Rebuilt:
        """Build a new event, and tell what was changed where.

        Args:
            answers: what becomes of each part.

        Returns:
            The event and its changes.

        Raises:
            UnitError: a text has no answer.
        """
        return Rebuild(answers).event(self.plain, self.field)


def read_event(
    event: object,
    *,
    limits: EventLimits = DEFAULT_LIMITS,
    field: Field | Callable[[dict[Any, Any]], Field] = ANYTHING,
    sensitive: Callable[[str], str | None] = _never,
) -> EventDocument:
    """Take an event apart.

    Args:
        event: a dict of anything.
        limits: how much of it is walked.
        field: what it is, or what tells that of its names.
        sensitive: why what stands under a key of this name is sensitive, or None.

    Returns:
        The copy of the event and its units.

    Raises:
        BudgetError: the event is beyond a limit, or holds itself.
        UnitError: it is not a dict, or it changed while it was read, or Python's stack ran out.
    """
    if not issubclass(type(event), dict):
        raise UnitError("event: not a dict; give the event as the Sentry hook gets it")
    reader = _Reader(limits, Names(sensitive))
    given = cast("dict[Any, Any]", event)
    try:
        is_a = field if isinstance(field, Field) else field(given)
        plain = reader.mapping(given, is_a, 1)
    except RuntimeError:  # a RecursionError is one too
        plain = None
    if plain is None:  # raised here, so that the new error has no context
        raise UnitError(
            "event: it changed while it was read, or Python's stack ran out; send a stub"
        )
    return EventDocument(
        plain,
        tuple(reader.units),
        is_a,
        frozenset(reader.sources),
        tuple(reader.users),
        tuple(reader.secrets),
        reader.sentences,
    )


class _Reader:
    """Copies values and collects their texts, within limits."""

    __slots__ = (
        "_characters",
        "_limits",
        "_names",
        "_values",
        "secrets",
        "sentences",
        "sources",
        "units",
        "users",
    )

    def __init__(self, limits: EventLimits, names: Names) -> None:
        self._limits = limits
        self._names = names
        self.sources: set[str] = set()
        self.sentences: dict[str, int] = {}
        self.users: dict[str, None] = {}
        self.secrets: dict[str, None] = {}
        self._characters = 0
        self._values = 0
        self.units: dict[str, None] = {}

    def value(self, value: Any, field: Field, depth: int) -> object:  # noqa: ANN401 - the JSON border
        # The type, not isinstance: that one asks the object for its `__class__`.
        kind = type(value)
        if kind is str:
            return self.string(value, field, depth)
        if kind in _KEPT:
            return value
        if kind is datetime:
            return self._moment(value)
        for base, read in _READERS:
            if issubclass(kind, base):
                return read(self, value, field, depth)
        return self.text(type_name(kind))

    def mapping(  # noqa: C901  # one loop over all that an event holds: calls are what it costs
        self, value: dict[Any, Any], field: Field, depth: int
    ) -> dict[str, object]:
        self._enter(dict.__len__(value), depth)
        entries = list(dict.items(value))
        known, other = field.below()
        if any([type(key) is not str for key, _ in entries]):  # noqa: C419  # twice as fast
            names = distinct([(self._key(key), type(key) is str) for key, _ in entries])
            entries = [(name, item) for name, (_, item) in zip(names, entries, strict=True)]
        units = self.units
        copied: dict[str, object] = {}
        # The walk over all of an event: what most values are is told first.
        for name, item in entries:
            below = known.get(name)
            if below is None:
                below = other
                if name not in units:
                    self.text(name)
                if type(item) is str:
                    self._named(name, item)
            if type(item) is str:
                if len(item) > BULK:
                    item = shortened(item)  # noqa: PLW2901  # what is longer is not looked at
                if below.marked:
                    self._mark(item, below)
                if item not in units and (below.keeps is None or not below.keeps(item)):
                    self.text(item)
                copied[name] = item
            elif item is None or item is True or item is False:
                copied[name] = item
            else:
                copied[name] = self.value(item, below, depth + 1)
        return copied

    def _mark(self, text: str, field: Field) -> None:
        """Take note of where a text stands."""
        if field.role == "code":
            self.sources.add(text)
        else:
            self.sentences[text] = min(self.sentences.get(text, field.tells), field.tells)

    def _named(self, name: str, text: str) -> None:
        """Take note of what a name says of its value, which may stand elsewhere without it."""
        says = self._names.says(name, name)
        if says is not NOTHING and len(text) <= LONGEST_NAMED:
            found = self.secrets if says.reason is not None else self.users
            if (says.reason is not None or says.said == USER) and len(found) < MOST_NAMED:
                found.setdefault(text.strip("'\""))

    def row(self, value: list[Any], field: Field, depth: int) -> list[object]:
        self._enter(list.__len__(value), depth)
        return self._items(list.copy(value), field, depth)

    def fixed_row(self, value: tuple[Any, ...], field: Field, depth: int) -> tuple[object, ...]:
        self._enter(tuple.__len__(value), depth)
        return tuple(self._items([*tuple.__iter__(value)], field, depth))

    def _items(self, items: list[Any], field: Field, depth: int) -> list[object]:
        pair = is_pair(items, within=True)
        for before, item in pairwise(items):  # what follows a flag, or a name in a pair
            if type(before) is str and type(item) is str:
                name = flag_of(before) or (before if pair else "")
                if name:
                    self._named(name, item)
        return [self.value(item, field, depth + 1) for item in items]

    def string(self, value: str, field: Field, _depth: int) -> str:
        text = value if type(value) is str else str.__str__(value)
        if len(text) > BULK:
            text = shortened(text)
        if field.marked:
            self._mark(text, field)
        return text if field.keeps is not None and field.keeps(text) else self.text(text)

    def octets(self, value: bytes, field: Field, depth: int) -> str:
        return self.string(self._decoded(value), field, depth)

    def integer(self, value: int, field: Field, _depth: int) -> int:
        number = int.__int__(value)
        if number.bit_length() > _WIDEST:
            number = 0
        if not field.numbers:
            self.text(number_text(number))
        return number

    def real(self, value: float, field: Field, _depth: int) -> float:
        number = float.__float__(value)
        text = number_text(number)
        if not field.numbers and text not in NO_NUMBERS:
            self.text(text)
        return number

    def text(self, text: str) -> str:
        if text not in self.units:
            self._characters += len(text)
            if self._characters > self._limits.characters:
                raise _beyond("characters")
            if len(self.units) >= self._limits.units:
                raise _beyond("units")
            self.units[text] = None
        return text

    def _key(self, key: Any) -> str:  # noqa: ANN401 - the JSON border
        kind = type(key)
        if issubclass(kind, str):
            return str.__str__(key)
        if issubclass(kind, int):
            number = int.__int__(key) if kind is not bool else key
            return json.dumps(number if number.bit_length() <= _WIDEST else 0)
        if issubclass(kind, float):
            return json.dumps(float.__float__(key))
        if issubclass(kind, bytes):
            return self._decoded(key)
        return "null" if key is None else type_name(kind)

    def _decoded(self, value: bytes) -> str:
        # Before it is decoded: that may make four characters of one byte.
        head = bytes.__getitem__(value, slice(LONGEST + 1))
        return bytes.decode(head, "utf-8", "backslashreplace")

    def _moment(self, value: datetime) -> datetime | str:
        zone = value.tzinfo
        if zone is None or zone is UTC:
            return value
        if type(zone) is timezone:  # its name is free text, its offset is not
            return value.replace(tzinfo=timezone(zone.utcoffset(None)))
        return self.text(type_name(datetime))

    def _enter(self, length: int, depth: int) -> None:
        """Spend what a container costs, before any of it is copied."""
        if depth > self._limits.depth:
            raise _beyond("depth")
        self._values += length
        if self._values > self._limits.values:
            raise _beyond("values")


_READERS: Final[tuple[tuple[type, Callable[[_Reader, Any, Field, int], object]], ...]] = (
    (str, _Reader.string),
    (dict, _Reader.mapping),
    (list, _Reader.row),
    (tuple, _Reader.fixed_row),
    (int, _Reader.integer),
    (float, _Reader.real),
    (bytes, _Reader.octets),
)


def _beyond(limit: str) -> BudgetError:
    reason = " or holds itself" if limit == "depth" else ""
    return BudgetError(f"event: beyond EventLimits.{limit}{reason}; raise the limit or send a stub")
