"""Promises of every check: it takes any text, never raises, answers a bool, and is fast."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber.validators import VALIDATORS
from scrubber.validators.image import image_label
from scrubber.validators.labels import LABELLERS
from scrubber.validators.words import words

ANY_CHARACTER = st.characters(min_codepoint=0, max_codepoint=0x10FFFF)
ANY_TEXT = st.text(ANY_CHARACTER)

# Texts near what the checks look for break them sooner than any text does.
NEAR = st.lists(
    st.one_of(
        st.sampled_from([".", ":", "::", "@", "-", "%", "\\", "/", "$", "{", "[", "<", "*", "_"]),
        st.sampled_from(["self", "password", "token", "key", "data:image/png;base64,", "AKIA"]),
        st.text("0123456789abcdefABCDEF", min_size=1, max_size=8),
        st.text("0123456789", min_size=1, max_size=3),
        ANY_CHARACTER,
    ),
    max_size=20,
).map("".join)

LONG = (
    "a",
    "0",
    ".",
    ":",
    "@",
    "-",
    "a.",
    "a-",
    "a_",
    "1:",
    "::",
    "\\",
    "/a",
    "${",
    "Aa0",
    "\ud800",
    "é",
)


def test_a_check_is_loaded_when_it_is_asked_for() -> None:
    """Not before: most programs meet a few of them."""
    code = (
        "import sys; from scrubber.validators import VALIDATORS as found;"
        "before = [one for one in sys.modules if one.startswith('scrubber.validators.')];"
        "print(before, len(found) == len(list(found)), found['ipv4']('192.0.2.1'), 'x' in found)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[] True True False"


def test_every_check_is_there_under_its_own_name() -> None:
    """And an unknown one is none."""
    assert [name for name in VALIDATORS if VALIDATORS[name].__name__ != name] == []
    with pytest.raises(KeyError):
        VALIDATORS["nothing"]


@pytest.mark.parametrize("name", sorted(VALIDATORS))
@given(text=ANY_TEXT | NEAR)
def test_any_text_gives_a_bool_and_always_the_same(name: str, text: str) -> None:
    """A check is a pure function of any string, lone surrogates included."""
    check = VALIDATORS[name]
    assert check(text) is check(text)
    assert isinstance(check(text), bool)


@given(text=ANY_TEXT | NEAR)
def test_any_text_gives_a_label(text: str) -> None:
    """The label of an image is one of a few forms, whatever the text."""
    label = image_label(text)
    assert label.split("/")[0] == "image"
    assert label.isascii()
    assert len(label) < len("image/vnd.microsoft.icon 999999x999999") + 1


@pytest.mark.parametrize("name", sorted(VALIDATORS))
def test_nothing_is_no_finding(name: str) -> None:
    """The empty string is refused by every check."""
    assert VALIDATORS[name]("") is False


@pytest.mark.parametrize("name", [*sorted(VALIDATORS), *sorted(LABELLERS)])
def test_a_megabyte_takes_no_time(name: str) -> None:
    """A text of a million characters is judged at once, however it repeats."""
    check = VALIDATORS.get(name) or LABELLERS[name]
    slow = []
    for piece in LONG:
        text = piece * (1_000_000 // len(piece))
        begin = time.perf_counter()
        check(text)
        if time.perf_counter() - begin > 5.0:  # what is not linear takes minutes
            slow.append(piece)
    assert slow == []


def test_words_are_divided_by_any_blanks() -> None:
    """A list of words may run over lines."""
    assert words(" a\n  b  a\t") == frozenset({"a", "b"})
