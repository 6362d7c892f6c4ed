"""
What each field of a crash report is, by where it stands: the table `sentry_fields.toml`, read once.

An id that looks like a card must stay, a host name that looks like a word must go, and no pattern
can tell: where a value stands can. What the table does not know is text, which is scanned.

Promise: the table is checked as a whole when it is read; nothing of an event decides what one of
its fields is, except for what kind of report it is.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from scrubber.errors import UnitError
from scrubber.lazy import lazy_pattern
from scrubber.units.grammars import GRAMMARS, code_file, code_name, fits

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ROLES: Final = frozenset(
    {
        "argv",
        "code",
        "drop",
        "file",
        "identity",
        "keep",
        "kv",
        "meta",
        "name",
        "params",
        "path",
        "query",
        "text",
        "url",
        "word",
    }
)
KINDS: Final[Mapping[str, str]] = {
    "breadcrumb": "breadcrumb",
    "check_in": "check_in",
    "client_report": "client_report",
    "envelope": "envelope",
    "event": "event",
    "feedback": "event",
    "item": "item",
    "log": "log",
    "metric": "metric",
    "profile": "profile",
    "profile_chunk": "profile",
    "replay_event": "event",
    "session": "session",
    "sessions": "session",
    "span": "span",
    "transaction": "event",
    "user_report": "user_report",
}
"""The shape of each kind of report."""

_ROOT: Final = "event"
_LINE: Final = lazy_pattern(r'\[([a-z_]+)\]|([A-Za-z0-9_]+|"[^"\\]+") = "([^"\\]*)"|(?:#.*)?')


_SENTENCES: Final = frozenset({"kv", "params", "text"})
_PLAIN: Final = frozenset({"code", "kv", "params", "text", "word"})


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """What a field is.

    Attributes:
        role: one of `ROLES`; of what it holds where that is no container of a known shape.
        entity: of an identity.
        keeps: whether a text need not be scanned; None where each must be.
        shape: of the containers it holds, or None where they are as the field is.
    """

    role: str
    entity: str = ""
    keeps: Callable[[str], object] | None = None
    shape: Shape | None = None
    numbers: bool = False
    """Whether a number of it stays, or goes, whatever it is."""
    tells: int = 0
    """Where sentences stand, how much they tell: 1 for most; 0 elsewhere."""
    marked: bool = field(init=False)
    """Whether it is to be noted that a text of it stands there."""
    plain: bool = field(init=False)
    """Whether a text of it is what its replacement is, and nothing else."""

    def __post_init__(self) -> None:
        """Tell once."""
        object.__setattr__(self, "plain", self.keeps is None and self.role in _PLAIN)
        object.__setattr__(self, "marked", self.role == "code" or self.tells > 0)

    def below(self) -> tuple[dict[str, Field], Field]:
        """Give what is known of the fields of a container of it, and what any other is."""
        return (self.shape.fields, self.shape.other) if self.shape else (_NOTHING, self)


_NOTHING: Final[dict[str, Field]] = {}


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """The fields of a container.

    Attributes:
        name: of its table.
        fields: what is known of them.
        other: what any other field is.
    """

    name: str
    fields: dict[str, Field] = field(default_factory=dict)
    other: Field = Field("text")  # frozen


_OF_NUMBERS: Final = frozenset({"cron", "hex", "number", "time"})
"""Grammars of what may be written as a number."""


def _known(_text: str) -> bool:
    """Of what is replaced, or taken out, whatever it is."""
    return True


_KEEPS: Final = {"drop": _known, "file": code_file, "identity": _known, "name": code_name}

TEXT: Final = Field("text")
ANYTHING: Final = Field("text", shape=Shape("anything"))
"""What is of no known kind."""


class FieldTable:
    """The shapes of the packaged table, read when the first event comes."""

    def __init__(self) -> None:
        """Read nothing yet."""
        self._lock = threading.Lock()
        self._roots: dict[str, Field] = {}

    def root(self, kind: str) -> Field:
        """Give what a report of a kind is.

        Args:
            kind: one of `KINDS`.

        Returns:
            Its field.

        Raises:
            UnitError: there is no such kind.
        """
        if not self._roots:
            shapes = read_shapes(Path(__file__).with_name("sentry_fields.toml").read_bytes())
            with self._lock:
                self._roots = {
                    kind: Field("text", shape=shapes[name]) for kind, name in KINDS.items()
                }
        found = self._roots.get(kind)
        if found is None:
            raise UnitError(f"event: of no known kind; known: {', '.join(sorted(KINDS))}")
        return found


TABLE: Final = FieldTable()


def read_shapes(table: bytes) -> dict[str, Shape]:
    """Read a table of fields.

    Args:
        table: TOML; its words are told in `sentry_fields.toml`.

    Returns:
        Its shapes by their names.

    Raises:
        UnitError: a field says what no field can be.
    """
    written = _written(table.decode())
    shapes = {name: Shape(name) for name in written}
    made: dict[str, Field] = {}
    for name, entries in written.items():
        for key, told in entries.items():
            if told not in made:
                made[told] = _field(told, shapes, f"{name}.{key}")
            if key == "*":
                object.__setattr__(shapes[name], "other", made[told])
            else:
                shapes[name].fields[key] = made[told]
    return shapes


def _written(table: str) -> dict[str, dict[str, str]]:
    """Read what a table says: TOML of nothing but tables of texts, ten times faster than all of it.

    A program that crashes waits for this.
    """
    written: dict[str, dict[str, str]] = {}
    entries: dict[str, str] = {}
    for line in table.splitlines():
        match = _LINE.fullmatch(line)
        if match is None:
            raise UnitError("the table of fields has a line that is neither a table nor a text")
        name, key, told = match.groups()
        if name is not None:
            entries = written.setdefault(name, {})
        elif key is not None:
            entries[key.strip('"')] = told
    return written


def _field(told: str, shapes: Mapping[str, Shape], place: str) -> Field:
    """Read what a field is: `ROLE [ARGUMENT] [@SHAPE]`."""
    words = told.split()
    shape = None
    if words and words[-1].startswith("@"):
        shape = shapes.get(words.pop()[1:])
        if shape is None:
            raise UnitError(f"{place}: there is no such shape")
    role, argument = (*words, "", "")[:2]
    role = role or "text"
    if role not in ROLES or (role == "keep") is not (argument in GRAMMARS):
        raise UnitError(f"{place}: no field can be that")
    if (role == "identity") is not (argument.isupper()):
        raise UnitError(f"{place}: an identity has an entity, and nothing else has")
    tells = int(argument) if argument.isdecimal() and role in _SENTENCES else 0
    keeps = partial(fits, argument) if role == "keep" else _KEEPS.get(role)
    numbers = role in {"drop", "identity"} or argument in _OF_NUMBERS
    entity = argument if role == "identity" else ""
    return Field(role, entity, keeps, shape, numbers, tells)


def kind_of(report: Mapping[str, object]) -> str:
    """Tell which kind of report a dictionary is, as a hook is given it, by the names of its fields.

    Args:
        report: an exact dictionary with exact strings for keys.

    Returns:
        One of `KINDS`; `event` where nothing tells.

    >>> kind_of({"severity_number": 9, "body": "hello", "attributes": {}})
    'log'
    """
    names = report.keys()
    if "comments" in names and names.isdisjoint({"breadcrumbs", "contexts", "exception"}):
        return "user_report"
    if not names.isdisjoint(_EVENT_NAMES):
        return _ROOT
    return next((kind for kind, telling in _TELLING if telling <= names), _ROOT)


_EVENT_NAMES: Final = frozenset(
    {"breadcrumbs", "contexts", "event_id", "exception", "extra", "logentry", "request", "user"}
)
_TELLING: Final = tuple(
    (kind, frozenset(names.split()))
    for kind, names in (
        ("log", "severity_text body"),
        ("log", "severity_number body"),
        ("log", "level body attributes"),
        ("check_in", "check_in_id monitor_slug"),
        ("session", "sid did"),
        ("session", "sid status"),
        ("session", "aggregates"),
        ("profile_chunk", "profiler_id chunk_id"),
        ("profile", "profile transaction"),
        ("client_report", "discarded_events"),
        ("metric", "name type value attributes"),
        ("span", "span_id trace_id start_timestamp"),
        ("span", "span_id attributes"),
        ("breadcrumb", "category"),
        ("breadcrumb", "data"),
    )
)
"""Of what is no event: fields that only this kind has together. A few more fields do no harm."""
