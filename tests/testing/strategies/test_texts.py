"""Texts hold what they say was planted, and what must stay, and are of many forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrubber.testing import Planted
from scrubber.testing.strategies import log_lines, ml_log_lines, planted, tracebacks
from scrubber.testing.strategies.frames import frames, stands_alone
from scrubber.testing.strategies.plant import ENTITIES
from scrubber.testing.strategies.shortly import shortly
from scrubber.testing.strategies.slots import slots
from scrubber.testing.strategies.templates import Template, samples
from scrubber.testing.strategies.training import CLEAN

if TYPE_CHECKING:
    from scrubber.testing import Sample

FEW = settings(max_examples=10)
TEXTS = {
    "tracebacks": tracebacks(),
    "log_lines": log_lines(),
    "ml_log_lines": ml_log_lines(),
    **{entity: planted(entity) for entity in ENTITIES},
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_holds_what_is_planted_and_what_stays(name: str) -> None:
    """Byte for byte, and the `repr` shows none of it."""

    @FEW
    @given(TEXTS[name])
    def check(sample: Sample) -> None:
        assert all(one.value in sample.content for one in sample.planted)
        assert all(text and text in sample.content for text in sample.stays)
        assert sample.planted or name == "ml_log_lines"
        if name in ENTITIES:
            assert [one.entity for one in sample.planted] == [name]
        assert sample.content not in repr(sample)

    check()


@pytest.mark.parametrize("name", ["tracebacks", "log_lines", "ml_log_lines"])
def test_many_forms_are_drawn(name: str) -> None:
    """A hundred examples are of ten forms and more."""
    begun = set()

    @settings(max_examples=100, derandomize=True, database=None)
    @given(TEXTS[name])
    def collect(sample: Sample) -> None:
        begun.add((sample.content[:9], len(sample.content.splitlines())))

    collect()
    assert len(begun) >= 10


def test_most_lines_of_training_hold_nothing() -> None:
    """What stays of them is the whole line."""
    one = Template.of(CLEAN[0]).filled(dict.fromkeys(Template.of(CLEAN[0]).names, "7"))
    assert one.planted == ()
    assert one.stays == (one.content,)


def test_an_unknown_entity_is_refused() -> None:
    """With the names of those that are known, and nothing else."""
    with pytest.raises(ValueError, match="no such entity; these can be planted: ARRAY_DATA, "):
        planted("MOOD")


def test_a_slot_that_is_named_twice_holds_the_same() -> None:
    """And is planted once."""
    one = Planted("USERNAME", "vexlora")
    sample = Template.of("{a} and {a}, {{{b}}}").filled({"a": one, "b": "x"})
    assert sample.content == "vexlora and vexlora, {x}"
    assert sample.planted == (one,)
    assert sample.stays == ("and", ", {x}")


@FEW
@given(samples(["{user} {ip} {path}"], slots()))
def test_slots_are_filled_with_what_they_are_named_for(sample: Sample) -> None:
    """An account, an address, a path."""
    assert sorted(one.entity for one in sample.planted) == ["IP_ADDRESS", "USERNAME", "USERNAME"]


def test_what_needs_its_context_gets_it() -> None:
    """A word is an account in a home directory only; an address stands anywhere."""
    assert all("Users" in one or "home" in one for one in frames(Planted("USERNAME", "will7")))
    assert len(frames(Planted("USERNAME", "vexlora"))) > len(frames(Planted("USERNAME", "will")))
    assert stands_alone(Planted("EMAIL_ADDRESS", "jane@example.com"))
    assert not stands_alone(Planted("PERSON", "Jane Doe"))


@FEW
@given(shortly(st.integers(0, 3)))
def test_a_short_strategy_gives_the_same(number: int) -> None:
    """Only its `repr` is another."""
    assert number in range(4)
    assert repr(shortly(st.integers(0, 3))) == "drawn()"
