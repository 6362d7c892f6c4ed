"""Where the packaged rules are looked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scrubber.errors import ConfigError
from scrubber.ruleset.locate import policy_files, rule_files, rules_dir

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("folders", "expected"),
    [
        (("scrubber/_rules/policies",), "scrubber/_rules"),
        (("rules/policies",), "rules"),
        (("scrubber/_rules/policies", "rules/policies"), "scrubber/_rules"),
        (("scrubber/_rules", "rules/policies"), "rules"),
    ],
    ids=["wheel", "checkout", "both", "no policies"],
)
def test_rules_are_found_in_a_wheel_and_in_a_checkout(
    tmp_path: Path, folders: tuple[str, ...], expected: str
) -> None:
    """The ones inside the package come first; a folder without policies is not taken for one."""
    for folder in folders:
        (tmp_path / folder).mkdir(parents=True)
    assert rules_dir(tmp_path / "scrubber") == tmp_path / expected


def test_missing_rules_are_an_error(tmp_path: Path) -> None:
    """A scrubber without rules would remove nothing."""
    (tmp_path / "rules").mkdir()
    with pytest.raises(ConfigError, match="packaged rules are missing; reinstall crashscrub"):
        rules_dir(tmp_path / "scrubber")


def test_own_rules_are_found() -> None:
    """The package under test has its three policies."""
    names = [path.stem for path in policy_files(rules_dir())]
    assert {"balanced", "fast", "strict"} <= set(names)


def test_files_come_in_name_order(tmp_path: Path) -> None:
    """Rules and policies are told apart by their folder, and nothing but TOML is taken."""
    (tmp_path / "policies").mkdir()
    for name in ("b.toml", "a.toml", "notes.md", "policies/z.toml", "policies/y.toml"):
        (tmp_path / name).touch()
    assert rule_files(tmp_path) == (tmp_path / "a.toml", tmp_path / "b.toml")
    policies = tmp_path / "policies"
    assert policy_files(tmp_path) == (policies / "y.toml", policies / "z.toml")
