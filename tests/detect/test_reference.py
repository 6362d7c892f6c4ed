"""The reference engine: every rule, every view, and spans that cut no escape."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest

from scrubber.detect.reference import find, with_views
from scrubber.types import Piece
from tests.small_rules import AFTER_KEY, EMAIL, IMAGE, PEM, QUOTED, TWO_LINES, detector, rule, span

if TYPE_CHECKING:
    from scrubber.types import Span

ALL = [detector(one) for one in (EMAIL, AFTER_KEY, IMAGE, QUOTED, PEM, TWO_LINES)]
ENCODED = base64.b64encode(b"to: jane@example ok").decode()

VIEWS = [
    ("jane@example", ["jane@example"]),
    ("jane%40example", ["jane%40example"]),
    (r"\u006aane@example", [r"\u006aane@example"]),
    (r"\njane@example", ["jane@example"]),
    (r"\\njane@example", ["jane@example"]),
    (r"\u003cjane@example\u003e", ["jane@example"]),
    (r"&lt;jane&#64;example&gt;", ["jane&#64;example"]),
    (r"jane\\u0040example", [r"jane\\u0040example"]),
    ("plain\njane%40example\nplain", ["jane%40example"]),
    ("a@b\n%41\nc@d\n\\n\ne@f", ["a@b", "c@d", "e@f"]),
    ("over:\n17", ["17"]),
    ("over:\n%31%37", ["%31%37"]),
    ("key%3D abc", ["abc"]),
    ("no finding, 100%", []),
]


@pytest.mark.parametrize(("text", "expected"), VIEWS)
def test_a_plain_rule_is_found_in_every_encoding(text: str, expected: list[str]) -> None:
    """A span of a view covers what wrote it, whole escapes and nothing else."""
    spans = sorted({(one.start, one.end) for one in find(ALL, text)})
    assert [text[start:end] for start, end in spans] == expected


def test_base64_is_read_and_marked_as_such() -> None:
    """What stands in base64 is covered in whole groups; how many layers it took is not known."""
    (one,) = find([detector(EMAIL)], f"x {ENCODED} y")
    covered = f"x {ENCODED} y"[one.start : one.end]
    assert covered in ENCODED
    assert b"jane@example" in base64.b64decode(covered)
    assert one.layers == -1


@pytest.mark.parametrize(("text", "layers"), [("a@b", 0), ("%61@b", 1), ("%2561@b", 2)])
def test_a_span_knows_through_how_many_layers_it_was_read(text: str, layers: int) -> None:
    """A stream goes on reading a blob through as many."""
    assert max(one.layers for one in find([detector(EMAIL)], text) if one.start == 0) == layers


def test_a_raw_span_that_begins_in_an_escape_grows_unless_it_was_read_right() -> None:
    """A letter too much is damage, one too few is a leak."""
    word = detector(rule("WORD", "%{left:[a-z0-9]} [a-z0-9]{3,12}+ !"))
    assert [(one.start, one.end) for one in find([word], r"\u003cjane!")] == [(6, 11)]
    assert {(one.start, one.end) for one in find([word], r"\xabel!")} == {(0, 7)}


def test_a_start_inside_a_text_is_the_start_of_matches() -> None:
    """Nothing that begins in the context is given, in any view, and it hides nothing."""
    text = "a@b c@d %61@b \\u0061@b"
    for start in range(len(text)):
        whole = {(one.start, one.end) for one in find([detector(EMAIL)], text)}
        later = {(one.start, one.end) for one in find([detector(EMAIL)], text, start=start)}
        assert {one for one in whole if one[0] >= start} <= later
        assert all(end > start for _, end in later)


def test_a_match_of_the_context_hides_none_behind_the_start() -> None:
    """A blob that would begin in the context is not followed into the segment."""
    text = r"pw=\"abc pw=\"def\" pw=\"ghi"
    start = text.index("def")
    spans = find([detector(QUOTED)], text, start=start)
    assert [text[one.start : one.end] for one in spans] == ["ghi"]


@pytest.mark.parametrize(
    ("text", "match_start", "blob_start"),
    [("%20key%3D%20abc", 3, -1), ("%20b64%2CAAA", -1, 9)],
)
def test_other_places_of_a_span_are_raw_places_too(
    text: str, match_start: int, blob_start: int
) -> None:
    """Where a match and a blob begin is mapped back like the span."""
    (one,) = find(ALL, text)
    assert (one.match_start, one.blob_start) == (match_start, blob_start)


def test_no_rule_finds_nothing() -> None:
    """Without rules no view is looked at."""
    assert find([], "%41 jane@example") == []


@pytest.mark.parametrize(("text", "expected"), VIEWS[1:5])
def test_what_is_no_rule_is_found_in_every_encoding(text: str, expected: list[str]) -> None:
    """Its spans are put in their places as those of rules are."""

    def claim(view: str, start: int) -> list[Span]:
        at = view.find("jane@example", start)
        return [] if at < 0 else [span(at, at + 12)]

    found = with_views(text, claim(text, 0), claim)
    assert sorted({text[one.start : one.end] for one in found}) == expected


def test_where_nothing_is_claimed_in_views_what_was_claimed_stays() -> None:
    """And where there are no views."""
    raw = [span(0, 3)]
    assert with_views("%41 b", raw, None) is raw
    assert with_views("plain", raw, lambda view, start: []) is raw  # noqa: ARG005


def test_views_are_claimed_from_the_start() -> None:
    """What begins in the context is not wanted."""
    text = "%41 jane%40example"

    def claim(view: str, start: int) -> list[Span]:
        at = view.find("jane@example", start)
        return [] if at < 0 else [span(at, at + 12)]

    assert [one.start for one in with_views(text, [], claim, 4)] == [4]
    assert with_views(text, [], claim, 5) == []


@pytest.mark.parametrize("text", ["p=ab/cd", "p%3Dab%2Fcd", "%20p%3Dab%2Fcd%20", "%70=ab/cd"])
def test_end_of_a_match_is_a_raw_place_too(text: str) -> None:
    """Of a match of which only a piece is claimed, in whatever view."""
    path = rule("FILE_PATH", "p= [a-z/]{1,9}+")
    (one,) = find([detector(path, pieces=lambda _: [Piece(0, 3, "FILE_PATH", "")])], text)
    assert (one.end, one.whole_end) == (text.index("ab") + 1, text.index("cd") + 2)
