"""A target: files as the command reads them, archives, marks of byte order and envelopes.

Each is read, or refused with one kind of error, and what is read is written back as it was.
The first byte chooses the suffix, the rest is the file.
"""

from __future__ import annotations

import io

from scrubber.cli.event_files import read_events
from scrubber.errors import InputError
from scrubber.files.compressed import read_chunks, refuse_compressed, writing
from scrubber.files.opened import Opened
from scrubber.files.text_files import HEAD, Decoder, detect
from tests.equivalence.pairs import pieces
from tests.fuzz.broken import holds

KINDS = ("", "", "gz", "bz2", "xz")
MOST = 1 << 20


def check(data: bytes) -> None:
    """Check the promises for files.

    Args:
        data: a byte for the suffix, and a file.

    Raises:
        BrokenError: one does not hold.
    """
    kind = KINDS[data[0] % len(KINDS)] if data else ""
    size = data[0] // len(KINDS) if data else 0
    raw = data[1:]
    try:
        found = b"".join(read_chunks(io.BytesIO(raw), kind))
        if not kind:
            refuse_compressed(found[:HEAD])
    except InputError as error:
        holds("a reason is short", "\n" not in str(error))
        return
    if kind:
        _packed(found, kind)
    _text(found, size)
    try:
        events = read_events(Opened(io.BytesIO(raw), kind))
    except InputError as error:
        holds("a reason is short", "\n" not in str(error))
    else:
        holds("what is read holds events", events.events)
        holds("an event is a table", all(isinstance(one.event, dict) for one in events.events))


def _packed(data: bytes, kind: str) -> None:
    """Check that what is packed again is unpacked the same."""
    target = io.BytesIO()
    with writing(target, kind) as packed:
        packed.write(data)
    again = b"".join(read_chunks(io.BytesIO(target.getvalue()), kind))
    holds("what is packed is unpacked", again == data)


def _text(data: bytes, size: int) -> None:
    """Check that text comes back as the bytes it was, however it is cut."""
    text_format = detect(data[:HEAD])
    body = data[len(text_format.mark) :]
    holds("the mark stands at the start", data.startswith(text_format.mark))
    read = []
    for chunks in ([body], pieces(body, size)):
        decoder = Decoder(text_format)
        text = "".join([decoder.decode(chunk) for chunk in chunks])
        last, rest = decoder.finish()
        read.append((text + last, rest))
    holds("cutting changes no text", read[0] == read[1])
    text, rest = read[0]
    holds("text is written back as it was", text_format.encode(text) + rest == body)
