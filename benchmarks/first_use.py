"""
What a program pays before its first text: `python -m benchmarks.first_use`.

Each figure is the median of many fresh processes, taken in turns: the import beyond the bare
interpreter, the first `scrub_text` and the first `scrub(event)` with a cold, a warm and an
unwritable cache, and the memory that is then held. Modules are compiled, as installed ones are. The
clock of a first call begins before `import scrubber` and ends when the result is there.

Promise: a first call that gives something else than it should ends this with 1.

What is unfair: the files lie in the memory of the system, as after any start before; on a machine
just booted, or on a slow disk, everything is slower. The names of this machine are asked for, so
the figures depend on how much it knows of itself.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

from benchmarks.bytecode import kept_bytecode
from benchmarks.figures import Figure, Results, bars
from benchmarks.machine import Setting
from scrubber.ruleset import prebuilt
from scrubber.ruleset.locate import rules_dir

if TYPE_CHECKING:
    from collections.abc import Sequence

ROUNDS: Final = 15
ROOT: Final = Path(__file__).parents[1]

EVENT: Final = {
    "level": "error",
    "platform": "python",
    "message": "cannot mail user1@example.com",
    "exception": {
        "values": [
            {
                "type": "RuntimeError",
                "value": "connection from 192.0.2.17 refused",
                "stacktrace": {
                    "frames": [
                        {
                            "filename": f"app/step_{number}.py",
                            "function": f"step_{number}",
                            "module": f"app.step_{number}",
                            "lineno": number,
                            "context_line": f"    run(step={number}, path=path)",
                            "vars": {
                                "path": "'/home/fpeterson/data/weights.pt'",
                                "step": str(number),
                            },
                        }
                        for number in range(10)
                    ]
                },
            }
        ]
    },
}

# What a fresh process runs; the last line of each says what it took and what it held.
BEGIN: Final = "import time; begin = time.perf_counter()\n"
END: Final = """
took = time.perf_counter() - begin
import json
try:
    lines = open("/proc/self/status").read().splitlines()
    held = next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))
except OSError:
    import resource
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
print(json.dumps({"seconds": took, "bytes": held, "right": right}))
"""
CODES: Final = {
    "bare": f"{BEGIN}right = True{END}",
    "import": f"{BEGIN}import scrubber; right = True{END}",
    "first text": (
        f"{BEGIN}from scrubber import scrub_text\n"
        "right = scrub_text('mail user1@example.com at 192.0.2.17') == 'mail [email] at [ip]'"
        f"{END}"
    ),
    "first event": (
        f"event = {EVENT!r}\n"
        f"{BEGIN}from scrubber import scrub\n"
        "out = scrub(event)\n"
        "right = out['message'] == 'cannot mail [email]' and len("
        "out['exception']['values'][0]['stacktrace']['frames']) == 10 and "
        "'peterson' not in repr(out) and '192.0.2.17' not in repr(out)"
        f"{END}"
    ),
}
CACHES: Final = ("cold", "warm", "unwritable")
VARIABLE: Final = "XDG_CACHE_HOME"


@dataclass(frozen=True, slots=True)
class First:
    """What one fresh process said.

    Attributes:
        wall: seconds from its start to its end, as its parent saw it.
        seconds: as it measured itself.
        held: the most bytes of memory it held.
        right: whether the result was the right one.
    """

    wall: float
    seconds: float
    held: int
    right: bool


def environment() -> dict[str, str]:
    """Return the environment without what names another cache."""
    return {name: value for name, value in os.environ.items() if name != "SCRUBBER_CACHE_DIR"}


def fill(cache: Path) -> None:
    """Have a process do ahead what it can, so that its cache is warm."""
    code = "from scrubber.default import scrubber_for; scrubber_for().warm()"
    env = {**environment(), VARIABLE: str(cache)}
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, check=True)


def fresh(code: str, cache: Path) -> First:
    """Run code in a new process with a folder for its cache."""
    begin = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**environment(), VARIABLE: str(cache)},
        capture_output=True,
        text=True,
        check=False,
    )
    wall = time.perf_counter() - begin
    if done.returncode:
        raise RuntimeError(f"a first use failed: {done.stderr.strip().splitlines()[-1]}")
    said = json.loads(done.stdout.splitlines()[-1])
    return First(wall, said["seconds"], said["bytes"], right=said["right"])


def cache_for(kind: str, folder: Path, number: int) -> Path:
    """Return the folder of a cache: new, the same each time, or one that cannot be made."""
    if kind == "cold":
        return folder / f"cold-{number}"
    if kind == "unwritable":
        barrier = folder / "file"  # root may write anywhere but below a file
        barrier.touch()
        return barrier / "cache"
    return folder / "warm"


def measured(rounds: int, folder: Path) -> dict[str, list[First]]:
    """Run every first use in turns."""
    uses = [("bare", ""), ("import", "")]
    uses += [(what, cache) for what in ("first text", "first event") for cache in CACHES]
    found: dict[str, list[First]] = {f"{what} {cache}".strip(): [] for what, cache in uses}
    fill(cache_for("warm", folder, 0))
    number = 0
    for turn in range(rounds + 1):
        for what, cache in uses:
            number += 1
            one = fresh(CODES[what], cache_for(cache, folder, number))
            if turn:  # the first turn fills the warm cache and the memory of the system
                found[f"{what} {cache}".strip()].append(one)
    return found


def figures(found: dict[str, list[First]]) -> list[Figure]:
    """Return the figures of all first uses."""
    bare = found["bare"]
    limits = bars()

    def beyond(name: str) -> float:
        pairs = zip(found[name], bare, strict=True)
        return median(one.wall - none.wall for one, none in pairs) * 1e3

    result = [
        Figure("start", "bare interpreter", median(one.wall for one in bare) * 1e3, "ms"),
        Figure("start", "import scrubber, beyond that", beyond("import"), "ms", limits["import"]),
    ]
    named = {"first text warm": "first text, warm", "first event cold": "first event, cold"}
    for name, firsts in found.items():
        if name.startswith("first"):
            bar = limits[named[name]] if name in named else None
            value = median(one.seconds for one in firsts) * 1e3
            wrong = sum(not one.right for one in firsts)
            result.append(Figure("first use", name, value, "ms", bar, wrong, 0))
    held = median(one.held for one in bare)
    for name in ("import", "first text warm", "first text cold", "first event cold"):
        value = (median(one.held for one in found[name]) - held) / 1e6
        result.append(Figure("memory", f"{name}, beyond the bare interpreter", value, "MB"))
    return result


def main(arguments: Sequence[str]) -> int:
    """Print the table; 1 when a first result was not the right one."""
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0])
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there, too")
    options = parser.parse_args(arguments)
    command = f"python -m benchmarks.first_use --rounds {options.rounds}"
    results = Results(Setting.here(command))
    results.notes.append(f"median of {options.rounds} processes; findings: wrong results")
    if not prebuilt.load(rules_dir()):
        results.notes.append("the rules are not prebuilt: python hatch_build.py; seconds are added")
    with tempfile.TemporaryDirectory() as folder, kept_bytecode():
        results.figures += figures(measured(options.rounds, Path(folder)))
        if not any((Path(folder) / "warm").rglob("*")):
            results.notes.append("nothing was put into the cache: cold and warm are the same here")
    return results.finish(options.json)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
