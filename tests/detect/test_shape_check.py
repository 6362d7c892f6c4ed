"""Rules tried on the shape of a line: what cannot match there is not told of any such line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scrubber.detect import shape_check
from scrubber.detect.rule_numbers import ENCODED, if_more
from scrubber.detect.shape_check import ShapeCheck
from tests.small_rules import rule

if TYPE_CHECKING:
    from scrubber.ruleset.model import Rule

NUMBER = rule("NUMBER", r"(?<![0-9]) [4-6][0-9]{3} (?![0-9])")
NEAR = rule("NEAR", "n[0-9]{1,3}", context={"words": ["Badge"], "required": True})
HELPED = rule("HELPED", "n[0-9]{1,3}", context={"words": ["badge"], "boost": 0.05})
LINES = rule("LINES", r"over: \n? (?P<value> [1-9]{1,6}+ )", multiline=True)
BEHIND = rule("BEHIND", r"(?<=\n)id=[1-9]{1,6}+", multiline=True)

# A rule, a shape, and whether the rule is told of it: also where no further line comes, or not.
TOLD = [
    (NUMBER, "x 0000 y", True),
    (NUMBER, "x 00000 y", False),
    (NUMBER, "\u30c6 000", False),
    (NEAR, "badge n00", True),
    (NEAR, "BADGE: n00", True),
    (NEAR, "budget n00", False),
    (HELPED, "budget n00", True),
    (LINES, "over:00", True),
    (LINES, "over:", "more"),
    (LINES, "ov", False),
    (LINES, "over: x", False),
    (BEHIND, "id=00", True),
    (BEHIND, "is=00", False),
]


@pytest.mark.parametrize(("tried", "shape", "told"), TOLD)
def test_what_may_match_in_a_line_is_told_from_its_shape(
    tried: Rule, shape: str, *, told: bool | str
) -> None:
    """By the whole pattern and the words it needs; a match over lines, if more of them come."""
    expected = {if_more(7)} if told == "more" else {7} if told else set()
    check = ShapeCheck({7: tried})
    assert check.remaining({7}, shape.encode()) == expected
    assert check.remaining({7}, shape.encode()) == expected


@pytest.mark.parametrize(("shape", "told"), [("a%00b", True), ("loss 0.00, 00% of it", False)])
def test_what_cannot_be_decoded_is_not_told(shape: str, *, told: bool) -> None:
    """By the shape, too: its digits may be any."""
    assert ShapeCheck({}).remaining(set(), shape.encode()) == ({ENCODED} if told else set())


def test_the_end_of_a_text_is_no_newline() -> None:
    """A pattern may tell the two apart, and nobody knows whether a line follows."""
    ends = rule("ENDS", r"end [0-9] (?! \n )", multiline=True)
    more = rule("MORE", r"end [0-9] \n [0-9]", multiline=True)
    check = ShapeCheck({7: ends, 8: more})
    assert check.remaining({7, 8}, b"end0") == {7, if_more(8)}
    assert check.remaining({7, 8}, b"end") == set()


GOES_ON = [
    ("over:\n", True),
    ("over:\n00\n", True),
    ("over:\n0", True),
    ("over:\nnoth", False),
    ("nothing\nover:\n", False),
    ("nothing\nover:00\n", True),  # a whole match hides one that only begins
]


@pytest.mark.parametrize(("shapes", "expected"), GOES_ON)
def test_a_match_that_goes_on_in_the_next_line(shapes: str, *, expected: bool) -> None:
    """It begins in the first one; of what follows as much is looked at as there is."""
    assert ShapeCheck({7: LINES}).goes_on(7, shapes.encode()) == expected


def test_what_cannot_be_tried_may_match(monkeypatch: pytest.MonkeyPatch) -> None:
    """No text, a rule that is not tried, and a pattern that takes too long."""
    check = ShapeCheck({0: NUMBER, 1: LINES})
    assert check.remaining({0}, b"\xff") == {0}
    assert check.remaining({0, 2}, b"x") == {2}
    slow = "[a-z]{1,40}[a-z]{1,40}!"
    monkeypatch.setattr(shape_check, "_FUSE", 1e-9)
    check = ShapeCheck({0: rule("SLOW", slow), 1: rule("SLOW_LINES", slow, multiline=True)})
    assert check.remaining({0, 1}, b"a" * 5000) == {ENCODED, 0, 1}
    assert [check.goes_on(one, b"a" * 5000) for one in (1, 2)] == [True, True]
    assert check.goes_on(1, b"\xff")
