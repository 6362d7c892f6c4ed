"""
Files of 100 MB through the command: `python -m benchmarks.archives [--corpus FOLDER]`.

Four files are made in a temporary folder: two training logs with tqdm bars in which nothing is to
be found, one of them with a hash in each fourth message; and, from the `*.log` files of FOLDER,
their lines shuffled and repeated, as they are and with each line's own time and number. Repeated
lines flatter an engine that remembers, and hashes are new to it each time, so both kinds stand side
by side. `scrubber redact FILE -o OUT` is timed as a whole, its start included, in turns.

Promise: what the command says it found has to be what the reference engine finds in each line of
the file, added up; what the fast engine gives for a sample has to be what the reference gives; and
in lines that are all clean nothing may change, with one job or more. Else this ends with 1.

What is unfair: the file is read from memory, where the system still has it, and written there. The
size is that of the input. The sample for the reference is small, since it takes minutes for more;
in a sample nothing comes again, so both ratios stand there: on the sample, and of the whole file to
the reference's sample.
"""

from __future__ import annotations

import argparse
import filecmp
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.archive_files import MB, made
from benchmarks.bytecode import kept_bytecode
from benchmarks.engines import SLOW, fastest, scrubber
from benchmarks.figures import Figure, Results, bars
from benchmarks.machine import Setting
from benchmarks.measure import interleaved, stopwatch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.archive_files import Archive
    from benchmarks.measure import Timing


# The command, which at its end tells the most memory it held. What the system tells a parent counts
# the parent's own, too.
RUN: Final = """
import sys
from scrubber.cli import main
try:
    main()
finally:
    try:
        lines = open("/proc/self/status").read().splitlines()
        held = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
        print(f"held {held * 1024}", file=sys.stderr)
    except OSError:
        pass
"""
COMMAND: Final = (sys.executable, "-c", RUN, "redact", "--no-config", "--no-identity")
_FOUND: Final = re.compile(r"([\d,]+) findings?\b")
_HELD: Final = re.compile(r"(?m)^held (\d+)$")


@dataclass(slots=True)
class Redacting:
    """The command on one file.

    Attributes:
        archive: the file.
        jobs: how many processes it may use.
        found: how many findings its summary tells, or -1 before it has run.
        held: the most bytes of memory it held, or 0 where the system does not tell.
    """

    archive: Archive
    jobs: int
    found: int = -1
    held: int = 0

    @property
    def output(self) -> Path:
        """Where it writes to."""
        return self.archive.path.with_suffix(f".{self.jobs}.redacted")

    def __call__(self) -> float:
        """Run it once, and return the seconds."""
        jobs = () if self.jobs == 1 else ("--jobs", str(self.jobs))
        command = [*COMMAND, *jobs, str(self.archive.path), "-o", str(self.output)]
        begin = time.perf_counter()
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        seconds = time.perf_counter() - begin
        if done.returncode:
            raise RuntimeError(f"the command ended with {done.returncode}: {done.stderr.strip()}")
        found, held = _FOUND.search(done.stderr), _HELD.search(done.stderr)
        self.found = int(found[1].replace(",", "")) if found else 0
        self.held = int(held[1]) if held else 0
        return seconds


def has_jobs() -> bool:
    """Tell whether the command takes `--jobs`."""
    done = subprocess.run([*COMMAND, "--help"], capture_output=True, text=True, check=False)
    return "--jobs" in done.stdout


def of_archive(archive: Archive, jobs: Sequence[int], rounds: int) -> list[Figure]:
    """Return the figures of one file."""
    runs = {str(count): Redacting(archive, count) for count in jobs}
    times = interleaved(runs, rounds, warm=False)
    figures = [
        Figure(
            archive.title,
            f"scrubber redact, {count} job{'s' * (count != '1')}",
            archive.size / timing.median / MB,
            "MB/s",
            bars().get(archive.bar) if count == "1" else None,
            runs[count].found,
            archive.findings,
        )
        for count, timing in times.items()
    ]
    if "2" in times:
        ratio = times["1"].times(times["2"])
        figures.append(Figure(archive.title, "2 jobs / 1", ratio, "times", bars()["two jobs"]))
    if held := runs["1"].held:
        figures.append(Figure(archive.title, "memory of 1 job", held / MB, "MB"))
    return figures


def sample(archive: Archive, size: int) -> str:
    """Return the first lines of a file, about so many bytes."""
    with archive.path.open("rb") as file:
        return file.read(size).rpartition(b"\n")[0].decode() + "\n"


def against_reference(
    archive: Archive, size: int, rounds: int, speed: float
) -> tuple[list[Figure], list[str]]:
    """Return the speed of both engines on a sample, and what is wrong with what they gave.

    Args:
        archive: the file.
        size: of the sample, in bytes.
        rounds: how often.
        speed: that of the command on the whole file, in MB a second.
    """
    text = sample(archive, size)
    engines = {name: scrubber(name) for name in dict.fromkeys((SLOW, fastest()))}
    texts = {name: one.scrub_text(text) for name, one in engines.items()}
    counts = {name: len(one.scan(text)) for name, one in engines.items()}
    work = {
        name: stopwatch(lambda one=one: one.scrub_text(text))  # type: ignore[misc]
        for name, one in engines.items()
    }
    times: dict[str, Timing] = interleaved(work, rounds, warm=False)
    title = f"{archive.title}, {len(text.encode()) / MB:.2g} MB"
    figures = [
        Figure(
            title,
            name,
            len(text.encode()) / timing.median / MB,
            "MB/s",
            findings=counts[name],
            expected=counts[SLOW],
        )
        for name, timing in times.items()
    ]
    for name, timing in times.items():
        if name != SLOW:
            ratio = times[SLOW].times(timing)
            figures.append(Figure(title, f"{SLOW} / {name}", ratio, "times"))
    bar = bars()["archive of real logs, reference"] if "real" in title else None
    ratio = times[SLOW].median * speed * MB / len(text.encode())
    what = f"the whole file / a sample on {SLOW}"
    figures.append(Figure(archive.title, what, ratio, "times", bar))
    differ = len(set(texts.values())) > 1
    return figures, ["another text than the reference"] * differ


def main(arguments: Sequence[str]) -> int:
    """Print the table; 1 when something else was found than the reference finds."""
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0])
    parser.add_argument("--corpus", type=Path, metavar="FOLDER", help="of *.log files")
    parser.add_argument("--megabytes", type=float, help="of each file (100; 1 for the reference)")
    parser.add_argument("--sample", type=float, default=0.5, help="megabytes for the reference")
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="for the files; three times the megabytes")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there, too")
    options = parser.parse_args(arguments)
    megabytes = options.megabytes or (1 if fastest() == SLOW else 100)
    command = f"python -m benchmarks.archives --corpus FOLDER --megabytes {megabytes:g}"
    results = Results(Setting.here(f"{command} --rounds {options.rounds}"))
    jobs = [count for count in options.jobs if count == 1 or has_jobs()]
    if jobs != options.jobs:
        results.skip("two jobs", "the command has no --jobs")
    if options.corpus is None:
        results.skip("real logs", "no --corpus FOLDER given")
    differ = False
    with tempfile.TemporaryDirectory(dir=options.folder) as folder, kept_bytecode():
        for archive in made(Path(folder), options.corpus, int(megabytes * MB)):
            done = of_archive(archive, jobs, options.rounds)
            results.figures += done
            figures, faults = against_reference(
                archive, int(options.sample * MB), options.rounds, done[0].value
            )
            results.figures += figures
            faults += written_wrong(archive, jobs)
            results.notes += [f"WRONG: {archive.title}: {fault}" for fault in faults]
            differ |= bool(faults)
    return results.finish(options.json) or int(differ)


def written_wrong(archive: Archive, jobs: Sequence[int]) -> list[str]:
    """Return what is wrong with the files the command wrote, and delete them."""
    faults: list[str] = []
    first, *others = [Redacting(archive, count).output for count in jobs]
    if archive.findings == 0 and not filecmp.cmp(first, archive.path, shallow=False):
        faults.append("clean lines were changed")
    if not all(filecmp.cmp(first, other, shallow=False) for other in others):
        faults.append("another text with more jobs")
    for path in (first, *others, archive.path):
        path.unlink()
    return faults


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
