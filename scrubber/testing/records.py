"""
What handlers of `logging` are given, after their filters and formatters.

A record counts as a handler would write it: a filter that scrubs has been asked, and a formatter
with a `format` of its own decides what of the record is written. Logging's own formatter only
picks fields, and the next format string may pick others, so there the extra fields count as well.

Handlers of pytest and unittest are no handlers of the program, nor are those that hand records on
(to a queue, a buffer, Sentry, or scrubbed to another handler): what becomes of a record there is
seen there. A record that meets no handler of the program is judged as `logging.lastResort` would
get it, since somebody else's program will have one.

Promise: a handler is called once, as ever, and gets the very record it would have got.
"""

from __future__ import annotations

import copy
import logging
import logging.handlers
import threading
import traceback
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from scrubber.testing.capture import UNREAD, Capture, Caught, copied, current

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_GIVEN: Final = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_LABELS: Final = ("name", "threadName", "processName", "taskName")
"""What is a field of every record and names somebody, if the program says so. Where the call
stands (`pathname`) counts where it is written."""

_OTHERS: Final = ("_pytest.", "pytest_", "sentry_sdk.", "unittest.")
_HANDING_ON: Final = (logging.handlers.QueueHandler, logging.handlers.MemoryHandler)


class _Frame:
    """One call of a handler."""

    def __init__(self, handler: logging.Handler) -> None:
        self.handler = handler
        self.record: logging.LogRecord | None = None
        self.text: str | None = None


class _Here(threading.local):
    """What is going on in this thread."""

    def __init__(self) -> None:
        self.frames: list[_Frame] = []
        self.noted: list[int] = []
        self.noting = False


_here = _Here()
_handle = logging.Handler.handle
_format = logging.Handler.format


class _Calls:
    """`Logger.callHandlers`, followed by a look at who was called.

    Sentry's integration puts a wrapper of its own around it, once for all, so it may not be
    possible to take this off again. It does nothing then.
    """

    def __init__(self, inner: Callable[[logging.Logger, logging.LogRecord], None]) -> None:
        self.inner = inner

    def __get__(self, logger: logging.Logger | None, owner: type) -> Any:  # noqa: ANN401  # as a method
        if logger is None:
            return self
        return lambda record: self(logger, record)

    def __call__(self, logger: logging.Logger, record: logging.LogRecord) -> None:
        capture = current()
        if capture is None or _here.noting:
            self.inner(logger, record)
            return
        outer, _here.noted = _here.noted, []
        try:
            self.inner(logger, record)
        finally:
            noted, _here.noted = _here.noted, outer
            _rest(capture, logger, record, noted)


_calls: _Calls | None = None


def watch() -> None:
    """Begin to see what handlers are given."""
    global _calls  # noqa: PLW0603  # logging is one thing as well
    logging.Handler.handle = _handled  # type: ignore[method-assign,assignment]
    logging.Handler.filter = _filtered  # type: ignore[method-assign,assignment]
    logging.Handler.format = _formatted  # type: ignore[method-assign,assignment]
    if _calls is None:
        _calls = _Calls(logging.Logger.callHandlers)
        logging.Logger.callHandlers = _calls  # type: ignore[method-assign,assignment]


def unwatch() -> None:
    """Undo it."""
    global _calls  # noqa: PLW0603  # as above
    logging.Handler.handle = _handle  # type: ignore[method-assign]
    del logging.Handler.filter
    logging.Handler.format = _format  # type: ignore[method-assign]
    if _calls is not None and logging.Logger.__dict__["callHandlers"] is _calls:
        logging.Logger.callHandlers = _calls.inner  # type: ignore[method-assign,assignment]
        _calls = None


def flush() -> None:
    """Have handlers that hand records on do so now."""
    for reference in list(logging._handlerList):  # type: ignore[attr-defined]  # noqa: SLF001  # as logging.shutdown
        handler = reference()
        if handler is not None and _hands_on(handler) and not _foreign(handler):
            with suppress(Exception):
                handler.flush()


def _handled(handler: logging.Handler, record: logging.LogRecord) -> Any:  # noqa: ANN401  # by each Python otherwise
    capture = current()
    if capture is None or _here.noting or _foreign(handler) or _hands_on(handler):
        return _handle(handler, record)
    frame = _Frame(handler)
    _here.frames.append(frame)
    try:
        return _handle(handler, record)
    finally:
        _here.frames.pop()
        _here.noted.append(id(handler))
        if frame.record is not None:
            _note(capture, frame.record, frame.text, own=_own_format(handler))


def _filtered(handler: logging.Handler, record: logging.LogRecord) -> Any:  # noqa: ANN401  # as above
    kept: Any = logging.Filterer.filter(handler, record)
    frame = _here.frames[-1] if _here.frames else None
    if kept and frame is not None and frame.handler is handler:
        frame.record = kept if isinstance(kept, logging.LogRecord) else record
    return kept


def _formatted(handler: logging.Handler, record: logging.LogRecord) -> str:
    text = _format(handler, record)
    frame = _here.frames[-1] if _here.frames else None
    if frame is not None and frame.handler is handler:
        frame.text = text
    return text


def _rest(
    capture: Capture, logger: logging.Logger, record: logging.LogRecord, noted: list[int]
) -> None:
    """See what went past: handlers with a `handle` of their own, and records that nobody took."""
    handlers = [one for one in _chain(logger) if not _foreign(one)]
    for handler in handlers:
        missed = id(handler) not in noted and not _hands_on(handler)
        own = type(handler).handle is not logging.Handler.handle
        if missed and own and record.levelno >= handler.level:
            _note(capture, record, None)
    if not handlers and not noted:
        with suppress(Exception):  # somebody's filter
            last = logging.lastResort
            kept: Any = last.filter(copy.copy(record)) if last is not None else record
            if kept:
                _note(capture, kept if isinstance(kept, logging.LogRecord) else record, None)


def _chain(logger: logging.Logger) -> Iterator[logging.Handler]:
    """Give the handlers a logger calls."""
    now: logging.Logger | None = logger
    while now is not None:
        yield from (one for one in now.handlers if not isinstance(one, logging.NullHandler))
        now = now.parent if now.propagate else None


def _foreign(handler: logging.Handler) -> bool:
    return type(handler).__module__.startswith(_OTHERS)


def _hands_on(handler: logging.Handler) -> bool:
    # By its name: to import it would load the rules.
    scrubs = any(
        one.__name__ == "ScrubHandler" and one.__module__ == "scrubber.integrations.batching"
        for one in type(handler).__mro__
    )
    return scrubs or isinstance(handler, (*_HANDING_ON, logging.NullHandler))


def _own_format(handler: logging.Handler) -> bool:
    """Tell whether somebody's code decides what of a record is written."""
    formatter = handler.formatter
    by_formatter = formatter is not None and type(formatter).format is not logging.Formatter.format
    return by_formatter or type(handler).format is not logging.Handler.format


def _note(
    capture: Capture, record: logging.LogRecord, text: str | None, *, own: bool = False
) -> None:
    """Keep what a handler was given."""
    _here.noting = True  # what an object logs while it is printed is no record of the test's
    capture.records += 1
    name, content = "", UNREAD
    try:
        name = str(record.name)
        content = copied({"text": text} if own and text is not None else _parts(record, text))
    except Exception:  # noqa: BLE001, S110  # it was written, and may hold anything
        pass
    finally:
        capture.caught.append(Caught("log", name, content))
        _here.noting = False


def _parts(record: logging.LogRecord, text: str | None) -> dict[str, object]:
    fields = vars(record)
    parts: dict[str, object] = {name: fields[name] for name in _LABELS if name in fields}
    extra = {name: value for name, value in fields.items() if name not in _GIVEN}
    if text is not None:
        return {"text": text, "extra": extra, **parts}
    try:
        parts["message"] = record.getMessage()
    except Exception:  # noqa: BLE001  # logging prints both to stderr then
        parts |= {"msg": record.msg, "args": record.args}
    if record.exc_text:
        parts["exception"] = record.exc_text
    elif isinstance(record.exc_info, tuple) and record.exc_info[1] is not None:
        with suppress(Exception):  # an exception that cannot be printed
            parts["exception"] = "".join(traceback.format_exception(*record.exc_info))
    if record.stack_info:
        parts["stack"] = record.stack_info
    return {**parts, "extra": extra}
