"""
What a debugger still needs of a report once it is scrubbed: its shape, and what names code.

A scrubber that deletes everything leaks nothing; this is the other half of the proof. The table of
fields says what may go: nothing else may, and what goes of it is not asked for.

Promise: what is told are field paths and what is wrong there, never what stands there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from scrubber.lazy import lazy_pattern
from scrubber.units.fields import TABLE, Field, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_SAYS_WHAT_WAS: Final = ("val", "chunks")
_IDS: Final = ("event_id", "timestamp", "platform", "check_in_id")
_OF_SPANS: Final = ("span_id", "trace_id", "start_timestamp", "op")
_OF_EXCEPTIONS: Final = ("type", "module", "id")
_OF_FRAMES: Final = ("function", "module", "lineno", "in_app")
_NO_CODE: Final = lazy_pattern(r"[^\s@]@[^\s@.]+\.[A-Za-z]|://")
"""An address: it stands where a name of code should, and is scrubbed there as elsewhere."""

_SHOWN: Final = lazy_pattern(r"[A-Za-z_][\w-]{0,63}")

Step = tuple[str, object]


def changes(before: Mapping[Any, Any], after: object, *, kind: str | None = None) -> list[str]:
    """Tell what a report lost that it must keep.

    Args:
        before: the report.
        after: what it became.
        kind: what it is, one of `scrubber.units.fields.KINDS`; None where its fields tell.

    Returns:
        A path and what is wrong there, for the first place of each kind of fault; none is well.

    >>> event = {"exception": {"values": [{"type": "KeyError", "value": "'jane'"}]}}
    >>> changes(event, {"exception": {"values": [{"type": "[user]", "value": "'[user]'"}]}})
    ['exception.values[0].type is another']
    >>> changes(event, {"exception": {"values": []}})
    ['exception.values: another number of items', 'exception.values[0].type is gone']
    """
    if not isinstance(after, Mapping):
        return [f"a {type(after).__name__} stands for it"]
    if is_stub(after):
        return ["a stub stands for it"]
    told = [key for key in before if isinstance(key, str)]
    field = TABLE.root(kind or kind_of(dict.fromkeys(told)))
    ours = {key: item for key, item in after.items() if key != "_meta" or key in before}
    found = list(_pairs(before, ours, field, ""))[:1]
    now = dict(code(after))
    for path, value in code(before):
        if value is not None and now.get(path) != value and not _is_address(value):
            found.append(f"{path} is {'another' if path in now else 'gone'}")
            break
    if _json(before) and not _json(after):
        found.append("no JSON can be made of it")
    return found


def is_stub(report: Mapping[Any, Any]) -> bool:
    """Tell whether a report is what stands for one that could not be scrubbed.

    >>> is_stub({"tags": {"scrubber.fallback": "1"}}), is_stub({"tags": True})
    (True, False)
    """
    tags = report.get("tags")
    return isinstance(tags, Mapping) and "scrubber.fallback" in tags


def code(report: Mapping[Any, Any]) -> Iterator[Step]:
    """Give what must stay as it is: ids, and what a frame or an exception says of its code.

    Args:
        report: an event, or another report.

    Yields:
        A path and what stands there, None for nothing.
    """
    yield from _of(report, "", _IDS)
    for part in ("exception", "threads"):
        rows, name = report.get(part) or (), part
        if isinstance(rows, Mapping):
            rows, name = rows.get("values") or (), f"{part}.values"
        for at, row in _rows(rows):
            path = f"{name}[{at}]"
            yield from _of(row, path, _OF_EXCEPTIONS)
            stack = row.get("stacktrace")
            for number, frame in _rows(stack.get("frames") if isinstance(stack, Mapping) else ()):
                yield from _of(frame, f"{path}.stacktrace.frames[{number}]", _OF_FRAMES)
    yield from _of(report, "", _OF_SPANS)
    for at, row in _rows(report.get("spans")):
        yield from _of(row, f"spans[{at}]", _OF_SPANS)


def _rows(rows: object) -> Iterator[tuple[int, Mapping[Any, Any]]]:
    """Give the rows that are some; a report may hold anything in their place."""
    if isinstance(rows, list | tuple):
        yield from ((at, row) for at, row in enumerate(rows) if isinstance(row, Mapping))


def same_kind(before: object, after: object) -> bool:
    """Tell whether what JSON says is of one kind: numbers of one type, the same truth, any text."""
    if before is None or isinstance(before, bool):
        return before is after
    if isinstance(before, Mapping):
        return isinstance(after, Mapping)
    if isinstance(before, list | tuple):
        sort = list if isinstance(before, list) else tuple
        return isinstance(after, sort)
    if isinstance(before, int | float):
        number = int if isinstance(before, int) else float
        return isinstance(after, number) and not isinstance(after, bool)
    return not isinstance(after, Mapping | list | tuple | int | float) and after is not None


def _is_address(value: object) -> bool:
    return isinstance(value, str) and _NO_CODE.search(value) is not None


def _of(row: Mapping[Any, Any], path: str, names: tuple[str, ...]) -> Iterator[Step]:
    for name in names:
        if name in row:
            yield f"{path}.{name}".lstrip("."), row[name]


def _pairs(before: Any, after: Any, field: Field, path: str) -> Iterator[str]:  # noqa: ANN401
    """Walk both at once, and tell where one is of another kind."""
    if not same_kind(before, after):
        yield f"{path or 'all of it'}: another kind of value"
    elif isinstance(before, Mapping):
        if field.role == "meta":
            return  # remarks are merged with others
        old, new = (list(_staying(one, field)) for one in (before, after))
        if len(old) != len(new):
            yield f"{path or 'all of it'}: another number of fields"
            return
        for (key, item, below), (_, other, _) in zip(old, new, strict=True):
            step = key if isinstance(key, str) and _SHOWN.fullmatch(key) else "[key]"
            if below.role != "meta":
                yield from _pairs(item, other, below, f"{path}.{step}".lstrip("."))
    elif isinstance(before, list | tuple):
        if len(before) != len(after):
            yield f"{path or 'all of it'}: another number of items"
            return
        for at, (item, other) in enumerate(zip(before, after, strict=True)):
            yield from _pairs(item, other, field, f"{path}[{at}]")


def _staying(value: Mapping[Any, Any], field: Field) -> Iterator[tuple[object, Any, Field]]:
    """Give the fields of a container but those that may be dropped, and what each is."""
    known, other = field.below()
    for key, item in value.items():
        below = known.get(key, other) if isinstance(key, str) else other
        gone = below.role == "drop" or (field.role == "meta" and key in _SAYS_WHAT_WAS)
        if not gone:
            yield key, item, below


def json_kinds(value: object) -> object:
    """Describe what JSON says: containers and kinds. Keys that collide may fall together."""
    if isinstance(value, Mapping):
        return "object"
    if isinstance(value, list):
        return [json_kinds(item) for item in value]
    return value if value is None or isinstance(value, bool) else type(value).__name__


def read_json(text: str | bytes) -> object:
    """Read a text as an object or an array of JSON; None where it is neither."""
    try:
        read: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return read if isinstance(read, dict | list) else None


def _json(value: object) -> bool:
    try:
        json.dumps(value)
    except (TypeError, ValueError, RecursionError):
        return False
    return True
