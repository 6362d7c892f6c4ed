"""
Bytes, which are text, or data of which only the kind is told.

A token in bytes is text, and the rules know tokens; a buffer is not, and its escapes are four times
as long as itself.

Promise: what is told of bytes is a media type, an image's size, or a length where it is that of no
secret.
"""

from __future__ import annotations

from typing import Any, Final

from scrubber.integrations.sentry.class_facts import class_name
from scrubber.validators.image import image_label
from scrubber.validators.media import media_label

LONGEST_TEXT: Final = 1024
"""Bytes that stay if they are text."""

_HEAD: Final = 1024
# Keys, certificates and tokens are shorter: their length would narrow down what they are.
_NO_SECRET: Final = 65_536


def bytes_label(value: object) -> str | None:
    r"""Tell bytes that are no short text.

    Args:
        value: any object.

    Returns:
        What they are, or None if it is short text or no bytes.

    >>> bytes_label(b"\x00" * 80), bytes_label(b"\x89PNG" * 300), bytes_label(b"jane")
    ('<bytes>', '<bytes image/png>', None)
    """
    kind = type(value)
    base: Any = next((base for base in (bytes, bytearray) if issubclass(kind, base)), None)
    if base is None:
        return _view_label(value) if kind is memoryview else None
    length = base.__len__(value)
    head = bytes(base.__getitem__(value, slice(0, max(_HEAD, LONGEST_TEXT))))
    if length <= LONGEST_TEXT and _is_text(head):
        return None
    return _told(class_name(kind), head, length)


def _view_label(value: Any) -> str:  # noqa: ANN401
    try:
        length = value.nbytes
        head = bytes(value[:_HEAD]) if value.contiguous and value.ndim == 1 else b""
    except (ValueError, TypeError, NotImplementedError):
        return "<memoryview>"  # released, or of a format of its own
    return _told("memoryview", head[:_HEAD], length)


def _told(name: str, head: bytes, length: int) -> str:
    literal = repr(head[:_HEAD])
    image = image_label(literal)
    label = image if image != "image" else media_label(literal)
    if not label and length >= _NO_SECRET:
        label = str(length)
    return f"<{name} {label}>" if label else f"<{name}>"


def _is_text(head: bytes) -> bool:
    try:
        text = head.decode()
    except UnicodeDecodeError:
        return False
    return all(one.isprintable() or one in "\t\r\n" for one in text)
