"""
The ranges of a long log, put together again.

What a range's process settled is copied; what goes on over an edge is scrubbed again, from the
source, up to where nothing goes on. See `scrubber.archive.ranges`.

Promise: the file, and the counts, are those of the file done in one piece; it is seen whole or not
at all. Memory holds a few megabytes. The files of ranges are gone when it ends, however it ends.
"""

from __future__ import annotations

import hashlib
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING, BinaryIO, Self

from scrubber.archive import places
from scrubber.archive.found import Found
from scrubber.archive.one_file import CHANGED, hour_of, refuse_changed, still_holds
from scrubber.archive.ranges import (
    KIND,
    SIZE,
    Put,
    count_lines,
    go_on,
    read_at,
)
from scrubber.archive.tasks import Outcome
from scrubber.errors import InputError, ScrubberError
from scrubber.files.compressed import CHUNK
from scrubber.files.reasons import reason_of
from scrubber.files.text_files import HEAD, detect
from scrubber.lines import LineStream

if TYPE_CHECKING:
    from scrubber.archive.tasks import Job, Piece, Task


class Joiner:
    """One long file, put together from its ranges as they come; use it in a `with` block."""

    def __init__(self, task: Task, job: Job, *, size: int = SIZE) -> None:
        """Begin a file; nothing is opened before its first range.

        Args:
            task: the whole file.
            job: what to do.
            size: what it was cut with.
        """
        self._task, self._job, self._size = task, job, size
        self._waiting: dict[int, Outcome] = {}
        self._next = 0
        self._reason = ""
        self._found = Found()
        self._sha256 = hashlib.sha256()
        self._opened = ExitStack()
        self._source: BinaryIO | None = None
        self._document: LineStream | None = None
        self._out = Put(None)
        self._changed = False
        # How far the source is done with, and what goes on there.
        self._at = 0
        self._open: LineStream | None = None
        self._lines = 0

    def __enter__(self) -> Self:
        """Give it; the end of the block closes it."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Close it."""
        self.close()

    def add(self, outcome: Outcome) -> Outcome | None:
        """Take what became of a range.

        Args:
            outcome: of any range of the file, in any order, each once.

        Returns:
            What became of the file, once all its ranges came; None before. Never raises.
        """
        self._waiting[outcome.start or 0] = outcome
        while (one := self._waiting.pop(self._next, None)) is not None:
            self._next += self._size
            if not self._reason:
                self._try(one)
            self._forget(one)
        if self._next < self._task.size:
            return None
        return self._ended()

    def close(self) -> None:
        """Remove what is not whole: the target as far as it was written, and files of ranges."""
        for one in self._waiting.values():
            self._forget(one)
        self._waiting.clear()
        self._give_up()

    def _forget(self, one: Outcome) -> None:
        if one.place:
            with suppress(InputError, OSError):
                places.remove(one.place, self._job.options)

    def _give_up(self) -> None:
        """Close what is open in a way that leaves no target."""
        opened, self._opened = self._opened, ExitStack()
        error = InputError("given up")
        with suppress(Exception):
            opened.__exit__(InputError, error, None)

    def _try(self, one: Outcome | None) -> None:
        """Join a range, or end the file for None; what fails is the reason it has failed."""
        try:
            if one is None:
                self._finish()
            else:
                self._join(one)
        except InputError as error:
            self._reason = str(error)
        except OSError as error:
            self._reason = f"cannot be redacted: {reason_of(error)}"
        except Exception as error:  # noqa: BLE001  # what it says could be text
            self._reason = f"internal error: {type(error).__name__}; please report it"
        else:
            return
        self._give_up()

    def _ended(self) -> Outcome:
        if not self._reason:
            self._try(None)
        task, found = self._task, self._found
        if self._reason:
            return Outcome(task.index, "failed", KIND, self._reason)
        sha256 = self._sha256.hexdigest()
        if self._job.check and (reason := still_holds(found, changed=self._changed)):
            return Outcome(task.index, "failed", KIND, reason, sha256, found=found)
        written = 0 if self._job.check else self._out.written
        return Outcome(task.index, "done", KIND, "", sha256, written, found)

    def _begin(self) -> BinaryIO:
        task, job = self._task, self._job
        refuse_changed(task, job)
        source = self._opened.enter_context(places.opened(task.source, job.options))
        document = job.scrubber.byte_stream()
        if not isinstance(document, LineStream):
            raise ScrubberError("a file was cut where no engine tells lines apart")
        if not job.check:
            target = places.replacing(task.target, job.options)
            self._out = Put(self._opened.enter_context(target))
        mark = detect(read_at(source, 0, HEAD)).mark
        self._out.put(mark)
        self._out.take(mark)
        self._at = len(mark)
        self._sha256.update(mark)
        self._document, self._source = document, source
        return source

    def _join(self, one: Outcome) -> None:
        """Copy what is settled of a range, and scrub again what is not."""
        if one.state != "range":
            raise InputError(one.reason)
        source = self._source or self._begin()
        with ExitStack() as stack:
            part = None
            if one.written and one.place:
                part = stack.enter_context(places.opened(one.place, self._job.options))
            begin = 0
            for piece in one.pieces:
                if piece.settled and self._open is None:
                    self._copy(source, part, begin, piece)
                else:
                    self._again(source, piece.size)
                begin += piece.written

    def _copy(self, source: BinaryIO, part: BinaryIO | None, begin: int, piece: Piece) -> None:
        for at in range(self._at, self._at + piece.size, CHUNK):
            self._sha256.update(_exactly(source, at, min(CHUNK, self._at + piece.size - at)))
        self._at += piece.size
        self._found += piece.found
        self._changed = self._changed or piece.changed
        if part is None:
            return
        for at in range(begin, begin + piece.written, CHUNK):
            self._out.put(_exactly(part, at, min(CHUNK, begin + piece.written - at)))

    def _again(self, source: BinaryIO, size: int) -> None:
        """Scrub a piece once more, behind what went on in it."""
        if self._document is None:
            return
        stop = self._at + size
        if self._open is None:
            self._open = self._document.another(first=self._found.lines == 0)
        settled = False
        while self._at < stop:
            text = _exactly(source, self._at, min(CHUNK, stop - self._at))
            self._at += len(text)
            self._sha256.update(text)
            self._out.take(text)
            self._lines += count_lines(text, last=self._at == self._task.size)
            if self._at < stop:
                self._out.put(self._open.feed(text))
            else:
                settled = go_on(self._open, source, text, stop, self._task.size, self._out.put)
        if settled:
            hour = hour_of(self._task.mtime_ns)
            self._found.add(self._open.report, lines=self._lines, hour=hour)
            self._open, self._lines = None, 0

    def _finish(self) -> None:
        """See that all of it is there, and give it its name."""
        if self._at != self._task.size or self._open is not None:
            raise InputError(CHANGED)
        refuse_changed(self._task, self._job)
        self._changed = self._changed or self._out.changed
        opened, self._opened = self._opened, ExitStack()
        opened.close()


def _exactly(file: BinaryIO, at: int, size: int) -> bytes:
    """Read bytes that must be there.

    Raises:
        InputError: they are not.
    """
    found = read_at(file, at, size)
    if len(found) != size:
        raise InputError(CHANGED)
    return found
