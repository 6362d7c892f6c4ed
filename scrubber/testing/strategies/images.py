"""
Pixels as a report holds them: data URIs, base64, reprs of bytes and arrays, hexadecimal.

Promise: behind every text but an array's is a whole picture that a viewer opens.
"""

from __future__ import annotations

from base64 import b64encode
from pprint import pformat
from random import Random
from typing import TYPE_CHECKING, Final

from hypothesis import strategies as st

from scrubber.testing.planting import Planted
from scrubber.testing.strategies.fills import seeds
from scrubber.testing.strategies.pictures import FORMATS

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

FORMS: Final = ("data_uri", "base64", "lines", "literals", "repr", "hex")
"""How the bytes of a picture are written."""

# Literals are known as Python writes them; with their quotes encoded once more, they are not.
_DRAWN: Final = tuple(form for form in FORMS if form != "literals")
_PART: Final = 24
_LINE: Final = 76


def written(kind: str, form: str, data: bytes) -> str:
    """Write the bytes of a picture as text.

    Args:
        kind: the second half of its media type.
        form: one of `FORMS`.
        data: the bytes.
    """
    if form == "repr":
        return repr(data)
    if form == "hex":
        return data.hex()
    text = b64encode(data).decode("ascii")
    if form in {"lines", "literals"}:
        lines = "".join(f"{text[at : at + _LINE]}\n" for at in range(0, len(text), _LINE))
        return lines.rstrip() if form == "lines" else pformat(lines, width=_LINE + 14)
    return f"data:image/{kind};base64,{text}" if form == "data_uri" else text


def _picture(kind: str, form: str, size: tuple[int, int], seed: int) -> Planted:
    data = FORMATS[kind](Random(seed), *size)  # noqa: S311  # no secret
    text = written(kind, form, data)
    lines = text.split("\n")
    line = lines[len(lines) // 2]
    middle = len(line) // 2
    return Planted("IMAGE_DATA", text, (line[middle : middle + _PART],))


def image_blobs() -> SearchStrategy[Planted]:
    """Give tiny pictures as text: PNG, JPEG, GIF and BMP, in data URIs, base64, reprs and hex.

    Returns:
        Each with a stretch from its middle.

    >>> from hypothesis import find
    >>> find(image_blobs(), lambda one: True).value[:26]
    'data:image/png;base64,iVBO'
    """
    return st.builds(
        _picture,
        st.sampled_from(tuple(FORMATS)),
        st.sampled_from(_DRAWN),
        st.tuples(st.integers(8, 24), st.integers(4, 16)),
        seeds,
    )


def _numbers(draw: Random, form: str, count: int) -> list[str]:
    if form == "tensor":
        return [f"{draw.random():.4f}" for _ in range(count)]
    return [f"{draw.randrange(10, 256)}" for _ in range(count)]


def _array(form: str, rows: int, columns: int, seed: int) -> Planted:
    draw = Random(seed)  # noqa: S311  # no secret
    lines = [_numbers(draw, form, columns) for _ in range(rows)]
    if form == "str":
        text = "[" + "\n ".join(f"[{' '.join(line)}]" for line in lines) + "]"
    else:
        kind, end = ("array", ", dtype=uint8)") if form == "array" else ("tensor", ")")
        joint = ",\n" + " " * (len(kind) + 2)
        text = f"{kind}([" + joint.join(f"[{', '.join(line)}]" for line in lines) + f"]{end}"
    between = " " if form == "str" else ", "
    return Planted("ARRAY_DATA", text, tuple(between.join(line) for line in (lines[0], lines[-1])))


def arrays() -> SearchStrategy[Planted]:
    """Give arrays and tensors as NumPy and PyTorch print them: pixels, embeddings.

    Returns:
        Each with its first and its last row.

    >>> from hypothesis import find
    >>> find(arrays(), lambda one: True).value.startswith("array([[")
    True
    """
    return st.builds(
        _array,
        st.sampled_from(("array", "tensor", "str")),
        st.integers(3, 6),
        st.integers(4, 8),
        seeds,
    )
