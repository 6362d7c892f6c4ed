r"""
Sections of a document, scrubbed by processes beside this one.

Promise: results come in order, and no more sections are under way than there are processes, and two
more. A process that dies is replaced, and its section is scrubbed again; where that ends a second
one, the document is given up: nothing of it that was not redacted is given. No process outlives the
command.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from scrubber.errors import InputError
from scrubber.files.processes import ENDED, Processes
from scrubber.lines import LineStream
from scrubber.sections import parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from scrubber.files.processes import Answer
    from scrubber.pipeline import Scrubber
    from scrubber.sections import Part, Section


@dataclass(slots=True, eq=False)
class _Task:
    """A section on its way, and its parts, once they are known."""

    section: Section
    found: tuple[Part, ...] | None = None


class Workers:
    """Processes that scrub sections; begun when they are first needed."""

    def __init__(self, scrubber: Scrubber, count: int) -> None:
        """Begin no process.

        Args:
            scrubber: what to scrub with.
            count: how many processes.
        """
        self._count = count
        self._processes: Processes[Section] = Processes(_begin, scrubber, count)

    def __enter__(self) -> Self:
        """Give them, to be ended by the `with` block."""
        return self

    def __exit__(self, *error: object) -> None:
        """End all processes."""
        self._processes.__exit__(*error)

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
                while more and len(order) < self._count + 2 and self._processes.idle:
                    more = self._next(coming, order)
                if order and order[0].found is None:
                    for answer in self._processes.answers():
                        _take(answer, order)
                while order and order[0].found is not None:
                    task = order.popleft()
                    yield task.section, task.found or ()
        finally:
            # Who stops half way does not leave results that the next document would take for its.
            self._processes.stop()

    def _next(self, coming: Iterator[Section], order: deque[_Task]) -> bool:
        """Hand the next section to a process; tell whether there was one."""
        section = next(coming, None)
        if section is None:
            return False
        order.append(_Task(section))
        if section.whole:
            self._processes.send([section])
        else:
            order[-1].found = ()
        return True


def _take(answer: Answer[Section], order: Iterable[_Task]) -> None:
    """Take note of what became of a section.

    Raises:
        InputError: it is given up.
    """
    if answer.problem == ENDED:
        raise InputError("is given up: a process that scrubbed a part of it ended, twice")
    if answer.problem:
        problem = f"internal error: {answer.problem}; please report it"
        raise InputError(f"is given up: {problem}")
    next(one for one in order if one.section is answer.item).found = answer.made


def _begin(scrubber: Scrubber) -> Callable[[Section, object], tuple[Part, ...]]:
    """Begin to scrub sections, in a process."""
    document = scrubber.byte_stream()

    def work(section: Section, _tell: object) -> tuple[Part, ...]:
        if not isinstance(document, LineStream):
            return ()  # no engine tells lines apart here; the command itself goes on
        return tuple(parts(document, section))

    return work
