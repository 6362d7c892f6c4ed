"""One target under Atheris: `python -m tests.fuzz.worker TARGET FOUND [libFuzzer's options]`.

Each failure is written once, as a file named by what it holds, and fuzzing goes on.

Promise: nothing of an input is printed; whoever reads the output learns the promise and the file.
"""

from __future__ import annotations

import logging
import os
import sys
from hashlib import sha256
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from tests.fuzz.targets import Target

WARM: Final = 40
MOST: Final = 20
"""Failures that are kept; the rest of a run would show more of the same."""


def _instrumented(atheris: Any, name: str) -> Target:  # noqa: ANN401  # the package need not be there
    """Load a target with all of the package that it uses under coverage."""
    with atheris.instrument_imports(include=["scrubber"]):
        from tests.fuzz.broken import failure_of
        from tests.fuzz.targets import TARGETS

        target = TARGETS[name]
        # Much of the package is imported where it is first used.
        for seed in islice(target.seeds(), WARM):
            failure_of(target.check, seed)
    return target


def main(name: str, found: Path, options: list[str]) -> None:
    """Fuzz until libFuzzer's options say that it is enough; this never returns."""
    os.environ["SCRUBBER_NO_IDENTITY"] = "1"
    logging.disable()
    atheris = import_module("atheris")
    target = _instrumented(atheris, name)
    from tests.fuzz.broken import failure_of

    seen: set[str] = set()

    def one_input(data: bytes) -> None:
        said = failure_of(target.check, data)
        if said and said not in seen and len(seen) < MOST:
            seen.add(said)
            file = found / sha256(data).hexdigest()[:16]
            file.write_bytes(data)
            print(f"FOUND {file.name} {said}", file=sys.stderr, flush=True)

    atheris.Setup([sys.argv[0], *options], one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])
