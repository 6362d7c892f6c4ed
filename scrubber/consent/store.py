"""
The files of an application's settings: read when they have changed, replaced whole, by one writer.

    settings.json   what was chosen         settings.lock   held by whoever writes
    sent.jsonl      what was sent

A file that has not changed is known by its inode, its size and its times, so asking costs one look
at it. One that changed a moment ago is read again all the same: the clock of file systems ticks a
hundred times a second, and two changes may fall into one tick.

Promise: a reader sees a whole file, old or new, whatever becomes of a writer. A file that somebody
else may have written is not relied on.
"""

from __future__ import annotations

import os
import stat
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from scrubber.consent.document import Document, read, unreliable
from scrubber.consent.file_lock import locked
from scrubber.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SETTINGS: Final = "settings.json"
LOCK: Final = "settings.lock"
SENT: Final = "sent.jsonl"
TEMPORARY: Final = ".settings-"

WAIT: Final = 300.0
"""Seconds that somebody who chooses waits for others who do."""

_LONGEST: Final = 64 * 1024
_FRESH: Final = 100_000_000
"""Nanoseconds for which two changes of a file may look like one."""

_WINDOWS: Final = os.name == "nt"
READ: Final = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)  # a pipe in its place must not make a crash wait for a writer
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_TRIES: Final = 20
_LEFT: Final = 3600
"""Seconds after which a temporary file is nobody's; where there are no locks, some are in use."""

Identity = tuple[int, int, int, int, int, int]
_MODE: Final = 4


@dataclass(frozen=True, slots=True)
class Held:
    """What is held on this machine.

    Attributes:
        document: the file; None where there is none.
        writable: whether it can be replaced.
        seen: whether its folder could be looked into.
    """

    document: Document | None
    writable: bool
    seen: bool = True

    @property
    def problem(self) -> str:
        """Why the file cannot be relied on; "" where it can, or is not there."""
        return self.document.problem if self.document else ""


class BusyError(ConfigError):
    """Others write for too long."""

    def __init__(self) -> None:
        super().__init__("the settings are held by another process; try again")


class Store:
    """The files in one folder. Safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        """Take a folder; nothing is made."""
        self.folder = folder
        self._path = os.fspath(folder / SETTINGS)
        self._known: tuple[Identity | None, Held] | None = None

    def held(self) -> Held:
        """Give what is held; one look at the file where it has not changed."""
        known = self._known
        try:
            identity = self._identity()
            if known is not None and known[0] == identity:
                return known[1]
            identity, held = self._read()
        except OSError:
            return Held(unreliable("its folder cannot be looked into"), writable=True, seen=False)
        # What is wrong may be mended without a change of the file.
        lasting = held.writable and not held.problem and not (identity and _fresh(identity))
        self._known = (identity, held) if lasting else None
        return held

    def change(
        self, make: Callable[[Document | None], Document | None], *, wait: float = WAIT
    ) -> None:
        """Replace the file while nobody else does.

        Args:
            make: (what is held) -> what is to be; None to leave it as it is.
            wait: seconds to wait for others at most.

        Raises:
            ConfigError: it cannot be written, or others write for too long.
        """
        with self.writing(wait) as mine:
            if not mine:
                raise BusyError
            before = self._read()[1].document
            document = make(before)
            if document is not None and document != before:
                self.replace(SETTINGS, document.to_file())

    def delete(self, keep: Callable[[Document | None], Document | None]) -> None:
        """Remove all files, and the folder where nothing else is in it.

        Args:
            keep: (what is held) -> what is to stand there afterwards; None for nothing.

        Raises:
            ConfigError: they cannot be removed, or others write for too long.
        """
        if not os.path.lexists(self.folder):
            return
        with self.writing(WAIT) as mine:
            if not mine:
                raise BusyError
            left = keep(self._read()[1].document)
            (self.folder / SENT).unlink(missing_ok=True)
            self._clear_temporary(older_than=0)
            if left is None:
                (self.folder / SETTINGS).unlink(missing_ok=True)
            else:
                self.replace(SETTINGS, left.to_file())
            with suppress(OSError):  # whoever waits for it sees that it is gone
                (self.folder / LOCK).unlink()
        with suppress(OSError):  # there is something else in it
            self.folder.rmdir()

    @contextmanager
    def writing(self, wait: float) -> Iterator[bool]:
        """Hold the lock of the folder, which is made where there is none.

        Args:
            wait: seconds to wait for others.

        Yields:
            Whether the lock is held.

        Raises:
            ConfigError: something cannot be written.
        """
        try:
            self._make_folder()
            with locked(self.folder / LOCK, wait) as mine:
                yield mine
        except OSError as error:
            reason = (error.strerror or type(error).__name__).lower()
            raise ConfigError(f"the settings cannot be written: {reason}") from None

    def replace(self, name: str, data: bytes, *, lasting: bool = True) -> None:
        """Put a file in its place, whole, readable by its owner only; the lock is held.

        Args:
            name: the file.
            data: all that is to stand in it.
            lasting: whether it must outlast a power failure, which takes the disk a while.

        Raises:
            OSError: it cannot be written.
        """
        import tempfile  # takes some milliseconds, and a program that only reads needs none

        self._clear_temporary(older_than=_LEFT)
        descriptor, named = tempfile.mkstemp(prefix=TEMPORARY, dir=self.folder)
        temporary = Path(named)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                if lasting:
                    os.fsync(file.fileno())
            temporary.chmod(0o600)  # whatever the umask takes away
            _put(temporary, self.folder / name)
        finally:
            temporary.unlink(missing_ok=True)
        if lasting:
            _sync(self.folder)

    def _clear_temporary(self, *, older_than: float) -> None:
        """Remove what writers left that were killed some seconds ago."""
        for left in self.folder.glob(f"{TEMPORARY}*"):
            with suppress(OSError):
                if time.time() - left.lstat().st_mtime >= older_than:
                    left.unlink()

    def _identity(self) -> Identity | None:
        try:
            found = os.lstat(self._path)  # asked for each event; a Path takes twice the time
        except (FileNotFoundError, NotADirectoryError):
            return None
        return _identity_of(found)

    def _read(self) -> tuple[Identity | None, Held]:
        """Read the file; its identity is that of what was read."""
        identity = self._identity()
        if identity is not None and stat.S_ISLNK(identity[_MODE]):
            return identity, Held(unreliable("it is a link"), writable=True)
        descriptor = None
        try:
            descriptor = os.open(self._path, READ)
            found = os.fstat(descriptor)
            identity = _identity_of(found)
            problem = _problem(found) or _problem_of_folder(self.folder)
            document = unreliable(problem) if problem else _document(descriptor)
        except (FileNotFoundError, NotADirectoryError):
            if identity is None:
                return None, Held(None, _writable(self.folder))
            document = unreliable("it cannot be read")  # a moment ago it was there
        except OSError:
            document = unreliable("it cannot be read")
        finally:
            if descriptor is not None:
                os.close(descriptor)
        return identity, Held(document, _may_write(self._path) and _writable(self.folder))

    def _make_folder(self) -> None:
        # One by one: `parents=True` leaves those between open to whom the umask lets in.
        for folder in reversed((self.folder, *self.folder.parents)):
            if not folder.exists():
                folder.mkdir(mode=0o700, exist_ok=True)


def _identity_of(found: os.stat_result) -> Identity:
    # The mode and the owner, too: they decide whether a file is relied on.
    return (
        found.st_ino,
        found.st_mtime_ns,
        found.st_ctime_ns,
        found.st_size,
        found.st_mode,
        found.st_uid,
    )


def _fresh(identity: Identity) -> bool:
    """Tell whether a file may change once more and look the same; so do all from the future."""
    return time.time_ns() - max(identity[1:3]) < _FRESH


def _document(descriptor: int) -> Document:
    """Read a file to its end."""
    parts, length = [], 0
    while length <= _LONGEST:
        part = os.read(descriptor, _LONGEST + 1 - length)
        if not part:
            break
        parts.append(part)
        length += len(part)
    return unreliable("it is too long") if length > _LONGEST else read(b"".join(parts))


def _problem(found: os.stat_result) -> str:
    """Say why a file is not relied on. On Windows the user's folders are closed to others."""
    if not stat.S_ISREG(found.st_mode):
        return "it is no file"
    if _WINDOWS:
        return ""
    if found.st_uid not in (os.geteuid(), 0):
        return "it belongs to another user"
    return "everybody may write to it" if found.st_mode & stat.S_IWOTH else ""


def _problem_of_folder(folder: Path) -> str:
    """Say why a folder is not relied on: whoever may write there can take an opt-out away."""
    if _WINDOWS:
        return ""
    found = folder.stat()
    if found.st_uid not in (os.geteuid(), 0):
        return "its folder belongs to another user"
    # In one like /tmp only owners remove their files.
    if found.st_mode & stat.S_IWOTH and not found.st_mode & stat.S_ISVTX:
        return "everybody may write to its folder"
    return ""


def _writable(folder: Path) -> bool:
    """Tell whether files can be made in a folder, which need not be there yet."""
    for one in (folder, *folder.parents):
        if one.exists():
            return one.is_dir() and _may_write(one, os.W_OK | os.X_OK)
    return False


def _may_write(path: Path | str, how: int = os.W_OK) -> bool:
    # As the user the process acts for, where the system can say.
    return os.access(path, how, effective_ids=os.access in os.supports_effective_ids)


def _sync(folder: Path) -> None:
    """Make a rename last: it does when its folder does. Not every system can."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _put(temporary: Path, path: Path) -> None:
    for left in reversed(range(_TRIES)):
        try:
            temporary.replace(path)
        except PermissionError:
            # On Windows, while somebody reads it; that takes a moment.
            if not _WINDOWS or not left:
                raise
            time.sleep(0.01)
        else:
            return
