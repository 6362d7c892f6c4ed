"""The command as the tests call it: in this process, or in one of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, cast

import pytest
from click.testing import CliRunner, Result

from scrubber.cli.app import app
from scrubber.pipeline import Scrubber

ROOT = Path(__file__).resolve().parents[2]

Command = Callable[..., Result]
Spawn = Callable[..., AbstractContextManager[subprocess.Popen[bytes]]]


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
    """Run the command in a process of its own, with pipes; no failing test waits for it."""

    @contextmanager
    def start(*args: str | Path, **options: Any) -> Iterator[subprocess.Popen[bytes]]:  # noqa: ANN401
        pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
        started = subprocess.Popen(
            [sys.executable, "-m", "scrubber.cli", *map(str, args)],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            **(pipes | options),
        )
        with cast("subprocess.Popen[bytes]", started) as process:
            try:
                yield process
            except BaseException:
                process.kill()
                raise

    return start


@pytest.fixture(scope="session")
def scrubber() -> Scrubber:
    """The default scrubber."""
    return Scrubber()
