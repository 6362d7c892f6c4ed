"""The lines that concern one person, and the windows they are looked at in."""

from __future__ import annotations

from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber.identity.model import Identity
from scrubber.pipeline import Scrubber
from scrubber.retention.concerning import TOO_LONG, concerning
from scrubber.retention.identifiers import read_identifiers
from scrubber.retention.person import Person
from scrubber.retention.windows import windows

SCRUBBER = Scrubber("strict", identity=Identity.none())
JANE = Person(read_identifiers("jane.vexler@example.com\njvexler77\n"))


def lines(text: str, *, person: Person = JANE) -> list[tuple[int, str]]:
    """Give the lines that concern Jane."""
    return [
        (one.number, one.text)
        for window in windows([text])
        for one in concerning(window, person, SCRUBBER)
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("jvexler77 wrote to bob@example.org", "jvexler77 wrote to [email]"),
        ("jane.vexler@example.com,bob@example.org", "jane.vexler@example.com,[email]"),
        ("jvexler77@bob.example.org x", "jvexler77[email] x"),
        ("/home/jvexler77/for/bob@example.org", "/home/jvexler77/for/[email]"),
        ("by jvexler77\r", "by jvexler77"),
        ("jvexler77 bob\0@example.org x", "jvexler77 [binary] x"),
        ("b\0o\0b\0 \0x\0 jvexler77 x", "[binary] [binary] jvexler77 x"),
    ],
)
def test_others_are_taken_out(text: str, shown: str) -> None:
    """Of a finding that holds the person's name and more, the name alone stays."""
    assert lines(text) == [(1, shown)]


def test_others_are_taken_out_of_base64() -> None:
    """And so is the person, since the bits of whoever stands beside them would stay."""
    both = b64encode(b"bob@example.org,jane.vexler@example.com,").decode()
    found = lines(f"payload={both} end")
    assert [number for number, _ in found] == [1]
    assert found[0][1].startswith("payload=[")
    assert not any(both[at : at + 8] in found[0][1] for at in range(0, 48, 4))


def test_lines_around_are_looked_at() -> None:
    """A key over several lines is one, whichever of them concerns the person."""
    begin, end = (f"-----{word} RSA PRIVATE KEY-----" for word in ("BEGIN", "END"))
    body = "\n".join(["MIIEow" + "A" * 58, "B" * 64])
    found = lines(f"{begin}\n{body}\njvexler77\n{body}\n{end}\n")
    assert "AAAA" not in "".join(text for _, text in found)


def test_only_lines_that_concern_are_given() -> None:
    """With their numbers."""
    assert lines("a\njvexler77 1\nb\n\njvexler77 2") == [(2, "jvexler77 1"), (5, "jvexler77 2")]


def test_a_line_that_is_too_long_is_a_marker() -> None:
    """It is told of, whole, and the next line is shown again."""
    text = "x" * 3000 + " jvexler77 bob@example.org " + "y" * 3000 + "\njvexler77\n"
    found = [
        (one.number, one.text)
        for window in windows([text], middle=1000, around=200)
        for one in concerning(window, JANE, SCRUBBER)
    ]
    assert set(found) == {(1, TOO_LONG), (2, "jvexler77")}


@given(
    st.lists(st.text("ab\n", max_size=9), max_size=9),
    st.integers(1, 9),
    st.integers(0, 9),
)
def test_windows_give_every_line_once(pieces: list[str], middle: int, around: int) -> None:
    """Their middles are the text, their numbers those of its lines."""
    text = "".join(pieces)
    found = list(windows(pieces, middle=middle, around=around))
    assert "".join(one.text[one.start : one.end] for one in found) == text
    at = 0
    for one in found:
        size = one.end - one.start
        assert 0 < size <= middle
        assert one.first == text.count("\n", 0, at) + 1
        assert one.text.startswith(text[max(0, at - around) : at + size])
        if not one.too_long:
            assert at == 0 or text[at - 1] == "\n"
            assert at + size == len(text) or text[at + size - 1] == "\n"
        at += size
