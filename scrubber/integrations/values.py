"""
The fields of a log call in, copies that name nobody out.

They go through the scrubber as the fields of an event do, so a key that says secret makes its value
one, whatever it looks like. An event knows plain values only; what else people log (a path, a
tensor, a request) is asked for its text first, because `<torch.Tensor>` tells a debugger nothing.

Promise: no object of the caller's is changed, containers come back as copies, and an object comes
back itself only where it is a number or a span of time whose text shows nothing.
"""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from types import NoneType
from typing import TYPE_CHECKING, Any, Final, Protocol

from scrubber.errors import BudgetError, ScrubberError
from scrubber.redact.placeholders import FAILED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scrubber.types import Finding

DEEPEST: Final = 16
"""Containers in one another; what lies deeper is a marker."""

MOST: Final = 10_000
"""Values of all fields of one call together."""

_PLAIN: Final = (NoneType, str, bytes, int, float, date)
_FIELD: Final = "extra"
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}")


class Scrubs(Protocol):
    """What is asked of a scrubber here."""

    def scrub_text(self, text: str) -> str:
        """Scrub a text."""

    def scrub(self, event: dict[str, Any]) -> dict[str, Any] | None:
        """Scrub an event."""

    def scan(self, text: str) -> list[Finding]:
        """Find what would be redacted."""


def scrub_values(fields: Mapping[str, object], scrubber: Scrubs) -> dict[str, object]:
    """Scrub the fields of a log call.

    Args:
        fields: names and values.
        scrubber: what looks and replaces.

    Returns:
        New fields in the same order; a name that held a finding is another one.

    Raises:
        ScrubberError: they could not be scrubbed, or are too many.

    >>> from scrubber.default import scrubber_for
    >>> scrub_values({"api_key": "x", "n": (1, 2), "to": ["jane@example.com"]}, scrubber_for())
    {'api_key': '[secret]', 'n': (1, 2), 'to': ['[email]']}
    """
    plain = copied_values(fields)
    event = scrubber.scrub({_FIELD: plain})
    # A stub has no such field, and a scrubber that was switched off meanwhile gives nothing.
    if event is None or _FIELD not in event:
        raise ScrubberError("the fields of a log record could not be scrubbed")
    done: dict[str, object] = event[_FIELD]
    return {
        new: fields[old] if _stays(fields[old]) and done[new] == plain[old] else done[new]
        for old, new in zip(fields, done, strict=True)
    }


def copied_values(fields: Mapping[str, object]) -> dict[str, object]:
    """Copy fields into what an event may hold.

    Raises:
        BudgetError: they hold too many values.
    """
    read = _Reader()
    return {name: read.value(value, 1) for name, value in fields.items()}


def failed_values(fields: Mapping[str, object]) -> dict[str, object]:
    """Give what stands for fields that could not be scrubbed: markers, under names of code."""
    return {name: FAILED for name in fields if _NAME.fullmatch(name)}


class _Reader:
    """Copies values into what an event may hold."""

    def __init__(self) -> None:
        self._left = MOST

    def value(self, value: object, depth: int) -> object:
        self._left -= 1
        if self._left < 0:
            raise BudgetError("a log record has too many values; log a summary of them")
        kind = type(value)
        if issubclass(kind, _PLAIN):
            return value
        if issubclass(kind, dict | list | tuple | set | frozenset):
            return self._container(value, depth + 1)
        return text_of(value)

    def _container(self, value: object, depth: int) -> object:
        if depth > DEEPEST:
            return FAILED
        if isinstance(value, dict):
            return {key: self.value(item, depth) for key, item in list(dict.items(value))}
        items: list[object] = [*value]  # type: ignore[misc]
        row = [self.value(item, depth) for item in items]
        return tuple(row) if isinstance(value, tuple) else row


def text_of(value: object) -> str:
    """Ask an object for its text; a marker stands for what cannot be told."""
    try:
        return str(value)
    except Exception:  # noqa: BLE001  # it is the caller's code
        return FAILED


def _stays(value: object) -> bool:
    kind = type(value)
    if issubclass(kind, dict | list | tuple | set | frozenset):
        return False
    # A formatter may ask for `%(loss).3f`, or for the hour of a moment.
    return issubclass(kind, (*_PLAIN, time, timedelta)) or hasattr(kind, "__float__")
