"""
A new file is seen whole or not at all.

It is written beside the one it replaces and put in its place by one rename, so that a crash, a full
disk or Ctrl-C leaves what was there. Truncating and rewriting in place was rejected: it has a
moment in which half of a log is gone.

A rename gives the name a new file. Whoever has the old one open, or knows it by a link, keeps the
raw text and writes to where nobody reads; so a linked, open or changing file is refused.
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from scrubber.errors import InputError
from scrubber.files.open_elsewhere import open_elsewhere
from scrubber.files.reasons import reason_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_BUSY = "is open in another process; stop it first, or write elsewhere with -o"


@dataclass(slots=True)
class Rewrite:
    """A file being rewritten.

    Attributes:
        source: the file as it is, raw.
        target: what is to take its place, raw.
        keep: set to leave the file as it is.
    """

    source: BinaryIO
    target: BinaryIO
    keep: bool = False


@contextmanager
def rewriting(path: Path) -> Iterator[Rewrite]:
    """Replace a file by what is made of it, with its mode, times and, where possible, owner.

    Args:
        path: a regular file.

    Yields:
        The file and what replaces it when the block ends without an error.

    Raises:
        InputError: it cannot be replaced, is a link, has links, is open elsewhere, or changed.
    """
    try:
        with _opened_alone(path) as source, _beside(path) as (target, temporary):
            before = os.fstat(source.fileno())
            rewrite = Rewrite(source, target)
            yield rewrite
            if rewrite.keep:
                return
            _copy_owner(before, target)
            target.flush()
            shutil.copystat(path, temporary)
            os.fsync(target.fileno())
            if _changed(path, before):
                raise InputError("changed while it was read; nothing was written")
            if open_elsewhere(source.fileno()):
                raise InputError(_BUSY)
            # Windows renames neither onto nor from an open file.
            source.close()
            target.close()
            _put(temporary, path)
    except OSError as error:
        raise InputError(f"cannot be rewritten: {reason_of(error)}") from None


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Write a whole file: a new one, or one in the place of what was there, with its mode.

    A device or a named pipe is written to as it is; a link is followed.

    Args:
        path: where to write.

    Yields:
        Where to write; it takes its place when the block ends without an error.

    Raises:
        OSError: it cannot be written.
    """
    path = Path(os.path.realpath(path))
    mode = new_file_mode()
    if path.exists():
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            with path.open("wb") as device:
                yield device
            return
    with _beside(path) as (target, temporary):
        yield target
        target.flush()
        temporary.chmod(stat.S_IMODE(mode))
        os.fsync(target.fileno())
        target.close()
        _put(temporary, path)


@contextmanager
def _opened_alone(path: Path) -> Iterator[BinaryIO]:
    """Open a file that has one name and that nobody else has open."""
    found = path.lstat()
    if stat.S_ISLNK(found.st_mode):
        raise InputError("is a link; give the file it leads to")
    if stat.S_ISDIR(found.st_mode):
        raise InputError("is a folder; give the files in it")
    if not stat.S_ISREG(found.st_mode):
        raise InputError("is not a regular file")
    if found.st_nlink > 1:
        raise InputError("has other names (hard links), under which its text would stay")
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    with open(os.open(path, flags), "rb", buffering=0) as source:  # noqa: PTH123  # O_NOFOLLOW
        if open_elsewhere(source.fileno()):
            raise InputError(_BUSY)
        yield source


@contextmanager
def _beside(path: Path) -> Iterator[tuple[BinaryIO, Path]]:
    """Make a temporary file in the folder of another, and remove it if it is still there."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".scrubber-")
    temporary = Path(name)
    try:
        with open(descriptor, "wb") as target:  # noqa: PTH123  # from a descriptor
            yield target, temporary
    finally:
        temporary.unlink(missing_ok=True)


def _put(temporary: Path, path: Path) -> None:
    temporary.replace(path)
    # The rename itself is safe only when the folder is; not every system can do that.
    with suppress(OSError):
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _changed(path: Path, before: os.stat_result) -> bool:
    now = path.lstat()
    names = ("st_dev", "st_ino", "st_size", "st_mtime_ns", "st_ctime_ns", "st_nlink")
    return any(getattr(now, name) != getattr(before, name) for name in names)


def _copy_owner(before: os.stat_result, target: BinaryIO) -> None:
    """Give the new file the owner and group of the old one, as far as one may."""
    if not hasattr(os, "fchown"):
        return
    for user, group in ((-1, before.st_gid), (before.st_uid, -1)):
        with suppress(PermissionError):
            os.fchown(target.fileno(), user, group)


def new_file_mode() -> int:
    """Give the mode that the user gives new files."""
    mask = os.umask(0o077)
    os.umask(mask)
    return 0o666 & ~mask
