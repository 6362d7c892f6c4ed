"""
Columns and tables of texts: pyarrow, pandas and polars.

    from scrubber.columns import scrub_frame

    clean = scrub_frame(frame)

A column is scanned as a whole, and only the cells that may hold a finding become Python strings.
Each becomes what `scrub_text` makes of it. This module only finds the one that knows the library;
importing it imports none of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

    from scrubber.columns.rows import Scrubs

__all__ = ["scrub_array", "scrub_frame", "scrub_series", "scrub_table"]

Column = TypeVar("Column")


def scrub_array(array: Column, *, scrubber: Scrubs | None = None) -> Column:
    """Scrub an array or a chunked array of pyarrow: see `scrubber.columns.arrow.scrub_array`."""
    from scrubber.columns import arrow

    done: Column = arrow.scrub_array(array, scrubber=scrubber)
    return done


def scrub_table(
    table: Column, columns: Sequence[str] | None = None, *, scrubber: Scrubs | None = None
) -> Column:
    """Scrub a table or a record batch of pyarrow: see `scrubber.columns.arrow.scrub_table`."""
    from scrubber.columns import arrow

    done: Column = arrow.scrub_table(table, columns, scrubber=scrubber)
    return done


def scrub_series(series: Column, *, scrubber: Scrubs | None = None) -> Column:
    """Scrub a series of pandas or polars: see `scrub_series` of their modules here.

    Args:
        series: the series.
        scrubber: what looks and replaces; None for the one the facade uses.

    Returns:
        A new series of the same kind.

    Raises:
        TypeError: it is of neither library, its type holds no text, or it cannot be scrubbed.
        ScrubberError: something inside failed.
    """
    done: Column = _module_of(series).scrub_series(series, scrubber=scrubber)
    return done


def scrub_frame(
    frame: Column, columns: Sequence[Any] | None = None, *, scrubber: Scrubs | None = None
) -> Column:
    """Scrub a frame of pandas or polars: see `scrub_frame` of their modules here.

    Args:
        frame: the frame.
        columns: names of columns; None for all that can hold texts, and all names.
        scrubber: what looks and replaces; None for the one the facade uses.

    Returns:
        A new frame of the same kind.

    Raises:
        TypeError: it is of neither library, or a column cannot be scrubbed; name those that can.
        KeyError: there is no such column.
        ScrubberError: something inside failed.
    """
    done: Column = _module_of(frame).scrub_frame(frame, columns, scrubber=scrubber)
    return done


def _module_of(value: object) -> ModuleType:
    """Find the module here that knows the library a value belongs to."""
    libraries = {kind.__module__.partition(".")[0] for kind in type(value).__mro__}
    if "pandas" in libraries:
        from scrubber.columns import pandas

        return pandas
    if "polars" in libraries:
        from scrubber.columns import polars

        return polars
    raise TypeError(f"only pandas and polars are known here, not {type(value).__name__}")
