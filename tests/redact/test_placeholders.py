"""Placeholders, and the exact grammar that protects them."""

from __future__ import annotations

import pytest

from scrubber.redact.placeholders import WORDS, Grammar, placeholder, word_for

GRAMMAR = Grammar(["BADGE_ID", "IMAGE_DATA"])

PROTECTED = [
    "[email]",
    "[ip]",
    "[user:~k3f9x2m7pq*]",
    "[badge-id]",
    "[image]",
    "[image/png]",
    "[image/svg+xml]",
    "[image/png 640x480]",
    "[application/pdf]",
    "[bytes]",
    "[array]",
    "[ndarray uint8 480x640x3]",
    "[tensor float32 1x3 cuda:0]",
    "[tensor cpu]",
    "[array 0]",
    "[list 100]",
    "[dataframe 5x3]",
    "[series]",
    "[scrub-failed]",
]
NOT_PROTECTED = [
    "[user:jane]",
    "[EMAIL]",
    "[email ]",
    "[e-mail]",
    "[user:~k3f9x2m7pi*]",
    "[user:~k3f9x2m7pq]",
    "[image/png 640x480 jane]",
    "[image/PNG]",
    "[image/png 0x480]",
    "[image:~k3f9x2m7pq*]",
    "[ndarray jane]",
    "[ndarray uint8 3x]",
    "[ndarray 3x640 uint8]",
    "[tensor cuda:jane]",
    "[list 0100]",
    "[list uint8 5]",
    "[dataframe 5x3 jane]",
    "[text/plain]",
    "[badge_id]",
    "email",
    "[email",
    "",
]


@pytest.mark.parametrize("text", PROTECTED)
def test_an_exact_placeholder_is_recognised(text: str) -> None:
    """Alone, and inside a text, where its range is given."""
    assert GRAMMAR.is_placeholder(text)
    assert GRAMMAR.ranges(f"a {text}{text}") == [
        (2, 2 + len(text)),
        (2 + len(text), 2 + 2 * len(text)),
    ]


@pytest.mark.parametrize("text", NOT_PROTECTED)
def test_what_is_only_like_a_placeholder_is_not(text: str) -> None:
    """What someone else wrote in brackets is scanned like any text."""
    assert not GRAMMAR.is_placeholder(text)
    assert GRAMMAR.ranges(text) == []


@pytest.mark.parametrize("entity", [*WORDS, "BADGE_ID"])
def test_every_placeholder_fits_the_grammar(entity: str) -> None:
    """What is written is recognised, or a second scrubbing would change it."""
    assert GRAMMAR.is_placeholder(placeholder(entity))
    assert placeholder(entity) == f"[{word_for(entity)}]"


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("", "[image]"),
        ("image/png", "[image/png]"),
        ("image/png 2x3", "[image/png 2x3]"),
        ("image/png jane", "[image]"),
        ("jane@example.com", "[image]"),
        ("image/png\n", "[image]"),
    ],
)
def test_a_label_that_does_not_fit_is_not_shown(label: str, expected: str) -> None:
    """A label cannot carry text out."""
    assert placeholder("IMAGE_DATA", label) == expected
