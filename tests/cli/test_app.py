"""The command itself: how it is called, what it is called, and what it needs."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from scrubber import cli

if TYPE_CHECKING:
    from tests.cli.conftest import Command, Spawn


def test_version_is_shown(command: Command) -> None:
    """As `scrubber` and a version, also where it is not installed."""
    assert re.fullmatch(
        r"scrubber (\d+\.\S+|unknown \(not installed\))\n", command("--version").stdout
    )


@pytest.mark.parametrize("name", ["redact", "scan", "explain", "rules"])
def test_help_is_shown(command: Command, name: str) -> None:
    """Every command has help, and the group names it."""
    assert name in command("--help").stdout
    assert command(name, "-h").stdout.startswith("Usage: ")


def test_missing_click_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without the extra it says what to install, and ends with 2."""
    monkeypatch.setitem(sys.modules, "click", None)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 2
    assert capsys.readouterr().err == "scrubber needs click: pip install 'crashscrub[cli]'\n"


def test_usage_error_names_the_command(spawn: Spawn) -> None:
    """The name of the command is `scrubber` however it was started."""
    with spawn("redact", "--nope") as process:
        _, errors = process.communicate()
    assert process.returncode == 2
    assert errors.startswith(b"Usage: scrubber redact ")


@pytest.mark.parametrize("closed", ["stdin", "stdout"])
def test_closed_stream_is_an_error(spawn: Spawn, closed: str) -> None:
    """`scrubber redact >&-` says so."""
    import os

    descriptor = {"stdin": 0, "stdout": 1}[closed]
    options = {"preexec_fn": lambda: os.close(descriptor), closed: subprocess.DEVNULL}
    with spawn("redact", **options) as process:
        _, errors = process.communicate()
    assert process.returncode == 2
    assert b"closed" in errors
