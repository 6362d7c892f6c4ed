"""No packaged rule loses a finding to the gate that skips rules."""

from __future__ import annotations

import pytest
from hypothesis import given

from scrubber.detect.gate import Gated
from scrubber.detect.reference import find
from scrubber.encodings import ENCODINGS
from scrubber.redact.operators import Operators
from scrubber.ruleset.model import Policy, Rule, Ruleset
from scrubber.wiring import load_ruleset, wire
from tests.properties.texts import texts

RULES = load_ruleset().rules
DETECTORS = wire(RULES, Operators(Policy("all", min_confidence=0.0)), Ruleset(RULES, {})).detectors
# One of each kind; tests/rules/test_encodings.py goes through the gate with all of them.
KINDS = ("raw", "repr_twice", "url", "html_numeric", "ansi", "nfd", "base64_1")
WRITERS = (*(ENCODINGS[name].encode for name in KINDS), str.swapcase)
AROUND = "a line with nothing of interest in it, as most lines of most logs\n" * 40


@pytest.mark.parametrize("rule", RULES, ids=[one.id for one in RULES])
def test_no_example_is_lost(rule: Rule) -> None:
    """The same with and without the gate: each example in every encoding, alone and in a log."""
    plain = tuple(one for one in DETECTORS if one.rule is rule)
    gated = Gated(plain)
    written = [encode(one.text) for one in rule.match for encode in WRITERS]
    for text in (*written, *rule.no_match):
        assert sorted(find(gated, text)) == sorted(find(plain, text))
    log = AROUND + "\n".join(one.text for one in rule.match) + "\n" + AROUND
    assert sorted(find(gated, log)) == sorted(find(plain, log))


@given(text=texts)
def test_no_finding_is_lost(text: str) -> None:
    """All rules on any text."""
    assert sorted(find(DETECTORS, text)) == sorted(find(tuple(DETECTORS), text))
