"""
All systems on the same cases, in turns.

Promise: every system sees the same cases; none sees one twice before all have seen it once; each is
timed in its own process, on the same cases, A B C, A B C.
"""

from __future__ import annotations

import json
import os
import platform
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from . import cases as corpus
from .judging import Reference
from .remote import RemoteError
from .scores import Scores
from .systems import opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from .cases import Case, Split
    from .remote import Remote
    from .systems import Missing, System

CHUNK: Final = 40
"""Cases that are sent at once."""
TIMED: Final = 200
"""Cases that are timed, at most: every so manieth."""
FORMAT: Final = 1
"""The version of the JSON document."""


@dataclass(slots=True)
class Outcome:
    """A run: its setting, and the scores of all that ran.

    Attributes:
        corpus: version, split, seed and counts.
        setting: command, date and machine.
        systems: those that ran, in their order, with version and scores.
        missing: those that did not.
    """

    corpus: dict[str, Any]
    setting: dict[str, Any]
    systems: dict[System, tuple[str, Scores]] = field(default_factory=dict)
    missing: list[Missing] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return everything as JSON can hold it."""
        return {
            "format": FORMAT,
            "corpus": self.corpus,
            "setting": self.setting,
            "systems": [
                {
                    "id": system.id,
                    "name": system.name,
                    "version": version,
                    "ours": system.ours,
                    "unfair": system.unfair,
                    **scores.as_json(),
                }
                for system, (version, scores) in self.systems.items()
            ],
            "missing": [
                {"id": one.system.id, "reason": one.reason, "install": one.system.install}
                for one in self.missing
            ],
        }


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be run.

    Attributes:
        split: of the corpus.
        systems: which.
        pythons: the interpreters of some, by id.
        seed: of the corpus; None for its own.
        size: cases; None for all.
        sort: only cases that hold a value of that sort; "" for all.
        rounds: how often each is timed.
        command: what was typed.
    """

    split: Split
    systems: Sequence[System]
    pythons: Mapping[str, str] = field(default_factory=dict)
    seed: int | None = None
    size: int | None = None
    sort: str = ""
    rounds: int = 3
    command: str = ""

    def cases(self) -> Iterator[Case]:
        """Give the cases.

        Raises:
            ValueError: none of them holds such a sort; says which there are.
        """
        seed = corpus.SEED if self.seed is None else self.seed
        found = False
        sorts: set[str] = set()
        for case in corpus.cases(self.split, seed=seed, size=self.size):
            here = {label.sort for label in case.labels}
            sorts |= here
            if not self.sort or self.sort in here:
                found = True
                yield case
        if not found:
            raise ValueError(
                f"no value of the sort {self.sort!r}; there are {', '.join(sorted(sorts))}"
            )


def run(order: Order, told: Callable[[int, int], None] = lambda _done, _all: None) -> Outcome:
    """Run the systems that are there.

    Args:
        order: what is to be run.
        told: called with how many steps are done, and how many there are.

    Returns:
        The scores.

    Raises:
        ValueError: there are no such cases.
    """
    cases = list(order.cases())
    outcome = Outcome(described(order, cases), setting(order.command))
    with ExitStack() as stack:
        remotes, outcome.missing = opened(stack, order.systems, order.pythons)
        outcome.systems = {one: (remote.version, Scores()) for one, remote in remotes.items()}
        timed = cases[:: max(1, -(-len(cases) // TIMED))]
        total = len(remotes) * (len(cases) + order.rounds * len(timed))
        steps = Steps(told, total)
        for chunk in chunks(cases):
            references = [Reference(case) for case in chunk]
            for system, remote in remotes.items():
                scored(outcome.systems[system][1], remote, references)
                steps.done(len(chunk))
        for _ in range(order.rounds):
            for chunk in chunks(timed):
                for system, remote in remotes.items():
                    time(outcome.systems[system][1], remote, chunk)
                    steps.done(len(chunk))
    return outcome


@dataclass(slots=True)
class Steps:
    """How far a run is."""

    told: Callable[[int, int], None]
    total: int
    count: int = 0

    def done(self, more: int) -> None:
        """Note more steps."""
        self.count += more
        self.told(self.count, self.total)


def chunks(cases: Sequence[Case]) -> Iterator[Sequence[Case]]:
    """Give the cases in chunks."""
    for start in range(0, len(cases), CHUNK):
        yield cases[start : start + CHUNK]


def scored(scores: Scores, remote: Remote, references: Sequence[Reference]) -> None:
    """Have some cases scrubbed, and add what became of them."""
    outputs, errors = outputs_of(remote, [one.case for one in references])
    for reference, output, error in zip(references, outputs, errors, strict=True):
        if error:
            scores.errors[error] += 1
        scores.add(reference.judge(None if error else output), reference.values)


def outputs_of(remote: Remote, cases: Sequence[Case]) -> tuple[list[Any], list[str]]:
    """Return what a system makes of some cases, and the kind of error of each or ""."""
    try:
        answer = remote.cases([(one.kind, one.content) for one in cases], outputs=True)
    except RemoteError:
        if len(cases) > 1 and remote.process.poll() is None:
            return [None] * len(cases), ["no answer"] * len(cases)
        return [None] * len(cases), ["its process ended"] * len(cases)
    return answer["outputs"], answer["errors"]


def time(scores: Scores, remote: Remote, cases: Sequence[Case]) -> None:
    """Time some cases once more; one that fails has no time."""
    try:
        answer = remote.cases([(one.kind, one.content) for one in cases], outputs=False)
    except RemoteError:
        return
    for case, seconds, error in zip(cases, answer["seconds"], answer["errors"], strict=True):
        if not error:
            scores.seconds[case.id].append(seconds)
            scores.sizes[case.id] = size(case)


def size(case: Case) -> int:
    """Return how many bytes a case has, an event as JSON."""
    content = case.content
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    return len(text.encode("utf-8", "surrogatepass"))


def described(order: Order, cases: Sequence[Case]) -> dict[str, Any]:
    """Return what the corpus of a run is."""
    return {
        "version": corpus.CORPUS_VERSION,
        "split": order.split,
        "seed": corpus.SEED if order.seed is None else order.seed,
        "sort": order.sort or None,
        "cases": len(cases),
        "events": sum(one.kind == "event" for one in cases),
        "labels": sum(len(one.labels) for one in cases),
        "stays": sum(len(one.stays) for one in cases),
        "bytes": sum(map(size, cases)),
    }


def setting(command: str) -> dict[str, Any]:
    """Return where and when a run is made."""
    return {
        "command": command,
        "date": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        "system": platform.system(),
        "machine": platform.machine(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
    }
