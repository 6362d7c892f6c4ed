"""Words of code: they look like names, and what stands around them tells."""

from __future__ import annotations

import pytest

from scrubber.ner.code_words import of_code
from scrubber.ner.tagger import embedded


@pytest.mark.parametrize(
    ("line", "word", "code"),
    [
        ("optimizer=Adam lr=0.1", "Adam", True),
        ("{'optimizer': 'Adam'}", "Adam", True),
        ("kernel: Gauss", "Gauss", True),
        ("'Mark' object has no attribute 'Jordan'", "Mark", True),
        ("'Mark' object has no attribute 'Jordan'", "Jordan", True),
        ("cannot import name 'Jordan' from 'x'", "Jordan", True),
        ("type object 'Mark' has no attribute 'y'", "Mark", True),
        ("did you mean Rose.Frank()?", "Rose", True),
        ("did you mean Rose.Frank()?", "Frank", True),
        ("in Rose::Tree#rebalance", "Rose", True),
        ("Tree::Rose failed", "Rose", True),
        ("customer=Adam", "Adam", False),
        ("optimizer=Adam Smith", "Adam Smith", False),
        ("no patient 'Mark' found", "Mark", False),
        ("sent by Rose. Frank did not", "Rose", False),
        ("Rose", "Rose", False),
    ],
)
def test_what_stands_around_tells(line: str, word: str, code: bool) -> None:  # noqa: FBT001  # what is expected
    """Settings, classes and attributes are code; fields about people and sentences are not."""
    start = line.index(word)
    assert of_code(line, start, start + len(word)) is code


@pytest.mark.parametrize(
    "line",
    [
        "AttributeError: 'Mark' object has no attribute 'Jordan'",
        "optimizer=Adam scheduler=Lasso kernel=Gauss prior=Bayes init=Xavier loss=Huber",
    ],
)
def test_code_names_nobody(line: str) -> None:
    """The tagger leaves such lines."""
    assert embedded().tag(line) == []
