"""
A span never cuts an escape sequence.

A rule that runs on raw text may begin inside one: in `\\u003cjane` the word is `u003cjane`. Edges are moved outwards,
never inwards: `C:\\Users\\xabel` looks like an escape too, and a letter too much is damage where one too few is a leak.
One-letter escapes (`\\n`) are left to the rules, because `\\Users\\nancy` is the common case.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import regex

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scrubber.types import Span

_ESCAPE: Final = regex.compile(
    r"\\x[0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}|%[0-9A-Fa-f]{2}|&(?:#[0-9]{2,7}|#[xX][0-9A-Fa-f]{2,6}|[a-z]{2,8});",
    regex.VERSION0 | regex.ASCII,
)
_LONGEST: Final = 10


def whole_escapes(text: str, spans: Iterable[Span], decoded: Iterable[Span]) -> list[Span]:
    """Grow spans of raw text so that their edges cut no escape sequence.

    Args:
        text: the raw text of the spans.
        spans: spans found in it as it stands.
        decoded: spans found in its views, in raw positions; one that begins where the escape ends
            and covers the rest has read the escape right, and the raw span is dropped for it.

    Returns:
        The spans, each beginning earlier or ending later by less than 10 code points where it cut
        an escape.
    """
    exact = {(span.rule_id, span.start): span.end for span in decoded}
    whole = []
    for span in spans:
        start = _straddled(text, span.start)
        end = _straddled(text, span.end)
        if start is None and end is None:
            whole.append(span)
            continue
        if start and end is None and exact.get((span.rule_id, start[1]), -1) >= span.end:
            continue
        low = start[0] if start else span.start
        high = end[1] if end else span.end
        whole.append(replace(span, start=low, end=high))
    return whole


def _straddled(text: str, position: int) -> tuple[int, int] | None:
    low = max(0, position - _LONGEST)
    for escape in _ESCAPE.finditer(text, low, position + _LONGEST):
        if escape.start() < position < escape.end():
            return escape.span()
    return None
