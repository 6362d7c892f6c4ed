"""Arrays and tables of pyarrow: each cell as it would be alone, everything else as it was."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber.errors import ScrubberError
from tests.columns.fakes import CELLS, MAIL, Counting, alone, failing, functions_of

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
pc = pytest.importorskip("pyarrow.compute", reason="pyarrow is not installed")

from scrubber.columns import arrow, names, nested, rows, text  # noqa: E402

S = pa.string()
FLAT = (S, pa.large_string(), pa.string_view(), pa.dictionary(pa.int8(), S))
RAW = (pa.binary(), pa.large_binary(), pa.binary_view())


def scrubbed(array: Any, counting: Counting | None = None) -> Any:  # noqa: ANN401  # any array
    """Scrub an array with the small scrubber, and see that it is whole."""
    done = arrow.scrub_array(array, scrubber=counting or Counting())
    done.validate(full=True)
    assert (done.type, len(done)) == (array.type, len(array))
    return done


@given(CELLS, st.sampled_from(FLAT), st.integers(0, 4), st.integers(1, 30), st.booleans())
def test_cells_become_what_they_become_alone(
    cells: list[str | None],
    kind: Any,  # noqa: ANN401  # a type of Arrow
    begin: int,
    most: int,
    proves: bool,  # noqa: FBT001
) -> None:
    """In every layout, in a slice, however it is cut, and when nothing is proven."""
    array = pa.array(cells, S).cast(kind).slice(begin)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rows, "MOST", most)
        done = scrubbed(array, Counting(proves=proves))
    assert done.to_pylist() == alone(cells[begin:])


@given(st.lists(CELLS, max_size=4), st.sampled_from(FLAT))
def test_chunks_stay(chunks: list[list[str | None]], kind: Any) -> None:  # noqa: ANN401  # as above
    """Empty ones, and none at all."""
    column = pa.chunked_array([pa.array(one, S).cast(kind) for one in chunks], type=kind)
    done = scrubbed(column)
    assert [chunk.to_pylist() for chunk in done.chunks] == [alone(one) for one in chunks]


@given(st.lists(st.none() | st.binary(max_size=4) | st.just(MAIL.encode())), st.sampled_from(RAW))
def test_bytes_are_scrubbed_as_bytes(cells: list[bytes | None], kind: Any) -> None:  # noqa: ANN401  # as above
    """UTF-8 or not."""
    assert scrubbed(pa.array(cells, kind)).to_pylist() == alone(cells)


@given(st.lists(st.none() | st.lists(CELLS, min_size=2, max_size=2), max_size=4), st.integers(0, 3))
def test_nested_cells_become_what_they_become_alone(
    cells: list[list[list[str | None]] | None], begin: int
) -> None:
    """Lists in structs in lists of every layout, in slices."""
    pairs = [None if one is None else [{"a": part, "n": 1} for part in one] for one in cells]
    expected = [
        None if one is None else [{"a": alone(part), "n": 1} for part in one] for one in cells
    ][begin:]
    inner = pa.struct([pa.field("a", pa.list_(S), metadata={"k": MAIL}), ("n", pa.int8())])
    for kind in (
        pa.list_(inner),
        pa.large_list(inner),
        pa.list_view(inner),
        pa.large_list_view(inner),
        pa.list_(inner, 2),
    ):
        done = scrubbed(pa.array(pairs, kind).slice(begin))
        assert done.to_pylist() == expected
        assert done.type.value_type.field("a").metadata is None


def test_maps_and_run_ends_are_scrubbed() -> None:
    """Keys too, and in slices."""
    cells = [[("a", "b")], None, [(MAIL, "a"), ("b", MAIL)], []]
    array = pa.array(cells, pa.map_(S, S))
    expected = [None, [("[email]", "a"), ("b", "[email]")], []]
    assert scrubbed(array.slice(1)).to_pylist() == expected
    runs = pa.RunEndEncodedArray.from_arrays(pa.array([2, 4], pa.int32()), pa.array([MAIL, "b"]))
    assert scrubbed(runs.slice(1, 2)).to_pylist() == ["[email]", "b"]


def test_an_extension_is_scrubbed_by_its_storage() -> None:
    """JSON is text; what it holds is still of its type."""
    done = scrubbed(pa.array([f'{{"a": "{MAIL}"}}'], pa.json_(S)))
    assert done.to_pylist() == ['{"a": "[email]"}']


def test_bytes_of_one_width_become_zeros() -> None:
    """No placeholder may fit in."""
    array = pa.array([MAIL.encode(), b"a" * 16, None], pa.binary(16))
    assert scrubbed(array).to_pylist() == [bytes(16), b"a" * 16, None]


def test_only_suspect_cells_become_strings() -> None:
    """One in a hundred, and equal ones once."""
    counting = Counting()
    array = pa.array(
        [f"{MAIL} {'ab'[row % 200 // 100]}" if row % 100 == 7 else "clean" for row in range(1000)]
    )
    done = scrubbed(array, counting)
    assert len(counting.scanned) == 1
    assert sorted(counting.given) == [f"{MAIL} a", f"{MAIL} b"]
    assert [row for row, cell in enumerate(done.to_pylist()) if "[email]" in cell] == [
        *range(7, 1000, 100)
    ]


def test_a_dictionary_is_scanned_once() -> None:
    """Each value of it, whatever number of rows and chunks has it; equal ones become one."""
    counting = Counting()
    array = pa.array([MAIL, "joe@example.com", "a", None] * 9).dictionary_encode()
    done = scrubbed(pa.chunked_array([array, array.slice(3)]), counting)
    assert counting.scanned == [f"{MAIL}\njoe@example.com\na".encode()]
    assert done.chunk(0).dictionary.to_pylist() == ["[email]", "a"]
    assert done.chunk(1).to_pylist()[:3] == [None, "[email]", "[email]"]


def test_a_null_in_a_dictionary_stays_there() -> None:
    """It is a value as any other."""
    values = pa.array(["a@b", None, "c@b"])
    array = pa.DictionaryArray.from_arrays(
        pa.array([0, 1, 2, None], pa.int8()), values, ordered=True
    )
    assert scrubbed(array).to_pylist() == ["[email]", None, "[email]", None]


def hidden() -> Any:  # noqa: ANN401  # an array
    """Give a null that hides an address."""
    full = pa.array([MAIL, "clean"])
    return pa.Array.from_buffers(S, 2, [pa.py_buffer(b"\x02"), *full.buffers()[1:]])


@pytest.mark.parametrize(
    "array",
    [
        pa.array([MAIL, "clean"]).slice(1),
        pa.array([[MAIL], ["clean"]]).slice(1),
        pa.array(["clean", MAIL]).slice(0, 1),
        hidden(),
        pa.StructArray.from_arrays([pa.array([MAIL])], ["a"], mask=pa.array([True])),
        pa.array([MAIL, "clean"]).dictionary_encode().slice(1),
    ],
)
def test_buffers_hold_nothing_but_the_cells(array: Any) -> None:  # noqa: ANN401  # as above
    """Neither what is outside of a slice nor what a null hides; a pickle would carry it."""
    assert MAIL.encode() in pickle.dumps(array)
    assert MAIL.encode() not in pickle.dumps(scrubbed(array))


def test_a_string_array_of_bad_bytes_is_looked_at() -> None:
    """Arrow does not check what it is told is UTF-8."""
    array = pa.array([b"\xff" + MAIL.encode()]).view(S)
    done = arrow.scrub_array(array, scrubber=Counting())
    assert (done.type, done.cast(pa.binary()).to_pylist()) == (S, [b"\xff[email]"])


@pytest.mark.parametrize(
    ("array", "said"),
    [
        (pa.array([1]), "can hold no text"),
        (pa.array([[1.5]]), "can hold no text"),
        (pa.UnionArray.from_sparse(pa.array([0], pa.int8()), [pa.array([MAIL])]), "Union"),
        (pa.array([MAIL]).to_numpy(zero_copy_only=False), "ndarray"),
    ],
)
def test_what_would_not_be_scrubbed_is_refused(array: Any, said: str) -> None:  # noqa: ANN401  # as above
    """Passing it on would be a leak nobody sees."""
    with pytest.raises(TypeError, match=said) as caught:
        arrow.scrub_array(array, scrubber=Counting())
    assert MAIL not in str(caught.value)


@pytest.mark.parametrize("array", [pa.nulls(2), pa.chunked_array([], S), pa.array([], S)])
def test_nothing_stays_nothing(array: Any) -> None:  # noqa: ANN401  # as above
    """A batch of a column may happen to be empty."""
    assert scrubbed(array).to_pylist() == array.to_pylist()


@pytest.mark.parametrize("kind", [pa.Table, pa.RecordBatch])
def test_a_table_is_scrubbed_whole(kind: Any) -> None:  # noqa: ANN401  # as above
    """Numbers pass, names are kept apart, metadata holds nothing."""
    fields = [
        pa.field("n", pa.int64(), nullable=False),
        pa.field(MAIL, S, metadata={"note": MAIL}),
        pa.field("joe@example.com", pa.list_(S)),
    ]
    parts = [pa.array([1]), pa.array([MAIL]), pa.array([[MAIL]])]
    table = kind.from_arrays(parts, schema=pa.schema(fields, {MAIL: MAIL}))
    done = arrow.scrub_table(table, scrubber=Counting())
    assert type(done) is kind
    assert done.to_pylist() == [{"n": 1, "[email]": "[email]", "[email] (2)": ["[email]"]}]
    assert done.schema.metadata == {b"[email]": b"[email]"}
    assert done.schema.field(1).metadata == {b"note": b"[email]"}
    assert not done.schema.field(0).nullable


def test_only_named_columns_are_scrubbed() -> None:
    """Also where one beside them is of a type that is refused."""
    union = pa.UnionArray.from_sparse(pa.array([0], pa.int8()), [pa.array([1])])
    table = pa.table([[MAIL], [MAIL], union, [1]], names=["a", "b", "u", "n"])
    done = arrow.scrub_table(table, ["b"], scrubber=Counting())
    assert done.select(["a", "b"]).to_pylist() == [{"a": MAIL, "b": "[email]"}]
    with pytest.raises(TypeError, match="Union"):
        arrow.scrub_table(table, scrubber=Counting())
    with pytest.raises(TypeError, match="can hold no text"):
        arrow.scrub_table(table, ["n"], scrubber=Counting())
    with pytest.raises(TypeError, match=r"write \[name\]"):
        arrow.scrub_table(table, "a", scrubber=Counting())
    with pytest.raises(KeyError, match=r"columns\[1\]"):
        arrow.scrub_table(table, ["a", "z"], scrubber=Counting())


EVERY_KIND = pa.table(
    {
        "text": [MAIL, None],
        "dictionary": pa.array([MAIL, "joe@example.com"]).dictionary_encode(),
        "dictionaries": pa.array([[MAIL], None], pa.list_(pa.dictionary(pa.int8(), S))),
        "struct": [{"a": [MAIL]}, None],
        "map": pa.array([[(MAIL, MAIL)], None], pa.map_(S, S)),
        "fixed": pa.array([[MAIL], None], pa.list_(S, 1)),
        "view": pa.array([[MAIL], None], pa.list_view(S)),
        "width": pa.array([MAIL.encode(), None], pa.binary(16)),
        "json": pa.array([f'["{MAIL}"]', None], pa.json_(S)),
        "runs": pa.RunEndEncodedArray.from_arrays(pa.array([2], pa.int32()), pa.array([MAIL])),
        MAIL: [1, 2],
    },
).replace_schema_metadata({"note": MAIL})
# Asked before anything is looked at, or only for texts of Python.
NOT_INSIDE = {
    "scrub_table",
    "scrub_array",
    "wanted",
    "replaced_texts",
    "_scrub_named",
    "_scrub_some",
}
INSIDE = [
    one for one in functions_of(arrow, nested, text, rows, names) if one.__name__ not in NOT_INSIDE
]


@pytest.mark.parametrize("inner", INSIDE, ids=lambda one: one.__qualname__)
def test_whatever_fails_inside_nothing_comes_out(
    inner: Any,  # noqa: ANN401  # a function
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An error without a cell, and without the error that was."""
    monkeypatch.setattr(inner, "__code__", failing.__code__)
    with pytest.raises(ScrubberError) as caught:
        arrow.scrub_table(EVERY_KIND, scrubber=Counting())
    assert MAIL not in str(caught.value)
    assert caught.value.__context__ is None


@pytest.mark.parametrize("asked", ["suspects", "scrub_many"])
def test_a_scrubber_that_fails_lets_nothing_out(
    asked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever of its methods."""
    counting = Counting()
    monkeypatch.setattr(counting, asked, failing)
    with pytest.raises(ScrubberError):
        arrow.scrub_table(EVERY_KIND, scrubber=counting)


def test_misplaced_replacements_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kernel that does nothing would leave the cells as they were."""
    monkeypatch.setattr(pc, "replace_with_mask", lambda cells, *_: cells)
    with pytest.raises(ScrubberError):
        scrubbed(pa.array([MAIL, "a"]))


def test_every_kind_comes_out_clean() -> None:
    """The table the faults are planted in."""
    assert "example" not in str(arrow.scrub_table(EVERY_KIND, scrubber=Counting()).to_pylist())
