r"""
Components of paths and stems of files in a line, as ranges.

    open /data/Garcia, Maria/patient_1.dcm    `data`, `Garcia, Maria`, `patient_1`
    upload Jane Doe (2).pdf done              `Jane Doe _2_`

A blank ends a path in a sentence and stands within one in quotes, so blanks are of a component
where both its ends tell, or before the suffix of a file where words begin with capitals.

Left out are stems of source files, whose names whoever debugs needs, and all that lies where
systems and packages keep programs.

Promise: components depend on the line alone, its digits read as `0`; ranges are disjoint and in
order. A line without a path or a suffix costs one search.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from scrubber.lazy import lazy_pattern
from scrubber.ner.tokens import FOLD
from scrubber.redact.file_kinds import CODE, NONE, file_kind
from scrubber.validators.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MAY: Final = lazy_pattern(r"[./\\](?:(?<=[\w)]\.)[A-Za-z0-9][A-Za-z]|(?<=[/\\])[^\W\d_])")
# Another copy of a file: Jane Doe (2).pdf.
_COPY: Final = lazy_pattern(r"\((0+)\)(?=\.[A-Za-z0])")
_PART: Final = lazy_pattern(r"[^\n\t\"'`<>|*?:;=(){}\[\]/\\]+")
_RUN: Final = lazy_pattern(r"[^ ]+")
_PROGRAMS: Final = lazy_pattern(
    r"[/\\](?:"
    r"(?<=/)(?<![^\s\"'(=:]/)(?:usr|lib\w{0,3}|bin|sbin|etc|boot|proc|sys|nix|snap)"
    r"|(?<=[A-Za-z]:\\)\\{0,7}(?:Windows|Program(?:Data| Files(?: \(x00\))?))"
    r"|(?:site-packages|dist-packages|node_modules|python[0.]+)"
    r")(?=[/\\])"
)
_PATH_END: Final = lazy_pattern(r"[\"'\s:]|\Z")
_SEPARATORS: Final = ("/", "\\")
_QUOTES: Final = ('"', "'", "`")
_WITH_DIGITS: Final = words(
    """
    0gp 0z bz0 cr0 db0 dbf0 e0e hdf0 h0 hl0 jp0 lz0 m0a m0ts m0v mp0 rw0 sas0bdat sqlite0 sr0 t0
    """
)
"""Suffixes of data, each digit a `0`."""
_SETTINGS: Final = words("cfg conf ini json plist properties toml yaml yml")
"""Suffixes of source files that are written for customers, too."""

_MOST_BLANKS: Final = 3
"""Blanks in a name before a suffix."""


def components(line: str) -> list[tuple[int, str]]:
    """Find components.

    Args:
        line: without a newline.

    Returns:
        Where each begins, and its text, digits and the brackets of a copy's number changed.

    >>> components("no /data/patient_1.dcm in train.py")
    [(4, 'data'), (9, 'patient_0')]
    """
    if not _MAY.search(line):
        return []
    line = _COPY.sub(r"_\1_", line.translate(FOLD))
    found: list[tuple[int, str]] = []
    until = 0
    programs = _PROGRAMS.finditer(line)
    ahead = next(programs, None)
    for start, end in _ranges(line):
        while ahead and ahead.end() <= start:
            if ahead.end() > until and (behind := _PATH_END.search(line, ahead.end())):
                until = behind.start()
            ahead = next(programs, None)
        if start >= until:
            found.append((start, line[start:end]))
    return found


def _ranges(line: str) -> Iterator[tuple[int, int]]:
    """Give folders and the stems of files, as ranges."""
    for part in _PART.finditer(line):
        low, high = part.span()
        left, right = line[low - 1 : low] if low else "", line[high : high + 1]
        below, above = left in _SEPARATORS, right in _SEPARATORS
        if not below and not above and "." not in part[0]:
            continue
        if " " not in part[0]:
            stem = _stem(part[0])
            if stem > 0 or (stem < 0 and (below or above)):
                yield low, low + stem if stem > 0 else high
            continue
        runs = [one.span() for one in _RUN.finditer(line, low, high)]
        stems = [_stem(line[start:end]) for start, end in runs]
        if len(runs) > 1 and max(stems) < 0 and _bounded(left, right):
            yield low, high
            continue
        at = len(runs)
        found: list[tuple[int, int]] = []
        while at:
            at -= 1
            (start, end), stem = runs[at], stems[at]
            if stem > 0:
                at = _first_run(line, runs, stems, at)
                found.append((runs[at][0], start + stem))
            elif stem < 0 and ((below and start == low) or (above and end == high)):
                found.append((start, end))
        yield from reversed(found)


def _first_run(line: str, runs: Sequence[tuple[int, int]], stems: Sequence[int], last: int) -> int:
    """Tell where the name of a file begins that has blanks: words with capitals are of it."""
    first = last
    while first and last - first < _MOST_BLANKS and stems[first - 1] < 0:
        if line[runs[first - 1][0]].islower():
            break
        first -= 1
    return first


def _bounded(left: str, right: str) -> bool:
    """Tell whether blanks between these two are of the name of a folder."""
    if left in _SEPARATORS:
        return right in _SEPARATORS or right in _QUOTES
    return left in _QUOTES and right in _SEPARATORS


@lru_cache(maxsize=1 << 12)
def _stem(name: str) -> int:
    """Give how long the stem of a file is: 0 for a source file's, -1 where there is no suffix."""
    name = name.rstrip(".,!")
    if "." not in name[1:]:
        return -1
    kind, length = file_kind(name)
    stem, _, suffix = name.rpartition(".")
    suffix = suffix.casefold()
    if kind == NONE:
        return len(stem) if suffix in _WITH_DIGITS else -1
    return length if kind != CODE or suffix in _SETTINGS else 0
