"""
The whole command on whole files, with and without names: `scrubber redact [--ner] FILE -o OUT`.

Promise: what the summary says was found is what the same settings find in each line by itself,
added up, so a fast command that looks at less fails.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.archive_files import MB, loghub_lines, own, repeated, training_lines, write
from benchmarks.archives import COMMAND
from benchmarks.bytecode import kept_bytecode
from benchmarks.figures import Bar, Figure
from benchmarks.measure import interleaved
from benchmarks.ner.tables import BARS
from scrubber import Identity, Scrubber

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_FOUND: Final = re.compile(r"([\d,]+) findings?\b")
WAYS: Final = {"off": (), "on": ("--ner",)}


@dataclass(slots=True)
class Redacting:
    """The command on one file.

    Attributes:
        path: of the file.
        options: of the command.
        found: how many findings its summary tells, or -1 before it has run.
    """

    path: Path
    options: Sequence[str]
    found: int = -1

    def __call__(self) -> float:
        """Run it once, and return the seconds."""
        output = self.path.with_suffix(".redacted")
        command = [*COMMAND, *self.options, str(self.path), "-o", str(output)]
        begin = time.perf_counter()
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        seconds = time.perf_counter() - begin
        if done.returncode:
            raise RuntimeError(f"the command ended with {done.returncode}: {done.stderr.strip()}")
        output.unlink()
        found = _FOUND.search(done.stderr)
        self.found = int(found[1].replace(",", "")) if found else 0
        return seconds


@cache
def _scrubber(ner: str) -> Scrubber:
    return Scrubber(ner=ner, identity=Identity.none())


def _counts(lines: Iterable[str]) -> dict[str, int]:
    """Return what is found in lines, each by itself, without names and with them."""
    counts = dict.fromkeys(WAYS, 0)
    for line in lines:
        for ner in WAYS:
            counts[ner] += len(_scrubber(ner).scan(line))
    return counts


def of_logs(folder: Path, size: int, rounds: int) -> list[Figure]:
    """Return how fast the command is on real logs and on clean ones of training runs.

    Args:
        folder: of real logs.
        size: of each file, in bytes.
        rounds: how often, in turns.
    """
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as place, kept_bytecode():
        dirty, clean = Path(place, "dirty.log"), Path(place, "clean.log")
        lines = loghub_lines(folder)
        count, _ = write(repeated(lines, size, own), dirty)
        times, over = divmod(count, len(lines))
        whole = _counts(own(line, 0) for line in lines)
        rest = _counts(own(line, 0) for line in lines[:over])
        expected = {ner: whole[ner] * times + rest[ner] for ner in WAYS}
        figures += _of_file(
            "real logs, each line its own", dirty, expected, BARS["dirty logs"], rounds
        )
        write(training_lines(size), clean)
        with clean.open(encoding="utf-8", newline="\n") as file:
            expected = _counts(line.removesuffix("\n") for line in file)
        figures += _of_file("training logs, tqdm bars", clean, expected, BARS["clean logs"], rounds)
    return figures


def _of_file(
    title: str, path: Path, expected: dict[str, int], bar: Bar, rounds: int
) -> list[Figure]:
    runs = {ner: Redacting(path, options) for ner, options in WAYS.items()}
    times = interleaved(runs, rounds, warm=False)
    size = path.stat().st_size
    path.unlink()
    title = f"redact, {title}, {size / MB:.0f} MB"
    figures = [
        Figure(
            title,
            f"ner {ner}",
            size / timing.median / MB,
            "MB/s",
            bar if ner == "on" else None,
            runs[ner].found,
            expected[ner],
        )
        for ner, timing in times.items()
    ]
    figures.append(Figure(title, "ner on / off", times["on"].times(times["off"]), "times"))
    return figures
