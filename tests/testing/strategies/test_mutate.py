"""The mutators break texts in the ways that break scanners."""

from __future__ import annotations

import unicodedata

from hypothesis import find, given, settings
from hypothesis import strategies as st

from scrubber.testing.strategies import cut, emails, glued, log_lines, near_misses, twinned
from scrubber.testing.strategies.mutate import LOOK_ALIKES, STRANGE

FEW = settings(max_examples=25)
TEXT = "Ask jane.doe@example.com: 192.0.2.1"


@FEW
@given(near_misses(st.just(TEXT)))
def test_a_near_miss_is_one_change_away(text: str) -> None:
    """A character less, more, another, swapped; or another case from there on."""
    longest = max(map(len, STRANGE))
    assert -1 <= len(text) - len(TEXT) <= longest
    begun = sum(1 for _ in zip(text, TEXT, strict=False))
    same = next((at for at in range(begun) if text[at] != TEXT[at]), begun)
    rest = text[same:].casefold()
    assert any(
        rest.endswith(TEXT[at:].casefold()) for at in range(same, min(same + 3, len(TEXT) + 1))
    )


@FEW
@given(twinned(st.just(TEXT)))
def test_a_twin_differs_in_look_alikes_only(text: str) -> None:
    """As many characters, one to three of them others that look the same."""
    changed = [(old, new) for old, new in zip(TEXT, text, strict=True) if old != new]
    assert 1 <= len(changed) <= 3
    assert all(new in LOOK_ALIKES[old] for old, new in changed)


def test_look_alikes_are_of_every_sort() -> None:
    """Kelvin sign, long s, Cyrillic, wide letters, digits of other scripts: none is ASCII."""
    twins = "".join(LOOK_ALIKES.values())
    assert not any(one.isascii() for one in twins)
    assert {"\u212a", "\u017f", "\u0430", "\uff20"} <= set(twins)
    for digit in "0123456789":
        assert {unicodedata.digit(one) for one in LOOK_ALIKES[digit]} == {int(digit)}


@FEW
@given(glued(st.just("192.0.2.1")))
def test_what_is_glued_holds_every_match(text: str) -> None:
    """Two to four of them."""
    assert 2 <= text.count("192.0.2.1") <= 4


@FEW
@given(cut(st.just(TEXT)))
def test_what_is_cut_is_a_piece(text: str) -> None:
    """With a word before or after, or nothing."""
    bare = text.removeprefix("see ").removeprefix("x").removesuffix(" now").removesuffix("\n")
    assert bare in TEXT or text in TEXT


def test_a_match_is_cut_at_the_end_of_a_text() -> None:
    """Where a scanner that looks ahead finds nothing."""
    assert find(cut(emails()), lambda text: text.endswith("@example.")).endswith("@example.")


def test_values_samples_and_texts_are_taken() -> None:
    """A value by itself, the content of a sample, any text."""
    assert "example.com" in find(glued(emails()), lambda text: "example.com" in text)
    assert len(find(near_misses(log_lines()), lambda _: True)) > 9
    assert find(near_misses(st.just("")), lambda _: True) in STRANGE
    assert find(twinned(st.just("")), lambda _: True) == ""
    assert find(cut(st.just("")), lambda _: True) == ""
