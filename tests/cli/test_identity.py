"""`scrubber identity`: kinds and counts, and never a name."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from scrubber.cli import identity as module
from scrubber.identity.model import Identity

if TYPE_CHECKING:
    from tests.cli.conftest import Command

PLANTED = Identity(
    accounts=("bwayne", "root"),
    names=("Bruce Wayne",),
    hosts=("lab-gpu01", "node7"),
    secrets=("k7Qm2xVb9" + "Lr4TzW8s",),
    homes=("/home/bwayne",),
    environments=("container", "slurm"),
    failures=2,
)


@pytest.fixture(autouse=True)
def planted(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that is nobody's, and nothing switched off."""
    monkeypatch.setattr(module, "collect", lambda: PLANTED)
    monkeypatch.delenv("SCRUBBER_NO_IDENTITY", raising=False)


def test_kinds_and_counts(command: Command) -> None:
    """One line a kind, then how freely names are looked for, then the place and the failures."""
    result = command("identity")
    lines = [line.split() for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert [line[:2] for line in lines] == [
        ["accounts", "2"],
        ["names", "1"],
        ["hosts", "2"],
        ["homes", "1"],
        ["secrets", "1"],
        ["of", "the"],
        ["bare", "3"],
        ["anchored", "1"],
        ["word", "1"],
        ["environment", "container,"],
        ["failed", "2"],
    ]
    assert result.stderr == "scrubber: 2 sources failed; what they know is not looked for\n"


def test_json(command: Command) -> None:
    """The same as one object."""
    result = command("identity", "--json")
    assert json.loads(result.stdout) == {
        "kinds": {"accounts": 2, "names": 1, "hosts": 2, "homes": 1, "secrets": 1},
        "tiers": {"bare": 3, "anchored": 1, "word": 1},
        "environments": ["container", "slurm"],
        "failed_sources": 2,
        "used": True,
    }


@pytest.mark.parametrize("args", [(), ("--json",)])
def test_no_value_is_shown(command: Command, args: tuple[str, ...]) -> None:
    """In no form of the output."""
    result = command("identity", *args)
    shown = (result.stdout + result.stderr).casefold()
    values = [value for kind in PLANTED.reveal().values() for value in kind]
    assert not any(value.casefold() in shown for value in values)


def test_nobody_is_nothing(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that says nothing fails nowhere."""
    monkeypatch.setattr(module, "collect", Identity.none)
    result = command("identity")
    assert result.exit_code == 0
    assert "nothing special" in result.stdout
    assert result.stderr == ""


def test_what_is_switched_off_is_said(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would be a surprise to find names in a report whose counts are shown here."""
    monkeypatch.setenv("SCRUBBER_NO_IDENTITY", "1")
    result = command("identity", "--json")
    assert json.loads(result.stdout)["used"] is False
    assert "SCRUBBER_NO_IDENTITY is set" in result.stderr
