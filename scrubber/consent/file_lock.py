"""
A lock between processes: a file that one of them holds at a time.

The system lets go of it when a process ends, however it ends. A file that merely exists was
rejected as a lock: who dies leaves it behind.

Promise: nobody waits longer than they said, nobody holds a file that is not the lock any more, and
a process that is forked meanwhile does not keep the lock of its parent.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FIRST: Final = 0.001
_LONGEST: Final = 0.05
"""Seconds between two tries. A try costs little, a thousand processes that try do not."""

# Some network drives have no locks. Files are still whole there, since they are replaced.
_NO_LOCKS: Final = frozenset({errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOLCK})
_BUSY: Final = frozenset({errno.EAGAIN, errno.EACCES, errno.EDEADLK})
_FLAGS: Final = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)

_held: set[int] = set()


@contextmanager
def locked(path: Path, wait: float) -> Iterator[bool]:
    """Hold a lock, or go on without it when that takes too long.

    Args:
        path: the file of the lock; made if it is not there.
        wait: seconds to wait at most.

    Yields:
        Whether it is held. Where there are no locks, it counts as held.

    Raises:
        OSError: the file cannot be made.
    """
    descriptor = _taken(path, wait)
    try:
        yield descriptor is not None
    finally:
        if descriptor is not None:
            _held.discard(descriptor)
            try:
                with suppress(OSError):
                    _unlock(descriptor)  # a forked process may have it open: closing is not enough
            finally:  # whatever failed, or nobody could write for as long as this process lives
                os.close(descriptor)


def _taken(path: Path, wait: float) -> int | None:
    end = time.monotonic() + wait
    delay = _FIRST
    while True:
        descriptor = os.open(path, _FLAGS, 0o600)
        try:
            while not _locked(descriptor):
                if time.monotonic() >= end:
                    os.close(descriptor)
                    return None
                # Apart from each other, or all come back at the same time.
                time.sleep(delay * (0.5 + os.urandom(1)[0] / 256))
                delay = min(delay * 2, _LONGEST)
            if _is_at(descriptor, path):
                _held.add(descriptor)
                return descriptor
        except BaseException:
            with suppress(OSError):
                os.close(descriptor)
            raise
        # Somebody has deleted it while we waited; others already wait for a new one.
        os.close(descriptor)


def _is_at(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.lstat())
    except FileNotFoundError:
        return False


def _locked(descriptor: int) -> bool:
    """Take the lock of an open file, unless somebody has it."""
    try:
        _lock(descriptor)
    except OSError as error:
        if error.errno in _BUSY:
            return False
        if error.errno not in _NO_LOCKS:
            raise
    return True


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

    def _unlock(descriptor: int) -> None:
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)

    def _drop() -> None:
        """Close, in a forked process, what a thread of its parent holds."""
        for descriptor in tuple(_held):
            with suppress(OSError):
                os.close(descriptor)
        _held.clear()

    os.register_at_fork(after_in_child=_drop)
