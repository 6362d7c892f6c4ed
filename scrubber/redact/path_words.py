r"""
A path as a report wrote it, taken apart: separators, segments, plain names.

`C:\\\\Users\\\\jane`, `%2Fhome%2Fjane` and `\/home\/jane` have the segments of the paths they mean.
Each segment knows its range in the text, so that whoever replaces one leaves the separators and
their escaping as they are.

Promise: linear time, any string; no segment's range splits a percent escape.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from scrubber.lazy import lazy_pattern
from scrubber.redact.file_kinds import NONE, FileKind, file_kind

if TYPE_CHECKING:
    import re

_PERCENT: Final = r"%(?:25){0,2}"
_SLASHES: Final = lazy_pattern(rf"(?:\\{{0,8}}/|{_PERCENT}2[Ff])+")
_ANY_SLASHES: Final = lazy_pattern(rf"(?:[\\/]|{_PERCENT}(?:2[Ff]|5[Cc]))+")
_BACK: Final = rf"(?:\\|{_PERCENT}5[Cc])"
_DRIVE: Final = lazy_pattern(
    rf"(?:{_BACK}{{2,16}}[?.]{_BACK}{{1,8}}|/{{2}}[?]/)?"
    rf"(?:(?P<unc>UNC(?={_BACK}))|(?P<letter>[A-Za-z])(?::|{_PERCENT}3[Aa])(?=[\\/%]))"
)
_UNC: Final = lazy_pattern(rf"{_BACK}{{2,16}}(?=[\w])")
_POSIX: Final = lazy_pattern(rf"\\{{0,8}}/|{_PERCENT}2[Ff]")
# An escape that a report wrote itself, where the separators of the path are doubled.
_OWN_ESCAPE: Final = lazy_pattern(r"\\[nrtbfv0\"'ux]")
_ESCAPED: Final = lazy_pattern(r"(?:%[0-9A-Fa-f]{2})+|\\+(?= )")
_PROGRAMS: Final = frozenset({"bin", "macos", "sbin", "scripts"})
_BUNDLES: Final = (".app", ".appex", ".framework", ".xctest")
"""How folders end that Apple's systems show as programs."""
_MOST_LAYERS: Final = 3
# What ends a sentence ends no name; dots alone are folders.
_SENTENCE: Final = ".!\u2026 "


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment of a path: its half-open range in the text, and its plain name."""

    start: int
    end: int
    name: str


@dataclass(frozen=True)
class SplitPath:
    """An absolute path, taken apart.

    Attributes:
        value: the text.
        segments: all segments, in order.
        kept: the indices of those that count: no `.`, no `..` and what it goes back over.
        letter: the drive, in lower case with its colon, or "" for none.
        windows: whether it is a path of Windows.
        shared: whether it begins with the name of a server.
        folder: whether it ends with a separator.
        drive: how many segments say which drive of Windows it is: `/mnt/c`, `/c/Users`.
    """

    value: str
    segments: tuple[Segment, ...]
    kept: tuple[int, ...]
    letter: str
    windows: bool
    shared: bool
    folder: bool
    drive: int

    @cached_property
    def names(self) -> list[str]:
        """The plain names of the segments that count."""
        return [self.segments[index].name for index in self.kept]

    @property
    def local(self) -> list[str]:
        """The names on the disk itself: without server, share and `/mnt/c`."""
        return self.names[2 if self.shared else self.drive :]

    @property
    def first(self) -> int:
        """How many segments say on which disk it is: one, or a server and its share."""
        return 2 if self.shared else 1

    @property
    def doubled(self) -> bool:
        """Whether it begins with two slashes, as addresses do."""
        return self.value.startswith("//")

    @property
    def program(self) -> bool:
        """Whether it is a file where programs lie, which have no suffix."""
        if self.folder or len(self.kept) <= 1:
            return False
        above = self.names[-2].casefold()
        return above in _PROGRAMS or above.endswith(_BUNDLES)

    def key(self, depth: int) -> tuple[str, ...]:
        """Give the first segments for comparison: of Windows in any case, with the drive."""
        names = self.names[self.drive : depth]
        if not self.windows:
            return tuple(names)
        return (self.letter, *(name.casefold() for name in names))

    def leaf_kind(self) -> FileKind:
        """Tell what its last segment is; a folder is no file."""
        return FileKind(NONE, 0) if self.folder else file_kind(self.names[-1])


def split_path(value: str) -> SplitPath | None:
    r"""Take an absolute path apart.

    Args:
        value: the path as written.

    Returns:
        Its parts, or None when it is no absolute path.

    >>> split_path(r"C:\\Users\\jane").names
    ['Users', 'jane']
    """
    letter, at, shared = "", 0, False
    if drive := _DRIVE.match(value):
        letter, at = f"{(drive['letter'] or '').casefold()}:", drive.end()
        shared = drive["unc"] is not None
        letter = "//" if shared else letter
    elif share := _UNC.match(value):
        letter, at, shared = "//", share.end(), True
    elif not _POSIX.match(value):
        return None
    windows = bool(letter)
    found = _segments(value, at, windows=windows)
    if found is None:
        return None
    segments, folder = found
    kept = _kept(segments, least=2 if shared else 0)
    if kept and kept[-1] != len(segments) - 1:
        folder = True
    drive_depth = 0
    names = [segments[index].name for index in kept[:2]]
    if not windows and len(names) > 1 and names[0] in ("mnt", "cygdrive") and _is_letter(names[1]):
        letter, drive_depth = f"{names[1].casefold()}:", 2
    elif not windows and names and _is_letter(names[0]) and names[1:] in (["Users"], ["users"]):
        letter, drive_depth = f"{names[0].casefold()}:", 1
    return SplitPath(
        value,
        tuple(segments),
        tuple(kept),
        letter,
        windows or bool(drive_depth),
        shared,
        folder,
        drive_depth,
    )


def _is_letter(name: str) -> bool:
    return len(name) == 1 and name.isascii() and name.isalpha()


def _segments(value: str, at: int, *, windows: bool) -> tuple[list[Segment], bool] | None:
    """Give the segments, and whether a separator ends the path; None where an escape cuts it."""
    found: list[Segment] = []
    usual = 0
    start = at
    for match in (_ANY_SLASHES if windows else _SLASHES).finditer(value, at):
        backslashes = len(match[0]) if windows and not match[0].strip("\\") else 0
        if usual > 1 and backslashes == 1 and _OWN_ESCAPE.match(value, match.start()):
            if value[match.end()] in "ux":  # a letter of a name: the decoded text has all of it
                return None
            return _ended(value, found, start, match.start()), False
        # The first separator of a share stands before the server's name, twice as long.
        usual = usual or backslashes
        if match.start() > start:
            found.append(Segment(start, match.start(), _plain(value[start : match.start()])))
        start = match.end()
    return _ended(value, found, start, len(value)), start == len(value)


def _ended(value: str, found: list[Segment], start: int, end: int) -> list[Segment]:
    """Add the last segment, without the marks that end a sentence."""
    text = value[start:end]
    if text.strip("."):
        text = text.rstrip(_SENTENCE)
    if text:
        found.append(Segment(start, start + len(text), _plain(text)))
    return found


def _kept(segments: list[Segment], *, least: int) -> list[int]:
    kept: list[int] = []
    for index, segment in enumerate(segments):
        if segment.name == "..":
            if len(kept) > least:
                kept.pop()
        elif segment.name != ".":
            kept.append(index)
    return kept


def _plain(text: str) -> str:
    """Undo percent escapes and escaped blanks."""
    for _ in range(_MOST_LAYERS):
        if "%" not in text and "\\" not in text:
            break
        text = _ESCAPED.sub(_unescaped, text)
    return text


def _unescaped(match: re.Match[str]) -> str:
    run = match[0]
    return "" if run[0] == "\\" else bytes.fromhex(run.replace("%", "")).decode("utf-8", "replace")
