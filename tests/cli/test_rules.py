"""`scrubber rules`: listed, shown and checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from scrubber.pipeline import Scrubber
from scrubber.wiring import load_ruleset

if TYPE_CHECKING:
    from pathlib import Path

    from scrubber.ruleset.model import Rule, Ruleset
    from tests.cli.conftest import Command

GOOD = """
[[rule]]
id = "my.badge"
entity = "BADGE_ID"
description = "Badges."
confidence = 0.9
pattern = "badge-(?P<value>[0-9]{6})"
match = ["badge-«123456»", "x badge-«000000» y"]
no_match = ["badge-12345", "badge"]
references = ["https://example.com/badges"]
context = { words = ["door"], boost = 0.05 }
"""


@pytest.mark.parametrize("policy", ["fast", "strict"])
def test_list_has_every_rule_that_is_on(command: Command, policy: str) -> None:
    """One line a rule, under a head, with what is off counted on stderr."""
    result = command("rules", "list", "--policy", policy)
    scrubber = Scrubber(policy)
    on = scrubber.ruleset.rules_for(scrubber.policy)
    head, *lines = result.stdout.splitlines()
    assert head.split() == ["RULE", "ENTITY", "CONF", "DESCRIPTION"]
    assert [line.split()[0] for line in lines] == [rule.id for rule in on]
    off = len(scrubber.ruleset.rules) - len(on)
    assert f"{len(on)} rules on, {off} off under the policy {policy}" in result.stderr


def test_show_has_everything(command: Command, folder: Path) -> None:
    """Pattern, context, references, source, and the examples with their marks."""
    (folder / "my.toml").write_text(GOOD, "utf-8")
    output = command("rules", "show", "my.badge", "--rules", "my.toml").stdout
    for words in (
        "BADGE_ID, replaced by [badge-id]",
        "(?P<value>",
        "door (within 40 characters; +0.05)",
        "https://example.com/badges",
        "balanced, fast, strict (on now)",
        "my.toml",
        "x badge-«000000» y",
        "badge-12345",
    ):
        assert words in output


def test_show_of_an_unknown_rule_ends_with_2(command: Command) -> None:
    """And says where the ids are."""
    result = command("rules", "show", "my.badge")
    assert result.exit_code == 2
    assert result.stderr == (
        "scrubber: there is no rule my.badge; `scrubber rules list` names them\n"
    )


def test_packaged_rules_are_good(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every rule of ours passes what a user's must pass."""
    checked: list[str] = []
    judged: list[bool] = []

    def note(rule: Rule) -> list[str]:
        checked.append(rule.id)  # its examples run in tests/rules
        return []

    def build(*args: Any, **kwargs: Any) -> Ruleset:  # noqa: ANN401
        # None is taken as built; tests/ruleset/test_prebuilt.py builds them.
        judged.append(kwargs["prebuilt"] is None and not any(one.packaged for one in args[0][:-3]))
        return load_ruleset()

    monkeypatch.setattr("scrubber.cli.rules.build_ruleset", build)
    monkeypatch.setattr("scrubber.cli.rules.failing_examples", note)
    result = command("rules", "check")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(f"{len(checked)} rules and ")
    assert len(checked) == len(load_ruleset().rules)
    assert judged == [True]


@pytest.mark.parametrize("name", ["my.toml", "pyproject.toml"])
def test_good_file_is_good(command: Command, folder: Path, name: str) -> None:
    """Its rules and examples alone are counted."""
    text = GOOD.replace("[[rule]]", "[[tool.scrubber.rule]]") if "py" in name else GOOD
    (folder / name).write_text(text, "utf-8")
    result = command("rules", "check", name)
    assert (result.exit_code, result.stdout) == (0, "1 rule and 4 examples are good\n")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("«123456»", "123456", "my.badge: match[0]: mark what must be found"),
        ("badge-«123456»", "«badge-123456»", "my.badge: match[0]: 0-12 must be found, 6-12 is"),
        (
            '"badge-12345"',
            '"badge-123456"',
            "my.badge: no_match[0]: nothing must be found, 6-12 is",
        ),
        ("{6}", "*", "my.badge: pattern: "),
        ("confidence", "konfidence", "my.badge: unknown key konfidence"),
        ("my.badge", "contact.email", "contact.email: already defined in "),
        ("[[rule]]", "[[rule]", "is not TOML"),
    ],
)
def test_what_is_wrong_is_told(
    command: Command, folder: Path, old: str, new: str, reason: str
) -> None:
    """With file, rule and reason, and the end is 2."""
    (folder / "my.toml").write_text(GOOD.replace(old, new, 1), "utf-8")
    result = command("rules", "check", "my.toml")
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"scrubber: my.toml: {reason}" in result.stderr
    assert result.stderr.endswith("found\n")


def test_unknown_default_policy_is_told(command: Command, folder: Path) -> None:
    """A policy that does not exist is found before it is needed."""
    (folder / "pyproject.toml").write_text("[tool.scrubber]\ndefault_policy = 'nope'\n", "utf-8")
    result = command("rules", "check", "pyproject.toml")
    assert result.exit_code == 2
    assert "default_policy names no policy: nope" in result.stderr


def test_missing_file_is_told(command: Command) -> None:
    """A file that is not there is no good file."""
    assert command("rules", "check", "missing.toml").exit_code == 2
