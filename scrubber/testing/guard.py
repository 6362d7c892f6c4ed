"""
The guard of one test: what was planted, what was caught, and what of it can still be read.

Promise: a finding and every `repr` here show entities, places and counts; no value, no length.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from random import Random
from typing import TYPE_CHECKING, Final, NamedTuple

from scrubber.naming import Names
from scrubber.testing import envelopes, records
from scrubber.testing.canaries import canary
from scrubber.testing.capture import UNREAD, Capture, closed, opened
from scrubber.testing.leaks import leaks
from scrubber.testing.own_names import OwnNames
from scrubber.testing.planting import Planted, Sample

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scrubber.identity.model import Identity
    from scrubber.testing.capture import Caught

_LOT: Final = 256
_SHOWN_NAME: Final = 96
_OF_THE_DSN: Final = ("dsn", "public_key")
"""Where the headers of an envelope hold what the program sends to; the environment has it, too."""


class Finding(NamedTuple):
    """Something that must not leave, and did.

    Attributes:
        place: the item or the logger, and the path of the field.
        entity: what it is; "" for what could not be read.
        how: whether it was planted or is of this machine, and how it was written.
    """

    place: str
    entity: str
    how: str


class LeakGuard:
    """What the fixture `leak_guard` gives."""

    def __init__(self, seed: str = "", identity: Identity | None = None) -> None:
        """Make a guard; it watches from `begin` on.

        Args:
            seed: of the canaries; the id of the test, so that a test always has the same.
            identity: the names of the machine; None for those of this one.
        """
        self._rng = Random(seed)  # noqa: S311  # made to be no secret
        self._planted: list[Planted] = []
        self._capture = Capture()
        self._judged = 0
        self._looked_for = 0
        self._names = OwnNames(identity) if identity is not None else _this_machine()

    def __repr__(self) -> str:
        """Say how much, and nothing else."""
        return (
            f"LeakGuard(planted={len(self._planted)}, envelopes={self.envelopes}, "
            f"records={self.records})"
        )

    @property
    def envelopes(self) -> int:
        """How many envelopes have left so far."""
        return self._capture.envelopes

    @property
    def records(self) -> int:
        """How many times a handler was given a record so far."""
        return self._capture.records

    def plant(self, value: str | Planted | Sample, entity: str = "") -> None:
        """Have the test fail if a value leaves, before or after this call.

        Args:
            value: the value; or what `scrubber.testing` planted.
            entity: what a value of the test's own is, for example `EMAIL_ADDRESS`.

        Raises:
            ValueError: a value without an entity, or an empty one.
            TypeError: it is none of these.
        """
        __tracebackhide__ = True  # no value in a traceback
        if isinstance(value, Sample):
            self._planted += value.planted
        elif isinstance(value, Planted):
            self._planted.append(value)
        elif not isinstance(value, str):
            raise TypeError("leak_guard.plant: a value must be a str, a Planted or a Sample")
        elif not value.strip() or not entity:
            raise ValueError("leak_guard.plant: a value must not be empty, and needs an entity")
        else:
            self._planted.append(Planted(entity, value))

    def canary(self, entity: str) -> str:
        """Give a new value to put into the test's data; it is planted with that.

        Args:
            entity: for example `EMAIL_ADDRESS`; see `scrubber.testing.canaries.MAKERS`.

        Returns:
            A value of a range reserved for examples; the same test gets the same ones.

        Raises:
            ValueError: an entity of which there are no such values.
        """
        made = canary(entity, self._rng)
        self._planted.append(made)
        return made.value

    def know(self, identity: Identity) -> None:
        """Look for the names of another machine instead of those of this one.

        Args:
            identity: whose names; `Identity.none()` for none.
        """
        self._names = OwnNames(identity)

    def begin(self) -> None:
        """Begin to watch."""
        if opened(self._capture):
            records.watch()
            envelopes.watch()

    def end(self) -> None:
        """Watch no more; again, nothing happens."""
        if closed(self._capture):
            envelopes.unwatch()
            records.unwatch()

    def fresh(self) -> list[Finding]:
        """Look at what was caught since the last time, and for what was planted since then.

        Returns:
            What can be read, in order; the same place once, with a count behind it.
        """
        envelopes.flush()
        records.flush()
        caught, planted = list(self._capture.caught), list(self._planted)
        before, new = caught[: self._judged], caught[self._judged :]
        found: list[Finding] = []
        late = planted[self._looked_for :]
        for some in _in_lots(before if late else []):
            if leaks(_contents(some), late):
                found += [finding for one in some for finding in self._planted_in(one, late)]
        for some in _in_lots(new):
            contents = _contents(some)
            # Nearly all is clean, and one look at many costs less than many looks.
            if len(contents) < len(some) or leaks(contents, planted) or self._names.told(contents):
                for one in some:
                    found += self._planted_in(one, planted) + self._of_machine(one)
        self._judged, self._looked_for = len(caught), len(planted)
        counts = Counter(found)
        return [
            one._replace(how=f"{one.how}, {count} times") if count > 1 else one
            for one, count in counts.items()
        ]

    def holds(self, text: str) -> bool:
        """Tell whether a text holds something that was planted, or a name of the machine."""
        return bool(leaks(text, self._planted)) or self._names.names(text)

    def _planted_in(self, caught: Caught, planted: Sequence[Planted]) -> list[Finding]:
        if caught.content is UNREAD:
            return []
        return [
            Finding(
                self._place(caught, leak.where),
                leak.entity,
                f"{'part of what was planted' if leak.part else 'planted'}, {leak.encoding}",
            )
            for leak in leaks(caught.content, planted)
        ]

    def _of_machine(self, caught: Caught) -> list[Finding]:
        if caught.content is UNREAD:
            return [Finding(self._place(caught, ""), "", "could not be read")]
        content = caught.content
        if caught.name == "envelope headers":
            content = _without_dsn(content)
        return [
            Finding(self._place(caught, one.where), one.entity, f"identity, {one.encoding}")
            for one in self._names.told(content)
        ]

    def _place(self, caught: Caught, where: str) -> str:
        name = caught.name
        if caught.kind == "log":
            shown = len(name) <= _SHOWN_NAME and name.isprintable() and not self.holds(name)
            name = f"log {name}" if shown else "log [logger]"
        return f"{name}: {where}" if where else name


def _in_lots(caught: list[Caught]) -> Iterator[list[Caught]]:
    return (caught[at : at + _LOT] for at in range(0, len(caught), _LOT))


def _contents(caught: list[Caught]) -> list[object]:
    """Give what could be read."""
    return [one.content for one in caught if one.content is not UNREAD]


def _without_dsn(content: object) -> object:
    if not isinstance(content, dict):
        return content
    return {key: _without_dsn(item) for key, item in content.items() if key not in _OF_THE_DSN}


@cache
def _this_machine() -> OwnNames:
    """Ask this machine, once for all tests."""
    return OwnNames(Names()())
