"""
Which rows of a column must be looked at, and what becomes of them.

The rows are joined to one text, a line end between them, and the scrubber says in one pass which
lines may hold a finding. A row may hold line ends itself: it is looked at when any of its lines is
suspect. So a clean row costs its share of that pass and nothing else.

Promise: a row is passed over only when the scrubber proved all its lines clean. Where nothing is
proven, where the bytes are no UTF-8, or where they are too many for one pass, every row is looked
at.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from scrubber.errors import ScrubberError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Text = TypeVar("Text", str, bytes)

MOST: Final = 1 << 26
"""Bytes of one pass: what `Scrubber.suspects` takes."""


class Scrubs(Protocol):
    """What is asked of a `Scrubber` here."""

    def suspects(self, data: bytes) -> Sequence[int] | None:
        """Give where those lines begin that may hold a finding; None where nothing is proven."""

    def scrub_many(self, texts: Iterable[Text]) -> list[Text]:
        """Scrub texts."""


def blocks(ends: Sequence[int], most: int | None = None) -> Iterator[tuple[int, int]]:
    """Cut rows into blocks that one pass can take.

    Args:
        ends: where each row ends, in bytes from the first row on.
        most: bytes of a block, with the line ends; None for what a pass takes.

    Yields:
        The first row of each block and the row behind it; a row that is too large is alone.

    >>> list(blocks([3, 5, 30, 31], most=8))
    [(0, 2), (2, 3), (3, 4)]
    """
    most = MOST if most is None else most
    first = 0
    while first < len(ends):
        begin = ends[first - 1] if first else 0
        limit = most + begin + first
        behind = bisect_right(range(len(ends)), limit, lo=first, key=lambda row: ends[row] + row)
        behind = max(behind, first + 1)
        yield first, behind
        first = behind


def suspect_rows(scrubber: Scrubs, joined: bytes, ends: Sequence[int]) -> Sequence[int] | None:
    r"""Find the rows that may hold a finding.

    Args:
        scrubber: what looks.
        joined: the rows in UTF-8, a line end between them.
        ends: where each row ends, in bytes, without those line ends.

    Returns:
        The rows in order; None where all must be looked at.

    Raises:
        ScrubberError: the rows are not those that were joined, or the scrubber names others.
    """
    if len(joined) > MOST:
        return None
    if len(joined) != ends[-1] + len(ends) - 1:
        raise ScrubberError("the rows of a column are not as long as they should be")
    lines = scrubber.suspects(joined)
    if lines is None:
        return None
    found: list[int] = []
    rows = range(len(ends))
    for line in lines:
        # In `joined`, row r ends at ends[r] + r; what begins there is its last line, if empty.
        row = bisect_right(rows, line - 1, key=lambda at: ends[at] + at)
        if not 0 <= line <= len(joined):
            raise ScrubberError("a suspect line lies outside of its column")
        if not found or found[-1] != row:
            found.append(row)
    return found


def scrub_distinct(scrubber: Scrubs, texts: Sequence[str]) -> dict[str, str]:
    """Scrub texts, each distinct one once.

    Args:
        scrubber: what looks and replaces.
        texts: unrelated texts.

    Returns:
        What stands for each text that is another one now.

    Raises:
        ScrubberError: the scrubber gave anything but a text for each.
    """
    distinct = list(dict.fromkeys(texts))
    done = scrubber.scrub_many(distinct) if distinct else []
    if len(done) != len(distinct) or any(type(text) is not str for text in done):
        raise ScrubberError("the scrubber did not give a text for each row")
    return {old: new for old, new in zip(distinct, done, strict=True) if old != new}


def replaced_texts(scrubber: Scrubs, texts: Sequence[str]) -> dict[str, str]:
    """Scrub texts that are Python strings already, and look only at those that are suspect.

    Args:
        scrubber: what looks and replaces.
        texts: unrelated texts; they may hold surrogates.

    Returns:
        What stands for each text that is another one now.
    """
    looked_at: list[str] = []
    plain: list[str] = []
    cells: list[bytes] = []
    for text in dict.fromkeys(texts):
        try:
            cells.append(text.encode())
            plain.append(text)
        except UnicodeEncodeError:
            looked_at.append(text)
    ends: list[int] = []
    end = 0
    for cell in cells:
        end += len(cell)
        ends.append(end)
    for first, behind in blocks(ends):
        begin = ends[first - 1] if first else 0
        near = [end - begin for end in ends[first:behind]]
        rows = suspect_rows(scrubber, b"\n".join(cells[first:behind]), near)
        part = plain[first:behind]
        looked_at += part if rows is None else [part[row] for row in rows]
    return scrub_distinct(scrubber, looked_at)
