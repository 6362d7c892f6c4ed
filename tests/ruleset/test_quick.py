"""Expressions made of a rule's words: wherever the rule matches, one of them does."""

from __future__ import annotations

import re

import pytest
import regex

from scrubber.detect.known import known_rules
from scrubber.identity.model import Identity
from scrubber.ruleset.bytesets import FOLD
from scrubber.ruleset.direct import direct_rule
from scrubber.ruleset.quick import quick_superset

# Matches of each pattern, spelt as oddly as it lets them be.
MATCHES = [
    (r"(?i:bwayne7)", ["bwayne7", "BWayne7", "BWAYNE7"]),
    (r"(?i:kathrinek)|katherin", ["KATHRINEK", "katherin"]),
    (r"[kK\u212a]elvin-[Kk\u212a]", ["kelvin-k", "\u212aelvin-\u212a", "Kelvin-K"]),
    (r"lab\-gpu[0-9]{2}\.x", ["lab-gpu01.x", "lab-gpu99.x"]),
    (r"(?:\u00e9|\u00c9|e\u0301)lodie\x20[b\u00df]", ["\u00e9lodie b", "\u00c9lodie \u00df"]),
    (r"[\udc80-\udc82]nadia77", ["\udc80nadia77", "\udc82nadia77"]),
    (r"(?<![0-9])(?P<value>192[._\-]0[._\-]2[._\-]1[07])(?![0-9])", ["192.0_2-10", "192-0-2.17"]),
    (r"(?<=user=)qwz7y", ["user=qwz7y"]),
]


def matched(expressions: tuple[str, ...], text: str) -> bool:
    """Tell whether a scanner would see one of the expressions."""
    data = b"\n%b\n" % text.encode("utf-8", "surrogatepass").translate(FOLD)
    return any(re.search(one.encode(), data, re.DOTALL) for one in expressions)


@pytest.mark.parametrize(("pattern", "texts"), MATCHES)
def test_an_expression_matches_where_the_rule_does(pattern: str, texts: list[str]) -> None:
    """In any case, with any digits, above ASCII too."""
    rule = direct_rule("test.name", "USERNAME", "A name.", pattern)
    found = quick_superset(rule)
    assert found
    for text in texts:
        assert regex.search(rule.pattern, text, regex.VERSION0 | regex.ASCII), text
        assert matched(found, f"x {text} y"), text


@pytest.mark.parametrize(("pattern", "texts"), MATCHES)
def test_other_lines_are_left_alone(pattern: str, texts: list[str]) -> None:
    """An expression that matches everywhere would prove nothing."""
    rule = direct_rule("test.name", "USERNAME", "A name.", pattern)
    lines = ("epoch 3 done, loss 0.5", "Traceback (most recent call last):", texts[0][:3])
    assert not any(matched(quick_superset(rule) or (), line) for line in lines)


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?i:max)[0-9]",  # a short word
        r"(?i:info)[^x]",  # one that stands in every line
        r"[a-z]{3,9}-[0-9]{2}",  # no word
        r"a[^0-9]b[\u00e9\u00e8]c[^x]",  # nor a stretch of plain characters
    ],
)
def test_what_is_no_rare_sight_has_none(pattern: str) -> None:
    """Then it is chosen with care."""
    assert quick_superset(direct_rule("test.name", "USERNAME", "A name.", pattern)) is None


def test_most_rules_of_a_machine_have_one() -> None:
    """Names, addresses and cards, as a machine has them."""
    identity = Identity(
        accounts=("bwayne7x",),
        names=("Kathrin Exampleperson",),
        hosts=("lab-gpu01.example.com",),
        emails=("kathrin@example.com",),
        macs=("fe005e0053af",),
        addresses=("192.0.2.17", "2001:db8::17"),
    )
    rules = known_rules(identity)
    assert [rule.id for rule in rules if not quick_superset(rule)] == []
