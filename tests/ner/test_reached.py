"""Which lines of an event taggers look at."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scrubber.ner.reached import reached
from scrubber.ner.tagger import LONGEST

sentences = st.dictionaries(st.text("ab\n", max_size=9), st.integers(1, 9), max_size=9)


def test_what_tells_most_comes_first() -> None:
    """And of what tells as much, the latest."""
    found = reached({"old crumb": 3, "new crumb": 3, "log": 2, "error": 1}, 3)
    assert found.lines == {"error": 1, "log": 1, "new crumb": 1}
    assert found.beyond == {"old crumb"}


def test_of_a_text_of_many_lines_the_first_are_looked_at() -> None:
    """A long text hides no name in its first line; nothing is left for the next text."""
    found = reached({"a\nb\nc": 1, "d": 2}, 2)
    assert found.lines == {"a\nb\nc": 2}
    assert found.beyond == {"a\nb\nc", "d"}


def test_a_line_no_tagger_looks_at_is_told() -> None:
    """It is data, as far as anyone knows."""
    long = "x" * (LONGEST + 1)
    assert reached({f"a\n{long}": 1, "x" * LONGEST: 1}, 9).beyond == {f"a\n{long}"}


def test_without_a_budget_nothing_is_looked_at() -> None:
    """And everything is told."""
    found = reached({"": 1, "a": 1}, 0)
    assert not found.lines
    assert found.beyond == {"", "a"}


@given(sentences, st.integers(0, 40))
def test_every_sentence_is_looked_at_or_told(given_: dict[str, int], budget: int) -> None:
    """What is looked at is within the budget, and all of it is used."""
    found = reached(given_, budget)
    whole = {text: text.count("\n") + 1 for text in given_}
    assert found.lines.keys() | found.beyond == set(given_)
    assert sum(found.lines.values()) == min(budget, sum(whole.values()))
    assert all((found.lines.get(text) == whole[text]) != (text in found.beyond) for text in given_)


def test_nothing_of_the_texts_is_shown() -> None:
    """They are raw."""
    assert "Jane" not in repr(reached({"Jane": 1}, 9))
