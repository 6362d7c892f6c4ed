"""Canaries: fresh, of realistic forms, and none like another."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from scrubber.cli.canaries import Canary, canaries
from scrubber.validators.luhn import luhn_valid

if TYPE_CHECKING:
    from scrubber.pipeline import Scrubber


def of_seed(seed: int) -> list[Canary]:
    """The canaries of one run."""
    return canaries(Random(seed))  # noqa: S311  # the same ones in every test run


@pytest.fixture(scope="module")
def drawn() -> list[Canary]:
    """The canaries of one run."""
    return of_seed(7)


def test_every_run_has_its_own(drawn: list[Canary]) -> None:
    """No value comes back with another seed."""
    others = {one.value for one in of_seed(8)}
    assert [one.name for one in drawn if one.value in others] == []


def test_a_needle_is_in_its_own_value_only(drawn: list[Canary]) -> None:
    """Or a survivor would be put down to the wrong place."""
    seen = [
        (one.name, other.name)
        for one in drawn
        for other in drawn
        if one.needle.casefold() in other.value.casefold()
    ]
    assert seen == [(one.name, one.name) for one in drawn]


def test_a_card_number_is_valid(drawn: list[Canary]) -> None:
    """A number that is no card's would be left alone, rightly."""
    assert [luhn_valid(one.value) for one in drawn if one.entity == "CREDIT_CARD"] == [True]


def test_forms_are_known(drawn: list[Canary], scrubber: Scrubber) -> None:
    """Addresses, cards and URLs are found for what they are, with no word beside them."""
    alone = {"EMAIL_ADDRESS", "IP_ADDRESS", "DATABASE_URL", "CREDIT_CARD"}
    left = [
        one.name
        for one in drawn
        if one.entity in alone and one.needle in scrubber.scrub_text(f"see {one.value} now")
    ]
    assert left == []
