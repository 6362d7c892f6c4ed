"""The gate: it skips, and what it skips would have found nothing."""

from __future__ import annotations

import pytest
from hypothesis import given

from scrubber.detect.gate import Gated, concerning
from scrubber.detect.reference import find
from scrubber.encodings import ENCODINGS
from scrubber.pipeline import load_ruleset, wire
from scrubber.ruleset.model import Policy, Rule, Ruleset
from tests.properties.texts import texts
from tests.small_rules import CARD, EMAIL, EVERY_KIND, PEM, detector, rule

RULESET = load_ruleset()
EVERY_RULE = wire(RULESET.rules, Policy("all", min_confidence=0.0), Ruleset(RULESET.rules, {}))
NEAR = rule(
    "NEAR", "[0-9]{4}", context={"words": ["Badge", "door"], "window": 20, "required": True}
)


def ids(detectors: object) -> list[str]:
    """Name the rules of detectors."""
    return [one.rule.id for one in detectors]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("jane@example", ["small.email_address"]),
        ("--begin--", ["small.private_key"]),
        ("nothing", []),
        ("BADGE 1234", ["small.near"]),
        ("1234", []),
    ],
)
def test_only_rules_a_text_may_concern(text: str, expected: list[str]) -> None:
    """A rule is skipped when its words, or those of its context, are not there in any case."""
    gated = Gated(detector(one) for one in (EMAIL, PEM, NEAR))
    assert ids(gated.concerning(text)) == expected


def test_a_rule_without_words_always_runs() -> None:
    """Where nothing is proven nothing is skipped, and the order is kept."""
    gated = Gated(detector(one) for one in (PEM, CARD, EMAIL))
    assert ids(gated.concerning("a@b")) == ["small.credit_card", "small.email_address"]


def test_a_plain_sequence_is_not_gated() -> None:
    """The specification skips nothing."""
    plain = tuple(detector(one) for one in EVERY_KIND)
    assert concerning(plain, "nothing") is plain


@pytest.mark.parametrize("built", RULESET.rules, ids=[one.id for one in RULESET.rules])
def test_no_example_is_lost(built: Rule) -> None:
    """Every rule on every example, in every encoding: the same with and without the gate."""
    plain = tuple(one for one in EVERY_RULE.detectors if one.rule is built)
    gated = Gated(plain)
    texts_of = [*(one.text for one in built.match), *built.no_match]
    for text in texts_of:
        for encode in (*(one.encode for one in ENCODINGS.values()), str.swapcase):
            written = encode(text)
            assert sorted(find(gated, written)) == sorted(find(plain, written))


@given(text=texts)
def test_no_finding_is_lost(text: str) -> None:
    """All rules on any text: the same with and without the gate."""
    plain = tuple(EVERY_RULE.detectors)
    assert sorted(find(Gated(plain), text)) == sorted(find(plain, text))
