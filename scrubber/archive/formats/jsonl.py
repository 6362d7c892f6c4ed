"""
JSON Lines: each line a document of its own, clean ones passed on as they are.

A line that is no JSON (half a line of a process that died, a warning in between) is text. A line
that is a crash event is scrubbed as an event first. Findings are counted under the hour that their
line says.

Promise: a line is a unit: what becomes of it depends on it alone. So a long file may be cut at any
line end, and done in pieces. Memory holds a block of lines, and the longest line.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, BinaryIO, Final

from scrubber.archive.formats.json_text import JsonText
from scrubber.archive.formats.json_tokens import is_lexical
from scrubber.archive.formats.moments import hour_of_line
from scrubber.errors import InputError
from scrubber.files.log_texts import read_text
from scrubber.files.opened import Opened
from scrubber.files.stored_events import LONGEST, StoredEvents
from scrubber.redaction import Redaction
from scrubber.report import Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scrubber.archive.context import Context
    from scrubber.archive.found import Found
    from scrubber.pipeline import Scrubber

BLOCK: Final = 1 << 20
"""Characters that are looked at together."""

_EVENT: Final = re.compile(r'"(?:event_id|exception|server_name)"')
_STRAY: Final = "surrogateescape"


def scrub(source: BinaryIO, target: BinaryIO, context: Context) -> None:
    """Scrub JSON Lines; see `scrubber.archive.context.Reads`."""
    read = read_text(source, "")
    target.write(read.text_format.mark)
    lines = JsonLines(context.scrubber)
    for block in blocks(read.pieces):
        done = lines.redact(block, context.found, context.hour)
        count = block.count("\n") + (not block.endswith("\n"))
        context.found.add(Report(), lines=count)
        target.write(read.text_format.encode(done))
    target.write(read.tail)


def blocks(pieces: Iterable[str]) -> Iterator[str]:
    r"""Cut a text into blocks of whole lines.

    Args:
        pieces: the text, in pieces of any size.

    Yields:
        The blocks; the last one may end without a line end.

    Raises:
        InputError: a line is too long to be held.

    >>> list(blocks(["a\nb", "c\n", "d"]))
    ['a\nbc\nd']
    """
    held: list[str] = []
    size = 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size >= BLOCK and "\n" in piece:
            whole, _, rest = "".join(held).rpartition("\n")
            yield f"{whole}\n"
            held, size = [rest], len(rest)
        elif size > LONGEST:
            raise InputError("has a line that is longer than 64 MiB")
    if size:
        yield "".join(held)


class JsonLines:
    """Scrubs lines of JSON, and remembers what names say."""

    def __init__(self, scrubber: Scrubber) -> None:
        """Take a scrubber.

        Args:
            scrubber: what looks and replaces.
        """
        self._scrubber = scrubber
        self._json = JsonText(scrubber)

    def redact(self, block: str, books: Found, hour: str = "") -> str:
        r"""Scrub whole lines.

        Args:
            block: lines, ended by `\n`; the last one may lack it.
            books: are told what is found, but not how many lines there are.
            hour: of what is found in lines that say none.

        Returns:
            As many lines.
        """
        lines = block.split("\n")
        suspects = set(self._json.suspects(lines))
        places: Iterable[int] = sorted(suspects)
        if self._json.may_tell(block) or _EVENT.search(block):
            places = range(len(lines))
        for place in places:
            line = lines[place]
            found = self._line(line, clean=place not in suspects)
            if found.report.findings or found.report.failures:
                books.add(found.report, hour=hour_of_line(line) or hour)
            lines[place] = found.text
        return "\n".join(lines)

    def _line(self, line: str, *, clean: bool) -> Redaction:
        """Scrub a line; a clean one is proven to hold nothing by the rules for texts."""
        if not is_lexical(line):
            # No rule over several lines sees others, and none of this one is left out.
            return Redaction(line, Report()) if clean else self._scrubber.redact(line)
        report: Report | None = None
        if _EVENT.search(line):
            raw = line.encode("utf-8", _STRAY)
            event = StoredEvents(self._scrubber, Opened(io.BytesIO(raw)))
            line = b"".join(iter(lambda: event.read(LONGEST), b"")).decode("utf-8", _STRAY)
            report, clean = event.report, False
        found = self._json.redact(line, clean=clean)
        return found if report is None else Redaction(found.text, report + found.report)
