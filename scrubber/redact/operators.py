"""
Findings in, redacted text out, with a map back.

`replace` puts the placeholder, `mask` puts `*` for every letter and digit, `remove` puts nothing. A
number that stands bare where JSON wants a value becomes `0` under each of them: anything else would
break the document around it.

Promise: text outside the findings is kept, code point for code point.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import regex

from scrubber.redact.placeholders import FAILED_ENTITY, placeholder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scrubber.ruleset.model import Policy
    from scrubber.types import Span

NUMBER: Final = "0"
_NUMBER: Final = regex.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_BEFORE_VALUE: Final = regex.compile(
    r"""(?:["']\s{0,8}:|\[|(?:["'}\]0-9]|true|false|null)\s{0,8},)\s{0,8}\Z"""
)
_AFTER_VALUE: Final = regex.compile(r"\s{0,8}(?:[,}\]]|\Z|\n)")
_BACKSLASHES: Final = regex.compile(r'\\"?', regex.VERSION0)
NUMBER_CONTEXT: Final = 20
"""How far before a number is looked to tell whether it stands bare, in code points."""


@dataclass(frozen=True, slots=True)
class Redacted:
    """A text after its operators ran.

    Attributes:
        text: the redacted text.
        pieces: for each finding, in order: where it began and ended before, where its replacement
            begins and ends now.
    """

    text: str
    pieces: tuple[tuple[int, int, int, int], ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Map a range of the redacted text back to the text before.

        Args:
            start: first code point, in the redacted text.
            end: one past the last one.

        Returns:
            The range before; an edge inside a replacement goes to the edge of what it replaced.
        """
        return self._before(start, edge=0), self._before(end, edge=1)

    def _before(self, position: int, *, edge: int) -> int:
        # A start looks for the last piece that begins at or before it, an end for the last that
        # begins before it.
        key = position if edge == 0 else position - 1
        index = bisect_right(self.pieces, key, key=lambda piece: piece[2]) - 1
        if index < 0:
            return position
        _, old_end, _, new_end = self.pieces[index]
        if position < new_end or (edge == 1 and position <= new_end):
            return self.pieces[index][edge]
        return old_end + (position - new_end)


def apply(text: str, spans: Sequence[Span], policy: Policy) -> Redacted:
    """Run each finding's operator.

    Args:
        text: the text the spans belong to.
        spans: disjoint, in order.
        policy: which operator an entity has.

    Returns:
        The redacted text and the map back.
    """
    out: list[str] = []
    pieces = []
    cursor = written = 0
    for span in spans:
        new = replacement(text, span, policy)
        kept = text[cursor : span.start]
        out += (kept, new)
        begin = written + len(kept)
        written = begin + len(new)
        pieces.append((span.start, span.end, begin, written))
        cursor = span.end
    out.append(text[cursor:])
    return Redacted("".join(out), tuple(pieces))


def replacement(text: str, span: Span, policy: Policy) -> str:
    """Give what stands where a finding stood.

    Args:
        text: the text around it.
        span: the finding.
        policy: which operator its entity has.

    Returns:
        The replacement; "0" for a bare number where JSON wants a value.
    """
    if span.entity == FAILED_ENTITY:
        return placeholder(span.entity)
    if span.label == NUMBER or bare_number(text, span.start, span.end):
        return NUMBER
    operator = OPERATORS[policy.operator_for(span.entity)]
    return operator(text[span.start : span.end], span, policy)


def bare_number(text: str, start: int, end: int) -> bool:
    """Tell whether a range is a whole number where JSON wants a value.

    Args:
        text: the text around it.
        start: where it begins.
        end: one past its end.

    Returns:
        Whether it is a number after `"key":`, `[` or `,` and before `,`, `}`, `]` or the line's
        end.
    """
    return (
        _NUMBER.fullmatch(text, start, end) is not None
        and _BEFORE_VALUE.search(text, max(0, start - NUMBER_CONTEXT), start) is not None
        and _AFTER_VALUE.match(text, end) is not None
    )


def _replace(_text: str, span: Span, _policy: Policy) -> str:
    return placeholder(span.entity, span.label)


def _mask(text: str, _span: Span, policy: Policy) -> str:
    keep = policy.keep_last if len(text) > 2 * policy.keep_last else 0
    cut = len(text) - keep
    # Backslashes go even where the rest is kept, for `\*` is no escape that JSON knows; and so do
    # the quotes they escaped.
    masked = _BACKSLASHES.sub(lambda match: "*" * len(match[0]), text)
    return "".join("*" if char.isalnum() else char for char in masked[:cut]) + masked[cut:]


def _remove(_text: str, _span: Span, _policy: Policy) -> str:
    return ""


OPERATORS: Final[dict[str, Callable[[str, Span, Policy], str]]] = {
    "replace": _replace,
    "mask": _mask,
    "remove": _remove,
}
