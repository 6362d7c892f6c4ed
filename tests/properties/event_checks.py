"""What must hold of every scrubbed report, whatever it was."""

from __future__ import annotations

import json
import pickle
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from scrubber.encodings import ENCODINGS
from scrubber.units.fields import TABLE, Field
from tests.properties.planted_values import ENCODED, NEEDLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scrubber import Scrubber
    from tests.properties.crash_events import Report

_SAYS_WHAT_WAS: Final = ("val", "chunks")
_FORMS: Final = tuple(
    (at, form)
    for at, needle in enumerate(NEEDLES)
    for form in {ENCODINGS[name].encode(needle) for name in ENCODED}
)


def problems(report: Report, scrubber: Scrubber) -> list[str]:
    """Give what is wrong with what a scrubber makes of a report; words only.

    Args:
        report: a report.
        scrubber: what scrubs it.
    """
    before = pickle.dumps(report.event)
    found = []
    once = scrubber.scrub(report.event, kind=report.kind)
    if pickle.dumps(report.event) != before:
        found.append("the event that was given is another now")
    if once is None:
        return [*found, "nothing is sent"]
    found += [f"leaked: needle {at}" for at in leaked(once)]
    if "scrubber.fallback" in (once.get("tags") or ()):
        return found if not report.whole else [*found, "a stub is sent"]
    if not report.whole:
        return [*found, "what cannot be walked is sent"]
    if printed(scrubber.scrub(once, kind=report.kind)) != printed(once):
        found.append("scrubbing twice is not scrubbing once")
    if printed(scrubber.scrub(report.event, kind=report.kind)) != printed(once):
        found.append("not the same each time")
    field = TABLE.root(report.kind)
    known = {**once}
    if "_meta" not in report.event:
        known.pop("_meta", None)
    given = shape(report.event, field, dropped=True)
    if given != shape(known, field, dropped=False):
        found.append("another shape")
    if list(code(report.event)) != list(code(once)):
        found.append("code or ids are others")
    return found


def leaked(report: object) -> list[int]:
    """Tell which needles a report shows, in any of their forms."""
    text = printed(report)
    plain = json.dumps(report, default=date.isoformat, ensure_ascii=False)
    return sorted({at for at, form in _FORMS if form in text or form in plain})


def printed(report: object) -> str:
    """Give a report as JSON; it raises where that cannot be."""
    return json.dumps(report, default=date.isoformat)


def shape(value: Any, field: Field, *, dropped: bool) -> object:  # noqa: ANN401  # the JSON border
    """Describe a report: containers, lengths and kinds, and what stays whatever it is.

    Args:
        value: the report, or a part.
        field: what it is.
        dropped: whether to leave out what the table drops.
    """
    inner = partial(shape, dropped=dropped)
    if isinstance(value, dict):
        return ("dict", list(_entries(value, field, inner, dropped=dropped)))
    if isinstance(value, list | tuple):
        kind = "list" if isinstance(value, list) else "tuple"
        return (kind, [inner(item, field) for item in value])
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return "int" if isinstance(value, int) else "float"
    return "text"


def _entries(
    value: dict[Any, Any],
    field: Field,
    inner: Callable[[Any, Field], object],
    *,
    dropped: bool,
) -> Iterator[object]:
    known = field.shape.fields if field.shape else {}
    other = field.shape.other if field.shape else field
    for name, item in value.items():
        below = known.get(name, other) if isinstance(name, str) else other
        gone = below.role == "drop" or (field.role == "meta" and name in _SAYS_WHAT_WAS)
        if below.role == "meta":
            yield "remarks"  # they are merged with ours
        elif not (dropped and gone):
            yield inner(item, below)


def code(report: dict[Any, Any]) -> Iterator[object]:
    """Give what must stay as it is: ids, and what a frame or an exception says of its code."""
    yield from (report.get(name) for name in ("event_id", "timestamp", "platform", "check_in_id"))
    for part in ("exception", "threads"):
        rows = report.get(part) or []
        for row in rows.get("values", []) if isinstance(rows, dict) else rows:
            yield from (row.get(name) for name in ("type", "module", "id"))
            for frame in (row.get("stacktrace") or {}).get("frames", []):
                yield from (frame.get(name) for name in ("function", "module", "lineno", "in_app"))
    for row in (report, *(report.get("spans") or ())):
        yield from (row.get(name) for name in ("span_id", "trace_id", "start_timestamp", "op"))
