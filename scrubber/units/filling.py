"""
A template and what fills it, wherever an event holds both.

    {"message": "login of %s", "params": ["jane"]}
    {"sentry.message.template": "login of %s", "sentry.message.parameter.0": {"value": "jane"}}

They are one text: a finding may need both (`"password=%s"`).

Promise: the values it puts back stand where those it took stood.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_TEMPLATE: Final = "sentry.message.template"
_PARAMETER: Final = "sentry.message.parameter."
_MOST: Final = 100


@dataclass(frozen=True, slots=True, repr=False)
class Filling:
    """A template and what fills it.

    Attributes:
        template: the template.
        params: a list, a tuple or a mapping.
        names: the attribute of each, where they are attributes; empty where they are together.
    """

    template: str
    params: object
    names: tuple[str, ...] = ()

    def put(
        self, params: object | None, rebuilt: Mapping[str, object]
    ) -> Iterator[tuple[str, object]]:
        """Give the fields that have to change, and their new values.

        Args:
            params: the scrubbed ones, of the same kind; None for no others.
            rebuilt: the new mapping.
        """
        if params is None:
            return
        if not self.names:
            if "params" in rebuilt and rebuilt["params"] != params:
                yield "params", params
            return
        values = params.values() if isinstance(params, dict) else params
        if not isinstance(values, Iterable):
            return
        for name, value in zip(self.names, values, strict=False):
            held = rebuilt.get(name)
            if _value_of(held) != value:
                yield name, {**held, "value": value} if isinstance(held, dict) else value


def filling_of(value: Mapping[str, object]) -> Filling | None:
    """Give the template of a mapping and what fills it, or None where there is none.

    Args:
        value: the fields of a log entry, or attributes.
    """
    template, params = value.get("message"), value.get("params")
    if isinstance(template, str) and params:
        return Filling(template, params)
    template = _value_of(value.get(_TEMPLATE))
    if not isinstance(template, str):
        return None
    names = [name for name in value if name.startswith(_PARAMETER)][:_MOST]
    given = {name.removeprefix(_PARAMETER): _value_of(value[name]) for name in names}
    if not given:
        return None
    if all(name.isdecimal() for name in given):
        ordered = sorted(given, key=int)
        filled = [given[name] for name in ordered]
        return Filling(template, filled, tuple(_PARAMETER + name for name in ordered))
    return Filling(template, given, tuple(names))


def _value_of(held: object) -> object:
    return held.get("value") if isinstance(held, dict) else held
