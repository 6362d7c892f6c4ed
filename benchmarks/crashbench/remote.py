"""
The other end of worker.py: starts it, asks it, and ends it.

Promise: the worker's interpreter needs nothing of ours; it is handed this folder as a package by
one line of code. One that is silent for too long is ended, and what it was asked counts as failed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

HERE: Final = Path(__file__).resolve().parent
PATIENCE: Final = 300.0
"""Seconds that one answer may take, the first one too, which loads models."""
ALONE: Final = ("OMP_NUM_THREADS", "RAYON_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
# The folder must not be on the path itself: below it, or beside it, are modules named as those of
# the standard library.
START: Final = (
    "import sys; from types import ModuleType; "
    "sys.path[:] = [*sys.argv[3:], *(one for one in sys.path if one)]; "
    "here = ModuleType('crashbench'); here.__path__ = [sys.argv[1]]; "
    "sys.modules['crashbench'] = here; "
    "from crashbench.worker import main; main(sys.argv[2])"
)


class RemoteError(Exception):
    """A system did not answer as asked."""


@dataclass(slots=True)
class Remote:
    """A system in its own process, on one thread."""

    process: subprocess.Popen[str]
    patience: float = PATIENCE
    version: str = field(default="", init=False)

    @classmethod
    def start(cls, name: str, python: str | None = None, *, patience: float = PATIENCE) -> Remote:
        """Start the worker of a system.

        Args:
            name: as in adapters.py.
            python: the interpreter of its environment; None for this one, which is also given what
                this one imports from.
            patience: seconds that one answer may take.

        Raises:
            RemoteError: the interpreter cannot be started.
        """
        paths = [one for one in sys.path if one] if python is None else []
        try:
            process = subprocess.Popen(  # the interpreter is the user's choice
                [python or sys.executable, "-c", START, str(HERE), name, *paths],
                env={**os.environ, **dict.fromkeys(ALONE, "1"), "PYTHONWARNINGS": "ignore"},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                encoding="utf-8",
            )
        except OSError as error:
            raise RemoteError(f"cannot start its interpreter: {type(error).__name__}") from None
        return cls(process, patience)

    def open(self) -> None:
        """Open the system, and note its version.

        Raises:
            RemoteError: it cannot be opened; says why.
        """
        self.version = str(self.ask(do="open")["version"])

    def cases(self, cases: list[tuple[str, Any]], *, outputs: bool) -> dict[str, Any]:
        """Have some cases scrubbed; see worker.py for the answer.

        Raises:
            RemoteError: it is gone, or was silent for too long.
        """
        return self.ask(do="cases", cases=cases, outputs=outputs)

    def ask(self, **request: object) -> dict[str, Any]:
        """Send a request and wait for the answer.

        Raises:
            RemoteError: the worker failed or is gone.
        """
        to, back = self.process.stdin, self.process.stdout
        if to is None or back is None:
            raise RemoteError("the worker has no pipes")
        fuse = Timer(self.patience, self.process.kill)
        fuse.daemon = True
        fuse.start()
        try:
            to.write(json.dumps(request) + "\n")
            to.flush()
            line = back.readline()
        except (OSError, ValueError):
            line = ""
        finally:
            fuse.cancel()
        if not line:
            raise RemoteError("its process ended without an answer")
        answer: dict[str, Any] = json.loads(line)
        if "error" in answer:
            raise RemoteError(answer["error"])
        return answer

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the worker: its input ends."""
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with suppress(OSError):  # what it was not sent any more is of no use
                    pipe.close()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
