"""
The wirings of one scrubber: made at first use, and made anew when there is a better engine.

Promise: nothing of the machine is asked before its first text, and then once; a wiring in use stays
as it is.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from scrubber.engines import Engine, rules_of
from scrubber.errors import ScrubberError
from scrubber.locks import PatientLock
from scrubber.redact.operators import Operators
from scrubber.shadow import Shadow
from scrubber.wiring import Wiring

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrubber.naming import Names
    from scrubber.ner.people import People
    from scrubber.ner.tagging import Tagger
    from scrubber.redact.pseudonyms import OnDemand
    from scrubber.ruleset.model import Policy, Rule, Ruleset


class Wirings:
    """What a scrubber is made of, each part made when it is needed."""

    def __init__(  # noqa: PLR0913, PLR0917  # each is a choice of its own
        self,
        ruleset: Ruleset,
        policy: Policy,
        names: Names,
        pseudonyms: OnDemand,
        engine: str = "auto",
        shadow: int = 0,
        taggers: Sequence[Tagger] = (),
    ) -> None:
        """Remember what was chosen; make nothing.

        Args:
            ruleset: the rules to choose from.
            policy: what is looked for, and what becomes of it.
            names: the names of the machine.
            pseudonyms: the key behind pseudonyms.
            engine: one of `engines.ENGINES`.
            shadow: one look in so many goes through both engines; 0 for none.
            taggers: find names of people, besides those of the policy.

        Raises:
            ConfigError: there is no such engine, no such number, or no such pipeline.
            ModuleNotFoundError: the policy asks for a tagger whose package is not there.
        """
        self.ruleset, self.policy = ruleset, policy
        self._in_events = policy.in_events()
        self.names, self._pseudonyms = names, pseudonyms
        self._engine = Engine(engine)
        self.shadow = Shadow(shadow) if shadow else None
        self.lock = PatientLock()
        self._taggers = tuple(taggers)
        self._found: People | None = None
        if policy.needs_packages:
            self._people()  # what is not there is told at once
        # By path mode, and whether taggers look at every text; another dictionary once they are to
        # be made anew.
        self.made: dict[tuple[str, bool], Wiring] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        """Carry what was chosen, and names only if asked; the rest is made anew."""
        if self.policy.needs_key:
            self._pseudonyms()  # so that its id is known, and the other process has no other key
        return (Wirings, self._chosen(self.ruleset.portable()))

    def __copy__(self) -> Wirings:
        """Give those of another scrubber with the same names and key, in this process."""
        return Wirings(*self._chosen(self.ruleset))

    def for_workers(self) -> Wirings:
        """Give those of a scrubber whose pickle carries names, folders and key; see `Scrubber`."""
        with self.lock.held():
            names = self.names.for_workers()
        pseudonyms = self._pseudonyms.sharing() if self.policy.needs_key else self._pseudonyms
        made_of = list(self._chosen(self.ruleset))
        made_of[2:4] = names, pseudonyms
        return Wirings(*made_of)

    def for_looking(self) -> Wirings:
        """Give those of a scrubber that makes no file of a key; see `Scrubber`."""
        made_of = list(self._chosen(self.ruleset))
        made_of[3] = self._pseudonyms.looking()
        return Wirings(*made_of)

    def _chosen(self, ruleset: Ruleset) -> tuple[Any, ...]:
        """Give what it is made of anew."""
        every = self.shadow.every if self.shadow else 0
        made_of = (ruleset, self.policy, self.names, self._pseudonyms, self._engine.name, every)
        return (*made_of, self._taggers)

    @property
    def text(self) -> Wiring:
        """The wiring for texts."""
        return self._of(self.policy, everywhere=self.policy.tags_everything).sampled()

    @property
    def ready(self) -> Wiring | None:
        """The wiring for texts, if it is made."""
        made = self.made.get((self.policy.path_mode, self.policy.tags_everything))
        return made and made.sampled()

    @property
    def events(self) -> Wiring:
        """The wiring for the strings of events."""
        return self._of(self._in_events, everywhere=False).sampled()

    def anew(self) -> None:
        """Forget what was made and what the machine said; make the engine now."""
        with self.lock.held():
            self.names.forget()
            self._engine.make(self._rules)
            self.made = {}

    def expect(self, size: int) -> None:
        """Take note of text to come, in code points; much of it is worth making the engine for."""
        if self._engine.worth_waiting(size) and self._engine.make(self._rules) is not None:
            self.made = {}

    def note(self, size: int) -> None:
        """Take note of text that was looked at; after much of it the engine is made beside."""
        if self._engine.note(size):
            self._engine.make_beside(self._rules, self._improve)

    def _improve(self) -> None:
        self.made = {}

    def _people(self) -> People | None:
        """Give what finds names of people, made once; None where nobody asks for them."""
        if self._found is not None or not self.policy.tagged:
            return self._found
        with self.lock.held():
            if self._found is None:
                from scrubber.ner.choosing import people_for  # takes time, and few texts need it

                self._found = people_for(self.policy, self._taggers)
            return self._found

    def _rules(self) -> tuple[Rule, ...]:
        return rules_of(self.ruleset, self.policy)

    def _of(self, policy: Policy, *, everywhere: bool) -> Wiring:
        made = self.made
        key = (policy.path_mode, everywhere)
        found = made.get(key)
        if found is None:
            with self.lock.held():
                found = made.get(key)
                if found is None:
                    found = made.setdefault(key, self._wired(policy, everywhere=everywhere))
        return found

    def _wired(self, policy: Policy, *, everywhere: bool) -> Wiring:
        with suppress(Exception):  # what it says could be a name
            identity, operators = self.names(), Operators(policy, self._pseudonyms)
            known, compiled = self.names.rules(), self._engine.compiled(self._rules)
            wiring = Wiring.of(
                self.ruleset,
                operators,
                known=known,
                roots=identity.roots,
                compiled=compiled,
                people=self._people,
                everywhere=everywhere,
            )
            return replace(wiring, shadow=self.shadow)
        raise ScrubberError("the scrubber could not be wired; nothing was looked for")
