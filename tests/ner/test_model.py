"""The model's file: read as it was written, and an error where it is not whole."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import pytest

from scrubber.errors import ScrubberError
from scrubber.ner.model import _MAGIC, MODEL, Model, read_model
from tests.ner.models import names_of, small

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def data() -> bytes:
    """The bytes of a small model."""
    return small().written()


def _read(folder: Path, data: bytes) -> Model:
    file = folder / "tagger.bin"
    file.write_bytes(data)
    return read_model(file)


def test_a_model_is_read_as_it_was_written(tmp_path: Path, data: bytes) -> None:
    """Weights, moves, threshold and lists."""
    found = _read(tmp_path, data)
    assert found.moves == small().moves
    assert found.threshold == small().threshold
    for row in names_of("user Jane Doe not found"):
        assert [found.weights[one] for one in row] == [small().weights[one] for one in row]
    assert found.gazetteer.given("jane")
    assert found.written() == data


def test_a_file_that_is_cut_off_is_an_error(tmp_path: Path, data: bytes) -> None:
    """Wherever it ends."""
    for size in range(0, len(data), max(1, len(data) // 60)):
        with pytest.raises(ScrubberError, match="install the package anew"):
            _read(tmp_path, data[:size])


def test_a_body_that_is_cut_off_is_an_error(tmp_path: Path, data: bytes) -> None:
    """Though it is packed whole."""
    body = zlib.decompress(data.removeprefix(_MAGIC))
    for size in range(0, len(body), max(1, len(body) // 60)):
        with pytest.raises(ScrubberError, match="install the package anew"):
            _read(tmp_path, _MAGIC + zlib.compress(body[:size]))


@pytest.mark.parametrize("kind", ["empty", "text", "another", "unpacked"])
def test_a_foreign_file_is_an_error(tmp_path: Path, data: bytes, kind: str) -> None:
    """Never a tagger that finds less."""
    foreign = {
        "empty": b"",
        "text": b"Jane Doe\n" * 99,
        "another": data.replace(_MAGIC, b"crashscrub tagger 9\n"),
        "unpacked": zlib.decompress(data.removeprefix(_MAGIC)),
    }
    with pytest.raises(ScrubberError, match="install the package anew") as told:
        _read(tmp_path, foreign[kind])
    assert "Jane" not in str(told.value)


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    """Nothing of where it should be is told."""
    with pytest.raises(ScrubberError, match="cannot be read") as told:
        read_model(tmp_path / "vexlab7")
    assert "vexlab7" not in str(told.value)


def test_the_packaged_model_is_small_and_whole() -> None:
    """Less than a megabyte, with the lists of names."""
    assert MODEL.stat().st_size < 1_000_000
    found = read_model()
    assert 0 < found.threshold < 1
    assert len(found.weights) > 1000
    assert found.gazetteer.given("maria")
    assert found.gazetteer.surname("smith")
    assert found.gazetteer.place("berlin")


def test_a_model_shows_nothing() -> None:
    """Its lists are names."""
    assert "jane" not in repr(small()).lower()
