"""
A JSON document: findings in strings and numbers replaced, every other character as it was.

Crash events in it are scrubbed as events first, by the fields they have. A document that is none
(comments, single quotes) goes as text; one over many lines that is a notebook, as a notebook. One
that is very long goes line by line, as JSON Lines do: the same tokens, but a name says nothing of
what stands on another line.

Promise: what was JSON before is JSON after, of the same types, in UTF-8, UTF-16 or UTF-32.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, BinaryIO, Final

from scrubber.archive.formats import jsonl
from scrubber.archive.formats import text as as_text
from scrubber.archive.formats.json_text import JsonText
from scrubber.archive.formats.json_tokens import is_lexical
from scrubber.errors import InputError
from scrubber.files.opened import Opened
from scrubber.files.stored_events import StoredEvents
from scrubber.files.text_files import HEAD, detect

if TYPE_CHECKING:
    from collections.abc import Callable

    from scrubber.archive.context import Context
    from scrubber.files.text_files import TextFormat
    from scrubber.redaction import Redaction

LONGEST: Final = 64 << 20
"""Bytes of the longest document that is read as JSON."""


def scrub(source: BinaryIO, target: BinaryIO, context: Context) -> None:
    """Scrub a JSON document; see `scrubber.archive.context.Reads`."""
    begin = source.tell()
    if len(source.read(LONGEST + 1)) > LONGEST:
        source.seek(begin)
        jsonl.scrub(source, target, context)
        return
    source.seek(begin)
    scrub_as(source, target, context, lambda text: JsonText(context.scrubber).redact(text))


def scrub_as(
    source: BinaryIO, target: BinaryIO, context: Context, redact: Callable[[str], Redaction]
) -> None:
    """Scrub a document that is JSON: at once where it can be, else as text.

    Args:
        source: the document.
        target: where the redacted document is written.
        context: the rest.
        redact: scrubs the text of JSON.

    Raises:
        InputError: it is too long.
    """
    begin = source.tell()
    data = source.read(LONGEST + 1)
    written = detect(data[:HEAD])
    if len(data) > LONGEST:
        raise InputError("is longer than 64 MiB")
    text = _text(data, written)
    if text is None:
        source.seek(begin)
        as_text.scrub(source, target, context)
        return
    events = StoredEvents(context.scrubber, Opened(io.BytesIO(data)))
    changed = b"".join(iter(lambda: events.read(LONGEST), b""))
    context.found.add(events.report, hour=context.hour)
    if changed != data:
        text = _text(changed, written) or text
    found = redact(text)
    context.found.add(found.report, lines=found.text.count("\n") + 1, hour=context.hour)
    target.write(written.mark + written.encode(found.text))


def _text(data: bytes, written: TextFormat) -> str | None:
    """Give the text of a document if it is JSON, else None."""
    try:
        text = data[len(written.mark) :].decode(written.codec)
    except UnicodeDecodeError:
        return None  # bytes that are no characters: no JSON, and kept by a text only
    return text if is_lexical(text) else None
