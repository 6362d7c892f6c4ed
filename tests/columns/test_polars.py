"""Series and frames of polars: each cell as it would be alone, everything else as it was."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber.errors import ScrubberError
from tests.columns.fakes import CELLS, MAIL, Counting, alone, failing, functions_of

pl = pytest.importorskip("polars", reason="polars is not installed")
pytest.importorskip("pyarrow", reason="pyarrow is not installed")

from scrubber.columns import polars  # noqa: E402


def scrubbed(series: Any, counting: Counting | None = None) -> Any:  # noqa: ANN401  # any series
    """Scrub a series with the small scrubber."""
    return polars.scrub_series(series, scrubber=counting or Counting())


@given(CELLS, CELLS, st.sampled_from([pl.String, pl.Categorical]), st.booleans())
def test_cells_become_what_they_become_alone(
    cells: list[str | None],
    more: list[str | None],
    kind: Any,  # noqa: ANN401  # a type of polars
    proves: bool,  # noqa: FBT001
) -> None:
    """In every type for texts, in a slice, in chunks."""
    chunks = [pl.Series("a", ["x", *cells], dtype=kind)[1:], pl.Series("a", more, dtype=kind)]
    series = pl.concat(chunks, rechunk=False)
    done = scrubbed(series, Counting(proves=proves))
    assert (done.dtype, done.name) == (series.dtype, "a")
    assert done.to_list() == alone([*cells, *more])
    assert series.to_list() == [*cells, *more]


def test_nested_cells_are_scrubbed() -> None:
    """Lists, arrays, structs and bytes."""
    series = pl.Series(
        [{"a": [MAIL, None], "b": ["x", MAIL], "c": MAIL.encode(), "d": 1}, None],
        dtype=pl.Struct(
            {"a": pl.List(pl.String), "b": pl.Array(pl.String, 2), "c": pl.Binary, "d": pl.Int8}
        ),
    )
    done = scrubbed(series)
    assert done.dtype == series.dtype
    expected = {"a": ["[email]", None], "b": ["x", "[email]"], "c": b"[email]", "d": 1}
    assert done.to_list() == [expected, None]


@pytest.mark.parametrize("nested", [False, True])
def test_an_enum_names_what_its_values_became(nested: bool) -> None:  # noqa: FBT001
    """Each value once, used or not; equal ones are one."""
    enum = pl.Enum([MAIL, "b", "joe@example.com"])
    kind = pl.List(enum) if nested else enum
    cells = [MAIL, None, "b"] * 9
    done = scrubbed(pl.Series([[one] for one in cells] if nested else cells, dtype=kind))
    assert (done.dtype.inner if nested else done.dtype) == pl.Enum(["[email]", "b"])
    assert (done.explode() if nested else done).to_list() == ["[email]", None, "b"] * 9


@pytest.mark.parametrize("kind", [pl.String, pl.Categorical])
def test_a_pickle_holds_nothing_else(kind: Any) -> None:  # noqa: ANN401  # as above
    """Neither what lies outside of a slice nor what a category was."""
    series = pl.Series(["clean", f"a longer text than that {MAIL}"], dtype=kind)
    assert MAIL.encode() not in pickle.dumps(scrubbed(series))
    assert MAIL.encode() not in pickle.dumps(scrubbed(series[:1]))


def test_only_suspect_cells_become_strings() -> None:
    """One of many."""
    counting = Counting()
    scrubbed(pl.Series("a", ["clean"] * 500 + [MAIL]), counting)
    assert counting.given == ["a", MAIL]


def test_a_frame_is_scrubbed_whole() -> None:
    """Numbers pass, and names are kept apart."""
    frame = pl.DataFrame({"n": [1], MAIL: [MAIL], "joe@example.com": [None], "t": [True]})
    done = polars.scrub_frame(frame, scrubber=Counting())
    assert done.to_dicts() == [{"n": 1, "[email]": "[email]", "[email] (2)": None, "t": True}]
    assert frame.columns[1] == MAIL
    assert polars.scrub_frame(pl.DataFrame(), scrubber=Counting()).shape == (0, 0)


def test_only_named_columns_are_scrubbed() -> None:
    """What would not be scrubbed is refused, and a lazy frame."""
    frame = pl.DataFrame({"a": [MAIL], "b": [MAIL], "n": [1], "o": pl.Series([object()])})
    done = polars.scrub_frame(frame, ["b"], scrubber=Counting())
    assert done.select("a", "b", "n").row(0) == (MAIL, "[email]", 1)
    for columns in (None, ["n"], ["o"], "a"):
        with pytest.raises(TypeError):
            polars.scrub_frame(frame, columns, scrubber=Counting())
    with pytest.raises(TypeError, match="LazyFrame"):
        polars.scrub_frame(frame.lazy(), scrubber=Counting())


EVERY_KIND = pl.DataFrame(
    {
        "text": [MAIL],
        "enum": pl.Series([MAIL], dtype=pl.Enum([MAIL])),
        "list": [[MAIL]],
        "struct": [{"a": MAIL}],
    }
)
NOT_INSIDE = {"scrub_frame", "scrub_series", "_named"}
INSIDE = [one for one in functions_of(polars) if one.__name__ not in NOT_INSIDE]


@pytest.mark.parametrize("inner", INSIDE, ids=lambda one: one.__qualname__)
def test_whatever_fails_inside_nothing_comes_out(
    inner: Any,  # noqa: ANN401  # a function
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An error without a cell, and without the error that was."""
    monkeypatch.setattr(inner, "__code__", failing.__code__)
    with pytest.raises(ScrubberError) as caught:
        polars.scrub_frame(EVERY_KIND, scrubber=Counting())
    assert MAIL not in str(caught.value)
    assert caught.value.__context__ is None
