"""
A lock that saves work and stops nobody.

What is built at first use may be built by two threads at once: both get the same, and one of them
worked in vain. A lock avoids that. But a process that is forked while a thread holds it never sees
it open again; and a destructor, a handler of logs or a signal may wait for it while it holds what
the other thread waits for. A program that stands still in its crash handler is worse than work done
twice.

Promise: nobody waits longer than `PATIENCE` for another thread.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE: Final = 1.0
"""Seconds somebody waits before going on without the lock."""


class PatientLock:
    """A reentrant lock that opens to whoever has waited long enough.

    >>> lock = PatientLock()
    >>> with lock.held():
    ...     pass
    """

    __slots__ = ("_lock",)

    def __init__(self) -> None:
        """Make it, open."""
        self._lock = threading.RLock()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock, or go on without it after `PATIENCE`."""
        mine = self._lock.acquire(timeout=PATIENCE)
        try:
            yield
        finally:
            if mine:
                self._lock.release()
