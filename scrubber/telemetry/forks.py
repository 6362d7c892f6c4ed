"""
Clients across a fork: a child begins anew, and no fork falls into an import.

A child has no threads but its own, and every lock as it was. So a client makes its queue, its locks
and its counts anew there; what waited is sent by the parent. Worse is a fork while another thread
imports: in the child the module stays half loaded and its lock is held for ever, and whatever
imports it stands still. All that the sending thread imports it imports under one lock, and a fork
waits for that lock.

Promise: a fork waits for at most `PATIENCE`; nothing is registered before there is a client.
"""

from __future__ import annotations

import os
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final, Protocol
from weakref import WeakSet

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE: Final = 5.0
"""Seconds that a fork waits for imports. They take a quarter of one; a child that stands still is
worse than a parent that waits."""


class Forked(Protocol):
    """Begins anew in a child."""

    def begin_anew(self) -> None:
        """Forget what the parent had."""
        ...


class _Forks:
    """Who is told of forks, and the lock of imports."""

    def __init__(self) -> None:
        self.followers: WeakSet[Forked] = WeakSet()
        self.imports = threading.Lock()
        self.held = False
        self.registered = False

    def before(self) -> None:
        with suppress(Exception):
            self.held = self.imports.acquire(timeout=PATIENCE)

    def in_parent(self) -> None:
        if self.held:
            self.held = False
            with suppress(Exception):
                self.imports.release()

    def in_child(self) -> None:
        self.imports = threading.Lock()
        self.held = False
        for follower in list(self.followers):
            with suppress(Exception):
                follower.begin_anew()


_forks = _Forks()


def follow(follower: Forked) -> None:
    """Have something begin anew in every child that is forked from now on.

    Args:
        follower: is told as long as it lives.
    """
    _forks.followers.add(follower)
    if not _forks.registered and hasattr(os, "register_at_fork"):  # not on Windows
        _forks.registered = True
        os.register_at_fork(
            before=_forks.before,
            after_in_parent=_forks.in_parent,
            after_in_child=_forks.in_child,
        )


@contextmanager
def importing() -> Iterator[None]:
    """Put off forks while something is imported."""
    lock = _forks.imports
    with lock:
        yield
