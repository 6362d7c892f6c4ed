"""
Series and frames of pandas, scrubbed cell by cell.

Promise: each text is what `Scrubber.scrub_text` makes of it; types, order, and what stands for a
missing value stay. A frame or a series taken whole is scrubbed whole: its index, its names and its
`attrs` hold texts as well. Where something fails, an error comes out and no column. Nothing is
changed in place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

try:
    import numpy as np
    import pandas as pd
except ModuleNotFoundError:
    raise ModuleNotFoundError(
        "scrubber.columns.pandas needs pandas: pip install 'crashscrub[columns]'"
    ) from None

from scrubber.columns.closed import NO_TEXT, RefusedError, closed
from scrubber.columns.names import numbered, wanted
from scrubber.columns.objects import replaced_objects
from scrubber.default import scrubber_for

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from scrubber.columns.rows import Scrubs

_PLAIN: Final = (np.number, np.bool_, np.datetime64, type(pd.NA), pd.Period, pd.Interval)
_NUMBERS: Final = "biufcmM"


def scrub_series(series: pd.Series, *, scrubber: Scrubs | None = None) -> pd.Series:
    """Scrub a series.

    Args:
        series: of texts, of objects (see `scrubber.columns.objects`), of categories, or of an Arrow
            type that holds texts.
        scrubber: what looks and replaces; None for the one the facade uses.

    Returns:
        A new series of the same type, with its index and its name scrubbed; categories that became
        equal are one.

    Raises:
        TypeError: it is no series, its type holds no text, or a cell cannot be scrubbed.
        ScrubberError: something inside failed.

    >>> scrub_series(pd.Series(["mail jane@example.com", "ok"])).to_list()
    ['mail [email]', 'ok']
    """
    if not isinstance(series, pd.Series):
        raise TypeError(f"series must be a pandas Series, not {type(series).__name__}")
    chosen = scrubber_for() if scrubber is None else scrubber
    return closed(lambda: _scrub_series(series, chosen))


def scrub_frame(
    frame: pd.DataFrame,
    columns: Sequence[Hashable] | None = None,
    *,
    scrubber: Scrubs | None = None,
) -> pd.DataFrame:
    """Scrub a frame.

    Args:
        frame: the frame.
        columns: names of columns; None for all that can hold texts, and the index, the names of
            columns and `attrs` as well.
        scrubber: as for `scrub_series`.

    Returns:
        A new frame with the same columns in the same order.

    Raises:
        TypeError: it is no frame, or a column of it cannot be scrubbed; name those that can.
        KeyError: there is no such column.
        ScrubberError: something inside failed.
    """
    if not isinstance(frame, pd.DataFrame):
        raise TypeError(f"frame must be a pandas DataFrame, not {type(frame).__name__}")
    chosen = scrubber_for() if scrubber is None else scrubber
    places = wanted([*frame.columns], columns)
    if places is None:
        return closed(lambda: _scrub_whole(frame, chosen))
    return closed(lambda: _scrub_some(frame, places, chosen))


def _scrub_series(series: pd.Series, scrubber: Scrubs) -> pd.Series:
    done = _named(series, scrubber)
    done.index = _scrub_index(series.index, scrubber)
    (done.name,) = _scrub_labels([series.name], scrubber)
    done.attrs = _scrub_attrs(series.attrs, scrubber)
    return done


def _scrub_some(frame: pd.DataFrame, places: Sequence[int], scrubber: Scrubs) -> pd.DataFrame:
    done = frame.copy(deep=False)
    for place in places:
        done.isetitem(place, _named(frame.iloc[:, place], scrubber))
    return done


def _scrub_whole(frame: pd.DataFrame, scrubber: Scrubs) -> pd.DataFrame:
    done = frame.copy(deep=False)
    for place in range(frame.shape[1]):
        column = frame.iloc[:, place]
        if _holds_text(column.dtype):
            done.isetitem(place, _scrubbed(column, scrubber))
    done.index = _scrub_index(frame.index, scrubber)
    done.columns = _scrub_index(frame.columns, scrubber, apart=True)
    done.attrs = _scrub_attrs(frame.attrs, scrubber)
    return done


def _named(series: pd.Series, scrubber: Scrubs) -> pd.Series:
    """Scrub what was asked for by name: that nothing can be found in it must be told."""
    if _holds_text(series.dtype):
        return _scrubbed(series, scrubber)
    if series.isna().all():  # as a column of texts is read when all are missing
        return series.copy()
    raise RefusedError(NO_TEXT)


def _holds_text(dtype: Any) -> bool:  # noqa: ANN401  # of pandas or numpy
    """Tell whether a column of a type can hold texts.

    Raises:
        RefusedError: it is a type that is not known here.
    """
    if isinstance(dtype, pd.CategoricalDtype):
        return _holds_text(dtype.categories.dtype)
    if isinstance(dtype, pd.ArrowDtype):
        from scrubber.columns.nested import holds_text

        return holds_text(dtype.pyarrow_dtype)
    if isinstance(dtype, pd.SparseDtype | pd.IntervalDtype):
        if _holds_text(dtype.subtype):
            raise RefusedError(f"{type(dtype).__name__} of texts cannot be scrubbed; convert it")
        return False
    text = isinstance(dtype, pd.StringDtype) or dtype == np.dtype(object)
    known = type(dtype).__module__.partition(".")[0] in ("numpy", "pandas")
    plain = known and (dtype.kind in _NUMBERS or isinstance(dtype, pd.PeriodDtype))
    if not text and not plain:
        raise RefusedError(f"columns of type {type(dtype).__name__} cannot be scrubbed; convert it")
    return text


def _scrubbed(series: pd.Series, scrubber: Scrubs) -> pd.Series:
    """Scrub the cells of a series; its index stays."""
    # The type is named, because pandas makes texts of objects that happen to be texts.
    values = _scrubbed_array(series, scrubber)
    return pd.Series(values, index=series.index, dtype=values.dtype)


def _scrubbed_array(series: pd.Series, scrubber: Scrubs) -> Any:  # noqa: ANN401  # of pandas
    dtype = series.dtype
    if isinstance(dtype, pd.CategoricalDtype):
        return _scrub_categories(series.array, scrubber)
    if isinstance(dtype, pd.ArrowDtype) or getattr(dtype, "storage", "") == "pyarrow":
        from scrubber.columns.nested import scrub_column

        return dtype.__from_arrow__(scrub_column(series.array.__arrow_array__(), scrubber))
    cells = series.to_numpy(dtype=object, copy=True)
    found = replaced_objects(cells, scrubber, plain=_PLAIN, array=np.ndarray)
    for row, cell in found.items():
        cells[row] = cell
    return pd.array(cells, dtype=dtype)


def _scrub_categories(values: pd.Categorical, scrubber: Scrubs) -> pd.Categorical:
    """Scrub each category once, and make one of those that became equal."""
    new = _index_of(pd.Series(values.categories, dtype=values.categories.dtype), scrubber)
    kept = new.unique()
    codes = np.append(kept.get_indexer(new), -1)[values.codes]  # -1, a missing value, is the last
    return pd.Categorical.from_codes(codes, kept, ordered=values.ordered)


def _scrub_index(index: pd.Index, scrubber: Scrubs, *, apart: bool = False) -> pd.Index:
    """Scrub the labels of an index, and its own names; `apart` numbers those that collide."""
    names = _scrub_labels([*index.names], scrubber)
    if isinstance(index, pd.MultiIndex):
        levels = [
            _scrub_index(index.get_level_values(level), scrubber) for level in range(index.nlevels)
        ]
        return pd.MultiIndex.from_arrays(levels, names=names)
    if not _holds_text(index.dtype):
        return index.rename(names[0])
    if apart and not isinstance(index.dtype, pd.CategoricalDtype):
        return pd.Index(_scrub_labels([*index], scrubber), dtype=index.dtype, name=names[0])
    labels = _index_of(index.to_series(index=range(len(index))), scrubber)
    return labels.rename(names[0])


def _index_of(series: pd.Series, scrubber: Scrubs) -> pd.Index:
    values = _scrubbed(series, scrubber)
    return pd.Index(values, dtype=values.dtype)


def _scrub_labels(labels: list[Hashable], scrubber: Scrubs) -> list[Any]:
    """Scrub labels, tuples of them too; those that collide are numbered."""
    found = replaced_objects(labels, scrubber, plain=_PLAIN)
    return numbered(labels, [found.get(place, label) for place, label in enumerate(labels)])


def _scrub_attrs(attrs: dict[Hashable, Any], scrubber: Scrubs) -> dict[Hashable, Any]:
    done = replaced_objects([attrs], scrubber, plain=_PLAIN, array=np.ndarray)
    return done.get(0, attrs)  # type: ignore[return-value]
