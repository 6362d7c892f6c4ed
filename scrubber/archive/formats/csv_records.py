"""
The records of a table as text, and where their cells stand.

Most tables have no quotes. Their lines are split where the delimiter stands, and nobody asks where
a cell is before one of them changes. Where there are quotes, each cell is found by itself.

Promise: both ways give the same cells for a text without quotes; the cells and what stands between
them are all of the text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import accumulate, zip_longest
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


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


class Rows:
    """Records of a block."""

    def __init__(
        self, texts: list[list[str]], starts: list[int], cells: list[list[Cell]] | None
    ) -> None:
        """Take records.

        Args:
            texts: what the cells of each record hold.
            starts: where each record begins; unused where cells are given.
            cells: the cells of each record; None where they stand side by side, without quotes, one
                character between them.
        """
        self.texts = texts
        self._starts, self._cells = starts, cells

    def cell(self, row: int, column: int) -> Cell:
        """Give where a cell stands."""
        if self._cells is not None:
            return self._cells[row][column]
        texts = self.texts[row]
        start = self._starts[row] + sum(map(len, texts[:column])) + column
        return Cell(start, start + len(texts[column]), texts[column], quoted=False)

    def columns(self, begin: int) -> Iterator[tuple[int, Sequence[int], Sequence[str]]]:
        """Give what the cells of each column hold, from a record on.

        Args:
            begin: the first record.

        Yields:
            The number of the column, from left to right, the records, and what each holds there.
        """
        texts = self.texts[begin:]
        widest = max(map(len, texts), default=0)
        if widest * len(texts) <= 2 * sum(map(len, texts)):
            rows = range(begin, len(self.texts))
            for column, cells in enumerate(zip_longest(*texts, fillvalue="")):
                yield column, rows, cells
            return
        # One record of very many cells does not make all others as wide.
        places: defaultdict[int, list[int]] = defaultdict(list)
        for place, row in enumerate(self.texts[begin:], begin):
            for column in range(len(row)):
                places[column].append(place)
        for column, found in places.items():
            yield column, found, [self.texts[place][column] for place in found]

    def text(self, row: int, column: int) -> str:
        """Give what a cell holds; "" for one that is not there."""
        cells = self.texts[row]
        return cells[column] if 0 <= column < len(cells) else ""


class Records:
    """Cuts blocks into records."""

    def __init__(self, delimiter: str) -> None:
        """Take what stands between cells."""
        mark = re.escape(delimiter)
        self._delimiter = delimiter
        self._cell = re.compile(
            rf'(?:"(?P<quoted>(?:[^"]++|"")*+)"(?=[{mark}\r\n]|\Z)|(?P<plain>[^{mark}\r\n]*+))'
            rf"(?P<end>{mark}|\r\n|\n|\r|\Z)"
        )

    def cut(self, block: str) -> Rows:
        r"""Cut a block into records.

        Args:
            block: whole records.

        Returns:
            The records, an empty line one of an empty cell.

        >>> Records(",").cut('a,b\n1,"x,y"\n').texts, Records(";").cut("a;b\r\n1;2").texts
        ([['a', 'b'], ['1', 'x,y']], [['a', 'b'], ['1', '2']])
        """
        if '"' in block:
            cells = self.cells(block)
            return Rows([[cell.text for cell in row] for row in cells], [], cells)
        end = "\r\n" if block.count("\r\n") == block.count("\n") else "\n"
        if block.count("\r") != block.count("\r\n") or (end == "\n" and "\r" in block):
            cells = self.cells(block)
            return Rows([[cell.text for cell in row] for row in cells], [], cells)
        lines = block.split(end)
        if not lines[-1]:
            del lines[-1]
        starts = [0, *accumulate(len(line) + len(end) for line in lines)]
        return Rows([line.split(self._delimiter) for line in lines], starts, None)

    def cells(self, block: str) -> list[list[Cell]]:
        """Find each cell by itself."""
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
        if row:
            # A delimiter at the very end: an empty cell stands behind it.
            records.append([*row, Cell(len(block), len(block), "", quoted=False)])
        return records
