"""Fills and marks of examples."""

from __future__ import annotations

from collections import Counter

import pytest

from scrubber.ruleset.examples import ALPHABETS, ExampleError, expand_fills, read_example
from scrubber.ruleset.model import Example


@pytest.mark.parametrize(
    ("alphabet", "expected"),
    [
        ("hex", "85d468dd8cbb"),
        ("digits", "273800774674"),
        ("upper", "UPPSWQZBCAZU"),
        ("lower", "uppswqzbcazu"),
        ("alnum", "arveomfnem99"),
        ("upper_alnum", "ARVEOMFNEM99"),
        ("base32", "IF5UGYN5Y433"),
        ("base62", "klFyS6pH8Gpa"),
        ("base64", "ifDuM4nD4C77"),
        ("base64url", "ifDuM4nD4C77"),
    ],
)
def test_fill_is_the_same_on_every_machine(alphabet: str, expected: str) -> None:
    """A stored span or a stored redaction stays right for ever."""
    assert expand_fills(f"%{{{alphabet}:12}}", seed="s") == expected


@pytest.mark.parametrize("alphabet", ALPHABETS)
def test_fill_has_its_length_and_uses_its_whole_alphabet(alphabet: str) -> None:
    """No letter is missing, or much more frequent than another."""
    text = expand_fills(f"%{{{alphabet}:4096}}", seed="")
    counts = Counter(text)
    assert len(text) == 4096
    assert set(text) == set(ALPHABETS[alphabet])
    assert max(counts.values()) < 2 * min(counts.values())


def test_fills_differ_by_place_and_seed() -> None:
    """Two keys of one example are not the same key, nor are those of two examples."""
    first, second = expand_fills("%{hex:32} %{hex:32}", seed="a").split()
    assert first != second
    assert first == expand_fills("%{hex:32}", seed="a")
    assert first != expand_fills("%{hex:32}", seed="b")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("100% {hex:4}", "100% {hex:4}"),
        ("%{sep} %{} %{hex:} %{HOST:2}", "%{sep} %{} %{hex:} %{HOST:2}"),
        ("<%{digits:1}>", "<3>"),
        ("<%{digits:0000001}>", "<3>"),
    ],
)
def test_only_fills_are_replaced(text: str, expected: str) -> None:
    """What is written otherwise stays, since a log may hold it."""
    assert expand_fills(text, seed="s1") == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("%{emoji:4}", r"unknown fill %\{emoji\}; known: alnum, base32,"),
        ("%{hex:0}", "a fill has 1 to 4096 characters"),
        ("%{hex:4097}", "a fill has 1 to 4096 characters"),
        ("%{hex:10000000}", "a fill has 1 to 4096 characters"),
        pytest.param(f"%{{hex:{'9' * 5000}}}", "a fill has 1 to 4096", id="too long for int"),
    ],
)
def test_bad_fill_is_refused(text: str, reason: str) -> None:
    """An alphabet that is not there, and every length that is none."""
    with pytest.raises(ExampleError, match=reason):
        expand_fills(f"from jane@example.com {text}", seed="")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nothing", Example("nothing", ())),
        ("", Example("", ())),
        ("«all»", Example("all", ((0, 3),))),
        ("a «b» c", Example("a b c", ((2, 3),))),
        ("«a»«b»", Example("ab", ((0, 1), (1, 2)))),
        ("\U0001f600 «é»", Example("\U0001f600 é", ((2, 3),))),
        ("id «%{digits:3}»\n", Example("id 990\n", ((3, 6),))),
    ],
)
def test_marks_become_spans(text: str, expected: Example) -> None:
    """Spans are half-open code points of the text without marks, fills made first."""
    assert read_example(text, seed="s2") == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("«a «b» c»", "opened inside another"),
        ("««a»»", "opened inside another"),
        ("«»", "closed that is empty"),
        ("a»", "was not opened"),
        ("«a» b»", "was not opened"),
        ("«a", "opened and not closed"),
        ("a«", "opened and not closed"),
        ("«%{hex:0}»", "1 to 4096"),
    ],
)
def test_bad_marks_are_refused(text: str, reason: str) -> None:
    """Nested, empty, not opened, not closed; the reason has no text of the example."""
    with pytest.raises(ExampleError, match=reason) as caught:
        read_example(f"jane@example.com {text}", seed="")
    assert "jane" not in str(caught.value)
