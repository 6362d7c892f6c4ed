"""
Where a match without bound ends: in one text, or over the chunks of a stream.

A blob goes on while its `step` matches, up to and including its `end`. Within one text that is one possessive
expression. In a stream the last characters of a chunk cannot be judged before the next ones are there: a
step is taken only when as many characters as it may look at are left behind it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scrubber.decoding import decoded_views
from scrubber.detect.patterns import compiled

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scrubber.ruleset.model import Blob


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a blob goes in a window.

    Attributes:
        end: one past its last character that is sure, in code points.
        running: it may go on behind the window.
    """

    end: int
    running: bool


def follow(blob: Blob, text: str, start: int, *, timeout: float = 0.0) -> int:
    """Follow a blob to its end in a text that is all there.

    Args:
        blob: its step and end.
        text: where it is.
        start: where it begins.
        timeout: the clock's last fuse, in seconds; 0 for none.

    Returns:
        One past its last character.
    """
    end = f"(?:{blob.end})?+" if blob.end else ""
    stop = f"(?!{blob.end})" if blob.end else ""
    whole = compiled(f"(?:{stop}(?:{blob.step}))*+{end}")
    match = whole.match(text, start, timeout=timeout or None)
    return int(match.end()) if match else start


def advance(blobs: Iterable[Blob], window: str) -> Progress:
    """Follow blobs through a window behind which more text comes.

    Args:
        blobs: the blobs that may go on at the window's first character.
        window: the text that is there.

    Returns:
        How far the longest goes, in any view of the window.
    """
    blobs = tuple(blobs)
    progress = [_advance(blob, window) for blob in blobs]
    if not any(one.running for one in progress):
        # What ends in the raw text may go on in a view; what runs on in it goes furthest already.
        for view in decoded_views(window):
            for blob in blobs:
                inner = _advance(blob, view.text)
                end = view.span(0, inner.end)[1] if inner.end else 0
                progress.append(Progress(end, inner.running))
    running = [one for one in progress if one.running]
    return max(running or progress, key=lambda one: one.end)


def _advance(blob: Blob, text: str) -> Progress:
    stop = f"(?!{blob.end})" if blob.end else ""
    sure = compiled(f"(?:{stop}(?:{blob.step})(?=[\\s\\S]{{{blob.reach}}}))*+")
    match = sure.match(text)
    end = int(match.end()) if match else 0
    if len(text) - end < blob.reach:
        return Progress(end, running=True)
    if blob.end:
        closed = compiled(blob.end).match(text, end)
        if closed:
            return Progress(int(closed.end()), running=False)
    return Progress(end, running=compiled(blob.step).match(text, end) is not None)
