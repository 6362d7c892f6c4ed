"""
Which engine a scrubber runs on, and what it needs for that.

`reference` asks the words of rules which of them to run. `vector` asks a compiled database, which
takes seconds to make where none was kept. `auto` takes the database if there is one; if not, it
begins with the words, and makes the database beside the work once there has been enough of it, or
when it is told that much will come. Where Vectorscan is not to be had, it stays with the words.

Promise: the same findings from all of them, so that changing from one to the other shows in time
only.
"""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scrubber.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scrubber.detect.databases import Database
    from scrubber.detect.screen import Screen
    from scrubber.ruleset.model import Policy, Rule, Ruleset

ENGINES: Final = ("auto", "reference", "vector")

ENOUGH: Final = 1 << 16
"""Code points after which a database is worth making beside the work."""

MUCH: Final = 1 << 19
"""Code points for which it is worth being waited for: without, they take as long."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A database for rules of files.

    Attributes:
        rules: the rules, in the order of their numbers.
        database: the database.
    """

    rules: tuple[Rule, ...]
    database: Database

    def screen(
        self,
        chosen: Sequence[Rule],
        known: Sequence[Rule] = (),
        also: Callable[[str], bool] | None = None,
    ) -> Screen:
        """Give a screen for some of the rules.

        Args:
            chosen: those that run.
            known: rules for the names of this machine: compiled here, in memory alone.
            also: tells whether what is found by no rule may stand in a line; see `Screen`.
        """
        from scrubber.detect import databases
        from scrubber.detect.screen import Screen

        every = (*self.rules, *known)
        made = [self.database]
        if known:
            made.append(databases.compiled(known, first=len(self.rules)))
        on = {rule.id for rule in chosen}
        return Screen(
            [(one.scanner, one.behind) for one in made],
            [number for one in made for number in one.always],
            {at: rule for at, rule in enumerate(every) if rule.id in on},
            [number for one in made for number in one.begins],
            also=also,
        )


class Engine:
    """The engine of one scrubber, which may change while it runs."""

    def __init__(self, name: str) -> None:
        """Begin with nothing made.

        Args:
            name: one of `ENGINES`.

        Raises:
            ConfigError: there is no such engine, or Vectorscan is asked for and is not there.
        """
        if name not in ENGINES:
            msg = f"unknown engine {name!r}; known: {', '.join(ENGINES)}"
            raise ConfigError(msg)
        self.name = name
        self._usable = name != "reference"
        self._made: Compiled | None = None
        self._looked = False
        self._seen = 0
        self._making = 0
        if name == "vector" and not _available():
            raise ConfigError("the engine vector needs hyperscan, which is not to be had here")

    def compiled(self, rules: Callable[[], tuple[Rule, ...]]) -> Compiled | None:
        """Give the database, if there is one, or one is to be made at once."""
        if not self._usable or self._made is not None:
            return self._made
        if self.name == "vector":
            return self.make(rules)
        if not self._looked:
            self._looked = True
            self._load(rules())
        return self._made

    def make(self, rules: Callable[[], tuple[Rule, ...]]) -> Compiled | None:
        """Make the database, unless there is one; None where none can be had.

        Raises:
            Exception: it could not be made, and `vector` was asked for.
        """
        if not self._usable or self._made is not None:
            return self._made
        try:
            chosen = rules()
            if self._load(chosen) is None:
                from scrubber.detect import databases

                database = databases.compiled(chosen)
                databases.keep(chosen, database)
                self._made = Compiled(chosen, database)
        except Exception:
            self._usable = False
            if self.name == "vector":
                raise
        return self._made

    def note(self, size: int) -> bool:
        """Take note of work done without a database; tell whether to make one now.

        Args:
            size: code points that were looked at.
        """
        if not self._usable or self._made is not None or self.name != "auto":
            return False
        self._seen += size
        return self._seen >= ENOUGH and self._making != os.getpid()

    def worth_waiting(self, size: int) -> bool:
        """Tell whether to make the database before work begins.

        Args:
            size: code points that will be looked at.
        """
        return self._usable and self._made is None and self.name == "auto" and size >= MUCH

    def make_beside(self, rules: Callable[[], tuple[Rule, ...]], done: Callable[[], None]) -> None:
        """Make the database in a thread of its own, once in a process.

        Args:
            rules: gives the rules.
            done: called in that thread when it is made.
        """
        self._making = os.getpid()

        def work() -> None:
            with suppress(Exception):  # the words do
                if self.make(rules) is not None:
                    done()

        with suppress(RuntimeError):  # no thread begins while the interpreter ends
            threading.Thread(target=work, name="crashscrub-compile", daemon=True).start()

    def _load(self, rules: tuple[Rule, ...]) -> Compiled | None:
        with suppress(Exception):
            from scrubber.detect.databases import kept

            database = kept(rules)
            if database is not None:
                self._made = Compiled(rules, database)
        return self._made


def rules_of(ruleset: Ruleset, policy: Policy) -> tuple[Rule, ...]:
    """Give the rules a scrubber runs, on text or in events, so that one database has them all."""
    chosen = {
        rule.id: rule for one in (policy, policy.in_events()) for rule in ruleset.rules_for(one)
    }
    return tuple(chosen[name] for name in sorted(chosen))


def _available() -> bool:
    from scrubber.detect.scanner import available

    return available()
