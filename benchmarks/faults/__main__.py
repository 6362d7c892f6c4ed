r"""
Planted faults: does a test notice each of them?

    python -m benchmarks.faults                     all of them, with their tests
    python -m benchmarks.faults --only "window"     those whose name holds a text
    python -m benchmarks.faults --page              write docs/explanation/planted-faults.md anew

Each is planted in a copy of the tree; the tree itself is not touched.

Promise: it exits 1 when a fault is missed, or when the tests fail without any.
"""

from __future__ import annotations

import argparse
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from queue import SimpleQueue
from typing import TYPE_CHECKING

from benchmarks.faults.copies import NO_TESTS, PASSED, TOO_LONG, Copy, copy_of_tree
from benchmarks.faults.table import PAGE, Fault, faults, page

if TYPE_CHECKING:
    from collections.abc import Sequence

SECONDS = 600.0
"""After which the tests of one fault are ended; that counts as missed, since no test said it."""


def noticed(fault: Fault, copy: Copy) -> bool:
    """Tell whether a test of its own fails when a fault is planted."""
    with copy.changed(fault.file, fault.planted(copy.folder)):
        return copy.tested(fault.tests, seconds=SECONDS) not in {PASSED, NO_TESTS, TOO_LONG}


def missed(chosen: Sequence[Fault], processes: int) -> list[Fault]:
    """Plant faults, and give those that no test noticed.

    Args:
        chosen: the faults.
        processes: how many copies of the tree at once.
    """
    with ExitStack() as stack:
        copies: SimpleQueue[Copy] = SimpleQueue()
        for _ in range(processes):
            copies.put(stack.enter_context(copy_of_tree()))

        def tried(fault: Fault) -> bool:
            copy = copies.get()
            begun = time.monotonic()
            try:
                found = noticed(fault, copy)
            finally:
                copies.put(copy)
            word = "caught" if found else "MISSED"
            print(f"{word} {fault.name} ({time.monotonic() - begun:.0f} s)", flush=True)
            return found

        with ThreadPoolExecutor(processes) as pool:
            results = list(pool.map(tried, chosen))
    return [fault for fault, found in zip(chosen, results, strict=True) if not found]


def main(arguments: Sequence[str] | None = None) -> int:
    """Plant the faults.

    Returns:
        0, or 1 when one was missed.
    """
    parser = argparse.ArgumentParser(prog="benchmarks.faults", description=__doc__)
    parser.add_argument("--only", default="", help="faults whose name holds this text")
    parser.add_argument("--processes", type=int, default=2, help="copies of the tree at once")
    parser.add_argument("--page", action="store_true", help="write the page, and plant nothing")
    parser.add_argument("--unchecked", action="store_true", help="do not run the tests without")
    chosen = parser.parse_args(arguments)
    if chosen.page:
        PAGE.write_text(page(), encoding="utf-8")
        return 0
    picked = [one for one in faults() if chosen.only in one.name]
    if not chosen.unchecked:
        tests = sorted({test for one in picked for test in one.tests})
        with copy_of_tree() as copy:
            if copy.tested(tests, seconds=3600, keeps=True) != PASSED:
                print("the tests fail in a copy of the tree without a fault")
                print(f"see which: python -m pytest -x --hypothesis-seed=0 {' '.join(tests)}")
                return 1
    lost = missed(picked, chosen.processes)
    print(f"{len(picked) - len(lost)} of {len(picked)} faults caught")
    return int(bool(lost))


if __name__ == "__main__":
    sys.exit(main())
