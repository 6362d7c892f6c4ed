"""
What is to be redacted: every file below the sources of a run; what is left out, with its reason.

Promise: in the same order each time; no link is followed, but the ones that were given; what cannot
be looked into is told of, and the rest is found.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from scrubber.archive import places
from scrubber.archive.names import key_of
from scrubber.archive.overlap import real_path
from scrubber.errors import ConfigError, InputError
from scrubber.files.reasons import reason_of
from scrubber.retention.done import NAME as RETAINED
from scrubber.retention.folder import FOLDER_UNREAD, IS_LINK, NOT_REGULAR

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

LEFT: Final = "is what a run left that was stopped"
OURS: Final = "is what `scrubber retain` noted"
_HOMES: Final = frozenset({"home", "homes", "users"})
_TOP: Final = 2


@dataclass(frozen=True, slots=True)
class Item:
    """One thing below the sources of a run.

    Attributes:
        place: a path, or a URL.
        name: what it is called below all sources, as it is, its segments separated by `/`; no two
            have the same.
        under: folders over it that are no part of the name, as far as they say whose it is.
        size: its bytes.
        mtime_ns: when it was last written; 0 where nobody knows.
        state: `failed` for what cannot be read, `listed` for what is left out, else "".
        reason: why, or "".
        folder: it is a folder.
    """

    place: str = field(repr=False)
    name: str = field(repr=False)
    under: str = field(default="", repr=False)
    size: int = 0
    mtime_ns: int = 0
    state: str = ""
    reason: str = ""
    folder: bool = False


def walk(sources: Sequence[str], options: Mapping[str, object] | None = None) -> Iterator[Item]:
    """Find every file below sources.

    One folder alone is the root of all names; of several, and of files, each has a name of its own.

    Args:
        sources: folders, files and URLs.
        options: what `fsspec` is given besides a URL.

    Yields:
        Files, folders, and what is neither, in the order of the sources and then of their names.
    """
    taken: set[str] = set()
    for source in sources:
        place = places.local(source)
        if places.is_url(place):
            name = places.shown(place).rstrip("/").rpartition("/")[2]
            base = "" if len(sources) == 1 else _free(name, taken)
            yield from _remote(place, base, options)
            continue
        # Who gives a link means what it leads to.
        real = real_path(place)
        alone = len(sources) == 1 and Path(real).is_dir()
        name = Path(place).name
        if name in ("", ".."):
            name = Path(real).name or "root"
        base = "" if alone else _free(name, taken)
        yield from _local(real, base, _whose(real if alone else str(Path(real).parent)))


def refuse_missing(sources: Sequence[str], options: Mapping[str, object] | None = None) -> None:
    """Refuse sources that are not there, before anything is written.

    Args:
        sources: folders, files and URLs.
        options: what `fsspec` is given besides a URL.

    Raises:
        ConfigError: one is not there, or its store does not tell; says which by its number.
    """
    for number, source in enumerate(sources, 1):
        reason = ""
        try:
            if not places.there(source, options):
                reason = "is not there"
        except InputError as error:
            reason = str(error)
        if reason:
            which = f"source {number} of {len(sources)}" if len(sources) > 1 else "the source"
            raise ConfigError(f"{which}: {reason}")


def _remote(url: str, base: str, options: Mapping[str, object] | None) -> Iterator[Item]:
    try:
        for one in places.find(url, options):
            name = f"{base}/{one.name}" if base else one.name
            yield _named(Item(one.place, name, "", one.size, one.mtime_ns))
    except InputError as error:
        reason = str(error)
    else:
        return
    yield Item(url, base or "_", state="failed", reason=reason)


def _local(path: str, name: str, under: str) -> Iterator[Item]:
    """Find what is at a path: a stack, since folders lie deeper than calls may."""
    found = _item(path, name, under)
    if found.state == "listed" and name:
        # What was given, and cannot be redacted, has failed.
        found = Item(path, name, under, state="failed", reason=found.reason)
    waiting = [found]
    while waiting:
        here = waiting.pop()
        if not here.folder:
            yield here
            continue
        try:
            with os.scandir(here.place) as entries:
                inner = sorted((one.name for one in entries), key=os.fsencode, reverse=True)
        except (OSError, ValueError):
            shown = here.name or "_"
            yield Item(here.place, shown, under, state="failed", reason=FOLDER_UNREAD)
            continue
        if here.name:
            yield here
        for one in inner:
            inside = f"{here.name}/{one}" if here.name else one
            place = os.path.join(here.place, one)  # noqa: PTH118  # as `places` has it
            waiting.append(_item(place, inside, under))


def _item(path: str, name: str, under: str) -> Item:
    try:
        status = os.lstat(path)
    except (OSError, ValueError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else "no such name is possible"
        return Item(path, name, under, state="failed", reason=f"cannot be read: {reason}")
    mode = status.st_mode
    # A junction of Windows leads elsewhere, too, and looks like a folder.
    if stat.S_ISLNK(mode) or (hasattr(os.path, "isjunction") and os.path.isjunction(path)):
        return Item(path, name, under, state="listed", reason=IS_LINK)
    if stat.S_ISDIR(mode):
        return Item(path, name, under, folder=True)
    if not stat.S_ISREG(mode):
        return Item(path, name, under, state="listed", reason=NOT_REGULAR)
    return _named(Item(path, name, under, status.st_size, status.st_mtime_ns))


def _named(item: Item) -> Item:
    """Leave out what a run writes while it is at work: under that name nothing is a file."""
    last = item.name.rpartition("/")[2]
    if not last.startswith(places.TEMPORARY):
        return item
    reason = OURS if last == RETAINED else LEFT
    return Item(item.place, item.name, item.under, item.size, state="listed", reason=reason)


def _free(name: str, taken: set[str]) -> str:
    """Give a source a name that no other source has."""
    free, number = name, 1
    while key_of(free) in taken:
        number += 1
        free = f"{name}~{number}"
    taken.add(key_of(free))
    return free


def _whose(folder: str) -> str:
    """Give the name of a folder if it says whose the folders in it are, else "".

    Not its whole path: the names of a run are the same wherever its source lies.
    """
    parts = folder.replace("\\", "/").split("/")
    top = len(parts) == _TOP
    return parts[-1] if top or parts[-1].lower() in _HOMES else ""
