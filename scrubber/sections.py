r"""
A document in sections that are scrubbed apart from each other, and put together again.

Sections end where lines do. Each is scrubbed in parts, as if the document began with each of them;
a part says whether anything of it may go on behind it: then what follows cannot be scrubbed apart
from it, and is scrubbed again together with it, up to where nothing goes on. Asking the text around
an edge alone was rejected: a blob that runs over it may have begun anywhere.

Promise: put together, the sections are what one `LineStream` gives for the document, however they
are cut and wherever they were scrubbed. Memory holds a few sections.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scrubber.lines import SECTION
from scrubber.report import Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scrubber.lines import LineStream

SIZE: Final = 8 << 20
"""Bytes of a section."""


@dataclass(frozen=True, slots=True)
class Section:
    """A piece of a document.

    Attributes:
        text: its bytes, and behind them those that follow and may matter to it, in whole lines.
        size: how many bytes are its own.
        first: the document begins with it.
        last: the document ends with it.
        whole: it ends with a line, and what may matter behind it is there; if not, it cannot be
            scrubbed apart from what follows.
    """

    text: bytes
    size: int
    first: bool = False
    last: bool = False
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Part:
    """What became of a part of a section.

    Attributes:
        size: how many bytes of the section.
        data: the redacted bytes; b"" where it is not settled.
        report: what was found in it.
        settled: nothing of it goes on behind it.
    """

    size: int
    data: bytes
    report: Report
    settled: bool


def sections(chunks: Iterable[bytes], near: tuple[int, int], size: int = SIZE) -> Iterator[Section]:
    """Cut a document into sections.

    Args:
        chunks: the document, in pieces of any size.
        near: how far lines behind a line matter, as a `LineStream` has it.
        size: how many bytes a section has, at most.

    Yields:
        The sections, in order; none for an empty document.
    """
    held: list[bytes] = []
    count, full, first = 0, size + near[1], True
    for chunk in chunks:
        held.append(chunk)
        count += len(chunk)
        if count <= full:
            continue
        text, at = b"".join(held), 0
        while len(text) - at > full:
            cut = text.rfind(b"\n", at, at + size) + 1
            end = _behind(text, cut, near) if cut else 0
            cut = cut or at + size
            yield Section(text[at : end or cut], cut - at, first, whole=bool(end))
            at, first = cut, False
        held, count = [text[at:]], len(text) - at
    if count:
        yield Section(b"".join(held), count, first, last=True)


def _behind(text: bytes, cut: int, near: tuple[int, int]) -> int:
    """Give where the lines end that may matter to those before a place; 0 where that is unknown."""
    return text.find(b"\n", cut + near[0], cut + near[1]) + 1


def parts(document: LineStream, section: Section) -> Iterator[Part]:
    """Scrub a section as if nothing before it went on in it.

    Args:
        document: a stream of the same scrubber, of which others are made.
        section: a section that ends with a line, or is the last.

    Yields:
        Its parts, in order; all but the last are settled.
    """
    start = begun = 0
    stream = document.another(first=section.first)
    out: list[bytes] = []
    for cut in _cuts(section):
        out += _fed(stream, section, start, cut)
        start = cut
        if stream.settled:
            yield Part(cut - begun, b"".join(out), stream.report, settled=True)
            stream, begun = document.another(), cut
            out.clear()
    if begun < section.size:
        # What is scrubbed again is not sent.
        yield Part(section.size - begun, b"", Report(), settled=False)


def _cuts(section: Section) -> Iterator[int]:
    """Give where the parts of a section end."""
    cut = 0
    while section.size - cut > SECTION:
        cut = section.text.rfind(b"\n", cut, cut + SECTION) + 1 or section.size
        if cut < section.size:
            yield cut
    yield section.size


def _fed(stream: LineStream, section: Section, start: int, cut: int) -> Iterator[bytes]:
    """Feed a stream with a part of a section; settle it there if that can be."""
    text = section.text
    yield stream.feed(text[start:cut])
    if cut == section.size and section.last:
        yield stream.finish()
    elif cut < section.size or section.whole:
        end = _behind(text, cut, stream.near)
        if end:
            yield stream.settle(text[cut:end])


class Joint:
    """Puts sections together, and scrubs again what goes on over their edges.

    Attributes:
        report: what was found so far.
    """

    def __init__(self, document: LineStream) -> None:
        """Begin a document.

        Args:
            document: a stream of the scrubber, of which others are made.
        """
        self.report = Report()
        self._document = document
        self._open: LineStream | None = None

    def join(self, section: Section, found: Sequence[Part]) -> Iterator[bytes]:
        """Take the next section.

        Args:
            section: the section.
            found: its parts; none where it was not scrubbed.

        Yields:
            Redacted bytes of the document.
        """
        start = 0
        for part in found or (Part(section.size, b"", Report(), settled=False),):
            cut = start + part.size
            if part.settled and self._open is None:
                self.report += part.report
                yield part.data
            else:
                yield from self._again(section, start, cut)
            start = cut

    def _again(self, section: Section, start: int, cut: int) -> Iterator[bytes]:
        if self._open is None:
            self._open = self._document.another(first=section.first and not start)
        stream = self._open
        yield from _fed(stream, section, start, cut)
        if stream.settled:
            self.report += stream.report
            self._open = None
