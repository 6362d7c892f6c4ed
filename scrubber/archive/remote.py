"""
Files behind URLs, through `fsspec`.

Object stores show an object when its upload is complete, so a name there is written as it is.
Elsewhere a file is written under a temporary name and moved. `fsspec`'s own context manager was
rejected for both: it completes an upload when its block fails, and half a file gets its name.

Promise: whatever fails is an error of ours; see `scrubber.archive.store_errors`.
"""

from __future__ import annotations

import io
import secrets
import tempfile
from contextlib import contextmanager, suppress
from datetime import datetime
from shutil import copyfileobj
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from scrubber.archive.store_errors import told
from scrubber.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

NEEDS_FSSPEC: Final = "URLs need fsspec: pip install 'crashscrub[remote]'"
_BLOCK: Final = 8 << 20
"""Bytes of one request; S3 takes none under 5 MiB."""
_PARTS: Final = 9_000
"""Requests of one upload; S3 takes 10,000."""
_WHOLE: Final = frozenset({"s3", "s3a", "gs", "gcs", "abfs", "abfss", "az"})
"""Kinds of URLs whose stores show an object when its upload is complete."""
_TIMES: Final = ("LastModified", "mtime", "updated", "last_modified", "modified", "created")
_MARKS: Final = ("ETag", "etag", "generation", "md5Hash", "ino")
_UNOPENED: Final = "cannot be opened: "
_CHANGED: Final = "changed while it was read"


def found(url: str, options: Mapping[str, object]) -> Iterator[tuple[str, str, int, int]]:
    """Find the files below a URL, in the order of their names.

    Args:
        url: a file, or what the names of files begin with.
        options: what `fsspec` is given besides.

    Yields:
        For each: its URL, its name below the first one, its bytes, and when it was written in ns.

    Raises:
        InputError: there are none, or they cannot be listed.
    """
    system, root = _system(url, options)
    root, base = root.rstrip("/"), url.rstrip("/")
    entries = told(lambda: _entries(system, root))
    if not url.endswith("/") and "/" in root and root not in entries:
        # A store may have an object of that name besides what lies below it.
        entries |= told(lambda: _itself(system, root))
    names = sorted(path for path in entries if path == root or path.startswith(f"{root}/"))
    if not names and not told(lambda: system.exists(root)):
        raise InputError("is not there")
    for path in names:
        info = entries[path] or told(lambda path=path: system.info(path))  # type: ignore[misc]
        size, mtime_ns, _ = _stamp(info)
        if info.get("type") == "directory" or (path.endswith("/") and not size):
            continue
        if path == root:
            yield url, path.rpartition("/")[2], size, mtime_ns
        else:
            yield base + path[len(root) :], path[len(root) + 1 :], size, mtime_ns


@contextmanager
def opened(url: str, options: Mapping[str, object]) -> Iterator[BinaryIO]:
    """Open a file for reading; it can seek.

    Raises:
        InputError: it cannot be opened, or, when the block ends, it has changed.
    """
    system, path = _file(url, options)
    before = told(lambda: _stamp(_info(system, path)), _UNOPENED)
    file = told(lambda: _seekable(system.open(path, "rb", block_size=_BLOCK)), _UNOPENED)
    try:
        yield file
    finally:
        with suppress(Exception):
            file.close()
    if told(lambda: _stamp(_info(system, path))) != before:
        raise InputError(_CHANGED)


@contextmanager
def replacing(url: str, options: Mapping[str, object]) -> Iterator[BinaryIO]:
    """Write a file that is seen whole or not at all.

    It is collected in a temporary file without a name, and goes out when the block has ended.

    Raises:
        InputError: it cannot be written.
    """
    system, path = _file(url, options)
    with tempfile.TemporaryFile() as spool:
        yield spool
        told(lambda: _put(system, spool, path), "cannot be written: ")


def size_and_time(url: str, options: Mapping[str, object]) -> tuple[int, int]:
    """Give the size of a file in bytes, and when it was written in ns (0: nobody knows).

    Raises:
        InputError: there is no such file, or nobody can tell.
    """
    system, path = _file(url, options)
    size, mtime_ns, _ = told(lambda: _stamp(_info(system, path)))
    return size, mtime_ns


def exists(url: str, options: Mapping[str, object]) -> bool:
    """Tell whether there is something of that name.

    Raises:
        InputError: nobody can tell.
    """
    system, path = _file(url, options)

    def look() -> bool:
        try:
            _info(system, path)
        except FileNotFoundError:
            return False
        return True

    return told(look)


def there(url: str, options: Mapping[str, object]) -> bool:
    """Tell whether there is a file of that name, or any below it.

    Raises:
        InputError: nobody can tell.
    """
    system, root = _system(url, options)
    root = root.rstrip("/")

    def look() -> bool:
        system.invalidate_cache()
        try:
            system.info(root)
        except FileNotFoundError:
            # Some stores know nothing of a folder but what lies in it.
            return bool(system.exists(root))
        return True

    return told(look)


def remove(url: str, options: Mapping[str, object]) -> None:
    """Remove a file, if there is one.

    Raises:
        InputError: it cannot be removed.
    """
    system, path = _file(url, options)

    def away() -> None:
        with suppress(FileNotFoundError):
            # Not rm: it takes a * of the name for any text.
            system.rm_file(path)

    told(away, "cannot be removed: ")


def _system(url: str, options: Mapping[str, object]) -> tuple[Any, str]:
    """Give the file system of a URL, and the path there."""
    if "::" in url:
        raise InputError("holds ::, a URL in a URL, some of which keep raw copies")
    if "?versionId=" in url:
        raise InputError("versions of objects are not read")
    try:
        from fsspec.core import url_to_fs
    except ModuleNotFoundError:
        raise InputError(NEEDS_FSSPEC) from None

    system, path = told(lambda: url_to_fs(url, **options))
    return system, path


def _file(url: str, options: Mapping[str, object]) -> tuple[Any, str]:
    """Give the file system of a file, and its path there."""
    if url.endswith("/"):
        raise InputError("has a name that ends with a slash, which fsspec takes off")
    return _system(url, options)


def _entries(system: Any, root: str) -> dict[str, Any]:  # noqa: ANN401  # any of fsspec's
    system.invalidate_cache()
    try:
        entries: dict[str, Any] = system.find(root, detail=True)
    finally:
        system.invalidate_cache()
    return entries


def _itself(system: Any, path: str) -> dict[str, Any]:  # noqa: ANN401
    """Give the file of that name, if there is one."""
    try:
        info = system.info(path)
    except FileNotFoundError:
        return {}
    return {path: info} if info.get("type") == "file" else {}


def _info(system: Any, path: str) -> Mapping[str, Any]:  # noqa: ANN401
    """Ask what is known of a file now; what was known at a listing is forgotten."""
    system.invalidate_cache()
    info: Mapping[str, Any] = system.info(path)
    return info


def _stamp(info: Mapping[str, Any]) -> tuple[int, int, str]:
    """Give size, time and what else tells one content of a file from another."""
    time = next((info[name] for name in _TIMES if info.get(name)), 0)
    if isinstance(time, str):
        with suppress(ValueError):
            time = datetime.fromisoformat(time)
    if isinstance(time, datetime):
        time = time.timestamp()
    mtime_ns = int(time * 1_000_000_000) if isinstance(time, int | float) else 0
    mark = next((str(info[name]) for name in _MARKS if info.get(name)), "")
    return int(info.get("size") or 0), mtime_ns, mark


def _seekable(file: Any) -> BinaryIO:  # noqa: ANN401  # any of fsspec's
    """Give a file that can seek: the one that is there, or a copy in a file without a name."""
    if file.seekable():
        return io.BufferedReader(_Remote(file), 1 << 16)
    copy = tempfile.TemporaryFile()  # noqa: SIM115  # whoever opened it closes it
    try:
        with file:
            copyfileobj(file, copy, 1 << 20)
        copy.seek(0)
    except BaseException:
        copy.close()
        raise
    return copy


class _Remote(io.RawIOBase):
    """A remote file whose errors are ours."""

    def __init__(self, file: Any) -> None:  # noqa: ANN401  # any of fsspec's
        self._file = file

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:  # noqa: ANN401  # any buffer one may write to
        view = memoryview(buffer)
        data: bytes = told(lambda: self._file.read(len(view)))
        view[: len(data)] = data
        return len(data)

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        return int(told(lambda: self._file.seek(offset, whence)))

    def tell(self) -> int:
        return int(self._file.tell())

    def close(self) -> None:
        if not self.closed:
            super().close()
            with suppress(Exception):
                self._file.close()


def _put(system: Any, spool: BinaryIO, path: str) -> None:  # noqa: ANN401
    """Upload what was collected."""
    size = spool.seek(0, io.SEEK_END)
    spool.seek(0)
    names = (system.protocol,) if isinstance(system.protocol, str) else system.protocol
    if _WHOLE.intersection(names):
        _upload(system, spool, path, size)
        return
    folder, _, _ = path.rpartition("/")
    if folder:
        system.makedirs(folder, exist_ok=True)
    temporary = f"{folder}/.scrubber-{secrets.token_hex(8)}"
    try:
        _upload(system, spool, temporary, size)
        _move(system, temporary, path)
    except BaseException:
        with suppress(Exception):
            system.rm_file(temporary)
        raise


def _upload(system: Any, spool: BinaryIO, path: str, size: int) -> None:  # noqa: ANN401
    file = system.open(path, "wb", block_size=max(_BLOCK, size // _PARTS))
    try:
        copyfileobj(spool, file, 1 << 20)
        file.close()
    except BaseException:
        # Closed in any other way it would be completed.
        with suppress(Exception):
            file.discard()
        with suppress(Exception):
            file.closed = True
        raise


def _move(system: Any, temporary: str, path: str) -> None:  # noqa: ANN401
    """Give a whole file its name."""
    from fsspec import AbstractFileSystem

    if type(system).mv is AbstractFileSystem.mv:
        # That one takes a * of a name for any text.
        system.cp_file(temporary, path)
        system.rm_file(temporary)
        return
    try:
        system.mv(temporary, path)
    except Exception:  # noqa: BLE001  # libraries of all kinds
        # Some servers rename onto nothing only.
        system.rm_file(path)
        system.mv(temporary, path)
