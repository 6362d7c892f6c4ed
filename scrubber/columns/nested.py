"""
Every type of Arrow: where texts lie in it, and how an array of it is taken apart and put together.

A type that can hold texts, and is not known here, is refused: passing it on untouched would be a
leak nobody sees. What cannot hold a text (numbers, times, truth values) is passed on.

Promise: the result has the type and the length of the array it was made of. Metadata of fields
inside a type is not kept: it can hold values, as that of a polars Enum does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import types

from scrubber.columns.closed import RefusedError
from scrubber.columns.text import BINARY, scrub_fixed, scrub_texts
from scrubber.errors import ScrubberError

if TYPE_CHECKING:
    from collections.abc import Callable

    from scrubber.columns.rows import Scrubs

_TEXTS: Final = (
    types.is_string,
    types.is_large_string,
    types.is_string_view,
    *BINARY,
)
_WITHOUT_TEXT: Final = (
    types.is_null,
    types.is_boolean,
    types.is_integer,
    types.is_floating,
    types.is_decimal,
    types.is_temporal,
)


def holds_text(kind: pa.DataType) -> bool:
    """Tell whether an array of a type can hold texts.

    Args:
        kind: the type.

    Returns:
        Whether any text or bytes may lie in it.

    Raises:
        RefusedError: it is a type that is not known here, or has one in it.
    """
    if any(fits(kind) for fits in _WITHOUT_TEXT):
        return False
    if any(fits(kind) for fits in _TEXTS) or types.is_fixed_size_binary(kind):
        return True
    inner = _inner(kind)
    if inner is None:
        raise RefusedError(f"columns of type {type(kind).__name__} cannot be scrubbed; cast it")
    held = [holds_text(one) for one in inner]  # all of them: the last may be refused
    return any(held)


def scrub_column(column: pa.Array | pa.ChunkedArray, scrubber: Scrubs) -> pa.Array:
    """Scrub an array of any type that is known here.

    Args:
        column: an array or chunks of it.
        scrubber: what looks and replaces.

    Returns:
        The same kind of array, of the same type, length and chunks.

    Raises:
        RefusedError: it holds texts in a way that is not known here.
    """
    if not isinstance(column, pa.ChunkedArray):
        return _scrub(column, scrubber)
    if not holds_text(column.type):
        return column
    scrub = _scrub
    if types.is_dictionary(column.type):
        scrub = _Dictionaries().scrub
    chunks = [scrub(chunk, scrubber) for chunk in column.chunks]
    return pa.chunked_array(chunks, type=_bare(column.type))


def _scrub(array: pa.Array, scrubber: Scrubs) -> pa.Array:
    if not holds_text(array.type):
        return array
    rebuild = next((rebuild for fits, rebuild in _REBUILT if fits(array.type)), _extension)
    done = rebuild(array, scrubber)
    if done.type != array.type or len(done) != len(array) or done.null_count != array.null_count:
        raise ScrubberError("the scrubbed column is of another shape")
    return done


def _inner(kind: pa.DataType) -> list[pa.DataType] | None:
    """Give the types inside a type; None where it is not known how to take it apart."""
    if isinstance(kind, pa.BaseExtensionType):
        return [kind.storage_type]
    if types.is_dictionary(kind):
        return [kind.value_type]
    if any(fits(kind) for fits, _ in _REBUILT):
        return [kind.field(at).type for at in range(kind.num_fields)]
    return None


def _bare(kind: pa.DataType) -> pa.DataType:
    """Give a type without the metadata of the fields inside it."""
    fields = [_bare_field(kind.field(at)) for at in range(kind.num_fields)]
    if types.is_struct(kind):
        return pa.struct(fields)
    if types.is_map(kind):
        key, item = _bare_field(kind.key_field), _bare_field(kind.item_field)
        return pa.map_(key, item, keys_sorted=kind.keys_sorted)
    if types.is_fixed_size_list(kind):
        return pa.list_(fields[0], kind.list_size)
    make = next((make for fits, make in _LISTS if fits(kind)), None)
    return kind if make is None else make(fields[0])


def _bare_field(field: pa.Field) -> pa.Field:
    return pa.field(field.name, _bare(field.type), field.nullable)


class _Dictionaries:
    """Scrubs the chunks of a column, and a dictionary that they share only once."""

    def __init__(self) -> None:
        self._old: pa.Array | None = None
        self._new: pa.Array | None = None

    def scrub(self, array: pa.DictionaryArray, scrubber: Scrubs) -> pa.DictionaryArray:
        if self._old is None or not array.dictionary.equals(self._old):
            self._old, self._new = array.dictionary, _scrub(array.dictionary, scrubber)
        return _reindexed(array, self._new)


def _dictionary(array: pa.DictionaryArray, scrubber: Scrubs) -> pa.DictionaryArray:
    return _Dictionaries().scrub(array, scrubber)


def _reindexed(array: pa.DictionaryArray, values: pa.Array) -> pa.DictionaryArray:
    """Give a dictionary array other values; those that became equal are one."""
    indices = array.indices
    if not values.equals(array.dictionary):
        coded = values.dictionary_encode(null_encoding="encode")
        indices = coded.indices.take(indices).cast(indices.type)
        values = coded.dictionary
    return pa.DictionaryArray.from_arrays(indices, values, ordered=array.type.ordered)


def _run_ends(array: pa.RunEndEncodedArray, scrubber: Scrubs) -> pa.RunEndEncodedArray:
    values = _scrub(array.values, scrubber)
    whole = pa.RunEndEncodedArray.from_arrays(array.run_ends, values)
    return whole.slice(array.offset, len(array))


def _struct(array: pa.StructArray, scrubber: Scrubs) -> pa.StructArray:
    # Flattened, so that what a null struct hides is null as well.
    parts = [_scrub(part, scrubber) for part in array.flatten()]
    fields = [*_bare(array.type)]
    return pa.StructArray.from_arrays(parts, fields=fields, mask=array.is_null())


def _list(array: pa.ListArray, scrubber: Scrubs) -> pa.ListArray:
    offsets, begin, length = _extent(array)
    values = _scrub(array.values.slice(begin, length), scrubber)
    kind = _bare(array.type)
    return type(array).from_arrays(offsets, values, type=kind, mask=array.is_null())


def _map(array: pa.MapArray, scrubber: Scrubs) -> pa.MapArray:
    offsets, begin, length = _extent(array)
    keys, items = (_scrub(one.slice(begin, length), scrubber) for one in (array.keys, array.items))
    return pa.MapArray.from_arrays(
        offsets, keys, items, type=_bare(array.type), mask=array.is_null()
    )


def _list_view(array: pa.ListViewArray, scrubber: Scrubs) -> pa.ListViewArray:
    values = _scrub(array.values, scrubber)
    # A sum, because offsets of a slice cannot go with a mask.
    offsets, sizes = (pc.add(one, 0).cast(one.type) for one in (array.offsets, array.sizes))
    kind = _bare(array.type)
    return type(array).from_arrays(offsets, sizes, values, type=kind, mask=array.is_null())


def _fixed_size_list(array: pa.FixedSizeListArray, scrubber: Scrubs) -> pa.FixedSizeListArray:
    size = array.type.list_size
    values = _scrub(array.values.slice(array.offset * size, len(array) * size), scrubber)
    kind = _bare(array.type)
    return pa.FixedSizeListArray.from_arrays(values, type=kind, mask=array.is_null())


def _extension(array: pa.ExtensionArray, scrubber: Scrubs) -> pa.ExtensionArray:
    return array.type.wrap_array(_scrub(array.storage, scrubber))


def _extent(array: pa.ListArray) -> tuple[pa.Array, int, int]:
    """Give the offsets of lists from 0 on, and where their values begin and how many there are."""
    offsets = array.offsets
    begin = offsets[0]
    return pc.subtract(offsets, begin), begin.as_py(), offsets[-1].as_py() - begin.as_py()


_LISTS: Final = (
    (types.is_list, pa.list_),
    (types.is_large_list, pa.large_list),
    (types.is_list_view, pa.list_view),
    (types.is_large_list_view, pa.large_list_view),
)

_REBUILT: Final[tuple[tuple[Callable[..., bool], Callable[..., pa.Array]], ...]] = (
    *((fits, scrub_texts) for fits in _TEXTS),
    (types.is_fixed_size_binary, scrub_fixed),
    (types.is_dictionary, _dictionary),
    (types.is_run_end_encoded, _run_ends),
    (types.is_struct, _struct),
    (types.is_list, _list),
    (types.is_large_list, _list),
    (types.is_fixed_size_list, _fixed_size_list),
    (types.is_map, _map),
    (types.is_list_view, _list_view),
    (types.is_large_list_view, _list_view),
)
