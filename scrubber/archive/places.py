"""
Files of a job, wherever they lie: in a folder of this machine, or behind a URL.

A name shows a file whole or not at all, on both: what is written gets its name when it is complete.
A local folder is written with the system's own calls, `file://` too, since what `fsspec` makes of
one shows a file while it grows.

Promise: an error says what was refused, and holds no place, no credential and no word of a file;
nor does the chain of errors behind it.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import stat
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final
from urllib.parse import urlsplit
from urllib.request import url2pathname

from scrubber.archive import remote
from scrubber.errors import ConfigError, InputError
from scrubber.files.atomic import new_file_mode
from scrubber.files.reasons import reason_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

TEMPORARY: Final = ".scrubber-"
"""How the name of a file begins that is not whole yet."""
OWNER_ONLY: Final = 0o600
"""The mode of a file that is not whole yet."""

_URL: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+(?:://|::)", re.ASCII)
_LOCAL: Final = re.compile(r"(?:file|local)://", re.ASCII | re.IGNORECASE)
_USER: Final = re.compile(r"(?<=://)[^/]*@")


@dataclass(frozen=True, slots=True)
class Listed:
    """A file that was found behind a URL.

    Attributes:
        place: its URL.
        name: its name below what was searched, as it is: it may hold `..` and empty segments.
        size: its bytes.
        mtime_ns: when it was written, or 0 where nobody knows.
    """

    place: str = field(repr=False)
    name: str = field(repr=False)
    size: int
    mtime_ns: int = 0


def is_url(text: str) -> bool:
    r"""Tell a URL from a path.

    >>> is_url("s3://logs/2026"), is_url("logs/2026"), is_url(r"C:\logs")
    (True, False, False)
    """
    return _URL.match(text) is not None


def local(place: str) -> str:
    """Give the path that a place stands for; the place itself where it is a path or a remote URL.

    >>> local("file:///var/log"), local("var/log"), local("s3://logs/2026")
    ('/var/log', 'var/log', 's3://logs/2026')
    """
    if not _LOCAL.match(place):
        return place
    rest = place.partition("://")[2]
    # Relative paths are no part of any standard, and common.
    return rest if not rest.startswith("/") else url2pathname(urlsplit(f"//{rest}").path)


def shown(place: str) -> str:
    """Give a place without what may be a credential: a user, a password, a query.

    >>> shown("ftp://user@192.0.2.1/logs?x=1"), shown("logs/user@home?.log")
    ('ftp://192.0.2.1/logs', 'logs/user@home?.log')
    """
    if not is_url(place):
        return place
    return _USER.sub("", re.split(r"[?#]", place, maxsplit=1)[0], count=1)


def joined(folder: str, name: str) -> str:
    """Give the place of a file in a folder.

    Args:
        folder: a path, or a URL without a query.
        name: a relative POSIX path.

    >>> joined("s3://logs/", "a/b.log")
    's3://logs/a/b.log'
    """
    if is_url(folder):
        return f"{folder.rstrip('/')}/{name}"
    return os.path.join(folder, *name.split("/"))  # noqa: PTH118  # a str, as it was given


def storage_options(pairs: Iterable[str]) -> dict[str, object]:
    """Read what `fsspec` is given besides a URL.

    Args:
        pairs: `name=value`; `true`, `false` and what begins as a JSON object or list are read as
            JSON, all else is text.

    Raises:
        ConfigError: one has no name, or is no JSON; says neither name nor value.

    >>> storage_options(["anon=true", "key=12", 'client_kwargs={"region_name": "eu"}'])
    {'anon': True, 'key': '12', 'client_kwargs': {'region_name': 'eu'}}
    """
    options: dict[str, object] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name.isidentifier():
            raise ConfigError("a storage option is written name=value")
        options[name] = value
        if value in ("true", "false") or value.startswith(("{", "[")):
            try:
                options[name] = json.loads(value)
            except ValueError:
                name = ""
        if not name:
            raise ConfigError("a storage option that begins with { or [ is JSON")
    return options


def find(url: str, options: Mapping[str, object] | None = None) -> Iterator[Listed]:
    """Find the files below a remote URL, in the order of their names.

    Args:
        url: a file, or a prefix of many.
        options: what `fsspec` is given besides.

    Raises:
        InputError: there is nothing, or it cannot be listed.
    """
    for place, name, size, mtime_ns in remote.found(url, options or {}):
        yield Listed(place, name, size, mtime_ns)


@contextmanager
def opened(place: str, options: Mapping[str, object] | None = None) -> Iterator[BinaryIO]:
    """Open a file for reading; it can seek.

    Args:
        place: a path, or a URL.
        options: what `fsspec` is given besides a URL.

    Raises:
        InputError: it cannot be opened, is a link or no regular file, or, when the block ends
            without another error, it has changed.
    """
    path = local(place)
    if is_url(path):
        with remote.opened(path, options or {}) as file:
            yield file
        return
    with _regular(path) as file:
        before = _state(file)
        yield file
        if _state(file) != before:
            raise InputError("changed while it was read")


@contextmanager
def replacing(
    place: str, options: Mapping[str, object] | None = None, *, private: bool = False
) -> Iterator[BinaryIO]:
    """Write a file that is seen whole or not at all; it can seek and be read.

    Args:
        place: a path, or a URL; folders on the way are made.
        options: as for `opened`.
        private: a local file stays its owner's alone; else it is when it has its name as readable
            as the user's new files are.

    Yields:
        Where to write; it gets its name when the block ends without an error. A link of that name
        is replaced, not followed.

    Raises:
        InputError: it cannot be written.
    """
    path = local(place)
    if is_url(path):
        with remote.replacing(path, options or {}) as file:
            yield file
        return
    file, temporary = _new_beside(path)
    try:
        with file:
            yield file
            _on_disk(file)
        _named(temporary, path, OWNER_ONLY if private else new_file_mode())
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def size_and_time(place: str, options: Mapping[str, object] | None = None) -> tuple[int, int]:
    """Give the size of a file in bytes, and when it was written in ns (0: nobody knows).

    Raises:
        InputError: there is no such file, or nobody can tell.
    """
    path = local(place)
    if is_url(path):
        return remote.size_and_time(path, options or {})
    try:
        status = os.lstat(path)
    except (OSError, ValueError) as error:
        reason = _reason(error)
    else:
        return status.st_size, status.st_mtime_ns
    raise InputError(reason)


def exists(place: str, options: Mapping[str, object] | None = None) -> bool:
    """Tell whether there is something of that name, a link that leads nowhere too.

    Raises:
        InputError: nobody can tell.
    """
    path = local(place)
    return remote.exists(path, options or {}) if is_url(path) else os.path.lexists(path)


def there(place: str, options: Mapping[str, object] | None = None) -> bool:
    """Tell whether there is a file or a folder, or a link to one that may be gone.

    Raises:
        InputError: nobody can tell.
    """
    path = local(place)
    return remote.there(path, options or {}) if is_url(path) else os.path.lexists(path)


def remove(place: str, options: Mapping[str, object] | None = None) -> None:
    """Remove a file, if there is one.

    Raises:
        InputError: it cannot be removed.
    """
    path = local(place)
    if is_url(path):
        remote.remove(path, options or {})
        return
    try:
        Path(path).unlink(missing_ok=True)
    except (OSError, ValueError) as error:
        reason = _reason(error)
    else:
        return
    raise InputError(f"cannot be removed: {reason}")


def _regular(path: str) -> BinaryIO:
    """Open a file that is no link, device or pipe."""
    flags = os.O_RDONLY
    # Opening a named pipe waits for somebody who writes, without O_NONBLOCK.
    for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY", "O_CLOEXEC"):
        flags |= getattr(os, name, 0)
    try:
        if stat.S_ISLNK(os.lstat(path).st_mode):
            reason = "is a link"
        else:
            # By its name, and not by a descriptor: what lies beside a database is found by it.
            file = open(path, "rb", opener=lambda name, _: os.open(name, flags))  # noqa: SIM115  # O_NOFOLLOW
            if stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return file
            file.close()
            reason = "is not a regular file"
    except (OSError, ValueError) as error:
        reason = f"cannot be opened: {_reason(error)}"
    raise InputError(reason)


def _state(file: BinaryIO) -> tuple[int, int]:
    status = os.fstat(file.fileno())
    return status.st_size, status.st_mtime_ns


def _new_beside(path: str) -> tuple[BinaryIO, Path]:
    """Make a temporary file in the folder of another, and the folder."""
    try:
        folder = Path(path).parent
        folder.mkdir(parents=True, exist_ok=True)
        temporary = folder / f"{TEMPORARY}{secrets.token_hex(8)}"
        file = open(temporary, "xb+", opener=lambda name, flags: os.open(name, flags, OWNER_ONLY))  # noqa: SIM115  # with a mode
    except (OSError, ValueError) as error:
        reason = _reason(error)
    else:
        return file, temporary
    raise InputError(f"cannot be written: {reason}")


def _on_disk(file: BinaryIO) -> None:
    try:
        file.flush()
        os.fsync(file.fileno())
    except OSError as error:
        reason = _reason(error)
    else:
        return
    raise InputError(f"cannot be written: {reason}")


def _named(temporary: Path, path: str, mode: int) -> None:
    try:
        if mode != OWNER_ONLY:
            temporary.chmod(mode)
        temporary.replace(path)
    except (OSError, ValueError) as error:
        reason = _reason(error)
    else:
        return
    raise InputError(f"cannot be written: {reason}")


def _reason(error: OSError | ValueError) -> str:
    return reason_of(error) if isinstance(error, OSError) else "its name cannot be used"
