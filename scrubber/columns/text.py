"""
One Arrow array of texts or bytes in, the same with its findings replaced out.

Only the rows that the scrubber suspects become Python strings; the others go from buffer to buffer.

Promise: the result holds no byte of the array it was made of but those of its own cells: neither
what lies outside of a slice, which a pickle would carry along, nor what a null hides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import types

from scrubber.columns.rows import blocks, scrub_distinct, suspect_rows
from scrubber.errors import ScrubberError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrubber.columns.rows import Scrubs


BINARY: Final = (types.is_binary, types.is_large_binary, types.is_binary_view)


def scrub_texts(array: pa.Array, scrubber: Scrubs) -> pa.Array:
    """Scrub an array of texts or bytes.

    Args:
        array: of strings or binary values, in any of Arrow's layouts.
        scrubber: what looks and replaces.

    Returns:
        An array of the same type.
    """
    # One layout for all, with offsets that no sum of texts overflows.
    cells = _compact(array.cast(pa.large_binary()))
    parts = [
        _scrub_block(_compact(cells.slice(first, behind - first)), scrubber)
        for first, behind in blocks(_offsets(cells)[1:])
    ]
    done = pa.concat_arrays(parts) if parts else cells
    # A view, not a cast: bytes that were no UTF-8 before are none of our business.
    return (done if _is_binary(array.type) else done.view(pa.large_string())).cast(array.type)


def _is_binary(kind: pa.DataType) -> bool:
    return any(fits(kind) for fits in BINARY)


def scrub_fixed(array: pa.Array, scrubber: Scrubs) -> pa.Array:
    """Scrub an array of bytes of one width, where no placeholder may fit in.

    Args:
        array: of fixed-size binary values.
        scrubber: what looks and replaces.

    Returns:
        An array of the same type; a value that held a finding is all zero bytes.
    """
    plain = array.cast(pa.large_binary())
    same = pc.equal(scrub_texts(plain, scrubber), plain)
    zeros = pa.scalar(bytes(array.type.byte_width), pa.large_binary())
    return pc.if_else(same, plain, zeros).cast(array.type)


def _scrub_block(cells: pa.LargeBinaryArray, scrubber: Scrubs) -> pa.LargeBinaryArray:
    """Scrub what one pass can take."""
    rows = _suspects(cells, scrubber)
    if rows is not None and not rows:
        return cells
    taken = cells if rows is None else cells.take(pa.array(rows, pa.int64()))
    raw = taken.to_pylist()
    texts = [None if one is None else one.decode("utf-8", "surrogateescape") for one in raw]
    replaced = scrub_distinct(scrubber, [text for text in texts if text is not None])
    changed = [
        (row, replaced[text].encode("utf-8", "surrogateescape"))
        for row, text in zip(range(len(texts)) if rows is None else rows, texts, strict=True)
        if text in replaced
    ]
    return _with(cells, [row for row, _ in changed], [new for _, new in changed])


def _suspects(cells: pa.LargeBinaryArray, scrubber: Scrubs) -> Sequence[int] | None:
    """Find the rows to look at; None for all."""
    filled = cells.fill_null(b"")
    ends = _offsets(filled)[1:]
    if not _is_utf8(filled):
        return None
    one_list = pa.array([0, len(filled)], pa.int64())
    rows = pa.LargeListArray.from_arrays(one_list, filled)
    joined = pc.binary_join(rows, pa.scalar(b"\n", pa.large_binary()))
    return suspect_rows(scrubber, joined[0].as_py(), ends)


def _is_utf8(cells: pa.LargeBinaryArray) -> bool:
    """Tell whether all cells are UTF-8, which an array of strings may be wrong about, too."""
    try:
        cells.cast(pa.large_string())
    except pa.ArrowInvalid:
        return False
    return True


def _with(
    cells: pa.LargeBinaryArray, rows: Sequence[int], replacements: Sequence[bytes]
) -> pa.LargeBinaryArray:
    """Put replacements in place of some cells."""
    if not rows:
        return cells
    bits = bytearray(len(cells) // 8 + 1)
    for row in rows:
        bits[row >> 3] |= 1 << (row & 7)
    mask = pa.Array.from_buffers(pa.bool_(), len(cells), [None, pa.py_buffer(bits)])
    new = pa.array(replacements, pa.large_binary())
    done = pc.replace_with_mask(cells, mask, new)
    # A kernel of some release that puts them elsewhere must not go unseen.
    if len(done) != len(cells) or not done.filter(mask).equals(new):
        raise ScrubberError("the replacements are not where they belong")
    return done


def _offsets(cells: pa.LargeBinaryArray) -> memoryview:
    """Give where each cell begins, and the last one ends, without a copy."""
    buffer = cells.buffers()[1]
    if buffer is None or not buffer.size:  # of an empty array
        return memoryview(bytes(8)).cast("q")
    return memoryview(buffer).cast("q")[cells.offset : cells.offset + len(cells) + 1]


def _compact(cells: pa.LargeBinaryArray) -> pa.LargeBinaryArray:
    """Cut off what lies outside of a slice, and what nulls hide; clean bytes are not copied."""
    offsets = _offsets(cells)
    begin, end = offsets[0], offsets[-1]
    if cells.null_count and (pc.sum(pc.binary_length(cells)).as_py() or 0) != end - begin:
        return _compact(
            pc.if_else(cells.is_valid(), cells.fill_null(b""), pa.scalar(None, cells.type))
        )
    first = pa.Array.from_buffers(pa.int64(), len(offsets), [None, pa.py_buffer(offsets)])
    moved = pc.subtract(first, pa.scalar(begin, pa.int64()))
    valid = cells.is_valid().buffers()[1] if cells.null_count else None
    data = cells.buffers()[2]
    data = data.slice(begin, end - begin) if data is not None else pa.py_buffer(b"")
    return pa.Array.from_buffers(cells.type, len(cells), [valid, moved.buffers()[1], data])
