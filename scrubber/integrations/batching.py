"""
A handler of `logging` that scrubs records together, in a thread of its own.

The program pays for a snapshot of each record (its message is formatted, since what it logs may
change) and goes on. A daemon thread takes all that wait, scrubs their texts in one go, which is
what the fast engine is fast at, and hands the records to another handler, in order.

Promise: what waits is bounded. What comes when the queue is full is dropped and counted, and the
number is told by a line in the log; it is never passed on raw. What waits is handed over at exit,
after a crash, and when a process of `multiprocessing` ends; a child of `fork` begins with an empty
queue, and its parent keeps what waited. Nothing can be done where Python does not run any more:
`SIGKILL`, `os._exit`, a fault of the interpreter.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
import weakref
from collections import deque
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, Final

from scrubber.default import scrubber_for
from scrubber.integrations.crash import after_crash
from scrubber.integrations.record import RecordScrubber, apply, failed
from scrubber.integrations.snapshot import snapshot
from scrubber.switches import disabled

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scrubber.pipeline import Scrubber

PATIENCE: Final = 10.0
"""Seconds somebody who flushes waits for the records that are being handed over."""

_STOP: Final = "stop"
_MORE: Final = "more"


class ScrubHandler(logging.Handler):
    """Scrubs records in the background and hands them to another handler.

    Attributes:
        target: the other handler.
        dropped: how many records were dropped: the queue was full, the target logged them while it
            wrote, or not even a marker could be made.
        failures: how many records were replaced by a marker.
    """

    def __init__(  # noqa: PLR0913  # each is a choice of its own
        self,
        target: logging.Handler,
        *,
        scrubber: Scrubber | None = None,
        capacity: int = 10_000,
        batch: int = 1_000,
        interval: float = 0.2,
        level: int = logging.NOTSET,
    ) -> None:
        """Make it; its thread begins with the first record.

        Args:
            target: what writes the scrubbed records, and formats them; it is not closed with this.
            scrubber: what looks and replaces; None for the one the facade uses.
            capacity: records that may wait; more are dropped.
            batch: records that are scrubbed together.
            interval: seconds a record may wait for others.
            level: of the records it takes.
        """
        super().__init__(level)
        self.target = target
        self.dropped = 0
        self.failures = 0
        self._capacity, self._batch, self._interval = capacity, batch, interval
        self._texts = _Texts(scrubber)
        self._records = RecordScrubber(self._texts)
        self._closed = False
        self._begin()
        flush = weakref.WeakMethod(self.flush)
        self._forget_crash = after_crash(lambda: _call(flush))

    def _begin(self) -> None:
        """Begin with nothing, in this process."""
        self._pid = os.getpid()
        self._waiting: deque[logging.LogRecord] = deque()
        self._bell: SimpleQueue[str] = SimpleQueue()  # its `put` may be interrupted by another
        self._rung = False
        self._told = self.dropped
        self._taking = threading.RLock()
        self._working = threading.RLock()
        self._delivering = 0
        self._thread: threading.Thread | None = None

    def handle(self, record: logging.LogRecord) -> Any:  # noqa: ANN401  # by each Python otherwise
        """Take a record without the lock of handlers: who flushes at exit holds that, and waits.

        Args:
            record: it stays as it is.

        Returns:
            What the filters of this handler say of it.
        """
        kept: Any = self.filter(record)
        if kept:
            self.emit(kept if isinstance(kept, logging.LogRecord) else record)
        return kept

    def emit(self, record: logging.LogRecord) -> None:
        """Take a record; it is scrubbed and handed over later.

        Args:
            record: it stays as it is.
        """
        try:
            self._queue(record)
        except Exception:  # noqa: BLE001  # promise 1; `handleError` would print the record
            self.dropped += 1

    def _queue(self, record: logging.LogRecord) -> None:
        if disabled():
            return
        if self._pid != os.getpid():
            self._begin()
        # What the target logs while it writes would be written, and so on without end.
        taken = self._delivering != threading.get_ident() and len(self._waiting) < self._capacity
        now = _snapshot(record) if taken else None
        with self._taking:
            if now is None or len(self._waiting) >= self._capacity:
                self.dropped += 1
                return
            self._waiting.append(now)
            more = not self._rung or len(self._waiting) == self._batch
            self._rung = True
        if self._closed or not self._running():
            self._hand_over()
        elif more:
            self._bell.put(_MORE)

    def flush(self) -> None:
        """Hand over everything that waits, now and in this thread."""
        with suppress(Exception):  # as above: at exit, Python would print what it says
            if self._pid == os.getpid() and self._delivering != threading.get_ident():
                self._hand_over()
            self.target.flush()

    def close(self) -> None:
        """Hand over everything that waits and end the thread; later records are not queued."""
        if not self._closed:
            self._closed = True
            self._forget_crash()
            self._bell.put(_STOP)
            self.flush()
        super().close()

    def _running(self) -> bool:
        if self._thread is None:
            thread = threading.Thread(
                target=_work, args=(weakref.ref(self), self._bell), name="scrubber", daemon=True
            )
            try:
                thread.start()
            except RuntimeError:  # the interpreter is about to end, or there are too many
                return False
            self._thread = thread
            weakref.finalize(self, self._bell.put, _STOP).atexit = False
            _at_process_exit(weakref.WeakMethod(self.flush))
        return True

    def _hand_over(self) -> None:
        mine = self._working.acquire(timeout=PATIENCE)
        try:
            self._rung = False  # before anything is taken: what comes now rings again
            left = len(self._waiting)  # not until nothing waits: others may be faster than this
            while left > 0:
                taken = self._take(min(left, self._batch))
                left -= self._batch
                try:
                    self._deliver(self._scrubbed(taken))
                except Exception:  # noqa: BLE001  # promise 1
                    self.dropped += len(taken)
            self._deliver(self._overflow())
        finally:
            if mine:
                self._working.release()

    def _take(self, most: int) -> list[logging.LogRecord]:
        taken = []
        with suppress(IndexError):
            for _ in range(most):
                taken.append(self._waiting.popleft())  # noqa: PERF401  # keep what was taken
        return taken

    def _scrubbed(self, records: Sequence[logging.LogRecord]) -> list[logging.LogRecord]:
        with suppress(Exception):  # then each is asked for by itself
            self._texts.learn([text for one in records for text in _texts_of(one)])
        done = [self._one(record) for record in records]
        self._texts.forget()
        return done

    def _one(self, record: logging.LogRecord) -> logging.LogRecord:
        try:
            changes = self._records.changes(record)
            return record if changes is None else apply(changes, record)
        except Exception:  # noqa: BLE001  # promise 1
            self.failures += 1
            return _marker(record)

    def _overflow(self) -> list[logging.LogRecord]:
        with self._taking:
            new, self._told = self.dropped - self._told, self.dropped
        if not new:
            return []
        told = "%d log records were dropped by ScrubHandler; ScrubHandler.dropped says why"
        fields = {"name": "scrubber", "levelno": logging.WARNING, "levelname": "WARNING"}
        return [logging.makeLogRecord({**fields, "msg": told, "args": (new,)})]

    def _deliver(self, records: Sequence[logging.LogRecord]) -> None:
        if disabled():
            return
        before, self._delivering = self._delivering, threading.get_ident()
        try:
            for record in records:
                if record.levelno >= self.target.level:
                    with suppress(Exception):  # the next one may be written
                        self.target.handle(record)
        finally:
            self._delivering = before


class _Texts:
    """A scrubber that has scrubbed the texts of a batch already."""

    def __init__(self, scrubber: Scrubber | None) -> None:
        self._given = scrubber
        self._known: dict[str, str] = {}

    @property
    def _real(self) -> Scrubber:
        self._given = found = self._given or scrubber_for()
        return found

    def learn(self, texts: Sequence[str]) -> None:
        distinct = list(dict.fromkeys(texts))
        self._known = dict(zip(distinct, self._real.scrub_many(distinct), strict=True))

    def forget(self) -> None:
        self._known = {}

    def scrub_text(self, text: str) -> str:
        known = self._known.get(text)
        return self._real.scrub_text(text) if known is None else known

    def scrub(self, event: dict[str, Any]) -> dict[str, Any] | None:
        return self._real.scrub(event)

    def scan(self, text: str) -> Any:  # noqa: ANN401
        return self._real.scan(text)


def _snapshot(record: logging.LogRecord) -> logging.LogRecord:
    try:
        return snapshot(record)
    except Exception:  # noqa: BLE001  # the caller's code
        return _marker(record)


def _marker(record: logging.LogRecord) -> logging.LogRecord:
    return logging.makeLogRecord(failed(record).fields)


def _texts_of(record: logging.LogRecord) -> list[str]:
    texts = (record.getMessage(), record.exc_text, record.stack_info)
    return [text for text in texts if text]


def _work(owner: weakref.ref[ScrubHandler], bell: SimpleQueue[str]) -> None:
    """Hand over what waits when the bell rings, until it says stop or the handler is gone."""
    told = bell.get()
    while told != _STOP:
        handler = owner()
        if handler is None:
            return
        wait = handler._interval  # noqa: SLF001  # its own thread
        del handler  # so that it can go while this waits
        with suppress(Empty):
            told = bell.get(timeout=wait)
        handler = owner()
        if handler is None or told == _STOP:
            return
        with suppress(Exception):  # the next records may be handed over
            handler._hand_over()  # noqa: SLF001
        del handler
        told = bell.get()


def _call(flush: Callable[[], Callable[[], None] | None]) -> None:
    method = flush()
    if method is not None:
        method()


def _at_process_exit(flush: Callable[[], Callable[[], None] | None]) -> None:
    """Flush where a process ends without Python's own exit, as those of `multiprocessing` do."""
    util: Any = sys.modules.get("multiprocessing.util")
    if util is not None:
        util.Finalize(None, _call, args=(flush,), exitpriority=100)
