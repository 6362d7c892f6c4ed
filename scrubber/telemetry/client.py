"""
The client: what a program calls when something happened that may be told.

Promise: `record`, `flush`, `close` and `stats` never raise and wait for nobody longer than they
were told to; nothing is sent without consent; nothing keeps the program alive when it ends, but
for half a second in which the last events may leave.
"""

from __future__ import annotations

import atexit
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Final
from weakref import ref

from scrubber.errors import ConfigError
from scrubber.telemetry import system
from scrubber.telemetry.delivery import EXAMPLE_ID, VERSION, Delivery
from scrubber.telemetry.description import (
    Allowed,
    Description,
    Limits,
    ParameterDescription,
)
from scrubber.telemetry.forks import follow
from scrubber.telemetry.guard import Guard
from scrubber.telemetry.limits import EVENTS, PARAMETERS
from scrubber.telemetry.rate import Bucket
from scrubber.telemetry.sender import Sender
from scrubber.telemetry.tally import Stats, Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scrubber import Scrubber
    from scrubber.telemetry.consenting import Consent
    from scrubber.telemetry.schema import Event
    from scrubber.telemetry.sinks import Sink

AT_EXIT: Final = 0.5
"""Seconds that the end of a program is put off at most."""

IDENTIFIER: Final = "random id of the installation, a new one every 90 days"

# An address of IPv4 is four numbers, a date eight digits, a telephone number has hyphens.
_VERSION: Final = re.compile(
    r"(\d{1,4}(?:\.\d{1,4}){0,2})(?:(?:a|b|rc)\d{1,4})?(?:\.(?:post|dev)\d{1,9}){0,2}(?:\+.*)?"
)


class Client:
    """Sends anonymous usage events. Safe to share between threads; a fork begins anew.

    Args:
        settings: the user's choice, asked for each event: `scrubber.consent.Settings`.
        sink: where events go.
        events: all that may be sent.
        app_version: the version of the application; the first three numbers of it are told.
        scrubber: looks at every payload; None for the one of `scrubber.scrub_text`.
        waiting: how many events wait at most; beyond it the oldest go.
        burst: how many may be recorded at once.
        per_minute: how many a minute, from then on.
        linger: seconds in which events are gathered for one request.
        timeout: seconds to wait for each step of a request.
        force: send from tests as well, to a server of theirs.

    Raises:
        ConfigError: two events of one name, more parameters than can be sent, or limits that are
            not positive.
    """

    def __init__(  # noqa: PLR0913  # each is a choice of its own
        self,
        settings: Consent,
        sink: Sink,
        events: Iterable[Event],
        *,
        app_version: str | None = None,
        scrubber: Scrubber | None = None,
        waiting: int = 256,
        burst: int = 60,
        per_minute: float = 30,
        linger: float = 1.0,
        timeout: float = 5.0,
        force: bool = False,
    ) -> None:
        """Check everything; nothing is started or read."""
        self._settings = settings
        self._sink = sink
        self._version = public_version(app_version)
        self._events = _by_name(events)
        self._limits = Limits(burst, per_minute, waiting, EVENTS)
        self._times = (linger, timeout)
        self._force = force
        self._guard = Guard(_default if scrubber is None else lambda: scrubber)
        self._last_flush = False
        if min(waiting, burst) < 1 or min(per_minute, linger) < 0 or timeout <= 0:
            raise ConfigError("Client: waiting, burst and timeout are positive, others not below 0")
        self._check()
        self.begin_anew()
        follow(self)

    def begin_anew(self) -> None:
        """Begin as if nothing had been recorded: in a child, whose parent sends what waits."""
        linger, timeout = self._times
        self._tally = Tally()
        self._delivery = Delivery(
            self._settings,
            self._sink,
            self._version,
            self._guard,
            self._tally,
            timeout,
            self._force,
        )
        self._bucket = Bucket(self._limits.burst, self._limits.per_minute)
        self._sender = Sender(
            self._delivery.deliver,
            self._delivery.warm,
            self._tally,
            waiting=self._limits.waiting,
            linger=linger,
        )

    def _check(self) -> None:
        ours = {field.name for field in self._system()} | set(self._sink.event_fixed)
        for event in self._events.values():
            if ours & set(event.parameters):
                raise ConfigError(f"event {event.name!r}: a parameter has the name of a fixed one")
            if len(ours) + len(event.parameters) > PARAMETERS:
                raise ConfigError(
                    f"event {event.name!r}: at most {PARAMETERS - len(ours)} parameters, "
                    f"as {len(ours)} go with every event"
                )

    def __repr__(self) -> str:
        """Say how many events there are; nothing of the sink."""
        return f"Client(events={len(self._events)})"

    def record(self, name: str, /, **params: object) -> None:
        """Tell that something happened, if that may be told.

        Args:
            name: an event that was declared.
            params: values for its parameters; what they do not declare is left out, or `other`.
        """
        tally = self._tally
        try:
            self._record(name, params)
        except Exception:  # noqa: BLE001  # the host program must not notice
            with suppress(Exception):
                tally.add("failed")

    def _record(self, name: str, params: Mapping[str, object]) -> None:
        sender, tally = self._sender, self._tally
        hindrance = self._delivery.hindrance()
        if hindrance:
            tally.add(hindrance, 1 + sender.discard())
            return
        event = self._events.get(name)
        if event is None:
            tally.add("unknown")
            return
        values, left_out = event.reduced(params)
        tally.add("left_out", left_out)
        if not self._bucket.take():
            tally.add("limited")
            return
        if not self._last_flush:
            self._last_flush = True
            atexit.register(_flush_last, ref(self))
        tally.add("recorded")
        sender.put((event.name, values))

    def flush(self, timeout: float = AT_EXIT) -> bool:
        """Send now what waits, and wait for that.

        Args:
            timeout: seconds to wait at most.

        Returns:
            Whether nothing waits or is on its way any more.
        """
        with suppress(Exception):
            return self._sender.flush(timeout)
        return False

    def close(self, timeout: float = AT_EXIT) -> None:
        """Send what waits, then take no more.

        Args:
            timeout: seconds to wait at most; what was not sent by then is dropped.
        """
        self.flush(timeout)
        with suppress(Exception):
            self._sender.close()
            self._tally.add("overflowed", self._sender.discard())

    def stats(self) -> Stats:
        """Give counts of what became of events, in this process."""
        with suppress(Exception):
            return self._tally.stats()
        return Stats()

    def payload(self, name: str, /, **params: object) -> bytes:
        """Give what would be sent for one event: for a page that shows it, and for tests.

        It is made whether or not the user agrees, and sent nowhere; zeros stand for the id.

        Args:
            name: an event that was declared.
            params: values for its parameters.

        Returns:
            The body of a request: JSON in UTF-8.

        Raises:
            ConfigError: no such event was declared, or the scrubber would change something in it.
        """
        event = self._events.get(name)
        if event is None:
            raise ConfigError("Client: no event of this name was declared")
        completed = self._delivery.completed([(event.name, event.reduced(params)[0])])
        if not all(map(self._guard.passes, completed)):
            raise ConfigError(f"event {event.name!r}: the scrubber would change it; it is not sent")
        return self._sink.request(completed, EXAMPLE_ID).body

    def described(self) -> Description:
        """Tell all that may be sent, how often, and where: for a page that tells users."""
        fixed = {**self._sink.fixed, **self._sink.event_fixed}
        return Description(
            host=self._sink.host,
            protocol=self._sink.protocol,
            events=tuple(event.described() for event in self._events.values()),
            system=self._system(),
            fixed=tuple(_flat(fixed)),
            identifier=IDENTIFIER,
            limits=self._limits,
        )

    def _system(self) -> tuple[ParameterDescription, ...]:
        if not self._version:
            return system.FIELDS
        version = Allowed("version", (self._version,))
        return (*system.FIELDS, ParameterDescription(VERSION, version))


def public_version(version: str | None) -> str:
    """Give the first three numbers of a version: what follows them may name a branch or a person.

    Args:
        version: of an application; None for none.

    Returns:
        One to three numbers with dots; "" where it is no version, or one of more numbers.

    >>> public_version("8.3.12.dev4+jane.laptop"), public_version("main")
    ('8.3.12', '')
    """
    found = _VERSION.fullmatch(version) if isinstance(version, str) and version.isascii() else None
    return found[1] if found else ""


def _by_name(events: Iterable[Event]) -> dict[str, Event]:
    declared = list(events)
    named = {event.name: event for event in declared}
    if len(named) < len(declared) or not named:
        raise ConfigError("Client: at least one event, and no two of one name")
    return named


def _flat(values: Mapping[str, object]) -> list[tuple[str, str]]:
    """Give members and members of members, by their names with dots."""
    pairs: list[tuple[str, str]] = []
    for name, value in values.items():
        if isinstance(value, dict):
            pairs += [(f"{name}.{key}", text) for key, text in _flat(value)]
        else:
            pairs.append((name, str(value).lower() if isinstance(value, bool) else str(value)))
    return pairs


def _default() -> Scrubber:
    from scrubber.default import scrubber_for  # importing this module loads no rules

    return scrubber_for()


def _flush_last(client: ref[Client]) -> None:
    """Let the last events leave when the program ends."""
    one = client()
    if one is not None:
        one.flush(AT_EXIT)
