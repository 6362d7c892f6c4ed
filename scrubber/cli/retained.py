"""
What `scrubber retain` did, as a table for people or one JSON document for programs.

Names of files are shown as they are, since they are what an operator has to look at; of what was in
them there are counts only.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from scrubber.cli.messages import many, printable
from scrubber.cli.options import version
from scrubber.redact.placeholders import FAILED
from scrubber.report import Report
from scrubber.retention.ages import SECONDS

if TYPE_CHECKING:
    from pathlib import Path

    from scrubber.retention.due import Due, Plan

_DONE: Final = {
    ("anonymize", False): "anonymised",
    ("anonymize", True): "would be anonymised",
    ("delete", False): "deleted",
    ("delete", True): "would be deleted",
}
_MOST_LISTED: Final = 20
"""Lines of what was left out in a table; the JSON has all."""


@dataclass(slots=True)
class Retained:
    """What a run came to.

    Attributes:
        folder: the folder that was given, absolute.
        action: `anonymize` or `delete`.
        older_than: the age as it was given.
        dry_run: nothing was changed.
        young: logs that are not old enough.
        left_out: what is no log: its path and why.
        leftovers: files that killed runs left behind, and how many of them were removed.
        before: files that were anonymised before.
        files: the files that were done, each with its age in seconds and how much was in it.
        clean: files in which nothing was found; they are as they were.
        failed: files that are or may be due and were not done: path and reason.
        report: what was found in all of them.
        linked: deleted files that are still there under other names.
    """

    folder: Path
    action: str
    older_than: str
    dry_run: bool
    young: int = 0
    left_out: list[tuple[Path, str]] = field(default_factory=list)
    leftovers: int = 0
    removed_leftovers: int = 0
    before: int = 0
    files: list[tuple[Due, int]] = field(default_factory=list)
    clean: int = 0
    failed: list[tuple[Path, str]] = field(default_factory=list)
    report: Report = field(default_factory=Report)
    linked: int = 0

    @classmethod
    def of(
        cls, plan: Plan, *, folder: Path, action: str, older_than: str, dry_run: bool
    ) -> Retained:
        """Begin with what a look at the folder came to."""
        return cls(
            folder,
            action,
            older_than,
            dry_run,
            plan.young,
            list(plan.left_out),
            len(plan.leftovers),
            failed=list(plan.unread),
        )

    @property
    def wrong(self) -> bool:
        """A file that is due was not done, or not all of it."""
        return bool(self.failed or self.report.failures)

    def add(self, due: Due, report: Report | None = None) -> None:
        """Take note of a file that is done.

        Args:
            due: the file.
            report: what was found in it; None where it was deleted.
        """
        if report is None:
            self.files.append((due, 0))
            self.linked += due.linked
        elif report.findings or report.failures:
            self.files.append((due, report.findings))
            self.report += report
        else:
            self.clean += 1

    def fail(self, path: Path, reason: str) -> None:
        """Take note of a file that could not be done."""
        self.failed.append((path, reason))

    def as_json(self) -> str:
        """Give one JSON document."""
        found: dict[str, Any] = {
            "tool": "crashscrub",
            "version": version(),
            "action": self.action,
            "dry_run": self.dry_run,
            "older_than": self.older_than,
            "files": [
                {"file": self._name(due.path), "age_seconds": due.age}
                | ({"findings": count} if self.action == "anonymize" else {})
                | ({"other_names": True} if due.linked else {})
                for due, count in self.files
            ],
            "entities": self.report.by_entity,
            "failures": self.report.failures,
            "counts": {
                "done": len(self.files),
                "clean": self.clean,
                "done_before": self.before,
                "too_young": self.young,
                "left_out": len(self.left_out),
                "failed": len(self.failed),
                "leftovers": self.leftovers,
                "leftovers_removed": self.removed_leftovers,
            },
            "left_out": self._reasons(self.left_out),
            "failed": self._reasons(self.failed),
        }
        return json.dumps(found, indent=2)

    def as_table(self) -> str:
        """Give lines for people."""
        done = _DONE[self.action, self.dry_run]
        lines = [
            f"{done}: {many(len(self.files), 'file')} last written {self.older_than} ago or before"
        ]
        for due, count in self.files:
            found = f"  {many(count, 'finding')}" if self.action == "anonymize" else ""
            names = "  has other names (hard links)" if due.linked else ""
            age = f"{due.age // SECONDS['d']:,}d"
            lines.append(f"  {age:>7}  {self._name(due.path)}{found}{names}")
        if self.report.findings:
            counts = self.report.by_entity
            width = max(map(len, counts))
            lines.append(f"found: {many(self.report.findings, 'finding')}")
            lines += [f"  {entity.ljust(width)}  {count:,}" for entity, count in counts.items()]
        for count, what in (
            (self.clean, "nothing found in them, left as they were"),
            (self.before, "anonymised before, not touched again"),
            (self.young, "not old enough"),
        ):
            if count:
                lines.append(f"{what}: {many(count, 'file')}")
        if self.linked:
            lines.append(f"still there under other names (hard links): {many(self.linked, 'file')}")
        if self.leftovers:
            what = "to be removed" if self.dry_run else f"{self.removed_leftovers:,} removed"
            lines.append(
                f"left behind by a run that was stopped: {many(self.leftovers, 'file')}, {what}"
            )
        lines += self._listed("left alone", self.left_out)
        if self.report.failures:
            units = many(self.report.failures, "unit")
            lines.append(f"{units} that could not be scrubbed: replaced by {FAILED}")
        lines += self._listed("NOT DONE", self.failed, most=len(self.failed))
        return "\n".join(lines)

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
        """Give a file's path below the folder."""
        name = path.relative_to(self.folder).as_posix() if path != self.folder else "."
        return printable(name)
