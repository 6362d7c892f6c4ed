"""What is encoded can be read back by who knows how, and stands where it is promised to."""

from __future__ import annotations

import ast
import re
from base64 import b64decode
from typing import TYPE_CHECKING

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from scrubber.encodings import ENCODINGS
from scrubber.testing.leaks import leaks
from scrubber.testing.strategies import emails, encoded, ip_addresses, planted
from scrubber.testing.strategies.encode import WRAPPINGS

if TYPE_CHECKING:
    from scrubber.testing import Sample

FEW = settings(max_examples=8)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_value_stands_in_the_encoding_that_is_named(encoding: str) -> None:
    """Alone or with its context, it reads as that encoding writes it."""

    @FEW
    @given(encoded(emails(), encodings=[encoding], wrappings=["none"]))
    def check(sample: Sample) -> None:
        (one,) = sample.planted
        if encoding.startswith("base64"):
            run = max(re.findall(r"[A-Za-z0-9+/]{12,}={0,2}", sample.content), key=len)
            assert one.value in b64decode(run).decode()
        elif encoding == "ansi":
            assert one.value in re.sub(r"\x1b\[[0-9]+m", "", sample.content)
        else:
            assert ENCODINGS[encoding].encode(one.value) in sample.content
        assert leaks(sample.content, sample.planted)

    check()


@pytest.mark.parametrize("wrapping", WRAPPINGS)
def test_lines_are_broken_as_the_wrapping_says(wrapping: str) -> None:
    """And what was planted can still be read in it."""
    encodings = ["base64_0"] if wrapping.startswith("base64") else ["raw"]
    long = planted("EMAIL_ADDRESS").map(
        lambda sample: type(sample)(f"{'as it was said ' * 9}{sample.content}", sample.planted)
    )

    @FEW
    @given(encoded(long, encodings=encodings, wrappings=[wrapping, "none"]))
    def check(sample: Sample) -> None:
        assert leaks(sample.content, sample.planted)

    check()
    if wrapping != "none":
        wrapped = find(
            encoded(long, encodings=encodings, wrappings=[wrapping]),
            lambda sample: "\n" in sample.content,
            settings=settings(max_examples=50, phases=[Phase.generate]),
        )
        assert "\n" in wrapped.content


def test_wrappings_are_what_programs_write() -> None:
    """Base64 of 64 or 76 characters a line, a repr in literals, a command, an indent."""
    text = "one two three four five six seven eight nine ten jane@example.com"
    assert set(map(len, WRAPPINGS["base64_76"]("x" * 200).split("\n"))) == {76, 48}
    assert set(map(len, WRAPPINGS["base64_64"]("x" * 128).split("\n"))) == {64}
    printed = WRAPPINGS["pprint"](text)
    assert printed.count("\n") > 1
    assert text in ast.literal_eval(printed)["message"]
    assert WRAPPINGS["backslash"](text).count(" \\\n") == 2
    assert WRAPPINGS["indent"]("a\nb") == "    a\n    b"


def test_what_cannot_be_undone_is_not_written() -> None:
    """A text of fewer than twelve bytes is in no base64: it stands in a longer one."""

    @FEW
    @given(encoded(ip_addresses(), encodings=["base64_0"], wrappings=["none"]))
    def check(sample: Sample) -> None:
        assert sample.planted[0].value not in sample.content
        assert leaks(sample.content, sample.planted)

    check()


@pytest.mark.parametrize("names", [{"encodings": ["rot13"]}, {"wrappings": ["zigzag"]}])
def test_an_unknown_name_is_refused(names: dict[str, list[str]]) -> None:
    """At once, not when the first example is drawn."""
    with pytest.raises(KeyError):
        encoded(emails(), **names)


def test_a_sample_that_fits_nowhere_stays_as_it_is() -> None:
    """Nothing is dropped."""
    short = planted("IP_ADDRESS").filter(lambda sample: len(sample.content) < 12)
    strategy = encoded(short, encodings=["base64_0"])
    assert find(strategy, lambda _: True).content == find(short, lambda _: True).content


@FEW
@given(st.data())
def test_what_stays_is_told_of_plain_texts_only(data: st.DataObject) -> None:
    """In another encoding it reads otherwise."""
    plain = data.draw(encoded(planted("SECRET"), encodings=["raw"], wrappings=["none"]))
    assert all(text in plain.content for text in plain.stays)
    assert data.draw(encoded(planted("SECRET"), encodings=["url"])).stays == ()
