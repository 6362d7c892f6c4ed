"""
The last door: what a transport is handed goes through the scrubber first.

The methods of the transport object are replaced on that object, and on no class: its type and its
attributes stay as they are, and other clients are not touched. A wrapper of a type of its own was
rejected, since the SDK asks for the types of its transports.

Promise: a guarded transport gets new envelopes of scrubbed items only. Guarding one twice is
guarding it once.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from scrubber.integrations.sentry.envelope import EnvelopeScrubber

_SENDS: Final = {"capture_envelope": "envelope", "capture_event": "event"}
"""Methods that send what they are given, and what scrubs that."""

_REPORTS: Final = "_fetch_pending_client_report"
"""Gives the item that transports over HTTP add to envelopes behind the door."""


class Guarded:
    """A method of one object, with a scrubber before or behind it.

    Attributes:
        inner: the method.
        own: whether the object had it as its own, and not from its class.
    """

    def __init__(
        self, inner: Callable[..., Any], scrub: Callable[[Any], Any], *, own: bool = False
    ) -> None:
        self.inner = inner
        self.own = own
        self._scrub = scrub

    def __call__(self, given: Any, *args: Any, **options: Any) -> Any:  # noqa: ANN401
        """Send what is left of what is given, if anything is."""
        done = self._scrub(given)
        return None if done is None else self.inner(done, *args, **options)


class GuardedReport(Guarded):
    """A method that gives something to be sent."""

    def __call__(self, *args: Any, **options: Any) -> Any:  # noqa: ANN401
        """Give what is left of what it gives."""
        return self._scrub(self.inner(*args, **options))


def guard(transport: Any, scrubber: EnvelopeScrubber) -> None:  # noqa: ANN401  # any version's
    """Guard a transport, or what else captures envelopes.

    Args:
        transport: an object with `capture_envelope`; one that is guarded is guarded anew.
        scrubber: what scrubs.

    Raises:
        TypeError: it does not let itself be guarded.
    """
    for name, scrubs in _SENDS.items():
        _put(transport, name, Guarded, getattr(scrubber, scrubs))
    _put(transport, _REPORTS, GuardedReport, scrubber.report)


def unguard(transport: Any) -> None:  # noqa: ANN401
    """Take a guard away, if there is one.

    Args:
        transport: an object that may be guarded, or None.
    """
    for name in (*_SENDS, _REPORTS) if transport is not None else ():
        method = vars(transport).get(name)
        if isinstance(method, Guarded):
            if method.own:
                object.__setattr__(transport, name, method.inner)
            else:
                object.__delattr__(transport, name)


def guarded(transport: Any) -> bool:  # noqa: ANN401
    """Tell whether a transport is guarded."""
    return isinstance(getattr(transport, "capture_envelope", None), Guarded)


def _put(
    transport: Any,  # noqa: ANN401
    name: str,
    kind: type[Guarded],
    scrub: Callable[[Any], Any],
) -> None:
    method = getattr(transport, name, None)
    if not callable(method):
        return
    own = name in vars(transport)
    if isinstance(method, Guarded):
        # Replaced in one step: at no time is there a way past.
        own = method.own
        method = method.inner
    with suppress(AttributeError):
        # Past a `__setattr__` of its own, for a guard that is refused is none.
        object.__setattr__(transport, name, kind(method, scrub, own=own))
    if not isinstance(getattr(transport, name), Guarded):
        raise TypeError(f"transport: its {name} cannot be guarded; make it a plain method")
