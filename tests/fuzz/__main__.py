"""Fuzz the targets, one after the other: `python -m tests.fuzz [--seconds N] [TARGET...]`.

What is found is made small and written to tests/regressions/fuzz/TARGET, where every test run tries
it again. Needs Atheris. Exits 1 when something was found, or a target did not run.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.fuzz.broken import failure_of
from tests.fuzz.known import STORED, held, known_promises
from tests.fuzz.minimise import minimised
from tests.fuzz.targets import TARGETS, dictionary

ROOT: Final = Path(__file__).resolve().parents[2]
SLOW: Final = 60
"""Seconds after which one input counts as a hang: what takes milliseconds may not take a minute."""

MOST_SEEDS: Final = 300
SEEDS_A_SECOND: Final = 2
"""What a fuzzer begins with is run whole, however little time there is: a short run has fewer."""

_STATUS: Final = re.compile(r"#(\d+)\s+(INITED|NEW|REDUCE|pulse|DONE)\s+cov: (\d+) ft: (\d+)")
_FOUND: Final = re.compile(r"(?m)^FOUND (\w+) (.+)$")
_SPEED: Final = re.compile(r"exec/s: (\d+)")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one target.

    Attributes:
        line: for the reader.
        found: names of files with cases that fail.
        ran: whether it ran to its end.
    """

    line: str
    found: tuple[str, ...]
    ran: bool


def fuzzed(
    name: str, seconds: int, *, stored: Path = STORED, corpus: Path | None = None, seed: int = 0
) -> Outcome:
    """Fuzz one target.

    Args:
        name: the target.
        seconds: how long.
        stored: where what is found goes, in a folder of the target.
        corpus: a folder that keeps what the fuzzer has learnt, or None for none.
        seed: what is drawn from; 0 for another each time. The same seed tries the same inputs in
            the same order, for as long as there is time.

    Returns:
        What came of it.
    """
    target = TARGETS[name]
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        place = Path(folder)
        (place / "seeds").mkdir()
        (place / "found").mkdir()
        seeds = list(target.seeds())
        most = min(MOST_SEEDS, max(seconds * SEEDS_A_SECOND, 1))
        seeds = seeds[:: -(-len(seeds) // most)]
        for at, begun in enumerate([*seeds, *(one.read_bytes() for one in held(name, stored))]):
            (place / "seeds" / f"{at:05}").write_bytes(begun[: target.longest])
        (place / "words").write_text(dictionary(), encoding="ascii")
        learnt = corpus or place / "corpus"
        learnt.mkdir(parents=True, exist_ok=True)
        options = [
            f"-max_total_time={seconds}",
            f"-seed={seed}",
            f"-max_len={target.longest}",
            f"-dict={place / 'words'}",
            f"-artifact_prefix={place / 'found'}{os.sep}",
            f"-timeout={SLOW}",
            "-rss_limit_mb=4096",
            "-print_final_stats=1",
            str(learnt),
            str(place / "seeds"),
        ]
        command = [sys.executable, "-m", "tests.fuzz.worker", name, str(place / "found"), *options]
        done = subprocess.run(
            command,
            cwd=ROOT,
            env={
                **os.environ,
                "SCRUBBER_CACHE_DIR": str(place),
                **({"PYTHONHASHSEED": str(seed)} if seed else {}),
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        return _outcome(name, done, place / "found", stored / name)


def _outcome(
    name: str, done: subprocess.CompletedProcess[str], found: Path, stored: Path
) -> Outcome:
    """Say what the output of a run means, and keep what was found."""
    states = [match.groups() for match in _STATUS.finditer(done.stdout)]
    begun = [state for state in states if state[1] == "INITED"]
    ended = [state for state in states if state[1] == "DONE"]
    speeds = _SPEED.findall(done.stdout)
    said = dict(_FOUND.findall(done.stdout))
    known = known_promises(name)
    new = [one for one in sorted(found.iterdir()) if said.get(one.name) not in known]
    names = [_kept(name, one, stored) for one in new]
    if not (begun and ended and speeds):
        kinds = {one.name.partition("-")[0] for one in found.iterdir()} - set(said)
        reason = ", ".join(sorted(kinds)) or f"ended with {done.returncode}"
        return Outcome(f"{name}: did not run to its end: {reason}", tuple(names), ran=False)
    line = (
        f"{name}: {ended[-1][0]} runs, {speeds[-1]} a second, coverage {begun[0][2]} ->"
        f" {ended[-1][2]}, features {begun[0][3]} -> {ended[-1][3]}"
    )
    told = [f"  {'known' if one in known else 'found'}: {one}" for one in said.values()]
    return Outcome("\n".join([line, *told]), tuple(names), ran=True)


def _kept(name: str, file: Path, stored: Path) -> str:
    """Make a case small and store it; give the name of its file."""
    check = TARGETS[name].check
    data = file.read_bytes()
    if failure_of(check, data):
        data = minimised(check, data)
    stored.mkdir(parents=True, exist_ok=True)
    (stored / file.name).write_bytes(data)
    return file.name


def main(arguments: list[str]) -> int:
    """Fuzz what is asked for; 1 when something was found or did not run."""
    parser = argparse.ArgumentParser(description="Fuzz the targets, one after the other.")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--seed", type=int, default=0, help="0 for another each time")
    parser.add_argument("--corpus", type=Path, help="keep what the fuzzer has learnt there")
    parser.add_argument("--stored", type=Path, default=STORED, help="where cases go")
    options = parser.parse_args(arguments)
    unknown = set(options.targets) - set(TARGETS)
    if unknown:
        parser.error(f"no such target: {', '.join(sorted(unknown))}")
    bad = False
    for name in options.targets or TARGETS:
        corpus = options.corpus / name if options.corpus else None
        outcome = fuzzed(
            name, options.seconds, stored=options.stored, corpus=corpus, seed=options.seed
        )
        bad = bad or bool(outcome.found) or not outcome.ran
        print(outcome.line, flush=True)
        for file in outcome.found:
            print(f"  stored as {name}/{file}", flush=True)
    return int(bad)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
