"""Events are of every kind, about one person, and hold what they say was planted."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scrubber.testing.leaks import leaks
from scrubber.testing.strategies import sentry_events
from scrubber.testing.strategies.cast import Cast, Drawn, casts
from scrubber.testing.strategies.event_places import Places
from scrubber.testing.strategies.event_values import Values
from scrubber.testing.strategies.events import KINDS, reports_of
from scrubber.units.fields import KINDS as KNOWN

if TYPE_CHECKING:
    from scrubber.testing import Sample

FEW = settings(max_examples=3, suppress_health_check=[HealthCheck.data_too_large])


def test_every_kind_can_be_drawn() -> None:
    """And each is one that a hook knows."""
    assert tuple(reports_of(casts())) == KINDS
    assert set(KINDS) <= set(KNOWN)
    with pytest.raises(ValueError, match="no such kind of report; these are: event, "):
        sentry_events("omen")


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_planted_can_be_seen(kind: str) -> None:
    """Each value that a sample names stands in its event; at least one does."""

    @FEW
    @given(sentry_events(kind))
    def check(sample: Sample) -> None:
        assert sample.planted
        seen = {leak.entity for leak in leaks(sample.content, sample.planted)}
        assert seen == {one.entity for one in sample.planted}
        assert repr(sample).count("'") == 2 * len(sample.planted)

    check()


def test_an_event_has_every_interface() -> None:
    """Over forty examples."""
    seen: set[object] = set()

    @settings(max_examples=40, derandomize=True, database=None)
    @given(sentry_events())
    def collect(sample: Sample) -> None:
        seen.update(sample.content)

    collect()
    assert {"exception", "threads", "logentry", "message", "request", "user", "tags"} <= seen
    assert {"contexts", "extra", "breadcrumbs", "server_name", "modules", "debug_meta"} <= seen


@FEW
@given(sentry_events("log"), sentry_events("breadcrumb"))
def test_two_reports_of_one_example_are_about_one_person(one: Sample, other: Sample) -> None:
    """So that what one shows can be looked for in the other."""
    accounts = {
        value.value
        for sample in (one, other)
        for value in sample.planted
        if value.entity == "USERNAME"
    }
    assert len(accounts) <= 1


@FEW
@given(casts())
def test_a_cast_is_all_different_and_shows_nothing(cast: Cast) -> None:
    """No value holds another."""
    values = [one.value for one in cast.planted]
    assert [(one, two) for one, two in permutations(values, 2) if one in two] == []
    assert repr(cast) == "Cast()"
    assert set(cast.mailboxes) <= set(cast.anything)


@FEW
@given(st.data())
def test_places_draw_from_the_cast_they_were_given(data: st.DataObject) -> None:
    """Always the same one."""
    cast = data.draw(casts())
    drawn = Drawn.of(st.just(cast))
    places = Places.of(drawn, Values.of(drawn))
    users = data.draw(places.users)
    assert users.get("email", cast.mailboxes[0]) in cast.mailboxes
    assert users.get("ip_address", cast.addresses[0]) in cast.addresses
