"""
One document through the engine: bytes in, redacted bytes out, in bounded memory.

The way of every command: unpack, find out how the text is written, decode, scrub, and write it the
same way again.
"""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from scrubber.cli.compressed import CHUNK, read_chunks, refuse_compressed
from scrubber.cli.line_units import LineUnits
from scrubber.cli.text_files import HEAD, Decoder, detect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO

    from scrubber.cli.compressed import Writable
    from scrubber.cli.sources import Opened
    from scrubber.ledger import Located
    from scrubber.pipeline import Scrubber
    from scrubber.report import Report

_IN_MEMORY: Final = 8 << 20


def pass_through(
    scrubber: Scrubber,
    source: Opened,
    sink: Callable[[bytes], object],
    *,
    on_finding: Callable[[Located], None] | None = None,
    line_buffered: bool = False,
) -> Report:
    """Scrub one document.

    Args:
        scrubber: what to scrub with.
        source: the document, open.
        sink: called with redacted bytes, as they are ready.
        on_finding: called with each finding, in order.
        line_buffered: every line is a unit of its own and leaves when it ends.

    Returns:
        What was found.

    Raises:
        InputError: it cannot be read to its end.
    """
    chunks = read_chunks(source.raw, source.kind)
    head = _head(chunks, line_buffered=line_buffered)
    refuse_compressed(head)
    text_format = detect(head[:HEAD])
    sink(text_format.mark)
    decoder = Decoder(text_format)
    # Findings are handed on outside of the engine: a pipe that breaks then is no failure of it.
    found: list[Located] = []
    collect = found.append if on_finding else None
    units = (
        LineUnits(scrubber, on_finding=collect)
        if line_buffered
        else scrubber.stream(on_finding=collect)
    )

    def give(text: str) -> None:
        if text:
            sink(text_format.encode(text))
        if on_finding:
            for located in found:
                on_finding(located)
            found.clear()

    give(units.feed(decoder.decode(head[len(text_format.mark) :])))
    for chunk in chunks:
        give(units.feed(decoder.decode(chunk)))
    text, tail = decoder.finish()
    give(units.feed(text))
    give(units.finish())
    sink(tail)
    return units.report


def _head(chunks: Iterator[bytes], *, line_buffered: bool) -> bytes:
    """Read as much as is needed to tell how the text is written, however it comes.

    Somebody who watches does not wait for 4096 bytes: their first line is enough, but for the lone
    newline that UTF-16 begins a line end with.
    """
    head = b""
    for chunk in chunks:
        head += chunk
        if len(head) >= HEAD or (line_buffered and head.find(b"\n", 1) >= 0):
            break
    return head


@contextmanager
def held_back(target: Writable) -> Iterator[BinaryIO]:
    """Hold output back until it is known to be whole; after an error none of it is written.

    Args:
        target: where it goes at the end.

    Yields:
        Where to write.
    """
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as spool:
        yield spool  # type: ignore[misc]  # it has all that is used of BinaryIO
        spool.seek(0)
        while piece := spool.read(CHUNK):
            target.write(piece)
