"""
How far a run over folders has got: a bar on a terminal, a line now and then elsewhere.

Logs of CI keep every line for good, so lines come ever more rarely: the first after five seconds,
later one in five minutes. Without rich a terminal gets lines, too.

Promise: it holds numbers and the names of files as they are given to it, scrubbed and with control
characters made visible; `--quiet` says nothing; no thread runs, since workers may be forked.
"""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from scrubber.cli.messages import many, printable, say

if TYPE_CHECKING:
    from scrubber.archive.run import Watch
    from scrubber.archive.tasks import Outcome

FIRST: Final = 5.0
"""Seconds without a line."""
GROWTH: Final = 1.5
"""How much longer it is to each next line."""
LONGEST: Final = 300.0
"""Seconds between two lines, at most."""
EVERY: Final = 0.1
"""Seconds between two looks of the bar."""
_FIELDS: Final = (
    (0, ("files", "failed", "left")),
    (76, ("files", "size", "rate", "found", "failed", "left")),
    (104, ("files", "size", "rate", "found", "failed", "left", "name")),
)
"""What there is room for from so many columns on."""
_WIDEST_NAME: Final = 24
_UNITS: Final = ("bytes", "kB", "MB", "GB", "TB", "PB")
_STEP: Final = 1000


def folder_progress(*, quiet: bool) -> Watch:
    """Give who shows how far a run has got.

    Args:
        quiet: show nothing.

    Returns:
        What is to be told of the run.
    """
    if quiet:
        return _Nobody()
    return (_Bar.made() if _moves() else None) or _Lines()


class _Nobody:
    """Shows nothing."""

    def begin(self, files: int, size: int) -> None:
        """Say nothing."""

    def read(self, size: int) -> None:
        """Say nothing."""

    def done(self, outcome: Outcome, size: int, name: str) -> None:
        """Say nothing."""

    def end(self) -> None:
        """Say nothing."""


@dataclass(slots=True)
class _Books:
    """Counts of a run that goes on."""

    files: int = 0
    size: int = 0
    files_done: int = 0
    size_done: int = 0
    findings: int = 0
    failed: int = 0
    start: float = 0.0

    def begin(self, files: int, size: int) -> None:
        self.files, self.size, self.start = files, size, time.monotonic()

    def read(self, size: int) -> None:
        # What a run has nothing to do with is no part of its bytes.
        self.size_done = min(self.size_done + size, self.size)

    def add(self, outcome: Outcome, size: int) -> None:
        self.files_done += 1
        self.read(size)
        self.findings += outcome.found.report.findings
        self.failed += outcome.state == "failed"

    @property
    def rate(self) -> float:
        """Bytes in a second, over all of the run: what was done since the last look says little."""
        seconds = time.monotonic() - self.start
        return self.size_done / seconds if seconds > 0 else 0.0

    def left(self, rate: float) -> str:
        return _time((self.size - self.size_done) / rate) if rate else ""


class _Lines:
    """A line on stderr, now and then."""

    def __init__(self) -> None:
        self._books = _Books()
        self._wait = FIRST
        self._next = float("inf")

    def begin(self, files: int, size: int) -> None:
        """Take note of what there is to do."""
        self._books.begin(files, size)
        self._next = self._books.start + self._wait

    def done(self, outcome: Outcome, size: int, name: str) -> None:  # noqa: ARG002  # no room
        """Take note of a file, and say how far it is, if it is time to."""
        self._books.add(outcome, size)
        self._say()

    def read(self, size: int) -> None:
        """Take note of bytes, and say how far it is, if it is time to."""
        self._books.read(size)
        self._say()

    def _say(self) -> None:
        books = self._books
        now = time.monotonic()
        if now < self._next:
            return
        self._wait = min(self._wait * GROWTH, LONGEST)
        self._next = now + self._wait
        rate = books.rate
        parts = [
            f"{books.files_done:,} of {many(books.files, 'file')}",
            f"{_size(books.size_done)} of {_size(books.size)}",
            f"{_size(rate)}/s",
            many(books.findings, "finding"),
            f"{books.failed:,} failed" if books.failed else "",
            f"{books.left(rate)} left" if rate else "",
        ]
        say(", ".join(part for part in parts if part))

    def end(self) -> None:
        """Leave the last word to the command."""
        self._next = float("inf")


class _Bar:
    """A bar that is gone at the end."""

    def __init__(self, bar: Any) -> None:  # noqa: ANN401  # rich's, if it is there
        self._bar = bar
        self._books = _Books()
        self._task: Any = None
        self._next = 0.0

    @classmethod
    def made(cls) -> _Bar | None:
        """Make one, where rich is installed."""
        try:
            from rich import progress as columns
            from rich.console import Console
        except ModuleNotFoundError:
            return None
        console = Console(stderr=True)
        fields = [names for width, names in _FIELDS if console.width >= width][-1]
        bar = columns.Progress(
            columns.BarColumn(bar_width=None),
            columns.TaskProgressColumn(),
            *(columns.TextColumn(f"{{task.fields[{one}]}}", markup=False) for one in fields),
            console=console,
            transient=True,
            auto_refresh=False,
            expand=True,
        )
        return cls(bar)

    def begin(self, files: int, size: int) -> None:
        """Show the bar."""
        self._books.begin(files, size)
        self._task = self._bar.add_task("", total=size or None, **self._fields(""))
        self._bar.start()

    def done(self, outcome: Outcome, size: int, name: str) -> None:
        """Take note of a file, and show it, unless the last look was just now."""
        self._books.add(outcome, size)
        self._show(**self._fields(name))

    def read(self, size: int) -> None:
        """Take note of bytes, and show them, unless the last look was just now."""
        self._books.read(size)
        fields = self._fields("")
        del fields["name"]  # the last one stays
        self._show(**fields)

    def _show(self, **fields: str) -> None:
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + EVERY
        done = self._books.size_done
        self._bar.update(self._task, completed=done, refresh=True, **fields)

    def end(self) -> None:
        """Take the bar away."""
        self._bar.stop()

    def _fields(self, name: str) -> dict[str, str]:
        books = self._books
        rate = books.rate
        return {
            "files": f"{books.files_done:,}/{books.files:,} files",
            "size": f"{_size(books.size_done)}/{_size(books.size)}",
            "rate": f"{_size(rate)}/s" if rate else "",
            "found": f"{books.findings:,} found",
            "failed": f"{books.failed:,} failed" if books.failed else "",
            "left": books.left(rate),
            "name": _short(printable(name)),
        }


def _moves() -> bool:
    """Tell whether stderr is a terminal that can move its cursor."""
    try:
        return sys.stderr.isatty() and os.environ.get("TERM") not in ("dumb", "unknown")
    except (AttributeError, ValueError):
        return False


def _short(name: str) -> str:
    """Cut a long name at its front: its end tells more."""
    return name if len(name) <= _WIDEST_NAME else f"...{name[3 - _WIDEST_NAME :]}"


def _size(size: float) -> str:
    """Write bytes in the largest unit that leaves something before the point.

    >>> _size(0), _size(999), _size(1_500_000), _size(3e16)
    ('0 bytes', '999 bytes', '1.5 MB', '30.0 PB')
    """
    for unit in _UNITS:
        if size < _STEP or unit == _UNITS[-1]:
            break
        size /= _STEP
    return f"{size:.0f} {unit}" if unit == _UNITS[0] else f"{size:.1f} {unit}"


def _time(seconds: float) -> str:
    """Write how long something takes.

    >>> _time(5), _time(3725), _time(200_000)
    ('0:05', '1:02:05', '2 d 7:33:20')
    """
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days:
        return f"{days} d {hours}:{minutes:02}:{rest:02}"
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
