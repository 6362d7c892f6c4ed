"""
Compiled databases of rules, kept between runs.

Compiling hundreds of expressions takes seconds, loading them some milliseconds. So a database is
kept in a folder of the user's, under a key of all it depends on: the rules, the code that makes
their expressions, the library and the processor. A file that is not whole, not ours, or open to
others is not read: the library trusts what it loads.

Promise: what is kept are rules of files, never names of the machine; nothing that goes wrong here
is an error, it only takes longer.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from scrubber import ruleset
from scrubber.detect import scanner
from scrubber.detect.scanner import Scanner
from scrubber.ruleset.prebuilt import prebuilt_supersets, rule_superset, supersets_digest
from scrubber.ruleset.quick import quick_superset

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scrubber.detect.rule_numbers import Rules
    from scrubber.ruleset.model import Rule
    from scrubber.ruleset.supersets import Superset

FOLDER_VARIABLE: Final = "SCRUBBER_CACHE_DIR"
"""Names the folder of databases; empty, none is kept."""

OF_NAMES: Final = ("identity.", "spread.")
"""How the ids of rules begin that are made of names."""

_MAGIC: Final = b"crashscrub database 1\n"
_MOST_FILES: Final = 8
_OTHERS: Final = 0o022


@dataclass(frozen=True, slots=True)
class Database:
    """A scanner, and whose expressions it looks for.

    Attributes:
        scanner: the scanner.
        behind: the numbers of the rules behind each expression.
        always: the numbers of rules without any.
        begins: the numbers of rules whose expressions end in the line in which a match begins.
    """

    scanner: Scanner
    behind: tuple[Rules, ...]
    always: Rules
    begins: Rules = ()


def compiled(rules: Sequence[Rule], *, first: int = 0) -> Database:
    """Compile the expressions of rules.

    Args:
        rules: rules, numbered in this order.
        first: the number of the first.

    Returns:
        The database.

    Raises:
        ImportError: Vectorscan is not installed.
    """
    known: Mapping[str, Superset] | None = None
    numbers: dict[str, list[int]] = {}
    always: list[int] = []
    begins: list[int] = []
    for number, rule in enumerate(rules, first):
        # A rule made of a name is not written down, and has no time.
        expressions = quick_superset(rule) if rule.id.startswith(OF_NAMES) else None
        if expressions is None:
            known = prebuilt_supersets() if known is None else known
            found = rule_superset(rule, known)
            expressions = found.texts
            begins += [number] * found.begins
        for expression in expressions:
            numbers.setdefault(expression, []).append(number)
        if not expressions:
            always.append(number)
    if not numbers:
        numbers["\\x00"] = []  # nothing cannot be compiled
    behind = tuple(tuple(sorted(set(found))) for found in numbers.values())
    compiled_scanner = Scanner.compiled(list(numbers))
    return Database(compiled_scanner, behind, tuple(always), tuple(begins))


def kept(rules: Sequence[Rule]) -> Database | None:
    """Give the database of rules of files if it was compiled before."""
    with suppress(Exception):  # whatever is wrong with it, it is compiled anew
        path = _path(rules)
        if path is None or not _ours(path):
            return None
        magic, digest, head, dumped = path.read_bytes().split(b"\n", 3)
        if magic + b"\n" != _MAGIC or _digest(head + b"\n" + dumped) != digest.decode():
            return None
        found = json.loads(head)
        behind = tuple(tuple(one) for one in found["behind"])
        return Database(
            Scanner.loaded(dumped), behind, tuple(found["always"]), tuple(found["begins"])
        )
    return None


def keep(rules: Sequence[Rule], database: Database) -> None:
    """Keep a database for the next run, whole or not at all."""
    with suppress(Exception):  # a folder that is full or read-only
        path = _path(rules)
        if path is None or _code_changed():
            return
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _ours(path.parent):
            return
        import tempfile  # takes some milliseconds, which only a new database does

        head = json.dumps(
            {"behind": database.behind, "always": database.always, "begins": database.begins}
        ).encode()
        content = head + b"\n" + database.scanner.dump()
        handle, name = tempfile.mkstemp(dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_MAGIC + _digest(content).encode() + b"\n" + content)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        _forget_old(path)


def _path(rules: Sequence[Rule]) -> Path | None:
    folder = _folder()
    if folder is None:
        return None
    parts = [scanner.build(), supersets_digest()]
    for rule in rules:
        words = rule.context.words if rule.context and rule.context.required else ()
        parts += [rule.pattern, str(rule.multiline), *words, ""]
    return folder / f"{_digest(chr(0).join(parts).encode())[:40]}.hsdb"


def _code_changed() -> bool:
    """Tell whether the package was replaced under this process: then the key is not of its code."""
    states = (one.stat() for one in Path(ruleset.__file__).parent.glob("*.py"))
    return any(max(one.st_mtime, one.st_ctime) >= ruleset.LOADED for one in states)


def _folder() -> Path | None:
    """Give the folder where databases are kept, or None where there is none."""
    named = os.environ.get(FOLDER_VARIABLE)
    if named is not None:
        return Path(named) if named and Path(named).is_absolute() else None
    if sys.platform == "win32":
        root = os.environ.get("LOCALAPPDATA", "")
    elif sys.platform == "darwin":
        root = str(Path("~/Library/Caches").expanduser())
    else:
        root = os.environ.get("XDG_CACHE_HOME") or str(Path("~/.cache").expanduser())
    return Path(root) / "crashscrub" if root and Path(root).is_absolute() else None


def _ours(path: Path) -> bool:
    """Tell whether nobody else can have written a file or into a folder."""
    status = path.lstat()
    if stat.S_ISLNK(status.st_mode):
        return False
    if os.name == "nt":
        return True
    mine = status.st_uid == os.geteuid() and not status.st_mode & _OTHERS
    return mine and (not stat.S_ISREG(status.st_mode) or _ours(path.parent))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _forget_old(path: Path) -> None:
    """Remove all but the newest few databases: each version and ruleset has one."""
    found = sorted(path.parent.glob("*.hsdb"), key=lambda one: one.stat().st_mtime)
    for old in found[:-_MOST_FILES]:
        old.unlink(missing_ok=True)
