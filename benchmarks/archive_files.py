"""
The files that `archives.py` puts through the command, with what has to be found in them.

Promise: the same size and the same logs give the same bytes. The count of findings is what the
reference engine finds line by line, each line once, times how often it stands there; so it is exact
as long as no rule finds anything over the end of a line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Final

from benchmarks import corpora
from benchmarks.engines import SLOW, scrubber

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

MB: Final = 1_000_000
SEED: Final = 11
_TIME: Final = re.compile(r"\d\d:\d\d:\d\d")


@dataclass(frozen=True, slots=True)
class Archive:
    """A file to redact.

    Attributes:
        title: Shown in the table.
        path: Where it is.
        size: Bytes of it.
        findings: What the reference finds in its lines.
        bar: The name of its bar, or "".
    """

    title: str
    path: Path
    size: int
    findings: int
    bar: str = ""


def loghub_lines(folder: Path) -> list[str]:
    """Return the lines of all logs of a folder, shuffled."""
    lines = [
        line
        for path in sorted(folder.glob("*.log"))
        for line in path.read_text("utf-8", "replace").splitlines()
    ]
    Random(SEED).shuffle(lines)  # noqa: S311  # not for keeping secrets
    return lines


def own(line: str, number: int) -> str:
    """Return a line with a time and a number of its own, so that no two are equal."""
    minutes, second = divmod(number, 60)
    hours, minute = divmod(minutes, 60)
    stamp = f"{hours % 24:02}:{minute:02}:{second:02}"
    return f"{_TIME.sub(stamp, line, count=1)} seq={number:08}"


def repeated(lines: Sequence[str], size: int, change: Callable[[str, int], str]) -> Iterator[str]:
    """Give lines again and again until they are of a size, in bytes."""
    number = written = 0
    while written < size:
        for line in lines:
            one = change(line, number)
            number += 1
            written += len(one.encode()) + 1
            yield one


def training_lines(size: int, **kind: int) -> Iterator[str]:
    """Give a training log of a size, in bytes, of which no two parts are equal."""
    written = seed = 0
    while written < size:
        for line in corpora.bars(seed, 1000, **kind):
            written += len(line.encode()) + 1
            yield line
        seed += 1


def write(lines: Iterable[str], path: Path) -> tuple[int, int]:
    """Write lines to a file; return how many and its size."""
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        for count, line in enumerate(lines, 1):  # noqa: B007  # it is the count
            file.write(line + "\n")
    return count, path.stat().st_size


def made(folder: Path, corpus: Path | None, size: int) -> Iterator[Archive]:
    """Write the files."""
    path = folder / "training.log"
    _, bytes_ = write(training_lines(size), path)
    yield Archive("training log, tqdm bars", path, bytes_, 0, "archive of training logs")
    path = folder / "hashes.log"
    _, bytes_ = write(training_lines(size, hashes=4), path)
    yield Archive("training log, each fourth message has a hash", path, bytes_, 0)
    if corpus is None:
        return
    lines = loghub_lines(corpus)
    slow = scrubber(SLOW)
    for title, name, change, bar in (
        ("real logs, repeated", "same", lambda line, _: line, "archive of real logs"),
        ("real logs, each line its own", "own", own, "archive of real logs"),
    ):
        found = sum(len(slow.scan(change(line, 0))) for line in lines)
        path = folder / f"{name}.log"
        count, bytes_ = write(repeated(lines, size, change), path)
        yield Archive(title, path, bytes_, found * (count // len(lines)), bar)
