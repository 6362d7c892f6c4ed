"""
Data sets of Ray, scrubbed block by block wherever they lie.

    from scrubber.columns.ray import redact

    clean = redact(dataset, columns=["message"])

Promise: each block is what `scrubber.columns.scrub_table` makes of it here, with the rules, names,
known folders and key of this process; a worker asks its machine for nothing, and makes its scrubber
once, not for each block. Errors hold no cell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

try:
    import ray.data
except ModuleNotFoundError:
    raise ModuleNotFoundError(
        "scrubber.columns.ray needs ray: pip install 'crashscrub[ray]'"
    ) from None

from scrubber.columns.arrow import scrub_table
from scrubber.columns.carried import Carried
from scrubber.columns.closed import RefusedError
from scrubber.default import scrubber_for

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pyarrow as pa

    from scrubber.pipeline import Scrubber


def redact(
    dataset: ray.data.Dataset,
    columns: Sequence[str] | None = None,
    *,
    scrubber: Scrubber | None = None,
    **options: Any,  # noqa: ANN401  # as Ray has them
) -> ray.data.Dataset:
    """Scrub a data set; as all work on one, it is done when the data set is used.

    Args:
        dataset: the data set.
        columns: names of columns; None for all that can hold texts, and the names of columns and
            the metadata of the schema as well.
        scrubber: what looks and replaces; None for the one the facade uses. Its names and its key
            are sent to the workers.
        options: for `Dataset.map_batches`: `num_cpus`, `concurrency`, ...

    Returns:
        A new data set with the same rows and columns.

    Raises:
        TypeError: it is no data set, or `columns` is one text. When the data set is used, Ray
            raises errors of its own for a column that cannot be scrubbed.
    """
    if not isinstance(dataset, ray.data.Dataset):
        raise TypeError(f"dataset must be a Dataset of Ray, not {type(dataset).__name__}")
    if isinstance(columns, str | bytes):
        raise TypeError("columns must be a list of names; write [name]")
    chosen = scrubber_for() if scrubber is None else scrubber
    names = None if columns is None else [*columns]
    work = _work(Carried(chosen.for_workers()), names)
    return dataset.map_batches(
        work, batch_format="pyarrow", batch_size=None, zero_copy_batch=True, **options
    )


def _work(carried: Carried, columns: list[str] | None) -> Callable[[pa.Table], pa.Table]:
    def scrubbed(table: pa.Table) -> pa.Table:
        if columns and not table.num_columns:
            return table  # a block of no rows may have lost its columns
        reason = ""
        try:
            return scrub_table(table, columns, scrubber=carried())
        except KeyError as error:
            reason = str(error.args[0])
        raise RefusedError(reason)

    return scrubbed
