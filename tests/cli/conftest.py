"""The command as the tests call it: in this process, or in one of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scrubber.cli.app import app
from scrubber.pipeline import Scrubber

ROOT = Path(__file__).resolve().parents[2]

Command = Callable[..., Result]
Spawn = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder: empty, and with no configuration above it."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def command(folder: Path) -> Command:
    """Run the command in this process."""
    assert folder.is_dir()

    def run(*args: str | Path, stdin: bytes = b"") -> Result:
        return CliRunner().invoke(app, [str(arg) for arg in args], input=stdin)

    return run


@pytest.fixture
def spawn(folder: Path) -> Spawn:
    """Start the command in a process of its own, with pipes."""

    def start(*args: str | Path, **options: object) -> subprocess.Popen[bytes]:
        pipes: dict[str, object] = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
        return subprocess.Popen(  # type: ignore[call-overload,no-any-return]  # options vary
            [sys.executable, "-m", "scrubber.cli", *map(str, args)],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            **(pipes | options),
        )

    return start


@pytest.fixture(scope="session")
def scrubber() -> Scrubber:
    """The default scrubber."""
    return Scrubber()
