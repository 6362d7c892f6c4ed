"""
The lines that concern one person, without what they say of others.

Everything a scrubber finds in such a line goes, but for the person's own identifiers where they can
be read as they stand; in base64 the bits of a neighbour would stay, so there they go, too. So do
words with NULs in them, which no rule reads. A name
that is part of something longer stays alone: of `https://example.com/~jane?to=bob@example.com` a
person known as `jane` keeps `jane`.

Promise: a character that the scrubber would remove is in the output only if it is a part of the
person's own identifier. A line that could not be scrubbed is a marker.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scrubber.errors import ScrubberError
from scrubber.redact.operators import Operators, apply
from scrubber.redact.placeholders import FAILED
from scrubber.retention.spellings import ENTITY
from scrubber.ruleset.model import Policy
from scrubber.types import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from scrubber.pipeline import Scrubber
    from scrubber.retention.person import Person, Place
    from scrubber.retention.windows import Window
    from scrubber.types import Finding

TOO_LONG = "[line too long to be shown]"
"""What stands for a line that is longer than a window."""

_WORD = re.compile(r"\S+")
_PLAIN = Operators(Policy("export", "Placeholders only.", ner="off"))


@dataclass(frozen=True, slots=True)
class Concerning:
    """A line that concerns the person.

    Attributes:
        number: the line, from 1.
        text: the line, scrubbed of everyone else, without its newline.
        kinds: which kinds of identifiers stand in it, one for each place.
        failed: it could not be scrubbed, or was too long: a marker stands for it.
    """

    number: int
    text: str
    kinds: tuple[str, ...] = ()
    failed: bool = False


def _no_fields(_line: str) -> Sequence[Span]:
    """Find nothing."""
    return ()


def concerning(
    window: Window,
    person: Person,
    scrubber: Scrubber,
    *,
    fields: Callable[[str], Sequence[Span]] = _no_fields,
) -> Iterator[Concerning]:
    """Give the lines of a window that concern a person.

    Args:
        window: the lines.
        person: finds the person.
        scrubber: finds everyone else.
        fields: finds what else is in one line by what the line is: an event, say. The line is a
            marker where it raises a `ScrubberError`.

    Yields:
        The lines, in order.

    Raises:
        InputError: the person could not be searched for.
    """
    own = [one for one in person.places(window.text) if one.end > window.start]
    own = [one for one in own if one.start < window.end]
    if not own:
        return
    if window.too_long:
        yield Concerning(window.first, TOO_LONG, tuple(one.kind for one in own), failed=True)
        return
    try:
        found = scrubber.scan(window.text)
    except ScrubberError:
        found = None
    number, start = window.first, window.start
    while start < window.end:
        end = window.text.find("\n", start, window.end)
        end = window.end if end < 0 else end
        mine = [one for one in own if one.start < end and one.end > start]
        if mine:
            line = window.text[start:end]
            try:
                inside = [span.moved(start) for span in fields(line)]
                torn = [span.moved(start) for span in _torn(line)]
            except ScrubberError:
                yield Concerning(number, FAILED, tuple(one.kind for one in mine), failed=True)
            else:
                told = None if found is None else _with(_with(found, inside), torn)
                yield _line(window.text, start, end, number, mine, told)
        number, start = number + 1, end + 1


def _line(  # noqa: PLR0913, PLR0917  # a line, where it is, and what is in it
    text: str,
    start: int,
    end: int,
    number: int,
    own: Sequence[Place],
    found: Sequence[Finding | Span] | None,
) -> Concerning:
    kinds = tuple(one.kind for one in own)
    if found is None:
        return Concerning(number, FAILED, kinds, failed=True)
    others = [
        Span(max(one.start, start), min(one.end, end), one.entity, one.rule_id, one.confidence)
        for one in found
        if one.start < end and one.end > start
    ]
    kept = [(one.start, one.end) for one in own if one.readable]
    left = [part for one in others for part in _without(one, kept)]
    hidden = [
        part
        for one in own
        if not one.readable
        for part in _without(
            Span(max(one.start, start), min(one.end, end), ENTITY, "subject", 1.0),
            [(span.start, span.end) for span in left],
        )
    ]
    spans = sorted(span.moved(-start) for span in (*left, *hidden))
    redacted = apply(text[start:end].removesuffix("\r"), _inside(spans, text, start, end), _PLAIN)
    return Concerning(number, redacted.text, kinds)


def _torn(line: str) -> list[Span]:
    """Find the words with NULs in them: UTF-16 or a hole, in which nobody could be looked for."""
    if "\0" not in line:
        return []
    words = (match for match in _WORD.finditer(line) if "\0" in match[0])
    return [Span(*match.span(), "BINARY", "export.nul", 1.0) for match in words]


def _with(found: Sequence[Finding | Span], more: Sequence[Span]) -> list[Finding | Span]:
    """Give findings, and what is left of spans outside of them."""
    known = [(one.start, one.end) for one in found]
    left = [part for span in more for part in _without(span, known)]
    return sorted((*found, *left), key=lambda one: one.start)


def _inside(spans: Sequence[Span], text: str, start: int, end: int) -> list[Span]:
    """Give spans of a line without its carriage return."""
    length = len(text[start:end].removesuffix("\r"))
    cut = (span._replace(end=min(span.end, length)) for span in spans)
    return [span for span in cut if span.end > span.start]


def _without(span: Span, holes: Sequence[tuple[int, int]]) -> Iterator[Span]:
    """Give what is left of a span outside of disjoint ranges, in order."""
    at = span.start
    for low, high in holes:
        if high <= at or low >= span.end:
            continue
        if low > at:
            yield span._replace(start=at, end=low)
        at = max(at, high)
    if at < span.end:
        yield span._replace(start=at, end=span.end)
