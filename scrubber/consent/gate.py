"""
What hooks and the guard at the transport ask before anything else: may this be sent now?

A program that gave its hooks the settings of its own application asks those. One that did not (a
plain `before_send=scrub`) made no promise to anybody; it follows the file of this package, where
somebody made one, and `CRASHSCRUB_SYNC`. `CI` and `DO_NOT_TRACK` do not touch it, since whoever
tests their own scrubbing in CI wants to see it.

Promise: nothing here raises, and what cannot be found out is not let through; a plain hook makes no
file, and asks for one with one look.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final, Protocol

from scrubber.consent.environment import own_refusal
from scrubber.consent.keys import SYNC
from scrubber.consent.place import NowhereError, deciding, folder_of
from scrubber.consent.store import Store
from scrubber.consent.warning import warn_once
from scrubber.errors import ConfigError

if TYPE_CHECKING:
    from scrubber.consent.mapping import Settings

APP: Final = "crashscrub"
LOGS: Final = "logs"
REPORTS: Final = "crash_reports"

_ALL: Final = frozenset({LOGS, REPORTS})
_NONE: Final[frozenset[str]] = frozenset()


class Gate(Protocol):
    """Lets through, or does not, and notes what went through."""

    def lets(self, kind: str) -> bool:
        """Tell whether something of a kind may be sent now: `log`, `event`, `span` ..."""
        ...

    def note(self, kind: str, payload: bytes | str, to: str) -> None:
        """Note what is handed over to be sent."""
        ...

    @property
    def notes(self) -> bool:
        """Whether noting does anything, so that no payload is written out for nothing."""
        ...


class PlainGate:
    """The gate of hooks that were given no settings."""

    notes: Final = False

    def __init__(self) -> None:
        self._found: tuple[tuple[str | None, ...], Store | None] | None = None

    def __reduce__(self) -> str:
        """Be the same one in another process."""
        return "PLAIN"

    def lets(self, kind: str) -> bool:
        """Tell whether something of a kind may be sent now."""
        with suppress(Exception):  # then it is not
            return scope_of(kind) in self.scopes()
        return False

    def note(self, kind: str, payload: bytes | str, to: str) -> None:
        """Note nothing: nobody was promised a journal."""

    def scopes(self) -> frozenset[str]:
        """Give which of `crash_reports` and `logs` may be sent now."""
        try:
            return _NONE if own_refusal(APP) else self._chosen()
        except Exception as error:  # noqa: BLE001  # what cannot be found out is not let through
            advice = str(error) if isinstance(error, ConfigError) else "nothing is known of why"
            warn_once(APP, "its settings cannot be found", advice)
            return _NONE

    def _chosen(self) -> frozenset[str]:
        store = self._store()
        held = None if store is None else store.held()
        # A folder that is closed to this account is somebody else's: a service with their HOME.
        if held is None or held.document is None or not held.seen:
            return _ALL
        problem = held.problem or ("" if held.writable else "it cannot be written")
        if problem:
            advice = "`scrubber settings` says more"
            warn_once(APP, f"the file of its settings cannot be relied on ({problem})", advice)
            return _NONE
        chosen = held.document.chosen
        if not chosen.get(SYNC, True):
            return _NONE
        # Only what somebody refused: logs went through before there were settings.
        return frozenset(scope for scope in _ALL if chosen.get(scope, True))

    def _store(self) -> Store | None:
        """Give the files, or None where there is no place for them."""
        decides = deciding()
        found = self._found
        if found is None or found[0] != decides:
            try:
                store = Store(folder_of(APP))
            except NowhereError:
                store = None
            found = self._found = (decides, store)
        return found[1]


class SettingsGate:
    """The gate of hooks that were given settings."""

    notes: Final = True

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def lets(self, kind: str) -> bool:
        """Tell whether something of a kind may be sent now."""
        with suppress(Exception):  # then it is not
            return self.settings.allows(scope_of(kind))
        return False

    def note(self, kind: str, payload: bytes | str, to: str) -> None:
        """Write what is handed over to be sent into the journal."""
        with suppress(Exception):  # it is sent all the same, so nothing may come of it
            self.settings.journal.note(kind, payload, to=to)


def scope_of(kind: str) -> str:
    """Give what somebody allows or refuses when something of a kind is sent.

    >>> scope_of("log"), scope_of("transaction")
    ('logs', 'crash_reports')
    """
    return LOGS if kind == "log" else REPORTS


PLAIN: Final = PlainGate()
