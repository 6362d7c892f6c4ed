"""
Which files of a folder are due, and why the others are not.

The age of a file is the time since it was last written, as the system keeps it (`mtime`). Rotation
and compression keep that time, so the age of `app.log.3.gz` is that of its last line. Dates in
names were rejected: there are too many ways to write one, and a wrong guess deletes.

Promise: what is due here is a regular file with the name of a log, and old enough.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from scrubber.retention.folder import walk
from scrubber.retention.log_names import log_name

if TYPE_CHECKING:
    import os
    from pathlib import Path

NOT_A_LOG: Final = "has no name of a log or report"
SECOND: Final = 10**9


@dataclass(frozen=True, slots=True)
class Due:
    """A file that is due.

    Attributes:
        path: where it is.
        name: its path below the folder, with `/`.
        status: what the system said of it.
        age: seconds since it was written.
    """

    path: Path
    name: str
    status: os.stat_result
    age: int

    @property
    def linked(self) -> bool:
        """It has other names, under which its text would stay."""
        return self.status.st_nlink > 1


@dataclass(frozen=True, slots=True)
class Plan:
    """What a look at a folder came to.

    Attributes:
        due: files that are old enough, in order.
        young: how many logs are not.
        left_out: what is no log: its path and why.
        unread: what could not be looked at, and so may be due: its path and why.
        leftovers: what killed runs left behind.
    """

    due: tuple[Due, ...]
    young: int
    left_out: tuple[tuple[Path, str], ...]
    leftovers: tuple[Path, ...]
    unread: tuple[tuple[Path, str], ...] = ()

    def reasons(self) -> dict[str, int]:
        """Count what is left out by its reason."""
        return dict(Counter(reason for _, reason in self.left_out))


@dataclass(slots=True)
class _Found:
    due: list[Due] = field(default_factory=list)
    young: int = 0
    left_out: list[tuple[Path, str]] = field(default_factory=list)
    leftovers: list[Path] = field(default_factory=list)
    unread: list[tuple[Path, str]] = field(default_factory=list)


def plan(folder: Path, *, older_than: int, now_ns: int, own: str = "") -> Plan:
    """Look at a folder.

    Args:
        folder: where to look, absolute.
        older_than: seconds from which a file is due.
        now_ns: the time now, in nanoseconds of the epoch.
        own: the name of files of ours.

    Returns:
        What is due, and what is not.
    """
    found = _Found()
    for entry in walk(folder, own=own):
        if entry.leftover:
            found.leftovers.append(entry.path)
        elif entry.unread:
            found.unread.append((entry.path, entry.reason))
        elif entry.reason or entry.status is None:
            found.left_out.append((entry.path, entry.reason))
        elif not log_name(entry.path.name):
            found.left_out.append((entry.path, NOT_A_LOG))
        else:
            age = (now_ns - entry.status.st_mtime_ns) // SECOND
            if age < older_than:
                found.young += 1
                continue
            name = entry.path.relative_to(folder).as_posix()
            found.due.append(Due(entry.path, name, entry.status, age))
    return Plan(
        tuple(found.due),
        found.young,
        tuple(found.left_out),
        tuple(found.leftovers),
        tuple(found.unread),
    )


def unchanged(due: Due) -> bool:
    """Tell whether a file is still the one that was found to be due."""
    try:
        now = due.path.lstat()
    except OSError:
        return False
    names = ("st_dev", "st_ino", "st_mode", "st_size", "st_mtime_ns")
    return all(getattr(now, name) == getattr(due.status, name) for name in names)
