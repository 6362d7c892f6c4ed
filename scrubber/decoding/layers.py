r"""Every view of a text, layer after layer, and where a text has any.

Ambiguity is not resolved but doubled: `C:\new` has a line feed in its decoded view and none in the
raw text, and both are looked at.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from scrubber.decoding.base64_text import base64_views, next_base64
from scrubber.decoding.escapes import HINT, TOKEN, UNSEEN, decode_layer
from scrubber.decoding.full_width import narrow_view, next_wide
from scrubber.decoding.hex_text import hex_view, next_hex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scrubber.decoding.view import Decoded

DEPTH: Final = 3
"""How many layers are undone: JSON in a repr in a URL."""

# What finds the next run of a text that is written in other characters, but for escapes.
_RUNS: Final = (next_base64, next_hex, next_wide)


def decoded_views(text: str, *, depth: int = DEPTH) -> list[Decoded]:
    r"""Give every view of a text with up to so many layers undone, the outermost first.

    Args:
        text: the raw text.
        depth: how many layers to undo at most.

    Returns:
        The views, without the raw text itself; all their spans are raw ranges.

    >>> [view.text for view in decoded_views("%255C")]
    ['%5C', '\\']
    """
    views: list[Decoded] = []
    layer: list[Decoded | None] = [None]
    for _ in range(depth):
        found: list[Decoded] = []
        for view in layer:
            source = text if view is None else view.text
            decoded = decode_layer(source, parent=view)
            if decoded is not None:
                found.append(decoded)
                seen = UNSEEN.search(source) and decode_layer(source, parent=view, shown_only=True)
                if seen and seen.text != decoded.text:
                    found.append(seen)
            found += base64_views(source, parent=view)
            found += filter(None, (hex_view(source, parent=view), narrow_view(source, parent=view)))
        views += found
        layer = [*found]
    return views


def encoded_lines(text: str) -> list[tuple[int, int]]:
    r"""Give the ranges of lines that may hold something encoded: what no range holds has no views.

    No escape and no run of letters or digits reaches over a line feed, so the views of a range are
    those of its lines, and a long text is decoded only where there is something to decode.

    Args:
        text: the raw text.

    Returns:
        Half-open ranges of whole lines without the last one's line feed, in order, adjacent lines
        in one range.

    >>> encoded_lines("plain\na%20b\nc%20d\nplain")
    [(6, 17)]
    """
    return joined_ranges(_encoded(text))


def joined_ranges(lines: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join the ranges of lines that follow each other.

    Args:
        lines: half-open ranges of single lines without their line feed, in order.

    Returns:
        The ranges, adjacent lines in one.
    """
    ranges: list[tuple[int, int]] = []
    for start, end in lines:
        if ranges and ranges[-1][1] + 1 == start:
            ranges[-1] = (ranges[-1][0], end)
        else:
            ranges.append((start, end))
    return ranges


@lru_cache(maxsize=2)  # what looks at a line asks more than once
def decodable(line: str) -> bool:
    r"""Tell whether a line holds something encoded.

    Args:
        line: without line feeds.

    >>> decodable("100%"), decodable("a%20b")
    (False, True)
    """
    hint = HINT.search(line)
    if hint is not None and TOKEN.search(line, hint.start()) is not None:
        return True
    return any(find(line, 0) is not None for find in _RUNS)


def _encoded(text: str) -> Iterator[tuple[int, int]]:
    """Give the range of each line that holds something encoded."""
    position = 0
    # The hint is found far sooner than a token, of which every one has a hint.
    hint = HINT.search(text)
    runs = [find(text, 0) for find in _RUNS]
    while hint is not None or any(runs):
        first = min(found.start() for found in (hint, *runs) if found is not None)
        start = text.rfind("\n", position, first) + 1 or position
        end = text.find("\n", first)
        end = len(text) if end < 0 else end
        if (
            any(run is not None and run.start() < end for run in runs)
            or TOKEN.search(text, start, end) is not None
        ):
            yield start, end
        position = end + 1
        if hint is not None and hint.start() < position:
            hint = HINT.search(text, position)
        runs = [
            find(text, position) if run is not None and run.start() < position else run
            for find, run in zip(_RUNS, runs, strict=True)
        ]
