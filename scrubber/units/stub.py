"""
What is sent when an event cannot be scrubbed: a valid event of nothing but checked values.

Where the program failed (types, modules, functions, line numbers) is kept, so that the crash is
still found and grouped. It is kept because it fits a narrow grammar of ASCII identifiers, not
because it was scanned: a package that is named after a person stays. Every free text is gone, paths
and source lines included.

Promise: it never raises, whatever it is given, and its result is valid JSON made of new objects.
Each part is read by itself, so that one broken part costs that part only. Reading more of the event
(tags, release, breadcrumbs) was rejected: all that is known of it is that it could not be checked.
"""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime, timezone
from typing import TYPE_CHECKING, Final, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

FAILED: Final = "[scrub-failed]"
"""Stands where a text was."""

MOST_EXCEPTIONS: Final = 50
MOST_FRAMES: Final = 250

# Compiled ahead, unlike elsewhere: when this is needed, something failed, and more may.
_LEVEL: Final = re.compile(r"fatal|error|warning|info|debug")
_PLATFORM: Final = re.compile(  # those Sentry accepts
    r"as3|c|cfml|cocoa|csharp|elixir|go|groovy|haskell|java|javascript|native|node|objc|other|perl"
    r"|php|python|ruby|scala"
)
_EVENT_ID: Final = re.compile(r"[0-9a-fA-F]{32}")
_SPAN_ID: Final = re.compile(r"[0-9a-fA-F]{16}")
_OPERATION: Final = re.compile(r"[a-z][a-z0-9_.-]{0,63}")
_STATUS: Final = re.compile(r"ok|error")
_REASON: Final = re.compile(r"[a-z_]{1,32}")
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.]{0,127}")
_FUNCTION: Final = re.compile(
    r"""
    (?=.{1,128}\Z)
    (?: [A-Za-z_][A-Za-z0-9_]* | <(?:module|lambda|listcomp|dictcomp|setcomp|genexpr|locals)> )
    (?: \. (?: [A-Za-z_][A-Za-z0-9_]* | <(?:lambda|listcomp|dictcomp|setcomp|genexpr|locals)> ) )*
    """,
    re.VERBOSE,
)
_MOMENT: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9})?"
    r"(?:Z|[+-][0-9]{2}:?[0-9]{2})?"
)
_LATEST: Final = 4_102_444_800
"""The year 2100, in seconds since 1970. What is later is no time but some other number."""

_MOST_LINES: Final = 10_000_000


def stub_event(
    event: object, *, reason: str, path: Callable[[str, str], str | None] | None = None
) -> dict[str, object]:
    """Build the event that is sent in place of one that could not be scrubbed.

    Args:
        event: anything; usually the event.
        reason: why, in one lower-case word (`budget`, `internal`); anything else becomes `error`.
        path: (path, file) -> what may be told of the path of a frame, or None; it may raise. None
            to tell no paths.

    Returns:
        A minimal event, or a minimal transaction where `type` says so. What is missing or not
        valid is made anew (`event_id`, `timestamp`) or left out.

    Example:
        >>> event = {"exception": {"values": [{"type": "KeyError", "value": "jane"}]}}
        >>> stub_event(event, reason="budget")["exception"]
        {'values': [{'type': 'KeyError', 'value': '[scrub-failed]'}]}
    """
    stub: dict[str, object] = {
        "event_id": _matching(_get(event, "event_id"), _EVENT_ID) or _random_id(),
        "timestamp": _timestamp(_get(event, "timestamp")) or datetime.now(UTC).timestamp(),
        "platform": _matching(_get(event, "platform"), _PLATFORM) or "other",
        "tags": {"scrubber.fallback": _matching(reason, _REASON) or "error"},
    }
    if _text(_get(event, "type")) == "transaction":
        return stub | _transaction(event, stub["timestamp"])
    tells = path or _nothing
    stub["level"] = _matching(_get(event, "level"), _LEVEL) or "error"
    exceptions = _exceptions(_get(event, "exception"), tells)
    return stub | ({"exception": {"values": exceptions}} if exceptions else {"message": FAILED})


def stub_report(report: object, kind: str | None, *, reason: str) -> dict[str, object] | None:
    """Build what is sent in place of a report that is no event.

    Args:
        report: anything.
        kind: what it should be; see `fields.KINDS`.
        reason: as for `stub_event`.

    Returns:
        A span with its ids and times, since an SDK sends the span itself in place of none; None of
        any other kind: it is dropped.
    """
    if kind != "span":
        return None
    ids = {
        name: _matching(_get(report, name), grammar)
        for name, grammar in (
            ("trace_id", _EVENT_ID),
            ("span_id", _SPAN_ID),
            ("parent_span_id", _SPAN_ID),
        )
    }
    times = {
        name: _timestamp(_get(report, name))
        for name in ("start_timestamp", "end_timestamp", "timestamp")
    }
    segment = _get(report, "is_segment")
    return _present(
        **ids,
        **times,
        name=FAILED,
        is_segment=segment if type(segment) is bool else None,
        status=_matching(_get(report, "status"), _STATUS) or "ok",
        attributes={"scrubber.fallback": _matching(reason, _REASON) or "error"},
    )


def _nothing(_path: str, _file: str) -> None:
    """Tell nothing of a path."""


def _random_id() -> str:
    """Give 32 random digits, as those of a UUID of version 4 (RFC 9562, section 5.4)."""
    digits = os.urandom(16).hex()
    return f"{digits[:12]}4{digits[13:16]}a{digits[17:]}"


def _transaction(event: object, end: object) -> dict[str, object]:
    trace = _get(_get(event, "contexts"), "trace")
    kept = {
        "trace_id": _matching(_get(trace, "trace_id"), _EVENT_ID) or _random_id(),
        "span_id": _matching(_get(trace, "span_id"), _SPAN_ID) or _random_id()[:16],
        "op": _matching(_get(trace, "op"), _OPERATION) or "default",
    }
    return {
        "type": "transaction",
        "transaction": FAILED,
        "start_timestamp": _timestamp(_get(event, "start_timestamp")) or end,
        "contexts": {"trace": kept},
        "spans": [],
    }


def _exceptions(
    exception: object, tells: Callable[[str, str], str | None]
) -> list[dict[str, object]]:
    # The list may stand alone or under `values`. The last exception is the one that was raised.
    values = _tail(exception, MOST_EXCEPTIONS) or _tail(_get(exception, "values"), MOST_EXCEPTIONS)
    return [_exception(value, tells) for value in values]


def _exception(value: object, tells: Callable[[str, str], str | None]) -> dict[str, object]:
    frames = [
        _frame(frame, tells)
        for frame in _tail(_get(_get(value, "stacktrace"), "frames"), MOST_FRAMES)
    ]
    return _present(
        type=_matching(_get(value, "type"), _NAME),
        module=_matching(_get(value, "module"), _NAME),
        value=FAILED,
        stacktrace={"frames": frames} if frames else None,
    )


def _frame(frame: object, tells: Callable[[str, str], str | None]) -> dict[str, object]:
    file = _text(_get(frame, "filename")) or ""
    absolute = _text(_get(frame, "abs_path")) or ""
    lineno = _get(frame, "lineno")
    in_app = _get(frame, "in_app")
    return _present(
        function=_matching(_get(frame, "function"), _FUNCTION) or "<unknown>",
        module=_matching(_get(frame, "module"), _NAME),
        filename=_guarded(lambda: tells(file, "")) if file else None,
        abs_path=_guarded(lambda: tells(absolute, file)) if absolute else None,
        lineno=lineno if type(lineno) is int and 0 <= lineno <= _MOST_LINES else None,
        in_app=in_app if type(in_app) is bool else None,
    )


def _present(**fields: object) -> dict[str, object]:
    return {name: value for name, value in fields.items() if value is not None}


def _timestamp(value: object) -> str | float | None:
    """Keep a moment: seconds since 1970, ISO 8601 text, or a datetime (as text)."""
    if type(value) is int or type(value) is float:
        return value if 0 < value < _LATEST else None
    text = _matching(_guarded(lambda: _iso(value)), _MOMENT)
    if text is None or _guarded(lambda: datetime.fromisoformat(text)) is None:
        return None
    return text


def _iso(value: object) -> object:
    if type(value) is not datetime:
        return value
    zone = UTC if value.tzinfo is None else value.tzinfo
    # Other zones may be of the caller's making, so they are not asked.
    return value.replace(tzinfo=zone).isoformat() if type(zone) is timezone else None


def _matching(value: object, grammar: re.Pattern[str]) -> str | None:
    text = _text(value)
    return text if text is not None and grammar.fullmatch(text) else None


def _text(value: object) -> str | None:
    # The type, not isinstance: that one asks the object for its `__class__`, which may raise.
    return str.__str__(value) if issubclass(type(value), str) else None


def _get(value: object, key: str) -> object:
    if not issubclass(type(value), dict):
        return None
    # The keys of a dict may have an `__eq__` of their own.
    return _guarded(lambda: dict.get(cast("dict[str, object]", value), key))


def _tail(value: object, most: int) -> list[object]:
    """Give the last items of a list or tuple, and none of anything else."""
    kind = type(value)
    if issubclass(kind, list):
        return list.__getitem__(cast("list[object]", value), slice(-most, None))
    if issubclass(kind, tuple):
        return list(tuple.__getitem__(cast("tuple[object, ...]", value), slice(-most, None)))
    return []


def _guarded(read: Callable[[], T]) -> T | None:
    try:
        return read()
    except Exception:  # noqa: BLE001 - the last resort: whatever it is, this part is left out
        return None
