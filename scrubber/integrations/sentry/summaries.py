"""
What stands in a crash report for images and bulk data: what they are, and nothing they hold.

Sentry asks objects for their `repr` when it collects local variables, long before a hook sees the
event: a photo is three megabytes of escapes by then. Two doors lead in earlier, and neither is
enough. Its processors of values see what it walks through, but not what lies where its depth ends,
nor the keys of mappings; `custom_repr` (sentry-sdk 2.14) sees what lies there, but no entry of a
list that is walked.

Promise: nothing here raises, and an object that cannot be told is `<its class>`. For bulk data no
method that a user wrote is called, nothing is read from disk, and no device is waited for. An
interrupt that an object raises when it is asked for its text ends there, as in Sentry itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from scrubber.integrations.sentry.bounded_repr import (
    bounded_repr,
    cut,
    prints_itself,
    shows_bulk,
)
from scrubber.integrations.sentry.byte_strings import bytes_label
from scrubber.integrations.sentry.class_facts import MISSING, class_name, in_class, is_one_of
from scrubber.integrations.sentry.number_lists import numbers_label
from scrubber.integrations.sentry.summary_kinds import kind_label

if TYPE_CHECKING:
    from collections.abc import Callable

    Repr = Callable[[Any], str | None]

BREADTH: Final = 10
"""Entries of a container that Sentry keeps."""

_SCALARS: Final = (str, float, bool, type(None))
_MOST_BITS: Final = 8192
_WRITTEN: Final = (str, int, float, bytes, bytearray, datetime)
_WALKED: Final = (list, tuple, set, frozenset)


def summary(value: object) -> str | None:
    """Tell what an object of bulk data is.

    Args:
        value: any object.

    Returns:
        `<ndarray uint8 480x640x3>`, `<list of 1000 numbers>`, `<bytes image/png 640x480>`; None if
        it is no bulk data.

    >>> summary([0.5] * 1000), summary([1, 2, 3]), summary("text")
    ('<list of 1000 numbers>', None, None)
    """
    kind = type(value)
    if is_one_of(kind, _SCALARS):
        return None
    try:
        if kind is int:
            # Too long to be written: Python refuses, and the event would be lost.
            return "<int>" if int.bit_length(value) > _MOST_BITS else None  # type: ignore[arg-type]
        return bytes_label(value) or kind_label(value) or numbers_label(value)
    except BaseException:  # noqa: BLE001  # e.g. a set that another thread changes
        return f"<{class_name(kind)}>"


def custom_repr(value: object) -> str | None:
    """Give the text of an object, for `sentry_sdk.init(custom_repr=...)`.

    Args:
        value: any object.

    Returns:
        Its text, with summaries where it holds bulk data, at most 8,192 characters and a few
        brackets; None where Sentry's own way is short and shows nothing.

    >>> custom_repr({"pixels": [0] * 300, "name": "a.png"}), custom_repr("text")
    ("{'pixels': <list of 300 numbers>, 'name': 'a.png'}", None)
    """
    kind = type(value)
    if is_one_of(kind, _SCALARS):
        return None
    try:
        text = summary(value)
        if text is None and not prints_itself(kind):
            text = bounded_repr(value, summary)
    except BaseException:  # noqa: BLE001  # never raw, whatever happened
        return f"<{class_name(kind)}>"
    return text


def wrapped(users: Repr | None) -> Repr:
    """Put our `custom_repr` around the one a user gave.

    Args:
        users: theirs; None if they gave none.

    Returns:
        A function that tells bulk data itself and asks theirs for everything else. What theirs
        gives is cut, and not taken if it shows bulk data; where it gives nothing or fails, ours
        answers.

    >>> wrapped(lambda value: "mine")({"a": 1}), wrapped(lambda value: 1 / 0)({"a": 1})
    ('mine', "{'a': 1}")
    """
    if users is None:
        return custom_repr

    def asked(value: object) -> str | None:
        text = summary(value)
        if text is None:
            text = _given(users, value)
        return custom_repr(value) if text is None else text

    return asked


def _given(users: Repr, value: object) -> str | None:
    """Ask a user's function; None if it gives nothing that may stand in a report."""
    try:
        given = users(value)
    except BaseException:  # noqa: BLE001  # it is the user's code
        return None
    if not issubclass(type(given), str) or not given:
        return None
    text = cut(str.__str__(given))
    return None if shows_bulk(text) else text


def repr_processor(value: object, hint: dict[str, Any]) -> Any:  # noqa: ANN401
    """Replace bulk data, for `sentry_sdk.serializer.add_global_repr_processor`.

    Args:
        value: what Sentry is about to write.
        hint: Sentry's, with the depth that remains.

    Returns:
        The text of an object that holds bulk data or would print itself; a list or mapping of such
        texts for a container whose entries lie where the depth ends; else NotImplemented, and
        Sentry goes on.
    """
    kind = type(value)
    if is_one_of(kind, _SCALARS):
        return NotImplemented
    try:
        text = summary(value)
        return _replaced(value, kind, hint) if text is None else text
    except BaseException:  # noqa: BLE001  # as above
        return f"<{class_name(kind)}>"


def _replaced(value: Any, kind: type, hint: dict[str, Any]) -> Any:  # noqa: ANN401
    # A class that says how it is written in a report knows better; numbers and times stay such.
    if in_class(kind, "__sentry_repr__") is not MISSING or issubclass(kind, _WRITTEN):
        return NotImplemented
    depth = hint.get("remaining_depth")
    last = type(depth) is int and depth <= 1
    if issubclass(kind, Mapping):
        return _mapping(value, last=last)
    if issubclass(kind, _WALKED):
        return _row(value) if last else NotImplemented
    return NotImplemented if prints_itself(kind) else bounded_repr(value, summary)


def _mapping(value: Any, *, last: bool) -> Any:  # noqa: ANN401
    pairs = list(islice(value.items(), BREADTH + 1))
    if not all(_good_key(key) for key, _ in pairs):
        # Sentry takes `str` of a key and asks nobody.
        return (
            bounded_repr(value, summary)
            if isinstance(value, dict)
            else bounded_repr(dict(pairs), summary)
        )
    if not last or all(_plain(item) for _, item in pairs):
        return NotImplemented
    done = {str(key): _text(item) for key, item in pairs[:BREADTH]}
    return _trimmed(done, len(value), len(pairs))


def _row(value: Any) -> Any:  # noqa: ANN401
    base: Any = next(base for base in _WALKED if issubclass(type(value), base))
    items = list(islice(base.__iter__(value), BREADTH + 1))
    if all(_plain(item) for item in items):
        return NotImplemented
    return _trimmed([_text(item) for item in items[:BREADTH]], base.__len__(value), len(items))


def _trimmed(done: Any, length: int, seen: int) -> Any:  # noqa: ANN401
    if seen <= BREADTH:
        return done
    from sentry_sdk.utils import AnnotatedValue  # type: ignore[attr-defined]

    return AnnotatedValue(done, {"len": length})


def _text(value: object) -> str:
    text = custom_repr(value)
    return cut(repr(value)) if text is None else text


def _plain(value: object) -> bool:
    kind = type(value)
    return is_one_of(kind, _SCALARS) or (kind is int and summary(value) is None)


def _good_key(key: object) -> bool:
    if _plain(key):
        return True
    if summary(key) is not None:
        return False
    text = bounded_repr(key, summary)
    return prints_itself(type(key)) or not shows_bulk(text)
