"""
The reference engine: every rule on every view of a text.

It is the specification. What it finds is what the package finds; any other engine must give the
same spans. Given a plain sequence of rules it skips nothing; given `Gated` ones it skips those
whose words a view lacks, or the line of it.

A *view* is the text with layers of encodings undone (percent, escapes, entities, colours, base64),
so that a rule written for plain text is found however a report wrote it. The rejected alternative,
spelling every encoding out in every pattern, cannot know a JSON string inside a repr inside a
query.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from scrubber.decoding import decoded_views
from scrubber.detect.confirm import confirm
from scrubber.detect.gate import claimed, concerning, parts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scrubber.decoding import Decoded
    from scrubber.detect.confirm import Detector
    from scrubber.types import Span


def find(detectors: Sequence[Detector], text: str, *, start: int = 0) -> list[Span]:
    """Find what every rule claims in a text.

    Args:
        detectors: the rules, ready to run.
        text: where to look.
        start: matches that begin before this code point are not wanted; what is before is context.
            A span may begin in it by the rest of an escape it covers.

    Returns:
        The spans, in no particular order, overlapping where rules overlap.

    Raises:
        TimeoutError: the clock's last fuse blew.
    """
    raw, encoded = claimed(detectors, text, start)
    if not encoded:
        return raw
    # Rules over several lines see the views of the whole text, line rules those of the lines that
    # have any.
    single, several = parts(detectors)
    ids = {one.rule.id for one in several}
    found = with_views(
        text, [span for span in raw if span.rule_id in ids], _finding(several), start
    )
    rest = sorted(span for span in raw if span.rule_id not in ids)
    cursor = 0
    for low, high in encoded:
        first = bisect_left(rest, low, cursor, key=_start)
        found += rest[cursor:first]
        cursor = bisect_left(rest, high, first, key=_start)
        inside = [span.moved(-low) for span in rest[first:cursor]]
        within = with_views(text[low:high], inside, _finding(single), start - low)
        found += [span.moved(low) for span in within]
    return found + rest[cursor:]


def _start(span: Span) -> int:
    return span.start


def _finding(detectors: Sequence[Detector]) -> Callable[[str, int], list[Span]] | None:
    """Give what finds what detectors claim in a view; None where there are none."""
    if not detectors:
        return None

    def claim(text: str, start: int) -> list[Span]:
        return [
            one
            for by, ranges in concerning(detectors, text)
            for one in confirm(by, text, start=start, ranges=ranges)
        ]

    return claim


def with_views(
    text: str, raw: list[Span], claim: Callable[[str, int], list[Span]] | None, start: int = 0
) -> list[Span]:
    """Add what is claimed in the views of a text to what is claimed in the text as it stands.

    Args:
        text: the text.
        raw: what is claimed in it as it stands.
        claim: (view, start) -> what is claimed in a view, from a place on; None for nothing.
        start: what begins before this code point of the text is not wanted.

    Returns:
        The spans, in places of the text.
    """
    views = decoded_views(text) if claim is not None else []
    if claim is None or not views:
        return raw
    found = _placed(raw, None, views)
    for view in views:
        # Begun in the context, a match that is none there could hide one behind `start`.
        first = _place_in(view, start)
        found += _placed(claim(view.text, first), view, views)
    ends: dict[tuple[str, int], int] = {}
    wholes: dict[int, int] = {}
    for span, _ in found:
        place = (span.rule_id, span.start)
        ends[place] = max(ends.get(place, 0), span.end)
        if span.whole_end >= 0:
            wholes[span.low] = max(wholes.get(span.low, 0), span.whole_end)
    return [
        span
        for span, after in found
        if ends.get((span.rule_id, after), 0) < span.end
        and (span.whole_end < 0 or span.whole_end == wholes[span.low])
    ]


def _place_in(view: Decoded, start: int) -> int:
    """Give the first place of a view that was written at or behind a raw position."""
    if start <= 0:
        return 0
    return bisect_left(range(len(view.text)), start, key=lambda at: view.span(at, at)[0])


def _placed(
    spans: Sequence[Span], view: Decoded | None, views: Sequence[Decoded]
) -> list[tuple[Span, int]]:
    r"""Place the spans of one view in the raw text, beside where an escape ends that they began in.

    A span that begins or ends inside an escape grows to cover it: in `\u003cjane@example.com` the
    text as it stands has the word `u003cjane`. If a deeper view has a span that begins where that
    escape ends, it has read the escape right, and the grown one is not needed. Where there is none
    (a folder `\xabel`), it is: a letter too much is damage, one too few is a leak.
    """
    layers = _layers_of(view)
    layer = next((one for one in views if one.parent is view and one.escapes), None)
    found = []
    for span in spans:
        low, high, after = span.start, span.end, -1
        match_start, blob_start = span.match_start, span.blob_start
        whole_end = span.whole_end
        if layer is not None:
            low, high = layer.widen(low, high)
            after = layer.widen(span.start, span.start)[1] if low < span.start else -1
        if view is not None:
            low, high = view.span(low, high)
            after = view.span(after, after)[0] if after >= 0 else -1
            blob_start = view.span(blob_start - 1, blob_start)[1] if blob_start > 0 else -1
            match_start = view.span(match_start, match_start)[0] if match_start >= 0 else -1
            whole_end = view.span(whole_end - 1, whole_end)[1] if whole_end > 0 else -1
        placed = span._replace(
            start=low,
            end=high,
            blob_start=blob_start,
            match_start=match_start,
            layers=layers,
            whole_end=whole_end,
        )
        found.append((placed, after))
    return found


def _layers_of(view: Decoded | None) -> int:
    """Count the layers of a view, or give -1 when one of them is base64."""
    layers = 0
    while view is not None:
        if not view.escapes:
            return -1
        layers += 1
        view = view.parent
    return layers
