"""Processes beside this one: what they tell, and that none outlives it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scrubber.files.processes import Processes

if TYPE_CHECKING:
    from collections.abc import Callable

PATIENCE = 30.0
BODY = """
import os, sys, time
from scrubber.files.processes import Processes
def begin(place):
    def work(item, tell):
        with open(place, "w") as file:
            file.write(str(os.getpid()))
        time.sleep(600)
    return work
with Processes(begin, sys.argv[1], 1) as processes:
    processes.send([1])
    processes.answers()
"""


def _begin(times: int) -> Callable[[int, Callable[[int], None]], int]:
    def work(item: int, tell: Callable[[int], None]) -> int:
        for _ in range(times):
            tell(item)
        return -item

    return work


def test_a_process_tells_how_far_it_is() -> None:
    """Of each piece of work, before its answer."""
    heard: Counter[int] = Counter()
    made = []
    with Processes(_begin, 3, 2, lambda item, size: heard.update({item: size})) as processes:
        processes.send([1, 2])
        processes.send([5])
        while processes.busy:
            made += processes.answers()
    assert heard == {1: 3, 2: 6, 5: 15}
    assert {one.item: one.made for one in made} == {1: -1, 2: -2, 5: -5}


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it ends behind what it is at")
def test_a_process_dies_with_the_one_that_began_it(tmp_path: Path) -> None:
    """Killed, and in the middle of a piece of work that takes hours."""
    place = tmp_path / "pid"
    root = str(Path(__file__).parents[2])
    env = {**os.environ, "PYTHONPATH": root}
    command = [sys.executable, "-c", BODY, str(place)]
    with subprocess.Popen(command, env=env) as process:
        deadline = time.monotonic() + PATIENCE
        while not (place.exists() and place.read_text()):
            assert time.monotonic() < deadline
        process.kill()
    pid = int(place.read_text())
    while _alive(pid):
        assert time.monotonic() < deadline


def _alive(pid: int) -> bool:
    """Tell whether a process is at work; one that is dead may wait to be asked for its end."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text("utf-8")
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] not in "ZX"
