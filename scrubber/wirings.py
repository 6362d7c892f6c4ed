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
    from scrubber.naming import Names
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
    ) -> None:
        """Remember what was chosen; make nothing.

        Args:
            ruleset: the rules to choose from.
            policy: what is looked for, and what becomes of it.
            names: the names of the machine.
            pseudonyms: the key behind pseudonyms.
            engine: one of `engines.ENGINES`.
            shadow: one look in so many goes through both engines; 0 for none.

        Raises:
            ConfigError: there is no such engine, or no such number.
        """
        self.ruleset, self.policy = ruleset, policy
        self.names, self._pseudonyms = names, pseudonyms
        self._engine = Engine(engine)
        self.shadow = Shadow(shadow) if shadow else None
        self.lock = PatientLock()
        # By path mode; another dictionary once they are to be made anew.
        self.made: dict[str, Wiring] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        """Carry what was chosen, and names only if asked; the rest is made anew."""
        if self.policy.needs_key:
            self._pseudonyms()  # so that its id is known, and the other process has no other key
        return (Wirings, self._chosen(self.ruleset.portable()))

    def __copy__(self) -> Wirings:
        """Give those of another scrubber with the same names and key, in this process."""
        return Wirings(*self._chosen(self.ruleset))

    def _chosen(self, ruleset: Ruleset) -> tuple[Ruleset, Policy, Names, OnDemand, str, int]:
        """Give what it is made of anew."""
        every = self.shadow.every if self.shadow else 0
        return (ruleset, self.policy, self.names, self._pseudonyms, self._engine.name, every)

    @property
    def text(self) -> Wiring:
        """The wiring for texts."""
        return self._of(self.policy).sampled()

    @property
    def ready(self) -> Wiring | None:
        """The wiring for texts, if it is made."""
        made = self.made.get(self.policy.path_mode)
        return made and made.sampled()

    @property
    def events(self) -> Wiring:
        """The wiring for the strings of events."""
        return self._of(self.policy.in_events()).sampled()

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

    def _rules(self) -> tuple[Rule, ...]:
        return rules_of(self.ruleset, self.policy)

    def _of(self, policy: Policy) -> Wiring:
        made = self.made
        found = made.get(policy.path_mode)
        if found is None:
            with self.lock.held():
                found = made.get(policy.path_mode)
                if found is None:
                    found = made.setdefault(policy.path_mode, self._wired(policy))
        return found

    def _wired(self, policy: Policy) -> Wiring:
        with suppress(Exception):  # what it says could be a name
            identity, operators = self.names(), Operators(policy, self._pseudonyms)
            known, compiled = self.names.rules(), self._engine.compiled(self._rules)
            wiring = Wiring.of(
                self.ruleset, operators, known=known, roots=identity.roots, compiled=compiled
            )
            return replace(wiring, shadow=self.shadow)
        raise ScrubberError("the scrubber could not be wired; nothing was looked for")
