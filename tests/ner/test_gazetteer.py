"""The lists of names: each is asked by itself, and all are read as they were written."""

from __future__ import annotations

import pytest

from scrubber.errors import ScrubberError
from scrubber.ner.gazetteer import Gazetteer
from tests.ner.models import GAZETTEER


def test_each_list_answers_for_itself() -> None:
    """A word may be on several."""
    assert GAZETTEER.given("jane")
    assert not GAZETTEER.surname("jane")
    assert GAZETTEER.surname("gonzalez")
    assert GAZETTEER.place("gonzalez")
    assert not GAZETTEER.given("gonzalez")
    assert not GAZETTEER.place("doe")


def test_lists_are_read_as_they_were_written() -> None:
    """In their order, with what stands behind them."""
    found, rest = Gazetteer.read(memoryview(GAZETTEER.written() + b"more"))
    assert bytes(rest) == b"more"
    assert found.written() == GAZETTEER.written()
    assert found.given("maria")
    assert found.surname("smith")
    assert found.place("london")


def test_a_list_that_is_missing_is_an_error() -> None:
    """Never one that is empty."""
    data = GAZETTEER.written()
    for size in range(len(data)):
        with pytest.raises(ScrubberError):
            Gazetteer.read(memoryview(data[:size]))
