"""
Data frames of Spark, scrubbed batch by batch wherever they lie.

    from scrubber.columns.spark import redact

    clean = redact(frame, columns=["message"])

Promise: each batch is what `scrubber.columns.scrub_table` makes of it here, with the rules, names,
known folders and key of this process; a worker asks its machine for nothing, and makes its scrubber
once, not for each batch. Types and nullability stay. Errors hold no cell.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

try:
    from pyspark.sql.pandas.types import to_arrow_schema
    from pyspark.sql.types import StructField, StructType
except ModuleNotFoundError:
    raise ModuleNotFoundError(
        "scrubber.columns.spark needs pyspark: pip install 'crashscrub[spark]'"
    ) from None

from scrubber.columns.arrow import scrub_table
from scrubber.columns.carried import Carried
from scrubber.default import scrubber_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import pyarrow as pa
    from pyspark.sql import DataFrame

    from scrubber.pipeline import Scrubber

    Batches = Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]


def redact(
    frame: DataFrame, columns: Sequence[str] | None = None, *, scrubber: Scrubber | None = None
) -> DataFrame:
    """Scrub a frame; as all work on one, it is done when the frame is used.

    Args:
        frame: the frame.
        columns: names of columns; None for all that can hold texts, and the names of columns and
            their metadata as well.
        scrubber: what looks and replaces; None for the one the facade uses. Its names and its key
            are sent to the workers.

    Returns:
        A new frame with the same rows and columns.

    Raises:
        TypeError: it is no frame, or a column of it cannot be scrubbed; name those that can.
        KeyError: there is no such column.
        ScrubberError: something inside failed.
    """
    if not callable(getattr(frame, "mapInArrow", None)):
        raise TypeError(f"frame must be a DataFrame of Spark, not {type(frame).__name__}")
    chosen = scrubber_for() if scrubber is None else scrubber
    names = None if columns is None else [*columns] if not isinstance(columns, str) else columns
    # On no rows, here: what is wrong with the columns is told before a cluster is at work.
    empty = scrub_table(to_arrow_schema(frame.schema).empty_table(), names, scrubber=chosen)
    schema = frame.schema
    if columns is None:
        schema = StructType(
            [
                StructField(name, one.dataType, one.nullable, _metadata(one, chosen))
                for name, one in zip(empty.schema.names, schema.fields, strict=True)
            ]
        )
    # Spark reads a dot in a name as the way into a column: they have other names meanwhile.
    plain = frame.toDF(*(f"c{place}" for place in range(len(frame.columns))))
    return plain.mapInArrow(_work(Carried(chosen.for_workers()), names, frame.columns), schema)


def _metadata(field: StructField, scrubber: Scrubber) -> dict[str, object]:
    """Scrub what is written about a column; JSON stays JSON."""
    found: dict[str, object] = json.loads(scrubber.scrub_text(json.dumps(field.metadata or {})))
    return found


def _work(carried: Carried, columns: Sequence[str] | None, names: Sequence[str]) -> Batches:
    def scrubbed(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            yield scrub_table(batch.rename_columns([*names]), columns, scrubber=carried())

    return scrubbed
