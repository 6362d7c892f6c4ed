"""
Records of `logging`, scrubbed before a handler sees them.

A filter on a logger is not asked about the records of its children, so it stands on handlers. It
comes last among a handler's filters, to see what others put into the record.

From Python 3.12 on a filter may give another record to its handler, and the program's own stays as
it was: a second handler without the filter, or Sentry's, gets the original. Before 3.12 there is
one record for all, so it is rewritten, and every handler after this one gets the scrubbed one.

Promise: a handler with the filter gets a scrubbed record, or a marker, or with `SCRUBBER_DISABLE`
none; never a raw one. The objects a program logs are never changed.
"""

from __future__ import annotations

import copy
import logging
import sys
import threading
from typing import TYPE_CHECKING, Any, Final, cast

from scrubber.integrations.batching import ScrubHandler
from scrubber.integrations.record import RecordScrubber, apply, failed
from scrubber.pipeline import warn
from scrubber.switches import disabled

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scrubber.pipeline import Scrubber

__all__ = ["ScrubFilter", "ScrubHandler", "install_logging", "uninstall_logging"]

REPLACES: Final = sys.version_info >= (3, 12)
"""Whether a filter may give its handler another record."""

DEEPEST: Final = 3
"""Records logged while a record is scrubbed (by an argument's `__str__`) in one another."""


class _Depth(threading.local):
    """How many records this thread is scrubbing."""

    records = 0


class ScrubFilter:
    """A filter for handlers that scrubs their records.

    Attributes:
        failures: how many records were replaced by a marker.

    >>> record = logging.makeLogRecord({"msg": "mail to %s", "args": ("jane@example.com",)})
    >>> ScrubFilter().filter(record).getMessage()
    'mail to [email]'
    """

    def __init__(self, scrubber: Scrubber | None = None) -> None:
        """Make a filter; nothing is built before its first record.

        Args:
            scrubber: what looks and replaces; None for the one the facade uses.
        """
        self.failures = 0
        self._records = RecordScrubber(scrubber)
        self._depth = _Depth()

    def filter(self, record: logging.LogRecord) -> Any:  # noqa: ANN401  # typed otherwise by each Python
        """Scrub a record.

        Args:
            record: rewritten before Python 3.12, else left as it is.

        Returns:
            The scrubbed record, which is the given one where nothing had to change; False with
            `SCRUBBER_DISABLE`, or when not even a marker can be made.
        """
        depth = self._depth
        depth.records += 1
        try:
            if disabled():
                return False
            if depth.records > DEEPEST:
                return self._failed(record)
            changes = self._records.changes(record)
            return record if changes is None else apply(changes, _own(record))
        except Exception:  # noqa: BLE001  # promise 1
            return self._failed(record)
        finally:
            depth.records -= 1

    def _failed(self, record: logging.LogRecord) -> Any:  # noqa: ANN401
        try:
            self.failures += 1
            stub = apply(failed(record), _own(record))
        except Exception:  # noqa: BLE001  # as above; what cannot be replaced is dropped
            return False
        if self.failures == 1:
            told = "gave a marker instead; ScrubFilter.failures counts further ones"
            warn(f"crashscrub could not scrub a log record and {told}")
        return stub


def _own(record: logging.LogRecord) -> logging.LogRecord:
    """Give a record that may be written to."""
    if not REPLACES:
        return record
    if type(record) is not logging.LogRecord:
        return copy.copy(record)
    other = object.__new__(logging.LogRecord)  # a fifth of the time of `copy`
    other.__dict__ = record.__dict__.copy()
    return other


def install_logging(
    handlers: Iterable[logging.Handler] | None = None, *, scrubber: Scrubber | None = None
) -> ScrubFilter:
    """Put a filter on handlers, last among theirs; again, after handlers were added or changed.

    Args:
        handlers: None for all there are now: those of the root logger, of every other logger, and
            the one `logging` uses when there is none.
        scrubber: what looks and replaces; None for the one the facade uses.

    Returns:
        The filter; it stands in place of one put there before.
    """
    chosen = _handlers() if handlers is None else list(handlers)
    own = ScrubFilter(scrubber)
    for handler in chosen:
        if not isinstance(handler, ScrubHandler):  # which scrubs by itself
            old = [one for one in handler.filters if isinstance(one, ScrubFilter)]
            handler.addFilter(cast("logging.Filter", own))
            for one in old:  # only now: there is no moment without
                handler.removeFilter(cast("logging.Filter", one))
    if handlers is None and not logging.getLogger().handlers:
        warn("install_logging found no handler at the root; call it again after there is one")
    return own


def uninstall_logging(handlers: Iterable[logging.Handler] | None = None) -> None:
    """Take the filters off again.

    Args:
        handlers: None for all there are.
    """
    for handler in _handlers() if handlers is None else list(handlers):
        for one in [one for one in handler.filters if isinstance(one, ScrubFilter)]:
            handler.removeFilter(cast("logging.Filter", one))


def _handlers() -> list[logging.Handler]:
    root = logging.getLogger()
    loggers = [root, *list(root.manager.loggerDict.values())]
    found = [one for logger in loggers for one in getattr(logger, "handlers", ())]
    return [*found, logging.lastResort] if logging.lastResort else found
