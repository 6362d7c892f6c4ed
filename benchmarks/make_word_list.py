"""
Makes `scrubber/identity/words.z`: the words that are no names, for the guard of `identity.tiers`.

    python benchmarks/make_word_list.py ENGLISH WHEELS

ENGLISH is a text of one word a line. What is packaged was made from the file `legacy` of the
package xkcdpass 1.30.0, which is 12Dicts, compiled by Alan Beale and released by him to the public
domain. WHEELS is a folder of wheels: about 130 packages of machine learning, the web and tests, of
which only names are read, never code. To these come the names of the standard library of the Python
that runs this.

Promise: the same inputs give the same bytes. Nothing is imported from the wheels.
"""

from __future__ import annotations

import ast
import re
import sys
import zipfile
import zlib
from collections import defaultdict
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TARGET: Final = Path(__file__).parents[1] / "scrubber" / "identity" / "words.z"

_WORD: Final = re.compile(r"[a-z]{2,24}")
_PART: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_DEFINED: Final = re.compile(rb"(?m)^[ \t]*(?:class|def)[ \t]+([A-Za-z]\w*)")
_NUMBERED: Final = re.compile(r"(?=[a-z]*[0-9])[a-z][a-z0-9]{1,15}")
_SHORTEST: Final = 3
_FEWEST_PACKAGES: Final = 2
"""Packages that must use a word: in one alone it may be the name of somebody."""

# Of no use to anybody's program, or with effects when they are imported.
_LEFT_OUT: Final = frozenset({"antigravity", "idlelib", "lib2to3", "test", "this", "turtledemo"})


def english(path: Path) -> set[str]:
    """Read the words without capitals, signs and blanks."""
    lines = path.read_text("utf-8").split("\n")
    return {word for word in map(str.strip, lines) if _WORD.fullmatch(word)}


def parts(name: str) -> set[str]:
    """Divide a name at signs, digits and capitals."""
    return {part.lower() for part in _PART.findall(name)}


def names_of(name: str) -> set[str]:
    """Give the words of a name, and the name itself where digits are part of it, as in `conv2d`."""
    whole = name.lower()
    return parts(name) | ({whole} if _NUMBERED.fullmatch(whole) else set())


def of_wheels(folder: Path) -> set[str]:
    """Read the words of the names of packages, modules, classes and functions."""
    modules: set[str] = set()
    users: dict[str, set[str]] = defaultdict(set)
    for wheel in sorted(folder.glob("*.whl")):
        package = wheel.name.partition("-")[0].lower()
        modules |= names_of(package)
        with zipfile.ZipFile(wheel) as archive:
            for file in archive.namelist():
                if not file.endswith(".py") or "/test" in file or ".data/" in file:
                    continue
                for segment in file.removesuffix(".py").split("/"):
                    modules |= names_of(segment)
                for name in _DEFINED.findall(archive.read(file)):
                    for part in names_of(name.decode("ascii", "ignore")):
                        users[part].add(package)
    return modules | {word for word, of in users.items() if len(of) >= _FEWEST_PACKAGES}


def of_stdlib() -> set[str]:
    """Read the words of every public name of the standard library."""
    found: set[str] = set()
    for module in sorted(sys.stdlib_module_names - _LEFT_OUT):
        found |= names_of(module)
        try:
            spec = find_spec(module)
        except (ImportError, ValueError):
            continue
        if spec is None:
            continue
        if spec.origin and spec.origin.endswith(".py"):
            file = Path(spec.origin)
            files = file.parent.rglob("*.py") if file.name == "__init__.py" else [file]
            for one in files:
                if not _LEFT_OUT & set(one.parts):
                    found |= names_of(one.stem)
                    found |= {part for name in _names(one) for part in names_of(name)}
        elif not module.startswith("_"):
            found |= {part for name in dir(import_module(module)) for part in names_of(name)}
    return found


def _names(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_bytes())):
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name) if not name.startswith("_"):
                yield name
            case ast.Name(id=name, ctx=ast.Store()) if name.isupper():
                yield name
            case ast.arg(arg=name):
                yield name
            case _:
                pass


def packed(found: Iterable[str]) -> bytes:
    """Write sorted words, a line for each two first letters, each word without what it shares.

    Before each word stands how many letters it shares with the one before: `0` none, `1` one, and
    on in ASCII; a word is of small letters, so the two are told apart. The last line has the names
    with digits, whole.
    """
    words = sorted(set(found))
    lines: dict[str, list[str]] = defaultdict(list)
    last: dict[str, str] = defaultdict(str)
    for word in filter(str.isalpha, words):
        before = last[word[:2]]
        shared = 0
        while shared < min(len(before), len(word)) and before[shared] == word[shared]:
            shared += 1
        lines[word[:2]].append(chr(ord("0") + shared) + word[shared:])
        last[word[:2]] = word
    numbered = " ".join(word for word in words if not word.isalpha())
    text = "\n".join(["".join(line) for line in lines.values()] + [numbered])
    return zlib.compress(text.encode("ascii"), 9)


def main() -> None:
    """Make the file."""
    words, wheels = map(Path, sys.argv[1:])
    code = {word for word in of_wheels(wheels) | of_stdlib() if len(word) >= _SHORTEST}
    found = {word for word in english(words) | code if _WORD.fullmatch(word) or not word.isalpha()}
    data = packed(found)
    TARGET.write_bytes(data)
    print(f"{len(found):,} words, {len(data):,} bytes")


if __name__ == "__main__":
    main()
