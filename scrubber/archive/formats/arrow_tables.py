"""
Tables of pyarrow as files hold them: their columns have names that count, and their metadata too.

`scrubber.columns` scrubs texts cell by cell and knows no names. Here a column `password` is secret
whatever is in it, also inside a struct, a number under such a name is 0, and metadata that is JSON
(pandas, Spark and Hugging Face keep the names of columns there) stays JSON that fits the table.

Promise: types, nulls, lengths and the order of columns stay. What has no way here to be scrubbed is
refused.
"""

from __future__ import annotations

import json
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from scrubber.errors import InputError

try:
    import pyarrow as pa
    import pyarrow.compute as pc
    from pyarrow import types
except ModuleNotFoundError:
    raise InputError("needs pyarrow: pip install 'crashscrub[columns]'") from None

from scrubber.columns.names import numbered
from scrubber.columns.nested import holds_text, scrub_column

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrubber.archive.formats.cells import Cells

_NUMBERS: Final = (types.is_integer, types.is_floating, types.is_decimal, types.is_temporal)
_LARGE: Final = 10_000_000
"""From which on a number is looked at as a text."""
_LISTS: Final = (types.is_list, types.is_large_list)
_NAME_OF_ITEMS: Final = frozenset({"item", "element", "list", "array", "key", "value"})
"""What a list calls what is in it: no name."""


class Tables:
    """Scrubs the tables of one file, which have one schema."""

    def __init__(self, schema: pa.Schema, cells: Cells) -> None:
        """Begin a file.

        Args:
            schema: of its tables.
            cells: scrubs what is in them.

        Raises:
            InputError: it has a column that cannot be scrubbed.
        """
        self._cells = cells
        names = [cells.text(name) for name in schema.names]
        self._names = [str(name) for name in numbered(schema.names, names)]
        self._renamed = dict(zip(schema.names, self._names, strict=True))
        for field in schema:
            self._refuse(field.type)
        self.schema = self._schema(schema)

    def table(self, table: pa.Table) -> pa.Table:
        """Scrub a table; see `batch`."""
        columns = [
            pa.chunked_array(
                [self._column(chunk, name) for chunk in column.chunks], type=field.type
            )
            for column, name, field in zip(
                table.columns, table.schema.names, self.schema, strict=True
            )
        ]
        return pa.Table.from_arrays(columns, schema=self.schema)

    def batch(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Scrub a batch.

        Args:
            batch: with the schema that was given.

        Returns:
            A batch with the schema that is `schema`.
        """
        columns = [
            self._column(column, name)
            for column, name in zip(batch.columns, batch.schema.names, strict=True)
        ]
        return pa.RecordBatch.from_arrays(columns, schema=self.schema)

    def metadata(self, metadata: dict[bytes, bytes] | None) -> dict[bytes, bytes] | None:
        """Scrub metadata: keys and values, of which some are JSON that names columns."""
        if not metadata:
            return metadata
        done: dict[bytes, bytes] = {}
        for key, value in metadata.items():
            new = base = self._cells.data(key)
            number = 1
            while new in done:
                number += 1
                new = b"%b (%d)" % (base, number)
            done[new] = self._value(value, key.decode("utf-8", "ignore"))
        return done

    def _schema(self, schema: pa.Schema) -> pa.Schema:
        fields = [
            pa.field(name, self._type(field.type), field.nullable, self.metadata(field.metadata))
            for name, field in zip(self._names, schema, strict=True)
        ]
        return pa.schema(fields, self.metadata(schema.metadata))

    def _value(self, value: bytes, key: str) -> bytes:
        if value[:1] in {b"{", b"["}:
            try:
                told = json.loads(value)
                done = self._walked(told, key)
            except (ValueError, RecursionError):
                return self._cells.data(value, key)
            if done != told:
                ascii_only = value.isascii()
                spaced = b'": ' in value
                marks = None if spaced else (",", ":")
                text = json.dumps(done, ensure_ascii=ascii_only, separators=marks)
                value = text.encode("utf-8", "surrogatepass")
            return value
        return self._cells.data(value, key)

    def _walked(self, value: Any, name: str) -> Any:  # noqa: ANN401  # the JSON border
        if isinstance(value, str):
            return self._renamed.get(value) or self._cells.text(value, name)
        if isinstance(value, list):
            return [self._walked(one, name) for one in value]
        if isinstance(value, dict):
            return {self._walked(key, ""): self._walked(one, key) for key, one in value.items()}
        if isinstance(value, int | float) and not isinstance(value, bool):
            return self._cells.number(value, name)
        return value

    def _refuse(self, kind: pa.DataType) -> None:
        """Refuse a type with a name in it that holds a finding: no cast gives it another one."""
        for at in range(kind.num_fields):
            field = kind.field(at)
            if self._cells.text(field.name) != field.name:
                raise InputError("has a field inside a column whose name holds a finding")
            self._refuse(field.type)
        if isinstance(kind, pa.BaseExtensionType):
            self._refuse(kind.storage_type)

    def _type(self, kind: pa.DataType) -> pa.DataType:
        """Give a type whose fields have scrubbed metadata."""
        if not _has_metadata(kind):
            return kind
        fields = [self._field(kind.field(at)) for at in range(kind.num_fields)]
        if types.is_struct(kind):
            return pa.struct(fields)
        if types.is_map(kind):
            key, item = self._field(kind.key_field), self._field(kind.item_field)
            return pa.map_(key, item, keys_sorted=kind.keys_sorted)
        if types.is_fixed_size_list(kind):
            return pa.list_(fields[0], kind.list_size)
        if types.is_list(kind):
            return pa.list_(fields[0])
        if types.is_large_list(kind):
            return pa.large_list(fields[0])
        raise InputError("has metadata inside a column of a kind that is not known")

    def _field(self, field: pa.Field) -> pa.Field:
        kind = self._type(field.type)
        return pa.field(field.name, kind, field.nullable, self.metadata(field.metadata))

    def _column(self, array: pa.Array, name: str) -> pa.Array:
        """Scrub a column."""
        kind = array.type
        if types.is_struct(kind):
            parts = [
                self._column(part, self._below(field.name, name))
                for part, field in zip(array.flatten(), kind, strict=True)
            ]
            return pa.StructArray.from_arrays(parts, fields=[*kind], mask=array.is_null())
        if any(fits(kind) for fits in _LISTS):
            begin, end = array.offsets[0].as_py(), array.offsets[-1].as_py()
            values = self._column(array.values.slice(begin, end - begin), name)
            offsets = pc.subtract(array.offsets, array.offsets[0])
            return type(array).from_arrays(offsets, values, type=kind, mask=array.is_null())
        if types.is_map(kind):
            return self._map(array, name)
        if any(fits(kind) for fits in _NUMBERS):
            return self._numbers(array, name)
        if self._tells_inside(kind):
            raise InputError("has names that count inside a column of a kind that is not known")
        if not holds_text(kind):
            return array
        return scrub_column(array, _Named(self._cells, name))

    def _below(self, name: str, above: str) -> str:
        """Give the name of a field of a struct: its own, or the one above where that tells."""
        if name in _NAME_OF_ITEMS or self._cells.tells(above):
            return above
        return name

    def _tells_inside(self, kind: pa.DataType) -> bool:
        return any(
            self._cells.tells(kind.field(at).name) or self._tells_inside(kind.field(at).type)
            for at in range(kind.num_fields)
        )

    def _map(self, array: pa.MapArray, name: str) -> pa.MapArray:
        """Scrub a map: where a key tells, its value is scrubbed under that key."""
        begin, end = array.offsets[0].as_py(), array.offsets[-1].as_py()
        keys = array.keys.slice(begin, end - begin)
        items = array.items.slice(begin, end - begin)
        done = self._items(keys, items, name)
        offsets = pc.subtract(array.offsets, array.offsets[0])
        keys = self._column(keys, "")
        return pa.MapArray.from_arrays(offsets, keys, done, type=array.type, mask=array.is_null())

    def _items(self, keys: pa.Array, items: pa.Array, name: str) -> pa.Array:
        """Scrub the values of a map, each once: those of one key that tells together."""
        texts = types.is_string(keys.type) or types.is_large_string(keys.type)
        told = [key for key in pc.unique(keys).to_pylist() if key and self._cells.tells(key)]
        if not (texts and told):
            return self._column(items, name)
        groups = pc.index_in(keys, pa.array(told, keys.type)).fill_null(len(told))
        parts, rows = [], []
        for number, under in enumerate((*told, name)):
            taken = pc.indices_nonzero(pc.equal(groups, number))
            parts.append(self._column(items.take(taken), under))
            rows.append(taken)
        order = pc.sort_indices(pa.concat_arrays(rows))
        return pa.concat_arrays(parts).take(order)

    def _numbers(self, array: pa.Array, name: str) -> pa.Array:
        """Scrub numbers and times, each distinct one once; a finding is zero."""
        tells = self._cells.tells_number(name) or self._cells.tells(name)
        if not tells and not types.is_integer(array.type):
            return array
        if not tells and not _has_large(array):
            return array
        coded = array.dictionary_encode()
        values = coded.dictionary
        made = _number if types.is_integer(array.type) or types.is_floating(array.type) else _text
        zero = pa.array([0], pa.int32())
        zero = _zero(array.type) if made is _text else zero.cast(array.type)
        nothing = zero[0].as_py()
        found = [one != nothing and made(one, name, self._cells) for one in values.to_pylist()]
        if not any(found):
            return array
        changed = pa.array(found, pa.bool_())
        return pc.if_else(changed, zero[0], values).take(coded.indices)


class _Named:
    """What columns ask of a scrubber, for a column with a name."""

    def __init__(self, cells: Cells, name: str) -> None:
        self._cells = cells
        self._name = name

    def suspects(self, data: bytes) -> Sequence[int] | None:
        return None if self._cells.tells(self._name) else self._cells.suspects(data)

    def scrub_many(self, texts: Any) -> list[Any]:  # noqa: ANN401  # str here; the protocol is wider
        return [self._scrubbed(text) for text in texts]

    def _scrubbed(self, text: str) -> str:
        if text.isascii() and "\0" not in text:
            return self._cells.text(text, self._name)
        data = self._cells.data(text.encode("utf-8", "surrogateescape"), self._name)
        return data.decode("utf-8", "surrogateescape")


def _number(value: Any, name: str, cells: Cells) -> bool:  # noqa: ANN401  # a number
    return value is not None and cells.number(value, name) != value and value == value  # noqa: PLR0124  # nan


def _text(value: Any, name: str, cells: Cells) -> bool:  # noqa: ANN401  # a time, or a decimal
    if value is None:
        return False
    text = str(value)
    return cells.text(text, name) != text


def _has_metadata(kind: pa.DataType) -> bool:
    """Tell whether a field inside a type has metadata."""
    fields = [kind.field(at) for at in range(kind.num_fields)]
    return any(field.metadata or _has_metadata(field.type) for field in fields)


@lru_cache(maxsize=64)
def _zero(kind: pa.DataType) -> pa.Array:
    """Give zero of a type of times or decimals."""
    if types.is_decimal(kind):
        return pa.array([Decimal(0)], kind)
    return pa.array([0], pa.int32() if kind.bit_width == 32 else pa.int64()).view(kind)  # noqa: PLR2004


def _has_large(array: pa.Array) -> bool:
    """Tell whether there is any number of as many digits as a number of somebody has."""
    bounds = pc.min_max(array).as_py()
    return (bounds["max"] or 0) >= _LARGE or (bounds["min"] or 0) <= -_LARGE
