"""The packaged list of words: there, whole, quick, and safe without."""

from __future__ import annotations

import importlib.util
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scrubber.identity import word_list as module
from scrubber.identity.tiers import tier
from scrubber.identity.word_list import code_name, common_word

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def unread() -> Iterator[None]:
    """Read the list anew in the test, and again after it."""
    for one in (module._lines, module._words, module._numbered):  # noqa: SLF001
        one.cache_clear()
    yield
    for one in (module._lines, module._words, module._numbered):  # noqa: SLF001
        one.cache_clear()


def test_list_is_whole() -> None:
    """Tens of thousands of words in a small file, each of small letters."""
    words = {word for first in module._lines() for word in module._words(first) if first}  # noqa: SLF001
    assert 50_000 < len(words) < 100_000
    assert all(word.isascii() and word.isalpha() and word.islower() for word in words)
    assert module._FILE.stat().st_size < 200_000  # noqa: SLF001


@pytest.mark.parametrize(
    "word",
    [
        *("lightning", "shadow", "thunder", "training", "trainers", "workers", "validated"),
        *("tried", "making", "plugged", "quickly", "boxes", "Dataset", "TENSOR", "numpy"),
        *("asyncio", "subprocess", "collections", "getattr", "kwargs", "keras", "dataloader"),
    ],
)
def test_word_is_known(word: str) -> None:
    """English in its forms, and code."""
    assert common_word(word)


@pytest.mark.parametrize(
    "word",
    [
        *("jdoe", "bwayne", "jsmith", "alexander", "jennifer", "giuseppe", "kowalski"),
        *("", "\u0131", "stra\u00dfe", "x7", "a b", "x" * 40),
    ],
)
def test_name_is_no_word(word: str) -> None:
    """Nor is what is no word at all."""
    assert not common_word(word)


def test_names_with_digits() -> None:
    """Of modules and functions, in any case."""
    assert all(code_name(one) for one in ("conv2d", "h5py", "Float32", "sha256"))
    assert not code_name("jdoe1970")


@pytest.mark.parametrize("data", [b"", b"no list", zlib.compress(b"\xff"), zlib.compress(b"")])
@pytest.mark.usefixtures("unread")
def test_list_that_cannot_be_read_removes_more(
    data: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without words, more names are looked for, not fewer."""
    file = tmp_path / "words.z"
    file.write_bytes(data)
    monkeypatch.setattr(module, "_FILE", file)
    assert tier("thunderstorm", frozenset()) == "bare"
    file.unlink()
    assert tier("thunderstorm", frozenset()) == "bare"


@pytest.mark.usefixtures("unread")
def test_packing_and_reading_agree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the script writes, the package reads."""
    file = ROOT / "benchmarks" / "make_word_list.py"
    spec = importlib.util.spec_from_file_location("make_word_list", file)
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    words = {"at", "atlas", "attic", "bat", "zebra", "internationalizations"}
    packed = tmp_path / "words.z"
    packed.write_bytes(script.packed({*words, "conv2d", "b2"}))
    monkeypatch.setattr(module, "_FILE", packed)
    read = {word for first in ("at", "ba", "ze", "in") for word in module._words(first)}  # noqa: SLF001
    assert read == words
    assert module._numbered() == {"conv2d", "b2"}  # noqa: SLF001
