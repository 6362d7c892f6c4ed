r"""Undo encodings, and know where everything came from.

A report is text inside text: a path in a repr in a JSON string in a URL. Rules are written for
plain text; here it is given to them, one *layer* of every encoding undone at once, layer after
layer, and a range found there is mapped back to the raw range that wrote it.

Promises:
    - a mapped range covers whole escape sequences, so that replacing it splits none;
    - maps are monotone, and cover everything but what a terminal would not show;
    - linear time and memory, whatever the text; a line with nothing to undo costs one search.
"""

from __future__ import annotations

from scrubber.decoding.base64_text import base64_views
from scrubber.decoding.escapes import decode_layer
from scrubber.decoding.full_width import narrow_view
from scrubber.decoding.hex_text import hex_view
from scrubber.decoding.layers import (
    DEPTH,
    decodable,
    decoded_views,
    encoded_lines,
    joined_ranges,
)
from scrubber.decoding.view import Decoded

__all__ = [
    "DEPTH",
    "Decoded",
    "base64_views",
    "decodable",
    "decode_layer",
    "decoded_views",
    "encoded_lines",
    "hex_view",
    "joined_ranges",
    "narrow_view",
]
