"""
What the tagger takes before its first line: time, memory, and room on the disk.

Promise: each figure is the median of fresh processes in which the package is imported already. What
is timed goes from there to the spans of a first line.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks.bytecode import kept_bytecode
from benchmarks.figures import Figure
from benchmarks.ner.tables import BARS
from scrubber.ner.model import MODEL

MB: Final = 1_000_000
ROOT: Final = Path(__file__).parents[2]
LINE: Final = "Could not find a record for Jane Doe in table users"

_HELD: Final = """
def held():
    try:
        lines = open("/proc/self/status").read().splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS"))
    except OSError:
        import resource
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
"""
_RESIDENT: Final = """
import gc, json, sys, time
import scrubber, scrubber.pipeline
{held}
before = held()
start = time.perf_counter()
{make}
found = len(tagger.tag({line!r}))
seconds = time.perf_counter() - start
gc.collect()
after = held()
lines = sys.stdin.read().splitlines()
from scrubber.ner.people import People
people = People([tagger])
for line in lines:
    people.find(line)
gc.collect()
print(json.dumps([seconds, after - before, held() - before, found]))
"""
_TRACED: Final = """
import gc, json, tracemalloc
import scrubber, scrubber.pipeline
tracemalloc.start()
{make}
found = len(tagger.tag({line!r}))
gc.collect()
print(json.dumps([tracemalloc.get_traced_memory()[0], found]))
"""
_MAKES: Final = {
    "embedded": "from scrubber.ner.tagger import embedded; tagger = embedded()",
    "packaged spaCy": "from scrubber.ner.spacy import SpacyTagger; tagger = SpacyTagger()",
}


def _told(code: str, make: str, given: str = "") -> list[float]:
    code = code.format(held=_HELD, make=make, line=LINE)
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"a first line failed: {done.stderr.strip().splitlines()[-1]}")
    told: list[float] = json.loads(done.stdout)
    return told


def first_line(rounds: int, lines: list[str], *, spacy: bool) -> list[Figure]:
    """Return the time and the memory of a first line, in fresh processes, in turns.

    Args:
        rounds: how many processes each.
        lines: of logs, read after it.
        spacy: whether the packaged pipeline of spaCy is asked, too.
    """
    makes = {name: make for name, make in _MAKES.items() if spacy or name == "embedded"}
    resident: dict[str, list[list[float]]] = {name: [] for name in makes}
    traced: dict[str, list[list[float]]] = {name: [] for name in makes}
    with kept_bytecode():
        for make in makes.values():
            _told(_RESIDENT, make)  # the first one compiles the modules
        for _ in range(rounds):
            for name, make in makes.items():
                own = lines if name == "embedded" else []
                resident[name].append(_told(_RESIDENT, make, "\n".join(own)))
                traced[name].append(_told(_TRACED, make))
    figures: list[Figure] = []
    for name in makes:
        mine = name == "embedded"
        columns = [median(column) for column in zip(*resident[name], strict=True)]
        objects = median(one[0] for one in traced[name])
        load, memory = (BARS["load"], BARS["memory"]) if mine else (None, None)
        title = f"first line, {name}"
        found = int(columns[3])
        figures += [
            Figure(title, "load and tag", columns[0] * 1e3, "ms", load, found, 1),
            Figure(title, "memory of the process", columns[1] / MB, "MB", memory),
            Figure(title, "memory of Python's objects", objects / MB, "MB", memory),
        ]
        if mine:
            what = f"memory of the process after {len(lines):,} lines of logs"
            figures.append(Figure(title, what, columns[2] / MB, "MB", memory))
    return figures


def sizes() -> list[Figure]:
    """Return how large the packaged files are, as they lie there and packed as in a wheel."""
    import zlib

    folder = MODEL.with_name("spacy")
    files = [MODEL, *sorted(path for path in folder.rglob("*") if path.is_file())]
    plain = {path: path.stat().st_size for path in files}
    packed = {path: len(zlib.compress(path.read_bytes(), 9)) for path in files}
    figures = [Figure("size", "tagger", plain[MODEL] / MB, "MB", BARS["tagger file"])]
    if len(files) > 1:
        rest = files[1:]
        figures += [
            Figure("size", "spaCy pipeline", sum(plain[one] for one in rest) / MB, "MB"),
            Figure("size", "spaCy pipeline, packed", sum(packed[one] for one in rest) / MB, "MB"),
            Figure("size", "both, packed", sum(packed.values()) / MB, "MB", BARS["both files"]),
        ]
    return figures
