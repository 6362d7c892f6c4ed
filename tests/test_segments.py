"""All stages on one segment: closed when a stage fails, closed under detection, JSON kept."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from scrubber.detect import reference
from scrubber.errors import BudgetError
from scrubber.redact.operators import Operators
from scrubber.redact.placeholders import FAILED_ENTITY, Grammar
from scrubber.ruleset.model import Policy, Rule
from scrubber.segments import (
    FAILED_RULE,
    Stages,
    failed_lines,
    fit_json,
    line_ranges,
)
from tests.small_rules import (
    AFTER_KEY,
    CARD,
    EMAIL,
    MASKED,
    POLICY,
    REMOVED,
    TWO_LINES,
    detector,
    rule,
    span,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scrubber.detect.confirm import Detector
    from scrubber.types import Span


def stages(
    *rules: Rule, policy: Policy = POLICY, engine: Callable[..., list[Span]] = reference.find
) -> Stages:
    """Wire stages by hand."""
    ready = [detector(one) for one in rules]
    return Stages(
        tuple(one for one in ready if not one.rule.multiline),
        tuple(one for one in ready if one.rule.multiline),
        engine,
        Grammar(one.entity for one in rules),
        Operators(policy),
    )


def settled(wired: Stages, text: str, *, start: int = 0) -> str:
    """Detect and settle; give the redacted text."""
    return wired.settle(text, wired.detect(text, start=start), start=start)[1].text


@pytest.mark.parametrize(
    ("text", "start", "expected"),
    [
        ("", 0, []),
        ("a", 0, [(0, 1)]),
        ("a\n", 0, [(0, 1)]),
        ("a\n\nb", 0, [(0, 1), (2, 2), (3, 4)]),
        ("aa\nbb", 4, [(3, 5)]),
        ("aa\nbb", 2, [(0, 2), (3, 5)]),
    ],
)
def test_line_ranges_begin_with_the_line_of_the_start(
    text: str, start: int, expected: list[tuple[int, int]]
) -> None:
    """A line's range has no newline."""
    assert list(line_ranges(text, start)) == expected


def test_failed_lines_keep_newlines_and_context() -> None:
    """Each line of the range is claimed, but none of it before the range, and no empty line."""
    claims = failed_lines("aa\nbb\n\ncc\ndd", 4, 9)
    assert [(one.start, one.end) for one in claims] == [(4, 5), (7, 9)]
    assert {(one.entity, one.rule_id) for one in claims} == {(FAILED_ENTITY, FAILED_RULE)}


def fails_on(word: str) -> Callable[..., list[Span]]:
    """Make an engine that fails on a text with a word in it, as a fuse that blows does."""

    def engine(detectors: Sequence[Detector], text: str, *, start: int = 0) -> list[Span]:
        if word in text:
            raise TimeoutError
        return reference.find(detectors, text, start=start)

    return engine


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a@b x\nslow c@d\ne@f", "[email] x\n[scrub-failed]\n[email]"),
        ("slow", "[scrub-failed]"),
        ("a@b\n\nslow\n", "[email]\n\n[scrub-failed]\n"),
        ("a@b\r\nslow\r\nc@d", "[email]\r\n[scrub-failed]\n[email]"),
    ],
)
def test_a_line_that_fails_is_a_marker_and_the_others_are_scrubbed(
    text: str, expected: str
) -> None:
    """Promise 1, and no more damage than that."""
    assert settled(stages(EMAIL, engine=fails_on("slow")), text) == expected


def test_a_rule_over_several_lines_that_fails_takes_all_lines() -> None:
    """Where it would have matched is not known."""
    wired = stages(EMAIL, TWO_LINES, engine=fails_on("slow"))
    assert settled(wired, "a@b x\nslow\n\ny") == "[scrub-failed]\n[scrub-failed]\n\n[scrub-failed]"


def test_a_failure_in_a_segment_leaves_its_context_alone() -> None:
    """What is before the start is not claimed."""
    wired = stages(EMAIL, engine=fails_on("slow"))
    claims = wired.detect("xx slow\nslow a@b", start=3)
    assert [(one.start, one.end) for one in claims] == [(3, 7), (8, 16)]


def test_settle_scans_what_it_left() -> None:
    """A finding that only the redaction makes is one too."""
    behind = rule("BEHIND", r"\] [a-z]{1,8}+ !")
    assert settled(stages(EMAIL, behind), "a@b.cd!") == "[email]!"
    joined = stages(rule("A", "%%"), rule("B", "x{4}"), policy=REMOVED)
    assert settled(joined, "1xx%%xx2") == "12"
    assert settled(joined, "1xx%%x%%%%x2\nxx%%\nxx") == "12\nxx\nxx"


GROWING = [
    ("eats what is behind it", rule("SECRET", r"(?:k=|\]) [a-z]{1,3}"), "k=aaabbb ccc"),
    ("matches what it writes", rule("SECRET", "secret | aaa"), "aaa secret"),
    ("matches a placeholder", rule("SECRET", r"\[secret\] | aaa"), "aaa [secret]"),
    ("matches stars", rule("SECRET", r"[a*]{3}"), "aaa ***"),
    ("matches zero", rule("SECRET", r"[0-9]{1,3}"), "[1, 22, 333, 0]"),
]  # fmt: skip


@pytest.mark.parametrize("operator", ["replace", "mask", "remove"])
@pytest.mark.parametrize("keep_last", [0, 1, 2])
@pytest.mark.parametrize(("own", "text"), [g[1:] for g in GROWING], ids=[g[0] for g in GROWING])
def test_what_settled_stands_still(own: Rule, text: str, operator: str, keep_last: int) -> None:
    """Promise 4 for rules that match what they, or others, leave."""
    wired = stages(own, policy=Policy("p", operator=operator, keep_last=keep_last))
    once = settled(wired, text)
    assert settled(wired, once) == once


def test_an_end_that_a_mask_kept_and_that_is_found_again_is_masked() -> None:
    """Otherwise a second scrubbing would mask it."""
    digits = rule("CARD", "[0-9]{8,12}+")
    last = rule("PIN", "(?<![0-9]) [0-9]{4} (?![0-9])")
    kept = Policy("p", operator="mask", keep_last=4)
    assert settled(stages(digits, policy=kept), "x 123456789012") == "x ********9012"
    assert settled(stages(digits, last, policy=kept), "x 123456789012") == "x ************"


def test_a_text_that_does_not_stand_still_is_refused() -> None:
    """After 16 rounds it is closed, by whoever asked."""
    eater = rule("SECRET", r"(?:k=|\]) (?P<value> [a-z] )")
    wired = stages(eater)
    assert settled(wired, "k=" + "a" * 10) == "k=[secret]" + "[secret]" * 9
    with pytest.raises(BudgetError):
        settled(wired, "k=" + "a" * 40)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[email] a@b", "[email] [email]"),
        ("a@[email]", "a@[email]"),
        ("key= [email]", "key= [email]"),
        ("[user:a@b]", "[user:[email]]"),
        ("[[email]a@b]", "[[email][email]]"),
    ],
)
def test_placeholders_are_left_alone(text: str, expected: str) -> None:
    """Spans are cut around them."""
    assert settled(stages(EMAIL, AFTER_KEY), text) == expected


def test_what_is_before_the_start_is_context() -> None:
    """It is seen, not touched; a rule that reaches into it keeps what is behind."""
    wired = stages(EMAIL, rule("WORDS", "[a-z]{1,8}+ ! [a-z]{1,8}"))
    text = "key a@b c@d x!y"
    final, redacted = wired.settle(text, wired.detect(text, start=8), start=8)
    assert redacted.text == "key a@b [email] [words]"
    assert [one.start for one in final] == [8, 12]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a": "x\\u003ca@b\\u003e"}', '{"a": "x\\u003c[email]\\u003e"}'),
        ('{"card": 12345678}', '{"card": 0}'),
        ('{"card":          12345678}', '{"card":          0}'),
        ('[12345678, "12345678", -12345678]', '[0, "[card]", 0]'),
        ('"a@b"', '"[email]"'),
        ('{"a": "a@b", "a": "a@b"}', '{"a": "[email]", "a": "[email]"}'),
        ('x\n{"a":          12345678}\ny', 'x\n{"a":          0}\ny'),
        ('INFO {"card": 12345678}', 'INFO {"card": 0}'),
        ('INFO {"a": "\\na@b"}', 'INFO {"a": "\\n[email]"}'),
        ("12345678", "[card]"),
        ("[12345678", "[0"),
    ],
)
def test_json_in_text_stays_json(text: str, expected: str) -> None:
    """A document, a line of one, and JSON behind a prefix."""
    assert settled(stages(EMAIL, CARD), text) == expected


def test_spans_over_lines_are_not_fitted_to_one_of_them() -> None:
    """A line is fitted only when all its findings are inside it."""
    text = '["ab"]\n["cd"]'
    assert fit_json(text, [span(0, 9)]) == [span(0, 9)]
    assert fit_json(text, [span(1, 6), span(7, 12)]) == [span(2, 4), span(9, 11)]


def test_a_finding_that_begins_at_a_line_end_is_kept() -> None:
    """A rule over several lines may find the newline first."""
    text = '["ab"]\n["cd"]'
    assert fit_json(text, [span(6, 8)]) == [span(6, 8)]
    newline = stages(rule("GAP", r"\n x [0-9]", multiline=True))
    assert settled(newline, "a\nx1\nx2") == "a[gap][gap]"


def test_a_line_that_is_not_all_there_is_not_fitted() -> None:
    """What is before the start belongs to it, so its tokens are not known."""
    text = '["a", 12]'
    assert fit_json(text, [span(6, 7)], start=6) == [span(6, 7)]
    assert fit_json(f"x\n{text}", [span(8, 9)], start=2) == [span(8, 10, label="0")]


def test_mask_and_remove_leave_json() -> None:
    """Under every operator the document can be read."""
    text = json.dumps({"k\u00e9": "pw a@b \u00e9\n", "n": [12345678, -12345678]})
    for policy in (POLICY, MASKED, REMOVED, replace(MASKED, keep_last=4)):
        json.loads(settled(stages(EMAIL, CARD, policy=policy), text))


def test_a_replacement_over_lines_joins_what_is_scanned_again() -> None:
    """A mask keeps newlines, so one finding may change two lines, the first of them again."""
    over = rule("OVER", r"x \n [0-9]", multiline=True)
    stars = rule("STARS", r"\* \x20 [a-z]")
    wired = stages(EMAIL, over, stars, policy=MASKED)
    assert settled(wired, "a@b x\n1 y\nz") == "*@* *\n* *\nz"


def test_changed_lines_are_scanned_where_they_are() -> None:
    """Offsets of the second scan go back line by line, whatever lines were left out."""
    wired = stages(rule("A", "%%"), rule("B", "x{4}"), policy=REMOVED)
    text = "same\nxx%%xx 1\nsame xxx\n%%xx%%xx 2\n%%\n\nxx%%x%%x%%3\nxx"
    assert settled(wired, text) == "same\n 1\nsame xxx\n 2\n\n\n3\nxx"
    several = stages(rule("A", r"\n%\n", multiline=True), rule("B", "x{4}"), policy=REMOVED)
    assert settled(several, "1xx\n%\nxx2\nxx") == "12\nxx"


def _finds(word: str) -> Callable[[str, int], list[Span]]:
    """Give what finds a word of a test's own, as taggers find names."""

    def find(text: str, start: int) -> list[Span]:
        at = text.find(word, start)
        return [] if at < 0 else [span(at, at + len(word), "PERSON")]

    return find


def _named(*rules: Rule) -> Stages:
    """Wire stages that know the placeholder of a name."""
    wired = stages(*rules)
    return replace(wired, grammar=Grammar(["PERSON", *(one.entity for one in rules)]))


def test_what_is_beside_is_redacted_with_what_rules_find() -> None:
    """The stages it was made of go on without it."""
    bare = _named(EMAIL, TWO_LINES)
    both = bare.beside(_finds("vexlab"))
    text = "for vexlab, a@b\nover:\n17"
    assert settled(both, text) == "for [person], [email]\nover:\n[two-lines]"
    assert settled(bare, text) == "for vexlab, [email]\nover:\n[two-lines]"
    assert both.detectors is bare.detectors


def test_what_is_beside_is_asked_once_of_a_text() -> None:
    """Not again for the rules that see several lines."""
    asked: list[tuple[str, int]] = []

    def find(text: str, start: int) -> list[Span]:
        asked.append((text, start))
        return []

    wired = _named(EMAIL, TWO_LINES).beside(find)
    wired.detect("x\ny", start=2)
    assert asked == [("x\ny", 2)]
    asked.clear()
    wired.settle("x\na@b", wired.detect("x\na@b"))
    assert [text for text, _ in asked] == ["x\na@b", "[email]"]


def test_what_is_found_beside_grows_with_what_redaction_leaves() -> None:
    """It looks again at lines that were changed."""
    wired = _named(EMAIL).beside(_finds("x[email]"))
    assert "x" not in settled(wired, "xa@b")


def test_what_fails_beside_fails_its_lines_closed() -> None:
    """Those of which something is known stay."""

    def find(text: str, _: int) -> list[Span]:
        if "vexlab" in text:
            raise RuntimeError(text)
        return []

    wired = _named(EMAIL, TWO_LINES).beside(find)
    assert settled(wired, "plain\nfor vexlab\na@b") == "plain\n[scrub-failed]\n[email]"


def test_what_is_beside_may_claim_less_later() -> None:
    """What a filter leaves out of rules' findings it leaves out of these."""
    wired = _named(EMAIL).beside(_finds("vexlab")).only(lambda text, one: one.start > 0)  # noqa: ARG005
    assert settled(wired, "vexlab a@b") == "vexlab [email]"
