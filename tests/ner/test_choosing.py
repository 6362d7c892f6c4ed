"""Which taggers a policy asks for, and that what is missing is said at once."""

from __future__ import annotations

import sys

import pytest

from scrubber.ner.choosing import people_for, taggers_of
from scrubber.ner.tagger import EmbeddedTagger
from scrubber.ruleset.model import Policy
from scrubber.types import Span


class Known:
    """Knows one name, as anything."""

    def __init__(self, entity: str, sure: float = 1.0) -> None:
        self._span = Span(0, 7, entity, "test.known", sure)

    def tag(self, line: str) -> list[Span]:
        """Find the name."""
        return [self._span] if line.startswith("vexlab7") else []


@pytest.mark.parametrize("ner", ["events", "on"])
def test_the_embedded_tagger_is_asked_unless_it_is_off(ner: str) -> None:
    """Alone, where no other was asked for."""
    assert [type(one) for one in taggers_of(Policy("p", ner=ner))] == [EmbeddedTagger]


def test_off_is_nobody() -> None:
    """But what a program hands over."""
    assert taggers_of(Policy("p", ner="off")) == []


@pytest.mark.parametrize(
    ("ner", "package"), [("spacy", "spacy"), ("presidio", "presidio_analyzer")]
)
def test_a_package_that_is_not_there_is_an_error(
    ner: str, package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before any text is looked at."""
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(ModuleNotFoundError):
        taggers_of(Policy("p", ner=ner))


def test_taggers_of_a_program_are_asked_besides() -> None:
    """What they find counts by the policy's entities and confidence."""
    line = "vexlab7: User Jane Doe not found"
    policy = Policy("p", min_confidence=0.5)

    def names(*taggers: Known, policy: Policy = policy) -> list[str]:
        return [line[one.start : one.end] for one in people_for(policy, taggers).find(line)]

    assert names() == ["Jane Doe"]
    assert sorted(names(Known("PERSON"))) == ["Jane Doe", "vexlab7"]
    assert names(Known("PERSON", 0.4)) == ["Jane Doe"]
    assert names(Known("LOCATION")) == ["Jane Doe"]
    more = Policy("p", ner_entities=("PERSON", "LOCATION"))
    assert sorted(names(Known("LOCATION"), policy=more)) == ["Jane Doe", "vexlab7"]
