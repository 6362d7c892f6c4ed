"""`--ner` and `--ner-with`: names of people in sentences, where the command is asked for them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from scrubber.cli.redact import NER_IS_OFF

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command

LINE = b"User Jane Doe not found\n"
REDACTED = b"User [person] not found\n"


def test_names_are_looked_for_where_asked(command: Command) -> None:
    """And counted; that they were not is not said then."""
    result = command("redact", "--ner", stdin=LINE)
    assert (result.exit_code, result.stdout_bytes) == (0, REDACTED)
    assert result.stderr == "scrubber: 1 finding in 1 document: PERSON 1\n"


def test_names_that_were_not_looked_for_are_said(command: Command) -> None:
    """With what would look for them, unless quiet is asked for."""
    result = command("redact", stdin=LINE)
    assert (result.exit_code, result.stdout_bytes) == (0, LINE)
    assert result.stderr.endswith(f"scrubber: {NER_IS_OFF}\n")
    assert "--ner" in NER_IS_OFF
    assert command("redact", "-q", stdin=LINE).stderr == ""


def test_a_policy_may_ask_for_names(command: Command, folder: Path) -> None:
    """Then the option need not."""
    rules = '[[policy]]\nid = "mine"\nextends = "balanced"\nner = "on"\n'
    (folder / "mine.toml").write_text(rules, "utf-8")
    result = command("redact", "--rules", "mine.toml", "--policy", "mine", stdin=LINE)
    assert result.stdout_bytes == REDACTED
    assert NER_IS_OFF not in result.stderr


@pytest.mark.parametrize("tagger", ["spacy", "presidio"])
def test_a_tagger_that_is_not_there_processes_nothing(
    command: Command, tagger: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing raw is written for want of it."""
    monkeypatch.setitem(sys.modules, "spacy", None)
    monkeypatch.setitem(sys.modules, "presidio_analyzer", None)
    result = command("redact", "--ner-with", tagger, stdin=LINE)
    assert b"Jane" not in result.stdout_bytes
    assert "Jane" not in result.stderr
    assert f"pip install 'crashscrub[{tagger}]'" in result.stderr
    assert result.exit_code == 2


def test_a_finding_of_the_tagger_is_explained(command: Command) -> None:
    """By its name and how sure it is; there are no candidates but findings."""
    result = command("explain", "--ner", "User Jane Doe not found")
    assert result.exit_code == 0
    assert "1:6  PERSON  ner.tagger  redacted\n" in result.stdout
    assert "confidence" in result.stdout


def test_a_tagger_that_nobody_knows_ends_with_2(command: Command) -> None:
    """And with what would be right."""
    result = command("redact", "--ner-with", "nope", stdin=LINE)
    assert (result.exit_code, result.stdout_bytes) == (2, b"")
    assert "spacy:PIPELINE" in result.stderr
