"""Rows are cut, suspected and scrubbed as they would be one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber.columns import rows
from scrubber.columns.rows import blocks, replaced_texts, scrub_distinct, suspect_rows
from scrubber.errors import ScrubberError
from tests.columns.fakes import MAIL, SMALL, Counting

if TYPE_CHECKING:
    from collections.abc import Sequence

TEXTS = st.lists(st.text(st.sampled_from("a@1\n\ud800é"), max_size=9) | st.just(MAIL), max_size=9)


def ends_of(texts: Sequence[str]) -> list[int]:
    """Give where each text ends, in bytes."""
    sizes = [len(text.encode()) for text in texts]
    return [sum(sizes[: at + 1]) for at in range(len(sizes))]


class Naming(Counting):
    """A scrubber that names lines it is told to."""

    def __init__(self, *lines: int) -> None:
        """Name these."""
        super().__init__()
        self.lines = lines

    def suspects(self, data: bytes) -> Sequence[int]:  # noqa: ARG002  # as the contract has it
        """Name the lines, whatever there is."""
        return self.lines


@given(st.lists(st.integers(0, 9)), st.integers(1, 20))
def test_blocks_cover_each_row_once_and_stay_small(sizes: list[int], most: int) -> None:
    """Only a row that is too large alone makes a block too large."""
    ends = [sum(sizes[: at + 1]) for at in range(len(sizes))]
    found = list(blocks(ends, most))
    assert [row for first, behind in found for row in range(first, behind)] == [*range(len(ends))]
    for first, behind in found:
        joined = sum(sizes[first:behind]) + behind - first - 1
        assert joined <= most or behind == first + 1


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["a", "b"], []),
        (["a", "@", "b", "@"], [1, 3]),
        (["@\nb\n@", "", "a\n@"], [0, 2]),
        (["é@", "é", "€\n@"], [0, 2]),
        (["", "", "@"], [2]),
        (["a\n", "@", "\n"], [1]),
    ],
)
def test_a_row_is_suspect_when_one_of_its_lines_is(texts: list[str], expected: list[int]) -> None:
    """Once, however many there are, and no other row."""
    assert suspect_rows(Counting(), "\n".join(texts).encode(), ends_of(texts)) == expected


@pytest.mark.parametrize(("line", "row"), [(0, 0), (1, 1), (2, 2), (4, 2), (5, 2), (6, 3)])
def test_every_line_belongs_to_one_row(line: int, row: int) -> None:
    """Empty rows and empty last lines too."""
    texts = ["", "", "ab\n", ""]
    assert suspect_rows(Naming(line), "\n".join(texts).encode(), ends_of(texts)) == [row]


@pytest.mark.parametrize("line", [-1, 4])
def test_a_line_outside_is_an_error(line: int) -> None:
    """It would be another row, or none."""
    with pytest.raises(ScrubberError):
        suspect_rows(Naming(line), b"a\nb", [1, 2])


def test_rows_that_do_not_fit_the_text_are_an_error() -> None:
    """Every row behind the fault would be taken for another."""
    with pytest.raises(ScrubberError):
        suspect_rows(Counting(), b"a\nb", [1, 3])


def test_nothing_is_asked_beyond_what_a_pass_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A row that is too large is looked at."""
    monkeypatch.setattr(rows, "MOST", 3)
    counting = Counting()
    assert suspect_rows(counting, b"aaaa", [4]) is None
    assert counting.scanned == []
    assert replaced_texts(counting, ["aaaa", "a", "b", "c", MAIL]) == {MAIL: "[email]"}
    assert counting.scanned == [b"a\nb", b"c"]
    assert counting.given == ["aaaa", MAIL]


@given(TEXTS, st.booleans(), st.integers(1, 30))
def test_texts_become_what_they_become_alone(texts: list[str], proves: bool, most: int) -> None:  # noqa: FBT001
    """Whatever they hold, however they are cut, and also when nothing is proven."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rows, "MOST", most)
        found = replaced_texts(Counting(proves=proves), texts)
    assert [found.get(text, text) for text in texts] == SMALL.scrub_many(texts)


def test_equal_texts_are_scrubbed_once() -> None:
    """A column of few values is cheap."""
    counting = Counting()
    replaced_texts(counting, [MAIL, "a", MAIL, "a"])
    assert (counting.scanned, counting.given) == ([MAIL.encode() + b"\na"], [MAIL])


@pytest.mark.parametrize("given", [[], ["a", "b"], [None], [b"a"]])
def test_an_answer_that_does_not_fit_is_an_error(
    monkeypatch: pytest.MonkeyPatch, given: list[str]
) -> None:
    """A row without an answer would stay as it is."""
    counting = Counting()
    monkeypatch.setattr(counting, "scrub_many", lambda _: given)
    with pytest.raises(ScrubberError):
        scrub_distinct(counting, ["x"])
