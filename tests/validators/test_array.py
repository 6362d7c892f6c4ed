"""The label of an array, a list or a table: kind, type, shape, device."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber.redact.placeholders import placeholder
from scrubber.validators.array import array_label

POLARS = "shape: (2, 3)\n┌──────┬─────┐\n│ name ┆ age │\n└──────┴─────┘"
MARKDOWN = "|    | name |   age |\n|---:|:-----|------:|\n|  0 | Jane |    34 |"
ROWS = "      name  age\n0     Jane   34\n..     ...  ...\n82     Bob   51"


@pytest.mark.parametrize(
    ("head", "label"),
    [
        ("array([[[1, 2, 3], [4, 5, 6]]], dtype=uint8)", "ndarray uint8 1x2x3"),
        ("tensor([[0.1, 0.2, 0.3]], device='cuda:0')", "tensor 1x3 cuda:0"),
        ("tensor([1, 2], dtype=torch.bfloat16, requires_grad=True)", "tensor bfloat16 2"),
        ("Array([0.1, 0.2], dtype=float32)", "array float32 2"),
        ("tf.Tensor(\n[[1. 2.]\n [3. 4.]], shape=(2, 2), dtype=float32)", "tensor float32 2x2"),
        (
            "Tensor(shape=[1, 3], dtype=float32, place=Place(gpu:0),\n [[1, 2, 3]])",
            "tensor float32 1x3",
        ),
        ("array([[1, ..., 2], ..., [3, ..., 4]], shape=(640, 480))", "ndarray 640x480"),
        ("array([1, ..., 2])", "ndarray"),
        ("array([[1, 2], [3]])", "ndarray"),
        ("array(['a', 'b'], dtype='<U1')", "ndarray str 2"),
        ("array([[True, False]])", "ndarray 1x2"),
        ("array([nan, -inf, 1e-05])", "ndarray 3"),
        ("[[ 94 129 193]\n [216 206 234]]", "ndarray 2x3"),
        ("[0.1, 0.2, 0.3]", "list 3"),
        ("[(1, 2, 3), (4, 5, 6)]", "list 6"),
        ("[np.float64(0.5), np.float64(0.25)]", "list 2"),
        ("[1, 2, 3", "list"),
        ("Float32Array(12) [ 0.1, 0.2 ]", "array float32 2"),
        ("Uint8ClampedArray(9) [ 1, 2, ... 7 more items ]", "array uint8"),
        ("BigInt64Array(9) [ 1n, 2n ]", "array int64 2"),
        ("[" * 9 + "1" + "]" * 9, "ndarray"),
        (f"array([{'1, ' * 5000}])", "ndarray"),
        (f"{ROWS}\n\n[83 rows x 2 columns]", "dataframe 83x2"),
        ("   a  b\n0  1  2\n1  3  4", "dataframe 2x2"),
        ("   a  b\n" + "0  1  2\n" * 1000, "dataframe"),
        ("0    Jane\n1    Bob\nName: name, dtype: object", "series 2"),
        ("0  1\n..  2\nLength: 99, dtype: int64", "series 99"),
        (POLARS, "dataframe 2x3"),
        (MARKDOWN, "dataframe 1x2"),
    ],
)
def test_kind_type_shape_and_device_are_read(head: str, label: str) -> None:
    """What is readable is said, what is left out or cut off is not guessed."""
    assert label == array_label(head)


WORDS = ["array(", "tensor(", "[", "[", "]", "]", "1", ",", ")", "dtype=uint8", "...", "'jane'"]
MORE = [
    "Float32Array(",
    "shape=(1, 2)",
    "device='cuda:0'",
    "\n",
    "dtype: x",
    "|",
    "Length: 5",
    "\ud800",
]
PIECES = st.lists(st.sampled_from([*WORDS, *MORE]), max_size=24).map(" ".join)


@given(head=PIECES | st.text())
def test_any_text_gives_a_label_that_fits(head: str) -> None:
    """A label is one of the grammar, whatever the text, and holds nothing else of it."""
    label = array_label(head)
    assert placeholder("ARRAY_DATA", label) == f"[{label}]"
