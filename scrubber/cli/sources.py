"""
What the command reads: files by name, and `-` for stdin.

Promise: whatever is wrong with one of them is an `InputError` that names no text, so that the
others go on.
"""

from __future__ import annotations

import io
import os
import stat
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from scrubber.errors import InputError
from scrubber.files.compressed import compression_of
from scrubber.files.opened import Opened
from scrubber.files.reasons import reason_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


STDIN: Final = "<stdin>"
# How long stdin is silent before somebody who watches is told why nothing comes out.
PAUSE: Final = 2.0


@dataclass(frozen=True, slots=True)
class Source:
    """One document to read.

    Attributes:
        path: the file; None for stdin.
    """

    path: Path | None

    @property
    def name(self) -> str:
        """How it is called in messages and listings."""
        return STDIN if self.path is None else click.format_filename(self.path)


def sources_of(files: Sequence[str]) -> list[Source]:
    """Give the sources named on the command line: stdin where none is."""
    return [Source(None if name == "-" else Path(name)) for name in files or ("-",)]


@contextmanager
def opened(source: Source, *, on_pause: Callable[[], None] | None = None) -> Iterator[Opened]:
    """Open a source for reading.

    Args:
        source: what to open.
        on_pause: called once when a live source is silent for two seconds.

    Yields:
        The source, open.

    Raises:
        InputError: it cannot be opened.
    """
    if source.path is None:
        yield _stdin(on_pause)
        return
    try:
        raw = source.path.open("rb", buffering=0)
    except IsADirectoryError:
        raise InputError("is a folder; give the files in it") from None
    except (OSError, ValueError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else "no such name is possible"
        raise InputError(f"cannot be read: {reason}") from None
    with raw:
        status = os.fstat(raw.fileno())
        # Windows calls a folder that cannot be opened "permission denied"; others open it.
        if stat.S_ISDIR(status.st_mode):
            raise InputError("is a folder; give the files in it")
        if _is_stdout(status):
            raise InputError("is also where the output goes; use --in-place")
        live = not stat.S_ISREG(status.st_mode)
        yield Opened(raw, compression_of(source.path), live=live)


def same_file(source: Source, other: Path) -> bool:
    """Tell whether a source is the file of a path."""
    try:
        status = other.stat()
        if not stat.S_ISREG(status.st_mode):
            return False
        if source.path is not None:
            return os.path.samestat(source.path.stat(), status)
        return os.path.samestat(os.fstat(sys.stdin.fileno()), status)
    except (OSError, ValueError, AttributeError):  # not there; a stdin that is no file
        return False


def _is_stdout(status: os.stat_result) -> bool:
    """Tell whether a regular file is what stdout writes to: it would be read while it grows."""
    try:
        return stat.S_ISREG(status.st_mode) and os.path.samestat(
            status, os.fstat(sys.stdout.fileno())
        )
    except (OSError, ValueError, AttributeError):
        return False


def _stdin(on_pause: Callable[[], None] | None) -> Opened:
    if sys.stdin is None:
        raise InputError("is closed")
    try:
        descriptor = sys.stdin.fileno()
        # Unbuffered: a read gives what is there, and never waits for more of it.
        raw = io.FileIO(descriptor, closefd=False)
    except (OSError, ValueError):  # a stdin that Python code put there
        return Opened(sys.stdin.buffer)
    if raw.isatty():
        return Opened(raw, watched=True)
    # Only there can it be asked whether anything is to be read.
    return Opened(_Patient(raw, on_pause) if on_pause and os.name == "posix" else raw)


class _Patient:
    """Reads a pipe, and tells once when nothing comes."""

    def __init__(self, raw: io.FileIO, on_pause: Callable[[], None]) -> None:
        self._raw = raw
        self._on_pause: Callable[[], None] | None = on_pause
        self._begun = False

    def read(self, size: int, /) -> bytes | None:
        """Give what is there, at most `size` bytes; wait for it where nothing is."""
        if self._on_pause is not None and self._begun:
            import select

            if not select.select([self._raw], [], [], PAUSE)[0]:
                self._on_pause()
                self._on_pause = None
        self._begun = True
        return self._raw.read(size)
