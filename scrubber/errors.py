"""
Every error this package raises, in one tree.

    ScrubberError
    ├── RulesetError     rule or policy data that cannot be used; carries every problem found
    ├── ConfigError      a configuration file or an option that cannot be used
    ├── InputError       a document that cannot be read or written
    ├── UnitError        a value that cannot be turned into units (cyclic, mutated while read, ...)
    └── BudgetError      a document beyond its budget (depth, units, characters)

Promise: a message says what, where and what to do. It never holds text of the document, nor its
length.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class ScrubberError(Exception):
    """Root of all errors of this package."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with rule data.

    Attributes:
        source: the file (or `<memory>`) it stands in.
        rule_id: the rule it belongs to, or "" when it belongs to the file.
        reason: what is wrong and what to do about it.
    """

    source: str
    rule_id: str
    reason: str

    def __str__(self) -> str:
        where = f"{self.source}: {self.rule_id}" if self.rule_id else self.source
        return f"{where}: {self.reason}"


class RulesetError(ScrubberError):
    """Rules or policies that cannot be used.

    Attributes:
        problems: every problem of the load, in file order.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep all problems and make one message of them."""
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[RulesetError], tuple[tuple[Problem, ...]]]:
        """Rebuild from the problems, so that the error survives a process boundary."""
        return (type(self), (self.problems,))


class ConfigError(ScrubberError):
    """A configuration file or an option that cannot be used."""


class InputError(ScrubberError):
    """A document that cannot be read or written."""


class UnitError(ScrubberError):
    """A value that cannot be turned into units."""


class BudgetError(ScrubberError):
    """A document beyond its budget."""
