"""Compiled patterns mean what the dialect means."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import regex

from scrubber.detect import patterns
from scrubber.detect.patterns import compiled
from tests.small_rules import rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

UPPER = rule("UPPER", "(?<! x7 ) ZQ [0-9]{2}")


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("(?i:k)", "\u212a", False),
        (r"\d", "\u0665", False),
        (r"\w", "\xe9", False),
        ("[a&&b]", "&", True),
        (r"[[]", "[", True),
        ("(?i:k)", "K", True),
    ],
)
def test_a_pattern_means_ascii_and_the_plain_syntax(
    pattern: str, text: str, *, found: bool
) -> None:
    """No Unicode class, no folding beyond ASCII, no set operations."""
    assert (compiled(pattern).search(text) is not None) is found


def test_a_pattern_is_compiled_once() -> None:
    """The same text gives the same object, and what cannot be compiled raises."""
    assert compiled("abc") is compiled("abc")
    with pytest.raises(regex.error):
        compiled("(")


def _forget() -> None:
    """Read and compile anew."""
    for one in (compiled, patterns.compiled_shape, patterns.told, patterns._kept, patterns._shapes):  # noqa: SLF001
        one.cache_clear()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of compiled patterns, read anew."""
    monkeypatch.setattr(patterns, "rules_dir", lambda: tmp_path)
    _forget()
    yield tmp_path
    _forget()


def _all(pattern: str) -> tuple[object, ...]:
    plain, shape = patterns.compiled(pattern), patterns.compiled_shape(pattern)
    return plain.pattern, plain.flags, shape.pattern, shape.flags, patterns.told(pattern)


def test_written_patterns_are_those_that_would_be_compiled(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And are not compiled again."""
    expected = _all(UPPER.pattern)
    patterns.write(folder, [UPPER])
    _forget()
    monkeypatch.setattr(patterns, "_shape", None)
    monkeypatch.setattr(patterns, "_told", None)
    assert _all(UPPER.pattern) == expected


@pytest.mark.parametrize("what", ["missing", "broken", "regex", "code", "pickle"])
def test_what_is_wrong_with_the_file_only_takes_longer(
    folder: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """Missing, broken, or of another version."""
    expected = _all(UPPER.pattern)
    if what != "missing":
        if what == "pickle":
            monkeypatch.setattr("pickle.dumps", lambda *_: b"no pickle")
        patterns.write(folder, [UPPER])
    if what == "broken":
        (folder / patterns.FILE).write_bytes(b"nothing")
    elif what == "regex":
        monkeypatch.setattr(patterns, "_maker", lambda: ("other",))
    elif what == "code":
        monkeypatch.setattr(patterns, "supersets_digest", lambda: "other")
    _forget()
    assert _all(UPPER.pattern) == expected
