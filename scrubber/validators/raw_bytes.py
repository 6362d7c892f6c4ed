r"""
Bytes in a literal that are no text: sound, pickles, arrays, archives.

Words in UTF-8 are written with as many escapes as raw data (`b'caf\xc3\xa9'`); they are told
apart by reading them.

Promise: any text gives an answer, and never an error.
"""

from __future__ import annotations

from typing import Final

from scrubber.lazy import lazy_pattern
from scrubber.validators.first_bytes import first_bytes

_FEWEST: Final = 12
_HEX: Final = lazy_pattern(r"\\+x[0-9A-Fa-f]{2}")
_NOT_IN_TEXT: Final = lazy_pattern(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f-\x9f]")
_REST: Final = lazy_pattern(rb"\A[\x80-\xbf]{1,3}")
_REACH: Final = 4096


def raw_bytes(literal: str) -> bool:
    r"""Tell whether the beginning of a `bytes` literal is raw data.

    Args:
        literal: a literal from its `b` on, perhaps cut off; 4096 characters are read.

    Returns:
        Whether at least 12 of its bytes are written in hex and it is not text in UTF-8.

    >>> raw_bytes(r"b'\x00\x01\x02\x03\x04\x05\x06\x07\x80\x81\x82\x83'"), raw_bytes(r"b'\xc3\xa9'")
    (True, False)
    """
    literal = literal[:_REACH]
    if len(_HEX.findall(literal)) < _FEWEST:
        return False
    # A character may be cut off at either end.
    data = _REST.sub(b"", first_bytes(literal))
    text = data.decode("utf-8", "replace")
    return "\ufffd" in text[:-3] or _NOT_IN_TEXT.search(text) is not None
