"""What a document is: by its bytes first, by its name where they tell nothing."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile

import pytest

from scrubber.archive.kinds import kind_of, suffix_of


def tar(form: int) -> bytes:
    """Make an archive of one file."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as archive:
        archive.addfile(tarfile.TarInfo("a"), io.BytesIO())
    return out.getvalue()


def old_tar() -> bytes:
    """Make the header of an archive from before it had a mark."""
    block = bytearray(tar(tarfile.USTAR_FORMAT)[:512])
    block[257:265] = bytes(8)
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


def zipped() -> bytes:
    """Make an archive of one file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a", "b")
    return out.getvalue()


LINES = b'{"a": 1}\n{"a": 2}\n'
PRETTY = json.dumps({"a": [1]}, indent=1).encode()


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (gzip.compress(b"x"), "app.log", "gz"),
        (bz2.compress(b"x"), "app.log", "bz2"),
        (bz2.compress(b""), "app.log", "bz2"),
        (b"\x37\x7f\x06\x82\0\x2d\xe2\x18", "x", "part"),
        (b"\x37\x7f\x06\x83\0\x2d\xe2\x18", "app.db-wal", "part"),
        (b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7", "x", "part"),
        (b"\x18\xe2\x2d\0" * 8, "app.db-shm", "part"),
        (bytes(28) + b"mail jane", "app.db-journal", "part"),
        (b"mail jane", "my-journal", "text"),
        (lzma.compress(b"x"), "app.csv", "xz"),
        (b"\x28\xb5\x2f\xfd\x20\x01", "x", "zst"),
        (b"\x50\x2a\x4d\x18\x00\x00\x00\x00", "x", "zst"),
        (tar(tarfile.GNU_FORMAT), "x", "tar"),
        (tar(tarfile.PAX_FORMAT), "x.log", "tar"),
        (old_tar(), "x", "tar"),
        (zipped(), "x.log", "zip"),
        (zipped(), "model.pt", "binary"),
        (zipped(), "a.npz", "binary"),
        (b"PAR1....", "x", "parquet"),
        (b"ARROW1\0\0", "x", "arrow"),
        (b"\xff\xff\xff\xff\x10\x01\0\0\x10", "x", "arrow"),
        (b"SQLite format 3\0", "x.log", "sqlite"),
        (b":W&B\xe1\xbe\0", "x", "wandb"),
        (b"\x18\0\0\0\0\0\0\0\x01\x02\x03\x04\x09\0\0brain.Event:2", "x", "tfevents"),
        (b"\x89PNG\r\n\x1a\n", "x.log", "image"),
        (b"\xff\xd8\xff\xe0", "x", "image"),
        (b"RIFF\x01\x02\x03\x04WEBP", "x", "image"),
        (bytes(128) + b"DICM", "x", "image"),
        (b"BMW drives\n", "x.log", "text"),
        (b"%PDF-1.7\n", "x.txt", "binary"),
        (b"\x7fELF\x02\x01\x01\0\0\0", "x", "binary"),
        (bytes(range(1, 256)), "x", "binary"),
        (b"", "x", "text"),
        (b"plain", "x", "text"),
        ("caf\xe9\n".encode("latin-1"), "x.log", "text"),
        ("mail\n".encode("utf-16"), "x.log", "text"),
        ("a,b\n".encode("utf-16"), "x.csv", "csv"),
        (b"\0" * 100 + b"Nov 24 03:00 x\n", "app.log", "text"),
        (b"\0" * 100 + b"Nov 24 03:00 x\n", "app.dat", "binary"),
        (b"a,b\n", "x.csv", "csv"),
        (b"a\tb\n", "x.tsv", "tsv"),
        (b"a,b\n", "x.csv.2026-11-24", "csv"),
        (b"a: 1\n", "config.yaml", "yaml"),
        (PRETTY, "x.json", "json"),
        (PRETTY, "x", "json"),
        (PRETTY, "x.ipynb", "ipynb"),
        (b"not json", "x.json", "text"),
        (b"[2026-11-24 03:00] started\n", "app.log", "text"),
        (LINES, "x.jsonl", "jsonl"),
        (LINES, "app.log", "jsonl"),
        (LINES, "app.json", "jsonl"),
        (b"__CURSOR=s=1\n__REALTIME_TIMESTAMP=1\nMESSAGE=x\n\n", "x", "journal"),
    ],
)
def test_a_kind_is_told(data: bytes, name: str, kind: str) -> None:
    """Whatever the name claims, unless all are text."""
    assert kind == kind_of(data[:4096], f"some/folder/{name}")


@pytest.mark.parametrize(
    ("name", "suffix"),
    [("a.csv.old", "csv"), ("a.JSONL.1", "jsonl"), (".csv", ""), ("a.b.log", "log"), ("1.2", "")],
)
def test_rotation_hides_no_suffix(name: str, suffix: str) -> None:
    """What a rotation puts behind it does not count."""
    assert suffix == suffix_of(name)
