"""Every rule that is written is in force."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from scrubber import Identity, Scrubber
from scrubber.wiring import load_ruleset

RULES = Path(__file__).resolve().parents[2] / "rules"
WRITTEN = {
    path.stem: {rule["id"]: rule for rule in tomllib.loads(path.read_text("utf-8"))["rule"]}
    for path in sorted(RULES.glob("*.toml"))
}


@pytest.mark.parametrize("family", WRITTEN)
def test_rules_of_a_file_are_loaded(family: str) -> None:
    """All of them, with what they find."""
    loaded = {rule.id: rule.entity for rule in load_ruleset().rules}
    written = {name: rule["entity"] for name, rule in WRITTEN[family].items()}
    assert written
    assert {name: loaded.get(name) for name in written} == written


def test_default_scrubber_runs_the_rules_of_every_country() -> None:
    """None that is for all countries and above the least confidence is off without being asked."""
    scrubber = Scrubber(identity=Identity.none(), engine="reference")
    on = {rule.id for rule in scrubber.ruleset.rules_for(scrubber.policy)}
    expected = {
        name
        for rules in WRITTEN.values()
        for name, rule in rules.items()
        if not rule.get("locales")
        and not rule.get("path_modes")
        and rule["confidence"] >= scrubber.policy.min_confidence
    }
    assert expected - on == set()
