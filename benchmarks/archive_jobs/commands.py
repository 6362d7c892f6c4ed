"""
The command as a process of its own, timed, with the memory of its processes watched, or killed.

Promise: no process of a command outlives its run here.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_EVERY: Final = 0.2
_PROC: Final = Path("/proc")


@dataclass(frozen=True, slots=True)
class Ended:
    """A command that has ended.

    Attributes:
        seconds: how long it took, its start included.
        code: how it ended; negative for a signal.
        held: the most bytes that one of its Python processes held at a time; 0 where nobody tells.
        said: what it said on stderr.
    """

    seconds: float
    code: int
    held: int
    said: str


def redact(
    source: Path, target: Path, options: Sequence[str], *, kill_after: float | None = None
) -> Ended:
    """Run `scrubber redact SOURCE -o TARGET`.

    Args:
        source: a folder.
        target: where it goes.
        options: further options.
        kill_after: end it and all its processes by SIGKILL after so many seconds.
    """
    arguments = [str(source), "-o", str(target), "--no-config", "--quiet", *options]
    return _run([sys.executable, "-m", "scrubber.cli", "redact", *arguments], kill_after)


def verify(target: Path) -> Ended:
    """Run `scrubber redact --verify TARGET`."""
    arguments = ["--verify", str(target), "--no-config", "--quiet"]
    return _run([sys.executable, "-m", "scrubber.cli", "redact", *arguments], None)


def _run(command: Sequence[str], kill_after: float | None) -> Ended:
    held, begun = 0, time.perf_counter()
    with subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env=os.environ | {"PYTHONPATH": str(Path.cwd())},
    ) as process:
        end = None if kill_after is None else begun + kill_after
        while process.poll() is None:
            now = time.perf_counter()
            if end is not None and now >= end:
                break
            held = max(held, _held(process.pid))
            with suppress(subprocess.TimeoutExpired):
                process.wait(_EVERY if end is None else min(_EVERY, max(end - now, 0.001)))
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        said = process.stderr.read() if process.stderr else ""
        code = process.wait()
    return Ended(time.perf_counter() - begun, code, held, said)


def _held(session: int) -> int:
    """Give the most that one Python process of a session holds now, in bytes."""
    most = 0
    for one in _PROC.glob("[0-9]*"):
        with suppress(OSError, ValueError, IndexError, StopIteration):
            if os.getsid(int(one.name)) != session or "python" not in _name(one):
                continue
            lines = (one / "status").read_text().splitlines()
            line = next(line for line in lines if line.startswith("VmRSS"))
            most = max(most, int(line.split()[1]) * 1024)
    return most


def _name(process: Path) -> str:
    return (process / "comm").read_text()
