"""
The planted faults: what each breaks, where, and what must notice.

They are written as edits of the source and not as patches at run time, since a fault that somebody
makes is an edit, too, and one in a rule file or a table cannot be patched at all.

Promise: a fault applies to exactly one place of its file, and its tests are there; a table that
does not fit the tree any more is an error, never a fault that is not planted.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.faults.copies import ROOT

TABLE: Final = Path(__file__).with_name("faults.toml")
PAGE: Final = ROOT / "docs" / "explanation" / "planted-faults.md"
COMMAND: Final = "python -m benchmarks.faults --page"

_HEAD: Final = """\
# Planted faults

{count} small ways to break what is [promised](guarantees.md), each with the tests that must notice.
`make faults` plants each in a copy of the tree and runs its tests; it fails when one is not
noticed. That each still applies to the source, and that its tests are there, `make test` checks.
Other faults, of the fast path alone, are planted by `tests/equivalence/test_planted_faults.py` on
every run of the tests, and `make mutants` changes the code at random.

This page is written by `{command}`.

| fault | in | what holds without it | noticed by |
|---|---|---|---|"""


class TableError(ValueError):
    """A fault that does not fit the tree."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One way to break a promise.

    Attributes:
        name: what was done, in a few words.
        promise: what holds without it, in a sentence.
        file: what is changed, from the root of the tree.
        old: what stands there, once.
        new: what stands there then.
        tests: files, folders or names of tests, one of which must fail.
    """

    name: str
    promise: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]

    def planted(self, root: Path = ROOT) -> str:
        """Give the text of the file with the fault in it.

        Args:
            root: of the tree.

        Raises:
            TableError: what is to be changed stands there never, or more than once.
        """
        text = (root / self.file).read_text("utf-8")
        if text.count(self.old) != 1 or self.old == self.new:
            raise TableError(f"{self.name}: {self.file} has not exactly one place for it")
        return text.replace(self.old, self.new)


def faults() -> list[Fault]:
    """Give all faults, in the order of the table.

    >>> len({one.name for one in faults()}) == len(faults())
    True
    """
    rows = tomllib.loads(TABLE.read_text("utf-8"))["fault"]
    return [Fault(**{**row, "tests": tuple(row["tests"])}) for row in rows]


def page() -> str:
    """Write the page that lists them."""
    found = faults()
    lines = [_HEAD.format(count=len(found), command=COMMAND)]
    for one in found:
        tests = ", ".join(f"`{test}`" for test in one.tests)
        lines.append(f"| {one.name} | `{one.file}` | {one.promise} | {tests} |")
    return "\n".join(lines) + "\n"
