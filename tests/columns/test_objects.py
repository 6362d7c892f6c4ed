"""Cells that are Python objects."""

from __future__ import annotations

import datetime as dt
import enum
from collections import namedtuple
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Any
from uuid import UUID

import pytest

from scrubber.columns.closed import RefusedError
from scrubber.columns.objects import replaced_objects
from tests.columns.fakes import MAIL, Counting


class Kind(enum.StrEnum):
    """A text with a name of its own."""

    MAIL = MAIL


class Loud(str):
    """A text that hides what it is, and holds something besides."""

    __slots__ = ("more",)

    def __str__(self) -> str:
        return "nothing"


Pair = namedtuple("Pair", "a b")  # noqa: PYI024  # what people have in their frames


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (MAIL, "[email]"),
        (MAIL.encode() + b"\xff", b"[email]\xff"),
        (bytearray(MAIL.encode()), bytearray(b"[email]")),
        (f"\ud800{MAIL}", "\ud800[email]"),
        (PurePosixPath("/srv") / MAIL, PurePosixPath("/srv/[email]")),
        ([1, MAIL], [1, "[email]"]),
        ((None, (MAIL,)), (None, ("[email]",))),
        pytest.param({MAIL, 2}, {"[email]", 2}, id="a set"),  # its order is another each time
        (frozenset({MAIL}), frozenset({"[email]"})),
        ({"a": [MAIL], 3: 4}, {"a": ["[email]"], 3: 4}),
        ({MAIL: 1, "joe@a": 2, "[email]": 3}, {"[email] (2)": 1, "[email] (3)": 2, "[email]": 3}),
        ({(MAIL, 1): 2}, {("[email]", 1): 2}),
        (Kind.MAIL, "[email]"),
        (Loud(MAIL), "[email]"),
        (Loud("ok"), "ok"),
    ],
    ids=repr,
)
def test_every_text_in_a_cell_is_scrubbed(cell: object, expected: object) -> None:
    """It comes out as what it was."""
    before = repr(cell)
    (done,) = replaced_objects([cell], Counting()).values()
    assert (done, type(done)) == (expected, type(expected))
    assert repr(cell) == before


@pytest.mark.parametrize(
    "cell",
    [
        *("ok", b"\xff", None, True, 1, 1.5, Decimal("1.5"), dt.date(2020, 1, 2), UUID(int=7)),
        *([1, ["ok"]], {"a": {"b": 1}}, (), {1}, PurePosixPath("/srv/app")),
    ],
    ids=repr,
)
def test_a_clean_cell_is_the_same_object(cell: object) -> None:
    """Nothing is copied that does not change."""
    assert replaced_objects([cell], Counting()) == {}


@pytest.mark.parametrize(
    "cell",
    [object(), ValueError(MAIL), Pair(MAIL, 1), [Pair(MAIL, 1)], {"a": object()}, memoryview(b"")],
)
def test_an_object_nobody_knows_is_refused(cell: Any) -> None:  # noqa: ANN401  # any object
    """Its kind is told, not what it holds."""
    with pytest.raises(RefusedError, match="cannot be scrubbed") as caught:
        replaced_objects([cell], Counting())
    assert MAIL not in str(caught.value)


def test_texts_of_all_cells_go_in_one_pass() -> None:
    """Only the suspect ones are scrubbed, each once."""
    counting = Counting()
    replaced_objects(["a", [MAIL, "b"], {"c": MAIL}, b"d"], counting)
    assert counting.scanned == [f"a\n{MAIL}\nb\nc\nd".encode()]
    assert counting.given == [MAIL]
