"""
One crash program, run as its own process against a server that keeps what it sends.

A program is copied into the home of the account it pretends to be: `<home>/work/detector/`, so its
own frames, its working directory and its command line name somebody, as they do on a real machine.
It runs twice: raw, which proves that what it plants would have arrived, and scrubbed.

What a program plants and needs stands in comments at its top, which no local variable holds:

    # [requires] numpy
    # [plants] email home_linux
    # [stays] DataLoader worker

`requires` are modules, `plants` names of `planted.planted()` (`strewn` stands for all of that
family), `stays` are texts that must still be in what arrives; everything else that must stay is
read from the raw run.
"""

from __future__ import annotations

import atexit
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.extras.crashes import planted

if TYPE_CHECKING:
    from tests.extras.crashes.server import Envelope, IngestServer

HERE: Final = Path(__file__).resolve().parent
ROOT: Final = HERE.parent.parent.parent
LIMIT: Final = 180
_HEADER: Final = re.compile(r"(?m)^# \[(requires|plants|stays)\] (.+)$")


@dataclass(frozen=True, slots=True)
class Program:
    """One crash program.

    Attributes:
        path: its file.
        requires: modules it imports.
        plants: names of the values it plants itself.
        stays: texts that must arrive.
    """

    path: Path
    requires: tuple[str, ...]
    plants: tuple[str, ...]
    stays: tuple[str, ...]

    @property
    def name(self) -> str:
        """What it is called."""
        return self.path.stem

    def missing(self) -> list[str]:
        """Give the modules it needs that are not installed."""
        return [name for name in self.requires if find_spec(name) is None]


@dataclass(frozen=True, slots=True)
class Run:
    """What one run of a program sent.

    Attributes:
        envelopes: all of them.
        output: what the process printed.
        status: how it ended.
    """

    envelopes: tuple[Envelope, ...]
    output: str
    status: int


def programs() -> list[Program]:
    """Give all programs, by name."""
    return [_program(path) for path in sorted((HERE / "programs").glob("*.py"))]


def _program(path: Path) -> Program:
    found: dict[str, list[str]] = {"requires": [], "plants": [], "stays": []}
    for key, value in _HEADER.findall(path.read_text("utf-8")):
        found[key] += [value] if key == "stays" else value.split()
    if "strewn" in found["plants"]:
        found["plants"].remove("strewn")
        found["plants"] += [f"{name}/strewn" for name in planted.strewn_names()]
    return Program(path, *(tuple(found[key]) for key in ("requires", "plants", "stays")))


@cache
def databases() -> str:
    """Give a folder where all programs share databases of rules, so that one of them makes them."""
    folder = tempfile.TemporaryDirectory(prefix="crashes-")
    atexit.register(folder.cleanup)
    return folder.name


def run(program: Program, server: IngestServer, *, raw: bool) -> Run:
    """Run a program once.

    Args:
        program: the program.
        server: where it sends.
        raw: without any scrubbing.

    Returns:
        What it sent.
    """
    number, dsn = server.project()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder, "home", planted.ACCOUNT)
        work = home / "work" / "detector"
        work.mkdir(parents=True)
        script = shutil.copy(program.path, work)
        kept = ("PATH", "SYSTEMROOT", "LANG", "TMPDIR")
        environment = {
            **{name: os.environ[name] for name in kept if name in os.environ},
            **planted.environment(),
            "HOME": str(home),
            "PWD": str(work),
            "PYTHONPATH": str(ROOT),
            "SCRUBBER_CACHE_DIR": databases(),
            "PYTHONDONTWRITEBYTECODE": "1",
            "SENTRY_DSN": dsn,
            **({"CRASHES_RAW": "1"} if raw else {}),
        }
        done = subprocess.run(
            [sys.executable, str(script), *planted.arguments()],
            cwd=work,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            timeout=LIMIT,
            check=False,
        )
    return Run(tuple(server.envelopes(number)), done.stdout, done.returncode)
