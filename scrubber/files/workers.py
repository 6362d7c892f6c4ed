r"""
Sections of a document, scrubbed by processes beside this one.

Threads were rejected: one interpreter runs one of them at a time. An executor of the standard
library was, too: when one process dies, all that was under way is lost.

Promise: results come in order, and no more sections are under way than there are processes, and two
more. A process that dies is replaced, and its section is scrubbed again; where that ends a second
one, the document is given up: nothing of it that was not redacted is given. No process outlives the
command.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any, Final, Self

from scrubber.errors import InputError
from scrubber.lines import LineStream
from scrubber.sections import parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    from scrubber.pipeline import Scrubber
    from scrubber.sections import Part, Section

TRIES: Final = 2
"""How many processes a section may end before its document is given up."""

_PATIENCE: Final = 5.0


@dataclass(slots=True)
class _Task:
    """A section on its way.

    Attributes:
        section: the section.
        tries: how many processes took it.
        found: its parts, once they are known.
    """

    section: Section
    tries: int = 0
    found: tuple[Part, ...] | None = None


class Workers:
    """Processes that scrub sections; begun when they are first needed."""

    def __init__(self, scrubber: Scrubber, count: int) -> None:
        """Begin no process.

        Args:
            scrubber: what to scrub with.
            count: how many processes.
        """
        # A copy of this process has all that is wired already; where that is not safe, another one
        # loads it.
        method = "fork" if sys.platform == "linux" else "spawn"
        self._context: Any = multiprocessing.get_context(method)
        self._scrubber = scrubber
        self._count = count
        self._processes: dict[Connection, BaseProcess] = {}
        self._at_work: dict[Connection, _Task] = {}

    def __enter__(self) -> Self:
        """Give them, to be ended by the `with` block."""
        return self

    def __exit__(self, *_error: object) -> None:
        """End all processes."""
        for connection in list(self._processes):
            self._end(connection)

    def scrubbed(self, sections: Iterable[Section]) -> Iterator[tuple[Section, tuple[Part, ...]]]:
        """Scrub sections.

        Args:
            sections: of one document, in order.

        Yields:
            Each with its parts, in order; none for one that is not whole.

        Raises:
            InputError: a section ended two processes.
        """
        coming, order = iter(sections), deque[_Task]()
        more = True
        try:
            while more or order:
                while more and len(order) < self._count + 2 and self._idle():
                    more = self._next(coming, order)
                if order and order[0].found is None:
                    self._receive()
                while order and order[0].found is not None:
                    task = order.popleft()
                    yield task.section, task.found or ()
        finally:
            # Who stops half way does not leave results that the next document would take for its.
            for connection in list(self._at_work):
                self._end(connection)

    def _idle(self) -> bool:
        return len(self._at_work) < self._count

    def _next(self, coming: Iterator[Section], order: deque[_Task]) -> bool:
        """Hand the next section to a process; tell whether there was one."""
        section = next(coming, None)
        if section is None:
            return False
        task = _Task(section)
        order.append(task)
        if section.whole:
            self._send(task)
        else:
            task.found = ()
        return True

    def _send(self, task: _Task) -> None:
        while True:
            if task.tries >= TRIES:
                raise InputError("is given up: a process that scrubbed a part of it ended, twice")
            task.tries += 1
            idle = next((one for one in self._processes if one not in self._at_work), None)
            connection = idle or self._begin()
            self._at_work[connection] = task
            try:
                connection.send(task.section)
            except OSError:  # it is dead
                self._end(connection)
            else:
                return

    def _receive(self) -> None:
        """Wait for a process to say something, or to die."""
        for one in wait(list(self._at_work)):
            connection: Any = one
            task = self._at_work[connection]
            try:
                answer = connection.recv()
            except (EOFError, OSError):
                self._end(connection)
                self._send(task)
                continue
            del self._at_work[connection]
            if isinstance(answer, str):
                raise InputError(f"is given up: internal error: {answer}; please report it")
            task.found = answer

    def _begin(self) -> Connection:
        ours, theirs = self._context.Pipe()
        # A copy of this process holds the ends of the others, too.
        forked = self._context.get_start_method() == "fork"
        others = [ours, *self._processes] if forked else []
        process = self._context.Process(
            target=_work, args=(self._scrubber, theirs, others), daemon=True
        )
        process.start()
        theirs.close()
        self._processes[ours] = process
        return ours  # type: ignore[no-any-return]  # of a context that is not known

    def _end(self, connection: Connection) -> None:
        self._at_work.pop(connection, None)
        process = self._processes.pop(connection)
        connection.close()
        process.terminate()
        process.join(_PATIENCE)
        if process.is_alive():
            process.kill()
            process.join()
        process.close()


def _work(scrubber: Scrubber, connection: Connection, others: Iterable[Connection]) -> None:
    """Scrub one section after the other, until there are no more; the body of a process."""
    # Ctrl-C reaches all processes of a terminal; the command ends these.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_DFL)
    for other in others:
        other.close()
    document = None
    parent = multiprocessing.parent_process()
    with suppress(Exception):  # whoever asked is gone; or they take it as that of a dead process
        while connection in wait([connection, parent.sentinel] if parent else [connection]):
            section = connection.recv()
            try:
                document = document or scrubber.byte_stream()
                answer: object = _parts(document, section)
            except Exception as error:  # noqa: BLE001  # what it says could be text
                answer = type(error).__name__
            connection.send(answer)


def _parts(document: object, section: Section) -> tuple[Part, ...]:
    if not isinstance(document, LineStream):
        return ()  # no engine tells lines apart here; the command itself goes on
    return tuple(parts(document, section))
