"""
What an array or a list of numbers in a text is: kind, type, shape, device; never a value.

A finding is described from its first 4096 characters. The type and the device of a tensor stand
behind its values and its shape is counted in its brackets, so of a longer one only what stands
before its values is said.

Promise: any text gives a label, and the label holds nothing of the text but known words and counts.
"""

from __future__ import annotations

import re
from typing import Final

from scrubber.lazy import lazy_pattern
from scrubber.validators.table import is_table, table_label

_REACH: Final = 4096
_DEEPEST: Final = 8

_NAME: Final = lazy_pattern(r"(?P<name>[A-Za-z_][A-Za-z0-9_.]{0,40})\(")
_TENSORS: Final = frozenset(
    {"tensor", "metatensor", "Tensor", "EagerTensor", "BoundingBoxes", "Image", "Mask", "Video"}
)
_ARRAYS: Final = frozenset({"Array", "DeviceArray"})
_TYPED: Final = lazy_pattern(r"(?P<kind>Float|(?:Big)?Int|(?:Big)?Uint)(?P<bits>8|16|32|64)")
_DTYPE: Final = lazy_pattern(
    r"dtype=[\"'<=|>]{0,2}(?:torch\.|np\.|tf\.|jnp\.|paddle\.)?"
    r"(?P<name>bool|u?int(?:8|16|32|64)|float(?:16|32|64|128)|bfloat16|complex(?:64|128)|object"
    r"|[OSU](?=[0-9\"']))",
    re.IGNORECASE,
)
_LETTERS: Final = {"o": "object", "s": "str", "u": "str"}
_DEVICE: Final = lazy_pattern(r"device=[\"']?(?P<name>(?:cpu|cuda|mps|tpu|xpu)(?::[0-9]{1,3})?)\b")
_SHAPE: Final = lazy_pattern(
    r"\b(?:shape|size)=(?:torch\.Size\()?[(\[](?P<dims>[0-9]{1,9}(?:,\x20?[0-9]{1,9}){0,7},?)[)\]]"
)
_TOKEN: Final = lazy_pattern(
    r"""\[|\]|\.\.\.|"[^"\n]{0,400}+"|'[^'\n]{0,400}+'|[A-Za-z0-9.+\-]{1,80}+(?!\()"""
)


def array_label(head: str) -> str:
    """Describe an array, a list or a table from its text.

    Args:
        head: the first characters of the finding; 4096 are read.

    Returns:
        `ndarray uint8 480x640x3`, `tensor float32 1x3 cuda:0`, `list 100`, `dataframe 5x3`,
        `series 5`, each with no more than what is readable.

    >>> array_label("array([[1, 2, 3], [4, 5, 6]], dtype=uint8)"), array_label("[0.1, 0.2, 0.3]")
    ('ndarray uint8 2x3', 'list 3')
    """
    whole = len(head) < _REACH
    head = head[:_REACH]
    if is_table(head):
        return table_label(head, whole=whole)
    opens = max(head.find("["), 0)
    counted = _counted(head[opens:]) if whole else ""
    named = _NAME.match(head)
    typed = _TYPED.match(head)
    if typed:
        return _joined("array", typed["kind"].lower().removeprefix("big") + typed["bits"], counted)
    if not named:
        return _joined("list" if "," in head else "ndarray", counted)
    shape, dtype, device = _SHAPE.search(head), _DTYPE.search(head), _DEVICE.search(head)
    return _joined(
        _kind(named["name"]),
        _LETTERS.get(dtype["name"].lower(), dtype["name"].lower()) if dtype else "",
        "x".join(re.findall("[0-9]+", shape["dims"])) if shape else counted,
        device["name"] if device else "",
    )


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _kind(name: str) -> str:
    last = name.rpartition(".")[2]
    return "tensor" if last in _TENSORS else "array" if last in _ARRAYS else "ndarray"


def _counted(body: str) -> str:
    """Count the elements of every depth; "" when they differ, or some are left out."""
    open_counts: list[int] = []
    sizes: dict[int, int] = {}
    for token in _TOKEN.finditer(body):
        if not open_counts and (token[0] != "[" or sizes):
            return ""
        if token[0] == "]":
            size = open_counts.pop()
            depth = len(open_counts)
            if sizes.setdefault(depth, size) != size:
                return ""
            if not open_counts:
                return "x".join(str(sizes[at]) for at in sorted(sizes))
            continue
        if token[0] == "..." or len(open_counts) == _DEEPEST:
            return ""
        if open_counts:
            open_counts[-1] += 1
        if token[0] == "[":
            open_counts.append(0)
    return ""
