"""
A run never reads what it writes.

Folders are compared as the system knows them, not by their names only: the same folder has several,
by links, by mounts, and where case does not count.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from scrubber.archive import places
from scrubber.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Sequence


def refuse_overlap(sources: Sequence[str], target: str, manifest: Path | None) -> None:
    """Refuse a run whose places lie in one another.

    Args:
        sources: folders, files and URLs.
        target: the folder, or its URL; "" for none.
        manifest: the file; None for none.

    Raises:
        ConfigError: a source lies in the target or the other way round, or the manifest in one.
    """
    written = str(manifest) if manifest is not None else ""
    for source in sources:
        if target and (_lies_in(source, target) or _lies_in(target, source)):
            raise ConfigError("a source and the target lie in one another; give another target")
        if written and _lies_in(written, source):
            raise ConfigError("the manifest lies in a source; give another place with --manifest")
    if written and target and _lies_in(written, target):
        raise ConfigError("the manifest lies in the target; give another place with --manifest")


def real_path(path: str) -> str:
    """Give a path without links; as it is where no such name is possible."""
    try:
        return os.path.realpath(path)
    except ValueError:
        return path


def _lies_in(inner: str, outer: str) -> bool:
    inner, outer = _real(inner), _real(outer)
    if inner == outer or inner.startswith(f"{outer.rstrip('/')}/"):
        return True
    if places.is_url(inner) or places.is_url(outer):
        return False
    return any(_same(one, outer) for one in (inner, *map(str, Path(inner).parents)))


def _real(place: str) -> str:
    place = places.local(place)
    if places.is_url(place):
        return places.shown(place).rstrip("/")
    real = os.path.normcase(real_path(place)).replace("\\", "/")
    return real.rstrip("/") or "/"


def _same(one: str, other: str) -> bool:
    try:
        return Path(one).samefile(other)
    except (OSError, ValueError):  # one of them is not there yet
        return False
