"""The other end of worker.py: starts it, asks it, and ends it."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType
    from typing import Self

ROOT: Final = Path(__file__).parents[2]
ALONE: Final = ("OMP_NUM_THREADS", "RAYON_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


class PeerError(Exception):
    """A peer did not answer as asked."""


@dataclass(slots=True)
class Remote:
    """A peer in its own process, on one thread."""

    process: subprocess.Popen[str]

    @classmethod
    def start(cls, python: Path, adapter: str) -> Remote:
        """Start the worker of an adapter."""
        return cls(
            subprocess.Popen(
                [python, "-m", "benchmarks.peers.worker", adapter],
                cwd=ROOT,
                env={**os.environ, **dict.fromkeys(ALONE, "1"), "PYTHONWARNINGS": "ignore"},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                encoding="utf-8",
            )
        )

    def ask(self, **request: object) -> dict[str, Any]:
        """Send a request and wait for the answer.

        Raises:
            PeerError: the worker failed or is gone.
        """
        to, back = self.process.stdin, self.process.stdout
        if to is None or back is None:
            raise PeerError("the worker has no pipes")
        try:
            to.write(json.dumps(request) + "\n")
            to.flush()
            line = back.readline()
        except OSError as error:
            raise PeerError(f"the worker is gone: {error}") from None
        if not line:
            raise PeerError("the worker ended without an answer")
        answer: dict[str, Any] = json.loads(line)
        if "error" in answer:
            raise PeerError(answer["error"])
        return answer

    def version(self) -> str:
        """Open the peer, and return its version."""
        return str(self.ask(do="open")["version"])

    def take(self, lines: Sequence[str]) -> int:
        """Give it the lines to work on, and return how many findings they have to it."""
        return int(self.ask(do="lines", lines=list(lines))["findings"])

    def seconds(self, call: str) -> float | None:
        """Return how long it takes for the lines, or None where it has no such call."""
        answer = self.ask(do="time", call=call)["seconds"]
        return None if answer is None else float(answer)

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
                pipe.close()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
