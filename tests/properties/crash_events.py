"""Reports for tests of promises: those of `scrubber.testing`, and some that hold themselves.

`sentry_events` gives the same, each about another person.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from hypothesis import strategies as st

from scrubber.testing.strategies.event_places import EVENT_ID
from scrubber.testing.strategies.events import reports_of
from tests.properties.planted_values import CAST, PLANTED

if TYPE_CHECKING:
    from scrubber.testing.planting import Planted

__all__ = ["EVENT_ID", "Report", "deep_reports", "reports"]


@dataclass(frozen=True, slots=True)
class Report:
    """A report, what it is, and whether it can be walked.

    Attributes:
        kind: as a hook is told.
        event: the report.
        whole: not too deep.
    """

    kind: str
    event: dict[Any, Any]
    whole: bool = True

    @property
    def planted(self) -> tuple[Planted, ...]:
        """What must not be sent."""
        return CAST.planted


def _deepened(event: dict[Any, Any], depth: int) -> dict[Any, Any]:
    """Put a row into an event that holds itself, or ends far down."""
    row: list[Any] = [PLANTED[0]]
    if depth == 0:
        row.append(row)
    for _ in range(depth):
        row = [row, PLANTED[1]]
    return {**event, "extra": {"deep": row}}


_of_kind: Final = reports_of(st.just(CAST))
_others: Final = tuple(kind for kind in _of_kind if kind not in {"event", "transaction"})
reports = st.sampled_from(("event",) * 12 + ("transaction",) * 4 + _others).flatmap(
    lambda kind: st.builds(Report, st.just(kind), _of_kind[kind])
)
"""Reports of every kind that can be walked."""

deep_reports = st.builds(
    Report,
    st.just("event"),
    st.builds(_deepened, _of_kind["event"], st.sampled_from((0, 70, 100))),
    st.just(False),  # noqa: FBT003  # a value, not a choice
)
"""Events that hold themselves, or are too deep."""
