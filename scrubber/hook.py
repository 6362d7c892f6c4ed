"""
What a hook answers: the scrubbed event; when that fails, less of it; when that fails, nothing.

    all of it, scrubbed  ->  what its place tells, and paths  ->  a stub of its frames  ->  nothing

Promise: it never raises, nothing raw is in what it gives, and what failed is counted.
"""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, Final, cast

from scrubber.errors import BudgetError, UnitError
from scrubber.event_texts import EventTexts
from scrubber.events import EventScrub
from scrubber.redact.path_fields import frame_path
from scrubber.redact.placeholders import FAILED
from scrubber.switches import disabled
from scrubber.units.fields import KINDS, TABLE, kind_of
from scrubber.units.stub import stub_event, stub_report

if TYPE_CHECKING:
    from collections.abc import Callable

    from scrubber.attachments import ScrubsText
    from scrubber.wirings import Wirings

LONGEST_PATH: Final = 1024
"""Of a path that is told of an event that could not be scrubbed, in code points."""

_SURE: Final = frozenset({"event_id", "level", "message", "platform", "tags", "timestamp", "type"})

_EVENTS: Final = frozenset({None, "event", "feedback", "replay_event", "transaction"})
"""Kinds for which an event can stand in."""


def answer(  # noqa: PLR0913, PLR0917  # a hook has as many sides
    event: Any,  # noqa: ANN401  # the JSON border
    hint: Any,  # noqa: ANN401
    kind: str | None,
    wirings: Wirings,
    scrubber: ScrubsText,
    on_failure: Callable[[str], None],
) -> dict[str, Any] | None:
    """Answer a hook.

    Args:
        event: what it was given.
        hint: what the SDK knows about it; its attachments are scrubbed in place.
        kind: what the event is, or None where its fields tell.
        wirings: what it goes through.
        scrubber: scrubs texts.
        on_failure: called for each unit that was replaced, and for an event that was.

    Returns:
        A new event, or None to send nothing.
    """
    try:
        if disabled():
            # An SDK sends the span itself in place of none.
            return stub_report(event, _kind(event, kind), reason="disabled")
        if isinstance(hint, dict) and dict.get(hint, "attachments"):
            from scrubber.attachments import scrub_hint  # few events have any

            for _ in range(scrub_hint(hint, scrubber, others=wirings.policy.attachments)):
                on_failure("attachment")
        known = kind if kind in KINDS else None  # another is a slip, and costs no report
        return EventScrub(wirings.events, on_failure, known).scrub(event)
    except BudgetError:
        reason = "budget"
    except UnitError:
        reason = "unit"
    except Exception:  # noqa: BLE001  # promise 1
        reason = "error"
    with suppress(Exception):
        on_failure("event")
        return stand_in(event, kind, reason, path=partial(_told, wirings))
    return None


def stand_in(
    event: object,
    kind: str | None,
    reason: str,
    *,
    path: Callable[[str, str], str | None] | None = None,
) -> dict[str, Any] | None:
    """Give what is sent in place of a report that could not be scrubbed.

    Args:
        event: the report; anything.
        kind: what it is, or None where its fields tell.
        reason: why, in one word.
        path: as for `stub_event`.

    Returns:
        A stub of its kind, or None where a kind has none.
    """
    kind = _kind(event, kind)
    if kind not in _EVENTS:
        return stub_report(event, kind, reason=reason)
    kept: dict[str, object] = {}
    with suppress(Exception):  # the stub says enough
        if path is not None:
            from scrubber.units.reduced import Reduced  # few events need it

            kept = Reduced(path).of(event, TABLE.root(kind or "event"))
    if not kept:
        return stub_event(event, reason=reason, path=path)
    return {**kept, **_sure(stub_event(event, reason=reason))}


def _sure(stub: dict[str, object]) -> dict[str, object]:
    """Give the fields of a stub that are its own; its frames tell less than what was kept."""
    return {name: value for name, value in stub.items() if name in _SURE}


def _kind(event: object, kind: str | None) -> str | None:
    """Tell what a report is, where nobody has; None where its fields tell nothing."""
    if kind not in KINDS and issubclass(type(event), dict):
        with suppress(Exception):  # then it is taken for an event
            names = dict.keys(cast("dict[object, object]", event))
            return kind_of({key: None for key in names if type(key) is str})
    return kind


def _told(wirings: Wirings, path: str, file: str) -> str | None:
    """Tell what may be told of a path in an event that could not be scrubbed."""
    if len(path) > LONGEST_PATH:
        return None
    failed: list[str] = []
    new = EventTexts(wirings.events, failed.append, remarked=False).redact(path)
    if failed or FAILED in new:
        return None
    return frame_path(new, file) if new == path else new
