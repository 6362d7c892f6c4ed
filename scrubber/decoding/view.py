"""A view of a text with encodings undone, and its map back to where everything came from.

Promise: a mapped range covers whole escape sequences, so that replacing it splits none; maps are
monotone. Memory grows with the number of escapes, not with the text.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Final

from scrubber.encodings import ESCAPES

_LETTER_WIDTH: Final = 2
_LETTERS: Final = frozenset(character for letter, character in ESCAPES.items() if letter.isalnum())


@dataclass(frozen=True, slots=True)
class Decoded:
    """A view of a text with encodings undone.

    Attributes:
        text: what a reader would see.
        parent: the view it was decoded from, or None for the raw text.
        escapes: whether escapes were undone, which must stay whole; base64 has none.
    """

    text: str
    # Stretch k begins at character positions[k] of the text. That one was written by the range
    # starts[k]..ends[k] of the parent's text, and each character on, both move on by one. The last
    # stretch is empty and stands at the ends of both texts.
    positions: array[int] = field(repr=False)
    starts: array[int] = field(repr=False)
    ends: array[int] = field(repr=False)
    parent: Decoded | None = field(repr=False)
    escapes: bool

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Map a range back to the raw text.

        Args:
            start: first code point in this view's text.
            end: one past the last; `0 <= start <= end <= len(text)`.

        Returns:
            The half-open raw range that covers exactly the whole escape sequences of the range;
            invisible sequences inside it are covered, those at its edges are not. An empty range
            gives an empty one.
        """
        first = self._written(start)[0]
        found = first, self._written(end - 1)[1] if start < end else first
        return found if self.parent is None else self.parent.span(*found)

    def widen(self, start: int, end: int) -> tuple[int, int]:
        r"""Widen a range of the parent's text so that it splits no escape of that text.

        What a rule found in a text as it is may begin inside an escape, since the end of one can
        look like a word: `u0041` of `\u0041`. The letter of `\n` is left alone: it may as well be
        the first of a name after a backslash, and rules for words know better (`%{left}`).

        Args:
            start: first code point in the parent's text.
            end: one past the last.

        Returns:
            The range, or a wider one.
        """
        return self._around(start)[0], self._around(end)[1]

    def _written(self, position: int) -> tuple[int, int]:
        stretch = bisect_right(self.positions, position) - 1
        further = position - self.positions[stretch]
        return self.starts[stretch] + further, self.ends[stretch] + further

    def _around(self, edge: int) -> tuple[int, int]:
        """Give the escape an edge stands inside of, or the empty range at the edge."""
        following = bisect_right(self.starts, edge)
        if not self.escapes or following == len(self.starts):
            return edge, edge
        stretch = following - 1
        shown_to = 0
        if stretch >= 0:
            start, end = self.starts[stretch], self.ends[stretch]
            position = self.positions[stretch]
            if start < edge < end and (
                end - start > _LETTER_WIDTH or self.text[position] not in _LETTERS
            ):
                return start, end
            shown_to = end + self.positions[following] - position - 1
        return (shown_to, self.starts[following]) if edge > shown_to else (edge, edge)


class Writer:
    """Collects the text of a view and its map, from left to right."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.positions = array("q")
        self.starts = array("q")
        self.ends = array("q")

    def write(self, text: str, start: int, end: int) -> None:
        """Add a text whose first character was written by a range; the next follow one by one."""
        self.positions.append(self.length)
        self.starts.append(start)
        self.ends.append(end)
        self.parts.append(text)
        self.length += len(text)

    def decoded(self, length: int, parent: Decoded | None, *, escapes: bool) -> Decoded:
        """Give what was collected from a text of a length."""
        self.write("", length, length)
        text = "".join(self.parts)
        return Decoded(text, self.positions, self.starts, self.ends, parent, escapes)
