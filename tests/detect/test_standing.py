"""May a text hold a name: a no is as good as that of the rules."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber.detect.confirm import Detector, confirm
from scrubber.detect.known import name_rules
from scrubber.detect.reference import find
from scrubber.detect.standing import Standing

if TYPE_CHECKING:
    from collections.abc import Callable

NAME = "vexlab7"
DETECTORS = [Detector(rule, {}) for rule in name_rules("spread", "USERNAME", [NAME])]
FORMS: list[Callable[[str], str]] = [
    lambda text: text,
    str.upper,
    str.title,
    lambda text: "".join(f"%{ord(char):02x}" for char in text),
    lambda text: "".join(f"\\x{ord(char):02x}" for char in text),
    lambda text: quote(quote(f"/{text} ")),
    "\0".join,
    lambda text: b64encode(f"login {text} now".encode()).decode(),
    lambda text: b64encode(f"x{text}?>".encode()).decode().replace("+", "-").replace("/", "_"),
]


@pytest.mark.parametrize("form", FORMS)
def test_a_name_may_stand_in_every_form_that_rules_know(form: Callable[[str], str]) -> None:
    """Letters of any case, escapes, UTF-16, base64."""
    assert Standing([NAME]).may_hold(f"a {form(NAME)} b")


def test_most_texts_hold_no_name() -> None:
    """Neither as they are nor decoded."""
    standing = Standing([NAME])
    for text in ("nothing", "100%20 sure", "a\\nb", "", "vexlab", "x_y-z"):
        assert not standing.may_hold(text)
    assert not standing.encoded


def test_what_is_not_simple_may_stand_anywhere() -> None:
    """Its rules look at more than letters."""
    for name in ("ve\xdflab7", "o'vexlab", "vex lab7"):
        standing = Standing([name])
        assert standing.may_hold("nothing")
        assert standing.encoded
    assert not Standing(["p@ss-w0rd"], exact=["p@ss-w0rd"]).may_hold("nothing")
    assert Standing(["p@ss-w0rd"], exact=["p@ss-w0rd"]).may_hold("a p@ss-w0rd")
    assert Standing(["a\\b"], exact=["a\\b"]).may_hold("nothing")


def test_only_what_is_encoded_needs_rules_for_it() -> None:
    """The others need less than half of the time."""
    standing = Standing([NAME])
    assert standing.may_hold(f"by {NAME}")
    assert not standing.encoded
    assert standing.may_hold(FORMS[7](NAME))
    assert standing.encoded
    plain = name_rules("spread", "USERNAME", [NAME], encoded=False)
    assert [rule.id for rule in plain] == ["identity.spread"]


PIECES = st.sampled_from(
    ["vexlab7", "VexLab7", "%76exlab7", "dmV4bGFiNw", "v\0e\0x", "x", "%", " ", "\\x76"]
)


@given(st.lists(PIECES, max_size=6).map("".join) | st.text(max_size=20))
def test_a_no_is_as_good_as_that_of_the_rules(text: str) -> None:
    """Whatever the text."""
    if not Standing([NAME]).may_hold(text):
        assert find(DETECTORS, text) == []
        assert [span for one in DETECTORS for span in confirm(one, text)] == []
