"""
Bulk data in the parts of an event whose values Sentry shows to no processor.

Contexts, tags, the arguments of log messages and, before sentry-sdk 2.50, the data of spans are
written without asking: bytes are decoded, lists are written to their last number. An event
processor sees them while they are still objects.

Promise: nothing here raises, containers of the program's are copied where they change, what is too
deep or too much is the name of its class, and a part that cannot be read is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from scrubber.integrations.sentry.class_facts import MISSING, class_name, full_name, in_class
from scrubber.integrations.sentry.summaries import custom_repr, summary

_DEEPEST: Final = 12
_MOST: Final = 50_000
_WALKED: Final = (dict, list, tuple, set, frozenset)
_WRITTEN: Final = (str, int, float, bytes, bytearray, datetime, Mapping)
# Sentry asks processors about what is in these, or made them of text.
_ASKED: Final = frozenset(
    {"breadcrumbs", "debug_meta", "exception", "extra", "modules", "sdk", "stacktrace", "threads"}
)


def summarised(event: dict[str, Any], hint: dict[str, Any] | None = None) -> dict[str, Any]:  # noqa: ARG001
    """Replace bulk data in an event that is not yet written, for `add_global_event_processor`.

    Args:
        event: the event; its fields are replaced.
        hint: Sentry's; not used.

    Returns:
        The event.

    >>> summarised({"contexts": {"batch": {"pixels": [0] * 100}}})
    {'contexts': {'batch': {'pixels': '<list of 100 numbers>'}}}
    """
    for name in [name for name in event if name not in _ASKED]:
        try:
            event[name] = _Copier().copy(event[name], 0)
        except BaseException:  # noqa: BLE001  # e.g. a mapping that another thread changes
            del event[name]
    return event


class _Copier:
    """Copies one field where something in it changes."""

    def __init__(self) -> None:
        self._left = _MOST

    def copy(self, value: Any, depth: int) -> Any:  # noqa: ANN401
        self._left -= 1
        text = summary(value)
        if text is not None:
            return text
        kind = type(value)
        base: Any = next((one for one in _WALKED if issubclass(kind, one)), None)
        if base is None:
            return self._object(value, kind)
        if depth >= _DEEPEST or self._left < 0:
            return f"<{class_name(kind)}>"
        if base is dict:
            pairs = [*dict.items(value)]
            items = [item for _, item in pairs]
        else:
            items = [*base.__iter__(value)]
        row = [self.copy(item, depth + 1) for item in items]
        if all(new is old for new, old in zip(row, items, strict=True)):
            return value
        if base is dict:
            return dict(zip((key for key, _ in pairs), row, strict=True))
        return row if base is list else tuple(row)

    def _object(self, value: object, kind: type) -> object:
        """Give the text Sentry would ask an object for, unless it is one of Sentry's own."""
        own = full_name(kind)[0] == "sentry_sdk" or in_class(kind, "__sentry_repr__") is not MISSING
        if own or issubclass(kind, _WRITTEN):
            return value
        text = custom_repr(value)
        return value if text is None else text
