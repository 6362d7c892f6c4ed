"""The label of binary data: a media type from a data URI or from the first bytes."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber.redact.placeholders import placeholder
from scrubber.validators.labels import LABELLERS
from scrubber.validators.media import media_label


@pytest.mark.parametrize(
    ("data", "label"),
    [
        (b"%PDF-1.4", "application/pdf"),
        (b"PK\x03\x04\x14\0", "application/zip"),
        (b"\x1f\x8b\x08\0\0", "application/gzip"),
        (b"\x93NUMPY\x01\0", "application/x-npy"),
        (b"RIFF\0\0\0\0WAVE", "audio/wav"),
        (b"RIFF\0\0\0\0AVI ", "video/x-msvideo"),
        (b"OggS\0\x02", "audio/ogg"),
        (b"ID3\x03\0", "audio/mpeg"),
        (b"\0\0\0\x20ftypisom", "video/mp4"),
        (b"\0\0\0\x20ftypM4A ", "audio/mp4"),
        (b"nothing known", ""),
    ],
)
def test_first_bytes_tell_the_type(data: bytes, label: str) -> None:
    """In base64 as in a literal."""
    assert label == media_label(base64.b64encode(data).decode())
    assert label == media_label(repr(data))


@pytest.mark.parametrize(
    ("head", "label"),
    [
        ("data:audio/wav;base64,AAAA", "audio/wav"),
        ("DATA:Application/PDF;base64,", "application/pdf"),
        ("data:application/vnd.jane-doe;base64,AAAA", ""),
        ("data:audio/jane;base64,AAAA", ""),
        ("", ""),
    ],
)
def test_a_data_uri_tells_its_type_if_it_is_known(head: str, label: str) -> None:
    """A type that someone made up is not shown."""
    assert label == media_label(head)


@pytest.mark.parametrize("entity", sorted(LABELLERS))
@given(head=st.text() | st.binary().map(repr) | st.binary().map(lambda data: data.hex()))
def test_every_labeller_takes_any_text(entity: str, head: str) -> None:
    """A label is ASCII, short, and fits its placeholder."""
    label = LABELLERS[entity](head)
    assert label.isascii()
    assert label == "" or placeholder(entity, label) == f"[{label}]"
