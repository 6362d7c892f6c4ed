"""A document that is open, and one that tells how far it was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from scrubber.files.compressed import Readable


@dataclass(frozen=True, slots=True)
class Opened:
    """A source that could be opened.

    Attributes:
        raw: its bytes, as they are stored.
        kind: how they are compressed, or "".
        live: it may come slowly and never end (stdin, a named pipe): not to be waited for.
        watched: somebody types it.
    """

    raw: Readable
    kind: str = ""
    live: bool = True
    watched: bool = False


class Watches(Protocol):
    """Who is told how far a document has got.

    Attributes:
        findings: gives how many findings there are so far.
    """

    findings: Callable[[], int]

    def read(self, size: int) -> None:
        """Take note of bytes that were read."""


class Counted:
    """A document that tells what is read of it."""

    def __init__(self, raw: Readable, told: Callable[[int], None]) -> None:
        """Take a document, and whom to tell."""
        self._raw, self._told = raw, told

    def read(self, size: int, /) -> bytes | None:
        """Read, and tell how much it was."""
        data = self._raw.read(size)
        self._told(len(data or b""))
        return data
