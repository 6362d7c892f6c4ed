"""
What a tagger is: whatever finds names in a line.

A protocol and no base class, so that a tagger of a user's own needs nothing from here.

Promise: nothing here runs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from scrubber.types import Span


class Tagger(Protocol):
    """Finds names in one line; may be asked by several threads at once."""

    def tag(self, line: str) -> list[Span]:
        """Find names.

        Args:
            line: one line, without a newline.

        Returns:
            Disjoint spans in order: half-open code points of the line.

        Raises:
            Exception: it failed; nothing is known of the line then, so the caller fails closed.
        """
