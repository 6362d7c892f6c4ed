"""
What a test sends and logs, kept until the test is over.

A value may be planted after it was sent, so nothing is judged on the way: what passes is copied,
and looked at in the end. Captures nest, since a test may run tests of its own; the last one that
began gets what passes.

Promise: copying never raises, whatever an object does when it is asked for its text, and keeps
nothing that could still change.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Final, Literal

Kind = Literal["envelope", "log"]

UNREAD: Final = object()
"""Stands for what could not be read. It may hold anything, so nobody can say it holds nothing."""


@dataclass(frozen=True, slots=True, repr=False)
class Caught:
    """A part of an envelope, or a record at one handler.

    Attributes:
        kind: which of them.
        name: the type of the item, or the name of the logger.
        content: a copy of what it holds, or `UNREAD`.
    """

    kind: Kind
    name: str
    content: object


@dataclass(slots=True, repr=False)
class Capture:
    """All that passes while it is the last one that began.

    Attributes:
        caught: what passed, in order.
        envelopes: how many envelopes left a client.
        records: how many records a handler was given.
    """

    caught: list[Caught] = field(default_factory=list)
    envelopes: int = 0
    records: int = 0


_open: list[Capture] = []


def current() -> Capture | None:
    """Give what catches now, if anything does."""
    try:
        return _open[-1]
    except IndexError:
        return None


def opened(capture: Capture) -> bool:
    """Begin to catch.

    Args:
        capture: gets what passes.

    Returns:
        Whether it is the only one, so that nothing was watched before.
    """
    _open.append(capture)
    return len(_open) == 1


def closed(capture: Capture) -> bool:
    """Catch no more; again, nothing happens.

    Args:
        capture: one that began.

    Returns:
        Whether it was the last one, so that nothing needs to be watched.
    """
    if capture not in _open:
        return False
    _open[:] = [one for one in _open if one is not capture]
    return not _open


def copied(value: object) -> object:
    """Copy a value as far as its texts go.

    Args:
        value: anything.

    Returns:
        Containers, texts, bytes and numbers of Python's own; for other objects what they print.
        `UNREAD` where even walking fails.
    """
    try:
        return _copy(value, ())
    except Exception:  # noqa: BLE001  # its message could hold data
        return UNREAD


def _copy(value: object, above: tuple[int, ...]) -> object:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value)
    # What is in itself is read there already.
    return None if id(value) in above else _copy_inside(value, above)


def _copy_inside(value: object, above: tuple[int, ...]) -> object:
    within = (*above, id(value))
    if isinstance(value, Mapping):
        return {_key(key): _copy(item, within) for key, item in value.items()}
    if isinstance(value, list | tuple | AbstractSet):
        return [_copy(item, within) for item in value]
    return _printed(value)


def _key(key: object) -> str:
    return str.__str__(key) if isinstance(key, str) else "\n".join(_printed(key))


def _printed(value: object) -> list[str]:
    """Give what an object prints: a format may ask for either text."""
    texts = []
    for tell in (str, repr):
        try:
            texts.append(str.__str__(tell(value)))
        except Exception:  # noqa: BLE001, S112  # the caller's code; who logs it gets no text either
            continue
    return list(dict.fromkeys(texts))
