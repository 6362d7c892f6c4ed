"""
The `transport` option of the SDK, guarded from the moment the transport is made.

A client may send as soon as it is there, so the guard cannot wait for `sentry_sdk.init` to return.
The option may be an object, a class, a function, or nothing, in which case the SDK chooses; a class
whose instances are what the SDK itself would have made, guarded, leaves that choice to it.

Promise: whichever way the option is given, the SDK makes of it what it would have made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scrubber.integrations.sentry.guard import Guarded, guard

if TYPE_CHECKING:
    from scrubber.integrations.sentry.envelope import EnvelopeScrubber


def guarded_option(option: Any, scrubber: EnvelopeScrubber) -> Any:  # noqa: ANN401  # as the SDK
    """Give the option in a form that is guarded.

    Args:
        option: a transport, a class of transports, a function that takes events, or None.
        scrubber: what scrubs.

    Returns:
        The same transport, guarded; a class; or a function.

    Raises:
        TypeError: a transport that cannot be guarded.
    """
    from sentry_sdk.transport import Transport, make_transport

    if isinstance(option, Transport):
        guard(option, scrubber)
        return option
    if callable(option) and not isinstance(option, type):
        inner = option.inner if isinstance(option, Guarded) else option
        return Guarded(inner, scrubber.event)
    wanted = getattr(option, "_wanted_by_user", option)

    def make(_cls: type, options: dict[str, Any]) -> Any:  # noqa: ANN401  # no instance of `_cls`
        transport = make_transport({**options, "transport": wanted})
        # What prints envelopes is put around it by the SDK once more, and need not print twice.
        transport = getattr(transport, "_inner", transport)
        guard(transport, scrubber)
        return transport

    return type("GuardedTransport", (Transport,), {"__new__": make, "_wanted_by_user": wanted})
