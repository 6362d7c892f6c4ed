"""A target: decoded views. Ranges stay in the text, in order, and what was encoded is read again.

The first byte chooses an encoding of the table, the rest is the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrubber.decoding import decodable, decoded_views, encoded_lines
from scrubber.encodings import ENCODINGS
from tests.fuzz.broken import holds

if TYPE_CHECKING:
    from scrubber.decoding import Decoded

_NAMES = tuple(sorted(ENCODINGS))


def check(data: bytes) -> None:
    """Check the promises of decoding.

    Args:
        data: a byte for the encoding, and a text.

    Raises:
        BrokenError: one does not hold.
    """
    encoding = ENCODINGS[_NAMES[data[0] % len(_NAMES)] if data else "raw"]
    text = data[1:].decode("utf-8", "surrogateescape")
    views = decoded_views(text)
    for view in views:
        _maps(view, text)
    ranges = encoded_lines(text)
    start = 0
    for line in text.split("\n"):
        inside = any(low <= start and start + len(line) <= high for low, high in ranges)
        holds("a line with views is told", inside or not decoded_views(line))
        holds("a line is told alike alone", decodable(line) == inside or not line)
        start += len(line) + 1
    # A text that looks encoded by itself is decoded further, and base64 needs twelve bytes.
    if encoding.preserving and not encoding.name.startswith("base64") and not views:
        written = encoding.encode(text)
        read = {written, *(view.text for view in decoded_views(written))}
        holds("what was encoded is read", text in read)


def _maps(view: Decoded, text: str) -> None:
    """Check the map of one view back to the raw text."""
    length = len(view.text)
    ranges = [view.span(at, at + 1) for at in range(length)]
    # The line feed between two stretches of base64 was written by nothing.
    holds("a range is in the text", all(0 <= a <= b <= len(text) for a, b in ranges))
    empty = {view.text[at] for at, (a, b) in enumerate(ranges) if a == b}
    holds("a character was written by something", empty <= {"\n"})
    holds("maps are monotone", ranges == sorted(ranges))
    holds("ends are monotone", [b for _, b in ranges] == sorted(b for _, b in ranges))
    if length:
        whole = view.span(0, length)
        holds("a range covers its characters", whole == (ranges[0][0], ranges[-1][1]))
    parent = text if view.parent is None else view.parent.text
    for at in range(0, len(parent), max(len(parent) // 16, 1)):
        low, high = view.widen(at, at + 1)
        holds("a wider range holds the range", 0 <= low <= at < high <= len(parent))
        holds("a wider range is wide enough", view.widen(low, high) == (low, high))
