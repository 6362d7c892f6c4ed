"""`scrubber disclose`: the page of a plan, printed, written or compared."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from scrubber.adoption.page import disclosure
from scrubber.cli.app import app

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLE = "examples.mylib.collection:PLAN"
PLAN = """
from scrubber.adoption import Plan
PLAN = Plan(app="ours", dsn="https://public@errors.example.com/1")
class Inside:
    plan = PLAN
NUMBER = 7
"""
BROKEN = "raise RuntimeError('pass' + 'word of somebody')"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder with a module of its own, and go there."""
    (tmp_path / "planned_here.py").write_text(PLAN, encoding="utf-8")
    (tmp_path / "broken_here.py").write_text(BROKEN, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    return tmp_path


def run(*arguments: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(app, ["disclose", *arguments])


def test_the_page_is_printed(folder: Path) -> None:
    """Of a plan in the folder one is in, also where it is part of something."""
    assert folder.is_dir()
    plan = import_module("planned_here").PLAN
    for name in ("planned_here:PLAN", "planned_here:Inside.plan"):
        done = run(name)
        assert (done.exit_code, done.stdout) == (0, disclosure(plan))


def test_it_is_written_and_compared(folder: Path) -> None:
    """A page that says something else is shown where it differs, and ends with 1."""
    page = folder / "PAGE.md"
    assert run("planned_here:PLAN", "-o", str(page)).exit_code == 0
    same = run("planned_here:PLAN", "--check", str(page))
    assert same.exit_code == 0
    assert "says what the plan says" in same.stderr
    page.write_text(page.read_text().replace("errors.example.com", "other.example.com"))
    other = run("planned_here:PLAN", "--check", str(page))
    assert other.exit_code == 1
    assert "-| [crash reports](#crash-reports) | `other.example.com`" in other.stdout
    assert "+| [crash reports](#crash-reports) | `errors.example.com`" in other.stdout


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("planned_here", "give MODULE:NAME"),
        (":PLAN", "give MODULE:NAME"),
        ("planned_here:", "give MODULE:NAME"),
        ("planned_here:ELSE", "AttributeError"),
        ("planned_here:NUMBER", "that is neither"),
        ("no_such_module:PLAN", "ModuleNotFoundError"),
        ("broken_here:PLAN", "RuntimeError"),
    ],
)
def test_what_is_no_plan_is_refused(folder: Path, name: str, said: str) -> None:
    """In one line, without the words of what failed."""
    assert folder.is_dir()
    done = run(name)
    assert done.exit_code == 2
    assert said in done.stderr
    assert "somebody" not in done.output


def test_a_page_that_cannot_be_read_is_told(folder: Path) -> None:
    """And is no page that says the same."""
    assert folder.is_dir()
    done = run(EXAMPLE, "--check", "nowhere.md")
    assert done.exit_code == 2
    assert "FileNotFoundError" in done.stderr
