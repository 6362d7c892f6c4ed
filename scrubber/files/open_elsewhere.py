"""
Whether another process has a file open.

Linux tells: a write lease is granted only on a file that nobody else has open. Where there are no
leases (another's file, some network file systems), the open files of those processes that may be
looked at are compared. Elsewhere nothing tells, and the answer is no.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Final

_PROC: Final = Path("/proc")


def open_elsewhere(descriptor: int) -> bool:
    """Tell whether a file is open besides one descriptor.

    Args:
        descriptor: the file, open for reading, once in this process.

    Returns:
        Whether it is; False where the system cannot tell.
    """
    if sys.platform != "linux":
        return False
    leased = _lease(descriptor)
    return _in_proc(descriptor) if leased is None else not leased


def _lease(descriptor: int) -> bool | None:
    """Take a write lease and give it back; None where there is none to have."""
    if sys.platform != "linux":
        return None
    import fcntl

    try:
        # If someone opens the file just now we are told by a signal: by one that is ignored, not by
        # SIGIO, which ends the process.
        fcntl.fcntl(descriptor, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_WRLCK)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except BlockingIOError:
        return False
    except OSError:
        return None
    return True


def _in_proc(descriptor: int, proc: Path = _PROC) -> bool:
    """Look for the file among the open ones of every process but this one."""
    wanted = os.fstat(descriptor)
    own = str(os.getpid())
    processes = [one for one in _names(proc) if one.isdecimal() and one != own]
    return any(
        _same(folder / name, wanted)
        for process in processes
        for folder in [proc / process / "fd"]
        for name in _names(folder)
    )


def _names(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)  # noqa: PTH208  # names only
    except OSError:  # it ended, or is another user's
        return []


def _same(path: Path, wanted: os.stat_result) -> bool:
    try:
        return os.path.samestat(path.stat(), wanted)
    except OSError:
        return False
