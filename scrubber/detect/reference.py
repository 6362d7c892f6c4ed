"""
The reference engine: every rule on every view of a text, nothing skipped.

It is the specification. What it finds is what the package finds; any other engine must give the same spans.

A *view* is the text with layers of encodings undone (percent, escapes, entities, colours, base64), so that a rule written
for plain text is found however a report wrote it. The rejected alternative, spelling every encoding out in every
pattern, cannot know a JSON string inside a repr inside a query.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scrubber.decoding import decoded_views
from scrubber.detect.confirm import confirm
from scrubber.detect.edges import whole_escapes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrubber.detect.confirm import Detector
    from scrubber.types import Span


def find(detectors: Sequence[Detector], text: str, *, start: int = 0) -> list[Span]:
    """Find what every rule claims in a text.

    Args:
        detectors: the rules, ready to run.
        text: where to look.
        start: spans that begin before this code point are not wanted; what is before is context.

    Returns:
        The spans, in no particular order, overlapping where rules overlap.

    Raises:
        TimeoutError: the clock's last fuse blew.
    """
    spans = [
        span for detector in detectors for span in confirm(detector, text, start=start)
    ]
    views = decoded_views(text)
    if not views:
        return spans
    decoded = []
    for view in views:
        for detector in detectors:
            for span in confirm(detector, view.text):
                raw_start, raw_end = view.span(span.start, span.end)
                if raw_start >= start:
                    blob_start = view.span(0, span.blob_start)[1] if span.blob_start > 0 else -1
                    decoded.append(
                        replace(span, start=raw_start, end=raw_end, blob_start=blob_start)
                    )
    return whole_escapes(text, spans, decoded) + decoded
