r"""
Headers that could not be scrubbed: of what they hold, only what is plain to see.

A stub would not arrive if the headers around it were refused. So each header is read by itself, and
stays if it fits a grammar that no free text fits; all others go. The grammars are compiled ahead
and use nothing of the scrubber: when this is needed, something in there failed.

Promise: it never raises, and what it gives are new objects. An address stays only where it is the
one that this client sends to.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

_ID: Final = re.compile(r"[0-9a-fA-F]{32}|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_MOMENT: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9})?"
    r"(?:Z|[+-][0-9]{2}:[0-9]{2})"
)
_RATE: Final = re.compile(r"[01](?:\.[0-9]{1,17})?")
_VERSION: Final = re.compile(
    r"[0-9]{1,4}(?:\.[0-9]{1,4}){1,3}(?:[-.]?(?:a|b|rc|alpha|beta)\.?[0-9]{1,3})?"
)

_TRACE: Final[Mapping[str, re.Pattern[str]]] = {
    "trace_id": _ID,
    "public_key": _ID,
    "replay_id": _ID,
    "sampled": re.compile(r"true|false"),
    "sample_rate": _RATE,
    "sample_rand": _RATE,
}
_SDK: Final[Mapping[str, re.Pattern[str]]] = {
    "name": re.compile(r"sentry\.[a-z]{1,16}(?:\.[a-z_]{1,24}){0,2}"),
    "version": _VERSION,
}
_ENVELOPE: Final[Mapping[str, re.Pattern[str]]] = {"event_id": _ID, "sent_at": _MOMENT}
_PARTS: Final = {"sdk": _SDK, "trace": _TRACE}
_ITEM: Final[Mapping[str, re.Pattern[str]]] = {
    "content_type": re.compile(
        r"application/(?:json|octet-stream|vnd\.sentry\.items\.[a-z-]{1,24}\+json)|text/plain"
    ),
    "platform": re.compile(r"python|javascript|node|java|cocoa|android|native|php|ruby|csharp|go"),
    "attachment_type": re.compile(
        r"event\.(?:attachment|minidump|applecrashreport|view_hierarchy)"
    ),
}
_NUMBERS: Final = ("length", "item_count")
_MOST: Final = 1 << 40


def plain_envelope(headers: object, dsn: object = None) -> dict[str, Any]:
    """Keep of the headers of an envelope what is plain.

    Args:
        headers: anything; usually a dict.
        dsn: where the client sends to.

    Returns:
        New headers; {} where nothing of them is plain.

    >>> plain_envelope({"sent_at": "2026-11-23T12:00:00Z", "trace": {"transaction": "/of/jane"}})
    {'sent_at': '2026-11-23T12:00:00Z'}
    """
    kept: dict[str, Any] = dict(_fitting(headers, _ENVELOPE))
    for name, grammars in _PARTS.items():
        part = _fitting(_get(headers, name), grammars)
        if part:
            kept[name] = part
    if type(dsn) is str and dsn and _text(_get(headers, "dsn")) == dsn:
        kept["dsn"] = dsn
    return kept


def plain_item(headers: object, kind: str) -> dict[str, Any]:
    """Keep of the headers of an item what is plain.

    Args:
        headers: anything; usually a dict.
        kind: the type that its header names, which is one that is known.

    Returns:
        New headers, with the type.

    >>> plain_item({"type": "event", "length": 12, "filename": "of jane"}, "event")
    {'type': 'event', 'length': 12}
    """
    numbers = {name: _get(headers, name) for name in _NUMBERS}
    counts = {name: one for name, one in numbers.items() if type(one) is int and 0 <= one < _MOST}
    return {"type": kind, **counts, **_fitting(headers, _ITEM)}


def _fitting(headers: object, grammars: Mapping[str, re.Pattern[str]]) -> dict[str, str]:
    texts = {name: _text(_get(headers, name)) for name in grammars}
    return {
        name: text
        for name, text in texts.items()
        if text is not None and grammars[name].fullmatch(text)
    }


def _get(headers: object, name: str) -> object:
    # Past methods of its own; its keys may still have an `__eq__` of theirs, which may raise.
    if not issubclass(type(headers), dict):
        return None
    try:
        return dict.get(cast("dict[str, object]", headers), name)
    except Exception:  # noqa: BLE001  # this header is left out
        return None


def _text(value: object) -> str | None:
    return str.__str__(value) if issubclass(type(value), str) else None
