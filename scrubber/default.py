"""
The functions of the facade: one lazily built scrubber for each policy asked for by name.

Nothing is built at import. A hook must be able to answer even when the rules cannot be loaded, so
`scrub` gives a stub event then; the functions for text raise, because there is no hook to keep
alive.
"""

from __future__ import annotations

import sys
import threading
import traceback
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from scrubber.consent.gate import PLAIN, scope_of
from scrubber.locks import PatientLock
from scrubber.redact.placeholders import FAILED
from scrubber.switches import disabled

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType

    from scrubber.pipeline import Scrubber
    from scrubber.ruleset.model import Policy
    from scrubber.types import Finding

Text = TypeVar("Text", str, bytes)
# An SDK's own type of event (a TypedDict, a dict) comes back as the same, so that type checkers
# take the hook.
Event = TypeVar("Event")

_SCOPES: Final = 2
"""How many there are for a plain hook; it tells what an event is only if one of them is refused."""

_lock = PatientLock()  # a destructor may run while it is held, and scrub; so may a child
_warned = threading.Event()
_scrubbers: dict[str, Scrubber] = {}


def scrubber_for(policy: str | Policy | None = None) -> Scrubber:
    """Give the shared scrubber of a policy.

    Args:
        policy: the id of a policy, a policy, or None for `balanced`.

    Returns:
        The scrubber; one built on first use for each id, a new one for a policy given as a value.

    Raises:
        ScrubberError: there is no such policy, or the packaged rules cannot be loaded.
    """
    # Here and not above: importing the package does no work, the first call does.
    from scrubber.pipeline import Scrubber

    if policy is not None and not isinstance(policy, str):
        return Scrubber(policy)
    with _lock.held():
        key = policy or ""
        if key not in _scrubbers:
            _scrubbers[key] = Scrubber(policy)
        return _scrubbers[key]


def scrub(
    event: Event,
    hint: Any = None,  # noqa: ANN401  # the JSON border
    *,
    kind: str | None = None,
) -> Event | None:
    """Scrub a Sentry event: `sentry_sdk.init(before_send=scrub)`.

    Args:
        event: the event.
        hint: what the SDK knows about it; attachments in it are scrubbed in place.
        kind: what it is; see `Scrubber.scrub`. None where its fields tell.

    Returns:
        A new, scrubbed event; less of it when anything fails, never raw data; None when not even
        that can be made, `SCRUBBER_DISABLE` is set, or the settings of this package do not allow
        it to be sent (see `scrubber.settings`).

    >>> scrub({"message": "mail from jane@example.com"})
    {'message': 'mail from [email]'}
    """
    try:
        allowed = PLAIN.scopes()
        if len(allowed) < _SCOPES and scope_of(_told(event, kind)) not in allowed:
            return cast("Event | None", _refusal(event, kind))
    except Exception:  # noqa: BLE001  # promise 1: what cannot be found out is not allowed
        return None
    try:
        scrubber = scrubber_for()
    except Exception:  # noqa: BLE001  # promise 1: a hook never raises and never passes through
        return cast("Event | None", _without_rules(event, kind))
    return cast("Event | None", scrubber.scrub(event, hint, kind=kind))


def _refusal(event: object, kind: str | None) -> dict[str, object] | None:
    """Give what is sent in place of what nobody allowed: as where hooks are disabled."""
    from scrubber.units.stub import stub_report  # as below

    return stub_report(event, _told(event, kind), reason="disabled")


def _told(event: object, kind: str | None) -> str:
    """Tell what an event is, where nobody has."""
    from scrubber.units.fields import KINDS, kind_of  # as below

    if kind in KINDS:
        return str(kind)
    names = dict.keys(event) if isinstance(event, dict) else ()
    return kind_of({name: None for name in names if type(name) is str})


def _without_rules(event: object, kind: str | None) -> dict[str, object] | None:
    """Answer for a scrubber that cannot be built."""
    with suppress(Exception):
        if not disabled():
            if not _warned.is_set():
                _warned.set()
                with suppress(Exception):
                    import logging  # takes some milliseconds, which most programs have paid

                    logging.getLogger("scrubber").warning(
                        "crashscrub could not load its rules and sends stub events instead; "
                        "`scrubber rules check` says why"
                    )
            from scrubber.hook import stand_in  # as above: importing the package does no work

            return stand_in(event, kind, "rules")
    return None


def scrub_text(text: Text, *, policy: str | Policy | None = None) -> Text:
    """Scrub a text.

    Args:
        text: `str` or `bytes`; bytes are read as UTF-8, other bytes are kept.
        policy: the id of a policy, a policy, or None for `balanced`.

    Returns:
        The scrubbed text, of the same kind; `[scrub-failed]` for what could not be scrubbed.

    Raises:
        TypeError: it is neither.
        ScrubberError: there is no such policy, or the packaged rules cannot be loaded.

    >>> scrub_text("login jane@example.com from 192.0.2.17 port 22")
    'login [email] from [ip] port 22'
    """
    return scrubber_for(policy).scrub_text(text)


def scrub_many(texts: Iterable[Text], *, policy: str | Policy | None = None) -> list[Text]:
    """Scrub many texts; the same results as `scrub_text` one by one.

    Args:
        texts: unrelated texts.
        policy: as for `scrub_text`.

    Returns:
        The scrubbed texts, in order.

    >>> scrub_many(["192.0.2.17", "ok"])
    ['[ip]', 'ok']
    """
    return scrubber_for(policy).scrub_many(texts)


def scan(text: str, *, policy: str | Policy | None = None) -> list[Finding]:
    """Find what would be redacted.

    Args:
        text: any string.
        policy: as for `scrub_text`.

    Returns:
        Disjoint findings in order: half-open code points, entity, rule, confidence; no text.

    Raises:
        ScrubberError: something inside failed.

    >>> [(one.start, one.end, one.entity) for one in scan("from 192.0.2.17")]
    [(5, 15, 'IP_ADDRESS')]
    """
    return scrubber_for(policy).scan(text)


def scrub_exception(
    exc: BaseException | type[BaseException],
    value: BaseException | None = None,
    tb: TracebackType | None = None,
) -> str:
    r"""Give a scrubbed traceback, or print it: `sys.excepthook = scrub_exception`.

    Args:
        exc: the exception; its type, when called as an excepthook.
        value: the exception, when called as an excepthook.
        tb: its traceback, when called as an excepthook.

    Returns:
        The traceback with causes, contexts, groups and notes, scrubbed; a marker when that fails.

    >>> scrub_exception(ValueError("no mail for jane@example.com"))
    'ValueError: no mail for [email]\n'
    """
    as_hook = isinstance(exc, type)
    try:
        text = _scrubbed_traceback(exc, value if isinstance(exc, type) else exc, tb)
    except Exception:  # noqa: BLE001  # promise 1
        text = f"{FAILED}\n"
    except BaseException:
        if not as_hook:
            raise
        # Python prints the raw traceback of what a hook lets out.
        text = f"{FAILED}\n"
    if as_hook:
        with suppress(Exception):  # as above: a closed stderr too
            sys.stderr.write(text)
    return text


def _scrubbed_traceback(
    exc: BaseException | type[BaseException],
    error: BaseException | None,
    tb: TracebackType | None,
) -> str:
    if error is None:  # an old-style raise of a class gives the hook no value
        lines = [f"{getattr(exc, '__name__', FAILED)}\n"]
    else:
        lines = traceback.format_exception(type(error), error, tb or error.__traceback__)
    return scrub_text("".join(lines))
