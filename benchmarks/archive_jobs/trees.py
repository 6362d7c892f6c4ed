"""Whether two trees are the same, byte for byte."""

from __future__ import annotations

import filecmp
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def differing(one: Path, other: Path) -> list[str]:
    """Give what is not the same in two trees.

    Args:
        one: a folder.
        other: another.

    Returns:
        The paths that are in one of them only, or hold other bytes, sorted.
    """
    both = [_files(folder) for folder in (one, other)]
    alone = both[0] ^ both[1]
    shared = both[0] & both[1]
    unequal = {name for name in shared if not filecmp.cmp(one / name, other / name, shallow=False)}
    return sorted(alone | unequal)


def _files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
