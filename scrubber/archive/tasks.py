"""
What is handed to an engine, and what comes back: plain values that go to any process or machine.

Promise: a task holds places and numbers, an outcome holds numbers and words of ours; neither holds
a text of a file. `repr` of both shows no place.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from scrubber.archive.found import Found
from scrubber.archive.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from scrubber.pipeline import Scrubber

UNKNOWN = ("list", "copy", "drop")
"""What becomes of a file that no format knows: told of and left out, taken over as it is, or left
out."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is the same for all files of a run.

    Attributes:
        scrubber: what to scrub with.
        limits: what one file may cost.
        unknown: one of `UNKNOWN`.
        check: write nothing; only look whether anything is still to be found.
        options: what `fsspec` is given besides a URL; may hold credentials, so shown nowhere.
        parts: the folder, or its URL, where what is made of ranges waits until all of a file is
            there; "" for none, and then nothing is cut that is written.
    """

    scrubber: Scrubber
    limits: Limits = field(default_factory=Limits)
    unknown: str = "list"
    check: bool = False
    options: dict[str, object] = field(default_factory=dict, repr=False)
    parts: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Task:
    """One file, or a range of a long one.

    Attributes:
        index: the place of the file in the run.
        source: the file: a path, or a URL.
        target: where what is made of it goes: a path, or a URL; unused in a check.
        size: its bytes, as they were found.
        mtime_ns: when it was last written, as far as that is known; else 0.
        start: for a range, the byte it begins near; None for a whole file.
        end: for a range, the byte it ends near.
    """

    index: int
    source: str = field(repr=False)
    target: str = field(repr=False)
    size: int
    mtime_ns: int = 0
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a range that was scrubbed apart from the rest; see `scrubber.sections.Part`.

    Attributes:
        size: bytes of the source.
        written: bytes in the file of the range; none where it is not settled.
        settled: nothing of it goes on behind it.
        found: what was found in it.
        changed: in a check, what would be written is not what was read.
    """

    size: int
    written: int
    settled: bool
    found: Found
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a task.

    Attributes:
        index: of the task.
        state: `done`; `copied`, `listed` or `dropped` for what no format knows; `failed`; `range`
            for a range of a long file, which is not whole yet.
        kind: which format it was read as, or "".
        reason: why it failed or was listed, in words of ours.
        sha256: of the source, in hexadecimal digits.
        written: bytes of the target.
        found: counts.
        start: where the range began, for a range.
        pieces: the parts of a range.
        place: the file that holds what is made of a range.
    """

    index: int
    state: str
    kind: str = ""
    reason: str = ""
    sha256: str = ""
    written: int = 0
    found: Found = field(default_factory=Found)
    start: int | None = None
    pieces: tuple[Piece, ...] = ()
    place: str = field(default="", repr=False)


def unheard(index: int, size: int) -> None:
    """Tell nobody."""


class Engine(Protocol):
    """Where the files of a job are done."""

    @property
    def alone(self) -> bool:
        """Whether all is done by one process, so that ranges gain nothing."""

    @property
    def far(self) -> bool:
        """Whether it may be done on other machines, which have other disks."""

    def outcomes(
        self, tasks: Iterable[Task], job: Job, told: Callable[[int, int], None] = unheard
    ) -> Iterator[Outcome]:
        """Do tasks.

        Args:
            tasks: in order; taken as there is room for them.
            job: what to do.
            told: may be called while a long task is under way, with its index and bytes of its
                source that were read since.

        Yields:
            One outcome for each task, in any order. A task whose process died twice has failed.
        """
