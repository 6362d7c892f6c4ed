"""
Where a check writes: nowhere; it compares.

A format may go back and fill in what it left open, as a zip does with the size of a file; so places
that differ are kept until they are written again. Writing the file elsewhere and comparing the two
was rejected: a check of 100 GB would need 100 GB.

Promise: nothing is written anywhere.
"""

from __future__ import annotations

import io
from itertools import zip_longest
from typing import BinaryIO, Final

_MOST: Final = 1 << 16
"""Bytes that differ, beyond which a file is another one for good."""


class Compared(io.RawIOBase):
    """Takes what would be written, and tells whether it is what is there."""

    def __init__(self, same: BinaryIO) -> None:
        """Begin a file.

        Args:
            same: what it is compared with; it can seek.
        """
        self._same = same
        self._at = self._end = 0
        self._differ: set[int] = set()
        self._other = False

    def differs(self, size: int) -> bool:
        """Tell whether what was written is another file.

        Args:
            size: bytes of the file it is compared with.
        """
        return self._other or bool(self._differ) or self._end != size

    def writable(self) -> bool:
        """Tell that it takes bytes."""
        return True

    def seekable(self) -> bool:
        """Tell that it can seek."""
        return True

    def tell(self) -> int:
        """Say where it stands."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go somewhere else."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._end}[whence]
        self._at = max(base + offset, 0)
        return self._at

    def truncate(self, size: int | None = None, /) -> int:
        """Cut what was written."""
        self._end = self._at if size is None else size
        self._differ = {place for place in self._differ if place < self._end}
        return self._end

    def write(self, data: bytes, /) -> int:  # type: ignore[override]  # any buffer
        """Compare bytes with those that are there."""
        written = bytes(data)
        if self._at > self._end:
            self._other = True  # a hole, which no format leaves
        if not self._other:
            self._compare(written)
        self._at += len(written)
        self._end = max(self._end, self._at)
        return len(written)

    def _compare(self, written: bytes) -> None:
        begin = self._at
        self._same.seek(begin)
        there = b""
        while len(there) < len(written) and (more := self._same.read(len(written) - len(there))):
            there += more
        if self._differ:
            self._differ.difference_update(range(begin, begin + len(written)))
        if there == written:
            return
        for place, (one, other) in enumerate(zip_longest(written, there), begin):
            if one != other:
                self._differ.add(place)
                if len(self._differ) > _MOST:
                    self._other = True
                    return
