"""
Reads configuration files of git, as git does, without starting it.

Promise: nothing raises, whatever a file holds. Files that include each other are followed three
deep and to `MOST_FILES` in all. A condition of an include is taken as met: to know a name too many
does no harm, to miss one does.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from scrubber.lazy import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrubber.identity.machine import Machine

MOST_FILES: Final = 32
_DEEPEST: Final = 3
_MOST_ENTRIES: Final = 2000

_SECTION: Final = lazy_pattern(r"\[\s*([A-Za-z0-9.\-]+)\s*(?:\"((?:[^\"\\]|\\.)*)\"\s*)?\]")
_VARIABLE: Final = lazy_pattern(r"([A-Za-z][A-Za-z0-9\-]*)\s*(?:=\s*(.*))?")
_ESCAPES: Final = {"n": "\n", "t": "\t", "b": "\b"}


class Entry(NamedTuple):
    """One variable of a configuration.

    Attributes:
        section: in small letters.
        subsection: as written, "" where there is none.
        name: in small letters.
        value: without quotes and escapes.
    """

    section: str
    subsection: str
    name: str
    value: str


def read_config(machine: Machine, paths: list[str], home: str) -> Iterator[Entry]:
    """Give the entries of files and of what they include.

    Args:
        machine: what reads the files.
        paths: the files; those that are not there are passed over.
        home: what `~` stands for.

    Yields:
        The entries, in the order of the files.
    """
    seen: set[str] = set()
    waiting = [(path, 0) for path in paths]
    while waiting and len(seen) < MOST_FILES:
        path, depth = waiting.pop(0)
        if path in seen:
            continue
        seen.add(path)
        included = []
        for entry in parse(machine.read(path) or ""):
            yield entry
            if entry.name == "path" and entry.section in ("include", "includeif"):
                target = _expand(machine, entry.value, home, machine.path.dirname(path))
                if target and depth < _DEEPEST:
                    included.append((target, depth + 1))
        waiting = included + waiting


def parse(text: str) -> Iterator[Entry]:
    """Give the entries of one file; a line that is none is passed over."""
    section, subsection = "", ""
    lines = iter(text.splitlines())
    count = 0
    for line in lines:
        rest = line.strip()
        match = _SECTION.match(rest)
        if match:
            section, _, old = match[1].lower().partition(".")
            subsection = re.sub(r"\\(.)", r"\1", match[2]) if match[2] is not None else old
            rest = rest[match.end() :].strip()
        found = _VARIABLE.match(rest)
        if found is None or rest[:1] in "#;":
            continue
        raw = found[2] or ""
        while _continued(raw):
            raw = raw[:-1] + next(lines, "")
        yield Entry(section, subsection, found[1].lower(), _value(raw))
        count += 1
        if count >= _MOST_ENTRIES:
            return


def _continued(raw: str) -> bool:
    """Tell whether a line goes on: it ends in a backslash that none stands before."""
    return (len(raw) - len(raw.rstrip("\\"))) % 2 == 1


def _value(raw: str) -> str:
    """Undo quotes and escapes, and leave out a comment."""
    out: list[str] = []
    quoted = escaped = False
    kept = 0
    for char in raw:
        if escaped:
            out.append(_ESCAPES.get(char, char))
            escaped = False
        elif char == "\\":
            escaped = True
            continue
        elif char == '"':
            quoted = not quoted
        elif char in "#;" and not quoted:
            break
        else:
            out.append(char)
        # Blanks at the end count inside quotes only.
        if quoted or not char.isspace():
            kept = len(out)
    return "".join(out[:kept])


def _expand(machine: Machine, path: str, home: str, folder: str) -> str:
    if path.startswith("~/"):
        return machine.path.join(home, path[2:]) if home else ""
    return path if machine.absolute(path) else machine.path.join(folder, path)
