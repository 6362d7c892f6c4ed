"""
Events of structlog, scrubbed before they are rendered.

    structlog.configure(processors=[..., scrub_event, structlog.processors.JSONRenderer()])

It stands last before the renderer, so that it sees what all others put in. An exception becomes its
scrubbed traceback here: a renderer that is given the exception itself shows local variables.

Promise: what comes out holds nothing raw. When something fails a marker stands for the event, and
with `SCRUBBER_DISABLE` the event is dropped.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Final

from scrubber.default import scrubber_for
from scrubber.integrations.stand_in import scrubbed_traceback
from scrubber.integrations.values import scrub_values
from scrubber.redact.placeholders import FAILED
from scrubber.switches import disabled

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, MutableMapping

    from scrubber.pipeline import Scrubber

    Processor = Callable[[Any, str, MutableMapping[str, Any]], Mapping[str, Any]]

_ITS_OWN: Final = frozenset({"_record", "_from_structlog"})
"""Between its own processors; `ProcessorFormatter.remove_processors_meta` takes them away."""

_TEXTS: Final = ("event", "exception", "stack")
"""What is read as text: a path in a field is made shorter."""

_LEVELS: Final = frozenset({"debug", "info", "warning", "error", "critical", "exception"})
_TRIPLE: Final = 3


def scrub_event(logger: Any, method_name: str, event_dict: Mapping[str, Any]) -> dict[str, Any]:  # noqa: ANN401
    """Scrub an event: a processor.

    Args:
        logger: not used.
        method_name: how it was logged.
        event_dict: the event; it stays as it is.

    Returns:
        A new event; `exc_info` is gone, and the scrubbed traceback stands under `exception`.

    Raises:
        structlog.DropEvent: `SCRUBBER_DISABLE` is set.

    >>> scrub_event(None, "info", {"event": "mail to jane@example.com", "token": "x"})
    {'event': 'mail to [email]', 'token': '[secret]'}
    """
    return processor()(logger, method_name, event_dict)  # type: ignore[arg-type, return-value]


def processor(scrubber: Scrubber | None = None) -> Processor:
    """Make a processor like `scrub_event` with a scrubber of its own.

    Args:
        scrubber: what looks and replaces; None for the one the facade uses.

    Returns:
        The processor.
    """

    def process(_logger: Any, method: str, event: Mapping[str, Any]) -> Mapping[str, Any]:  # noqa: ANN401
        if disabled():
            from structlog import DropEvent  # it is there: nobody else calls this

            raise DropEvent
        try:
            return _scrubbed(event, scrubber or scrubber_for())
        except Exception:  # noqa: BLE001  # promise 1
            return {"event": FAILED, "level": method if method in _LEVELS else "error"}

    return process


def _scrubbed(event: Mapping[str, Any], scrubber: Scrubber) -> dict[str, Any]:
    scrub = scrubber.scrub_text
    fields = {name: value for name, value in event.items() if name not in _ITS_OWN}
    error = _error(fields.pop("exc_info", None))
    texts = {name: text for name in _TEXTS if isinstance(text := fields.get(name), str)}
    done = scrub_values(fields | dict.fromkeys(texts, ""), scrubber)
    done |= {name: scrub(text) for name, text in texts.items()}
    if error is not None:
        done["exception"] = scrubbed_traceback(error, error.__traceback__, scrub)
    return done | {name: event[name] for name in _ITS_OWN & event.keys()}


def _error(given: object) -> BaseException | None:
    """Tell which exception is meant, as structlog does."""
    if isinstance(given, tuple) and len(given) == _TRIPLE:
        given = given[1]
        return given if isinstance(given, BaseException) else None
    if isinstance(given, BaseException):
        return given
    return sys.exc_info()[1] if given else None
