"""
Names of files and folders, without the names of people.

A folder of logs says who was at work in its paths: `home/jane/`, `jane@example.com.log`, the host
in the name of a TensorBoard file. Each segment is scrubbed by itself, and then as the end of its
path, so that a folder is seen to lie below `home`. A hash of each name was rejected: nobody would
find a file again.

Promise: one name for each path, two for two; none leads out of its folder; the same paths asked in
the same order get the same names on every system. A name in which nothing is found stays as it is.
"""

from __future__ import annotations

import os
import re
import unicodedata
from typing import TYPE_CHECKING, Final

from scrubber.redact.placeholders import FAILED, placeholder

if TYPE_CHECKING:
    from scrubber.pipeline import Scrubber

_LONGEST: Final = 255
"""Bytes of a segment that every file system takes."""
_PARENTS: Final = 8
_HOMES: Final = frozenset({"home", "homes", "users", "documents and settings"})
# Path modes in which a path stays a path; in others only who owns a home folder is asked for.
_STAYS: Final = frozenset({"auto", "user"})

_UNTIDY: Final = re.compile(r"[^A-Za-z0-9._\-\[\]~+@\u0080-\uD7FF\uE000-\U0010FFFF]")
_SUFFIX: Final = re.compile(r"(?:\.[A-Za-z0-9_-]{1,8}){1,3}\Z")
_WRITTEN: Final = re.compile(r"\[[^\[\]]*\]|<[a-z-]+>")
_TOKEN: Final = re.compile(r"\[([a-z0-9.+-]+):[~#]([0-9a-z]{10})[0-9a-z*~$=]\]")
_FORBIDDEN: Final = re.compile(r'[\x00-\x1f<>:"/\\|?*]')
_DEVICES: Final = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?=\.|\Z)", re.IGNORECASE)


class Names:
    """Gives each path of a folder, or of an archive, its name without personal data."""

    def __init__(self, scrubber: Scrubber) -> None:
        """Begin a folder.

        Args:
            scrubber: what to scrub with.
        """
        self._scrubber = scrubber
        self._given: dict[str, str] = {}
        self._taken: set[str] = set()

    def of(self, path: str, *, under: str = "") -> str:
        """Give the name of a path.

        Args:
            path: relative, its segments separated by `/`; what would lead out of the folder is
                taken for the name of a folder in it.
            under: the folders it lies in, which are no part of the name but say what it is.

        Returns:
            A relative path with as many segments, none of them empty, `.` or `..`; "" where there
            is none.

        >>> import scrubber
        >>> names = Names(scrubber.Scrubber(identity=scrubber.Identity.none()))
        >>> names.of("home/jane/app.log"), names.of("home/john/app.log")
        ('home/[user]/app.log', 'home/[user]~2/app.log')
        >>> names.of("../jane@example.com.log"), names.of("app.log", under="home/jane")
        ('_/[email].log', 'app.log')
        """
        above = _segments(under)
        raw = name = ""
        # `a//b` is no other file than `a/b` on a disk, and one in a bucket: each has its own name.
        for part in path.rstrip("/").split("/"):
            raw = f"{raw}/{part}" if raw or part != "." else raw
            segments = _segments(part)
            if segments and raw not in self._given:
                self._given[raw] = self._new(segments[0], name, above)
            name = self._given[raw] if segments else name
            above += segments
        return name

    def holds(self, path: str, *, under: str = "") -> bool:
        """Tell whether something is to be found in a path, whatever names are given already.

        Args:
            path: as for `of`.
            under: as for `of`.
        """
        segments = _segments(path)
        above = [*_segments(under), *segments]
        before = len(above) - len(segments)
        return any(
            _fit(self.scrubbed(one, above[: before + place]), one) != one
            for place, one in enumerate(segments)
        )

    def _new(self, segment: str, folder: str, above: list[str]) -> str:
        """Give a name that nothing has yet in a folder."""
        found = _fit(self.scrubbed(segment, above), segment)
        base = f"{folder}/" if folder else ""
        stem, suffix = _cut(found)
        number = 1
        name = base + _shortened(stem, suffix)
        while (key := key_of(name)) in self._taken:
            number += 1
            name = base + _shortened(stem, f"~{number}{suffix}")
        self._taken.add(key)
        return name

    def scrubbed(self, segment: str, above: list[str]) -> str:
        """Scrub a segment, wherever else its name is taken.

        Args:
            segment: one name.
            above: the folders it lies in, outermost first.

        Returns:
            The segment with placeholders for what was found in it.
        """
        own = self._scrubber.scrub_text(segment)
        if not above:
            return own
        stays = self._scrubber.policy.path_mode in _STAYS
        if stays:
            parents = [_tidy(one) for one in above[-_PARENTS:]]
            found = self._in_place(own, f"/{'/'.join(parents)}/")
            if found != own:
                return found
        if above[-1].lower() not in _HOMES:
            return own
        # A home folder in a backup, wherever that lies: in a text it could be a part of a website.
        if stays:
            return self._in_place(own, f"/{above[-1]}/")
        whose = not (_WRITTEN.match(own) or _cut(own)[1])
        return placeholder("USERNAME") if whose and self._in_place(own, "/home/") != own else own

    def _in_place(self, segment: str, before: str) -> str:
        """Scrub the last segment of a path."""
        tidy = _tidy(segment)
        text = before + tidy
        found = self._scrubber.scrub_text(text)
        if found == text:
            return segment
        # What stands before it may be found, too; it ends where what follows it is the same.
        for keep in (segment, tidy):
            if found.endswith(f"/{keep}"):
                return segment
        if found.count("/") == text.count("/") and found != FAILED:
            return found.rpartition("/")[2]
        return placeholder("FILE_PATH") + _cut(tidy)[1]


def _segments(path: str) -> list[str]:
    parts = path.split("/")
    return ["_" if part == ".." else part for part in parts if part not in ("", ".")]


def _tidy(segment: str) -> str:
    """Make a segment one word of a path: a blank in it would end the path in a text."""
    return _UNTIDY.sub("_", segment)


def _fit(name: str, segment: str) -> str:
    """Make a name one that file systems take; one that was not changed stays where it can."""
    if name != segment:
        name = _WRITTEN.sub(_plain, name).replace("/", "-")
    name = name.replace("\0", "_")
    if name in ("", ".", ".."):
        return "_"
    return _windows(name) if os.name == "nt" else name


def _plain(match: re.Match[str]) -> str:
    """Write a placeholder without what names cannot hold on Windows."""
    if token := _TOKEN.fullmatch(match[0]):
        return f"[{token[1]}~{token[2]}]"
    return f"[{_FORBIDDEN.sub('-', match[0][1:-1])}]"


def _windows(name: str) -> str:
    """Give a name that is possible on Windows, and no device there.

    >>> _windows("12:30.log"), _windows("aux.log"), _windows("x. ")
    ('12_30.log', '_aux.log', 'x')
    """
    name = _FORBIDDEN.sub("_", name).rstrip(". ") or "_"
    return f"_{name}" if _DEVICES.match(name) else name


def _cut(name: str) -> tuple[str, str]:
    """Cut a name before its suffixes."""
    match = _SUFFIX.search(name, 1)
    return (name[: match.start()], match[0]) if match else (name, "")


def _shortened(stem: str, ending: str) -> str:
    """Join a name, of a length that every file system takes."""
    while len(os.fsencode(stem + ending)) > _LONGEST and len(stem) > 1:
        stem = stem[:-1]
    return stem + ending


def key_of(name: str) -> str:
    """Give what is the same for two names that some file system takes for one."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
