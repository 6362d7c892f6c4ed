"""Remarks under `_meta`, as Sentry reads them: `scrubber.units.remarks`."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber.types import Span
from scrubber.units.remarks import (
    Remark,
    Remarked,
    remarks_of,
    whole_remark,
    with_error,
    with_remarks,
)

Pieces = list[tuple[int, int, int, int]]


def span(start: int, end: int, entity: str = "EMAIL_ADDRESS") -> Span:
    """Give a span of one rule."""
    return Span(start, end, entity, "contact.email", 0.9)


@pytest.mark.parametrize(
    ("before", "ranges"),
    [
        ("", [(0, 7)]),
        ("to ", [(3, 10)]),
        ("\u00e9 ", [(3, 10)]),
        ("\u65e5\u672c ", [(7, 14)]),
        ("\U0001f600 ", [(5, 12)]),
        ("e\u0301 ", [(4, 11)]),
        ("\ud800 ", [(4, 11)]),
    ],
)
def test_ranges_count_bytes_of_the_new_text(before: str, ranges: list[tuple[int, int]]) -> None:
    """Relay counts bytes of UTF-8; a lone surrogate would take three."""
    at = len(before)
    found = remarks_of([span(at, at + 16)], f"{before}[email]", [(at, at + 16, at, at + 7)], {})
    assert [(one.start, one.end) for one in found] == ranges


@given(st.lists(st.tuples(st.text(max_size=4), st.text(max_size=4)), max_size=5), st.text())
def test_ranges_cut_what_replaced_each_span(parts: list[tuple[str, str]], tail: str) -> None:
    """Each range of a text of any letters is the replacement of its span, and nothing else."""
    text, at = "", 0
    pieces: Pieces = []
    spans = []
    for kept, new in parts:
        text += kept
        at += len(kept)
        spans.append(span(at, at + 1))
        pieces.append((at, at + 1, len(text), len(text) + len(new)))
        text += new
        at += 1
    text += tail
    octets = text.encode("utf-8", "surrogatepass")
    found = remarks_of(spans, text, pieces, {})
    cut = [octets[one.start : one.end].decode("utf-8", "surrogatepass") for one in found]
    assert cut == [new for _, new in parts]


@pytest.mark.parametrize(
    ("operator", "kind"),
    [
        ("replace", "s"),
        ("mask", "m"),
        ("hash", "p"),
        ("pseudonym", "p"),
        ("remove", "x"),
        (None, "s"),
    ],
)
def test_the_kind_tells_the_operator(operator: str | None, kind: str) -> None:
    """The letters are those of Sentry's documentation."""
    operators = {} if operator is None else {"EMAIL_ADDRESS": operator}
    (found,) = remarks_of([span(0, 4)], "[x]", [(0, 4, 0, 3)], operators)
    assert found.written() == ["contact.email", kind, 0, 3]


def test_a_remark_without_a_range_has_two_parts() -> None:
    """What was taken out, or was a number, has no place."""
    assert Remark("field.dropped", "x").written() == ["field.dropped", "x"]


def test_the_whole_of_a_text_is_its_bytes() -> None:
    """A text replaced as a whole is remarked from its first byte to its last."""
    assert whole_remark("field.person", "s", "\u00e9!").written() == ["field.person", "s", 0, 3]


def test_nothing_changed_is_nothing_remarked() -> None:
    """An event without findings is not touched."""
    event: dict[str, object] = {"message": "ok"}
    assert with_remarks(event, []) == {"message": "ok"}


ADDRESS = Remarked(("user", "email"), (Remark("contact.email", "s", 0, 7),))

MERGED: dict[str, tuple[object, object]] = {
    "none": (
        None,
        {"user": {"email": {"": {"rem": [["contact.email", "s", 0, 7]]}}}},
    ),
    "of another field": (
        {"message": {"": {"len": 700, "rem": [["!limit", "s", 509, 512]]}}},
        {
            "message": {"": {"len": 700, "rem": [["!limit", "s", 509, 512]]}},
            "user": {"email": {"": {"rem": [["contact.email", "s", 0, 7]]}}},
        },
    ),
    "of this one": (
        {"user": {"email": {"": {"err": ["x"], "rem": [["!limit", "s", 9, 12]]}}}},
        {
            "user": {
                "email": {
                    "": {"err": ["x"], "rem": [["!limit", "s"], ["contact.email", "s", 0, 7]]}
                }
            }
        },
    ),
    "in a tuple": (
        {"user": {"email": {"": {"rem": (("!limit", "x"),)}}}},
        {"user": {"email": {"": {"rem": [("!limit", "x"), ["contact.email", "s", 0, 7]]}}}},
    ),
    "of no known form": (
        "lost",
        {"user": {"email": {"": {"rem": [["contact.email", "s", 0, 7]]}}}},
    ),
    "with a text for a node": (
        {"user": "lost"},
        {"user": {"email": {"": {"rem": [["contact.email", "s", 0, 7]]}}}},
    ),
    "with odd remarks": (
        {"user": {"email": {"": {"rem": ["odd", 7]}}}},
        {"user": {"email": {"": {"rem": ["odd", 7, ["contact.email", "s", 0, 7]]}}}},
    ),
}


@pytest.mark.parametrize("name", MERGED)
def test_remarks_join_those_that_are_there(name: str) -> None:
    """What the SDK remarked stays, less the ranges of a text that is another one now."""
    meta, expected = MERGED[name]
    event: dict[str, object] = {} if meta is None else {"_meta": meta}
    assert with_remarks(event, [ADDRESS]) == {"_meta": expected}


def test_a_remark_is_added_once() -> None:
    """A remark without a range that is there already is not repeated."""
    gone = Remarked(("user", "ip_address"), (Remark("field.dropped", "x"),))
    event = with_remarks(with_remarks({}, [gone]), [gone])
    assert event == {"_meta": {"user": {"ip_address": {"": {"rem": [["field.dropped", "x"]]}}}}}


@pytest.mark.parametrize(
    ("meta", "length"),
    [({}, 16), ({"message": {"": {"len": 700}}}, 700)],
)
def test_a_length_is_told_where_it_is_given(meta: dict[str, object], length: int) -> None:
    """The SDK knows better how long a text was that it has cut."""
    one = Remarked(("message",), (Remark("contact.email"),), 16)
    event = with_remarks({"_meta": meta}, [one])
    assert event["_meta"]["message"][""]["len"] == length  # type: ignore[index]


def test_no_length_is_told_unasked() -> None:
    """The length of a secret helps who looks for it."""
    assert "len" not in json.dumps(with_remarks({}, [ADDRESS]))


@pytest.mark.parametrize("before", [None, [], ["old"], (["old", {}],), "none", {"a": 1}])
def test_what_could_not_be_done_is_remarked_once(before: object) -> None:
    """Of the event as a whole, behind what was remarked before, and not twice."""
    event: dict[str, object] = {"_meta": {"": {"err": before}}} if before is not None else {}
    kept = list(before) if isinstance(before, list | tuple) else []
    entry = ["ner.unreached", {"texts": 2}]
    for _ in range(2):
        event = with_error(event, "ner.unreached", {"texts": 2})
        assert event == {"_meta": {"": {"err": [*kept, entry]}}}


@pytest.mark.parametrize("meta", ["none", {"": "none"}])
def test_remarks_that_are_none_are_begun_anew(meta: object) -> None:
    """Whatever stood in their place."""
    told = with_error({"_meta": meta}, "ner.unreached", {"texts": 2})
    assert told == {"_meta": {"": {"err": [["ner.unreached", {"texts": 2}]]}}}
