"""
Findings in, redacted text out, with a map back.

`replace` puts the placeholder, `mask` puts `*` for every letter and digit, `remove` puts nothing.
`pseudonym` and `hash` put a placeholder that is the same for the same value, `surrogate` a value of
the same format. A number that stands bare where JSON wants a value becomes `0` under each of them:
anything else would break the document around it.

Where a value must not or cannot have a pseudonym, a plain placeholder stands: data, what runs on
for long, a secret under `hash`, everything while there is no key.

Promise: text outside the findings is kept, code point for code point.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import regex

from scrubber.redact.placeholders import (
    FAILED_ENTITY,
    PATH_ENTITY,
    PATH_LABELS,
    nameable,
    placeholder,
)
from scrubber.redact.pseudonyms import Pseudonyms, salted, token_of
from scrubber.redact.surrogates import stands_alone, surrogate
from scrubber.ruleset.model import UNHASHED

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
LONGEST_WHOLE: Final = 256
"""How long a finding that may run on is at most to have a pseudonym, in code points."""
NUMBER_CONTEXT: Final = 22
"""How far before a number is looked to tell whether it stands bare, in code points: `false`, and a
comma between eight blanks on either side."""


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


@dataclass(frozen=True, slots=True)
class Operators:
    """What happens to findings under a policy.

    Attributes:
        policy: which operator an entity has.
        pseudonyms: those of this installation, or what gives them when the first is needed (and
            None when there is no key); None for none.
    """

    policy: Policy
    pseudonyms: Pseudonyms | Callable[[], Pseudonyms | None] | None = None

    def replacement(self, text: str, span: Span) -> str:
        """Give what stands where a finding stood.

        Args:
            text: the text around it.
            span: the finding.

        Returns:
            The replacement; "0" for a bare number where JSON wants a value.
        """
        if span.entity == FAILED_ENTITY:
            return placeholder(span.entity)
        if span.label == NUMBER or bare_number(text, span.start, span.end):
            return NUMBER
        if span.entity == PATH_ENTITY and span.label in PATH_LABELS:
            return span.label
        return OPERATORS[self.policy.operator_for(span.entity)](text, span, self)

    def masking_all(self) -> Operators:
        """Give the same operators with nothing left that could be a finding by itself.

        A mask leaves no end standing, and a pseudonym stands for a surrogate.
        """
        policy = self.policy
        chosen = {entity: _shielded(name) for entity, name in policy.operators.items()}
        policy = replace(policy, keep_last=0, operator=_shielded(policy.operator), operators=chosen)
        return replace(self, policy=policy)

    def digest(self, entity: str, value: str) -> bytes:
        """Give what stands for a value under the key of this installation.

        Args:
            entity: what the value is.
            value: the text as it was found.

        Returns:
            32 bytes, or none when there is no key.
        """
        own = self.pseudonyms
        found = own if own is None or isinstance(own, Pseudonyms) else own()
        return found.digest(entity, value) if found else b""


def apply(text: str, spans: Sequence[Span], operators: Operators) -> Redacted:
    """Run each finding's operator.

    Args:
        text: the text the spans belong to.
        spans: disjoint, in order.
        operators: what happens to them.

    Returns:
        The redacted text and the map back.
    """
    out: list[str] = []
    pieces = []
    cursor = written = 0
    for span in spans:
        new = operators.replacement(text, span)
        kept = text[cursor : span.start]
        out += (kept, new)
        begin = written + len(kept)
        written = begin + len(new)
        pieces.append((span.start, span.end, begin, written))
        cursor = span.end
    out.append(text[cursor:])
    return Redacted("".join(out), tuple(pieces))


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
        "0" <= text[end - 1 : end] <= "9"
        and _NUMBER.fullmatch(text, start, end) is not None
        and _BEFORE_VALUE.search(text, max(0, start - NUMBER_CONTEXT), start) is not None
        and _AFTER_VALUE.match(text, end) is not None
    )


def begins_with_number(text: str, start: int, end: int) -> bool:
    """Tell whether a range is a number behind nothing but blanks: what is before tells its kind."""
    return not text[:start].strip() and _NUMBER.fullmatch(text, start, end) is not None


def _replace(_text: str, span: Span, _operators: Operators) -> str:
    return placeholder(span.entity, span.label)


def _mask(text: str, span: Span, operators: Operators) -> str:
    text = _value(text, span)
    keep_last = operators.policy.keep_last
    keep = keep_last if len(text) > 2 * keep_last else 0
    cut = len(text) - keep
    # Backslashes go even where the rest is kept, for `\*` is no escape that JSON knows; and so do
    # the quotes they escaped.
    masked = _BACKSLASHES.sub(lambda match: "*" * len(match[0]), text)
    return "".join("*" if char.isalnum() else char for char in masked[:cut]) + masked[cut:]


def _remove(_text: str, _span: Span, _operators: Operators) -> str:
    return ""


def _hash(text: str, span: Span, operators: Operators) -> str:
    salt = operators.policy.hash_salt
    if not salt or span.entity in UNHASHED or not _whole(span):
        return placeholder(span.entity, span.label)
    return placeholder(span.entity, token=f"#{salted(salt, span.entity, _value(text, span))}")


def _pseudonym(text: str, span: Span, operators: Operators) -> str:
    digest = operators.digest(span.entity, _value(text, span)) if _whole(span) else b""
    if not digest:
        return placeholder(span.entity, span.label)
    return placeholder(span.entity, token=f"~{token_of(digest)}")


def _surrogate(text: str, span: Span, operators: Operators) -> str:
    value = _value(text, span)
    digest = operators.digest(span.entity, value) if _whole(span) else b""
    new = surrogate(span.entity, value, digest) if digest else ""
    if new and stands_alone(text, span.start, span.end, new):
        return new
    return _pseudonym(text, span, operators)


def _value(text: str, span: Span) -> str:
    return text[span.start : span.end]


def _shielded(operator: str) -> str:
    return "pseudonym" if operator == "surrogate" else operator


def _whole(span: Span) -> bool:
    """Tell whether a finding has a value, and all of it is there.

    What runs on without bound is cut where a stream is cut, but a stream looks further ahead than
    this: what is shorter, with its beginning, is no part of something longer.
    """
    whole = span.blob_start < 0 or (
        span.start <= span.blob_start and span.end - span.start <= LONGEST_WHOLE
    )
    return whole and nameable(span.entity, span.label)


OPERATORS: Final[dict[str, Callable[[str, Span, Operators], str]]] = {
    "replace": _replace,
    "mask": _mask,
    "remove": _remove,
    "hash": _hash,
    "pseudonym": _pseudonym,
    "surrogate": _surrogate,
}
