"""
What was anonymised before, so that it is not done twice and a killed run goes on.

One line of JSON for each file, in the folder itself: a keyed hash of its path, its size, time and
inode, and what it was anonymised with. A file that was written since, or other rules, and the line
says nothing any more. A database was rejected: a line that is half written is told by itself.

Promise: no name of a file is in it; only its owner reads it; a line is there only once the file it
tells of is whole. Losing it costs time, never a leak.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import stat
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from scrubber.errors import ConfigError, InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

NAME: Final = ".scrubber-retain.jsonl"
"""What the file is called, in the folder that was given."""

_VERSION: Final = 1
_OWNER_ONLY: Final = 0o600
_LONGEST: Final = 256 << 20
# Where Windows locks: behind everything that is read.
_LOCKED_BYTE: Final = 1 << 40


@dataclass(frozen=True, slots=True)
class _Mark:
    """How a file was left."""

    size: int
    mtime_ns: int
    inode: int
    made_with: str

    @classmethod
    def of(cls, status: os.stat_result, made_with: str) -> _Mark:
        return cls(status.st_size, status.st_mtime_ns, status.st_ino, made_with)


class Done:
    """The files that are done, by their paths below the folder."""

    def __init__(self, data: bytes, made_with: str, append: Callable[[bytes], object]) -> None:
        """Read what is there.

        Args:
            data: what the file holds.
            made_with: what files are anonymised with now.
            append: writes behind it.
        """
        self._append, self._made_with = append, made_with
        self._marks: dict[str, _Mark] = {}
        self._seen: dict[str, _Mark] = {}
        head, *lines = data.split(b"\n")
        found = _object(head)
        salt = found.get("salt")
        self._lines = len(lines)
        if found.get("version") == _VERSION and isinstance(salt, str) and lines:
            self._salt = salt
            # What is behind the last newline was cut off when a run was killed.
            self._marks = dict(filter(None, map(_read, lines[:-1])))
            if lines[-1]:
                append(b"\n")
        else:
            # None yet, or one that nobody can read: begin anew.
            self._salt = secrets.token_hex(16)
            append((b"\n" if data and lines[-1:] != [b""] else b"") + _head(self._salt))

    def holds(self, name: str, status: os.stat_result) -> bool:
        """Tell whether a file is as it was left, and would be left so again.

        Args:
            name: its path below the folder.
            status: what the system says of it now.
        """
        key = self._key(name)
        mark = _Mark.of(status, self._made_with)
        if self._marks.get(key) != mark:
            return False
        self._seen[key] = mark
        return True

    def note(self, name: str, status: os.stat_result) -> None:
        """Write down that a file is done.

        Args:
            name: its path below the folder.
            status: what the system says of it now.

        Raises:
            InputError: it cannot be written.
        """
        key = self._key(name)
        mark = _Mark.of(status, self._made_with)
        self._append(_line(key, mark))
        self._marks[key] = self._seen[key] = mark
        self._lines += 1

    def stale(self) -> bool:
        """Tell whether most lines are of files that are gone or were written anew."""
        return self._lines > 2 * len(self._seen) + 16

    def fresh(self) -> bytes:
        """Give what the file would be with the lines of this run only."""
        lines = [_line(key, mark) for key, mark in sorted(self._seen.items())]
        return b"".join([_head(self._salt), *lines])

    def _key(self, name: str) -> str:
        raw = os.fsencode(name.replace(os.sep, "/"))
        return hashlib.sha256(self._salt.encode() + b"\0" + raw).hexdigest()[:32]


@contextmanager
def done_in(folder: Path, made_with: str, *, read_only: bool = False) -> Iterator[Done]:
    """Open what is known of a folder, for this process alone.

    Args:
        folder: the folder.
        made_with: what files are anonymised with now.
        read_only: write nothing, not even the file.

    Yields:
        What is done; where it is read only, and no file is there, nothing is.

    Raises:
        ConfigError: another run has it, or the file is a link or somebody else's.
        InputError: it cannot be read or written.
    """
    path = folder / NAME
    try:
        descriptor = _opened(path, read_only=read_only)
    except OSError:
        raise InputError(f"{NAME}: cannot be opened in that folder") from None
    if descriptor is None:
        yield Done(b"", made_with, _nowhere)
        return
    try:
        _refuse_strange(descriptor)
        if read_only:
            yield Done(_all_of(descriptor), made_with, _nowhere)
            return
        if not _locked(descriptor):
            raise ConfigError("another run is at work on that folder; wait until it has ended")
        data = _all_of(descriptor)
        if _object(data.partition(b"\n")[0]).get("version") != _VERSION:
            os.ftruncate(descriptor, 0)
            data = b""
        done = Done(data, made_with, partial(_append, descriptor))
        yield done
        if done.stale():
            # Shortened in place, since the lock is on this file: a run that is killed here begins
            # anew, which costs time only.
            fresh = done.fresh()
            os.ftruncate(descriptor, 0)
            _append(descriptor, fresh)
    finally:
        os.close(descriptor)


def _opened(path: Path, *, read_only: bool) -> int | None:
    flags = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    if read_only:
        try:
            return os.open(path, os.O_RDONLY | flags)
        except FileNotFoundError:
            return None
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | flags, _OWNER_ONLY)


def _refuse_strange(descriptor: int) -> None:
    """Refuse a file that somebody else put there: it could say that everything is done."""
    status = os.fstat(descriptor)
    strange = not stat.S_ISREG(status.st_mode) or status.st_nlink > 1
    if hasattr(os, "getuid"):
        strange = strange or status.st_uid != os.getuid() or bool(status.st_mode & 0o022)
    if strange:
        raise ConfigError(f"{NAME} in that folder is not this user's alone; look at it, remove it")


def _locked(descriptor: int) -> bool:
    """Take the file for this process; the system gives it back when the process ends."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _all_of(descriptor: int) -> bytes:
    if os.fstat(descriptor).st_size > _LONGEST:
        raise InputError(f"{NAME} is too long to be ours; look at it, remove it")
    os.lseek(descriptor, 0, os.SEEK_SET)
    pieces = []
    try:
        while piece := os.read(descriptor, 1 << 20):
            pieces.append(piece)
    except OSError:
        raise InputError(f"{NAME}: cannot be read in that folder") from None
    return b"".join(pieces)


def _append(descriptor: int, data: bytes) -> None:
    try:
        while data:
            data = data[os.write(descriptor, data) :]
    except OSError:
        raise InputError(f"{NAME}: cannot be written in that folder") from None


def _nowhere(_data: bytes) -> None:
    """Write nothing."""


def _head(salt: str) -> bytes:
    return json.dumps({"version": _VERSION, "salt": salt}).encode() + b"\n"


def _line(key: str, mark: _Mark) -> bytes:
    one = {
        "path": key,
        "size": mark.size,
        "mtime": mark.mtime_ns,
        "inode": mark.inode,
        "with": mark.made_with,
    }
    return json.dumps(one).encode() + b"\n"


def _read(line: bytes) -> tuple[str, _Mark] | None:
    one = _object(line)
    kinds = {"path": str, "size": int, "mtime": int, "inode": int, "with": str}
    if any(type(one.get(name)) is not kind for name, kind in kinds.items()):
        return None
    return one["path"], _Mark(one["size"], one["mtime"], one["inode"], one["with"])


def _object(line: bytes) -> dict[str, Any]:
    """Read a line; {} for what is none."""
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
