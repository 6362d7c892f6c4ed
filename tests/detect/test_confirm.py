"""What a match is: where the search goes on, what refuses, and what a span is."""

from __future__ import annotations

import pytest

from scrubber.detect.confirm import LABEL_REACH, confirm, context_near, judge_all
from scrubber.ruleset.model import Allowed, Context
from scrubber.types import Span
from tests.small_rules import AFTER_KEY, CARD, EMAIL, IMAGE, QUOTED, detector, rule

ONE_LETTER = rule("LETTER", "%{left:[a-z]} [a-z] [a-z]{0,1}+")
PAIR = rule("PAIR", "(?P<value> [0-9]{2} ) (?= [0-9] )")


def found(by: object, text: str, *, start: int = 0, **more: object) -> list[str]:
    """Give the texts of the spans of a rule."""
    ready = detector(by, **more)  # type: ignore[arg-type]
    return [text[one.start : one.end] for one in confirm(ready, text, start=start)]


def test_the_value_is_the_span_and_its_match_begins_earlier() -> None:
    """With a group `value`, that is the span; where the match began is kept for whoever cuts."""
    assert list(confirm(detector(AFTER_KEY), "a key= abc")) == [
        Span(7, 10, "SECRET", "small.secret", 0.9, match_start=2)
    ]
    assert next(confirm(detector(EMAIL), "jane@example")).match_start == -1


def test_an_accepted_match_continues_at_the_end_of_its_value() -> None:
    """What was looked at behind the value can be the next match."""
    assert found(PAIR, "1234567") == ["12", "34", "56"]


def test_a_refused_candidate_hides_nothing_behind_its_first_character() -> None:
    """The search goes on one character later, so the real one inside is seen."""
    checked = rule("DIGITS", "[0-9]{3}", validators=["card_number"])
    ready = detector(checked, validators={"card_number": lambda value: value == "234"})
    assert [(one.start, one.end) for one in confirm(ready, "12345")] == [(1, 4)]


def test_look_behinds_see_what_is_before_the_start() -> None:
    """A search that begins inside a text is not at its edge."""
    assert found(EMAIL, "xx jane@example", start=4) == []
    assert found(EMAIL, "xx jane@example", start=3) == ["jane@example"]


REFUSED = [
    ({"threshold": 0.95}, "its confidence is below the policy's"),
    ({"allowed": (Allowed("jane@example"),)}, "it is allowed"),
    ({"allowed": (Allowed("other"), Allowed(pattern="j[a-z]{3}@[a-z]{7}"))}, "it is allowed"),
]


@pytest.mark.parametrize(("more", "reason"), REFUSED)
def test_a_refused_candidate_says_why(more: dict[str, object], reason: str) -> None:
    """The reason names no text."""
    verdict = next(judge_all(detector(EMAIL, **more), "to jane@example"))
    assert (verdict.accepted, verdict.reason) == (False, reason)


@pytest.mark.parametrize("allowed", [Allowed("jane"), Allowed(pattern="j[a-z]{3}")])
def test_only_a_whole_finding_is_allowed(allowed: Allowed) -> None:
    """A value or a pattern that covers a part allows nothing."""
    assert found(EMAIL, "jane@example", allowed=(allowed,)) == ["jane@example"]


def test_a_failed_check_is_named() -> None:
    """The first check that refuses is the reason."""
    checked = rule("DIGITS", "[0-9]{16}", validators=["card_number"])
    verdicts = list(judge_all(detector(checked), "4111111111111112"))
    assert [one.reason for one in verdicts] == ["the check card_number refuses it"]
    assert found(checked, "4111111111111111") == ["4111111111111111"]


NEEDED = Context(("mac", "ether"), window=10, required=True)
CONTEXTS = [
    ("mac 12345678", True),
    ("MAC=12345678", True),
    ("12345678 ether", True),
    ("machine 12345678", False),
    ("imac 12345678", False),
    ("mac           12345678", False),
    ("mac\n12345678", False),
    ("12345678\nmac", False),
    ("12345678", False),
    ("12345678       mac", True),
    ("12345678        mac", False),
    ("12345678       machine", False),
    ("12345678     ether\nmac", True),
]


@pytest.mark.parametrize(("text", "near"), CONTEXTS)
def test_a_context_word_is_whole_near_and_on_the_same_line(text: str, *, near: bool) -> None:
    """A word that only begins inside the window is not one."""
    start = text.index("12345678")
    assert context_near(NEEDED, text, start, start + 8) is near


def test_a_required_context_decides_and_a_boost_counts() -> None:
    """Without its word a match is refused; with one its confidence rises, to 1 at most."""
    required = rule("A", "[0-9]{8}", context={"words": ["mac"], "required": True})
    boosted = rule("B", "[0-9]{8}", context={"words": ["mac"], "boost": 0.3})
    verdict = next(judge_all(detector(required), "12345678"))
    assert (verdict.reason, verdict.context) == ("none of its context words is near", False)
    assert [one.confidence for one in confirm(detector(required), "mac 12345678")] == [0.9]
    assert [one.confidence for one in confirm(detector(boosted), "mac 12345678")] == [1.0]
    assert [one.confidence for one in confirm(detector(boosted), "12345678")] == [0.9]


def test_a_blob_is_followed_and_not_read_again() -> None:
    """The span covers the blob, and the search goes on behind it."""
    text = "b64,AAAAb64,BB tail b64,C"
    assert found(IMAGE, text) == ["b64,AAAAb64", "b64,C"]
    assert [one.blob_start for one in confirm(detector(IMAGE), text)] == [4, 24]
    assert found(QUOTED, r'pw="a\"b" pw="c') == [r"a\"b", "c"]


def test_an_allowed_blob_is_passed_whole() -> None:
    """What is allowed is not looked at again from its second character on."""
    assert found(IMAGE, "b64,b64,A", allowed=(Allowed("b64,b64"),)) == []


def test_a_label_is_made_of_a_bounded_head() -> None:
    """However long a blob is, its label depends on its first characters only."""
    seen: list[int] = []

    def label(head: str) -> str:
        seen.append(len(head))
        return "image/png"

    spans = list(confirm(detector(IMAGE, labeller=label), "b64," + "A" * 9000))
    assert [one.label for one in spans] == ["image/png"]
    assert seen == [LABEL_REACH]


def test_a_fuse_that_blows_raises() -> None:
    """The clock's last fuse is the caller's to handle."""
    slow = rule("CARD", r"(?<![0-9]) [0-9]{8} (?![0-9])")
    with pytest.raises(TimeoutError):
        list(confirm(detector(slow, timeout=1e-9), "0123456789 " * 100_000))
    assert found(CARD, "12345678", timeout=10.0) == ["12345678"]
