"""
Whose names a scrubber removes: those it was given, or those of the machine it runs on.

A pickle of a scrubber may lie in a queue, a cache or a file, so no name is in it unless that was
asked for. Who loads it then looks for the names of both machines: a worker reports about its
sender, and about itself.

Promise: the machine is asked when the names are first needed, and never before.
"""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from scrubber.detect.known import known_rules
from scrubber.identity.collect import collect
from scrubber.identity.model import Identity
from scrubber.identity.roots import Roots
from scrubber.switches import identity_disabled

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scrubber.ruleset.model import Rule

    Values = Mapping[str, tuple[str, ...]]


class Names:
    """The identity of a scrubber, once it is needed. Two threads may both ask; one answer stays."""

    __slots__ = ("_given", "_known", "_rules", "_sent", "_shared", "_whole")

    def __init__(
        self,
        given: Identity | None = None,
        *,
        shared: bool = False,
        sent: tuple[Values, bool] | None = None,
        whole: bool = False,
    ) -> None:
        """Remember what was given; ask nothing.

        Args:
            given: the names, or None to ask this machine.
            shared: whether a pickle carries them.
            sent: names of another process, and whether those of this machine are looked for, too.
            whole: whether a pickle carries the names that were given and the known folders with
                them, so that who loads it asks its machine for nothing.
        """
        self._given = given
        self._shared = shared
        self._sent = sent
        self._whole = whole
        self._known: Identity | None = None
        self._rules: list[Rule] | None = None

    def __call__(self) -> Identity:
        """Give the names; those of the machine are asked for the first time only."""
        if self._known is None:
            self._known = self._given if self._given is not None else self._asked()
        return self._known

    def rules(self) -> list[Rule]:
        """Give the rules that find the names; they are made the first time only."""
        if self._rules is None:
            self._rules = known_rules(self())
        return self._rules

    def for_workers(self) -> Names:
        """Give the same names, known now, for processes that ask their machines for nothing."""
        return Names(self(), whole=True)

    def forget(self) -> None:
        """Have the machine asked anew when the names are needed next."""
        self._known = self._rules = None

    def __repr__(self) -> str:
        """Say nothing of them."""
        return "Names()"

    def __reduce__(self) -> tuple[Callable[..., Names], tuple[Any, ...]]:
        """Carry the names only if asked, and that there are none in any case."""
        if self._whole and self._given is not None:
            return (_loaded_whole, (self._given.reveal(), asdict(self._given.roots)))
        if self._given is not None and not self._given.counts():
            return (_loaded, (({}, False), self._shared))
        if not self._shared:
            return (_loaded, (None, False))
        also_here = self._given is None and (self._sent is None or self._sent[1])
        return (_loaded, ((self().reveal(), also_here), True))

    def _asked(self) -> Identity:
        """Ask this machine, unless that is switched off, and add what was sent."""
        own = Identity.none() if identity_disabled() else collect()
        if self._sent is None:
            return own
        values, also_here = self._sent
        here = own.reveal() if also_here else {}
        joined: dict[str, Any] = {
            kind: tuple(dict.fromkeys((*sent, *here.get(kind, ()))))
            for kind, sent in values.items()
        }
        return replace(own if also_here else Identity(roots=own.roots), **joined)


def _loaded_whole(values: Values, roots: dict[str, Any]) -> Names:
    """Make what a pickle says that carries everything: nothing is asked here."""
    known: dict[str, Any] = {**values, "roots": Roots(**roots)}
    return Names(Identity(**known), whole=True)


def _loaded(sent: tuple[Values, bool] | None, shared: bool) -> Names:  # noqa: FBT001  # of a pickle
    """Make what a pickle says: `({}, False)` is nobody, None is whoever this machine knows."""
    if sent is not None and not sent[0]:
        return Names(Identity.none(), shared=shared)
    return Names(shared=shared, sent=sent)
