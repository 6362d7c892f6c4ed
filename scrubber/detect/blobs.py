"""
Where a match without bound ends: in one text, or over the chunks of a stream.

A blob goes on while its `step` matches, up to and including its `end`. Within one text that is one
possessive expression. In a stream the last characters of a chunk cannot be judged before the next
ones are there: a step is taken only when as many characters as it may look at are left behind it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scrubber.decoding import decode_layer, decoded_views
from scrubber.detect.patterns import compiled

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scrubber.decoding import Decoded
    from scrubber.ruleset.model import Blob


@dataclass(frozen=True, slots=True)
class Running:
    """A blob that may go on behind a window.

    Attributes:
        blob: its step and end.
        layers: how many layers of escapes it is read through; -1 for any, base64 too.
        rule_id: the rule that began it, or "" when none is known to have.
    """

    blob: Blob
    layers: int
    rule_id: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far blobs go in a window.

    Attributes:
        end: one past their last character that is sure, in code points.
        running: those that may go on behind the window.
    """

    end: int
    running: tuple[Running, ...] = ()


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


def advance(running: Iterable[Running], window: str) -> Progress:
    """Follow blobs through a window behind which more text comes.

    Args:
        running: the blobs that may go on at the window's first character.
        window: the text that is there.

    Returns:
        How far the one goes that goes furthest, and which ones go on.
    """
    furthest = 0
    still: dict[Running, None] = {}
    for one in running:
        for view in _views(window, one.layers):
            end, goes_on = _advance(one.blob, view.text if view else window)
            furthest = max(furthest, view.span(0, end)[1] if view and end else end)
            if goes_on:
                still[one] = None
    return Progress(furthest, tuple(still))


def _views(window: str, layers: int) -> list[Decoded | None]:
    """Give the views a blob can go on in; None stands for the text as it is."""
    if layers < 0:
        return [None, *decoded_views(window)]
    view: Decoded | None = None
    for _ in range(layers):
        # Where there is nothing left to undo, the layers below show the same.
        view = decode_layer(view.text if view else window, parent=view) or view
    return [view]


def _advance(blob: Blob, text: str) -> tuple[int, bool]:
    stop = f"(?!{blob.end})" if blob.end else ""
    sure = compiled(f"(?:{stop}(?:{blob.step})(?=[\\s\\S]{{{blob.reach}}}))*+")
    match = sure.match(text)
    end = int(match.end()) if match else 0
    if len(text) - end < blob.reach:
        return end, True
    if blob.end:
        closed = compiled(blob.end).match(text, end)
        if closed:
            return int(closed.end()), False
    return end, compiled(blob.step).match(text, end) is not None
