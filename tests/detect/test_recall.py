"""What is claimed in a line, recalled by its shape, is what its rules claim there."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest

from scrubber.detect import recall
from scrubber.detect.confirm import confirm
from scrubber.detect.recall import Recall, learnt
from scrubber.ruleset.model import Allowed
from tests.small_rules import EMAIL, IMAGE, detector, rule

if TYPE_CHECKING:
    from scrubber.detect.confirm import Detector

ADDRESS = detector(rule("IP", r"[0-9]{1,3} (?: \. [0-9]{1,3} ){3}", validators=["ipv4"]))
TELLING = detector(rule("TELLING", "x[1-4]{2}"))
NEAR = detector(rule("NEAR", "n[0-9]", context={"words": ["badge7"], "required": True}))
MAIL = detector(EMAIL)


def spans(one: Detector, text: str) -> list[object]:
    """Return what a rule claims by itself."""
    return list(confirm(one, text))


LINES = {
    "address": (ADDRESS, ["at 192.0.2.1", "at 192.0.2.9", "at 992.0.2.1", "at 127.0.0.1"]),
    "telling": (TELLING, ["x12 x99", "x99 x12", "x55 x55"]),
    "context": (NEAR, ["badge7 n1", "badge8 n1", "badge7 n2"]),
    "mail": (MAIL, ["jane1@example", "jane2@example"]),
    "data": (detector(IMAGE), ["b64,1234", "b64,5678"]),
}


@pytest.mark.parametrize("kind", LINES)
def test_each_line_has_its_own_claims(kind: str) -> None:
    """In any order, and again."""
    one, lines = LINES[kind]
    for order in (lines, lines[::-1], lines * 2):
        remembered = Recall([(one, None)], encoded=False)
        for line in order:
            assert remembered.claimed(line) == spans(one, line)


def test_what_tells_no_digits_apart_is_tried_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Or remembering were in vain."""
    remembered = Recall([(MAIL, None)], encoded=False)
    first = remembered.claimed("jane1@example")
    monkeypatch.setattr(recall, "judge_all", None)
    assert remembered.claimed("jane2@example") == first


def test_ways_of_one_shape_are_few() -> None:
    """More are looked at each time, and not remembered."""
    both = Recall([(ADDRESS, None), (TELLING, None)], encoded=False)
    lines = [" ".join(f"{one}92.0.2.1" for one in found) for found in product("19", repeat=3)]
    for line in lines * 2:
        assert both.claimed(line) == spans(ADDRESS, line)
    assert len(both._ways) <= recall.MOST_WAYS  # noqa: SLF001


def test_a_shape_of_no_rule_has_no_claims() -> None:
    """Most have none."""
    assert Recall([], encoded=True).claimed("nothing") == []


def test_what_is_allowed_is_looked_at_each_time() -> None:
    """It is a value, digits and all."""
    one = detector(EMAIL, allowed=(Allowed("jane1@example"),))
    assert learnt("jane1@example", [(one, None)]).others == ((one, None),)
