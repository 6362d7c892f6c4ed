r"""
A path is canonicalised, not deleted: what leads to the code stays, people and data go.

    /home/jane/.venv/lib/python3.11/site-packages/torch/x.py -> <site-packages>/torch/x.py
    /home/jane/data/patients/John_Smith_1970.dcm             -> <home>/.../[file].dcm
    C:\\Users\\Jane Doe\\AppData\\Local\\Temp\\x.pt              -> <tmp>\\[file].pt

A rule finds the path and this cuts it: only the pieces that go are claimed, so that every other
rule still sees what stays, and separators stay as the report wrote them. The rejected alternative,
a new path in place of the old one, would hide from the other rules what it keeps.

Promise: no string makes it raise; time is linear in its length; pieces are disjoint, in order and
cut no escape; what it wrote once it leaves alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from scrubber.redact.file_kinds import (
    CODE,
    NONE,
    PERSONAL,
    all_technical,
    archive,
    says_nothing_of_anyone,
    settings_of_someone,
)
from scrubber.redact.path_places import mixed, mount_depth, no_folder, software, top_folder
from scrubber.redact.path_roots import (
    HOME,
    PACKAGES,
    PLACEHOLDER,
    STDLIB,
    VENV,
    Root,
    personal_home,
    roots_by_pattern,
)
from scrubber.redact.path_words import Segment, split_path
from scrubber.types import Piece

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scrubber.identity.roots import Roots
    from scrubber.redact.path_words import SplitPath

FOLDERS: Final = "..."
_LONGEST: Final = 16_384
_LIBRARIES: Final = frozenset({PACKAGES, STDLIB})
_IN_VENV: Final = frozenset({"bin", "scripts", "lib", "lib64", "include", "share"})


@dataclass(frozen=True, slots=True)
class Canonicalizer:
    """Cuts paths into what goes and what stays.

    Attributes:
        roots: known folders of this machine, or None.
        whole: whether nothing of a path stays, as path mode `full` wants it.
    """

    roots: Roots | None = None
    whole: bool = False

    def pieces(self, value: str) -> list[Piece]:
        r"""Give the pieces of a path that are replaced.

        Args:
            value: an absolute path as a report wrote it, separators in any form.

        Returns:
            Disjoint pieces, in order, in code points of the value; empty where all of it stays.

        >>> Canonicalizer().pieces("/home/jane/train.py")
        [Piece(start=0, end=10, entity='FILE_PATH', label='<home>')]
        """
        path = split_path(value) if len(value) <= _LONGEST else None
        if path is None or not path.kept:
            return []
        if self.whole:
            return _whole(path)
        root = _root(path, _index(self.roots) if self.roots is not None else {})
        if root is None:
            return _elsewhere(path)
        found: list[Piece] = []
        behind = path.kept[root.depth - 1]
        if root.label and not any(map(_placeholder, path.segments[: behind + 1])):
            found.append(Piece(0, path.segments[behind].end, "FILE_PATH", root.label))
        return found + _below(path, root.depth, root.label)


def _whole(path: SplitPath) -> list[Piece]:
    """Give the one piece over a path."""
    if not path.windows and (path.doubled or (len(path.kept) == 1 and not top_folder(path.names))):
        return []
    return [Piece(0, path.segments[-1].end, "FILE_PATH")]


@lru_cache(maxsize=8)
def _index(roots: Roots) -> Mapping[tuple[str, ...], str]:
    """Give the labels of known folders by their segments."""
    found: dict[tuple[str, ...], str] = {}
    for folder, label in roots.labelled():
        path = split_path(folder)
        if path is None or not path.kept:
            continue
        if label == HOME and not personal_home(path.names[-1]):
            label = ""  # noqa: PLW2901  # /root and /app stay: their name is nobody's
        found.setdefault(path.key(len(path.kept)), label)
    return found


def _root(path: SplitPath, known: Mapping[tuple[str, ...], str]) -> Root | None:
    """Give the longest root of a path, known or by its words; or None."""
    found = [
        Root(known[key], depth)
        for depth in range(len(path.kept) if known else 0, 0, -1)
        if (key := path.key(depth)) in known
    ]
    # A profile may lie on a server: two shapes, with a share for the drive and without.
    for skipped in (0, 1, 2) if path.shared else (path.drive,):
        found += [
            Root(one.label, one.depth + skipped)
            for one in roots_by_pattern(path.names[skipped:], windows=path.windows)
        ]
    if software(path.local, windows=path.windows):
        found = [one for one in found if one.label not in (PACKAGES, STDLIB, VENV)]
    return max(found, key=lambda one: one.depth, default=None)


def _elsewhere(path: SplitPath) -> list[Piece]:
    """Cut a path that lies in no root."""
    if software(path.local, windows=path.windows):
        return []
    posix = not path.letter or path.drive
    if posix and mixed(path.names):
        return _stem(path, people_only=True)
    if posix and (path.doubled or len(path.kept) == 1 or no_folder(path.names)):
        return []
    depth = mount_depth(path.names) if posix else 0
    if path.leaf_kind().kind == NONE and not depth:
        return []
    return _below(path, depth or min(path.first, len(path.kept) - 1), "")


def _below(path: SplitPath, depth: int, label: str) -> list[Piece]:
    """Cut what lies below a root."""
    rest = path.names[depth:]
    kind = path.leaf_kind().kind
    if not rest or (label and kind == NONE and path.program):
        return []
    if label in _LIBRARIES or (label == VENV and rest[0].casefold() in _IN_VENV):
        return []  # What a package brings is public.
    if kind == CODE:
        return _settings(path)
    first = path.kept[depth - 1] + 1 if depth else 0
    if kind == NONE:
        if any(map(archive, rest[:-1])) or all(map(all_technical, rest)):
            return []
        return _elided(path.segments[first:])
    return _elided(path.segments[first : path.kept[-1]]) + _stem(path)


def _elided(segments: Sequence[Segment]) -> list[Piece]:
    """Give pieces over folders; what a placeholder already stands for is not covered twice."""
    found: list[Piece] = []
    run: list[Segment] = []
    for segment in (*segments, None):
        if segment is not None and not _placeholder(segment):
            run.append(segment)
            continue
        if run and not all(one.name == FOLDERS for one in run):
            found.append(Piece(run[0].start, run[-1].end, "FILE_PATH", FOLDERS))
        run = []
    return found


def _stem(path: SplitPath, *, people_only: bool = False) -> list[Piece]:
    """Give the piece over the name of a data file, unless that says nothing of anyone."""
    leaf, (kind, length) = path.segments[path.kept[-1]], path.leaf_kind()
    name = leaf.name[:length]
    if kind in (NONE, CODE) or PLACEHOLDER.search(name):
        return []
    if kind != PERSONAL and (people_only or says_nothing_of_anyone(name)):
        return []
    suffix = leaf.name[length:]
    end = leaf.end - len(suffix) if path.value.endswith(suffix, 0, leaf.end) else leaf.end
    return [Piece(leaf.start, end, "FILE_NAME")]


def _settings(path: SplitPath) -> list[Piece]:
    """Give the piece over the name of a file of settings that is a person's."""
    leaf = path.segments[path.kept[-1]]
    suffix = leaf.name[leaf.name.rfind(".") :]
    if not settings_of_someone(leaf.name) or not path.value.endswith(suffix, 0, leaf.end):
        return []
    return [Piece(leaf.start, leaf.end - len(suffix), "FILE_NAME")]


def _placeholder(segment: Segment) -> bool:
    return PLACEHOLDER.search(segment.name) is not None
