"""
What an object that only holds others holds, without asking it.

The `repr` of a dataclass, of a namespace or of a list prints what it holds, an image to its last
pixel, and Sentry calls it where its depth ends. A class that had its `repr` generated can be
printed from its fields instead, and hides the fields it was told to hide.

Promise: at most 16 entries or 48 fields are given; no method of a derived class is called; a field
that its class leaves out of its `repr` is left out.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from scrubber.integrations.sentry.class_facts import (
    MISSING,
    class_name,
    full_name,
    in_class,
    mro,
    own_dict,
    owner_of,
    read,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

MOST_ITEMS: Final = 16
MOST_FIELDS: Final = 48

_ROWS: Final = {list: ("[", "]"), tuple: ("(", ")"), set: ("{", "}"), frozenset: ("{", "}")}
_BAGS: Final = frozenset({("collections", "deque")})
_VIEWS: Final = frozenset({"dict_keys", "dict_values", "dict_items", "odict_keys", "odict_values"})
_NAMESPACES: Final = frozenset({("types", "SimpleNamespace"), ("argparse", "Namespace")})
_HOLDERS: Final = {
    ("collections", "ChainMap"): "maps",
    ("collections", "UserDict"): "data",
    ("collections", "UserList"): "data",
}


class Opened(NamedTuple):
    """What an object holds.

    Attributes:
        head: what stands before it.
        entries: its entries: a name of a field and its value, or "" and an item, or MISSING and a
            pair of a mapping.
        tail: what stands behind it.
        more: whether there are more.
    """

    head: str
    entries: list[tuple[object, object]]
    tail: str
    more: bool = False


def opened(value: object) -> Opened | None:
    """Open a container, or an object whose class prints its fields.

    Args:
        value: any object.

    Returns:
        What it holds, or None if that is not known.

    >>> opened([1, "a"])
    Opened(head='[', entries=[('', 1), ('', 'a')], tail=']', more=False)
    """
    kind = type(value)
    if issubclass(kind, dict):
        return _mapping(value, kind, dict)
    if issubclass(kind, tuple) and type(in_class(kind, "_fields")) is tuple:
        names = in_class(kind, "_fields")
        return _fields(kind, zip(names, tuple.__iter__(value), strict=False))  # type: ignore[arg-type]
    for base, brackets in _ROWS.items():
        if issubclass(kind, base):
            return _row(value, kind, base, brackets)
    if issubclass(kind, BaseException):
        args: Any = BaseException.args
        return _items(f"{class_name(kind)}(", args.__get__(value, kind), ")")
    for opener in (_named, _generated):
        found = opener(value, kind)
        if found is not None:
            return found
    return None


def _mapping(value: Any, kind: type, base: Any) -> Opened:  # noqa: ANN401
    pairs = list(islice(base.items(value), MOST_ITEMS + 1))
    plain = kind is base
    return Opened(
        "{" if plain else f"{class_name(kind)}({{",
        [(MISSING, pair) for pair in pairs[:MOST_ITEMS]],
        "}" if plain else "})",
        more=len(pairs) > MOST_ITEMS,
    )


def _row(value: Any, kind: type, base: Any, brackets: tuple[str, str]) -> Opened:  # noqa: ANN401
    head, tail = brackets
    if kind is not base or base is frozenset:
        head, tail = f"{class_name(kind)}({head}", f"{tail})"
    elif base is tuple and tuple.__len__(value) == 1:
        tail = ",)"
    elif base is set and not set.__len__(value):
        head, tail = "set(", ")"
    return _items(head, base.__iter__(value), tail)


def _items(head: str, items: Iterable[object], tail: str) -> Opened:
    some = list(islice(items, MOST_ITEMS + 1))
    entries: list[tuple[object, object]] = [("", item) for item in some[:MOST_ITEMS]]
    return Opened(head, entries, tail, more=len(some) > MOST_ITEMS)


def _fields(kind: type, fields: Iterable[tuple[object, object]]) -> Opened:
    some = list(islice(fields, MOST_FIELDS + 1))
    entries = [(name, item) for name, item in some[:MOST_FIELDS] if item is not MISSING]
    return Opened(f"{class_name(kind)}(", entries, ")", more=len(some) > MOST_FIELDS)


def _named(value: Any, kind: type) -> Opened | None:  # noqa: ANN401
    """Open a class of the standard library, or one derived from it."""
    name = class_name(kind)
    if name in _VIEWS and full_name(kind)[0] == "builtins":
        return _items(f"{name}([", iter(value), "])")
    for base in mro(kind):
        full = full_name(base)
        if full in _BAGS:
            return _items(f"{name}([", base.__iter__(value), "])")  # type: ignore[attr-defined]
        if full in _NAMESPACES and owner_of(kind, "__repr__") in mro(base):
            return _fields(kind, own_dict(value).items())
        if full in _HOLDERS:
            held = own_dict(value).get(_HOLDERS[full])
            return _items(f"{name}(", [held], ")")
        if full == ("functools", "partial"):
            parts = [read(value, base, part) for part in ("func", "args", "keywords")]
            return _items(f"{name}(", parts, ")")
    return None


def _generated(value: object, kind: type) -> Opened | None:
    """Open an instance of a class whose `repr` was made from its fields."""
    owner = owner_of(kind, "__repr__")
    shown = _shown_by(kind, owner, in_class(owner, "__repr__"))
    if shown is None:
        return None
    table, names_in = shown
    # A model of pydantic prints what its own class adds, too.
    fields = in_class(kind if names_in is _in_pydantic else owner, table)
    if fields is MISSING:
        return None
    own = own_dict(value)
    names = names_in(fields)
    return _fields(kind, ((name, own.get(name, _slot(value, kind, name))) for name in names))


def _slot(value: object, kind: type, name: str) -> object:
    """Read a field that has a slot, or stands in the class; no property of the class's."""
    found = in_class(kind, name)
    if full_name(type(found)) == ("builtins", "member_descriptor"):
        return read(value, kind, name)
    return MISSING


def _shown_by(
    kind: type,
    owner: type,
    show: Any,  # noqa: ANN401
) -> tuple[str, Callable[[Any], list[str]]] | None:
    if full_name(owner)[0] == "pydantic":
        # A model may say itself what it shows.
        own_words = full_name(owner_of(kind, "__repr_args__"))[0] != "pydantic"
        return None if own_words else ("__pydantic_fields__", _in_pydantic)
    # The generated ones are compiled from text that is in no file.
    code = getattr(getattr(show, "__wrapped__", show), "__code__", None)
    file = getattr(code, "co_filename", "")
    if file.startswith("<attrs generated"):
        return "__attrs_attrs__", _in_attrs
    if file == "<string>" and in_class(owner, "__dataclass_fields__") is not MISSING:
        return "__dataclass_fields__", _in_dataclass
    return None


def _in_dataclass(fields: Any) -> list[str]:  # noqa: ANN401
    return [name for name, field in fields.items() if field.repr]


def _in_attrs(fields: Any) -> list[str]:  # noqa: ANN401
    # A function in place of True is there to hide something.
    return [field.name for field in fields if field.repr is True]


def _in_pydantic(fields: Any) -> list[str]:  # noqa: ANN401
    return [name for name, field in fields.items() if field.repr]
