"""
A folder of this process alone, for a copy that needs a name: SQLite opens files by nothing else.

A process that is killed cannot remove what it made, and the copy in it is raw. So each folder is
held by a lock that the system gives back when its process ends, however it ends, and whoever makes
the next one removes those that nobody holds. The lock is that of an empty database, since SQLite
has one on every system. A file without a name was rejected: SQLite finds a log by the name of its
database, and Windows has no such files.

Promise: nobody else can look into a folder (0700). What a killed process left is there until the
next process makes one, and no longer; a folder that is held is not touched.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import tempfile
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from scrubber.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

PREFIX: Final = "scrubber-copy-"
_HELD: Final = "held"
_TRIES: Final = 8


@contextmanager
def private_folder() -> Iterator[Path]:
    """Make a folder, and remove it with all that is in it.

    Yields:
        The folder.

    Raises:
        InputError: no folder could be made.
    """
    folder, lock = _made()
    # Once in a process: a folder of many files may lie there, and a million databases may come.
    _remove_left(str(folder.parent))
    with closing(lock):
        try:
            yield folder
        finally:
            # On Windows the lock is closed first, or its file could not be removed.
            if os.name == "nt":
                lock.close()
            shutil.rmtree(folder, ignore_errors=True)


def _made() -> tuple[Path, sqlite3.Connection]:
    for _ in range(_TRIES):
        folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        lock = _locked(folder)
        # Another process may have taken it for one that was left, before it was held.
        if lock is not None and (folder / _HELD).exists():
            return folder, lock
        if lock is not None:
            lock.close()
    raise InputError("no folder for temporary files can be held")


def _locked(folder: Path) -> sqlite3.Connection | None:
    """Hold a folder; None where another process does, or it cannot be held."""
    lock = sqlite3.connect(folder / _HELD, timeout=0, isolation_level=None, check_same_thread=False)
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error:
        lock.close()
        return None
    return lock


@cache
def _remove_left(where: str) -> None:
    """Remove the folders that processes of this user left, and nobody holds."""
    for folder in Path(where).glob(f"{PREFIX}*"):
        if not _is_ours(folder):
            continue
        lock = _locked(folder)
        if lock is None:
            continue
        # The raw copies while the folder is held, so that nobody else takes it.
        for path in folder.iterdir():
            if path.name != _HELD:
                path.unlink(missing_ok=True)
        if os.name == "nt":
            lock.close()
        shutil.rmtree(folder, ignore_errors=True)
        lock.close()


def _is_ours(folder: Path) -> bool:
    """Tell whether a folder is this user's alone, and begun."""
    try:
        status = folder.lstat()
        begun = (folder / _HELD).lstat()
    except OSError:
        return False
    mine = not hasattr(os, "getuid") or status.st_uid == os.getuid()
    return mine and stat.S_ISDIR(status.st_mode) and stat.S_ISREG(begun.st_mode)
