r"""
Processes beside this one that do work for it.

Threads were rejected: one interpreter runs one of them at a time. An executor of the standard
library was, too: when one process dies, all that was under way is lost.

Promise: a process that dies is replaced, and what it was at is done again; what ends a second one
is told of as such. What a process did before it died is kept. No process outlives the command.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any, Final, Generic, Self, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

Item = TypeVar("Item")

TRIES: Final = 2
"""How many processes a piece of work may end before it is given up."""
ENDED: Final = "ended"
"""The problem of work that was given up."""

_PATIENCE: Final = 5.0
_PR_SET_PDEATHSIG: Final = 1


@dataclass(frozen=True, slots=True)
class Answer(Generic[Item]):
    """What became of a piece of work.

    Attributes:
        item: what was sent.
        made: what was made of it; None after a problem.
        problem: `ENDED`, or the name of the class of an error; "" where it is done.
    """

    item: Item
    made: Any = None
    problem: str = ""


@dataclass(slots=True, eq=False)
class _Sent(Generic[Item]):
    """A piece of work on its way, and how many processes it has ended."""

    item: Item
    ended: int = 0


class Processes(Generic[Item]):
    """Processes that all do the same; begun when they are first needed."""

    def __init__(
        self,
        begin: Callable[[Any], Callable[[Item, Callable[[int], None]], object]],
        given: object,
        count: int,
        heard: Callable[[Item, int], object] | None = None,
    ) -> None:
        """Begin no process.

        Args:
            begin: called once in each process; gives what is called with each piece of work, and
                with what it may tell numbers to while it is at it.
            given: what `begin` is called with.
            count: how many processes.
            heard: called with a piece of work and a number that was told.
        """
        self._heard = heard
        # A copy of this process has all that is made already; where that is not safe, another one
        # loads it.
        self.forks = sys.platform == "linux"
        self._context: Any = multiprocessing.get_context("fork" if self.forks else "spawn")
        self._begin_work, self._given, self._count = begin, given, count
        self._processes: dict[Connection, BaseProcess] = {}
        self._at_work: dict[Connection, deque[_Sent[Item]]] = {}
        self._again: deque[_Sent[Item]] = deque()
        self._lost: list[Answer[Item]] = []

    def __enter__(self) -> Self:
        """Give them, to be ended by the `with` block."""
        return self

    def __exit__(self, *_error: object) -> None:
        """End all processes."""
        for connection in list(self._processes):
            self._end(connection)

    @property
    def idle(self) -> bool:
        """Whether one of them has nothing to do."""
        return len(self._at_work) < self._count and not self._again

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return bool(self._at_work or self._again or self._lost)

    def send(self, items: Iterable[Item]) -> None:
        """Hand work to an idle process, which answers each piece as it is done.

        Args:
            items: pieces of work; few and small ones are sent together to save time.
        """
        self._hand_on(deque(_Sent(item) for item in items))

    def answers(self) -> list[Answer[Item]]:
        """Wait for a process to say something, or to die.

        Returns:
            What is known now; nothing where a process told how far it is, or died and another one
            took its work.
        """
        waiting = list(self._at_work) if not self._lost else []
        for one in wait(waiting) if waiting else ():  # for nothing it would wait for ever
            connection: Any = one
            queue = self._at_work[connection]
            try:
                done, made = connection.recv()
            except (EOFError, OSError):
                self._replace(connection)
                continue
            if done is None:
                if self._heard:
                    self._heard(queue[0].item, made)
                continue
            item = queue.popleft().item
            self._lost.append(Answer(item, made) if done else Answer(item, problem=made))
            if not queue:
                del self._at_work[connection]
        while self._again and len(self._at_work) < self._count:
            self._hand_on(deque([self._again.popleft()]))
        told, self._lost = self._lost, []
        return told

    def stop(self) -> None:
        """End those at work, and forget it: an answer would be taken for that of other work."""
        for connection in list(self._at_work):
            self._end(connection)
        self._again.clear()
        self._lost.clear()

    def _hand_on(self, queue: deque[_Sent[Item]]) -> None:
        items = [sent.item for sent in queue]
        for idle in [one for one in self._processes if one not in self._at_work]:
            try:
                idle.send(items)
            except OSError:  # it died before, of something else
                self._end(idle)
            else:
                self._at_work[idle] = queue
                return
        connection = self._begin()
        self._at_work[connection] = queue
        try:
            connection.send(items)
        except OSError:
            self._replace(connection)

    def _replace(self, connection: Connection) -> None:
        """Have others do what a dead process did not do; it died of what it was at."""
        queue = self._at_work[connection]
        self._end(connection)
        queue[0].ended += 1
        if queue[0].ended >= TRIES:
            self._lost.append(Answer(queue.popleft().item, problem=ENDED))
        # One by one, so that what ends a process again takes nothing with it.
        self._again.extend(queue)

    def _begin(self) -> Connection:
        ours, theirs = self._context.Pipe()
        # A copy of this process holds the ends of the others, too.
        others = [ours, *self._processes] if self.forks else []
        process = self._context.Process(
            target=_work, args=(self._begin_work, self._given, theirs, others), daemon=True
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


def _die_with_parent() -> None:
    """Have this process killed when who began it ends, in the middle of a piece of work, too."""
    if sys.platform == "linux":
        with suppress(Exception):  # no libc of that kind: it ends behind the piece it is at
            import ctypes

            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        parent = multiprocessing.parent_process()
        if parent is not None and parent.pid != os.getppid():  # it was too late for that
            os._exit(1)


def _work(
    begin: Callable[[Any], Callable[[Any, Callable[[int], None]], object]],
    given: object,
    connection: Connection,
    others: Sequence[Connection],
) -> None:
    """Do one piece of work after the other, until there is no more; the body of a process."""
    # Ctrl-C reaches all processes of a terminal; the command ends these.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_DFL)
    for other in others:
        other.close()
    _die_with_parent()
    work: Callable[[Any, Callable[[int], None]], object] | None = None

    def tell(number: int) -> None:
        connection.send((None, number))

    parent = multiprocessing.parent_process()
    with suppress(Exception):  # whoever asked is gone; or they take it as that of a dead process
        while connection in wait([connection, parent.sentinel] if parent else [connection]):
            for item in connection.recv():
                try:
                    work = work or begin(given)
                    answer: tuple[bool, object] = (True, work(item, tell))
                except Exception as error:  # noqa: BLE001  # what it says could be text
                    answer = (False, type(error).__name__)
                connection.send(answer)
