"""
What became of each file of a run, written down as it happens.

One line of JSON for each file, behind one that says what the run was made with. A line is there
only once the file it tells of is, so a run that was killed goes on behind it; a line that is half
written is told by itself. A database was rejected: a person reads this with `jq`.

Promise: no name that was not scrubbed, no text of a file; only its owner reads it; one run at a
time has it. A name is known again by a hash that is keyed with what the run was made with. That
keeps names out of sight, not out of reach: whoever has the manifest can try names, as they can try
contents on the hash of a file.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from scrubber.archive.entries import Entry
from scrubber.archive.places import TEMPORARY
from scrubber.errors import ConfigError
from scrubber.files.reasons import reason_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FORMAT: Final = "crashscrub manifest"
_VERSION: Final = 1
_BEGINS: Final = f'{{"format": "{_FORMAT}"'.encode()
_OWNER_ONLY: Final = 0o600
_LONGEST_HEAD: Final = 4096
# Where Windows locks: behind everything that is read.
_LOCKED_BYTE: Final = 1 << 40
_BUSY: Final = "another run is at work on that manifest; wait until it has ended"


class Manifest:
    """The entries of a run, in a file or, for a run that writes nothing, in none.

    Attributes:
        outputs: what was ever made, as far as it is known.
    """

    def __init__(self, made_with: str, path: Path | None = None, descriptor: int = -1) -> None:
        """Begin with nothing.

        Args:
            made_with: what files are redacted with now.
            path: the file, if there is one.
            descriptor: the file, open.
        """
        self.outputs: set[str] = set()
        self._made_with = made_with
        self._path, self._descriptor = path, descriptor
        # Lines of this run by the place of the file; of those in the file, where they are.
        self._lines: dict[int, bytes | tuple[int, int]] = {}
        self._known: dict[str, tuple[int, int]] = {}
        self._end = 0

    def known(self, key: str) -> Entry | None:
        """Give what became of a file before, and with the same rules; read when it is asked for.

        Args:
            key: the keyed hash of its name.
        """
        place = self._known.get(key)
        return Entry.read(self._line_at(*place)) if place else None

    def all_known(self) -> Iterator[Entry]:
        """Give all that was done before, and with the same rules."""
        return filter(None, map(self.known, self._known))

    def id_of(self, name: str) -> str:
        """Give the keyed hash of a name."""
        key = _salt(self._made_with).encode()
        raw = name.encode("utf-8", "surrogatepass")
        return hashlib.blake2b(raw, key=key, digest_size=16).hexdigest()

    def keep(self, index: int, entry: Entry) -> None:
        """Take over an entry of a run before this one.

        Args:
            index: the place of the file in the run.
            entry: the entry.
        """
        self._lines[index] = self._known.get(entry.id) or entry.line()

    def note(self, index: int, entry: Entry) -> None:
        """Write down what became of a file; it is on the disk when this returns, if that can be.

        Args:
            index: the place of the file in the run.
            entry: the entry.
        """
        if self._path is None:
            return
        line = entry.line()
        self._lines[index] = line
        # A full disk is no reason to stop: there may be room again at the end.
        with suppress(OSError):
            try:
                os.lseek(self._descriptor, self._end, os.SEEK_SET)
                _write(self._descriptor, line)
                os.fsync(self._descriptor)
            except OSError:
                os.ftruncate(self._descriptor, self._end)
                return
            self._lines[index] = (self._end, len(line))
            self._end += len(line)

    def finish(self) -> None:
        """Write all of it anew, in the order of the files, and put it in its place.

        Raises:
            ConfigError: it cannot be written; the old one is whole.
        """
        if self._path is None:
            return
        # One name for it: what a run left that was stopped here is removed by the next one.
        temporary = self._path.with_name(f"{TEMPORARY}{self._path.name}")
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        try:
            temporary.unlink(missing_ok=True)
            descriptor = os.open(temporary, flags, _OWNER_ONLY)
            try:
                # Ours before anybody can see it.
                _locked(descriptor)
                self._write_to(descriptor)
                os.fsync(descriptor)
                if sys.platform == "win32":  # which renames nothing that is open
                    os.close(descriptor)
                    os.close(self._descriptor)
                    descriptor = self._descriptor = -1
                temporary.replace(self._path)
                _fsync_folder(self._path.parent)
                self._descriptor, descriptor = descriptor, self._descriptor
            finally:
                if descriptor >= 0:
                    os.close(descriptor)
                temporary.unlink(missing_ok=True)
        except OSError as error:
            raise ConfigError(f"the manifest cannot be written: {reason_of(error)}") from None

    def close(self) -> None:
        """Give the file back."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def _line_at(self, begin: int, size: int) -> bytes:
        os.lseek(self._descriptor, begin, os.SEEK_SET)
        return _read(self._descriptor, size)

    def _write_to(self, descriptor: int) -> None:
        pieces, size = [_head(self._made_with)], 0
        for index in sorted(self._lines):
            line = self._lines[index]
            if not isinstance(line, bytes):
                line = self._line_at(*line)
            pieces.append(line)
            size += len(line)
            if size > 1 << 20:
                _write(descriptor, b"".join(pieces))
                pieces, size = [], 0
        _write(descriptor, b"".join(pieces))


@contextmanager
def manifest_at(path: Path | None, made_with: str) -> Iterator[Manifest]:
    """Open the manifest of a run, for this process alone.

    Args:
        path: the file, made where there is none; None for a run that writes nothing.
        made_with: what files are redacted with now; what was made with anything else is not known.

    Yields:
        The manifest.

    Raises:
        ConfigError: another run has it, it is no manifest, or not this user's alone.
    """
    if path is None:
        yield Manifest(made_with)
        return
    descriptor = _opened(path)
    try:
        manifest = _begun(path, descriptor, made_with)
    except BaseException:
        os.close(descriptor)
        raise
    try:
        yield manifest
    finally:
        manifest.close()


def _opened(path: Path) -> int:
    """Open a file and take it for this process."""
    flags = os.O_RDWR | os.O_CREAT
    for name in ("O_NOFOLLOW", "O_BINARY", "O_CLOEXEC", "O_NONBLOCK"):
        flags |= getattr(os, name, 0)
    while True:
        try:
            descriptor = os.open(path, flags, _OWNER_ONLY)
        except (OSError, ValueError) as error:
            reason = reason_of(error) if isinstance(error, OSError) else "no such name is possible"
            raise ConfigError(f"the manifest cannot be opened: {reason}") from None
        kept = False
        try:
            kept = _taken(descriptor, path)
        finally:
            if not kept:
                os.close(descriptor)
        if kept:
            return descriptor


def _taken(descriptor: int, path: Path) -> bool:
    """Take a file; tell whether it still is the one of its name."""
    _refuse_strange(descriptor)
    if not _locked(descriptor):
        raise ConfigError(_BUSY)
    # A run that has just ended may have put another file in its place.
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False


def _begun(path: Path, descriptor: int, made_with: str) -> Manifest:
    manifest = Manifest(made_with, path, descriptor)
    head = _head(made_with)
    try:
        whole = _load(manifest)
        # What is behind the last newline was cut off when a run was killed.
        os.ftruncate(descriptor, whole)
        if not whole:
            os.lseek(descriptor, 0, os.SEEK_SET)
            _write(descriptor, head)
            os.fsync(descriptor)
            _fsync_folder(path.parent)
    except OSError as error:
        raise ConfigError(f"the manifest cannot be written: {reason_of(error)}") from None
    manifest._end = whole or len(head)  # noqa: SLF001  # of this module
    return manifest


def _load(manifest: Manifest) -> int:
    """Read what is there; give the size of what can be gone on with."""
    known, end = manifest._known, 0  # noqa: SLF001  # of this module
    head = _head(manifest._made_with)  # noqa: SLF001
    same = False
    with open(manifest._descriptor, "rb", closefd=False) as lines:  # noqa: SLF001
        for line in lines:
            if not end and not _ours(line):
                raise ConfigError("the manifest is a file of another kind; give another name")
            if not line.endswith(b"\n"):
                break
            begin, end = end, end + len(line)
            if not begin:
                same = line == head
                continue
            entry = Entry.read(line)
            if entry is not None:
                known[entry.id] = (begin, len(line))
                manifest.outputs.update((entry.output,) if entry.output else ())
    if same:
        return end
    known.clear()
    return 0


def _ours(data: bytes) -> bool:
    """Tell whether a file is a manifest, or the beginning of one."""
    return data.startswith(_BEGINS) or _BEGINS.startswith(data)


def _refuse_strange(descriptor: int) -> None:
    """Refuse a file that somebody else put there: it could say that everything is done."""
    status = os.fstat(descriptor)
    strange = not stat.S_ISREG(status.st_mode) or status.st_nlink > 1
    if hasattr(os, "getuid"):
        strange = strange or status.st_uid != os.getuid() or bool(status.st_mode & 0o022)
    if strange:
        raise ConfigError("the manifest is not this user's alone; look at it, remove it")


def _locked(descriptor: int) -> bool:
    """Take a file for this process; the system gives it back when the process ends."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            os.lseek(descriptor, 0, os.SEEK_SET)
        else:
            import fcntl

            # Not `flock`: processes copied from this one would hold it after its death.
            fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _head(made_with: str) -> bytes:
    one = {"format": _FORMAT, "version": _VERSION, "salt": _salt(made_with), "with": made_with}
    return json.dumps(one).encode() + b"\n"


def _salt(made_with: str) -> str:
    """Give what names are hashed with: not random, since equal runs have equal manifests."""
    return hashlib.sha256(f"{_FORMAT}\0{made_with}".encode()).hexdigest()[:32]


def _write(descriptor: int, data: bytes) -> None:
    while data:
        data = data[os.write(descriptor, data) :]


def _read(descriptor: int, size: int) -> bytes:
    pieces = []
    while size > 0 and (piece := os.read(descriptor, min(size, 1 << 24))):
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)


def _fsync_folder(folder: Path) -> None:
    """Make a new name last; not every system can do that."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
