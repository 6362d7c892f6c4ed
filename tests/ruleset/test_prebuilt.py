"""Rules built beforehand: the same rules, and none when anything is different."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from scrubber.ruleset.build import build_rule
from scrubber.ruleset.load import Document, build_ruleset, read_documents
from scrubber.ruleset.locate import rule_files, rules_dir
from scrubber.ruleset.prebuilt import (
    FILE,
    SUPERSETS_FILE,
    dump,
    dump_supersets,
    load,
    prebuilt_supersets,
    rule_digest,
    rule_superset,
    superset_key,
    supersets_digest,
)
from scrubber.ruleset.supersets import Superset
from scrubber.validators import VALIDATORS
from scrubber.wiring import load_ruleset
from tests.ruleset.samples import rule_table

if TYPE_CHECKING:
    from pathlib import Path

    from scrubber.ruleset.model import Rule

RICH = {
    **rule_table(),
    "id": "test.rich",
    "validators": ["secret_like"],
    "context": {"words": ["Badge", "door"], "window": 9, "required": True},
    "keys": ["badge"],
    "blob": {"step": "[0-9]", "end": "x"},
    "references": ["https://example.com"],
    "locales": ["gb"],
}


def built(raw: dict[str, object]) -> Rule:
    """Build a rule without a source."""
    rule, _, reasons = build_rule(raw, source="", validators=VALIDATORS)
    assert rule is not None, reasons
    return rule


@pytest.mark.parametrize("raw", [rule_table(), RICH])
def test_what_is_written_is_read_back(raw: dict[str, object], tmp_path: Path) -> None:
    """Every field of a rule, examples and all."""
    rule = built(raw)
    (tmp_path / FILE).write_text(dump([(raw, rule)]), "utf-8")
    assert load(tmp_path) == {rule_digest(raw): rule}


@pytest.fixture(scope="module")
def tables() -> list[dict[str, object]]:
    """The tables of all packaged rules."""
    documents, _ = read_documents(rule_files(rules_dir()), packaged=True)
    return [raw for document in documents for raw in document.raw["rule"]]


def test_every_packaged_rule_is_read_back(tables: list[dict[str, object]], tmp_path: Path) -> None:
    """Nothing of it is lost on the way."""
    rules = {rule.id: replace(rule, source="") for rule in load_ruleset().rules}
    pairs = [(raw, rules[str(raw["id"])]) for raw in tables]
    (tmp_path / FILE).write_text(dump(pairs), "utf-8")
    assert load(tmp_path) == {rule_digest(raw): rule for raw, rule in pairs}


# Building takes long: some of them, from every corner of the files.
@pytest.mark.parametrize("first", range(3))
def test_a_packaged_rule_is_what_is_built_of_its_table(
    tables: list[dict[str, object]], first: int
) -> None:
    """Built or read, a packaged rule is the same."""
    rules = {rule.id: replace(rule, source="") for rule in load_ruleset().rules}
    some = tables[first::60]
    assert [built(raw) for raw in some] == [rules[str(raw["id"])] for raw in some]


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "{}", '{"builder": "x", "rules": {}}', "\ud800".encode("utf-8", "replace")],
)
def test_a_file_that_is_broken_or_of_other_code_gives_nothing(
    text: str | bytes, tmp_path: Path
) -> None:
    """Then the rules are built as ever."""
    (tmp_path / FILE).write_bytes(text.encode() if isinstance(text, str) else text)
    assert load(tmp_path) == {}


def test_a_rule_of_a_wrong_shape_gives_nothing(tmp_path: Path) -> None:
    """A field too many, one too few."""
    raw = rule_table()
    found = json.loads(dump([(raw, built(raw))]))
    found["rules"][rule_digest(raw)]["other"] = 1
    (tmp_path / FILE).write_text(json.dumps(found), "utf-8")
    assert load(tmp_path) == {}


def test_no_file_gives_nothing(tmp_path: Path) -> None:
    """A checkout has none."""
    assert load(tmp_path) == {}


SUPERSETS = {
    "none": None,
    "empty": "",
    "of other code": '{"builder": "x", "supersets": {}}',
    "of another shape": '{"builder": "BUILDER", "supersets": {"a": []}}',
}


@pytest.fixture
def rules_elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty folder in place of that of the packaged rules."""
    monkeypatch.setattr("scrubber.ruleset.prebuilt.rules_dir", lambda: tmp_path)
    return tmp_path


def test_supersets_that_are_written_are_read_back(rules_elsewhere: Path) -> None:
    """By all that decides on them: a rule that differs in it has another."""
    rule = built(rule_table())
    other = replace(rule, multiline=True)
    (rules_elsewhere / SUPERSETS_FILE).write_text(dump_supersets([rule]), "utf-8")
    known = prebuilt_supersets()
    assert known == {superset_key(rule): rule_superset(rule, {})}
    assert rule_superset(rule, {superset_key(rule): Superset(("x",))}) == Superset(("x",))
    assert superset_key(other) not in known
    assert rule_superset(other, known) == rule_superset(other, {})


@pytest.mark.parametrize("name", SUPERSETS)
def test_supersets_that_are_not_whole_are_none(rules_elsewhere: Path, name: str) -> None:
    """Then they are made as ever."""
    text = SUPERSETS[name]
    if text is not None:
        text = text.replace("BUILDER", supersets_digest())
        (rules_elsewhere / SUPERSETS_FILE).write_text(text, "utf-8")
    assert prebuilt_supersets() == {}


def test_only_a_packaged_rule_with_the_same_table_is_taken() -> None:
    """A rule that was changed, or is a user's, is built from its table."""
    raw = rule_table()
    marked = replace(built(raw), description="read, not built")
    prebuilt = {rule_digest(raw): marked}

    def description(document: Document) -> str:
        rules = build_ruleset([document], validators=VALIDATORS, prebuilt=prebuilt).rules
        assert rules[0].source == document.source
        return rules[0].description

    assert description(Document("a.toml", {"rule": [raw]}, packaged=True)) == "read, not built"
    changed = {**raw, "confidence": 0.4}
    assert description(Document("a.toml", {"rule": [changed]}, packaged=True)) != "read, not built"
    assert description(Document("a.toml", {"rule": [raw]})) != "read, not built"
