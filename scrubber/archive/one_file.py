"""
One file of a job, from its place to the place of what is made of it.

Promise: never raises; what is made of a file is seen whole or not at all; a file that changed while
it was read fails, since nobody could say what was looked at. A check writes nothing, and fails what
holds a finding or would be changed.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from scrubber.archive import places
from scrubber.archive.comparing import Compared
from scrubber.archive.context import Context, NotKnownError
from scrubber.archive.formats import scrub_document
from scrubber.archive.kinds import BINARY, IMAGE
from scrubber.archive.limits import Spent
from scrubber.archive.tasks import Outcome
from scrubber.errors import InputError
from scrubber.files.compressed import CHUNK
from scrubber.files.reasons import reason_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from scrubber.archive.context import Beside
    from scrubber.archive.found import Found
    from scrubber.archive.tasks import Job, Task

CHANGED: Final = "changed while it was read; nothing was written"
STILL: Final = "still holds"
"""How the reason begins that a check gives for a file in which something is found."""
WOULD_CHANGE: Final = "would be changed, though nothing is found in it"
UNITS: Final = "holds units that cannot be scrubbed"
_CHECKED: Final = (WOULD_CHANGE, UNITS)
_UNREAD: Final = frozenset({BINARY, IMAGE})
_LATEST: Final = 1 << 62


def done(task: Task, job: Job, told: Callable[[int], None] | None = None) -> Outcome:
    """Redact a whole file; or look, in a check, whether anything is left in it.

    Args:
        task: the file.
        job: what to do.
        told: is called with bytes that were read, as it goes on.

    Returns:
        What became of it; whatever happens, one that failed has no target.
    """
    try:
        return _done(task, job, told)
    except InputError as error:
        reason = str(error)
    except OSError as error:
        reason = f"cannot be redacted: {reason_of(error)}"
    except MemoryError:
        reason = "is too large for the memory there is"
    except Exception as error:  # noqa: BLE001  # what it says could be text
        reason = f"internal error: {type(error).__name__}; please report it"
    return Outcome(task.index, "failed", reason=reason)


def hour_of(mtime_ns: int) -> str:
    """Give the hour in which a file was last written, UTC; "" where nobody knows.

    >>> hour_of(1_764_000_000_000_000_000), hour_of(0)
    ('2025-11-24T16', '')
    """
    if not 0 < mtime_ns < _LATEST:
        return ""
    return datetime.fromtimestamp(mtime_ns // 1_000_000_000, UTC).strftime("%Y-%m-%dT%H")


def still_holds(found: Found, *, changed: bool) -> str:
    """Say why a file that was checked is not as it should be.

    Args:
        found: what was found in it.
        changed: it would be other bytes if it were redacted.

    Returns:
        The reason, or "".
    """
    report = found.report
    if report.findings:
        return f"{STILL} {report.findings:,} {'finding' if report.findings == 1 else 'findings'}"
    if report.failures:
        return UNITS
    return WOULD_CHANGE if changed else ""


def as_redacted(outcome: Outcome) -> Outcome:
    """Give what would have become of a file, if it had been redacted and not checked."""
    reason = outcome.reason
    if outcome.state != "failed" or not (reason.startswith(STILL) or reason in _CHECKED):
        return outcome
    return replace(outcome, state="done", reason="")


def _done(task: Task, job: Job, told: Callable[[int], None] | None) -> Outcome:
    # With its folder: `params/password` of a run is a value under a name.
    name = "/".join(PurePosixPath(task.source.replace("\\", "/")).parts[-2:])
    spent = Spent(job.limits, task.size)
    hour = hour_of(task.mtime_ns)
    context = Context(
        job.scrubber, spent, name=name, unknown=job.unknown, hour=hour, beside=_beside(task, job)
    )
    refuse_changed(task, job)
    with places.opened(task.source, job.options) as raw:
        source = Hashed(raw, told)
        try:
            kind, written, changed = _scrubbed(task, job, source, context)
        except NotKnownError as error:
            refuse_changed(task, job)
            state = "dropped" if job.unknown == "drop" else "listed"
            return Outcome(task.index, state, reason=str(error), sha256=source.hexdigest())
        found = context.found
        sha256 = source.hexdigest()
    if job.check and (reason := still_holds(found, changed=changed)):
        return Outcome(task.index, "failed", kind, reason, sha256, found=found)
    state = "copied" if kind in _UNREAD else "done"
    return Outcome(task.index, state, kind, "", sha256, written, found)


def _beside(task: Task, job: Job) -> Beside:
    """Give what opens the files beside one, by what is put behind its name."""

    def opened(suffix: str) -> AbstractContextManager[BinaryIO] | None:
        place = task.source + suffix
        return places.opened(place, job.options) if places.exists(place, job.options) else None

    return opened


def _scrubbed(task: Task, job: Job, source: Hashed, context: Context) -> tuple[str, int, bool]:
    """Scrub a document into its place; give its kind, bytes written, and whether they differ."""
    buffered = cast("BinaryIO", io.BufferedReader(source, CHUNK))
    if job.check:
        with places.opened(task.source, job.options) as same:
            compared = Compared(same)
            kind = scrub_document(buffered, cast("BinaryIO", compared), context)
            changed = compared.differs(task.size)
        refuse_changed(task, job)
        return kind, 0, changed
    with places.replacing(task.target, job.options) as target:
        kind = scrub_document(buffered, target, context)
        # The name is given when this block ends: from here on nothing may be wrong.
        source.hexdigest()
        if source.size != task.size:
            raise InputError(CHANGED)
        refuse_changed(task, job)
        written = target.seek(0, io.SEEK_END)
    return kind, written, False


def refuse_changed(task: Task, job: Job) -> None:
    """Refuse a file that is not the one that was found.

    Raises:
        InputError: it has another size or time now, or is gone.
    """
    size, mtime_ns = places.size_and_time(task.source, job.options)
    if size != task.size or (task.mtime_ns and mtime_ns != task.mtime_ns):
        raise InputError(CHANGED)


class Hashed(io.RawIOBase):
    """A file that is hashed as it is read: what was not read, at the end."""

    def __init__(self, raw: BinaryIO, told: Callable[[int], None] | None = None) -> None:
        """Take a file, at its start, and whom to tell how far it is read."""
        self._raw, self._told = raw, told
        self._sha256 = hashlib.sha256()
        self._at = 0
        # How far it is hashed; -1 once it is to its end.
        self.size = 0

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def seekable(self) -> bool:
        """Tell that it can seek."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go somewhere else."""
        self._at = self._raw.seek(offset, whence)
        return self._at

    def tell(self) -> int:
        """Say where it stands."""
        return self._at

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]  # as io has it
        """Read into a buffer, and hash what comes behind what was hashed."""
        data = self._raw.read(len(buffer))
        count = len(data)
        buffer[:count] = data
        new = self.size - self._at
        if 0 <= new < count:
            self._sha256.update(memoryview(data)[new:])
            self.size = self._at + count
            if self._told is not None:
                self._told(count - new)
        self._at += count
        return count

    def hexdigest(self) -> str:
        """Give the hash of the whole file, as far as it goes now."""
        self._at = self._raw.seek(self.size)
        while data := self._raw.read(CHUNK):
            self._sha256.update(data)
            self.size += len(data)
        return self._sha256.hexdigest()
