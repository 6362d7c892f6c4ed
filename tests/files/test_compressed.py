"""Compressed files: read and written by suffix, and refused when they are not whole."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import sys
from typing import TYPE_CHECKING

import pytest

from scrubber.errors import InputError
from scrubber.files.compressed import compression_of, read_chunks, refuse_compressed, writing

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command

KINDS = ("gz", "bz2", "xz", "zst")
LINE = b"mail jane@example.com\n"
REDACTED = b"mail [email]\n"


def pack(data: bytes, kind: str) -> bytes:
    """Compress, with our own writer."""
    out = io.BytesIO()
    with writing(out, kind) as packed:
        packed.write(data)
    return out.getvalue()


def unpack(data: bytes, kind: str) -> bytes:
    """Uncompress, with our own reader."""
    return b"".join(read_chunks(io.BytesIO(data), kind))


@pytest.fixture(autouse=True)
def _needs_zstd(request: pytest.FixtureRequest) -> None:
    params = getattr(request.node, "callspec", None)
    if params and params.params.get("kind") == "zst" and sys.version_info < (3, 14):
        pytest.importorskip("zstandard")


@pytest.mark.parametrize("kind", ["", *KINDS])
def test_what_is_packed_is_unpacked(kind: str) -> None:
    """Our writer and our reader agree, on more than one piece."""
    data = bytes(range(256)) * 1000
    assert unpack(pack(data, kind), kind) == data


@pytest.mark.parametrize(("kind", "library"), [("gz", gzip), ("bz2", bz2), ("xz", lzma)])
def test_others_read_what_is_written(kind: str, library: object) -> None:
    """The libraries themselves read our files and we read theirs, in several members too."""
    assert library.decompress(pack(LINE, kind)) == LINE  # type: ignore[attr-defined]
    both = library.compress(LINE) * 2  # type: ignore[attr-defined]
    assert unpack(both, kind) == LINE * 2


@pytest.mark.parametrize("kind", KINDS)
def test_members_follow_each_other(kind: str) -> None:
    """Appended files are read to the end of the last."""
    assert unpack(pack(LINE, kind) * 3, kind) == LINE * 3


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lost", [1, 5, 9])
def test_file_that_is_cut_off_is_an_error(kind: str, lost: int) -> None:
    """A missing end is never a shorter text."""
    data = pack(LINE * 100, kind)[:-lost]
    with pytest.raises(InputError, match=f"^is cut off, or not {kind} data$"):
        unpack(data, kind)


@pytest.mark.parametrize("kind", KINDS)
def test_other_data_is_an_error(kind: str) -> None:
    """A file that only bears the suffix is an error."""
    with pytest.raises(InputError, match=f"^is cut off, or not {kind} data$"):
        unpack(LINE * 10, kind)


@pytest.mark.parametrize("kind", KINDS)
def test_data_without_its_suffix_is_refused(kind: str) -> None:
    """What would look clean because nobody can read it is not passed on."""
    with pytest.raises(InputError, match=f"holds {kind} data"):
        refuse_compressed(pack(LINE, kind))


def test_gzip_header_names_nothing() -> None:
    """Neither the file's name nor its time is in what is written."""
    assert pack(b"", "gz")[:10] == b"\x1f\x8b\x08\x00\x00\x00\x00\x00" + pack(b"", "gz")[8:10]


@pytest.mark.parametrize("kind", KINDS)
def test_redact_reads_and_writes_by_suffix(command: Command, folder: Path, kind: str) -> None:
    """From compressed to plain, to another compression, and in place."""
    source = folder / f"app.log.{kind}"
    source.write_bytes(pack(LINE * 3, kind))
    assert command("redact", source).stdout_bytes == REDACTED * 3
    assert command("redact", source, "-o", "plain.log").exit_code == 0
    assert (folder / "plain.log").read_bytes() == REDACTED * 3
    assert command("redact", source, "-o", "other.log.gz").exit_code == 0
    assert gzip.decompress((folder / "other.log.gz").read_bytes()) == REDACTED * 3
    assert command("redact", "--in-place", source).exit_code == 0
    assert unpack(source.read_bytes(), kind) == REDACTED * 3


@pytest.mark.parametrize("way", ["stdout", "output", "in place"])
def test_cut_off_file_gives_no_output(command: Command, folder: Path, way: str) -> None:
    """Nothing of a file that is not whole is written, and the error names it."""
    source, target = folder / "app.log.gz", folder / "out.log"
    packed = gzip.compress(LINE + b"# ok\n" * 400_000)[:-20]
    source.write_bytes(packed)
    options = {"stdout": [], "output": ["-o", str(target)], "in place": ["--in-place"]}[way]
    result = command("redact", *options, source)
    assert (result.exit_code, result.stdout_bytes) == (2, b"")
    assert f"scrubber: {source}: is cut off, or not gz data" in result.stderr
    assert sorted(folder.iterdir()) == [source]
    assert source.read_bytes() == packed


@pytest.mark.skipif(sys.version_info >= (3, 14), reason="the standard library reads zst")
def test_zst_without_its_extra_names_the_extra(
    command: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error is the pip command, for reading and for writing."""
    monkeypatch.setitem(sys.modules, "zstandard", None)
    (folder / "app.log.zst").write_bytes(b"\x28\xb5\x2f\xfd")
    (folder / "app.log").write_bytes(LINE)
    for args in (["app.log.zst"], ["app.log", "-o", "out.zst"]):
        result = command("redact", *args)
        assert result.exit_code == 2
        assert "pip install 'crashscrub[zstd]'" in result.stderr
    assert not (folder / "out.zst").exists()


def test_suffix_in_capitals_counts(tmp_path: Path) -> None:
    """Windows does not care, so neither do we."""
    assert compression_of(tmp_path / "APP.LOG.GZ") == "gz"
