r"""Values out of bytes, and bytes that give a value: how a fuzzer makes structures.

What mutates bytes must be able to reach every structure, and each structure must be one that a file
of bytes can hold. So a value is its kind and then its content, and where the bytes end, so do the
containers that are open.

Promise: any bytes give values, the same each time; `written` gives the bytes of a value of JSON.

>>> Draw(written({"a": [1, None, "b"], "c": 1.5})).value()
{'a': [1, None, 'b'], 'c': 1.5}
"""

from __future__ import annotations

import math
import struct
from typing import Any, Final

_STRAY: Final = "surrogateescape"
_KINDS: Final = ("none", "bool", "int", "float", "text", "word", "list", "dict")
_LONGEST: Final = 0xFFFF
_MOST: Final = 0xFF


class Draw:
    """Bytes that are read from their beginning."""

    def __init__(self, data: bytes, words: tuple[str, ...] = (), *, deepest: int = 8) -> None:
        """Begin.

        Args:
            data: what is read.
            words: texts that a value can name by their place.
            deepest: how many containers may stand in each other.
        """
        self._data = data
        self._at = 0
        self._words = words
        self._deepest = deepest

    def taken(self, count: int) -> bytes:
        """Take so many bytes, or as many as there are."""
        start = self._at
        self._at = min(start + count, len(self._data))
        return self._data[start : self._at]

    def rest(self) -> bytes:
        """Take all that is left."""
        return self.taken(len(self._data))

    def number(self, most: int) -> int:
        """Take a number between 0 and `most`; 0 behind the end."""
        count = max((most.bit_length() + 7) // 8, 1)
        return int.from_bytes(self.taken(count), "big") % (most + 1)

    def text(self) -> str:
        """Take a text."""
        return self.taken(self.number(_LONGEST)).decode("utf-8", _STRAY)

    def word(self) -> str:
        """Take one of the words, or a text where there are none."""
        if not self._words:
            return self.text()
        return self._words[self.number(len(self._words) - 1)]

    def value(self, depth: int = 0) -> Any:  # noqa: ANN401, PLR0911  # the JSON border; a kind each
        """Take a value: what JSON knows, and floats that it does not."""
        kind = _KINDS[self.number(_MOST) % len(_KINDS)]
        match kind:
            case "bool":
                return bool(self.number(1))
            case "int":
                return int.from_bytes(self.taken(8), "big", signed=True)
            case "float":
                found = struct.unpack(">d", self.taken(8).ljust(8, b"\0"))[0]
                return found if math.isfinite(found) else 0.5
            case "text":
                return self.text()
            case "word":
                return self.word()
            case "list" | "dict" if depth < self._deepest:
                return self._several(kind, depth + 1)
            case _:
                return None

    def _several(self, kind: str, depth: int) -> Any:  # noqa: ANN401
        count = self.number(_MOST)
        items: list[Any] = []
        keys: list[str] = []
        while len(items) < count and self._at < len(self._data):
            if kind == "dict":
                keys.append(self.word() if self.number(_MOST) % 2 else self.text())
            items.append(self.value(depth))
        return dict(zip(keys, items, strict=True)) if kind == "dict" else items


def written(value: object) -> bytes:  # noqa: PLR0911  # one for each kind
    """Give the bytes of which `Draw.value` makes a value of JSON again.

    Args:
        value: what `json.loads` gives; texts of more than 65,535 bytes and containers of more than
            255 items are cut.
    """
    match value:
        case bool():
            return bytes((_KINDS.index("bool"), value))
        case int():
            return _kind("int") + (value % (1 << 64)).to_bytes(8, "big")
        case float():
            return _kind("float") + struct.pack(">d", value)
        case str():
            return _kind("text") + _text(value)
        case list():
            return _kind("list") + bytes((min(len(value), _MOST),)) + _all(value)
        case dict():
            pairs = [b"\0" + _text(key) + written(item) for key, item in value.items()]
            return _kind("dict") + bytes((min(len(pairs), _MOST),)) + b"".join(pairs[:_MOST])
        case _:
            return _kind("none")


def _all(values: list[Any]) -> bytes:
    return b"".join(map(written, values[:_MOST]))


def _kind(name: str) -> bytes:
    return bytes((_KINDS.index(name),))


def _text(text: str) -> bytes:
    data = text.encode("utf-8", "surrogatepass")[:_LONGEST]
    return len(data).to_bytes(2, "big") + data
