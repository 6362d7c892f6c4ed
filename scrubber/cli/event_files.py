"""
Files that hold Sentry events: one event, a list, one a line, or an envelope as it is sent.

They are told apart by what they hold, not by their names: whoever saves what an SDK sends calls it
anything.

Promise: what cannot be read is an `InputError` that names a place and no word of the file. Nothing
is passed over in silence: what holds no event (an attachment, a client's own numbers) is counted.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from scrubber.errors import InputError
from scrubber.files.compressed import read_chunks, refuse_compressed
from scrubber.files.text_files import HEAD, Decoder, detect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrubber.files.opened import Opened

LONGEST: Final = 64 * 1024 * 1024
"""Bytes of a file, unpacked. Ingestion refuses envelopes of less."""

# https://develop.sentry.dev/sdk/data-model/envelope-items: items whose payload is one event, or a
# container of some, and which kind of event each is.
_SINGLE: Final = {
    "event": "event",
    "transaction": "transaction",
    "profile": "profile",
    "profile_chunk": "profile_chunk",
    "session": "session",
    "sessions": "sessions",
    "check_in": "check_in",
    "feedback": "feedback",
    "user_report": "user_report",
    "client_report": "client_report",
    "replay_event": "replay_event",
}
_SEVERAL: Final = {"span": "span", "log": "log", "trace_metric": "metric"}


@dataclass(frozen=True, slots=True)
class EventRead:
    """One event of a file.

    Attributes:
        event: the event, as JSON gave it.
        kind: which kind an envelope says it is, or None.
    """

    event: dict[str, Any]
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class EventFile:
    """What a file holds.

    Attributes:
        events: its events, in order.
        others: how many items are no events.
    """

    events: tuple[EventRead, ...]
    others: int = 0


def read_events(document: Opened) -> EventFile:
    """Read every event of a file.

    Args:
        document: the file, open.

    Returns:
        Its events; at least one.

    Raises:
        InputError: it cannot be read, or holds no event.
    """
    text, data = _contents(document)
    found = _one_value(text) or _envelope(data) or _lines(text)
    if not found.events:
        raise InputError("holds no event")
    return found


def _contents(document: Opened) -> tuple[str, bytes]:
    """Give a file as text, and as UTF-8: an envelope counts bytes."""
    pieces, size = [], 0
    for chunk in read_chunks(document.raw, document.kind):
        pieces.append(chunk)
        size += len(chunk)
        if size > LONGEST:
            raise InputError("is longer than 64 MiB, which no event is")
    data = b"".join(pieces)
    if not document.kind:
        refuse_compressed(data[:HEAD])
    found = detect(data[:HEAD])
    data = data[len(found.mark) :]
    decoder = Decoder(found)
    text = decoder.decode(data)
    last, rest = decoder.finish()
    # Half a character behind the end makes it no JSON, as it should.
    text += last + "\ufffd" * bool(rest)
    return text, data if found.codec == "utf-8" else text.encode("utf-8", "surrogatepass")


def _one_value(text: str) -> EventFile | None:
    """Read a file that is one JSON value; None where it is not."""
    try:
        value = _loads(text)
    except json.JSONDecodeError:
        return None
    values = value if isinstance(value, list) else [value]
    return EventFile(
        tuple(EventRead(_event(one, f"value {number}")) for number, one in enumerate(values, 1))
    )


def _lines(text: str) -> EventFile:
    events = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                events.append(EventRead(_event(_loads(line), f"line {number}")))
            except json.JSONDecodeError as error:
                raise InputError(
                    f"is no JSON, nor JSON Lines, nor an envelope: line {number},"
                    f" column {error.colno}"
                ) from None
    return EventFile(tuple(events))


def _envelope(data: bytes) -> EventFile | None:
    """Read an envelope; None where it is none.

    A line of headers, then for each item a line of headers and a payload, which its header's
    `length` or the end of its line ends.
    """
    _, at = _header(data, 0)
    first, _ = _header(data, at)
    if first is None or type(first.get("type")) is not str:
        return None
    events: list[EventRead] = []
    others = 0
    while at < len(data):
        header, at = _header(data, at)
        if header is None:
            raise InputError(f"is an envelope cut off or damaged after {len(events)} events")
        if header:
            payload, at = _payload(data, at, header.get("length"))
            before = len(events)
            events += _of_item(header.get("type"), payload)
            others += len(events) == before
    return EventFile(tuple(events), others)


def _header(data: bytes, at: int) -> tuple[dict[str, Any] | None, int]:
    """Give the headers on a line, {} for an empty line, None for what is none; and its end."""
    end = data.find(b"\n", at)
    end = len(data) if end < 0 else end
    line = data[at:end].strip()
    if not line:
        return {}, end + 1
    try:
        header = _loads(line.decode("utf-8", "surrogateescape"))
    except (json.JSONDecodeError, InputError):
        header = None
    return header if isinstance(header, dict) else None, end + 1


def _payload(data: bytes, at: int, length: object) -> tuple[bytes, int]:
    end = data.find(b"\n", at)
    end = len(data) if end < 0 else end
    if type(length) is int and length >= 0:
        end = at + length
    if end > len(data):
        raise InputError("is an envelope that is cut off")
    return data[at:end], end + 1


def _of_item(kind: object, payload: bytes) -> Iterator[EventRead]:
    if kind not in (*_SINGLE, *_SEVERAL):
        return
    try:
        value = _loads(payload.decode("utf-8", "surrogateescape"))
    except json.JSONDecodeError:
        raise InputError(f"is an envelope; the payload of its {kind} is no JSON") from None
    value = _event(value, f"the payload of its {kind}")
    rows = value.get("items")
    if kind in _SEVERAL and isinstance(rows, list):
        for row in rows:
            yield EventRead(_event(row, f"an item of its {kind}"), _SEVERAL[str(kind)])
    else:
        yield EventRead(value, (_SINGLE | _SEVERAL)[str(kind)])


def _event(value: object, place: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise InputError(f"{place} is no event: give JSON objects")
    return value


def _loads(text: str) -> Any:  # noqa: ANN401  # the JSON border
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        raise
    except RecursionError:
        raise InputError("is nested too deeply") from None
    except ValueError:  # an integer of more digits than Python reads
        raise InputError("holds a number that cannot be read") from None
