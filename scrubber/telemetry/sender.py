"""
What waits to be sent, and the thread that sends it.

The program that records an event must not notice: it appends to a bounded queue and goes on. A
thread of the daemon kind, started with the first event, does everything that can take time or fail.

`queue.SimpleQueue` wakes it, since a destructor or a signal handler may record an event while the
same thread is in the middle of recording one: `Event` and `Condition` would wait for themselves.

Promise: `put` waits for nothing; the thread keeps no program alive and prints nothing.
"""

from __future__ import annotations

import threading
from collections import deque
from contextlib import suppress
from queue import Empty, SimpleQueue
from time import monotonic, sleep
from typing import TYPE_CHECKING, Final

from scrubber.telemetry.forks import importing
from scrubber.telemetry.limits import EVENTS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scrubber.telemetry.parameters import Value
    from scrubber.telemetry.tally import Tally

THREAD: Final = "crashscrub-usage"
"""What the thread is called, for who lists threads."""

_EVENT: Final = "event"
_FLUSH: Final = "flush"
_STOP: Final = "stop"

_MOST_SIGNALS: Final = 16
_LOOK: Final = 0.005

Waiting = tuple[str, "Mapping[str, Value]"]
"""An event that waits: its name, and its parameters as they were reduced."""


class Sender:
    """A bounded queue and its thread; for one process, since a fork copies neither."""

    def __init__(
        self,
        deliver: Callable[[list[Waiting]], bool],
        warm: Callable[[], object],
        tally: Tally,
        *,
        waiting: int,
        linger: float,
    ) -> None:
        """Make it; nothing is started.

        Args:
            deliver: sends events; tells whether those that still wait may be sent, too.
            warm: called by the thread before the first event.
            tally: counts what is lost here.
            waiting: how many events wait at most.
            linger: seconds in which events are gathered for one request.
        """
        self._deliver = deliver
        self._warm = warm
        self._tally = tally
        self._queue: deque[Waiting] = deque(maxlen=waiting)
        self._linger = linger
        self._signals: SimpleQueue[str] = SimpleQueue()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None
        self._busy = False
        self._closed = False

    def put(self, event: Waiting) -> None:
        """Let an event wait; the oldest goes where there are too many.

        Args:
            event: its name and its parameters.
        """
        if self._closed:
            self._tally.add("overflowed")
            return
        if len(self._queue) == self._queue.maxlen:
            self._tally.add("overflowed")
        self._queue.append(event)
        self._start()
        if self._signals.empty():
            self._signals.put(_EVENT)

    def discard(self) -> int:
        """Drop what waits.

        Returns:
            How many events that were.
        """
        dropped = 0
        with suppress(IndexError):
            while True:
                self._queue.popleft()
                dropped += 1
        return dropped

    def flush(self, timeout: float) -> bool:
        """Send what waits now, and wait for that.

        Args:
            timeout: seconds to wait at most.

        Returns:
            Whether nothing waits or is on its way any more.
        """
        until = monotonic() + timeout
        if self._queue:
            self._start()
            self._signal(_FLUSH)
        while self._queue or self._busy:
            left = until - monotonic()
            if left <= 0:
                return False
            sleep(min(left, _LOOK))
        return True

    def close(self) -> None:
        """Take no more, and end the thread once it has sent what it has in hand."""
        self._closed = True
        self._signal(_STOP)

    def _signal(self, what: str) -> None:
        # Many may wait for a thread that stands still; one of each kind is enough.
        if self._signals.qsize() < _MOST_SIGNALS:
            self._signals.put(what)

    def _start(self) -> None:
        """Start the thread, unless it runs or is being started."""
        if self._thread is not None and self._thread.is_alive():
            return
        if not self._starting.acquire(blocking=False):
            return
        try:
            thread = threading.Thread(target=self._run, name=THREAD, daemon=True)
            thread.start()
            self._thread = thread
        finally:
            self._starting.release()

    def _run(self) -> None:
        """Send whatever comes, until told to stop."""
        try:
            with importing():
                self._warm()
            while not self._closed:
                self._gather()
                self._work()
        except BaseException:  # noqa: BLE001  # Python would print a traceback of the host's program
            with suppress(BaseException):
                self._tally.add("failed", self.discard())

    def _gather(self) -> None:
        """Wait for an event, and then a while for others."""
        signal = self._signals.get()
        until = monotonic() + self._linger
        with suppress(Empty):
            while signal == _EVENT and len(self._queue) < EVENTS:
                signal = self._signals.get(timeout=max(until - monotonic(), 0))

    def _work(self) -> None:
        """Send what waits."""
        self._busy = True  # before the queue is looked at: `flush` reads them the other way round
        try:
            while batch := self._taken():
                if not self._sent(batch):
                    self._tally.add("withheld", self.discard())
        finally:
            self._busy = False

    def _sent(self, batch: list[Waiting]) -> bool:
        try:
            return self._deliver(batch)
        except Exception:  # noqa: BLE001  # the next batch may fare better
            self._tally.add("failed", len(batch))
            return True

    def _taken(self) -> list[Waiting]:
        batch: list[Waiting] = []
        with suppress(IndexError):
            while len(batch) < EVENTS:
                batch.append(self._queue.popleft())
        return batch
