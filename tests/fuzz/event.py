"""A target: events. The shape is kept, nothing fails, twice is once, on both engines.

The first byte chooses the kind of report, the rest is a value; one that is no event stands in one.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from scrubber.units.fields import KINDS, TABLE
from tests.fuzz.broken import holds
from tests.fuzz.drawing import Draw
from tests.fuzz.engines import HAVE_VECTOR, reference, vector
from tests.properties.crash_events import Report
from tests.properties.event_checks import leaked, problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrubber.units.fields import Field

REPORTS = tuple(sorted(set(KINDS) - {"envelope", "item"}))

# What is repeated in an event from outside: never scrubbed into another value by itself.
_NOT_OURS = ("_meta",)


@cache
def names() -> tuple[str, ...]:
    """Give the names of fields the table knows, and names under which values are sensitive."""
    seen: set[int] = set()

    def known(field: Field) -> Iterator[str]:
        if field.shape is None or id(field.shape) in seen:
            return
        seen.add(id(field.shape))
        for name, inner in field.shape.fields.items():
            yield name
            yield from known(inner)
        yield from known(field.shape.other)

    found = {name for kind in REPORTS for name in known(TABLE.root(kind))}
    return (
        *sorted(found - set(_NOT_OURS)),
        "password",
        "api_key",
        "argv",
        "data:image/png;base64,",
    )


def read(data: bytes) -> Report:
    """Give the report that bytes stand for."""
    kind = REPORTS[data[0] % len(REPORTS)] if data else "event"
    value: Any = Draw(data[1:], names()).value()
    event = value if isinstance(value, dict) else {"extra": {"value": value}}
    # JSON has no two texts for one key, and no text with half of a pair.
    event = json.loads(json.dumps(event).replace("\\ud", "\\u0d"))
    event.pop("_meta", None)
    return Report(kind, event)


def check(data: bytes) -> None:
    """Check the promises for events.

    Args:
        data: a byte for the kind, and a value.

    Raises:
        BrokenError: one does not hold.
    """
    report = read(data)
    if leaked(report.event):  # what the checks look for stands in it, and may be code
        return
    for problem in problems(report, reference()):
        holds(f"not: {problem}", fact=False)
    if HAVE_VECTOR:
        given, event = vector(), report.event
        same = given.scrub(event, kind=report.kind) == reference().scrub(event, kind=report.kind)
        holds("engines give the same event", same)
