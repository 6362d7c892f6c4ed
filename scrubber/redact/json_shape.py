"""
JSON that could be read before can be read after.

A span may begin in one JSON string and end in the next, or cut an escape in half. For a text that
is a JSON document, spans are fitted to its tokens: inside a string, to whole escapes; a number,
whole; nothing else is covered, since what is left (brackets, commas, quotes, `true`, `null`) says
nothing about anyone.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import regex

from scrubber.redact.operators import NUMBER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrubber.types import Span

_TOKEN: Final = regex.compile(
    r""""(?P<string>(?:[^"\\]|\\.)*+)"|(?P<number>-?[0-9][0-9.eE+-]*+)""", regex.VERSION0
)
# The two halves of a surrogate pair are one character: half of it is no valid UTF-8.
_ESCAPE: Final = regex.compile(
    r"\\(?:u[Dd][89ABab][0-9A-Fa-f]{2}\\u[Dd][C-Fc-f][0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|.)",
    regex.VERSION0,
)
_LONGEST_ESCAPE: Final = 12
_LOOKS: Final = {"{": "}", "[": "]", '"': '"'}


def is_json(text: str) -> bool:
    """Tell whether a text is a JSON object, array or string.

    >>> is_json('{"a": 1}'), is_json("{a}"), is_json("17")
    (True, False, False)
    """
    trimmed = text.strip(" \t\r\n")
    if len(trimmed) < 2 or _LOOKS.get(trimmed[0]) != trimmed[-1]:  # noqa: PLR2004  # two delimiters
        return False
    try:
        json.loads(trimmed)
    except (ValueError, RecursionError):
        return False
    return True


def fit_to_tokens(text: str, spans: Sequence[Span]) -> list[Span]:
    """Fit spans to the tokens of a JSON document.

    Args:
        text: a JSON document.
        spans: disjoint, in order.

    Returns:
        Disjoint spans, in order, each inside one string or equal to one number (and then labelled
        so).
    """
    fitted: list[Span] = []
    index = 0
    for token in _TOKEN.finditer(text):
        is_string = token["string"] is not None
        low, high = token.span("string") if is_string else token.span("number")
        while index < len(spans) and spans[index].end <= low:
            index += 1
        at = index
        while at < len(spans) and spans[at].start < high:
            start, end = (low, high)
            if is_string:
                start, end = _whole_escapes(
                    text, low, max(low, spans[at].start), min(high, spans[at].end)
                )
            if fitted and start < fitted[-1].end:
                start = fitted[-1].end
            if start < end:
                label = spans[at].label if is_string else NUMBER
                fitted.append(spans[at]._replace(start=start, end=end, label=label))
            at += 1
    return fitted


def _whole_escapes(text: str, low: int, start: int, end: int) -> tuple[int, int]:
    """Grow a range inside a string that begins at `low` so that it cuts no escape."""
    for escape in _ESCAPE.finditer(text, _escape_free(text, low, start), end + _LONGEST_ESCAPE):
        if escape.start() < start < escape.end():
            start = escape.start()
        if escape.start() < end < escape.end():
            end = escape.end()
    return start, end


def _escape_free(text: str, low: int, position: int) -> int:
    """Give a place before which no escape begins that ends behind a position."""
    place = max(low, position - _LONGEST_ESCAPE)
    while place > low and text[place - 1] == "\\":
        place -= 1
    return place
