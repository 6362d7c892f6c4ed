"""
A text that comes piece by piece, as windows of whole lines with what stands around them.

What concerns one person is a line here and there, but what else is in such a line may be told by
lines around it (the head of a table, a key over several lines). So each line is looked at with the
text before and behind it.

Promise: every line is in the middle of one window, in order, and memory is bounded: a line longer
than a window is told of and left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

AROUND: Final = 1 << 16
"""Code points of text on either side: what a rule over several lines sees by default."""

MIDDLE: Final = 1 << 19
"""Code points of the lines of one window, at most."""


@dataclass(frozen=True, slots=True)
class Window:
    """Lines, and what stands around them.

    Attributes:
        text: all of it.
        start: where its lines begin in it.
        end: where they end.
        first: the number of the first of them, from 1.
        too_long: its only line is longer than a window; the text is not all of it.
    """

    text: str
    start: int
    end: int
    first: int
    too_long: bool = False


def windows(
    pieces: Iterable[str], *, middle: int = MIDDLE, around: int = AROUND
) -> Iterator[Window]:
    r"""Cut a text into windows.

    Args:
        pieces: the text, however it is cut.
        middle: code points of the lines of one window, at most.
        around: code points of text on either side of them.

    Yields:
        The windows, in order. Of a line that is too long there is one for each part of it.

    >>> cut = windows(["a\nb", "b\nc"], middle=4, around=2)
    >>> [one.text[one.start : one.end] for one in cut]
    ['a\n', 'bb\n', 'c']
    """
    held, start, number = "", 0, 1
    rest = iter(pieces)
    ended = False
    in_line = False
    while True:
        while not ended and len(held) - start < middle + around:
            piece = next(rest, None)
            ended = piece is None
            held += piece or ""
        if start >= len(held):
            return
        cut = held.rfind("\n", start, start + middle) + 1
        if in_line:
            # The line that was too long goes on; it ends with its first newline.
            cut = held.find("\n", start, start + middle) + 1
        if ended and cut <= start and len(held) - start <= middle:
            cut = len(held)
        too_long = in_line or cut <= start
        in_line = cut <= start
        cut = cut if cut > start else min(start + middle, len(held))
        low = max(0, start - around)
        yield Window(held[low : cut + around], start - low, cut - low, number, too_long)
        number += held.count("\n", start, cut)
        keep = max(0, cut - around)
        held, start = held[keep:], cut - keep
