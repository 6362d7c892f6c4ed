"""Cases that a fuzzer found: where they are kept, and which of them fail still.

A promise that is known to be broken must not hide the others, nor fail every run until it is
mended. So a fuzzer does not begin with an open case, and what breaks the same promise is told as
known.

Promise: only what is listed, with its promise and a reason, counts as known.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

STORED: Final = Path(__file__).resolve().parents[1] / "regressions" / "fuzz"

OPEN: Final[dict[str, str]] = {}
"""Cases that fail: `TARGET/FILE` and the promise that does not hold."""


def known_promises(name: str) -> frozenset[str]:
    """Give the promises of a target that are known to be broken."""
    return frozenset(said for case, said in OPEN.items() if case.partition("/")[0] == name)


def held(name: str, stored: Path) -> list[Path]:
    """Give the stored cases of a target that hold."""
    files = sorted(one for one in (stored / name).glob("*") if one.is_file())
    return [one for one in files if f"{name}/{one.name}" not in OPEN]
