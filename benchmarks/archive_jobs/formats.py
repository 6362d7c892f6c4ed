"""How fast each format goes, one process, one file after the other."""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scrubber.archive.one_file import done
from scrubber.archive.tasks import Job, Task
from scrubber.identity.model import Identity
from scrubber.pipeline import Scrubber

if TYPE_CHECKING:
    from pathlib import Path

_ENOUGH: Final = 30 << 20
_MB: Final = 1e6


@dataclass(slots=True)
class Speed:
    """What files of one format came to.

    Attributes:
        files: how many were done.
        size: their bytes, as they are stored.
        findings: in them.
        seconds: how long they took.
    """

    files: int = 0
    size: int = 0
    findings: int = 0
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        """Megabytes a second."""
        return self.size / self.seconds / _MB if self.seconds else 0.0


def speeds(tree: Path, scratch: Path, most: int = _ENOUGH) -> dict[str, Speed]:
    """Redact files of each format, until there were enough bytes of it.

    Args:
        tree: a tree of files.
        scratch: where the results go.
        most: bytes of a format that are enough.

    Returns:
        The speed of each format, by its name; processor time of this process, not of the clock.

    Raises:
        RuntimeError: a file failed.
    """
    job = Job(Scrubber(identity=Identity.none()))
    job.scrubber.warm()
    found: dict[str, Speed] = defaultdict(Speed)
    by_suffix: dict[str, int] = defaultdict(int)
    for index, path in enumerate(sorted(one for one in tree.rglob("*") if one.is_file())):
        size = path.stat().st_size
        if by_suffix[path.suffix] >= most:
            continue
        by_suffix[path.suffix] += size
        task = Task(index, str(path), str(scratch / f"{index}"), size)
        begun = time.process_time()
        outcome = done(task, job)
        seconds = time.process_time() - begun
        if outcome.state not in {"done", "listed"}:
            raise RuntimeError(f"a file of the format {outcome.kind} failed: {outcome.reason}")
        one = found[outcome.kind]
        one.files += 1
        one.size += size
        one.findings += outcome.found.report.findings
        one.seconds += seconds
    return dict(sorted(found.items()))
