"""
Ranges of a long log: each scrubbed by whoever has time, without the others.

A range begins and ends near fixed multiples of bytes; who scrubs it finds the line borders there,
so nobody has to read a file to cut it up. A line belongs to the range it begins in. As in
`scrubber.sections`, a range is scrubbed in pieces, each as if the document began with it; what goes
on behind a piece is scrubbed again by `scrubber.archive.joining.Joiner`.

Promise: a process holds a few megabytes of its range, whatever the range, its lines and the file.
What is written of a range lies apart from the target and is the user's alone, since it may be raw
text: a finding over an edge is known only when the range before it is.
"""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, Final

from scrubber.archive import places
from scrubber.archive.found import Found
from scrubber.archive.kinds import kind_of
from scrubber.archive.one_file import CHANGED, hour_of, refuse_changed
from scrubber.archive.parts import UNSHARED, parts_there
from scrubber.archive.tasks import Outcome, Piece
from scrubber.errors import InputError
from scrubber.files.compressed import CHUNK
from scrubber.files.reasons import reason_of
from scrubber.files.text_files import HEAD, detect
from scrubber.lines import SECTION, LineStream

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scrubber.archive.tasks import Job, Task

SIZE: Final = 64 << 20
"""Bytes from the beginning of a range to that of the next one."""
KIND: Final = "text"
"""The kind of document that is cut: one that is scrubbed as a stream of lines."""


def cut(task: Task, job: Job, *, size: int = SIZE) -> list[Task]:
    """Cut a file into ranges, if that can be.

    Only a long log in UTF-8 can be cut, and only where the engine tells lines apart and there is a
    place for what is made of ranges.

    Args:
        task: a whole file; of one that is not long, nothing is read.
        job: what to do.
        size: bytes from the beginning of a range to that of the next one.

    Returns:
        Its ranges, in order; the task alone where it is not cut.
    """
    if task.size < 2 * size or not (job.check or job.parts) or not _is_cut(task, job):
        return [task]
    return [
        replace(task, start=start, end=min(start + size, task.size))
        for start in range(0, task.size, size)
    ]


def _is_cut(task: Task, job: Job) -> bool:
    try:
        with places.opened(task.source, job.options) as source:
            head = source.read(HEAD)
        name = PurePosixPath(task.source.replace("\\", "/")).name
        return (
            kind_of(head, name) == KIND
            and detect(head).codec == "utf-8"
            and isinstance(job.scrubber.byte_stream(), LineStream)
        )
    except (InputError, OSError):
        return False  # who does the whole file says why it cannot be read


def scrubbed(task: Task, job: Job) -> Outcome:
    """Scrub a range; never raises.

    Args:
        task: the range.
        job: what to do.

    Returns:
        Its pieces, and the file that holds what became of them; or that it failed.
    """
    try:
        return _scrubbed(task, job)
    except InputError as error:
        reason = str(error)
    except OSError as error:
        reason = f"cannot be redacted: {reason_of(error)}"
    except Exception as error:  # noqa: BLE001  # what it says could be text
        reason = f"internal error: {type(error).__name__}; please report it"
    return Outcome(task.index, "failed", KIND, reason, start=task.start)


def _scrubbed(task: Task, job: Job) -> Outcome:
    refuse_changed(task, job)
    place = part_place(task, job)
    with places.opened(task.source, job.options) as source, _part(place, job) as target:
        pieces = tuple(_pieces(task, job, source, target))
    written = sum(piece.written for piece in pieces)
    try:
        refuse_changed(task, job)
    except InputError:
        if not job.check:
            places.remove(place, job.options)
        raise
    return Outcome(
        task.index,
        "range",
        KIND,
        written=written,
        start=task.start,
        pieces=pieces,
        place="" if job.check else place,
    )


def part_place(task: Task, job: Job) -> str:
    """Give the place of what is made of a range: not in the target, nor named like a file."""
    # One place for each range of each target: who takes it again replaces what is there.
    own = hashlib.blake2b(task.target.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    return places.joined(job.parts, f"{places.TEMPORARY}{own}-{task.start or 0:x}")


@contextmanager
def _part(place: str, job: Job) -> Iterator[BinaryIO | None]:
    """Open the file of a range; None in a check, which writes nothing."""
    if job.check:
        yield None
        return
    if not parts_there(job.parts):
        raise InputError(UNSHARED)
    with places.replacing(place, job.options, private=True) as target:
        yield target


def read_at(source: BinaryIO, at: int, size: int) -> bytes:
    """Read bytes of a file; fewer at its end only."""
    source.seek(at)
    found = source.read(size)
    while len(found) < size and (more := source.read(size - len(found))):
        found += more
    return found


def behind(source: BinaryIO, at: int, near: tuple[int, int]) -> bytes:
    """Read the lines behind a place that may matter to those before it.

    Args:
        source: the file.
        at: where a line begins.
        near: how far lines behind a line matter, as a `LineStream` has it.

    Returns:
        Whole lines; nothing where that many are not there, or do not end.
    """
    found = read_at(source, at, near[1])
    return found[: found.find(b"\n", near[0]) + 1]


def _line_begin(source: BinaryIO, at: int, stop: int) -> int:
    """Give where the first line begins at a place or behind it; `stop` where none does before."""
    at -= 1
    while at < stop - 1:
        found = read_at(source, at, min(CHUNK, stop - 1 - at))
        place = found.find(b"\n")
        if place >= 0:
            return at + place + 1
        if not found:
            break
        at += len(found)
    return stop


def _pieces(task: Task, job: Job, source: BinaryIO, target: BinaryIO | None) -> Iterator[Piece]:
    """Scrub the lines that begin in a range, in pieces that do not need each other."""
    start, end = task.start or 0, task.end or task.size
    mark = len(detect(read_at(source, 0, HEAD)).mark)
    begin = _line_begin(source, start, end) if start else mark
    if begin >= end and start:
        return
    stop = _line_begin(source, max(end, mark + 1), task.size)
    document = job.scrubber.byte_stream()
    if not isinstance(document, LineStream):
        # No engine tells lines apart here, but one does where the ranges are joined.
        yield Piece(stop - begin, 0, settled=False, found=Found())
        return
    at = begin
    while at < stop:
        stream = document.another(first=at == mark and not start)
        piece = _piece(stream, source, (at, stop), task, target)
        yield piece
        at += piece.size


def _piece(
    stream: LineStream,
    source: BinaryIO,
    span: tuple[int, int],
    task: Task,
    target: BinaryIO | None,
) -> Piece:
    """Scrub lines up to where nothing goes on, or up to the end of the range."""
    begin, stop = span
    out = Put(target)
    at, lines, settled = begin, 0, False
    while at < stop and not settled:
        text = read_at(source, at, min(SECTION, stop - at))
        if not text:
            raise InputError(CHANGED)
        if at + len(text) < stop:
            text = text[: text.rfind(b"\n") + 1] or text
        at += len(text)
        lines += count_lines(text, last=at == task.size)
        out.take(text)
        settled = go_on(stream, source, text, at, task.size, out.put)
    if not settled:
        return Piece(at - begin, 0, settled=False, found=Found())
    found = Found()
    found.add(stream.report, lines=lines, hour=hour_of(task.mtime_ns))
    return Piece(at - begin, out.written, settled=True, found=found, changed=out.changed)


def go_on(  # noqa: PLR0913, PLR0917  # what it reads, and where it writes
    stream: LineStream,
    source: BinaryIO,
    text: bytes,
    at: int,
    size: int,
    put: Callable[[bytes], object],
) -> bool:
    """Feed a stream with the text before a place, and settle it there if that can be.

    Args:
        stream: the stream.
        source: the file.
        text: the next text of it.
        at: where the text ends.
        size: bytes of the file.
        put: takes what comes out.

    Returns:
        Whether nothing of it goes on behind the place.
    """
    put(stream.feed(text))
    if at == size:
        put(stream.finish())
    elif not text.endswith(b"\n"):
        return False
    elif lines := behind(source, at, stream.near):
        put(stream.settle(lines))
    return stream.settled


def count_lines(text: bytes, *, last: bool) -> int:
    """Count the lines that end in a text, and at the end of a document one without an end, too."""
    return text.count(b"\n") + (last and not text.endswith(b"\n"))


class Put:
    """Where a piece goes: into a file; in a check it is only compared with what it was made of."""

    def __init__(self, target: BinaryIO | None) -> None:
        """Take the file, or None in a check."""
        self.written = 0
        self._target = target
        self._before, self._after = hashlib.blake2b(), hashlib.blake2b()

    @property
    def changed(self) -> bool:
        """Whether, in a check, what came out is not what was taken."""
        return self._before.digest() != self._after.digest()

    def take(self, text: bytes) -> None:
        """Take note of what goes in."""
        if self._target is None:
            self._before.update(text)

    def put(self, data: bytes) -> None:
        """Take what comes out."""
        self.written += len(data)
        if self._target is None:
            self._after.update(data)
        else:
            self._target.write(data)
