"""Series and frames of pandas: each cell as it would be alone, everything else as it was."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber.errors import ScrubberError
from tests.columns.fakes import CELLS, MAIL, Counting, alone, failing, functions_of

pd = pytest.importorskip("pandas", reason="pandas is not installed")
pytest.importorskip("pyarrow", reason="pyarrow is not installed")

from scrubber.columns import names, objects, pandas, rows  # noqa: E402

KINDS = ("object", "str", "string[python]", "string[pyarrow]", "category", "arrow")


def of_kind(cells: list[Any], kind: str) -> Any:  # noqa: ANN401  # a series
    """Make a series."""
    import pyarrow as pa

    return pd.Series(cells, dtype=pd.ArrowDtype(pa.string()) if kind == "arrow" else kind)


def scrubbed(series: Any, counting: Counting | None = None) -> Any:  # noqa: ANN401  # as above
    """Scrub a series with the small scrubber."""
    return pandas.scrub_series(series, scrubber=counting or Counting())


@given(CELLS, st.sampled_from(KINDS), st.booleans())
def test_cells_become_what_they_become_alone(
    cells: list[str | None],
    kind: str,
    proves: bool,  # noqa: FBT001
) -> None:
    """In every type for texts, with the missing values of that type."""
    series = of_kind(cells, kind)
    before = series.copy()
    done = scrubbed(series, Counting(proves=proves))
    assert [None if pd.isna(cell) else cell for cell in done] == alone(cells)
    assert [type(cell) for cell in done] == [type(cell) for cell in series]
    assert kind == "category" or done.dtype == series.dtype
    pd.testing.assert_series_equal(series, before)


@pytest.mark.parametrize("values", [[], [float("nan")] * 2])
def test_a_column_without_a_value_passes(values: list[float]) -> None:
    """A part of a file may happen to have none, and is then read as numbers."""
    series = pd.Series(values, dtype=float)
    pd.testing.assert_series_equal(scrubbed(series), series)


def test_missing_values_stay_what_they_are() -> None:
    """Each in its own way."""
    cells = [None, float("nan"), pd.NA, pd.NaT, MAIL]
    done = scrubbed(pd.Series(cells, dtype=object))
    assert all(new is old for new, old in zip(done[:4], cells[:4], strict=True))
    assert done[4] == "[email]"


@pytest.mark.parametrize("ordered", [False, True])
def test_a_category_is_scrubbed_once(ordered: bool) -> None:  # noqa: FBT001
    """Used or not; equal ones become one."""
    counting = Counting()
    kinds = ["b", MAIL, "joe@example.com", "unused@example.com"]
    values = pd.Categorical([MAIL, None, "joe@example.com", "b"] * 5, kinds, ordered=ordered)
    done = scrubbed(pd.Series(values), counting)
    assert (done.cat.categories.to_list(), done.cat.ordered) == (["b", "[email]"], ordered)
    assert done.to_list()[1:4] == [pytest.approx(float("nan"), nan_ok=True), "[email]", "b"]
    assert len(counting.given) == 3


def test_only_suspect_cells_become_strings() -> None:
    """Of a column that is in Arrow already."""
    counting = Counting()
    scrubbed(of_kind(["clean"] * 500 + [MAIL], "string[pyarrow]"), counting)
    assert counting.given == [MAIL]


def test_an_array_in_a_cell_is_scrubbed() -> None:
    """As lists of texts in Parquet come; numbers pass."""
    import numpy as np

    inner = np.array([["a", MAIL]], dtype=object)
    done = scrubbed(pd.Series([inner, np.arange(3)], dtype=object))
    assert done[0].tolist() == [["a", "[email]"]]
    assert (done[1].tolist(), inner[0, 1]) == ([0, 1, 2], MAIL)
    with pytest.raises(TypeError, match="ndarray"):
        scrubbed(pd.Series([np.array([MAIL])], dtype=object))


def test_a_frame_is_scrubbed_whole() -> None:
    """Index, names and attributes hold texts as well; the caller's frame stays."""
    frame = pd.DataFrame(
        {"t": pd.to_datetime(["2020-01-02"]), MAIL: [1], "joe@example.com": [MAIL], 7: [None]},
        index=pd.Index([MAIL], name=MAIL),
    )
    frame.attrs = {"by": MAIL}
    before = frame.copy()
    done = pandas.scrub_frame(frame, scrubber=Counting())
    assert done.columns.to_list() == ["t", "[email]", "[email] (2)", 7]
    assert (done.index.to_list(), done.index.name, done.attrs) == (
        ["[email]"],
        "[email]",
        {"by": "[email]"},
    )
    assert done.iloc[0].to_list() == [pd.Timestamp("2020-01-02"), 1, "[email]", None]
    pd.testing.assert_frame_equal(frame, before)
    assert frame.attrs == {"by": MAIL}


def test_a_name_may_be_of_several_parts() -> None:
    """As that of a column below others is."""
    assert scrubbed(pd.Series(["a"], name=(MAIL, 1))).name == ("[email]", 1)


def test_levels_of_an_index_are_scrubbed() -> None:
    """Of rows and of columns; names of categories too."""
    rows_of = pd.MultiIndex.from_tuples([(MAIL, 1), ("joe@a", 2)], names=[MAIL, "n"])
    frame = pd.DataFrame([[1, 2], [3, 4]], index=rows_of, columns=rows_of)
    done = pandas.scrub_frame(frame, scrubber=Counting())
    for index in (done.index, done.columns):
        assert index.to_list() == [("[email]", 1), ("[email]", 2)]
        assert list(index.names) == ["[email]", "n"]
    labels = pd.DataFrame([[1]], columns=pd.CategoricalIndex([MAIL]))
    assert pandas.scrub_frame(labels, scrubber=Counting()).columns.to_list() == ["[email]"]


def test_only_named_columns_are_scrubbed() -> None:
    """Two of one name are both named; what would not be scrubbed is refused."""
    frame = pd.DataFrame([[MAIL, MAIL, MAIL, 1, object()]], columns=["a", "b", "b", "n", "o"])
    done = pandas.scrub_frame(frame, ["b"], scrubber=Counting())
    assert done.iloc[0, :4].to_list() == [MAIL, "[email]", "[email]", 1]
    for columns in (None, ["n"], ["o"], "a"):
        with pytest.raises(TypeError):
            pandas.scrub_frame(frame, columns, scrubber=Counting())
    with pytest.raises(KeyError):
        pandas.scrub_frame(frame, ["z"], scrubber=Counting())


@pytest.mark.parametrize(
    "values",
    [
        pd.arrays.SparseArray([MAIL, "a"], fill_value="a"),
        pd.Series([1, 2]),
        pd.Series([1, None], dtype="Int8"),
        pd.Series(pd.cut([1, 2], 2)),
        pd.Series(pd.period_range("2020", periods=2)),
    ],
    ids=lambda one: str(one.dtype),
)
def test_a_series_that_would_not_be_scrubbed_is_refused(values: Any) -> None:  # noqa: ANN401  # an array
    """Numbers, times, and texts in a way that is not known."""
    with pytest.raises(TypeError):
        scrubbed(pd.Series(values))


@pytest.mark.parametrize("values", [[1], [1.5], [True], ["2020-01-02"]])
def test_numbers_and_times_pass(values: list[Any]) -> None:
    """In a frame that is scrubbed whole."""
    series = pd.Series(values)
    frame = pd.DataFrame(
        {"a": pd.to_datetime(series) if series.dtype.kind not in "ifb" else series}
    )
    pd.testing.assert_frame_equal(pandas.scrub_frame(frame, scrubber=Counting()), frame)


EVERY_KIND = pd.DataFrame(
    {kind: of_kind([MAIL, "joe@example.com"], kind) for kind in KINDS}
    | {"dict": [{MAIL: MAIL}, [b"a", MAIL]]}
).set_index("str")
EVERY_KIND["array"] = [pd.Series([MAIL], dtype=object).to_numpy(), None]
NOT_INSIDE = {
    "scrub_names",
    "scrub_frame",
    "scrub_series",
    "wanted",
    "_scrub_series",
    "_scrub_some",
    "_named",
}
INSIDE = [
    one for one in functions_of(pandas, objects, rows, names) if one.__name__ not in NOT_INSIDE
]


@pytest.mark.parametrize("inner", INSIDE, ids=lambda one: one.__qualname__)
def test_whatever_fails_inside_nothing_comes_out(
    inner: Any,  # noqa: ANN401  # a function
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An error without a cell, and without the error that was."""
    monkeypatch.setattr(inner, "__code__", failing.__code__)
    with pytest.raises(ScrubberError) as caught:
        pandas.scrub_frame(EVERY_KIND, scrubber=Counting())
    assert MAIL not in str(caught.value)
    assert caught.value.__context__ is None


def test_every_kind_comes_out_clean() -> None:
    """The frame the faults are planted in."""
    done = pandas.scrub_frame(EVERY_KIND, scrubber=Counting()).reset_index()
    assert "example" not in str(done.to_dict("list"))


def test_a_cell_that_holds_itself_is_an_error() -> None:
    """There is no end of it."""
    cell: list[Any] = [MAIL]
    cell.append(cell)
    with pytest.raises(ScrubberError):
        scrubbed(pd.Series([cell]))
