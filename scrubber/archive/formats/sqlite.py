"""
SQLite: every value of every table scrubbed, and the database built anew of what is left.

A database cannot be scrubbed where it lies: a page keeps what was deleted from it, an index and a
full-text table keep words of their own, and a journal beside it keeps pages as they were. So a copy
is made in a private folder, with its journal or write-ahead log, which SQLite brings in; its rows
are updated, full-text tables rebuilt, and `VACUUM INTO` writes what is alive into a new file.

Nothing of the database is run meanwhile: triggers are taken out and put back, functions that are
not SQLite's own and harmless are refused (`trusted_schema`), views are not asked.

Promise: the types of values, the keys of rows, the schema and the settings kept in a file stay, and
values that were one are one. Equal input gives equal bytes.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import struct
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, Final

from scrubber.archive.formats.cells import Cells
from scrubber.archive.formats.private_folder import private_folder
from scrubber.archive.formats.sqlite_rows import Rows, quoted
from scrubber.archive.formats.sqlite_schema import scrub_statement
from scrubber.errors import InputError
from scrubber.files.compressed import CHUNK

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from scrubber.archive.context import Beside, Context

_BESIDE: Final = ("-wal", "-journal")
_LONGEST: Final = 1 << 28
"""Bytes of a value, and of a row."""
_HEAD: Final = 100
_WRITTEN_BY: Final = slice(24, 28), slice(92, 100)
_COOKIE: Final = slice(40, 44)
_OLDEST: Final = (3, 37)
"""The first that tells what kind of table each is."""
_NUMERIC_TABLES: Final = frozenset({"rtree", "rtree_i32", "geopoly"})
_TEXT_TABLES: Final = frozenset({"fts3", "fts4", "fts5"})
_WORDS_OF_TABLES: Final = frozenset({"fts4aux", "fts5vocab"})
"""What shows words of another table, and holds none."""
_STATISTICS: Final = "sqlite_stat"
_COUNTS: Final = "sqlite_stat1"


def scrub(source: BinaryIO, target: BinaryIO, context: Context) -> None:
    """Scrub a database; see `scrubber.archive.context.Reads`."""
    if sqlite3.sqlite_version_info < _OLDEST:
        raise InputError("needs SQLite 3.37 or newer in Python")
    failed = ""
    with private_folder() as folder:
        copy, new = folder / "copy.db", folder / "new.db"
        head = _copy(source, copy, context.beside)
        cells = Cells(context)
        try:
            _rewrite(copy, new, cells)
            _keep_head(new, head)
        except sqlite3.IntegrityError:
            failed = "has a rule that a scrubbed value breaks: a CHECK, or a UNIQUE one"
        except sqlite3.OperationalError as error:
            failed = "cannot be read: " + _reason(error)
        except (sqlite3.Error, sqlite3.Warning, OverflowError, UnicodeError, ValueError):
            failed = "is damaged, or no SQLite database"
        # Not in the handlers: the error of SQLite would be the context of this one, with its text.
        if failed:
            raise InputError(failed)
        with new.open("rb") as done:
            shutil.copyfileobj(done, target, CHUNK)


def _reason(error: sqlite3.OperationalError) -> str:
    """Say why, in words of ours: SQLite's may hold names."""
    text = str(error)
    if "no such module" in text or "no such tokenizer" in text:
        return "a table needs a module that is not there"
    if "disk" in text and "full" in text:
        return "no space left for temporary files"
    return "it is damaged, or needs what is not there"


def _copy(source: BinaryIO, copy: Path, beside: Beside) -> bytes:
    """Copy a database and what lies beside it; give its head."""
    begin = source.tell()
    head = source.read(_HEAD)
    source.seek(begin)
    with copy.open("xb") as file:
        shutil.copyfileobj(source, file, CHUNK)
    for suffix in _BESIDE:
        if not _copied(beside, suffix, copy.with_name(copy.name + suffix)):
            raise InputError("has a log beside it that cannot be read, or changed meanwhile")
    return head


def _copied(beside: Beside, suffix: str, copy: Path) -> bool:
    """Copy a file from beside a database, if there is one."""
    try:
        opened = beside(suffix)
        if opened is not None:
            with opened as log, copy.open("xb") as file:
                shutil.copyfileobj(log, file, CHUNK)
    except InputError:
        return False
    return True


def _connected(path: Path) -> sqlite3.Connection:
    """Open a database that nobody trusts."""
    db = sqlite3.connect(path, isolation_level=None, cached_statements=32)
    db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
    db.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 1)  # `VACUUM INTO` attaches one
    db.text_factory = lambda data: data.decode("utf-8", "surrogateescape")
    for name, value in (
        ("trusted_schema", "OFF"),
        ("cell_size_check", "ON"),
        ("mmap_size", "0"),
        ("foreign_keys", "OFF"),
        ("temp_store", "MEMORY"),
        ("secure_delete", "ON"),
    ):
        db.execute(f"PRAGMA {name}={value}")
    return db


def _rewrite(copy: Path, new: Path, cells: Cells) -> None:
    with closing(_connected(copy)) as db:
        # The log is brought in, and later changes go into the file.
        db.execute("PRAGMA journal_mode=DELETE")
        if db.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
            raise InputError("is damaged: its own check fails")
        statements = _schema(db, cells)
        triggers = _without_triggers(db)
    # Connected anew, or SQLite would go by the schema it has read.
    with closing(_connected(copy)) as db:
        db.execute("PRAGMA journal_mode=OFF")
        _scrub_tables(db, cells)
        cells.close()
        _put_back(db, triggers, statements)
    with closing(_connected(copy)) as db:
        if statements:
            # An index over some of the rows may be one over others now.
            db.execute("REINDEX")
        if db.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
            raise InputError("could not be written anew: its own check fails")
        db.execute("VACUUM INTO ?", (os.fspath(new),))


_Row = tuple[object, ...]


def _without_triggers(db: sqlite3.Connection) -> list[_Row]:
    """Take the triggers out, so that none is run."""
    found = db.execute("SELECT rowid, * FROM sqlite_master WHERE type = 'trigger'").fetchall()
    if found:
        db.execute("PRAGMA writable_schema=ON")
        db.execute("DELETE FROM sqlite_master WHERE type = 'trigger'")
        db.execute("PRAGMA writable_schema=OFF")
    return found


def _schema(db: sqlite3.Connection, cells: Cells) -> dict[int, str]:
    """Scrub the statements, and give those that are others now."""
    changed = {}
    for row, name, sql in db.execute("SELECT rowid, name, sql FROM sqlite_master"):
        if cells.text(name) != name:
            raise InputError("has a table, a column or an index whose name holds a finding")
        if sql is not None and (new := scrub_statement(sql, cells)) != sql:
            changed[row] = new
    return changed


def _put_back(db: sqlite3.Connection, triggers: list[_Row], statements: dict[int, str]) -> None:
    if not (triggers or statements):
        return
    db.execute("PRAGMA writable_schema=ON")
    for trigger in triggers:
        db.execute(
            "INSERT INTO sqlite_master(rowid, type, name, tbl_name, rootpage, sql)"
            " VALUES(?, ?, ?, ?, ?, ?)",
            trigger,
        )
    for row, sql in statements.items():
        db.execute("UPDATE sqlite_master SET sql = ? WHERE rowid = ?", (sql, row))
    db.execute("PRAGMA writable_schema=OFF")


@dataclass(slots=True)
class _Tables:
    """The tables of a database, by what they are.

    Attributes:
        ordinary: those with rows of their own.
        texts: full-text ones.
        shadows: what lies behind those.
        samples: statistics with values of other tables.
    """

    ordinary: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    shadows: list[str] = field(default_factory=list)
    samples: list[str] = field(default_factory=list)

    def add(self, name: str, kind: str, module: str) -> None:
        if kind == "shadow":
            self.shadows.append(name)
        elif kind == "virtual" and module in _TEXT_TABLES:
            self.texts.append(name)
        elif kind == "virtual" and module not in {*_NUMERIC_TABLES, *_WORDS_OF_TABLES}:
            raise InputError("has a virtual table of a module that is not known")
        elif name.startswith(_STATISTICS):
            self.samples.append(name)
        elif module not in _WORDS_OF_TABLES and not name.startswith("sqlite_") and kind != "view":
            self.ordinary.append(name)


def _scrub_tables(db: sqlite3.Connection, cells: Cells) -> None:
    tables = _Tables()
    for name, kind in _tables(db):
        tables.add(name, kind, _module(db, name) if kind == "virtual" else "")
    rows = Rows(db, cells)
    rows.begin(tables.ordinary)
    db.execute("BEGIN")
    for name in tables.samples:
        if name != _COUNTS:
            db.execute(f"DELETE FROM {quoted(name)}")  # noqa: S608  # names are quoted
    rows.scrub_all(tables.ordinary)
    for name in tables.texts:
        rows.scrub_contents(name)
    for name in tables.shadows:
        rows.refuse_texts(name)
    for name in tables.texts:
        # Words of what was there before are in it until it is built anew.
        db.execute(f"INSERT INTO {quoted(name)}({quoted(name)}) VALUES('rebuild')")
    db.execute("COMMIT")


def _tables(db: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    found = db.execute("SELECT name, type FROM pragma_table_list WHERE schema = 'main'").fetchall()
    names = {row[0] for row in db.execute("SELECT name FROM sqlite_master")}
    yield from ((name, kind) for name, kind in sorted(found) if name in names)


def _module(db: sqlite3.Connection, name: str) -> str:
    (sql,) = db.execute("SELECT sql FROM sqlite_master WHERE name = ?", (name,)).fetchone()
    words = sql.replace("(", " ").split()
    lower = [word.lower() for word in words]
    place = lower.index("using") if "using" in lower else len(words)
    return lower[place + 1].strip("\"'`[]") if place + 1 < len(words) else ""


def _keep_head(new: Path, head: bytes) -> None:
    """Keep what counts the changes and says which release made them, or no two runs are equal."""
    with new.open("r+b") as file:
        written = bytearray(file.read(_HEAD))
        for part in (*_WRITTEN_BY, _COOKIE):
            written[part] = head[part]
        written[_WRITTEN_BY[1]] = head[_WRITTEN_BY[0]] + head[96:100]
        (pages,) = struct.unpack(">I", written[28:32])
        if not pages:
            raise InputError("could not be written anew")
        file.seek(0)
        file.write(written)
