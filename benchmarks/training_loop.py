"""
A real training loop with a filter in its log: `python -m benchmarks.training_loop`.

A small convolutional net is trained on random images with PyTorch on one core, and writes a line to
a log for each step. What is told is the time inside the filter a step, measured around each call,
and its share of the step. Beside it the same loop runs without the filter, in turns: the difference
of the two is far below what a step varies by, so it is a check of the first figure, not a better
one.

Promise: a planted address in one line of the log is gone, and no other line is changed, or this
ends with 1. Where PyTorch is not installed, it says so and ends with 0.

What is unfair: the first steps of a run are not counted, the filter is warm, and the clock around
each call costs about 0.1 µs, which is in the figure.
"""

from __future__ import annotations

import argparse
import io
import logging
import sys
import time
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from itertools import cycle
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from benchmarks.engines import offered
from benchmarks.figures import Figure, Results, bars
from benchmarks.machine import Setting
from benchmarks.measure import interleaved

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scrubber import Scrubber

    Step = Callable[[], float]
    """Trains one step and returns the loss."""

STEPS: Final = 100
UNCOUNTED: Final = 10
PLANTED: Final = 20
"""The step whose line holds an address."""


@dataclass(slots=True)
class Clocked:
    """A filter with a clock around it.

    Attributes:
        inner: the filter.
        seconds: how long each call took.
    """

    inner: Any
    seconds: list[float] = field(default_factory=list)

    def filter(self, record: logging.LogRecord) -> Any:  # noqa: ANN401  # as the inner one
        """Filter a record and note how long it took."""
        begin = time.perf_counter()
        result = self.inner.filter(record)
        self.seconds.append(time.perf_counter() - begin)
        return result


def convolutional(batch: int) -> Step:
    """Return the step of a small net on random images of 32 by 32 pixels."""
    torch = import_module("torch")
    torch.set_num_threads(1)
    torch.manual_seed(0)
    nn = torch.nn
    net = nn.Sequential(
        *(nn.Conv2d(3, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Flatten(), nn.Linear(32 * 8 * 8, 10)),
    )
    optimizer = torch.optim.SGD(net.parameters(), lr=1e-2, momentum=0.9)
    lost = nn.CrossEntropyLoss()
    batches = cycle(
        [(torch.randn(batch, 3, 32, 32), torch.randint(0, 10, (batch,))) for _ in range(8)]
    )

    def step() -> float:
        images, labels = next(batches)
        optimizer.zero_grad()
        loss = lost(net(images), labels)
        loss.backward()
        optimizer.step()
        return float(loss.item())

    return step


@dataclass(slots=True)
class Run:
    """One run of the loop.

    Attributes:
        seconds: of each step that counts, its line of the log included.
        inside: of each line, the seconds inside the filter; empty without one.
        lines: what stands in the log.
    """

    seconds: list[float]
    inside: list[float]
    lines: list[str]


def train(step: Step, steps: int, scrub: Clocked | None) -> Run:
    """Train and log, with a filter or without."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    if scrub is not None:
        handler.addFilter(scrub.filter)
    log = logging.getLogger("train")
    log.setLevel(logging.INFO)
    log.propagate = False
    log.handlers = [handler]
    seconds = []
    for number in range(steps):
        begin = time.perf_counter()
        loss = step()
        speed = 1 / max(time.perf_counter() - begin, 1e-9)
        log.info(
            "epoch %d step %d loss %.4f lr %.1e %.1f it/s", number // 50, number, loss, 1e-2, speed
        )
        seconds.append(time.perf_counter() - begin)
        if number == PLANTED:
            log.info("checkpoint mailed to %s", "user1@example.com")
    log.handlers = []
    inside = scrub.seconds if scrub is not None else []
    return Run(seconds[UNCOUNTED:], inside[UNCOUNTED:], stream.getvalue().splitlines())


def wrong_lines(run: Run) -> int:
    """Count lines that are not as they should be: one placeholder, and every other line whole."""
    planted = [line for line in run.lines if "checkpoint" in line]
    others = [line for line in run.lines if "checkpoint" not in line]
    wrong = sum(not line.endswith("it/s") or "[" in line for line in others)
    return wrong + (len(planted) != 1) + sum(not one.endswith("to [email]") for one in planted)


def of_engine(name: str, scrubber: Scrubber, step: Step, steps: int, rounds: int) -> list[Figure]:
    """Return the figures of one engine."""
    from scrubber.integrations.logging import ScrubFilter

    runs: dict[str, list[Run]] = {"without": [], "with": []}

    def once(kind: str) -> float:
        scrub = Clocked(ScrubFilter(scrubber=scrubber)) if kind == "with" else None
        runs[kind].append(train(step, steps, scrub))
        return sum(runs[kind][-1].seconds)

    times = interleaved({"without": lambda: once("without"), "with": lambda: once("with")}, rounds)
    counted = runs["with"][1:]
    inside = [second for run in counted for second in run.inside]
    whole = [second for run in counted for second in run.seconds]
    wrong = sum(wrong_lines(run) for run in counted)
    title, bar = "training step", bars()["training step"] if name != "reference" else None
    return [
        Figure(title, f"{name}, inside the filter", median(inside) * 1e6, "µs", bar, wrong, 0),
        Figure(title, f"{name}, inside, worst of 100", worst(inside) * 1e6, "µs"),
        Figure(title, f"{name}, inside, of the step", median(inside) / median(whole) * 100, "%"),
        Figure(title, f"{name}, whole step with it", median(whole) * 1e6, "µs"),
        Figure(
            title, f"{name}, run with / without", times["with"].times(times["without"]), "times"
        ),
    ]


def worst(seconds: Sequence[float]) -> float:
    """Return the 99th percentile."""
    return sorted(seconds)[len(seconds) * 99 // 100]


def missing() -> str:
    """Return why the loop cannot run here, or ""."""
    if find_spec("torch") is None:
        return "PyTorch is not installed (a CPU build is enough)"
    if find_spec("scrubber.integrations") is None:
        return "scrubber.integrations.logging does not exist"
    return ""


def main(arguments: Sequence[str], build: Callable[[int], Step] = convolutional) -> int:
    """Print the table; 1 when the log is not as it should be.

    Args:
        arguments: of the command line.
        build: makes the step for a size of batch; another one in tests.
    """
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0])
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there, too")
    options = parser.parse_args(arguments)
    command = f"python -m benchmarks.training_loop --batch {options.batch} --steps {options.steps}"
    results = Results(Setting.here(f"{command} --rounds {options.rounds}"))
    results.notes.append("findings: lines of the log that are not as they should be")
    reason = missing() if build is convolutional else ""
    if reason:
        results.skip("training loop", reason)
        return results.finish(options.json)
    step = build(options.batch)
    engines, refused = offered()
    for engine, why in refused.items():
        results.skip(f"engine {engine}", why)
    for engine, scrubber in engines.items():
        results.figures += of_engine(engine, scrubber, step, options.steps, options.rounds)
    return results.finish(options.json)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
