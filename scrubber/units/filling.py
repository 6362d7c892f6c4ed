"""
A template and what fills it, wherever an event holds both.

    {"message": "login of %s", "params": ["jane"]}
    {"msg": "'login of %s'", "args": ["'jane'"]}        in the variables of a logger's frame
    {"sentry.message.template": "login of %s", "sentry.message.parameter.0": {"value": "jane"}}

They are one text: a finding may need both (`"password=%s"`). What goes in are the values as their
own names and texts left them, so that nothing that was found alone comes back.

Promise: a value it puts in place is of the kind of the one it takes out; containers stay as they
are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scrubber.lazy import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_TEMPLATE: Final = "sentry.message.template"
_PARAMETER: Final = "sentry.message.parameter."
_MOST: Final = 100
_BRACES: Final = lazy_pattern(
    r"\{([A-Za-z_][A-Za-z0-9_]*|[0-9]{0,2})(?:![rsa])?(?::[^{}]{0,32})?\}"
)

Place = tuple[str, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Filling:
    """A template and what fills it.

    Attributes:
        template: in the form of `%`.
        params: a list or a mapping, of values that are no containers.
        places: where each of them stands below the mapping.
    """

    template: str
    params: list[object] | dict[str, object]
    places: tuple[Place, ...]

    def put(
        self, found: object | None, rebuilt: dict[str, object]
    ) -> Iterator[tuple[Place, str | None, str | None]]:
        """Put scrubbed params where they stand.

        Args:
            found: the params, in the same order; None to leave all as they are.
            rebuilt: the new mapping.

        Yields:
            The place of each that changed, its text before and after, or None for no text.
        """
        given = self.params.values() if isinstance(self.params, dict) else self.params
        new = found.values() if isinstance(found, dict) else found
        if not isinstance(new, list | tuple | type({}.values())) or len(new) != len(self.places):
            return  # the template asks for others
        for place, old, value in zip(self.places, given, new, strict=True):
            if old is None or old == value or old != old or isinstance(old, dict | list | tuple):  # noqa: PLR0124  # nan
                continue
            value_in = _of_its_kind(old, value)
            _put(rebuilt, place, value_in)
            yield place, old if isinstance(old, str) else None, _text(value_in)


def filling_of(value: Mapping[str, object], rebuilt: Mapping[str, object]) -> Filling | None:
    """Give the template of a mapping and what fills it, or None where there is none.

    Args:
        value: the fields of a log entry, or attributes, as they were.
        rebuilt: the same as they will be.
    """
    template, params = value.get("message"), rebuilt.get("params")
    if isinstance(template, str) and isinstance(params, dict) and params:
        return _filling(template, params, tuple(("params", name) for name in params))
    if isinstance(template, str) and isinstance(params, list | tuple) and params:
        numbered = tuple(("params", str(at)) for at in range(len(params)))
        return _filling(template, list(params), numbered)
    message, args = value.get("msg"), rebuilt.get("args")
    if isinstance(message, str) and isinstance(args, list | tuple) and args and "%" in message:
        numbered = tuple(("args", str(at)) for at in range(len(args)))  # a frame of a logger
        return _filling(message, list(args), numbered)
    template = _value_of(value.get(_TEMPLATE))
    return _of_attributes(template, rebuilt) if isinstance(template, str) else None


def _of_attributes(template: str, rebuilt: Mapping[str, object]) -> Filling | None:
    names = [name for name in rebuilt if name.startswith(_PARAMETER)][:_MOST]
    short = {name.removeprefix(_PARAMETER): name for name in names}
    if all(name.isdecimal() for name in short):
        names = [short[name] for name in sorted(short, key=int)]
    places: tuple[Place, ...] = tuple(
        (name, "value") if isinstance(rebuilt[name], dict) else (name,) for name in names
    )
    held = [_value_of(rebuilt[name]) for name in names]
    if not held:
        return None
    if all(name.isdecimal() for name in short):
        return _filling(template, held, places)
    return _filling(template, dict(zip(short, held, strict=True)), places)


def _filling(
    template: str, params: list[object] | dict[str, object], places: tuple[Place, ...]
) -> Filling:
    if "%" not in template and isinstance(params, list):
        found = _BRACES.findall(template)
        if len(found) == len(params) and all(one in {"", str(at)} for at, one in enumerate(found)):
            return Filling(_BRACES.sub("%s", template), params, places)
    if "%" not in template and isinstance(params, dict):
        return Filling(_BRACES.sub(r"%(\1)s", template), params, places)
    return Filling(template, params, places)


def _of_its_kind(old: object, new: object) -> object:
    """Give a new value of the kind of the old one: a number that showed something becomes 0."""
    if isinstance(old, str | bool):
        return str.__str__(new) if isinstance(new, str) else new
    return type(old)(0) if isinstance(old, int | float) else new


def _put(rebuilt: dict[str, object], place: Place, value: object) -> None:
    name, *inner = place
    if not inner:
        rebuilt[name] = value
        return
    held = rebuilt[name]
    if isinstance(held, dict):
        rebuilt[name] = {**held, inner[0]: value}
    elif isinstance(held, list | tuple):
        at = int(inner[0])
        rebuilt[name] = type(held)([*held[:at], value, *held[at + 1 :]])


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _value_of(held: object) -> object:
    return held.get("value") if isinstance(held, dict) else held
