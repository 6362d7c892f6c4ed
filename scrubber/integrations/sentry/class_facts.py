"""
What is known of an object without asking it.

`isinstance`, `getattr`, `len` and `repr` run code that the object's author wrote: it may lie, read
a disk, wait for a device or fail. What stands in its class can be read past all that.

Promise: no code of the object's class runs, but for descriptors of the class the caller names.
"""

from __future__ import annotations

from typing import Any, Final

_LONGEST: Final = 64
_MRO: Final[Any] = type.__dict__["__mro__"].__get__
_NAME: Final[Any] = type.__dict__["__name__"].__get__
_MODULE: Final[Any] = type.__dict__["__module__"].__get__
_DICT: Final[Any] = type.__dict__["__dict__"].__get__

MISSING: Final = object()
"""Stands for what is not there; None may be."""

Name = tuple[str, str]
"""The first word of a module, and a class in it: `("pandas", "DataFrame")`."""


def is_one_of(kind: type, kinds: tuple[type, ...]) -> bool:
    """Tell whether a class is among others; a class may say that it equals others.

    >>> is_one_of(int, (str, int)), is_one_of(bool, (str, int))
    (True, False)
    """
    for one in kinds:  # noqa: SIM110  # `any` takes three times as long, and all leaves come here
        if kind is one:
            return True
    return False


def mro(kind: type) -> tuple[type, ...]:
    """Give the classes a class is made of, itself first."""
    found: tuple[type, ...] = _MRO(kind)
    return found


def class_name(kind: type) -> str:
    """Give the name of a class; `object` if that is no name.

    >>> class_name(int), class_name(type("jane@example.com", (), {}))
    ('int', 'object')
    """
    name = _NAME(kind)
    return name if name.isidentifier() and len(name) <= _LONGEST else "object"


def full_name(kind: type) -> Name:
    """Give the name of a class, after the first word of its module's.

    >>> full_name(__import__("collections").OrderedDict)
    ('collections', 'OrderedDict')
    """
    module = _MODULE(kind)
    root = module.partition(".")[0] if type(module) is str else ""
    return root, _NAME(kind)


def in_class(kind: type, name: str) -> Any:  # noqa: ANN401  # whatever stands there
    """Give what stands in a class or the classes it is made of, as it is; MISSING if nothing."""
    for base in mro(kind):
        own = _DICT(base)
        if name in own:
            return own[name]
    return MISSING


def owner_of(kind: type, name: str) -> type:
    """Give the class that an attribute of a class comes from."""
    return next((base for base in mro(kind) if name in _DICT(base)), object)


def own_dict(value: object) -> dict[str, object]:
    """Give the attributes an object has of its own, none of its class's."""
    try:
        found = object.__getattribute__(value, "__dict__")
    except AttributeError:
        return {}
    return found if type(found) is dict else {}


def read(value: object, base: type, name: str) -> Any:  # noqa: ANN401  # whatever it gives
    """Read an attribute as a class defines it, whatever a class derived from it does.

    Args:
        value: the object.
        base: one of the classes its class is made of.
        name: of the attribute.

    Returns:
        Its value; MISSING if there is none, or reading it failed.
    """
    found = in_class(base, name)
    if found is MISSING:
        return own_dict(value).get(name, MISSING)
    getter = in_class(type(found), "__get__")
    try:
        return found if getter is MISSING else getter(found, value, type(value))
    except BaseException:  # noqa: BLE001  # a deleted tensor, a closed file, a class that lies
        return MISSING
