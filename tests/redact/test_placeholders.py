"""Placeholders, and the exact grammar that protects them."""

from __future__ import annotations

import pytest

from scrubber.redact.placeholders import (
    ELIDED,
    PATH_LABELS,
    WORDS,
    Grammar,
    nameable,
    placeholder,
    word_for,
)
from scrubber.redact.surrogates import surrogate
from scrubber.types import ROOT_LABELS

GRAMMAR = Grammar(["BADGE_ID", "IMAGE_DATA"])

PROTECTED = [
    "[email]",
    "[ip]",
    "[user:~k3f9x2m7pq*]",
    "[user:#k3f9x2m7pq*]",
    "[secret:~61n1849yem=]",
    "[badge-id:~00000000000]",
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
    "<home>",
    "<project>",
    "<site-packages>",
    "<stdlib>",
    "<tmp>",
    "<venv>",
    surrogate("EMAIL_ADDRESS", "jane@example.com", bytes(32)),
    surrogate("HOSTNAME", "db7", bytes(32)),
]
ADDRESSES = [
    surrogate("IP_ADDRESS", "192.0.2.1", bytes(32)),
    surrogate("IP_ADDRESS", "2001:db8::1", bytes(32)),
    surrogate("MAC_ADDRESS", "00:00:5e:00:53:01", bytes(32)),
]
NOT_PROTECTED = [
    "[user:jane]",
    "[EMAIL]",
    "[email ]",
    "[e-mail]",
    "[user:~k3f9x2m7pi*]",
    "[user:~k3f9x2m7pq]",
    "[user:~k3f9x2m7pqk]",
    "[user:~k3f9x2m7pr*]",
    "[user:%k3f9x2m7pq*]",
    "[user~k3f9x2m7pq*]",
    "[nobody:~k3f9x2m7pq*]",
    "<HOME>",
    "<user>",
    "<home",
    "[home]",
    "<home]",
    "...",
    "jane@redacted.invalid",
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


@pytest.mark.parametrize("text", ADDRESSES)
def test_an_address_that_is_nobodys_is_recognised(text: str) -> None:
    """Alone, and between others in their order."""
    assert GRAMMAR.is_placeholder(text)
    first, last = len("[email] "), len("[email] ") + len(text)
    assert GRAMMAR.ranges(f"[email] {text} <home>") == [
        (0, 7),
        (first, last),
        (last + 1, last + 7),
    ]


def test_labels_of_paths_are_roots_and_dots() -> None:
    """Three dots are anybody's, so they are not protected."""
    assert {*ROOT_LABELS, ELIDED} == PATH_LABELS
    assert GRAMMAR.ranges(" ".join(ROOT_LABELS)) != []
    assert GRAMMAR.ranges(ELIDED) == []


@pytest.mark.parametrize(
    ("entity", "label", "expected"),
    [
        ("USERNAME", "", True),
        ("BADGE_ID", "", True),
        ("SECRET", "", True),
        ("IMAGE_DATA", "", False),
        ("ARRAY_DATA", "", False),
        ("BINARY_DATA", "", False),
        ("BADGE_ID", "image/png", False),
        ("SCRUB_FAILED", "", False),
    ],
)
def test_only_who_or_what_is_named_has_a_pseudonym(
    entity: str, label: str, *, expected: bool
) -> None:
    """Data is told by its kind and its shape."""
    assert nameable(entity, label) is expected


@pytest.mark.parametrize("entity", [one for one in WORDS if nameable(one)] + ["BADGE_ID"])
def test_a_pseudonym_fits_the_grammar(entity: str) -> None:
    """Under both marks, behind each word; a label goes before it."""
    for mark in "~#":
        text = placeholder(entity, token=f"{mark}k3f9x2m7pq*")
        assert text == f"[{word_for(entity)}:{mark}k3f9x2m7pq*]"
        assert GRAMMAR.is_placeholder(text)
    assert placeholder(entity, "image/png", token="~k3f9x2m7pq*") == "[image/png]"


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
