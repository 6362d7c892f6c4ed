"""
What `scrubber subject` found, as lines for people or one JSON document for programs.

Promise: files, kinds and counts; never what was found.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from scrubber.cli.messages import many, printable
from scrubber.cli.options import version

if TYPE_CHECKING:
    from pathlib import Path

    from scrubber.retention.person import Place

_MOST_LISTED: Final = 20
_DONE: Final = {
    "find": "found in",
    "erase": "erased from",
    "would": "would be erased from",
    "export": "exported from",
}


@dataclass(slots=True)
class FileTold:
    """What was found in one file.

    Attributes:
        path: the file.
        counts: places by kind of identifier.
        places: (line, column, kind) of each, where they are wanted.
        lines: lines that were exported.
        in_name: an identifier stands in the file's own path.
        read: it was read to its end.
    """

    path: Path
    counts: Counter[str] = field(default_factory=Counter)
    places: list[tuple[int, int, str]] = field(default_factory=list)
    lines: int = 0
    in_name: bool = False
    read: bool = False

    def note(self, place: Place, *, keep: bool) -> None:
        """Take note of a place; keep where it is, if that is wanted."""
        self.counts[place.kind] += 1
        if keep:
            self.places.append((place.line, place.column, place.kind))


@dataclass(slots=True)
class SubjectTold:
    """What a run came to.

    Attributes:
        folder: where it looked, absolute.
        action: `find`, `erase`, `would` (erase, dry) or `export`.
        files: the files with something in them or in their names.
        clean: files without.
        left_out: what was not looked at: path and why.
        failed: what could not be done: path and why.
        markers: exported lines for which a marker stands.
    """

    folder: Path
    action: str
    files: list[FileTold] = field(default_factory=list)
    clean: int = 0
    left_out: list[tuple[Path, str]] = field(default_factory=list)
    failed: list[tuple[Path, str]] = field(default_factory=list)
    markers: int = 0

    @property
    def counts(self) -> Counter[str]:
        """Places by kind over all files."""
        return sum((one.counts for one in self.files), Counter[str]())

    def add(self, one: FileTold) -> None:
        """Take note of a file that was looked at."""
        if one.counts or one.in_name:
            self.files.append(one)
        elif one.read:
            self.clean += 1

    def as_json(self) -> str:
        """Give one JSON document."""
        found: dict[str, Any] = {
            "tool": "crashscrub",
            "version": version(),
            "action": "erase" if self.action == "would" else self.action,
            "dry_run": self.action == "would",
            "files": [self._file(number, one) for number, one in enumerate(self.files, 1)],
            "kinds": dict(sorted(self.counts.items())),
            "counts": {
                "files": len(self.files),
                "clean": self.clean,
                "left_out": len(self.left_out),
                "failed": len(self.failed),
                "markers": self.markers,
            },
            "left_out": self._reasons(self.left_out),
            "failed": self._reasons(self.failed),
        }
        return json.dumps(found, indent=2)

    def as_table(self) -> str:
        """Give lines for people."""
        lines = []
        for number, one in enumerate(self.files, 1):
            counts = ", ".join(f"{kind} {count:,}" for kind, count in sorted(one.counts.items()))
            name = "  an identifier is in its name" if one.in_name else ""
            before = f"{number}  " if self.action == "export" else ""
            what = f"  {many(one.lines, 'line')}" if self.action == "export" else ""
            lines.append(f"{before}{self._name(one.path)}{what}  {counts}{name}".rstrip())
            lines += [
                f"{self._name(one.path)}:{line}:{column}: {kind}"
                for line, column, kind in one.places
            ]
        counts = ", ".join(f"{kind} {count:,}" for kind, count in sorted(self.counts.items()))
        with_any = sum(bool(one.counts) for one in self.files)
        total = many(self.counts.total(), "place")
        lines.append(
            f"{total} {_DONE[self.action]} {many(with_any, 'file')}" + (counts and f": {counts}")
        )
        lines.append(f"without any: {many(self.clean, 'file')}")
        named = sum(one.in_name for one in self.files)
        if named and self.action != "find":
            lines.append(f"names of files are left as they are: {many(named, 'file')} to rename")
        if self.markers:
            lines.append(f"{many(self.markers, 'line')} could not be shown: a marker stands there")
        lines += self._listed("not looked at", self.left_out)
        lines += self._listed("NOT DONE", self.failed, most=len(self.failed))
        return "\n".join(lines)

    def _file(self, number: int, one: FileTold) -> dict[str, Any]:
        found: dict[str, Any] = {
            "file": self._name(one.path),
            "kinds": dict(sorted(one.counts.items())),
        }
        if one.in_name:
            found["in_name"] = True
        if self.action == "export":
            found |= {"number": number, "lines": one.lines}
        if one.places:
            found["places"] = [
                {"line": line, "column": column, "kind": kind} for line, column, kind in one.places
            ]
        return found

    def _listed(
        self, what: str, ones: list[tuple[Path, str]], *, most: int = _MOST_LISTED
    ) -> list[str]:
        if not ones:
            return []
        lines = [f"{what}: {many(len(ones), 'file')}"]
        lines += [f"  {self._name(path)}: {reason}" for path, reason in ones[:most]]
        if len(ones) > most:
            lines.append(f"  and {len(ones) - most:,} more; --json lists all")
        return lines

    def _reasons(self, ones: list[tuple[Path, str]]) -> list[dict[str, str]]:
        return [{"file": self._name(path), "reason": reason} for path, reason in ones]

    def _name(self, path: Path) -> str:
        name = path.relative_to(self.folder).as_posix() if path != self.folder else "."
        return printable(name)
