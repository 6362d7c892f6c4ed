"""
What was sent, for the people it was sent about: the last 256 things, word for word.

    {"at": "2026-11-23T23:30Z", "kind": "event", "to": "o1.ingest.example.com", "payload": "..."}

One line of JSON each. A line is added at the end; where that would be too much, the file is made
anew without the oldest.

Promise: noting never raises, and never waits longer than another process needs to write a line. The
file is readable by its owner only, and at most 1 MiB.
"""

from __future__ import annotations

import os
import stat
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Final

from scrubber.consent.store import READ, SENT, Store

if TYPE_CHECKING:
    from collections.abc import Callable

MOST: Final = 256
"""Entries that are kept."""

LONGEST: Final = 1 << 20
"""Bytes of the file."""

_LINE: Final = LONGEST // 2
"""Bytes that one entry may take."""

_CUT: Final = _LINE // 16
"""Code points that are kept of a payload that takes more; one takes twelve bytes at most."""

_WAIT: Final = 5.0
_HOST: Final = 255
_ADD: Final = READ | os.O_RDWR | os.O_APPEND | os.O_CREAT


@dataclass(frozen=True, slots=True)
class Entry:
    r"""One thing that was sent.

    Attributes:
        at: when, in UTC and to the minute: `2026-11-23T23:30Z`.
        kind: what it was: `event`, `log`, `usage_event` ...
        to: the host it was sent to.
        payload: what was sent; bytes that are no UTF-8 as `\xff`.
        whole: False where the payload was longer than what is kept of it.
    """

    at: str
    kind: str
    to: str
    payload: str
    whole: bool = True


class Journal:
    """The journal of an application. Safe to share between threads and processes."""

    def __init__(self, store: Callable[[], Store]) -> None:
        """Take what gives the files, asked for each time."""
        self._store = store

    def note(self, kind: str, payload: bytes | str, *, to: str) -> None:
        """Note what is sent. It never raises; what cannot be noted is not.

        Args:
            kind: what it is, in a word.
            payload: exactly what is sent, scrubbed.
            to: where to: a host, or an address of which the host is kept.
        """
        with suppress(Exception):
            text = payload
            if not isinstance(text, str):
                text = text.decode("utf-8", "backslashreplace")
            now = time.strftime("%Y-%m-%dT%H:%MZ", time.gmtime())
            entry = Entry(now, str(kind)[:64], host_of(str(to)), text)
            line = _line(entry)
            if len(line) > _LINE:
                line = _line(replace(entry, payload=text[:_CUT], whole=False))
            self._add(line)

    def entries(self) -> list[Entry]:
        """Give what was sent, the oldest first; a line that is damaged is left out."""
        with suppress(Exception):
            descriptor = os.open(self._store().folder / SENT, READ)
            try:
                lines = _lines(descriptor)
            finally:
                os.close(descriptor)
            found = [_entry(line) for line in lines]
            return [one for one in found if one is not None]
        return []

    def clear(self) -> None:
        """Forget all of it.

        Raises:
            ConfigError: the file cannot be removed.
        """
        store = self._store()
        if (store.folder / SENT).exists():
            with store.writing(_WAIT):
                (store.folder / SENT).unlink(missing_ok=True)

    def _add(self, line: bytes) -> None:
        store = self._store()
        with store.writing(_WAIT) as mine:
            descriptor = os.open(store.folder / SENT, _ADD, 0o600)
            try:
                _closed_to_others(descriptor)
                if not mine:  # a line at the end is whole, whoever else writes one
                    os.write(descriptor, line)
                    return
                lines = _lines(descriptor)
                size = os.fstat(descriptor).st_size
                kept = _newest([*lines, line])
                # A line that somebody did not write to its end goes, too.
                if len(kept) > len(lines) and size == sum(map(len, lines)):
                    os.write(descriptor, line)
                    return
            finally:
                os.close(descriptor)
            store.replace(SENT, b"".join(kept), lasting=False)


def _newest(lines: list[bytes]) -> list[bytes]:
    """Give the last lines that are few enough and short enough; at least one."""
    kept = lines[-MOST:]
    length = sum(map(len, kept))
    first = 0
    while length > LONGEST and first < len(kept) - 1:
        length -= len(kept[first])
        first += 1
    return kept[first:]


def _closed_to_others(descriptor: int) -> None:
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        raise OSError("it is no file")
    if os.name == "posix" and mode & 0o077:
        os.fchmod(descriptor, 0o600)


def host_of(address: str) -> str:
    """Give the host of an address.

    Args:
        address: a URL, or a host.

    Returns:
        The host without account, port and path; "" where there is none.

    >>> host_of("https://key@o1.ingest.example.com:443/4?x=1")
    'o1.ingest.example.com'
    """
    host = address.rpartition("//")[2] if "//" in address[:16] else address
    for end in "/?#\\":
        host = host.partition(end)[0]
    host = host.rpartition("@")[2]
    if not host.startswith("["):
        host = host.partition(":")[0]
    return "".join(char for char in host[:_HOST] if char.isalnum() or char in ".-_[]:")


def _line(entry: Entry) -> bytes:
    import json

    fields = asdict(entry)
    if entry.whole:
        del fields["whole"]
    return f"{json.dumps(fields)}\n".encode("ascii")


def _entry(line: bytes) -> Entry | None:
    import json

    try:
        found = json.loads(line)
        texts = [found[name] for name in ("at", "kind", "to", "payload")]
        whole = found.get("whole", True)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    fits = type(whole) is bool and all(type(text) is str for text in texts)
    at, kind, to, payload = texts
    return Entry(at, kind, to, payload, whole=whole) if fits else None


def _lines(descriptor: int) -> list[bytes]:
    """Read the whole lines of the file, the last `LONGEST` bytes of it."""
    size = os.fstat(descriptor).st_size
    os.lseek(descriptor, max(0, size - LONGEST), os.SEEK_SET)
    data = b""
    while len(data) < LONGEST:
        part = os.read(descriptor, LONGEST - len(data))
        if not part:
            break
        data += part
    lines = data.splitlines(keepends=True)
    if size > LONGEST and lines:
        del lines[0]  # it may begin in the middle
    return [line for line in lines if line.endswith(b"\n") and line.startswith(b"{")]
