"""
The key of this installation's pseudonyms: 256 random bits in a file that only its owner reads.

Whoever has the key can tell whether a name they think of is the one behind a pseudonym; without it
nobody can, however short the name. So the key stays in its file: nothing here prints it, pickles it
or puts it into a message, and a file that others can read is refused, not used.

    crashscrub key 1
    epoch 1
    made 2026-01-31
    id k3f9x2m7pq
    key <64 hexadecimal digits>

The file is made whole at first use: written beside its place, then linked into it, which the system
does for one process only. Whoever comes second reads what the first one wrote. `id` is computed
from the key, so a damaged file is noticed.

Promise: an error says what is wrong and what to do, and names no folder.
"""

from __future__ import annotations

import errno
import hmac
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

from scrubber.errors import ConfigError
from scrubber.lazy import lazy_pattern
from scrubber.redact.crockford import encode

if TYPE_CHECKING:
    from collections.abc import Callable

FILE_VARIABLE: Final = "SCRUBBER_KEY_FILE"
NEEDS_PLATFORMDIRS: Final = (
    f"pseudonyms need platformdirs: pip install 'crashscrub[pseudonyms]', or set {FILE_VARIABLE}"
)
_WINDOWS: Final = os.name == "nt"
_NAME: Final = "pseudonyms.key"
_BYTES: Final = 32
_LONGEST_FILE: Final = 4096
_OWNER_ONLY: Final = 0o600
_OTHERS: Final = 0o077
_ID_MESSAGE: Final = b"crashscrub key id"
_GRAMMAR: Final = lazy_pattern(
    rb"crashscrub key 1\r?\nepoch (?P<epoch>[1-9][0-9]{0,8})\r?\n"
    rb"made (?P<made>[0-9]{4}-[0-9]{2}-[0-9]{2})\r?\nid (?P<id>[0-9a-z]{10})\r?\n"
    rb"key (?P<key>[0-9a-f]{64})(?:\r?\n)?"
)
_EPOCH: Final = lazy_pattern(rb"(?m)^epoch ([1-9][0-9]{0,8})\r?$")
_MEND: Final = "`scrubber key rotate` makes a new one"
# What systems answer that have no hard links: FAT, some network drives, Android.
_NO_LINKS: Final = frozenset(
    {errno.EPERM, errno.EACCES, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK}
)


class Key:
    """A key, its public id and its epoch.

    Attributes:
        id: ten characters computed from the key; they say which key it is and nothing about it.
        epoch: how many keys this installation has had.
        made: the day it was made, UTC, `2026-01-31`.
    """

    __slots__ = ("_secret", "epoch", "id", "made")

    def __init__(self, secret: bytes, *, epoch: int = 1, made: str = "") -> None:
        """Take the secret, 32 bytes; refuse any other number.

        Raises:
            ConfigError: it is longer or shorter.
        """
        if len(secret) != _BYTES:
            msg = f"a key has {_BYTES} bytes"
            raise ConfigError(msg)
        self._secret = bytes(secret)
        self.epoch = epoch
        self.made = made
        self.id = encode(self.digest(_ID_MESSAGE))

    @classmethod
    def new(cls, epoch: int = 1) -> Key:
        """Make a random key, made today."""
        from datetime import UTC, datetime

        return cls(os.urandom(_BYTES), epoch=epoch, made=f"{datetime.now(UTC):%Y-%m-%d}")

    def digest(self, message: bytes) -> bytes:
        """Give the HMAC-SHA256 of a message (RFC 2104): 32 bytes."""
        return hmac.digest(self._secret, message, "sha256")

    def to_file(self) -> bytes:
        """Give the text of its file, for whoever writes that file and nobody else."""
        return (
            f"crashscrub key 1\nepoch {self.epoch}\nmade {self.made}\nid {self.id}\n"
            f"key {self._secret.hex()}\n"
        ).encode("ascii")

    def reveal(self) -> tuple[bytes, int, str]:
        """Give the secret, the epoch and the day, for whoever sends them to another process.

        On purpose, and in memory: what `Scrubber(share_key=True)` asks for.
        """
        return (self._secret, self.epoch, self.made)

    def __repr__(self) -> str:
        """Say which key it is; never the key."""
        return f"Key(id={self.id!r})"

    def __reduce__(self) -> NoReturn:
        """Refuse: a key that is pickled or copied is one in another place."""
        raise TypeError("a Key is not pickled; the other process reads its own file")


def key_path() -> Path:
    """Give the place of the key file.

    Returns:
        What `SCRUBBER_KEY_FILE` names, else a file in the user's data folder.

    Raises:
        ConfigError: the place is not absolute, so that it would be another in each folder.
        ModuleNotFoundError: platformdirs is not installed, and the variable is not set.
    """
    named = os.environ.get(FILE_VARIABLE, "")
    if named:
        with suppress(RuntimeError):  # no home: it stays as it is, and is not absolute
            path = Path(named).expanduser()
            if path.is_absolute():
                return path
        msg = f"{FILE_VARIABLE} must be an absolute path"
        raise ConfigError(msg)
    try:
        import platformdirs
    except ModuleNotFoundError:
        raise ModuleNotFoundError(NEEDS_PLATFORMDIRS) from None
    path = platformdirs.user_data_path("crashscrub", appauthor=False) / _NAME
    if not path.is_absolute():
        msg = f"there is no home to keep a key in; set {FILE_VARIABLE}"
        raise ConfigError(msg)
    return path


def load_key(path: Path | None = None) -> Key:
    """Read the key; make it where there is none.

    Args:
        path: its file; None for `key_path()`.

    Returns:
        The key. Threads and processes that call this at the same moment get the same one.

    Raises:
        ConfigError: the file cannot be read or made, is damaged, or is open to others.
        ModuleNotFoundError: as for `key_path`.
    """
    path = path or key_path()
    found = find_key(path)
    if found is None:
        _write(path, Key.new(), _place)
        found = find_key(path)
    if found is None:
        msg = "the key file is gone as soon as it is made"
        raise ConfigError(msg)
    return found


def find_key(path: Path) -> Key | None:
    """Read the key, if there is one.

    Args:
        path: its file.

    Returns:
        The key, or None where no file is.

    Raises:
        ConfigError: the file cannot be read, is damaged, or is open to others.
    """
    try:
        data = _read(path, checked=True)
    except FileNotFoundError:
        return None
    except OSError as error:
        msg = f"the key file cannot be read: {_reason(error)}"
        raise ConfigError(msg) from None
    match = _GRAMMAR.fullmatch(data)
    if match is None:
        msg = f"the key file is damaged; {_MEND}"
        raise ConfigError(msg)
    key = Key(
        bytes.fromhex(match["key"].decode()),
        epoch=int(match["epoch"]),
        made=match["made"].decode(),
    )
    if key.id != match["id"].decode():
        msg = f"the key file is damaged; {_MEND}"
        raise ConfigError(msg)
    return key


def rotate_key(path: Path | None = None) -> Key:
    """Replace the key by a new random one of the next epoch. Old pseudonyms match no more.

    Args:
        path: its file; None for `key_path()`.

    Returns:
        The new key. What was wrong with the old file does not matter.

    Raises:
        ConfigError: the file cannot be made.
        ModuleNotFoundError: as for `key_path`.
    """
    path = path or key_path()
    # The file that a link names, not the link.
    path = Path(os.path.realpath(path))
    if path.exists() and not path.is_file():  # a device, a pipe, a folder
        msg = "what stands in the place of the key is no file; it is left alone"
        raise ConfigError(msg)
    epoch = None
    with suppress(OSError):
        epoch = _EPOCH.search(_read(path, checked=False))
    key = Key.new(int(epoch[1]) + 1 if epoch else 1)
    _write(path, key, lambda temporary, place: temporary.replace(place))
    return key


def _read(path: Path, *, checked: bool) -> bytes:
    """Read a key file, to a limit; `checked` refuses one that others may read or have written."""
    # A pipe in its place must not make a crash wait for a writer.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, "it is no file")
        if checked:
            _refuse_open(status)
        return os.read(descriptor, _LONGEST_FILE)
    finally:
        os.close(descriptor)


def _refuse_open(status: os.stat_result) -> None:
    """Refuse a file that is open to others. On Windows the user's folders are closed to others."""
    if _WINDOWS:
        return
    if status.st_mode & _OTHERS:
        msg = (
            "the key file is open to others than its owner, so it is not used; "
            f"{_MEND}, closed to others"
        )
        raise ConfigError(msg)
    if status.st_uid not in (os.geteuid(), 0):
        msg = "the key file belongs to another user, so it is not used"
        raise ConfigError(msg)


def _write(path: Path, key: Key, place: Callable[[Path, Path], object]) -> None:
    """Write a key beside its place, and have it placed."""
    import tempfile

    try:
        # One by one: `parents=True` leaves those between open to whom the umask lets in.
        for folder in reversed((path.parent, *path.parent.parents)):
            if not folder.exists():
                folder.mkdir(mode=0o700, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=".key-", dir=path.parent)
        temporary = Path(name)
        try:
            temporary.chmod(_OWNER_ONLY)  # whatever the umask takes away
            with os.fdopen(descriptor, "wb") as file:
                file.write(key.to_file())
                file.flush()
                os.fsync(file.fileno())
            place(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        msg = f"the key file cannot be made: {_reason(error)}"
        raise ConfigError(msg) from None


def _place(temporary: Path, path: Path) -> None:
    """Put a file in its place, unless there is one already."""
    try:
        if _WINDOWS:
            temporary.rename(path)  # which Windows refuses where a file is
        else:
            path.hardlink_to(temporary)
    except FileExistsError:
        return
    except OSError as error:
        if error.errno not in _NO_LINKS or _WINDOWS:
            raise
        _place_alone(temporary, path)


def _place_alone(temporary: Path, path: Path) -> None:
    """Put a file in its place where nothing can be linked, while all others wait."""
    import fcntl

    folder = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)  # until the folder is closed, whatever happens
        if not path.exists():
            temporary.rename(path)
    finally:
        os.close(folder)


def _reason(error: OSError) -> str:
    """Say why the system refused, without the names it adds."""
    return (error.strerror or type(error).__name__).lower()
