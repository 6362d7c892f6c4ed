r"""
A bar on the terminal while a long document is scrubbed.

Promise: nothing is shown where nobody looks (stderr is no terminal, or a dumb one), in the first
half second, or where rich is not installed; nothing is left of it at the end. It holds numbers and
the name of the file, and no word of the document.
"""

from __future__ import annotations

import os
import stat
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from scrubber.cli.messages import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scrubber.files.compressed import Readable

DELAY: Final = 0.5
"""Seconds without a bar."""
EVERY: Final = 0.1
"""Seconds between two looks."""
_WIDEST_NAME: Final = 20
_MB: Final = 1_000_000


class Progress:
    """How far one document has got.

    Attributes:
        findings: gives how many findings there are so far.
    """

    def __init__(self, name: str, total: int | None) -> None:
        """Show nothing yet.

        Args:
            name: what the document is called.
            total: its bytes as they are stored, or None where nobody knows.
        """
        self.findings: Callable[[], int] = int
        self._name, self._total = name, total
        self._done = 0
        self._start = time.monotonic()
        self._next = self._start + DELAY
        self._bar: Any = None
        self._task: Any = None

    def read(self, size: int) -> None:
        """Take note of bytes that were read; show them, now and then."""
        self._done += size
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + EVERY
        if self._bar is None and not self._begin():
            self._next = float("inf")
            return
        # Over all of the document: what was read since the last look says little.
        rate = self._done / (now - self._start)
        self._bar.update(
            self._task,
            completed=self._done,
            rate=f"{rate / _MB:,.1f} MB/s",
            left=_time(max(self._total - self._done, 0) / rate) if self._total and rate else "",
            found=f"{self.findings():,} found",
            refresh=True,
        )

    def end(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()

    def _begin(self) -> bool:
        self._bar = _bar()
        if self._bar is None:
            return False
        name = _short(printable(self._name))
        self._task = self._bar.add_task(name, total=self._total, rate="", left="", found="")
        self._bar.start()
        return True


@contextmanager
def progress(name: str, raw: Readable, *, shown: bool) -> Iterator[Progress | None]:
    """Show how far a document has got, if anybody may look.

    Args:
        name: what the document is called.
        raw: the document, open, as it is stored.
        shown: whether it is wanted.

    Yields:
        What is to be told of bytes that are read; None where nothing is to be shown.
    """
    if not shown or not _watched():
        yield None
        return
    one = Progress(name, _size(raw))
    try:
        yield one
    finally:
        one.end()


def _watched() -> bool:
    """Tell whether stderr is a terminal that can move its cursor."""
    try:
        return sys.stderr.isatty() and os.environ.get("TERM") not in ("dumb", "unknown")
    except (AttributeError, ValueError):
        return False


def _size(raw: Any) -> int | None:  # noqa: ANN401  # anything with read
    try:
        status = os.fstat(raw.fileno())
    except (AttributeError, OSError, ValueError):
        return None
    return status.st_size if stat.S_ISREG(status.st_mode) else None


def _short(name: str) -> str:
    """Cut a long name at its front: its end tells more."""
    return name if len(name) <= _WIDEST_NAME else f"...{name[3 - _WIDEST_NAME :]}"


def _time(seconds: float) -> str:
    """Write how long something takes.

    >>> _time(5), _time(3725)
    ('0:05', '1:02:05')
    """
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _bar() -> Any:  # noqa: ANN401  # None where rich is not installed
    try:
        from rich import progress as columns
        from rich.console import Console
    except ModuleNotFoundError:
        return None
    return columns.Progress(
        columns.TextColumn("{task.description}", markup=False),
        columns.BarColumn(bar_width=None),
        columns.DownloadColumn(),
        columns.TextColumn("{task.fields[rate]}"),
        columns.TextColumn("{task.fields[found]}"),
        columns.TextColumn("{task.fields[left]}"),
        console=Console(stderr=True),
        transient=True,
        auto_refresh=False,
    )
