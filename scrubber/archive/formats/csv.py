r"""
Tables as text: cells scrubbed for what they hold and for the column they stand in.

A table is cut into cells and never written anew: quotes, line ends, blanks and the byte order mark
stay, and a cell that holds nothing is the same characters. What stands between cells is looked for
in the first lines: a comma, a semicolon, a tab or a bar.

    user,password,epoch          user,password,epoch
    jane,hunter2,1       ->      [user],[secret],1
    joe,"a, b",2                 [user],"[secret]",2

The first record says what its columns hold, unless a number is in it; it stays but for findings of
its own. Where a column of names stands beside one of values, each record says it for itself. A
column is looked at as a whole, each text of it once; findings are counted under the hour that their
record says.

Promise: as many records, and in each as many cells, as before; a number that is a finding is 0.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import accumulate
from typing import TYPE_CHECKING, BinaryIO, Final

from scrubber.archive.formats.csv_records import Records
from scrubber.archive.formats.json_text import JsonText
from scrubber.archive.formats.json_tokens import Edit, edited, is_lexical
from scrubber.archive.formats.moments import hour_of_moment, tells_moment
from scrubber.archive.named import LONGEST_NAME, Named
from scrubber.columns.names import numbered
from scrubber.columns.rows import blocks, suspect_rows
from scrubber.errors import InputError
from scrubber.files.log_texts import read_text
from scrubber.redaction import Redaction
from scrubber.report import Report
from scrubber.units.says import NOTHING, Says, holds_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scrubber.archive.context import Context
    from scrubber.archive.formats.csv_records import Cell, Rows

BLOCK: Final = 1 << 20
"""Characters that are looked at together."""
LONGEST: Final = 64 << 20
"""Characters of the longest record."""
# A quote that is never closed is no quote: after so many characters a line end ends a record.
_OPEN: Final = 8 << 20
_SAMPLE: Final = 1 << 16
_DELIMITERS: Final = ",;\t|"
_LINES: Final = 20
_PREAMBLE: Final = re.compile(r"(?:#[^\n]*\n|[ \t]*\r?\n|sep=(?P<sep>[^\r\n])\r?\n)*+")
_NUMBER: Final = re.compile(r"\s*[-+]?[0-9][0-9.,eE+-]*\s*|\s*")
_STRAY: Final = re.compile(r"[\ud800-\udfff]")
_NAMES: Final = frozenset({"name", "key", "field", "header", "variable", "param", "parameter"})


def scrub(source: BinaryIO, target: BinaryIO, context: Context) -> None:
    """Scrub a table; see `scrubber.archive.context.Reads`."""
    read = read_text(source, "")
    target.write(read.text_format.mark)
    table: Table | None = None
    for block in _blocks(read.pieces):
        begin = 0
        if table is None:
            match = _PREAMBLE.match(block)
            begin = match.end() if match else 0
            told = context.scrubber.redact(block[:begin])
            context.found.add(told.report, hour=context.hour)
            target.write(read.text_format.encode(told.text))
            sep = match["sep"] if match else None
            table = Table(Named(context.scrubber), context, sep or delimiter_of(block[begin:]))
        target.write(read.text_format.encode(table.redact(block[begin:])))
    target.write(read.tail)


def delimiter_of(text: str) -> str:
    r"""Tell what stands between cells.

    Args:
        text: the beginning of a table.

    Returns:
        The character that is in most of the first lines as often as in the first one, outside of
        quotes; a comma where none is.

    >>> delimiter_of("a;b\n1,5;2\n"), delimiter_of("a\tb\n"), delimiter_of("a")
    (';', '\t', ',')
    """
    plain = re.sub(r'"(?:[^"]++|"")*+"', "", text[:_SAMPLE])
    lines = [line for line in plain.split("\n")[:_LINES] if line.strip()]
    if not lines:
        return ","

    def fits(mark: str) -> tuple[int, int]:
        count = lines[0].count(mark)
        return (sum(line.count(mark) == count for line in lines) if count else 0, count)

    return max(_DELIMITERS, key=fits)


def _blocks(pieces: Iterable[str]) -> Iterator[str]:
    """Cut a table into blocks of whole records."""
    held = ""
    for piece in pieces:
        held += piece
        if len(held) < BLOCK:
            continue
        cut = _record_end(held)
        if not cut and len(held) > _OPEN:
            cut = held.rfind("\n") + 1
        if cut:
            yield held[:cut]
            held = held[cut:]
        elif len(held) > LONGEST:
            raise InputError("has a record that is longer than 64 MiB")
    if held:
        yield held


def _record_end(text: str) -> int:
    """Give where the last record ends that is all there: an even number of quotes before it."""
    end = len(text)
    count = text.count('"')
    while (cut := text.rfind("\n", 0, end) + 1) > 0:
        count -= text.count('"', cut, end)
        if count % 2 == 0:
            return cut
        end = cut - 1
    return 0


class Table:
    """One table on its way."""

    def __init__(self, named: Named, context: Context, delimiter: str) -> None:
        """Begin a table.

        Args:
            named: scrubs cells.
            context: its scrubber and books.
            delimiter: what stands between cells.
        """
        self._named, self._context = named, context
        self._json = JsonText(context.scrubber)
        self._delimiter = delimiter
        self._records = Records(delimiter)
        self._head: list[str] | None = None
        self._says: list[Says] = []
        self._name_column = self._time_column = -1

    def redact(self, block: str) -> str:
        """Scrub whole records.

        Args:
            block: records; the first of the first block says what the columns hold.

        Returns:
            The same records, redacted.
        """
        rows = self._records.cut(block)
        books = self._context.found
        books.add(Report(), lines=len(rows.texts))
        edits: list[Edit] = []
        begin = 0
        if self._head is None and rows.texts:
            begin = 1
            edits = self._header(rows)
        for column, places, cells in rows.columns(begin):
            beside = self._name_column >= 0 and holds_value(self._name(column).lower())
            done = {} if beside else self._changed(column, cells)
            tally: Counter[tuple[str, str]] = Counter()
            for place, text in zip(places, cells, strict=True) if done or beside else ():
                name = rows.text(place, self._name_column) if beside else ""
                found = self._beside(column, name, text) if beside else done.get(text)
                if found is None:
                    continue
                hour = hour_of_moment(rows.text(place, self._time_column)) or self._context.hour
                if beside:
                    books.add(found.report, hour=hour)
                else:
                    tally[hour, text] += 1
                cell = rows.cell(place, column)
                edits.append((cell.start, cell.end, self._written(found.text, cell)))
            for (hour, text), count in tally.items():
                books.add(_times(done[text].report, count), hour=hour)
        return edited(block, sorted(edits))

    def _changed(self, column: int, cells: Iterable[str]) -> dict[str, Redaction]:
        """Scrub the cells of a column, each text once; give what is another one now."""
        name, says = self._name(column), self._said(column)
        texts = [text for text in dict.fromkeys(cells) if text]
        if says == NOTHING:
            texts = list(self._suspects(name, texts))
        found = ((text, self._cell(name, text, says)) for text in texts)
        return {text: one for text, one in found if one.text != text or one.report.failures}

    def _beside(self, column: int, name: str, text: str) -> Redaction | None:
        """Scrub a cell for the name that stands beside it; None where nothing is in it."""
        own, says = self._name(column), self._said(column)
        if says == NOTHING and name:
            told = self._named.says(name)
            own, says = (name, told) if told != NOTHING else (own, says)
        found = self._cell(own, text, says)
        return found if found.text != text or found.report.failures else None

    def _cell(self, name: str, text: str, says: Says) -> Redaction:
        if not (text.lstrip()[:1] in {"{", "["} and is_lexical(text) and self._json.may_tell(text)):
            return self._named.redact(name, text, says)
        # What its column says holds for all of it, and its own keys for what is left.
        inner = self._json.redact(text)
        found = self._named.redact(name, inner.text, says)
        return Redaction(found.text, inner.report + found.report)

    def _header(self, rows: Rows) -> list[Edit]:
        """Read what the columns hold; scrub that."""
        head = rows.texts[0]
        redacted = [self._named.redact("", text, NOTHING) for text in head]
        self._context.found.add(
            sum((one.report for one in redacted), Report()), hour=self._context.hour
        )
        names = [one.text for one in redacted]
        if any(_NUMBER.fullmatch(text) for text in head):
            self._head = []
        else:
            names = [str(name) for name in numbered(head, names)]
            self._head = [name.strip() for name in names]
            self._says = [self._named.says(name) for name in self._head]
            lower = [name.lower() for name in self._head]
            self._time_column = _first(map(tells_moment, lower))
            if any(map(holds_value, lower)):
                self._name_column = _first(one in _NAMES for one in lower)
        cells = [rows.cell(0, column) for column in range(len(head))]
        return [
            (cell.start, cell.end, self._written(new, cell))
            for cell, old, new in zip(cells, head, names, strict=True)
            if new != old
        ]

    def _name(self, column: int) -> str:
        return self._head[column] if self._head and column < len(self._head) else ""

    def _said(self, column: int) -> Says:
        return self._says[column] if column < len(self._says) else NOTHING

    def _suspects(self, name: str, texts: Sequence[str]) -> Iterator[str]:
        """Give the texts of a column that may hold something."""
        called = f"{name}: " if name and len(name) <= LONGEST_NAME else ""
        before = called.encode("utf-8", "replace")
        # Bytes that are no characters are no sign of anything, but nothing is proven of them.
        cells = [before + text.encode("utf-8", "replace") for text in texts]
        ends = list(accumulate(map(len, cells)))
        for first, behind in blocks(ends):
            begin = ends[first - 1] if first else 0
            near = [end - begin for end in ends[first:behind]]
            rows = suspect_rows(self._context.scrubber, b"\n".join(cells[first:behind]), near)
            part = texts[first:behind]
            if rows is None:
                yield from part
                continue
            suspect = set(rows)
            yield from (
                text for row, text in enumerate(part) if row in suspect or not _is_whole(text)
            )

    def _written(self, text: str, cell: Cell) -> str:
        """Write a cell as it was written, in quotes where it needs them now."""
        plain = self._delimiter not in text and not any(mark in text for mark in '"\r\n')
        if not cell.quoted and (plain or '"' in cell.text):
            return text
        doubled = text.replace('"', '""')
        return f'"{doubled}"'


def _times(report: Report, count: int) -> Report:
    """Give the report of as many cells of one text."""
    return Report({key: one * count for key, one in report.counts.items()}, report.failures * count)


def _first(flags: Iterable[bool]) -> int:
    return next((place for place, flag in enumerate(flags) if flag), -1)


def _is_whole(text: str) -> bool:
    return text.isascii() or _STRAY.search(text) is None
