"""
Modules compiled once, as an installer leaves them.

Where `PYTHONDONTWRITEBYTECODE` is set, each fresh process of a source tree compiles every module it
imports: 90 ms of a first text that no user of an installed package pays.

Promise: what is written lies in a folder of its own, which is gone afterwards.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

NEVER: Final = "PYTHONDONTWRITEBYTECODE"
WHERE: Final = "PYTHONPYCACHEPREFIX"


@contextmanager
def kept_bytecode() -> Iterator[None]:
    """Have the processes begun in this block keep the bytecode of what they import.

    The first of each kind writes it: leave that one out of a figure.
    """
    before = {name: os.environ.get(name) for name in (NEVER, WHERE)}
    with tempfile.TemporaryDirectory() as folder:
        os.environ.pop(NEVER, None)
        os.environ[WHERE] = folder
        try:
            yield
        finally:
            for name, value in before.items():
                if value is None:
                    os.environ.pop(name, None)
                else:
                    os.environ[name] = value
