"""
What a client collects, told by the client itself.

A page that tells users what is collected drifts from the code when it is written by hand. These
values are made from the very schemas that events go through, so a page made of them cannot.

Promise: what is not described here is not in a payload.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["choice", "number", "flag", "public name", "flags", "version"]


@dataclass(frozen=True, slots=True)
class Allowed:
    """What a parameter may hold.

    Attributes:
        kind: `choice`: one of `values`. `public name`: as well. `flag`: 1 or 0. `flags`: some of
            `values`, sorted, between commas, and `+N` for N others. `number`: between `low` and
            `high` in steps of `step`, or one of `values`. `version`: three numbers with dots.
        values: every value there can be, as text; of `flags`, every name.
        low: the least number; None where there is none.
        high: the greatest number; None where there is none.
        step: the distance of two numbers; None where there is none.
    """

    kind: Kind
    values: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    step: float | None = None


@dataclass(frozen=True, slots=True)
class ParameterDescription:
    """A parameter of an event.

    Attributes:
        name: what it is called in a payload.
        allowed: what it may hold.
    """

    name: str
    allowed: Allowed


@dataclass(frozen=True, slots=True)
class EventDescription:
    """An event that may be sent.

    Attributes:
        name: what it is called in a payload.
        purpose: why it is collected, in the words of who declared it.
        parameters: all that is sent with it, besides the fields of the system.
    """

    name: str
    purpose: str
    parameters: tuple[ParameterDescription, ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is sent at most.

    Attributes:
        burst: events at once.
        per_minute: events a minute, once that many were sent.
        waiting: events kept while they wait; beyond it the oldest go.
        events_a_request: events of one request.
    """

    burst: int
    per_minute: float
    waiting: int
    events_a_request: int


@dataclass(frozen=True, slots=True)
class Description:
    """All that a client may send, and where.

    Attributes:
        host: the host that receives it; with a port where it is not the usual one.
        protocol: how it is told there: `Google Analytics 4` or `JSON`.
        events: every event, by its name.
        system: the fields that go with every event.
        fixed: what stands unchanged in every request, as pairs of a field and its value.
        identifier: what kind of id joins the events of one installation.
        limits: how much is sent at most.
    """

    host: str
    protocol: str
    events: tuple[EventDescription, ...]
    system: tuple[ParameterDescription, ...]
    fixed: tuple[tuple[str, str], ...]
    identifier: str
    limits: Limits
