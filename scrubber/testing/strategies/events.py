"""
Reports as SDKs of Sentry give them to a hook: every kind, every interface, one person in all of it.

Promise: no text around what is planted holds it, so whatever of it is sent has leaked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from hypothesis import strategies as st

from scrubber.encodings import ENCODINGS
from scrubber.testing.contents import texts_in
from scrubber.testing.planting import Sample
from scrubber.testing.strategies.cast import Drawn, casts
from scrubber.testing.strategies.event_kinds import kinds
from scrubber.testing.strategies.event_places import Places
from scrubber.testing.strategies.event_values import ENCODED, Values
from scrubber.testing.strategies.shortly import shortly

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from scrubber.testing.planting import Planted
    from scrubber.testing.strategies.cast import Cast

KINDS: Final = (
    *("event", "transaction", "breadcrumb", "span", "log", "metric", "profile", "profile_chunk"),
    *("check_in", "session", "sessions", "feedback", "user_report", "client_report"),
    "replay_event",
)
"""The kinds of reports, as `Scrubber.scrub(event, kind=...)` is told."""


def reports_of(cast: SearchStrategy[Cast]) -> dict[str, SearchStrategy[dict[Any, Any]]]:
    """Give reports by kind.

    Args:
        cast: what is planted; it gives the same one in one example, however often it is drawn
            from, as `st.just` and `st.shared` do.
    """
    drawn = Drawn.of(cast)
    return kinds(Places.of(drawn, Values.of(drawn)))


def _sample(event: dict[Any, Any], cast: Cast) -> Sample:
    """Say what is planted in an event; one in which nothing is gets a mailbox, in a new field."""
    seen = _seen(event, cast)
    if not seen:
        event = {**event, "custom": f"see {cast.mailboxes[0]}"}
        seen = cast.planted[:1]
    return Sample(event, seen)


def _seen(event: dict[Any, Any], cast: Cast) -> tuple[Planted, ...]:
    shown = "\n".join(text for _, text in texts_in(event))
    return tuple(
        one
        for one in cast.planted
        if any(ENCODINGS[name].encode(one.value) in shown for name in ENCODED)
    )


def sentry_events(kind: str = "event") -> SearchStrategy[Sample]:
    """Give reports of a kind as a hook gets them, before anything was removed.

    Names stand in fields for them (`user.name`, `server_name`), addresses, keys and folders also
    in texts, variables, source lines, headers and encodings of all of these; beside them stand
    numbers, types and names of code that stay. Values are as SDKs leave them: dates, bytes, types
    of their own, numbers that JSON does not know.

    Args:
        kind: one of `KINDS`.

    Returns:
        Each with what is planted in it of one person's mailboxes, addresses, account, keys,
        secrets and card. Two reports of one example are about the same person.

    Raises:
        ValueError: no such kind.

    >>> from hypothesis import given
    >>> from scrubber import scrub
    >>> from scrubber.testing import assert_no_leak
    >>> @given(sentry_events())
    ... def test_no_event_names_anybody(sample):
    ...     assert_no_leak(scrub, sample)
    """
    if kind not in KINDS:
        raise ValueError(f"no such kind of report; these are: {', '.join(KINDS)}")
    cast = st.shared(casts(), key="scrubber.testing.cast")
    reports = reports_of(cast)[kind]
    return shortly(st.builds(_sample, reports, cast))
