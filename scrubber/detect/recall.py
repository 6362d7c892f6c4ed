r"""
What rules claim in a line, recalled by its shape.

The lines of a log that hold something come again with other numbers: the address of another host,
the port, the time. What a rule that tells no digits apart matches in one of them it matches in all
of that shape, so it is tried on the first. What is left to do for the others is what can differ:
the checks of what was matched, and the rules that do tell digits apart.

Kept are shapes and ranges, no text; nothing of it leaves the process.

A line is looked at as it is when its shape comes first, and learnt from when it comes again.

Promise: what is claimed is what `confirm` claims, rule by rule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from scrubber.detect.confirm import confirm, judge_all
from scrubber.detect.patterns import told
from scrubber.ruleset.blind import blind
from scrubber.ruleset.literals import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from scrubber.detect.confirm import Detector, Verdict
    from scrubber.detect.gate import Chosen
    from scrubber.types import Span

MOST_WAYS: Final = 4
"""How many ways the checks of one shape may go before it is looked at anew each time."""


class Check(NamedTuple):
    """What the checks of a rule said of a range.

    Attributes:
        start: first code point.
        end: one past the last one.
        checks: its checks, in their order.
        passed: whether it passed all of them.
    """

    start: int
    end: int
    checks: tuple[Callable[[str], bool], ...]
    passed: bool


class Claims(NamedTuple):
    """What is claimed in lines of one shape.

    Attributes:
        checks: what must come out the same in a line.
        spans: what is claimed if it does.
        others: the detectors that have to be asked each time.
    """

    checks: tuple[Check, ...]
    spans: tuple[Span, ...]
    others: Chosen


class Recall:
    """What was claimed in lines of one shape."""

    def __init__(self, chosen: Chosen, *, encoded: bool) -> None:
        """Begin with nothing remembered.

        Args:
            chosen: the detectors that lines of the shape may concern.
            encoded: whether something encoded may stand in them.
        """
        self.encoded = encoded
        self._chosen = chosen
        self._ways: list[Claims] = []
        self._seen = False

    def claimed(self, text: str) -> list[Span]:
        """Give what the detectors claim in a line.

        Args:
            text: a line of the shape.

        Returns:
            The spans, in no particular order.

        Raises:
            TimeoutError: the clock's last fuse blew.
        """
        if not self._chosen:
            return []
        if not self._seen:
            # Most shapes are seen once, and learning takes longer than looking.
            self._seen = True
            return [
                span
                for detector, ranges in self._chosen
                for span in confirm(detector, text, ranges=ranges)
            ]
        for claims in self._ways:
            if holds(claims, text):
                break
        else:
            claims = learnt(text, self._chosen)
            if len(self._ways) < MOST_WAYS:
                self._ways.append(claims)
        found = [*claims.spans]
        for detector, ranges in claims.others:
            found += confirm(detector, text, ranges=ranges)
        return found


def learnt(text: str, chosen: Chosen) -> Claims:
    """Try detectors on a line; say what holds for all lines of its shape.

    Args:
        text: the line.
        chosen: the detectors.

    Returns:
        What is claimed.
    """
    shape = folded(text)
    checks: dict[Check, None] = {}
    spans: list[Span] = []
    others = []
    for detector, ranges in chosen:
        if not sees_no_digits(detector, shape):
            others.append((detector, ranges))
            continue
        for verdict in judge_all(detector, text, ranges=ranges):
            checks.update(dict.fromkeys(_checks(detector, verdict, text)))
            if verdict.accepted:
                spans.append(verdict.span)
    return Claims(tuple(checks), tuple(spans), tuple(others))


def sees_no_digits(detector: Detector, shape: str) -> bool:
    """Tell whether what a detector claims depends on a line's shape and its checks alone.

    Args:
        detector: the detector.
        shape: the shape of the line, in lower case.
    """
    rule = detector.rule
    if rule.blob or detector.pieces or detector.labeller or detector.allowed:
        return False
    words = rule.context.words if rule.context else ()
    return blind(told(rule.pattern), shape) and not any(map(_has_digit, words))


def holds(claims: Claims, text: str) -> bool:
    """Tell whether all checks of a line come out as they did before."""
    for start, end, checks, before in claims.checks:
        value = text[start:end]
        if passed(checks, value) is not before:
            return False
    return True


def passed(checks: Iterable[Callable[[str], bool]], value: str) -> bool:
    """Tell whether a value passes all checks."""
    return all(check(value) for check in checks)


def _checks(detector: Detector, verdict: Verdict, text: str) -> Sequence[Check]:
    """Give what has to be checked in other lines: nothing where they have the same there."""
    start, end = verdict.span.start, verdict.span.end
    value = text[start:end]
    if not detector.rule.validators or not _has_digit(value):
        return ()
    checks = tuple(detector.validators[name] for name in detector.rule.validators)
    return (Check(start, end, checks, passed(checks, value)),)


def _has_digit(text: str) -> bool:
    return any(map(str.isdecimal, text))
