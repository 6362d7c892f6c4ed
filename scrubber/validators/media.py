"""
What binary data in a text is, from the type a data URI names or from its first bytes.

Promise: any text gives a label, and the label is one of a few known types, or empty.
"""

from __future__ import annotations

import re
from typing import Final

from scrubber.lazy import lazy_pattern
from scrubber.validators.first_bytes import first_bytes
from scrubber.validators.words import words

_REACH: Final = 4096
_DATA_URI: Final = lazy_pattern(
    r"data:(?P<type>[A-Za-z]{1,16}/[A-Za-z0-9.+-]{1,40})", re.IGNORECASE
)
_TYPES: Final = words(
    """
    application/dicom application/gzip application/msword application/octet-stream application/ogg
    application/pdf application/vnd.ms-excel application/wasm application/x-font-ttf
    application/x-font-woff application/x-gzip application/x-npy application/x-tar application/zip
    audio/aac audio/flac audio/midi audio/mp3 audio/mp4 audio/mpeg audio/ogg audio/opus audio/wav
    audio/wave audio/webm audio/x-wav font/otf font/ttf font/woff font/woff2 model/gltf-binary
    model/stl video/mp4 video/mpeg video/ogg video/quicktime video/webm video/x-matroska
    video/x-msvideo
    """
)
_BEGINNINGS: Final = tuple(
    (lazy_pattern(begins, re.DOTALL), kind)
    for begins, kind in (
        (rb"%PDF-", "application/pdf"),
        (rb"PK\x03\x04", "application/zip"),
        (rb"\x1f\x8b\x08", "application/gzip"),
        (rb"\x93NUMPY", "application/x-npy"),
        (rb"\0asm", "application/wasm"),
        (rb"RIFF.{4}WAVE", "audio/wav"),
        (rb"RIFF.{4}AVI\x20", "video/x-msvideo"),
        (rb"OggS", "audio/ogg"),
        (rb"fLaC", "audio/flac"),
        (rb"ID3|\xff[\xf2-\xf7\xfa\xfb]", "audio/mpeg"),
        (rb".{4}ftypqt", "video/quicktime"),
        (rb".{4}ftypM4A", "audio/mp4"),
        (rb".{4}ftyp", "video/mp4"),
        (rb"\x1aE\xdf\xa3", "video/webm"),
        (rb"wOF2", "font/woff2"),
        (rb"wOFF", "font/woff"),
    )
)


def media_label(head: str) -> str:
    """Describe binary data from the beginning of its text.

    Args:
        head: the first characters of a data URI or of bytes in any writing; 4096 are read.

    Returns:
        A media type (`application/pdf`), or "" if it is not known.

    >>> media_label("data:audio/wav;base64,UklGR"), media_label("JVBERi0xLjQK"), media_label("AAAA")
    ('audio/wav', 'application/pdf', '')
    """
    head = head[:_REACH]
    uri = _DATA_URI.match(head)
    if uri:
        named = uri["type"].lower()
        return named if named in _TYPES else ""
    data = first_bytes(head)
    return next((kind for begins, kind in _BEGINNINGS if begins.match(data)), "")
