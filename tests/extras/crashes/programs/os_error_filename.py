"""Errors of the system, with one file and with two."""
# [plants] home_linux home_short home_macos
# [stays] [Errno 2] No such file or directory

from __future__ import annotations

import os

from tests.extras.crashes.planted import of
from tests.extras.crashes.programs_support import start


def move(old: str, new: str) -> None:
    """Rename a checkpoint."""
    os.rename(old, new)  # noqa: PTH104


start()
try:
    move(of("home_linux"), of("home_short"))
except OSError:
    os.stat(of("home_macos"))  # noqa: PTH116
