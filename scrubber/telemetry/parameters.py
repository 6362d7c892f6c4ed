"""
What a parameter of an event may hold: five kinds, none of which is free text.

A filter that looks for what must not be sent can be wrong. So nothing that a program gives is sent:
what it gives chooses among values that were declared beforehand.

Promise: whatever is given, `reduced` gives a declared value, `other`, a number of a declared grid
of at most 10,001, a list of declared names with a count, or None for nothing.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass
from numbers import Real
from typing import Final, Protocol, TypeGuard

from scrubber.errors import ConfigError
from scrubber.telemetry.description import Allowed
from scrubber.telemetry.limits import TEXT, check_text
from scrubber.telemetry.public_names import names_of, public_name

OTHER: Final = "other"
"""Stands for every value that was not declared."""

Value = str | int | float

_MOST_STEPS: Final = 10_000
_MOST_VALUES: Final = 1000
_MOST_OTHERS: Final = 99
_DIGITS: Final = 9


class Parameter(Protocol):
    """Reduces what a program gives to what was declared."""

    def reduced(self, value: object) -> Value | None:
        """Give the declared value, or None where nothing is to be sent."""
        ...

    def read(self, text: str) -> object:
        """Give what a text of a command line stands for, to be reduced."""
        ...

    @property
    def allowed(self) -> Allowed:
        """All that `reduced` can give."""
        ...


@dataclass(frozen=True, slots=True, init=False)
class Choice:
    """One of some texts; `other` for any other text, nothing for what is no text.

    Args:
        values: the texts, each at most 100 printable characters.

    Raises:
        ConfigError: there is none, too many, one twice, or one that cannot be sent.

    >>> task = Choice("detect", "segment")
    >>> task.reduced("segment"), task.reduced("/home/jane/x"), task.reduced(7)
    ('segment', 'other', None)
    """

    values: tuple[str, ...]

    def __init__(self, *values: str) -> None:
        """Keep the texts."""
        object.__setattr__(self, "values", _texts("Choice", values))

    def reduced(self, value: object) -> Value | None:
        """Give the text if it was declared."""
        if not isinstance(value, str):
            return None
        text = str.__str__(value)  # not what a subclass says of itself
        return text if text in self.values else OTHER

    def read(self, text: str) -> object:
        """Give the text, reduced."""
        return self.reduced(text)

    @property
    def allowed(self) -> Allowed:
        """The texts and `other`."""
        return Allowed("choice", _with_other(self.values))


@dataclass(frozen=True, slots=True)
class Number:
    """A number, moved into its bounds and to the nearest step, or down to the edge of its bucket.

    Exact numbers identify: a loss of 0.41237 stands in one log in the world. So there are no more
    than 10,000 steps between the bounds, and buckets are better.

    Args:
        low: the least number.
        high: the greatest number.
        step: the distance of two numbers.
        buckets: edges, ascending; a number is told by the greatest edge that is not above it.

    Raises:
        ConfigError: bounds or edges that are no numbers, or not in order, or too many steps.

    >>> Number(0, 1000).reduced(12.4), Number(0, 1, step=0.05).reduced(0.41237)
    (12, 0.4)
    >>> Number(0, 10**9, buckets=(0, 1, 10, 100, 1000)).reduced(128), Number(0, 9).reduced("7")
    (100, None)
    """

    low: float
    high: float
    step: float = 1
    buckets: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "buckets", tuple(self.buckets))
        numbers = (self.low, self.high, self.step, *self.buckets)
        if not all(_is_number(one) and math.isfinite(one) for one in numbers):
            raise ConfigError("Number: bounds, step and buckets are finite numbers")
        if not self.low < self.high or self.step <= 0:
            raise ConfigError("Number: low is less than high, and a step is more than 0")
        if self.buckets:
            if list(self.buckets) != sorted(set(self.buckets)) or self.buckets[0] < self.low:
                raise ConfigError("Number: buckets ascend, from low or above it")
            if self.buckets[-1] > self.high or len(self.buckets) > _MOST_VALUES:
                raise ConfigError(f"Number: at most {_MOST_VALUES} buckets, none above high")
        elif (self.high - self.low) / self.step > _MOST_STEPS:
            raise ConfigError(
                f"Number: more than {_MOST_STEPS} steps tell too much; give buckets or a step"
            )

    def reduced(self, value: object) -> Value | None:
        """Give the number of the grid; None for what is no finite number."""
        if not _is_number(value):
            return None
        number = float(value)
        if not math.isfinite(number):
            return None
        number = min(max(number, self.low), self.high)
        if self.buckets:
            return _plain(self.buckets[max(bisect_right(self.buckets, number) - 1, 0)])
        number = self.low + round((number - self.low) / self.step) * self.step
        return _plain(min(number, self.high))

    def read(self, text: str) -> object:
        """Give the number that a text is, reduced; None for any other text."""
        try:
            return self.reduced(float(text))
        except ValueError:
            return None

    @property
    def allowed(self) -> Allowed:
        """The bounds and the step, or the edges."""
        if self.buckets:
            edges = tuple(str(_plain(edge)) for edge in self.buckets)
            return Allowed("number", edges, self.buckets[0], self.buckets[-1])
        return Allowed("number", (), self.low, self.high, self.step)


@dataclass(frozen=True, slots=True)
class Flag:
    """Whether something is on: 1 or 0.

    >>> Flag().reduced(True), Flag().reduced("yes")
    (1, None)
    """

    def reduced(self, value: object) -> Value | None:
        """Give 1 or 0; None for what is no `bool`."""
        return int(value) if isinstance(value, bool) else None

    def read(self, text: str) -> object:
        """Give what a text says; None where it says neither."""
        return {"true": True, "1": True, "false": False, "0": False}.get(text.lower())

    @property
    def allowed(self) -> Allowed:
        """1 and 0."""
        return Allowed("flag", ("0", "1"))


@dataclass(frozen=True, slots=True, init=False)
class Flags:
    """Which of some names are there: `amp,epochs`; others are counted: `amp,+2`.

    Args:
        names: of ASCII letters, digits, `_` and `-`.

    Raises:
        ConfigError: there is none, too many, one twice, or one with other characters.

    >>> Flags("amp", "epochs").reduced(["epochs", "amp", "name-of-jane"])
    'amp,epochs,+1'
    """

    names: tuple[str, ...]

    def __init__(self, *names: str) -> None:
        """Keep the names."""
        object.__setattr__(self, "names", tuple(sorted(_texts("Flags", names))))
        if not all(
            one.isascii() and one.replace("-", "_").replace("_", "a").isalnum() for one in names
        ):
            raise ConfigError("Flags: a name has ASCII letters, digits, `_` and `-`")

    def reduced(self, value: object) -> Value | None:
        """Give the names that are there, as many as fit; None for what is no collection."""
        # No other collection: looking through an iterator takes from who gave it, perhaps for ever.
        if not isinstance(value, list | tuple | set | frozenset):
            return None
        texts = {str.__str__(one) for one in value if isinstance(one, str)}
        given = len(texts) + sum(not isinstance(one, str) for one in value)
        known = [name for name in self.names if name in texts]
        while True:
            others = min(given - len(known), _MOST_OTHERS)
            told = ",".join([*known, f"+{others}"] if others else known)
            if len(told) <= TEXT:
                return told or None
            known.pop()

    def read(self, text: str) -> object:
        """Give the names between commas, reduced."""
        return self.reduced(text.split(","))

    @property
    def allowed(self) -> Allowed:
        """The names."""
        return Allowed("flags", self.names)


@dataclass(frozen=True, slots=True)
class PublicName:
    """A name everybody knows, of a model or a dataset; `other` for every other text.

    Args:
        names: `models` or `datasets` for the packaged lists, or names of your own.

    Raises:
        ConfigError: there is no such list, or a name that cannot be sent.

    >>> model = PublicName("models")
    >>> [model.reduced(name) for name in ("YOLOv8n.pt", "runs/yolov8n.pt", "jane-v2.pt")]
    ['yolov8n', 'other', 'other']
    """

    names: str | tuple[str, ...] = "models"

    def __post_init__(self) -> None:
        if not isinstance(self.names, str):
            object.__setattr__(self, "names", _texts("PublicName", tuple(self.names)))
        elif self.names not in {"models", "datasets"}:
            raise ConfigError("PublicName: the packaged lists are 'models' and 'datasets'")

    def reduced(self, value: object) -> Value | None:
        """Give the name as the list writes it."""
        if not isinstance(value, str):
            return None
        return public_name(str.__str__(value), self.names) or OTHER

    def read(self, text: str) -> object:
        """Give the name, reduced."""
        return self.reduced(text)

    @property
    def allowed(self) -> Allowed:
        """The names and `other`."""
        return Allowed("public name", _with_other(names_of(self.names)))


def _texts(what: str, values: tuple[object, ...]) -> tuple[str, ...]:
    texts = tuple(check_text(what, value) for value in values)
    if not 0 < len(texts) <= _MOST_VALUES or len(set(texts)) < len(texts):
        raise ConfigError(f"{what}: 1 to {_MOST_VALUES} values, none twice")
    return texts


def _with_other(values: tuple[str, ...]) -> tuple[str, ...]:
    return values if OTHER in values else (*values, OTHER)


def _is_number(value: object) -> TypeGuard[float]:
    # A tensor is no `Real`: asking it for its value may wait for a graphics card.
    return isinstance(value, Real) and not isinstance(value, bool)


def _plain(number: float) -> int | float:
    """Write 12.0 as 12, and 0.30000000000000004 as 0.3."""
    rounded = round(number, _DIGITS)
    return int(rounded) if rounded == int(rounded) else rounded
