"""
From events that wait to requests that were sent: the one place where something leaves.

Promise: nothing leaves unless the user agrees, as of now: asked before a request is made, and by
the wire once more when the connection stands; what left is in the user's journal.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scrubber.telemetry.conditions import quiet
from scrubber.telemetry.consenting import SCOPE, allowed, installation
from scrubber.telemetry.limits import BODY, EVENTS
from scrubber.telemetry.system import system_fields

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scrubber.telemetry.consenting import Consent
    from scrubber.telemetry.guard import Guard
    from scrubber.telemetry.parameters import Value
    from scrubber.telemetry.sender import Waiting
    from scrubber.telemetry.sinks import Request, Sent, Sink
    from scrubber.telemetry.tally import Outcome, Tally

EXAMPLE_ID: Final = "00000000-0000-0000-0000-000000000000"
"""Stands for the id of an installation."""

VERSION: Final = "app_version"
"""The parameter that tells the version of the application."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """Makes requests and has them sent.

    Attributes:
        consent: the settings of the user.
        sink: makes requests.
        version: the version of the application, as it may be told; "" for none.
        guard: looks at every event.
        tally: counts what became of them.
        timeout: seconds to wait for each step of a request.
        force: whether tests are no reason to send nothing.
    """

    consent: Consent
    sink: Sink
    version: str
    guard: Guard
    tally: Tally
    timeout: float
    force: bool

    def hindrance(self) -> Outcome | None:
        """Tell why nothing may be sent, as of now; None where it may."""
        if quiet(force=self.force):
            return "quiet"
        return None if allowed(self.consent) else "withheld"

    def warm(self) -> None:
        """Load what sending needs, while nothing waits for it."""
        from scrubber.telemetry import wire  # takes a tenth of a second

        wire.warm()
        example = {"installation": EXAMPLE_ID, **self.sink.fixed}
        self.guard.passes({**example, "events": self.completed([("warm", {})])})

    def deliver(self, batch: Sequence[Waiting]) -> bool:
        """Send events, once.

        Args:
            batch: their names and parameters.

        Returns:
            Whether events that still wait may be sent, too.
        """
        hindrance = self.hindrance()
        if hindrance:
            self.tally.add(hindrance, len(batch))
            return False
        identifier = installation(self.consent)
        if identifier is None:
            self.tally.add("failed", len(batch))
            return True
        frame = {"installation": identifier, **self.sink.fixed}
        events = self.completed(batch) if self.guard.passes(frame) else []
        events = [event for event in events if self.guard.passes(event)]
        self.tally.add("guarded", len(batch) - len(events))
        left = len(events)
        for request, count in self.requests(events, identifier):
            if not self._sent(request, count):
                self.tally.add("withheld", left)
                return False
            left -= count
        self.tally.add("failed", left)
        return True

    def completed(self, batch: Sequence[Waiting]) -> list[Sent]:
        """Give events with the fields of the system, and what the sink adds.

        Args:
            batch: their names and parameters.
        """
        common: dict[str, Value] = dict(system_fields())
        if self.version:
            common[VERSION] = self.version
        common.update(self.sink.event_fixed)
        return [{"name": name, "params": {**values, **common}} for name, values in batch]

    def requests(self, events: Sequence[Sent], identifier: str) -> Iterator[tuple[Request, int]]:
        """Make as many requests as the limits ask for.

        Args:
            events: completed.
            identifier: the id of the installation.

        Yields:
            A request and how many events it holds; an event that is too large alone is in none.
        """
        at, size = 0, EVENTS
        while at < len(events):
            part = events[at : at + size]
            request = self.sink.request(part, identifier)
            if len(request.body) < BODY:
                yield request, len(part)
                at, size = at + len(part), EVENTS
            elif len(part) > 1:
                size = len(part) // 2
            else:
                at += 1

    def _sent(self, request: Request, count: int) -> bool:
        """Send a request; tell whether the user still agrees."""
        from scrubber.telemetry.wire import Gate, post  # as above

        gate = Gate(lambda: self.hindrance() is None)
        try:
            outcome = post(request, gate, self.timeout)
        except Exception:  # noqa: BLE001  # the next request may fare better
            outcome = "failed"
        finally:
            if gate.opened:
                self._note(request)
        if outcome == "withheld":
            return False
        self.tally.add(outcome, count)
        if outcome == "sent":
            self.tally.add("requests")
        return True

    def _note(self, request: Request) -> None:
        with suppress(Exception):  # it has left; what cannot be noted does not end the thread
            self.consent.journal.note(SCOPE, request.body, to=request.host)
