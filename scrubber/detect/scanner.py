"""
Many expressions, one scan: the only module that calls Vectorscan.

Promises:
    - a buffer is never longer than 64 MiB: beyond 4 GiB the library reports nothing, and no error;
    - any thread may scan, also while it scans (a destructor that runs in a callback), and so may a
      child after a fork: each scan takes a scratch space nobody else has;
    - a callback only appends.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

LARGEST: Final = 64 << 20
"""Bytes of a buffer."""

Hits = list[tuple[int, int]]


def available() -> bool:
    """Tell whether Vectorscan is installed, and runs here."""
    try:
        return Scanner.compiled(["a"]).scan(b"a") == [(1, 0)]
    except Exception:  # noqa: BLE001  # whatever is wrong with it, it is not to be used
        return False


def build() -> str:
    """Give what a compiled database depends on: the library, and what this processor can do.

    Raises:
        ImportError: it is not installed.
    """
    import hyperscan

    probe = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    probe.compile(expressions=[b"a"], ids=[0])
    return f"{probe.info()!r} {sys.platform} {sys.maxsize}"


def _note(number: int, _start: int, end: int, _flags: int, hits: Hits) -> None:
    hits.append((end, number))


class Scanner:
    """Expressions that were compiled together."""

    def __init__(self, database: Any) -> None:  # noqa: ANN401  # no types in the library
        """Take a compiled database."""
        import hyperscan

        self._database = database
        self._scan = database.scan
        self._new_scratch = hyperscan.Scratch
        # Taking and giving back are atomic, so no lock is needed; a scan that finds none makes one.
        self._free: list[Any] = [hyperscan.Scratch(database)]

    @classmethod
    def compiled(cls, expressions: Sequence[str]) -> Scanner:
        """Compile expressions over bytes; each is told by its place.

        Raises:
            ImportError: Vectorscan is not installed.
            hyperscan.error: an expression is none.
        """
        import hyperscan

        database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
        database.compile(
            expressions=[one.encode("ascii") for one in expressions],
            ids=list(range(len(expressions))),
            flags=hyperscan.HS_FLAG_DOTALL,
        )
        return cls(database)

    @classmethod
    def loaded(cls, dumped: bytes) -> Scanner:
        """Take what `dump` gave, on the same processor and version."""
        import hyperscan

        return cls(hyperscan.loadb(dumped, mode=hyperscan.HS_MODE_BLOCK))

    def dump(self) -> bytes:
        """Give the compiled database as bytes."""
        import hyperscan

        dumped: bytes = hyperscan.dumpb(self._database)
        return dumped

    def scan(self, data: bytes) -> Hits:
        """Give where expressions match.

        Args:
            data: at most 64 MiB.

        Returns:
            The end of each match, in bytes, and the place of its expression; ends rise, hardly.

        Raises:
            ValueError: it is longer.
            hyperscan.error: the library could not scan it.
        """
        if len(data) > LARGEST:
            raise ValueError("a buffer of more than 64 MiB; cut it into smaller ones")
        hits: Hits = []
        free = self._free
        try:
            scratch = free.pop()
        except IndexError:
            scratch = self._new_scratch(self._database)
        # By position: naming the arguments takes as long as scanning a line. A scratch that an
        # error has met is not used again.
        self._scan(data, _note, 0, hits, scratch)
        free.append(scratch)
        return hits
