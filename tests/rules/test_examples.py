"""The examples of every packaged rule hold: they are its tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scrubber.rulecheck import failing_examples
from scrubber.wiring import load_ruleset

if TYPE_CHECKING:
    from scrubber.ruleset.model import Rule

RULES = load_ruleset().rules


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_examples_hold(rule: Rule) -> None:
    """Exact spans in what must match, nothing in what must not."""
    assert failing_examples(rule) == []
