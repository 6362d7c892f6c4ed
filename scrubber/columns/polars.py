"""
Series and frames of polars, scrubbed cell by cell.

They go to Arrow and back. An Enum names its values in its type, so its type changes with them; a
Categorical keeps only the values that are used.

Promise: each text is what `Scrubber.scrub_text` makes of it; other types, order and nulls stay.
A frame or a series taken whole is scrubbed whole, with its names. Where something fails, an error
comes out and no column. Nothing is changed in place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

try:
    import polars as pl
except ModuleNotFoundError:
    raise ModuleNotFoundError(
        "scrubber.columns.polars needs polars: pip install 'crashscrub[columns]'"
    ) from None

from scrubber.columns.closed import NO_TEXT, RefusedError, closed
from scrubber.columns.names import scrub_names, wanted
from scrubber.columns.nested import scrub_column
from scrubber.columns.rows import scrub_distinct
from scrubber.default import scrubber_for
from scrubber.errors import ScrubberError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from polars._typing import PolarsDataType

    from scrubber.columns.rows import Scrubs


def scrub_series(series: pl.Series, *, scrubber: Scrubs | None = None) -> pl.Series:
    """Scrub a series.

    Args:
        series: of texts, bytes or categories, or of lists, arrays and structs that hold some.
        scrubber: what looks and replaces; None for the one the facade uses.

    Returns:
        A new series of the same type, with its name scrubbed. An Enum has the categories
        that its own became.

    Raises:
        TypeError: it is no series, or of a type that holds no text or cannot be scrubbed.
        ScrubberError: something inside failed.

    >>> scrub_series(pl.Series(["mail jane@example.com", None])).to_list()
    ['mail [email]', None]
    """
    if not isinstance(series, pl.Series):
        raise TypeError(f"series must be a polars Series, not {type(series).__name__}")
    chosen = scrubber_for() if scrubber is None else scrubber

    def work() -> pl.Series:
        (name,) = scrub_names([series.name], chosen)
        return _named(series, chosen).rename(str(name))

    return closed(work)


def scrub_frame(
    frame: pl.DataFrame,
    columns: Sequence[str] | None = None,
    *,
    scrubber: Scrubs | None = None,
) -> pl.DataFrame:
    """Scrub a frame.

    Args:
        frame: the frame; collect a lazy one first.
        columns: names of columns; None for all that can hold texts, and the names of columns.
        scrubber: as for `scrub_series`.

    Returns:
        A new frame with the same columns in the same order.

    Raises:
        TypeError: it is no frame, or a column of it cannot be scrubbed; name those that can.
        KeyError: there is no such column.
        ScrubberError: something inside failed.
    """
    if not isinstance(frame, pl.DataFrame):
        raise TypeError(f"frame must be a polars DataFrame, not {type(frame).__name__}")
    chosen = scrubber_for() if scrubber is None else scrubber
    places = wanted(frame.columns, columns)

    def work() -> pl.DataFrame:
        if places is None:
            names = [str(name) for name in scrub_names(frame.columns, chosen)]
            done = [_scrubbed(column, chosen) for column in frame]
            return pl.DataFrame([one.alias(name) for one, name in zip(done, names, strict=True)])
        return frame.with_columns([_named(frame.to_series(place), chosen) for place in places])

    return closed(work)


def _named(series: pl.Series, scrubber: Scrubs) -> pl.Series:
    """Scrub what was asked for by name: that nothing can be found in it must be told."""
    if not _holds_text(series.dtype) and series.dtype != pl.Null:
        raise RefusedError(NO_TEXT)
    return _scrubbed(series, scrubber)


def _holds_text(dtype: PolarsDataType) -> bool:
    """Tell whether a column of a type can hold texts.

    Raises:
        RefusedError: it is a type that is not known here, or has one in it.
    """
    if dtype in _TEXTS:
        return True
    if isinstance(dtype, pl.List | pl.Array):
        return _holds_text(dtype.inner)
    if isinstance(dtype, pl.Struct):
        held = [_holds_text(field.dtype) for field in dtype.fields]  # the last may be refused
        return any(held)
    if dtype.is_numeric() or dtype.is_temporal() or dtype in (pl.Boolean, pl.Null):
        return False
    raise RefusedError(f"columns of type {type(dtype).__name__} cannot be scrubbed; cast it")


_TEXTS = (pl.String, pl.Binary, pl.Categorical, pl.Enum)


def _scrubbed(series: pl.Series, scrubber: Scrubs) -> pl.Series:
    if not _holds_text(series.dtype):
        return series
    plain = series.cast(_with_enums(series.dtype, lambda _: pl.Categorical()))
    columns = [scrub_column(chunk.to_arrow(), scrubber) for chunk in plain.get_chunks()]
    parts = [pl.Series(series.name, column) for column in columns]
    kind = _with_enums(series.dtype, lambda enum: _scrub_enum(enum, scrubber))
    done = pl.concat(parts, rechunk=False).cast(kind)
    if len(done) != len(series) or done.null_count() != series.null_count():
        raise ScrubberError("the scrubbed column is of another shape")
    return done


def _scrub_enum(enum: pl.Enum, scrubber: Scrubs) -> pl.Enum:
    """Scrub the values an Enum names; those that became equal are one."""
    values = enum.categories.to_list()
    found = scrub_distinct(scrubber, values)
    return pl.Enum([*dict.fromkeys(found.get(value, value) for value in values)])


def _with_enums(
    dtype: PolarsDataType, other: Callable[[pl.Enum], PolarsDataType]
) -> PolarsDataType:
    """Give a type with another one in place of each Enum in it."""
    if isinstance(dtype, pl.Enum):
        return other(dtype)
    if isinstance(dtype, pl.List):
        return pl.List(_with_enums(dtype.inner, other))
    if isinstance(dtype, pl.Array):
        return pl.Array(_with_enums(dtype.inner, other), dtype.size)
    if isinstance(dtype, pl.Struct):
        return pl.Struct(
            [pl.Field(one.name, _with_enums(one.dtype, other)) for one in dtype.fields]
        )
    return dtype
