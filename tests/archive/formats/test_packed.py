"""Packed files: unpacked, scrubbed and packed again, or refused."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
from typing import TYPE_CHECKING

import pytest
import zstandard

from scrubber.archive.limits import Limits
from scrubber.errors import InputError
from scrubber.files.compressed import read_chunks
from tests.archive.scrubbing import scrubbed, settled

if TYPE_CHECKING:
    from collections.abc import Callable

PACK: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "zst": zstandard.compress,
}
UNPACK: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.decompress,
    "bz2": bz2.decompress,
    "xz": lzma.decompress,
    "zst": lambda data: zstandard.ZstdDecompressor().decompressobj().decompress(data),
}
TEXT = b"mail jane@example.com\n" * 50


@pytest.mark.parametrize("kind", PACK)
def test_what_is_packed_is_scrubbed(kind: str) -> None:
    """As what it holds, by whatever name, and packed in the same way."""
    assert UNPACK[kind](settled(PACK[kind](TEXT), "app.log")) == b"mail [email]\n" * 50
    table = settled(PACK[kind](b"user,n\njane,1\n"), f"t.csv.{kind}")
    assert UNPACK[kind](table) == b"user,n\n[user],1\n"


@pytest.mark.parametrize("kind", PACK)
def test_several_documents_are_one(kind: str) -> None:
    """As appending leaves them."""
    done = settled(PACK[kind](b"a@example.com\n") + PACK[kind](b"b@example.com\n"), "x.log")
    assert UNPACK[kind](done) == b"[email]\n[email]\n"


@pytest.mark.parametrize("kind", PACK)
@pytest.mark.parametrize("keep", [0.5, 0.9])
def test_what_is_cut_off_is_an_error(kind: str, keep: float) -> None:
    """It is no shorter text."""
    packed = PACK[kind](TEXT * 100)
    with pytest.raises(InputError, match=f"is cut off, or not {kind} data"):
        scrubbed(packed[: int(len(packed) * keep)], f"x.{kind}")


@pytest.mark.parametrize("kind", ["gz", "bz2", "xz"])
def test_an_empty_one_is_empty(kind: str) -> None:
    """Nothing in, nothing out."""
    assert UNPACK[kind](settled(PACK[kind](b""), f"x.{kind}")) == b""


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (gzip.compress(TEXT) + b"behind", "is cut off, or not gz data"),
        (gzip.compress(bytes(70 << 20)), "unpacks to more than the limits allow"),
        (gzip.compress(gzip.compress(bytes(70 << 20))), "unpacks to more than the limits allow"),
    ],
)
def test_hostile_ones_are_errors(data: bytes, reason: str) -> None:
    """Something behind them, a bomb, a bomb in a bomb."""
    with pytest.raises(InputError, match=reason):
        scrubbed(data, "x.gz", limits=Limits(ratio=2))


def test_packed_too_often_is_an_error() -> None:
    """There is an end to it."""
    data = b"x"
    for _ in range(5):
        data = gzip.compress(data)
    with pytest.raises(InputError, match="deeper than the limits allow"):
        scrubbed(data, "x.gz")


def test_a_header_is_not_kept() -> None:
    """It holds a name and a time."""
    name = b"\x1f\x8b\x08\x08\x01\x02\x03\x04\x00\x03jane_doe.log\x00" + gzip.compress(TEXT)[10:]
    done = settled(name, "x.gz")
    assert b"jane" not in done
    assert bytes(4) == done[4:8]


@pytest.mark.parametrize("kind", ["gz", "bz2", "xz", "zst"])
def test_an_error_holds_nothing_of_a_library(kind: str) -> None:
    """What its error says, or what hangs on it, could be data."""
    with pytest.raises(InputError) as caught:
        list(read_chunks(io.BytesIO(b"jane@example.com" * 9), kind))
    assert caught.value.__context__ is None
