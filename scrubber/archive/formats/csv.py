r"""
Tables as text: cells scrubbed for what they hold and for the column they stand in.

A table is cut into cells and never written anew: quotes, line ends, blanks and the byte order mark
stay, and a cell that holds nothing is the same characters. What stands between cells is looked for
in the first lines: a comma, a semicolon, a tab or a bar.

    user,password,epoch          user,password,epoch
    jane,hunter2,1       ->      [user],[secret],1
    joe,"a, b",2                 [user],"[secret]",2

The first record says what its columns hold, unless a number is in it; it stays but for findings of
its own. Where a column of names stands beside one of values, each record says it for itself.

Promise: as many records, and in each as many cells, as before; a number that is a finding is 0.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, BinaryIO, Final, NamedTuple

from scrubber.archive.formats.json_tokens import Edit, edited
from scrubber.archive.named import Named
from scrubber.columns.names import numbered
from scrubber.columns.rows import blocks, suspect_rows
from scrubber.errors import InputError
from scrubber.files.log_texts import read_text
from scrubber.report import Report
from scrubber.units.says import NOTHING, Says, holds_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scrubber.archive.context import Context

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
_NAMES: Final = frozenset({"name", "key", "field", "header", "variable", "param", "parameter"})


class Cell(NamedTuple):
    """A cell of a table.

    Attributes:
        start: where it begins in its block, with its quotes.
        end: one past its end.
        text: what it holds.
        quoted: whether it stands in quotes.
    """

    start: int
    end: int
    text: str
    quoted: bool


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
        mark = re.escape(delimiter)
        self._delimiter = delimiter
        self._cell = re.compile(
            rf'(?:"(?P<quoted>(?:[^"]++|"")*+)"(?=[{mark}\r\n]|\Z)|(?P<plain>[^{mark}\r\n]*+))'
            rf"(?P<end>{mark}|\r\n|\n|\r|\Z)"
        )
        self._head: list[str] | None = None
        self._says: list[Says] = []
        self._name_column = -1

    def redact(self, block: str) -> str:
        """Scrub whole records.

        Args:
            block: records; the first of the first block says what the columns hold.

        Returns:
            The same records, redacted.
        """
        records = self._records(block)
        edits: list[Edit] = []
        counts: Counter[tuple[str, str]] = Counter()
        failures = 0
        rows: Iterable[list[Cell]] = records
        if self._head is None and records:
            report, edits = self._header(records[0])
            counts.update(report.counts)
            rows = records[1:]
        looked_at = [
            (column, cell, says, name)
            for row in rows
            for column, cell, says, name in self._told(row)
        ]
        plain = [(column, cell) for row in rows for column, cell in enumerate(row) if cell.text]
        told = {cell.start for _, cell, _, _ in looked_at}
        looked_at += [
            (column, cell, NOTHING, self._name(column))
            for column, cell in self._suspects(plain)
            if cell.start not in told
        ]
        for _, cell, says, name in looked_at:
            found = self._named.redact(name, cell.text, says)
            failures += found.report.failures
            if found.text != cell.text:
                counts.update(found.report.counts)
                edits.append((cell.start, cell.end, self._written(found.text, cell)))
        self._context.found.add(
            Report(dict(counts), failures), lines=len(records), hour=self._context.hour
        )
        return edited(block, sorted(edits))

    def _records(self, block: str) -> list[list[Cell]]:
        records: list[list[Cell]] = []
        row: list[Cell] = []
        for match in self._cell.finditer(block):
            quoted = match["quoted"]
            start, end = match.start(), match.start("end")
            if quoted is None:
                row.append(Cell(start, end, match["plain"], quoted=False))
            else:
                row.append(Cell(start, end, quoted.replace('""', '"'), quoted=True))
            if match["end"] != self._delimiter:
                records.append(row)
                row = []
            if match.end() == len(block):
                break
        return records

    def _header(self, row: Sequence[Cell]) -> tuple[Report, list[Edit]]:
        """Read what the columns hold; scrub that."""
        head = [cell.text for cell in row]
        redacted = [self._named.redact("", text, NOTHING) for text in head]
        names = [one.text for one in redacted]
        if any(_NUMBER.fullmatch(text) for text in head):
            self._head = []
        else:
            names = [str(name) for name in numbered(head, names)]
            self._head = names
            self._says = [self._named.says(name.strip()) for name in names]
            lower = [name.strip().lower() for name in names]
            if any(map(holds_value, lower)):
                self._name_column = next((at for at, one in enumerate(lower) if one in _NAMES), -1)
        edits = [
            (cell.start, cell.end, self._written(new, cell))
            for cell, new in zip(row, names, strict=True)
            if new != cell.text
        ]
        return sum((one.report for one in redacted), Report()), edits

    def _name(self, column: int) -> str:
        return self._head[column].strip() if self._head and column < len(self._head) else ""

    def _told(self, row: Sequence[Cell]) -> Iterator[tuple[int, Cell, Says, str]]:
        """Give the cells of which a name says something."""
        beside = row[self._name_column].text if 0 <= self._name_column < len(row) else ""
        for column, (cell, says) in enumerate(zip(row, self._says, strict=False)):
            if says != NOTHING and cell.text:
                yield column, cell, says, self._name(column)
            elif beside and cell.text and holds_value(self._name(column).lower()):
                own = self._named.says(beside)
                if own != NOTHING:
                    yield column, cell, own, beside

    def _suspects(self, cells: Sequence[tuple[int, Cell]]) -> Iterator[tuple[int, Cell]]:
        """Give the cells that may hold something."""
        texts: list[bytes] = []
        ends: list[int] = []
        end = 0
        for column, cell in cells:
            name = self._name(column)
            text = f"{name}: {cell.text}" if name else cell.text
            try:
                texts.append(text.encode())
            except UnicodeEncodeError:  # bytes that are no characters; none is a sign of anything
                texts.append(text.encode("utf-8", "replace"))
                yield column, cell
            end += len(texts[-1])
            ends.append(end)
        for first, behind in blocks(ends):
            begin = ends[first - 1] if first else 0
            near = [end - begin for end in ends[first:behind]]
            rows = suspect_rows(self._context.scrubber, b"\n".join(texts[first:behind]), near)
            part = range(behind - first) if rows is None else rows
            yield from (cells[first + row] for row in part)

    def _written(self, text: str, cell: Cell) -> str:
        """Write a cell as it was written, in quotes where it needs them now."""
        plain = self._delimiter not in text and not any(mark in text for mark in '"\r\n')
        if not cell.quoted and (plain or '"' in cell.text):
            return text
        doubled = text.replace('"', '""')
        return f'"{doubled}"'
