"""Names in texts: line by line, behind escapes, each shape of line once."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber.decoding import decodable
from scrubber.ner import people as module
from scrubber.ner.people import People, Wanted
from scrubber.ner.tagger import LONGEST, EmbeddedTagger, embedded
from scrubber.types import Span
from tests.ner.lines import NAMES, lines, texts

SENTENCE = "User Jane Doe not found"


class Noting:
    """Finds a word of a test's own, and notes what it was asked."""

    def __init__(self, word: str = "vexlab7", *, entity: str = "PERSON", sure: float = 1.0) -> None:
        self.word, self.entity, self.sure = word, entity, sure
        self.asked: list[str] = []

    def tag(self, line: str) -> list[Span]:
        """Find the word."""
        self.asked.append(line)
        at = line.find(self.word)
        if at < 0:
            return []
        return [Span(at, at + len(self.word), self.entity, "test.noting", self.sure)]


class Failing:
    """Fails at every line."""

    def tag(self, line: str) -> list[Span]:
        """Fail."""
        raise RuntimeError(line)


def found(text: str, people: People | None = None, start: int = 0) -> list[str]:
    """Give the names found in a text."""
    spans = (people or People([embedded()])).find(text, start)
    return [text[one.start : one.end] for one in spans]


def test_names_are_found_line_by_line() -> None:
    """At their places in the text; empty lines are passed over."""
    text = f"{SENTENCE}\n\n  {SENTENCE}\r\nloss=0.4\n{SENTENCE}"
    assert found(text) == ["Jane Doe"] * 3
    assert found("") == found("\n\n") == []


def test_a_name_does_not_go_on_in_the_next_line() -> None:
    """A line is what is tagged."""
    noting = Noting()
    assert found("for vexlab\n7 and", People([noting])) == []
    assert noting.asked == ["for vexlab", "7 and"]


@given(st.lists(lines, max_size=5))
def test_a_text_has_the_names_of_its_lines(many: list[str]) -> None:
    """Whatever stands above and below."""
    people, text = People([embedded()]), "\n".join(many)
    expected, low = [], 0
    for line in many:
        expected += [one.moved(low) for one in people.of_line(line)]
        low += len(line) + 1
    assert people.find(text) == expected


@pytest.mark.parametrize(
    "line",
    [
        r"Error: \"User \u004aane Doe not found\"",
        r"User\tJane Doe not found\n",
        "q=User%20Jane%20Doe%20not%20found",
    ],
)
def test_names_are_found_behind_escapes(line: str) -> None:
    """Where they stand in the text, escapes included."""
    (name,) = set(found(line))
    assert name in {"Jane Doe", r"\u004aane Doe", "Jane%20Doe"}


@pytest.mark.parametrize("name", [NAMES[0], NAMES[8], NAMES[10]])
def test_names_are_found_behind_encoding_for_urls(name: str) -> None:
    """Of every letter above ASCII."""
    line = f"msg={quote(f'User {name} not found')}"
    assert found(line) == [quote(name)]


def test_lines_in_escapes_are_lines() -> None:
    """A message that was printed by `repr` has its own."""
    line = rf"('{SENTENCE}\nUser John Smith not found',)"
    assert sorted(set(found(line))) == ["Jane Doe", "John Smith"]


def test_what_begins_before_the_start_is_context() -> None:
    """The line is read from its beginning, and only what begins behind the start is wanted."""
    text = f"above\n{SENTENCE} or John Smith"
    place = text.index("Jane")
    assert found(text, start=place) == ["Jane Doe", "John Smith"]
    assert found(text, start=place + 1) == ["John Smith"]
    noting = Noting()
    found(text, People([noting]), start=place)
    assert noting.asked == [text.partition("\n")[2]]


def test_a_line_that_began_before_the_text_is_not_looked_at() -> None:
    """Whether it is a long one is not known; the lines behind it are."""
    assert found(SENTENCE, start=3) == []
    assert found(f"{SENTENCE}\n{SENTENCE}", start=3) == ["Jane Doe"]


def test_long_lines_are_data() -> None:
    """No tagger is asked."""
    noting = Noting("x")
    people = People([noting])
    assert found("x" * (LONGEST + 1), people) == []
    assert people.may("x" * (LONGEST + 1)) is False
    assert noting.asked == []
    assert found("x" * LONGEST, people) == ["x"]


def test_what_any_tagger_finds_counts() -> None:
    """Spans of several may overlap."""
    people = People([embedded(), Noting("Doe"), Noting("found")])
    assert sorted(found(SENTENCE, people)) == ["Doe", "Jane Doe", "found"]


@pytest.mark.parametrize(
    ("entity", "sure", "counts"),
    [
        ("PERSON", 1.0, True),
        ("PERSON", 0.4, False),
        ("PERSON", 0.5, True),
        ("LOCATION", 1.0, False),
    ],
)
def test_only_findings_that_are_wanted_count(entity: str, sure: float, counts: bool) -> None:  # noqa: FBT001
    """By entity and by confidence."""
    people = People([Noting(entity=entity, sure=sure)], Wanted(least=0.5))
    assert bool(found("x vexlab7", people)) is counts


def test_a_tagger_that_fails_fails_the_text() -> None:
    """The caller fails closed; nothing is remembered of that line."""
    people = People([embedded(), Failing()])
    for _ in range(2):
        with pytest.raises(RuntimeError):
            people.find(SENTENCE)
        with pytest.raises(RuntimeError):
            people.of_line(r"a\tb")


def test_a_line_is_asked_once() -> None:
    """By its digits, where a tagger may read them."""
    noting = Noting()
    people = People([noting])
    for text in ("to vexlab7 4", "to vexlab7 4", "to vexlab8 4"):
        found(text, people)
    assert noting.asked == ["to vexlab7 4", "to vexlab8 4"]


def test_a_shape_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no tagger reads digits."""
    asked: list[str] = []
    tag = EmbeddedTagger.tag

    def noted(self: EmbeddedTagger, line: str) -> list[Span]:
        asked.append(line)
        return tag(self, line)

    monkeypatch.setattr(EmbeddedTagger, "tag", noted)
    people = People([EmbeddedTagger()])
    assert people.blind
    assert not People([EmbeddedTagger(), Noting()]).blind
    for number in range(9):
        assert found(f"{SENTENCE} {number}", people) == ["Jane Doe"]
    assert asked == [f"{SENTENCE} 0"]


def test_memory_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines beyond it are asked again, and found alike."""
    monkeypatch.setattr(module, "MOST_KEPT", 3)
    people = People([embedded()])
    for _ in range(2):
        for word in ("user", "name", "error", "loss", "epoch", "found"):
            assert found(f"{word}: {SENTENCE}", people) == ["Jane Doe"]
            assert len(people._kept) <= 3  # noqa: SLF001


def test_a_shape_tells_whether_its_lines_may_hold_names() -> None:
    """Exactly, where digits tell nothing; else unless there are no letters."""
    blind, reading = People([embedded()]), People([Noting()])
    assert blind.may(SENTENCE)
    assert not blind.may("loss=0.00 epoch 0")
    assert reading.may("loss=0.00 epoch 0")
    assert not reading.may("00:00:00 - 0")


@given(texts)
def test_where_none_may_be_none_is_found(text: str) -> None:
    """In the text as it stands."""
    people = People([embedded()])
    folded = text.translate({ord(digit): "0" for digit in "123456789"})
    for line, shape in zip(text.split("\n"), folded.split("\n"), strict=True):
        if not people.may(shape) and not decodable(line):
            assert not people.find(line)


@given(texts, st.integers(0, 40))
def test_words_like_names_are_found_in_their_places(text: str, start: int) -> None:
    """From a place on; no line is too long."""
    spans = People([embedded()]).like_names(text, start)
    assert all(start <= one.start < one.end <= len(text) for one in spans)
    assert all("\n" not in text[one.start : one.end] for one in spans)
    assert spans == [one for one in People([]).like_names(text) if one.start >= start]
