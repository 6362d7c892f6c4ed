"""
When nothing is told, whatever the settings say: in tests, and in all but one of many processes.

Whether a user agrees is not decided here; `DO_NOT_TRACK`, `CI` and the settings file are asked with
the settings.

Promise: asked anew for every event and again before it is sent, so a running process follows.
"""

from __future__ import annotations

import os
import sys
from typing import Final

from scrubber.switches import disabled
from scrubber.telemetry.ranks import is_first

_PYTEST: Final = ("PYTEST_CURRENT_TEST", "PYTEST_VERSION", "PYTEST_XDIST_WORKER")


def under_pytest() -> bool:
    """Tell whether this process runs tests, or was started by a process that does."""
    return "_pytest" in sys.modules or any(name in os.environ for name in _PYTEST)


def quiet(*, force: bool) -> bool:
    """Tell whether nothing is told.

    Args:
        force: whether tests are no reason: for a test of what is sent.

    Returns:
        Whether tests run, this is not the first process of a distributed run, or
        `SCRUBBER_DISABLE` is set.
    """
    return disabled() or not is_first() or (not force and under_pytest())
