"""
Crash reports in files, scrubbed as the events they are before they are scrubbed as text.

A text scrubber reads `"id": "1234"` and sees a number; the fields of an event say whose it is. So a
file of JSON is looked through for events, one that is the whole file or one on each line, and each
goes through `Scrubber.scrub`. All else in the file is passed on as it is.

Promise: an event that cannot be scrubbed as one is an error, never passed on; the layout of a file
(indentation, blanks behind separators, escapes) stays.
"""

from __future__ import annotations

import copy
import json
import re
from typing import TYPE_CHECKING, Any, Final

from scrubber.errors import InputError
from scrubber.files.compressed import read_chunks
from scrubber.files.text_files import HEAD, detect
from scrubber.redact.placeholders import Grammar
from scrubber.report import Report
from scrubber.types import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrubber.files.opened import Opened
    from scrubber.pipeline import Scrubber

LONGEST: Final = 64 << 20
"""Bytes of the longest file, or line, that is looked at as an event."""

ENTITY: Final = "EVENT_FIELD"
"""What a field of an event is counted as."""

_SUFFIX: Final = re.compile(r"\.(?:json|jsonl|ndjson)(?![a-z])")
_FIELDS: Final = frozenset(
    {
        *("breadcrumbs", "contexts", "exception", "extra", "level", "logentry", "message"),
        *("platform", "request", "server_name", "spans", "stacktrace", "tags", "threads", "user"),
    }
)
_HINT: Final = re.compile(rb'"(?:event_id|exception|server_name)"')
_INDENT: Final = re.compile(r"\{\r?\n([ \t]+)\"")
_LITERAL: Final = re.compile(r'(?P<text>"(?:[^"\\]|\\.)*+")(?P<key>\s*:)?|-?[0-9][0-9.eE+-]*+')
_META: Final = "_meta"
_PLACEHOLDERS: Final = Grammar(())


def may_hold_events(name: str) -> bool:
    """Tell from its name whether a file may hold events: some part of it is a suffix of JSON.

    >>> may_hold_events("crash.json.1.gz"), may_hold_events("app.log")
    (True, False)
    """
    return _SUFFIX.search(name.lower()) is not None


def told_by_fields(scrubber: Scrubber, line: str) -> list[Span]:
    r"""Find the values in an event that are replaced as a whole for the field they stand in.

    Args:
        scrubber: what to scrub events with.
        line: an event in one line, or any other text, in which nothing is found.

    Returns:
        Where they stand, disjoint, in order; strings without their quotes.

    Raises:
        InputError: the event cannot be scrubbed.

    >>> import scrubber
    >>> line = '{"event_id": "1", "level": "error", "user": {"id": "4711"}}'
    >>> [line[one.start : one.end] for one in told_by_fields(scrubber.Scrubber(), line)]
    ['4711']
    """
    event = _event(line.encode("utf-8", "surrogateescape"))
    if event is None:
        return []
    gone = set(_gone(event, _scrubbed(scrubber, event)))
    found = []
    for match in _LITERAL.finditer(line):
        start, end = match.span()
        if match["text"]:
            start, end = start + 1, end - 1
        if start < end and not match["key"] and _value(match[0]) in gone:
            found.append(Span(start, end, ENTITY, "event.fields", 1.0))
    return found


class StoredEvents:
    """A document whose events come scrubbed; it is read like a file."""

    def __init__(self, scrubber: Scrubber, document: Opened) -> None:
        """Begin a document.

        Args:
            scrubber: what to scrub events with.
            document: the document, open.
        """
        self._scrubber = scrubber
        self._pieces = self._all(read_chunks(document.raw, document.kind))
        self._fields = 0

    @property
    def report(self) -> Report:
        """How many fields of events were changed so far."""
        return Report({(ENTITY, "event.fields"): self._fields} if self._fields else {})

    def read(self, _size: int, /) -> bytes:
        """Give the next piece, of any size; none at the end.

        Raises:
            InputError: it cannot be read, or an event in it cannot be scrubbed.
        """
        return next(self._pieces, b"")

    def _all(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        held = next(chunks, b"")
        while len(held) < HEAD and (more := next(chunks, b"")):
            held += more
        if detect(held[:HEAD]).codec != "utf-8" or held.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] != b"{":
            yield held
            yield from chunks
            return
        first, newline, _ = held.partition(b"\n")
        if newline and _object(first) is not None:
            yield from self._lines(held, chunks)
        else:
            yield from self._whole(held, chunks)

    def _whole(self, held: bytes, chunks: Iterator[bytes]) -> Iterator[bytes]:
        """Read a file that may be one event; longer ones are text."""
        pieces, size = [held], len(held)
        for chunk in chunks:
            pieces.append(chunk)
            size += len(chunk)
            if size > LONGEST:
                break
        data = b"".join(pieces)
        yield self._scrubbed(data) if size <= LONGEST else data
        yield from chunks

    def _lines(self, held: bytes, chunks: Iterator[bytes]) -> Iterator[bytes]:
        rest = held
        while True:
            *lines, rest = rest.split(b"\n")
            if lines:
                yield b"".join(self._scrubbed(line) + b"\n" for line in lines)
            if len(rest) > LONGEST:
                yield rest
                rest = b""
            chunk = next(chunks, b"")
            if not chunk:
                break
            rest += chunk
        if rest:
            yield self._scrubbed(rest)

    def _scrubbed(self, data: bytes) -> bytes:
        """Scrub what may be an event; give it as it is where it is none, or clean."""
        event = _event(data)
        if event is None:
            return data
        had_remarks = _META in event
        scrubbed = _scrubbed(self._scrubber, event)
        if not had_remarks:
            scrubbed.pop(_META, None)
        _keep_placeholders(event, scrubbed)
        changed = _differences(event, scrubbed)
        if not changed:
            return data
        self._fields += changed
        return _written(scrubbed, data)


def _event(data: bytes) -> dict[str, Any] | None:
    """Read an event; None where it is none."""
    event = _object(data) if _HINT.search(data) else None
    return event if event is not None and _is_event(event) else None


def _scrubbed(scrubber: Scrubber, event: dict[str, Any]) -> dict[str, Any]:
    """Scrub a copy of an event."""
    scrubbed = scrubber.scrub(copy.deepcopy(event))
    tags = scrubbed.get("tags") if scrubbed else None
    if scrubbed is None or (isinstance(tags, dict) and "scrubber.fallback" in tags):
        raise InputError("holds an event that could not be scrubbed")
    return scrubbed


def _object(data: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _is_event(found: dict[str, Any]) -> bool:
    fields = len(_FIELDS & found.keys())
    return fields > 0 if isinstance(found.get("event_id"), str) else fields > 1


def _keep_placeholders(before: Any, after: Any) -> None:  # noqa: ANN401  # the JSON border
    """Put placeholders back where an event has a value of the field's format instead.

    The text of the file is scrubbed next, which makes placeholders of such values again.
    """
    if isinstance(before, dict) and isinstance(after, dict):
        pairs = [(key, before[key], after[key]) for key in before.keys() & after.keys()]
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        pairs = [(at, *both) for at, both in enumerate(zip(before, after, strict=True))]
    else:
        return
    for key, old, new in pairs:
        if isinstance(old, str) and old != new and _PLACEHOLDERS.is_placeholder(old):
            after[key] = old
        else:
            _keep_placeholders(old, new)


def _gone(before: Any, after: Any) -> Iterator[str | float]:  # noqa: ANN401  # the JSON border
    """Give the leaves of which nothing is left."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key, value in before.items():
            yield from _gone(value, after.get(key))
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for old, new in zip(before, after, strict=True):
            yield from _gone(old, new)
    elif isinstance(before, dict | list):
        for value in before.values() if isinstance(before, dict) else before:
            yield from _gone(value, None)
    elif (
        isinstance(before, str | int | float)
        and not isinstance(before, bool)
        and before != after
        and (not isinstance(after, str) or _PLACEHOLDERS.is_placeholder(after))
    ):
        yield before


def _value(literal: str) -> Any:  # noqa: ANN401  # the JSON border
    try:
        return json.loads(literal)
    except ValueError:
        return None


def _differences(before: Any, after: Any) -> int:  # noqa: ANN401  # the JSON border
    """Count the leaves that differ."""
    if isinstance(before, dict) and isinstance(after, dict):
        keys = before.keys() | after.keys()
        return sum(_differences(before.get(key), after.get(key)) for key in keys)
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        return sum(map(_differences, before, after))
    return int(before != after or type(before) is not type(after))


def _written(event: dict[str, Any], like: bytes) -> bytes:
    """Write an event in the layout of another text."""
    text = like.decode("utf-8", "replace")
    match = _INDENT.search(text)
    indent = match[1] if match else None
    colon = ": " if '": ' in text else ":"
    comma = "," if indent or ', "' not in text else ", "
    body = json.dumps(
        event,
        ensure_ascii=text.lstrip("\ufeff").isascii(),
        indent=indent,
        separators=(comma, colon),
    )
    if match and "\r\n" in match[0]:
        body = body.replace("\n", "\r\n")
    before = text[: len(text) - len(text.lstrip("\ufeff \t\r\n"))]
    return f"{before}{body}{text[len(text.rstrip()) :]}".encode("utf-8", "surrogatepass")
