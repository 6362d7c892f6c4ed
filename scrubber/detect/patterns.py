r"""
Printed patterns, compiled once each, with the flags the dialect means.

ASCII: without it U+212A KELVIN SIGN would fold to "k" and `\d` would match digits no rule was
written for. VERSION0: the newer syntax gives `[`, `--` and `&&` inside classes a meaning the
dialect does not know.

Compiling takes milliseconds, and a crash or a command that asks hundreds of rules pays for each. So
those of the packaged rules are compiled when the package is built, and kept as `regex` pickles
them, beside the version of it that made them. Of another version, or for another pattern, each is
compiled as ever: this can be slower, never different.
"""

from __future__ import annotations

import hashlib
import marshal
import pickle
import sys
from contextlib import suppress
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final, cast

import regex

from scrubber.ruleset.locate import rules_dir
from scrubber.ruleset.prebuilt import supersets_digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from scrubber.ruleset.blind import Tellings
    from scrubber.ruleset.model import Rule

FLAGS: Final = regex.VERSION0 | regex.ASCII

FILE: Final = ".patterns.bin"

MOST_KEPT: Final = 1 << 11
"""Patterns of each kind that stay compiled: those of rules, and of the names last met."""

Pattern = regex.Pattern[str]

# Read by every Python this package supports, whichever wrote it.
_FORMAT: Final = 4


@lru_cache(MOST_KEPT)
def compiled(pattern: str) -> Pattern:
    """Compile a printed pattern.

    Args:
        pattern: what the parser of the dialect printed.

    Returns:
        The compiled pattern; the same object for the same text.
    """
    return _loaded(_patterns(), pattern) or regex.compile(pattern, FLAGS)


@lru_cache(MOST_KEPT)
def compiled_shape(pattern: str) -> Pattern:
    """Compile what a printed pattern is on the shapes of lines.

    Args:
        pattern: what the parser of the dialect printed.

    Returns:
        The compiled pattern; the same object for the same text.
    """
    return _loaded(_shapes()[0], pattern) or regex.compile(_shape(pattern), FLAGS)


@lru_cache(MOST_KEPT)
def told(pattern: str) -> Tellings:
    """Give what a line must have so that a printed pattern tells its digits apart.

    Args:
        pattern: what the parser of the dialect printed.

    Returns:
        As `ruleset.blind.tellings` gives it.
    """
    found = _shapes()[1].get(_key(pattern))
    return _told(pattern) if found is None else found


def _shape(pattern: str) -> str:
    # Here and not above: shapes that were kept need none of it.
    from scrubber.ruleset.parse import parse
    from scrubber.ruleset.render import render
    from scrubber.ruleset.shapes import shape_pattern

    return render(shape_pattern(parse(pattern)))


def _told(pattern: str) -> Tellings:
    # As above.
    from scrubber.ruleset.blind import tellings
    from scrubber.ruleset.parse import parse

    return tellings(parse(pattern))


def write(folder: Path, rules: Iterable[Rule]) -> None:
    """Compile the patterns of rules and write them down.

    Args:
        folder: where it is written.
        rules: the rules.
    """
    patterns = {rule.pattern for rule in rules}
    plain = {_key(one): _pickled(one) for one in patterns}
    shapes = {_key(one): _pickled(_shape(one)) for one in patterns}
    told = {_key(one): _told(one) for one in patterns}
    content = (_maker(), plain, supersets_digest(), shapes, told)
    (folder / FILE).write_bytes(marshal.dumps(content, _FORMAT))


def _pickled(pattern: str) -> bytes:
    return pickle.dumps(regex.compile(pattern, FLAGS), 4)


def _loaded(kept: Mapping[bytes, bytes], pattern: str) -> Pattern | None:
    with suppress(Exception):  # whatever is wrong with it, it is compiled
        found = kept.get(_key(pattern)) if kept else None
        # Whoever can write here can write the code beside it.
        return None if found is None else cast("Pattern", pickle.loads(found))  # noqa: S301
    return None


def _patterns() -> Mapping[bytes, bytes]:
    """Give the compiled patterns there are, by their key."""
    return _kept()[0]


@cache
def _shapes() -> tuple[Mapping[bytes, bytes], Mapping[bytes, Tellings]]:
    """Give those that are tried on shapes, and what `told` gives; none where other code made it."""
    _, code, shapes, told = _kept()
    return (shapes, told) if shapes and code == supersets_digest() else ({}, {})


@cache
def _kept() -> tuple[Mapping[bytes, bytes], str, Mapping[bytes, bytes], Mapping[bytes, Tellings]]:
    """Read what was written; nothing where another `regex` wrote it."""
    with suppress(Exception):
        maker, *found = marshal.loads((rules_dir() / FILE).read_bytes())  # noqa: S302  # as above
        if maker == _maker():
            plain, code, shapes, told = found
            return plain, code, shapes, told
    return {}, "", {}, {}


def _maker() -> tuple[Any, ...]:
    """Give what compiled patterns are made for: they are numbers that only this can read."""
    return (regex.__version__, int(FLAGS), sys.byteorder, sys.maxsize)


def _key(pattern: str) -> bytes:
    return hashlib.blake2b(pattern.encode("utf-8", "surrogatepass"), digest_size=16).digest()
