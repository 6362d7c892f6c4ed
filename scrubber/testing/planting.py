"""
What a test plants, and what it plants it in.

A test of a scrubber needs to know what must be gone and what must stay: these two values carry
that from whoever makes a sample to whoever checks what became of it.

Promise: a `repr` shows entities and nothing else. pytest and Hypothesis print values whenever a
test fails, and a failure is read by more people than the data was meant for.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Planted:
    """One value that was planted. Its `repr` shows the entity only.

    Attributes:
        entity: what it is, in the words of the rules: `EMAIL_ADDRESS`, `PERSON`, `SECRET`.
        value: the value as it is, in no encoding.
        parts: what tells enough by itself: a surname, an address without its last octet, the local
            part of a mailbox, half of a secret.

    Raises:
        ValueError: the value is empty or blank, so that it would stand everywhere.
        TypeError: the value is no text, or the parts are one text, which is many of one letter.

    >>> Planted("EMAIL_ADDRESS", "jane@example.com", ("jane",))
    Planted(entity='EMAIL_ADDRESS')
    """

    entity: str
    value: str = field(repr=False)
    parts: tuple[str, ...] = field(default=(), repr=False)

    def __post_init__(self) -> None:
        if not isinstance(self.value, str):
            raise TypeError(f"{self.entity}: a planted value must be a str")
        _check(f"{self.entity}: parts", self.parts, str)
        if not self.value.strip():
            raise ValueError(f"{self.entity}: a planted value must not be blank")

    def _repr_pretty_(self, printer: Any, _: object) -> None:  # noqa: ANN401  # a protocol
        # Hypothesis and IPython print the fields of a data class whatever its `repr` leaves out.
        printer.text(repr(self))


@dataclass(frozen=True, slots=True)
class Sample:
    """Something to scrub, and what was planted in it. Its `repr` shows entities only.

    Attributes:
        content: what to scrub: a text, bytes, an event.
        planted: what must be gone afterwards.
        stays: what must be there afterwards, byte for byte.

    Raises:
        TypeError: what is planted are no `Planted`, or `stays` is one text.

    >>> Sample("mail jane@example.com", (Planted("EMAIL_ADDRESS", "jane@example.com"),), ("mail",))
    Sample(planted=(Planted(entity='EMAIL_ADDRESS'),))
    """

    content: Any = field(repr=False)
    planted: tuple[Planted, ...]
    stays: tuple[str, ...] = field(default=(), repr=False)

    def __post_init__(self) -> None:
        _check("a Sample: planted", self.planted, Planted)
        _check("a Sample: stays", self.stays, str)

    def _repr_pretty_(self, printer: Any, _: object) -> None:  # noqa: ANN401  # as above
        printer.text(repr(self))


def _check(what: str, many: object, kind: type) -> None:
    """Refuse one text in the place of many: its letters would be looked for, so nothing would."""
    if not isinstance(many, tuple | list) or not all(isinstance(one, kind) for one in many):
        raise TypeError(f"{what} must be a tuple of {kind.__name__}")
