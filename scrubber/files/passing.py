"""
One document through the engine: bytes in, redacted bytes out, in bounded memory.

The way of every command: unpack, find out how the text is written, decode, scrub, and write it the
same way again. UTF-8, in which nearly all logs are written, is scrubbed as the bytes it is.
"""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from itertools import chain
from typing import TYPE_CHECKING, Final

from scrubber.engines import MUCH
from scrubber.files.compressed import CHUNK, read_chunks, refuse_compressed
from scrubber.files.line_units import LineUnits
from scrubber.files.opened import Counted
from scrubber.files.text_files import HEAD, Decoder, detect
from scrubber.lines import LineStream
from scrubber.sections import Joint, sections

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import BinaryIO

    from scrubber.files.compressed import Writable
    from scrubber.files.opened import Opened, Watches
    from scrubber.files.workers import Workers
    from scrubber.ledger import Located
    from scrubber.pipeline import Scrubber
    from scrubber.report import Report

_IN_MEMORY: Final = 8 << 20


def pass_through(  # noqa: PLR0913  # each is a choice of its own
    scrubber: Scrubber,
    source: Opened,
    sink: Callable[[bytes], object],
    *,
    on_finding: Callable[[Located], None] | None = None,
    line_buffered: bool = False,
    workers: Workers | None = None,
    progress: Watches | None = None,
) -> Report:
    """Scrub one document.

    Args:
        scrubber: what to scrub with.
        source: the document, open.
        sink: called with redacted bytes, as they are ready.
        on_finding: called with each finding, in order.
        line_buffered: every line is a unit of its own and leaves when it ends.
        workers: processes that scrub long documents.
        progress: is told how far it has got.

    Returns:
        What was found.

    Raises:
        InputError: it cannot be read to its end.
    """
    raw = source.raw if progress is None else Counted(source.raw, progress.read)
    chunks = read_chunks(raw, source.kind)
    head = _head(chunks, line_buffered=line_buffered)
    refuse_compressed(head)
    text_format = detect(head[:HEAD])
    sink(text_format.mark)
    if text_format.codec == "utf-8" and not line_buffered and on_finding is None:
        head = head[len(text_format.mark) :]
        return _as_bytes(scrubber, chain((head,), chunks), sink, workers, progress)
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


def _as_bytes(
    scrubber: Scrubber,
    chunks: Iterator[bytes],
    sink: Callable[[bytes], object],
    workers: Workers | None,
    progress: Watches | None,
) -> Report:
    """Scrub a document of UTF-8."""
    first, size = [], 0
    while size < MUCH and (chunk := next(chunks, None)) is not None:
        first.append(chunk)
        size += len(chunk)
    document = scrubber.byte_stream(size=size)
    chunks = chain(first, chunks)
    if workers is not None and isinstance(document, LineStream):
        return _by_workers(document, chunks, sink, workers, progress)
    if progress is not None:
        progress.findings = lambda: document.report.findings
    for chunk in chunks:
        if data := document.feed(chunk):
            sink(data)
    sink(document.finish())
    return document.report


def _by_workers(
    document: LineStream,
    chunks: Iterable[bytes],
    sink: Callable[[bytes], object],
    workers: Workers,
    progress: Watches | None,
) -> Report:
    """Scrub a document in sections; one that is a single section is not sent around."""
    coming = sections(chunks, document.near)
    first = next(coming, None)
    if first is None or first.last:
        sink(document.feed(first.text if first else b"") + document.finish())
        return document.report
    joint = Joint(document)
    if progress is not None:
        progress.findings = lambda: joint.report.findings
    for section, found in workers.scrubbed(chain((first,), coming)):
        for data in joint.join(section, found):
            sink(data)
    return joint.report


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
