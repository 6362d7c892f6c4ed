"""
A virtual environment for each peer, so that no two versions of a package ever meet.

Promise: what cannot be installed is told with the reason and leaves the others alone. Nothing is
installed where the benchmark itself runs.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
import venv
from dataclasses import dataclass
from pathlib import Path
from typing import Final

PATIENCE: Final = 900.0
"""Seconds that one installation may take."""


@dataclass(frozen=True, slots=True)
class Peer:
    """One table of peers.toml.

    Attributes:
        name: Shown in the table.
        adapter: A function of adapters.py.
        environment: The folder of its environment, or "" for this one.
        requires: What pip installs there.
        unfair: What the comparison does not say, to us and to them.
    """

    name: str
    adapter: str
    environment: str
    requires: list[str]
    unfair: str

    def python(self, folder: Path | None) -> Path | None:
        """Return the interpreter to run it with, or None where it is not installed."""
        if not self.environment:
            return Path(sys.executable)
        if folder is None:
            return None
        found = interpreter(folder / self.environment)
        return found if found.exists() else None


def interpreter(environment: Path) -> Path:
    """Return where the interpreter of an environment is."""
    return environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def peers() -> list[Peer]:
    """Return every peer of peers.toml, ours first."""
    text = Path(__file__).with_name("peers.toml").read_text("utf-8")
    return [Peer(**table) for table in tomllib.loads(text)["peer"]]


def install(peer: Peer, folder: Path) -> str:
    """Make the environment of a peer.

    Returns:
        Why it could not be made, or "".
    """
    target = folder / peer.environment
    try:
        if not interpreter(target).exists():
            venv.create(target, with_pip=True)
        pip = [str(interpreter(target)), "-m", "pip", "install", "--quiet", *peer.requires]
        done = subprocess.run(pip, capture_output=True, text=True, timeout=PATIENCE, check=False)
    except (OSError, subprocess.SubprocessError) as error:
        return f"{type(error).__name__}: {error}"
    lines = done.stderr.strip().splitlines()
    return (
        ""
        if done.returncode == 0
        else (lines[-1] if lines else f"pip ended with {done.returncode}")
    )


def setup(folder: Path) -> int:
    """Make every environment and tell of each; 0 also when some could not be made."""
    folder.mkdir(parents=True, exist_ok=True)
    done: set[str] = set()
    for peer in peers():
        if peer.environment and peer.environment not in done:
            done.add(peer.environment)
            reason = install(peer, folder)
            print(f"{peer.environment}: {reason or 'installed'}", flush=True)
    return 0
