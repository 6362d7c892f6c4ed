"""Overlapping spans in, disjoint spans out."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from scrubber.resolve import resolve
from tests.small_rules import span

if TYPE_CHECKING:
    from scrubber.types import Span

CASES: list[tuple[str, list[Span], list[tuple[int, int]], list[tuple[int, int, str]]]] = [
    ("nothing", [], [], []),
    ("one", [span(1, 3)], [], [(1, 3, "A")]),
    ("in order", [span(5, 6), span(1, 3)], [], [(1, 3, "A"), (5, 6, "A")]),
    ("touching stay apart", [span(1, 3), span(3, 5)], [], [(1, 3, "A"), (3, 5, "A")]),
    ("one entity unites", [span(1, 4), span(3, 6)], [], [(1, 6, "A")]),
    ("a chain unites", [span(1, 4), span(3, 6), span(5, 9)], [], [(1, 9, "A")]),
    ("inside unites", [span(1, 9), span(3, 4)], [], [(1, 9, "A")]),
    ("longest wins", [span(0, 5), span(3, 9, "B")], [], [(0, 3, "A"), (3, 9, "B")]),
    ("the tail is kept", [span(0, 9), span(7, 12, "B")], [], [(0, 9, "A"), (9, 12, "B")]),
    (
        "both ends are kept",
        [span(2, 6), span(0, 3, "B"), span(5, 8, "B")],
        [],
        [(0, 2, "B"), (2, 6, "A"), (6, 8, "B")],
    ),
    (
        "around a winner",
        [span(4, 12), span(3, 7, "B"), span(0, 20, "C", confidence=0.1)],
        [],
        [(0, 20, "C")],
    ),
    (
        "the surest of equals",
        [span(0, 4), span(2, 6, "B", confidence=0.95)],
        [],
        [(0, 2, "A"), (2, 6, "B")],
    ),
    (
        "the first rule of equals",
        [span(2, 6, "B"), span(0, 4)],
        [],
        [(0, 4, "A"), (4, 6, "B")],
    ),
    ("all protected", [span(2, 4)], [(1, 5)], []),
    ("exactly protected", [span(2, 4)], [(2, 4)], []),
    ("around a protected range", [span(0, 9)], [(2, 4)], [(0, 2, "A"), (4, 9, "A")]),
    ("head protected", [span(2, 9)], [(0, 4)], [(4, 9, "A")]),
    ("tail protected", [span(0, 5)], [(4, 8)], [(0, 4, "A")]),
    (
        "several protected",
        [span(0, 20)],
        [(0, 2), (5, 6), (6, 8), (19, 25)],
        [(2, 5, "A"), (8, 19, "A")],
    ),
    (
        "united before protected",
        [span(0, 5), span(3, 9)],
        [(4, 5)],
        [(0, 4, "A"), (5, 9, "A")],
    ),
    (
        "two entities around a protected range",
        [span(0, 9), span(7, 12, "B")],
        [(8, 10)],
        [(0, 8, "A"), (10, 12, "B")],
    ),
]


@pytest.mark.parametrize(
    ("spans", "protected", "expected"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_resolve_keeps_what_is_covered(
    spans: list[Span],
    protected: list[tuple[int, int]],
    expected: list[tuple[int, int, str]],
) -> None:
    """Every character stays covered, once, protected ranges apart, in whatever order."""
    for order in (spans, spans[::-1]):
        resolved = resolve(order, protected=protected)
        assert [(one.start, one.end, one.entity) for one in resolved] == expected


def test_a_union_is_named_by_its_longest_member() -> None:
    """Label and rule are those of the best-ranked one."""
    short = span(0, 4, rule_id="a.a", label="image")
    long = span(2, 9, rule_id="b.b", label="image/png")
    assert resolve([short, long]) == [span(0, 9, rule_id="b.b", label="image/png")]


def test_many_spans_take_little_time() -> None:
    """A block full of findings is no attack."""
    many = [span(at * 10, at * 10 + 1 + at % 9, "AB"[at % 2]) for at in range(40_000)]
    began = time.monotonic()
    assert len(resolve(many)) == 40_000
    assert time.monotonic() - began < 5


def test_resolve_keeps_what_is_taken_to_its_end() -> None:
    """A span over two protected ranges makes neither of them free for the next span."""
    first, second = span(0, 10, "A"), span(9, 14, "B")
    pieces = resolve([first, second], protected=[(2, 3), (8, 12)])
    assert [(one.start, one.end, one.entity) for one in pieces] == [
        (0, 2, "A"),
        (3, 8, "A"),
        (12, 14, "B"),
    ]
