"""
One rule against one text: the only place that decides what a match is.

Every engine ends here, so engines can differ in where they look and never in what they find. The
rules of the game: the leftmost match is judged; an accepted one continues the search where its span
ends, a refused one at the character after its start, so that a refused candidate never hides the
real one behind it.

A match is judged on its bounded pattern alone. Only then is a blob followed, so that no input makes
the same blob be read twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

import regex

from scrubber.detect.blobs import follow
from scrubber.detect.patterns import compiled
from scrubber.types import ROOT_LABELS, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from scrubber.detect.patterns import Pattern
    from scrubber.ruleset.model import Allowed, Context, Rule
    from scrubber.types import Piece

Ranges: TypeAlias = "Sequence[tuple[int, int]] | None"

LABEL_REACH: Final = 4096
UNFUSED: Final = 4096
ELEMENT_REACH: Final = 512
"""How far behind a label the end of an element of XML is looked for, in code points."""


@dataclass(frozen=True, slots=True)
class Detector:
    """A rule ready to run.

    Attributes:
        rule: the rule.
        validators: the checks its matched text must pass, by name.
        labeller: gives the label of a match from its first 4096 characters, or None.
        allowed: findings of this rule to leave alone.
        threshold: matches below this confidence are refused.
        timeout: the clock's last fuse for one search in a text of more than 4,096 code points, in
            seconds; 0 for none.
        pieces: cuts a match into what is replaced, or None where all of it is.
    """

    rule: Rule
    validators: Mapping[str, Callable[[str], bool]]
    labeller: Callable[[str], str] | None = None
    allowed: tuple[Allowed, ...] = ()
    threshold: float = 0.0
    timeout: float = 0.0
    pieces: Callable[[str], Sequence[Piece]] | None = None


class Verdict(NamedTuple):
    """What became of one candidate.

    Attributes:
        span: what is claimed; for a refused candidate, what would have been.
        accepted: whether it is a match.
        reason: why not, or "".
        context: the rule's context word was near.
        resume: where the search goes on, in code points.
        parts: what is claimed of it, where that is not all of it.
    """

    span: Span
    accepted: bool
    reason: str
    context: bool
    resume: int
    parts: tuple[Span, ...] = ()


def confirm(
    detector: Detector, text: str, *, start: int = 0, ranges: Ranges = None
) -> Iterator[Span]:
    """Find every match of a rule.

    Args:
        detector: the rule, ready to run.
        text: where to look.
        start: where to begin, in code points; look-behinds see what is before.
        ranges: the lines to look in, for a rule that sees one line; None for all.

    Yields:
        Accepted spans, in order of their start.

    Raises:
        TimeoutError: the clock's last fuse blew.
    """
    for verdict in judge_all(detector, text, start=start, ranges=ranges):
        if verdict.accepted:
            yield from verdict.parts or (verdict.span,)


def judge_all(
    detector: Detector, text: str, *, start: int = 0, ranges: Ranges = None
) -> Iterator[Verdict]:
    """Judge every candidate of a rule; see `confirm`."""
    search: Callable[..., Any] = compiled(detector.rule.pattern).search
    # A fuse costs more than a search of a short text, and bounded work needs none there.
    if detector.timeout and len(text) > UNFUSED:
        search = partial(search, timeout=detector.timeout)
    # To a rule that sees one line, a line's end is the edge of the text, and so is `endpos`.
    for low, high in ranges if ranges is not None else ((start, len(text)),):
        start = max(start, low)
        match = search(text, start, high)
        while match is not None:
            verdict = judge(detector, text, match)
            yield verdict
            start = verdict.resume
            match = search(text, start, high)


def judge(detector: Detector, text: str, match: Any) -> Verdict:  # noqa: ANN401  # regex.Match
    """Judge one candidate.

    Args:
        detector: the rule, ready to run.
        text: where the candidate was found.
        match: the match of the rule's pattern.

    Returns:
        The verdict.
    """
    rule = detector.rule
    first = match.start()
    # The only group is `value`: its number is found four times as fast as its name.
    start, end = match.span(1) if rule.has_value else match.span()
    reason, confidence, near = _refusal(detector, text, first, start, end)
    if reason:
        span = Span(start, end, rule.entity, rule.id, confidence)
        return Verdict(span, accepted=False, reason=reason, context=near, resume=first + 1)
    blob_start = -1
    if rule.blob is not None:
        blob_start = match.end()
        end = follow(rule.blob, text, blob_start, timeout=detector.timeout)
    if detector.allowed and any(_covers(one, text[start:end]) for one in detector.allowed):
        span = Span(start, end, rule.entity, rule.id, confidence)
        return Verdict(span, accepted=False, reason="it is allowed", context=near, resume=end)
    if detector.pieces is not None:
        return _cut(detector, match, text[start:end], start)
    label = (
        detector.labeller(text[start : min(end, start + LABEL_REACH)]) if detector.labeller else ""
    )
    match_start = first if first < start else -1
    span = Span(start, end, rule.entity, rule.id, confidence, label, blob_start, match_start)
    return Verdict(span, accepted=True, reason="", context=near, resume=end)


def _behind_root(text: str, start: int) -> bool:
    """Tell whether a path seems to begin where one goes on behind its root: `<home>/work/x`."""
    if text[start : start + 1] not in {"/", "\\", "%"} or not text.endswith(ROOT_LABELS, 0, start):
        return False
    # An element of XML is closed again: `<home>/home/jane</home>` of Maven.
    element = text[text.rindex("<", 0, start) + 1 : start]
    return f"</{element}" not in text[start : start + ELEMENT_REACH].partition("\n")[0]


def _refusal(
    detector: Detector, text: str, match_start: int, start: int, end: int
) -> tuple[str, float, bool]:
    """Give why a candidate is no match, or ""; its confidence; and if a context word is near."""
    rule = detector.rule
    value = text[start:end]
    near = False
    if text[match_start - 1 : match_start] == ">" and _behind_root(text, match_start):
        return "it is the rest of a canonical path", rule.confidence, near
    for name in rule.validators:
        if not detector.validators[name](value):
            return f"the check {name} refuses it", rule.confidence, near
    confidence = rule.confidence
    if rule.context is not None:
        near = context_near(rule.context, text, start, end)
        if near:
            confidence = rule.context.boosted(confidence)
        elif rule.context.required:
            return "none of its context words is near", confidence, near
    if confidence < detector.threshold:
        return "its confidence is below the policy's", confidence, near
    return "", confidence, near


def _cut(detector: Detector, match: Any, value: str, start: int) -> Verdict:  # noqa: ANN401
    """Judge a match of which only pieces are replaced."""
    rule = detector.rule
    whole = Span(start, start + len(value), rule.entity, rule.id, rule.confidence)
    parts = tuple(
        Span(
            start + piece.start,
            start + piece.end,
            piece.entity,
            rule.id,
            rule.confidence,
            piece.label,
            match_start=match.start() if match.start() < start + piece.start else -1,
            whole_end=whole.end,
        )
        for piece in (detector.pieces(value) if detector.pieces else ())
    )
    reason = "" if parts else "nothing in it is replaced"
    end = max(whole.end, match.start() + 1)
    return Verdict(whole, bool(parts), reason, context=False, resume=end, parts=parts)


def context_near(context: Context, text: str, start: int, end: int) -> bool:
    """Tell whether a context word stands near a range, on the same line.

    Args:
        context: the words and the window.
        text: where to look.
        start: where the range begins.
        end: one past where it ends.

    Returns:
        Whether a word is wholly inside the window before or after the range.
    """
    line_start = text.rfind("\n", max(0, start - context.window), start) + 1
    line_end = text.find("\n", end, end + context.window)
    before = max(line_start, start - context.window)
    after = line_end if line_end >= 0 else end + context.window
    words = _words(context.words)
    if words.search(text, before, start):
        return True
    # Not `endpos=after`: a word that goes on behind the window would seem to end there.
    return any(word.end() <= after for word in words.finditer(text, end, after + 1))


@lru_cache(maxsize=1024)
def _words(words: tuple[str, ...]) -> Pattern:
    choices = "|".join(regex.escape(word) for word in sorted(words, key=len, reverse=True))
    return compiled(f"(?<![A-Za-z0-9])(?i:{choices})(?![A-Za-z0-9])")


def _covers(allowed: Allowed, value: str) -> bool:
    if allowed.pattern:
        return compiled(allowed.pattern).fullmatch(value) is not None
    return value == allowed.value
