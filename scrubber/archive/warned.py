"""
Something that a person should look at, after a run over folders.

Promise: names of files as they are given, scrubbed; names of rules, words of ours and counts.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Warned:
    """Something that a person should look at.

    Attributes:
        kind: `share` (a rule hit an unusual share of a file's lines), `units` (units of a file
            could not be scrubbed), `failed` (a file) or `listed` (a file that was not copied).
        file: the name of the file, scrubbed.
        rule: for a share, the rule.
        count: for a share, findings of the rule; for units, how many.
        lines: for a share, lines of the file.
        reason: for a file, why.
    """

    kind: str
    file: str
    rule: str = ""
    count: int = 0
    lines: int = 0
    reason: str = ""

    def __str__(self) -> str:
        """Say it in one line.

        >>> str(Warned("share", "app.log", rule="network.ipv4", count=90, lines=100))
        'app.log: network.ipv4 hit 90 times in 100 lines: look whether it should'
        """
        if self.kind == "share":
            hits = f"{self.rule} hit {self.count:,} times in {self.lines:,} lines"
            return f"{self.file}: {hits}: look whether it should"
        if self.kind == "units":
            noun = "unit" if self.count == 1 else "units"
            return f"{self.file}: {self.count:,} {noun} that could not be scrubbed"
        if self.kind == "listed":
            return f"{self.file}: not copied{self.reason and f': {self.reason}'}"
        return f"{self.file}: {self.reason}"
