"""
What a page says of usage events: each of them, each of its parameters, and all that these can hold.

Promise: what the client says that it may send is on the page, and nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scrubber.adoption.markdown import bullets, table
from scrubber.telemetry.client import Client

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scrubber.adoption.plan import Plan
    from scrubber.telemetry.description import Allowed, Description, ParameterDescription

_MOST: Final = 12
"""Values that are all named; of more, the first and the count."""


class _Nobody:
    """Consents to nothing: a client that is asked what it would send, and sends nothing."""

    def allows(self, scope: str, /) -> bool:
        """Say no."""
        del scope
        return False

    def __getitem__(self, name: str, /) -> object:
        """Give nothing."""
        del name
        return ""

    @property
    def journal(self) -> _Nobody:
        """Keep nothing."""
        return self

    def note(self, kind: str, payload: bytes | str, *, to: str) -> None:
        """Keep nothing."""
        del kind, payload, to


def description_of(plan: Plan) -> Description | None:
    """Give what the client of a plan says of itself; None where the plan has none.

    Args:
        plan: what is collected.
    """
    sink = plan.ga4 if plan.ga4 is not None else plan.endpoint
    if sink is None:
        return None
    return Client(_Nobody(), sink, plan.events, app_version=plan.version or None).described()


def usage_events(plan: Plan) -> Iterator[str]:
    """Give the paragraphs of the section; none without usage events.

    Args:
        plan: what is collected.
    """
    usage = description_of(plan)
    if usage is None or not usage.events:
        return
    yield "## Usage events"
    yield (
        f"Which features are used is told to `{usage.host}` ({usage.protocol}). An event has a "
        "name and the parameters that "
        "are listed here, and these can hold what is listed here. Anything else is left out on "
        "your machine."
    )
    for event in usage.events:
        purpose = f": {event.purpose}" if event.purpose else ""
        yield f"### `{event.name}`{purpose}"
        if event.parameters:
            yield _parameters(event.parameters)
        else:
            yield "It has no parameters."
    yield "### With every event"
    yield _parameters(usage.system)
    yield (
        f"Events of one installation are joined by an id: {usage.identifier}. At most "
        f"{usage.limits.burst} events are sent at once, and {usage.limits.per_minute:g} a minute."
    )
    if usage.fixed:
        yield "In every request stands:"
        yield bullets([f"`{name}`: `{value}`" for name, value in usage.fixed])


def _parameters(parameters: Sequence[ParameterDescription]) -> str:
    rows = [(f"`{one.name}`", _said(one.allowed)) for one in parameters]
    return table(("parameter", "what it can be"), rows)


def _said(allowed: Allowed) -> str:  # noqa: PLR0911  # one a kind
    """Say what a parameter can hold."""
    values = _values(allowed.values)
    if allowed.kind == "flag":
        return "yes or no"
    if allowed.kind == "version":
        return "a version, such as `1.2.3`"
    if allowed.kind == "flags":
        return f"which of these were given, and how many others: {values}"
    if allowed.kind == "public name":
        return f"one of {len(allowed.values)} public names, or that it is none of them: {values}"
    if values:
        return f"one of: {values}"
    if allowed.low is None or allowed.high is None:
        return "a number"
    step = f", in steps of {allowed.step:g}" if allowed.step else ""
    return f"a number from {allowed.low:g} to {allowed.high:g}{step}"


def _values(values: Sequence[str]) -> str:
    shown = ", ".join(f"`{one}`" for one in values[:_MOST])
    more = len(values) - _MOST
    return f"{shown} and {more} more" if more > 0 else shown
