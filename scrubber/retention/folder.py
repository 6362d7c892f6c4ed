"""
The files of a folder, found without following anything out of it.

Promise: no link is followed, whether to a file or a folder; what is left out is told with its
reason; and a folder that is a whole machine or a whole home is refused.
"""

from __future__ import annotations

import os
import re
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from scrubber.errors import ConfigError
from scrubber.retention.log_names import log_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

# What a rewriting that was killed leaves beside its file: see `scrubber.files.atomic`.
_LEFTOVER: Final = re.compile(r"\.scrubber-[a-z0-9_]{8}")

# What systems keep directly below the root, and where the homes of all users are.
_SYSTEM: Final = frozenset(
    {
        *("applications", "bin", "boot", "dev", "etc", "home", "lib", "lib32", "lib64", "library"),
        *("opt", "proc", "program files", "program files (x86)", "programdata", "root", "run"),
        *("sbin", "sys", "system", "tmp", "users", "usr", "var", "volumes", "windows"),
    }
)
_HOMES: Final = frozenset({"home", "users"})

FOLDER_UNREAD: Final = "the folder cannot be read"
UNREAD: Final = "cannot be read"
IS_LINK: Final = "is a link, and links are not followed"
NOT_REGULAR: Final = "is not a regular file"
NOT_A_LOG_FOLDER: Final = "is a folder of tools"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in a folder.

    Attributes:
        path: where it is.
        status: what the system says of it; None where that could not be asked.
        reason: why it is left out, or "".
        leftover: what a killed run left behind.
    """

    path: Path
    status: os.stat_result | None = None
    reason: str = ""
    leftover: bool = False

    @property
    def unread(self) -> bool:
        """The system did not say what it is, or what is in it: logs may be there."""
        return self.reason in (FOLDER_UNREAD, UNREAD)


def refuse_roots(folder: Path) -> Path:
    """Refuse a folder that is no folder of logs.

    Args:
        folder: as it was given.

    Returns:
        The folder, absolute.

    Raises:
        ConfigError: it is none, is a link, the root of a drive, a folder of the system directly
            below it, somebody's home folder, or holds that.
    """
    try:
        status = folder.lstat()
    except (OSError, ValueError):
        raise ConfigError("the folder cannot be read: is it there?") from None
    if stat.S_ISLNK(status.st_mode):
        raise ConfigError("the folder is a link; give the folder it leads to")
    if not stat.S_ISDIR(status.st_mode):
        raise ConfigError(
            "give a folder of logs; a file is scrubbed by `scrubber redact --in-place`"
        )
    real = Path(os.path.realpath(folder))
    if real == Path(real.anchor):
        raise ConfigError("the folder is the root of a file system; give a folder of logs")
    first, *further = (part.lower() for part in real.parts[1:])
    if first in _SYSTEM and not further:
        raise ConfigError("the folder belongs to the system; give a folder of logs in it")
    if first in _HOMES and len(further) == 1:
        raise ConfigError("the folder is or holds the home folder; give a folder of logs")
    for home in _homes():
        if home == real or real in home.parents:
            raise ConfigError("the folder is or holds the home folder; give a folder of logs")
    return real


def walk(folder: Path, *, own: str = "") -> Iterator[Entry]:
    """Find every file below a folder.

    Args:
        folder: where to begin.
        own: the name of files of ours, which are passed over: a folder in it may have been given
            before.

    Yields:
        Files sorted by their paths, each folder's before those of the folders in it, and what is
        left out.
    """
    folders = [folder]
    while folders:
        here = folders.pop()
        inner = []
        try:
            with os.scandir(here) as found:
                ordered = sorted(found, key=lambda one: one.name)
        except OSError:
            yield Entry(here, reason=FOLDER_UNREAD)
            continue
        for one in ordered:
            path = here / one.name
            if one.name == own:
                continue
            entry = _entry(path)
            if entry.status is None or not stat.S_ISDIR(entry.status.st_mode):
                yield entry
            elif log_folder(one.name):
                inner.append(path)
            else:
                yield Entry(path, entry.status, NOT_A_LOG_FOLDER)
        folders += reversed(inner)


def _entry(path: Path) -> Entry:
    try:
        status = path.lstat()
    except OSError:
        return Entry(path, reason=UNREAD)
    mode = status.st_mode
    if stat.S_ISLNK(mode):
        return Entry(path, status, IS_LINK)
    # A junction of Windows leads elsewhere, too, and looks like a folder.
    if stat.S_ISDIR(mode) and hasattr(os.path, "isjunction") and os.path.isjunction(path):
        return Entry(path, None, IS_LINK)
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        return Entry(path, status, NOT_REGULAR)
    return Entry(path, status, leftover=stat.S_ISREG(mode) and _is_leftover(path, status))


def _is_leftover(path: Path, status: os.stat_result) -> bool:
    if _LEFTOVER.fullmatch(path.name) is None:
        return False
    return not hasattr(os, "getuid") or status.st_uid == os.getuid()


def _homes() -> Iterator[Path]:
    """Give the home folder, as the environment and as the user database say it."""
    for ask in (Path.home, _registered_home):
        with suppress(RuntimeError, OSError, KeyError, ImportError):
            yield Path(os.path.realpath(ask()))


def _registered_home() -> Path:
    import pwd

    return Path(pwd.getpwuid(os.getuid()).pw_dir)
