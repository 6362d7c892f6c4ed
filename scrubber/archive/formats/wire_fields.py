"""
Messages of Protocol Buffers, taken apart and put together without their schema compiled in.

TensorBoard and W&B write their logs so. Only what may hold a text is known by its number here; a
field that nobody told of is looked at as what it is on the wire: a number stays, and bytes are a
message where they can be read as one, else a text.

Promise: a field that is not rewritten is the same bytes, and what is rewritten has the length it
says. Bytes that are no message, or whose lengths go beyond them, are a `ValueError`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scrubber.archive.formats.cells import Cells

VARINT: Final = 0
FIXED64: Final = 1
BYTES: Final = 2
FIXED32: Final = 5
DEEPEST: Final = 32
"""Messages in one another, as far as they are told apart from texts."""
MOST: Final = 1_000_000
"""Fields of one record."""

_LONGEST_NUMBER: Final = 10
_LONGEST_NAME: Final = 128
_LONGEST_KEPT: Final = 256
_MOST_KEPT: Final = 1 << 14
_LAST_FIELD: Final = (1 << 29) - 1
_CONTROLS: Final = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")


class Field(NamedTuple):
    """A field of a message.

    Attributes:
        number: which one.
        kind: how it is stored: `VARINT`, `FIXED64`, `BYTES`, `FIXED32`.
        tag: the bytes that say both.
        body: what is in it; of `BYTES` without the length.
        raw: all of it, as it was.
    """

    number: int
    kind: int
    tag: bytes
    body: bytes
    raw: bytes

    def with_body(self, body: bytes) -> bytes:
        """Give its bytes with something else in it; itself where that is the same."""
        if body == self.body:
            return self.raw
        return self.tag + varint(len(body)) + body

    @property
    def value(self) -> int:
        """The number of a `VARINT`."""
        return _number(self.body, 0)[0]


def varint(number: int) -> bytes:
    r"""Write a number.

    >>> varint(300)
    b'\xac\x02'
    """
    done = bytearray()
    while number > 0x7F:  # noqa: PLR2004  # seven bits a byte
        done.append(number & 0x7F | 0x80)
        number >>= 7
    done.append(number)
    return bytes(done)


def fields(data: bytes) -> Iterator[Field]:
    r"""Take a message apart.

    Args:
        data: the message.

    Yields:
        Its fields in order.

    Raises:
        ValueError: it is none.

    >>> [(one.number, one.body) for one in fields(b"\x0a\x02hi\x10\x05")]
    [(1, b'hi'), (2, b'\x05')]
    """
    at, count, end = 0, 0, len(data)
    while at < end:
        count += 1
        if count > MOST:
            raise ValueError("too many fields")
        begin = at
        key, at = (data[at], at + 1) if data[at] < 0x80 else _number(data, at)  # noqa: PLR2004
        tag, kind, number = data[begin:at], key & 7, key >> 3
        if not 0 < number <= _LAST_FIELD:
            raise ValueError("no field")
        inside = at
        if kind == VARINT:
            _, at = _number(data, at)
        elif kind == FIXED64:
            at += 8
        elif kind == FIXED32:
            at += 4
        elif kind == BYTES:
            if at < end and data[at] < 0x80:  # noqa: PLR2004  # one byte, as nearly all are
                size, inside = data[at], at + 1
            else:
                size, inside = _number(data, at)
            at = inside + size
        else:  # groups, which nobody writes any more
            raise ValueError("no field")
        if at > end:
            raise ValueError("cut off")
        yield Field(number, kind, tag, data[inside:at], data[begin:at])


def _number(data: bytes, at: int) -> tuple[int, int]:
    number = 0
    for place in range(_LONGEST_NUMBER):
        if at >= len(data):
            break
        byte = data[at]
        at += 1
        number |= (byte & 0x7F) << (7 * place)
        if byte < 0x80:  # noqa: PLR2004  # the last one
            return number, at
    raise ValueError("no number")


class Walk:
    """Scrubs messages."""

    def __init__(self, cells: Cells) -> None:
        """Begin.

        Args:
            cells: scrubs what is in them.
        """
        self._cells = cells
        # Bodies in which nothing was found: a log says the same again and again.
        self._clean: set[tuple[bytes, bool, str, int]] = set()

    def message(self, data: bytes, shape: Mapping[int, object], name: str = "") -> bytes:
        """Scrub a message that is known.

        Args:
            data: the message.
            shape: of its fields by number: a shape, what becomes of them, or the name they have.
                Those it does not have are looked at as they are.
            name: the name of what it stands under.

        Returns:
            The message.

        Raises:
            ValueError: it is none.
        """
        return self._message(data, shape, name, 0)

    def unknown(self, data: bytes, name: str = "") -> bytes:
        """Scrub bytes of which nothing is known: a message, or a text.

        Args:
            data: the bytes.
            name: as for `message`.

        Returns:
            The scrubbed bytes.
        """
        return self._unknown(data, name, 0)

    def _message(self, data: bytes, shape: Mapping[int, object], name: str, depth: int) -> bytes:
        # What other shapes make of a body may depend on more than the body.
        if len(data) > _LONGEST_KEPT or (shape and shape is not ITEM):
            return self._taken_apart(data, shape, name, depth)
        same = (data, shape is ITEM, name, depth)
        if same in self._clean:
            return data
        made = self._taken_apart(data, shape, name, depth)
        if made == data:
            if len(self._clean) >= _MOST_KEPT:
                self._clean.clear()
            self._clean.add(same)
        return made

    def _taken_apart(
        self, data: bytes, shape: Mapping[int, object], name: str, depth: int
    ) -> bytes:
        found = [*fields(data)]
        key = _last_key(found) if shape is ITEM else "" if shape else _key(found)
        done = []
        for field in found:
            if field.kind != BYTES:
                done.append(field.raw)
                continue
            under = name if field.number == 1 and key else key or name  # no name has a name
            body = self._body(field.body, shape.get(field.number), under, depth + 1)
            done.append(field.with_body(body))
        return b"".join(done)

    def _body(self, body: bytes, shape: object, name: str, depth: int) -> bytes:
        if shape is None:
            return self._unknown(body, name, depth)
        if isinstance(shape, str):
            return self._cells.data(body, shape or name)
        if shape is JSON:
            text = body.decode("utf-8", "surrogateescape")
            return self._cells.json(text, name).encode("utf-8", "surrogateescape")
        if callable(shape):
            done: bytes = shape(body)
            return done
        return self._message(body, shape, name, depth)  # type: ignore[arg-type]  # what is left

    def _unknown(self, data: bytes, name: str, depth: int) -> bytes:
        if not data or depth > DEEPEST:
            return self._cells.data(data, name)
        try:
            walked = self._message(data, {}, name, depth)
        except ValueError:
            return self._cells.data(data, name)
        # Some texts can be read as a message: "88" is one. What may be a text is looked at as one.
        return self._cells.data(walked, name) if _CONTROLS.search(data) is None else walked


def _key(found: list[Field]) -> str:
    """Give the name in an entry of a map: its first field, where there is a second one."""
    if len(found) < 2 or found[0].number != 1 or found[0].kind != BYTES:  # noqa: PLR2004
        return ""
    name = found[0].body
    if any(field.number == 1 for field in found[1:]) or not 0 < len(name) <= _LONGEST_NAME:
        return ""
    return "" if _CONTROLS.search(name) else name.decode("utf-8", "ignore")


def _last_key(found: list[Field]) -> str:
    """Give the innermost name of what W&B logs: `{"a": {"user": 1}}` has two."""
    names = [field.body for field in found if field.number in (1, 2) and field.kind == BYTES]
    return names[-1][:_LONGEST_NAME].decode("utf-8", "ignore") if names else ""


JSON: Final = object()
"""The shape of a text that is JSON, under the name of its entry."""
ITEM: Final[Mapping[int, object]] = {1: "", 2: "", 7: "", 8: JSON, 16: JSON}
"""A name and its value, as W&B writes them."""
