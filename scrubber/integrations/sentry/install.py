"""
Crash reporting that is scrubbed wherever it leaves, in one call.

    from scrubber.integrations.sentry import install

    install(dsn="...", traces_sample_rate=0.1)

Hooks see errors, transactions, breadcrumbs and, as the SDK allows, logs, metrics and spans; a guard
at the transport sees everything. A `sentry_sdk.init` that somebody calls afterwards makes a client
of its own, without either: `status().active` tells.

Promise: from the first moment on, the client made here sends nothing that was not scrubbed. What
`install()` did, `uninstall()` undoes.
"""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from scrubber.attachments import OTHERS
from scrubber.consent.gate import PLAIN, SettingsGate
from scrubber.default import scrubber_for
from scrubber.errors import ConfigError
from scrubber.integrations.sentry.envelope import EnvelopeScrubber
from scrubber.integrations.sentry.guard import guard, guarded, unguard
from scrubber.integrations.sentry.options import with_hooks
from scrubber.integrations.sentry.setup import Setup
from scrubber.integrations.sentry.transport import guarded_option

if TYPE_CHECKING:
    from scrubber.consent import Settings
    from scrubber.pipeline import Scrubber

_FLUSH: Final = 2.0
"""Seconds for what waits to be sent, as the SDK's own `shutdown_timeout`."""


class Status(NamedTuple):
    """Where things stand.

    Attributes:
        active: whether the client of the SDK is the one that `install()` made, and guarded.
        failures: units that were replaced by a marker or a stub, as `Scrubber.failures`.
        dropped: what was not sent since it could not be scrubbed, by kind.
    """

    active: bool
    failures: int
    dropped: dict[str, int]


@dataclass(frozen=True, slots=True)
class _Installed:
    """What is to be undone."""

    setup: Setup
    client: Any
    previous: Any
    lent: Any
    """A transport object that is the user's."""


# Plain: it is held while the SDK loads its integrations, and nobody installs in a crash handler.
_lock = threading.RLock()
_installed: _Installed | None = None


def install(
    dsn: str | None = None,
    *,
    scrubber: Scrubber | None = None,
    attachments: str | None = None,
    settings: Settings | None = None,
    **options: Any,  # noqa: ANN401  # the SDK's, whichever version
) -> None:
    """Call `sentry_sdk.init` with every hook, the guard and bounded reprs in place.

    Called again, it begins anew with the options of that call; nothing is stacked.

    Args:
        dsn: where to send; None for `SENTRY_DSN`.
        scrubber: what scrubs; None for the one the facade uses, or one of the policy and the path
            mode that `settings` name.
        attachments: what becomes of files that are neither text nor images: `drop` puts a stub in
            their place, `keep` sends them.
        settings: what the application's users allow; hooks and guard ask it each time, and what is
            sent is noted in its journal. None to follow the settings of this package, if there is a
            file of them; see `scrubber.settings`.
        options: of `sentry_sdk.init`. Hooks among them run before ours.

    Raises:
        ModuleNotFoundError: there is no sentry-sdk.
        ConfigError: `attachments` is neither.
        ScrubberError: the packaged rules cannot be loaded.
        TypeError: an option this SDK does not know, or a transport that cannot be guarded.
    """
    global _installed  # noqa: PLW0603  # the SDK has one client, so this is one thing as well
    sdk = _sdk()
    own = _chosen(settings) if scrubber is None else scrubber
    others = own.policy.attachments if attachments is None else attachments
    if others not in OTHERS:
        raise ConfigError(f"install: attachments must be one of {', '.join(OTHERS)}")
    setup = Setup(own, others, PLAIN if settings is None else SettingsGate(settings))
    setup.scrubber.warm()
    envelopes = EnvelopeScrubber(setup)
    known = sdk.consts.DEFAULT_OPTIONS
    with _lock:
        before, current = _installed, _client(sdk)
        again = before is not None and before.client is current
        wanted = options.get("transport")
        lent = wanted if isinstance(wanted, sdk.transport.Transport) else None
        try:
            prepared = with_hooks(options, known, setup)
            prepared["transport"] = guarded_option(wanted, envelopes)
            _with_summaries(prepared, known)
            sdk.init(dsn, **prepared)
            client = _client(sdk)
            if client.transport is not None:
                guard(client.transport, envelopes)
            spotlight = getattr(client, "spotlight", None)
            if spotlight is not None:
                guard(spotlight, EnvelopeScrubber(setup, lambda: str(spotlight.url)))
        except BaseException:
            _scope(sdk).set_client(current)
            if before is None:
                _without_summaries()
            if before is None or before.lent is not lent:
                unguard(lent)
            raise
        previous = before.previous if before is not None and again else current
        _installed = _Installed(setup, client, previous, lent)
        if before is not None and before.lent is not lent:
            _give_back(before)


def uninstall() -> None:
    """Undo `install()`: what waits is sent, scrubbed, and the client from before is back.

    A client that somebody made after `install()` stays. Without `install()`, nothing happens.
    """
    global _installed  # noqa: PLW0603  # as above
    with _lock:
        if _installed is None:
            return
        sdk = _sdk()
        if _client(sdk) is _installed.client:
            _scope(sdk).set_client(_installed.previous)
        if _installed.lent is None:
            with suppress(Exception):
                _installed.client.close(timeout=_FLUSH)
        _give_back(_installed)
        _without_summaries()
        _installed = None


def status() -> Status:
    """Tell where things stand.

    Returns:
        Whether the SDK is scrubbed, and what failed since `install()`.

    >>> status()
    Status(active=False, failures=0, dropped={})
    """
    now = _installed
    if now is None:
        return Status(active=False, failures=0, dropped={})
    active = _client(_sdk()) is now.client and (
        now.client.transport is None or guarded(now.client.transport)
    )
    return Status(active, now.setup.scrubber.failures, now.setup.tally.counts)


def _chosen(settings: Settings | None) -> Scrubber:
    """Give the scrubber that the settings of an application ask for."""
    if settings is None:
        return scrubber_for()
    from scrubber.pipeline import Scrubber  # as in `scrubber_for`

    path_mode = settings["path_mode"]
    return Scrubber(settings["policy"], path_mode=None if path_mode == "auto" else path_mode)


def _sdk() -> Any:  # noqa: ANN401  # a module
    try:
        import sentry_sdk
    except ModuleNotFoundError as error:
        if error.name != "sentry_sdk":
            raise
        needed = "scrubber.integrations.sentry needs sentry-sdk: pip install 'crashscrub[sentry]'"
        raise ModuleNotFoundError(needed, name=error.name) from None
    import sentry_sdk.consts
    import sentry_sdk.scope
    import sentry_sdk.serializer
    import sentry_sdk.transport

    return sentry_sdk


def _scope(sdk: Any) -> Any:  # noqa: ANN401
    return sdk.scope.Scope.get_global_scope()


def _client(sdk: Any) -> Any:  # noqa: ANN401
    return _scope(sdk).client


def _with_summaries(options: dict[str, Any], known: Any) -> None:  # noqa: ANN401
    """Have arrays, images and bytes in locals summed up before their repr is built."""
    from scrubber.integrations.sentry import raw_events, summaries

    if "custom_repr" in known:
        options["custom_repr"] = summaries.wrapped(options.get("custom_repr"))
    processors = _processors()
    if summaries.repr_processor not in processors:
        processors.append(summaries.repr_processor)
    events = _event_processors()
    if raw_events.summarised not in events:  # contexts, tags and parameters go past the others
        events.append(raw_events.summarised)


def _processors() -> list[Any]:
    processors: list[Any] = _sdk().serializer.global_repr_processors
    return processors


def _event_processors() -> list[Any]:
    processors: list[Any] = _sdk().scope.global_event_processors
    return processors


def _without_summaries() -> None:
    with suppress(ImportError):
        from scrubber.integrations.sentry import raw_events, summaries

        for processors, one in (
            (_processors(), summaries.repr_processor),
            (_event_processors(), raw_events.summarised),
        ):
            with suppress(ValueError):
                processors.remove(one)


def _give_back(installed: _Installed) -> None:
    """Send what waits, and give the user their transport back as it was."""
    if installed.lent is None:
        return
    with suppress(Exception):
        installed.client.flush(timeout=_FLUSH)
    # Threads of that client go on, and what they still hold must not pass the door unguarded.
    installed.client.transport = None
    unguard(installed.lent)
