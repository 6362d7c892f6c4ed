"""
What the scans cost that an engine makes for a text, without anything around them.

The engine is watched, not asked: while it scrubs, the interpreter reports each call of a method
`scan` of the scanning library, and on what database. The same databases are then given the same
bytes directly. So the floor follows the engine, whatever it is made of.

What is unfair, to us: the bytes are those of the line alone. An engine that must encode the line or
put separators around it pays for that above the floor.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import FrameType

    Floor = Callable[[], None]
    """Makes the scans of all lines once."""

LIBRARY: Final = "hyperscan"


def databases(work: Callable[[], object]) -> list[Any]:
    """Return the database of each scan that some work makes, in order."""
    found: list[Any] = []

    def note(_frame: FrameType, event: str, called: Any) -> None:  # noqa: ANN401
        if event == "c_call" and getattr(called, "__name__", "") == "scan":
            database = called.__self__
            if type(database).__module__.startswith(LIBRARY):
                found.append(database)

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return found


def floor(scrub: Callable[[str], object], lines: Sequence[str]) -> Floor | None:
    """Return what makes the scans of lines and nothing else, or None when there are none.

    Args:
        scrub: the engine, line by line; warm.
        lines: the texts.
    """
    calls = [
        (database, line.encode())
        for line in lines
        for database in databases(lambda line=line: scrub(line))  # type: ignore[misc]
    ]
    if not calls:
        return None
    from hyperscan import Scratch

    one_each = {id(database): database for database, _ in calls}
    scratches = {key: Scratch(database) for key, database in one_each.items()}
    prepared = [(database.scan, data, scratches[id(database)]) for database, data in calls]

    def matched(*_: object) -> None:
        return None

    def scan_all() -> None:
        for scan, data, scratch in prepared:
            scan(data, match_event_handler=matched, scratch=scratch)

    return scan_all
