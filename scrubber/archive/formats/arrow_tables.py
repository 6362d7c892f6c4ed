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

from scrubber.archive.formats.cells import LARGE, beside
from scrubber.archive.named import LONGEST_NAME
from scrubber.columns.names import numbered
from scrubber.columns.nested import holds_text, scrub_column

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from scrubber.archive.formats.cells import Cells

_NUMBERS: Final = (types.is_integer, types.is_floating, types.is_decimal, types.is_temporal)
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
        self._rebuilt: tuple[tuple[Callable[..., bool], Callable[..., pa.Array]], ...] = (
            (lambda kind: isinstance(kind, pa.BaseExtensionType), self._extension),
            (_codes_numbers, self._dictionary),
            (_runs_of_numbers, self._run_ends),
            (types.is_struct, self._struct),
            (types.is_list, self._list),
            (types.is_large_list, self._list),
            (types.is_fixed_size_list, self._fixed_size_list),
            (types.is_map, self._map),
            *((fits, self._numbers) for fits in _NUMBERS),
        )
        names = [cells.text(name) for name in schema.names]
        self._names = [str(name) for name in numbered(schema.names, names)]
        self._renamed = dict(zip(schema.names, self._names, strict=True))
        for field in schema:
            self._refuse(field.type)
        self.schema = self._schema(schema)

    def batch(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Scrub a batch.

        Args:
            batch: with the schema that was given.

        Returns:
            A batch with the schema that is `schema`.
        """
        columns = self._columns(batch.columns, batch.schema.names)
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
            # What it says of itself is in the schema only: names of dimensions, of a vendor.
            schema = pa.schema([pa.field("", kind)]).serialize()
            told = schema.to_pybytes().decode("utf-8", "replace")
            if self._cells.text(told) != told:
                raise InputError("has a column of a kind whose description holds a finding")
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

    def _columns(
        self, columns: Sequence[pa.Array], names: Sequence[str], above: str = ""
    ) -> list[pa.Array]:
        """Scrub columns that lie beside each other; a name in one may tell of a value in another.

        Args:
            columns: the columns.
            names: their names.
            above: the name of the struct they are in.
        """
        teller, told = beside(names)
        done = []
        for place, (column, own) in enumerate(zip(columns, names, strict=True)):
            name = self._below(own, above)
            if place in told:
                done.append(self._items(columns[teller], column, name))
            else:
                done.append(self._column(column, name))
        return done

    def _column(self, array: pa.Array, name: str) -> pa.Array:
        """Scrub a column."""
        kind = array.type
        found = next((rebuilt for fits, rebuilt in self._rebuilt if fits(kind)), None)
        if found is not None:
            return found(array, name)
        if self._tells_inside(kind):
            raise InputError("has names that count inside a column of a kind that is not known")
        return scrub_column(array, _Named(self._cells, name)) if holds_text(kind) else array

    def _extension(self, array: pa.ExtensionArray, name: str) -> pa.Array:
        return array.type.wrap_array(self._column(array.storage, name))

    def _dictionary(self, array: pa.DictionaryArray, name: str) -> pa.Array:
        return _coded(self._column(array.dictionary, name), array)

    def _run_ends(self, array: pa.RunEndEncodedArray, name: str) -> pa.Array:
        values = self._column(array.values, name)
        whole = pa.RunEndEncodedArray.from_arrays(array.run_ends, values)
        return whole.slice(array.offset, len(array))

    def _struct(self, array: pa.StructArray, name: str) -> pa.Array:
        parts = self._columns(array.flatten(), [field.name for field in array.type], name)
        return pa.StructArray.from_arrays(parts, fields=[*array.type], mask=array.is_null())

    def _list(self, array: pa.ListArray, name: str) -> pa.Array:
        begin, end = array.offsets[0].as_py(), array.offsets[-1].as_py()
        values = self._column(array.values.slice(begin, end - begin), name)
        offsets = pc.subtract(array.offsets, array.offsets[0])
        return type(array).from_arrays(offsets, values, type=array.type, mask=array.is_null())

    def _fixed_size_list(self, array: pa.FixedSizeListArray, name: str) -> pa.Array:
        size = array.type.list_size
        values = self._column(array.values.slice(array.offset * size, len(array) * size), name)
        return pa.FixedSizeListArray.from_arrays(values, type=array.type, mask=array.is_null())

    def _below(self, name: str, above: str) -> str:
        """Give the name of a field of a struct: its own, or the one above where that tells."""
        if not above:
            return name
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
        if types.is_dictionary(keys.type):
            keys = keys.dictionary_decode()
        if not (types.is_string(keys.type) or types.is_large_string(keys.type)):
            return self._column(items, name)
        told = [key for key in pc.unique(keys).to_pylist() if key and self._cells.tells(key)]
        if not told:
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
        tells = self._cells.tells(name)
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


def _codes_numbers(kind: pa.DataType) -> bool:
    return types.is_dictionary(kind) and not holds_text(kind.value_type)


def _runs_of_numbers(kind: pa.DataType) -> bool:
    return types.is_run_end_encoded(kind) and not holds_text(kind.value_type)


def _coded(values: pa.Array, array: pa.DictionaryArray) -> pa.DictionaryArray:
    """Give a dictionary array other values; those that became equal are one."""
    coded = values.dictionary_encode(null_encoding="encode")
    indices = coded.indices.take(array.indices).cast(array.type.index_type)
    ordered = array.type.ordered
    return pa.DictionaryArray.from_arrays(indices, coded.dictionary, ordered=ordered)


class _Named:
    """What columns ask of a scrubber, for a column with a name."""

    def __init__(self, cells: Cells, name: str) -> None:
        self._cells = cells
        self._name = name

    def suspects(self, data: bytes) -> Sequence[int] | None:
        if self._cells.tells(self._name):
            return None
        alone = self._cells.suspects(data)
        if alone is None or not self._name or len(self._name) > LONGEST_NAME:
            return alone
        # Once more behind the name of the column, which rules for texts heed.
        before = f"{self._name}: ".encode("utf-8", "replace")
        named = self._cells.suspects(before + data.replace(b"\n", b"\n" + before))
        if named is None:
            return None
        return sorted({*alone, *_without(before, named, data)})

    def scrub_many(self, texts: Any) -> list[Any]:  # noqa: ANN401  # str here; the protocol is wider
        plain = [text for text in texts if text.isascii() and "\0" not in text]
        looked = self._cells.look(plain, self._name)
        as_they_are = set(plain)
        return [
            self._cells.counted(looked[text])
            if text in looked
            else text
            if text in as_they_are
            else self._scrubbed(text)
            for text in texts
        ]

    def _scrubbed(self, text: str) -> str:
        data = self._cells.data(text.encode("utf-8", "surrogateescape"), self._name)
        return data.decode("utf-8", "surrogateescape")


def _without(before: bytes, lines: Sequence[int], data: bytes) -> Iterator[int]:
    """Give where lines begin in data, by where they begin with something before each of them."""
    line = at = 0
    for begin in lines:
        # What stands before a line adds up.
        while at + line * len(before) < begin:
            at = data.index(b"\n", at) + 1
            line += 1
        yield at


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
    return (bounds["max"] or 0) >= LARGE or (bounds["min"] or 0) <= -LARGE
