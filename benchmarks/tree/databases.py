"""A SQLite database with an index, a full-text table and a trigger, as tools keep beside logs."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.tree.making import Maker

_ROW: Final = 120
"""Bytes that a row takes, about."""
_SCHEMA: Final = """
    PRAGMA page_size = 4096;
    CREATE TABLE account(id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE, password TEXT);
    CREATE TABLE entry(account TEXT REFERENCES account(email), at INTEGER, text TEXT, data BLOB);
    CREATE INDEX entry_text ON entry(text);
    CREATE VIRTUAL TABLE words USING fts5(text);
    CREATE TABLE seen(text TEXT);
    CREATE TRIGGER on_change AFTER UPDATE ON entry BEGIN INSERT INTO seen VALUES(old.text); END;
"""


def database(path: Path, size: int, maker: Maker) -> None:
    """Write a database."""
    with closing(sqlite3.connect(path)) as db, db:
        db.executescript(_SCHEMA)
        planted = maker.mail(path, "sqlite")
        accounts = [planted, *(f"{maker.blocks.person(at)}@example.com" for at in range(50))]
        db.executemany(
            "INSERT OR IGNORE INTO account(email) VALUES(?)", ((one,) for one in accounts)
        )
        db.execute("UPDATE account SET password = ? WHERE id = 1", (maker.token(path, "sqlite"),))
        rows = (
            (
                accounts[at % 50],
                at,
                f"job {at} of {maker.blocks.person(at)} at {maker.ip(at)}",
                None,
            )
            for at in range(max(size // _ROW, 10))
        )
        db.executemany("INSERT INTO entry VALUES(?, ?, ?, ?)", rows)
        mail = maker.mail(path, "sqlite")
        db.execute("INSERT INTO words VALUES(?)", (f"mail {mail}",))
        db.execute("INSERT INTO entry VALUES(?, 0, ?, ?)", (planted, mail, f"to {mail}".encode()))
