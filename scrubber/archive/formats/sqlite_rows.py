"""
The rows of a SQLite table: read by their key, a few at a time, and updated where a value changed.

A column that a key, a unique index or a reference to another table is made of must keep apart what
was apart, and together what was together. Values of such columns are therefore one map over the
whole database: a raw value has one new value, and no two have the same; the second that would
become `[email]` is `[email] (2)`.

Promise: a value keeps its type; a row keeps its number. Rows in which nothing was found are not
written.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from scrubber.archive.formats.cells import beside
from scrubber.errors import InputError
from scrubber.units.says import holds_value

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from scrubber.archive.formats.cells import Cells
    from scrubber.redaction import Redaction

_AT_ONCE: Final = 500
_GENERATED: Final = frozenset({2, 3})
_HIDDEN: Final = 1


def quoted(name: str) -> str:
    """Write a name so that SQL takes it for one.

    >>> quoted('a"b')
    '"a""b"'
    """
    return '"' + name.replace('"', '""') + '"'


@dataclass(frozen=True, slots=True)
class _Part:
    """Columns of a table that are scrubbed together.

    Attributes:
        table: its name.
        key: the columns its rows are found by.
        columns: those to scrub.
        told_by: a column whose values name those of another one, if there is one.
        apart: whether the columns are keys of some sort.
    """

    table: str
    key: Sequence[str]
    columns: Sequence[str]
    told_by: str | None = None
    apart: bool = False

    @property
    def read(self) -> list[str]:
        """The columns to read behind the key."""
        return [*([] if self.told_by is None else [self.told_by]), *self.columns]


class Rows:
    """Scrubs the tables of one database."""

    def __init__(self, db: sqlite3.Connection, cells: Cells) -> None:
        """Begin a database.

        Args:
            db: connected, without triggers.
            cells: scrubs what is in it.
        """
        self._db = db
        self._cells = cells
        self._given: dict[object, object] = {}
        self._taken: dict[object, object] = {}
        self._utf8 = db.execute("PRAGMA encoding").fetchone() == ("UTF-8",)
        self._referred = self._all_referred()

    def begin(self, tables: Sequence[str]) -> None:
        """Look at which placeholders stand in keys already, so that none is given a second time.

        Args:
            tables: all that will be scrubbed.
        """
        for table in tables:
            _, columns = self._columns(table)
            for name in self._apart(table, columns):
                found = self._db.execute(
                    f"SELECT DISTINCT {quoted(name)} FROM {quoted(table)}"  # noqa: S608
                    f" WHERE {quoted(name)} GLOB '[[]*'"
                )
                self._taken.update((row[0], row[0]) for row in found)

    def scrub_all(self, tables: Sequence[str]) -> None:
        """Scrub tables: their keys, then the rest.

        Args:
            tables: their names.

        Raises:
            InputError: one of them cannot be scrubbed.
            sqlite3.Error: something else is wrong with it.
        """
        for table in tables:
            self.scrub(table, keys=True)
        # A second time: a key that looked like nothing may refer to one that did not.
        for table in tables if self._given else ():
            self.scrub(table, keys=True)
        for table in tables:
            self.scrub(table, keys=False)

    def scrub(self, table: str, *, keys: bool) -> None:
        """Scrub a table, in two rounds: the columns that are keys of some sort, then the others.

        Args:
            table: its name.
            keys: which columns.

        Raises:
            InputError: it has no key to find its rows by.
            sqlite3.Error: something else is wrong with it.
        """
        key, columns = self._columns(table)
        apart = self._apart(table, columns)
        wanted = [name for name in columns if (name.lower() in apart) == keys]
        if not wanted:
            if not keys:
                self._cells.close(self._count(table))
            return
        teller = beside(columns)[0]
        told_by = columns[teller] if teller >= 0 and not keys else None
        rows = self._scrub(_Part(table, key, wanted, told_by, apart=keys))
        self._cells.close(0 if keys and len(wanted) < len(columns) else rows)

    def scrub_contents(self, table: str) -> None:
        """Scrub what a full-text table keeps of its texts, through itself.

        Raises:
            InputError: it keeps words and no texts.
        """
        (sql,) = self._db.execute(
            "SELECT sql FROM sqlite_master WHERE name = ?", (table,)
        ).fetchone()
        told = _option(sql, "content")
        if told == "":
            raise InputError("has a full-text table that keeps words and no texts")
        if told is not None:
            return  # the texts are those of a table that was scrubbed
        names = [row[1] for row in self._db.execute(f"PRAGMA table_xinfo({quoted(table)})")]
        hidden = {
            row[1] for row in self._db.execute(f"PRAGMA table_xinfo({quoted(table)})") if row[6]
        }
        wanted = [name for name in names if name not in hidden]
        self._cells.close(self._scrub(_Part(table, ["rowid"], wanted)))

    def refuse_texts(self, table: str) -> None:
        """Refuse a table behind a full-text one that still holds a finding: nobody rebuilds it.

        Raises:
            InputError: it does.
        """
        for row in self._db.execute(f"SELECT * FROM {quoted(table)}"):  # noqa: S608
            if any(isinstance(one, str) and self._cells.text(one) != one for one in row):
                raise InputError("has a full-text table with a text where none belongs")

    def _columns(self, table: str) -> tuple[list[str], list[str]]:
        """Give what rows are found by, and the columns to scrub."""
        told = self._db.execute(f"PRAGMA table_xinfo({quoted(table)})").fetchall()
        columns = [row[1] for row in told if row[6] not in {_HIDDEN, *_GENERATED}]
        primary = [row[1] for row in sorted(told, key=lambda row: row[5]) if row[5]]
        (without,) = self._db.execute(
            "SELECT wr FROM pragma_table_list WHERE schema = 'main' AND name = ?", (table,)
        ).fetchone()
        if without:
            return primary, columns
        names = {row[1].lower() for row in told}
        key = next((one for one in ("rowid", "_rowid_", "oid") if one not in names), None)
        row_number = [row[1] for row in told if row[5] and row[2].upper() == "INTEGER"]
        is_number = len(primary) == 1 and row_number == primary
        if key is None and not is_number:
            raise InputError("has a table whose rows have no number to find them by")
        chosen = key or primary[0]
        # The number of a row is a place, and nobody.
        if is_number:
            columns.remove(primary[0])
        return [chosen], columns

    def _apart(self, table: str, columns: Sequence[str]) -> frozenset[str]:
        """Give the columns whose values must stay apart, or together with those of another."""
        found = {name for one, name in self._referred if one == table.lower()}
        for index in self._db.execute(f"PRAGMA index_list({quoted(table)})").fetchall():
            if index[2]:
                inside = self._db.execute(f"PRAGMA index_info({quoted(index[1])})")
                found |= {row[2].lower() for row in inside if row[2] is not None}
        told = self._db.execute(f"PRAGMA table_xinfo({quoted(table)})")
        found |= {row[1].lower() for row in told if row[5]}
        return frozenset(name.lower() for name in columns) & found

    def _all_referred(self) -> set[tuple[str, str]]:
        """Give the columns on both sides of a reference."""
        found = set()
        names = [
            row[0]
            for row in self._db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        for name in names:
            for row in self._db.execute(f"PRAGMA foreign_key_list({quoted(name)})").fetchall():
                found.add((name.lower(), row[3].lower()))
                if row[4] is not None:
                    found.add((row[2].lower(), row[4].lower()))
        return found

    def _scrub(self, part: _Part) -> int:
        """Scrub a part of a table; give how many rows it has."""
        count = 0
        for rows in self._pages(part):
            count += len(rows)
            self._update(part, rows)
        return count

    def _pages(self, part: _Part) -> Iterator[list[tuple[Any, ...]]]:
        """Give rows, some at a time: the key, what tells of values, the columns."""
        by = ", ".join(map(_named, part.key))
        names = ", ".join((by, *map(quoted, part.read)))
        start = f"SELECT {names} FROM {quoted(part.table)}"  # noqa: S608  # names are quoted
        end = f" ORDER BY {by} LIMIT {_AT_ONCE}"
        marks = ", ".join("?" * len(part.key))
        found = self._db.execute(start + end).fetchall()
        while found:
            last = tuple(map(self._stored, found[-1][: len(part.key)]))
            yield found
            found = self._db.execute(f"{start} WHERE ({by}) > ({marks}){end}", last).fetchall()

    def _update(self, part: _Part, rows: Sequence[tuple[Any, ...]]) -> None:
        """Scrub some rows, column by column, and write those that changed."""
        changed: list[dict[str, object]] = [{} for _ in rows]
        own = len(part.key)
        for place, name in enumerate(part.columns, own + len(part.read) - len(part.columns)):
            told = part.told_by is not None and holds_value(name.lower())
            looked = self._look([row[place] for row in rows], name)
            for row, changes in zip(rows, changed, strict=True):
                value = row[place]
                if told and isinstance(row[own], str) and self._cells.tells(row[own]):
                    new = self._value(value, row[own], self._look([value], row[own]), apart=False)
                else:
                    new = self._value(value, name, looked, apart=part.apart)
                if new is not value:
                    changes[name] = new
        self._write(part, [(row[:own], new) for row, new in zip(rows, changed, strict=True) if new])

    def _look(self, values: Iterable[object], name: str) -> Mapping[str, Redaction]:
        return self._cells.look([one for one in values if isinstance(one, str)], name)

    def _write(
        self, part: _Part, changed: Sequence[tuple[tuple[object, ...], dict[str, object]]]
    ) -> None:
        """Write rows; those with the same columns changed have the same statement."""
        alike: dict[str, list[list[object]]] = {}
        for own, changes in changed:
            statement, values = self._statement(part.table, part.key, own, changes)
            alike.setdefault(statement, []).append(values)
        for statement, several in alike.items():
            if self._db.executemany(statement, several).rowcount != len(several):
                raise InputError("has a row that cannot be found again")

    def _count(self, table: str) -> int:
        (count,) = self._db.execute(f"SELECT count(*) FROM {quoted(table)}").fetchone()  # noqa: S608
        return int(count)

    def _value(
        self, value: object, name: str, looked: Mapping[str, Redaction], *, apart: bool
    ) -> object:
        """Scrub a value; itself where nothing was found."""
        if apart and not isinstance(value, int | float) and value in self._given:
            return self._given[value]
        new: object = value
        if isinstance(value, str):
            new = self._cells.counted(looked[value]) if value in looked else value
        elif isinstance(value, bytes):
            new = self._cells.data(value, name)
        elif isinstance(value, int | float):
            # A number in a key is a place in another table; only what it looks like counts.
            new = self._cells.number(value, "" if apart else name)
            if apart and new != value:
                raise InputError("has a number in a key that is a finding")
        if new == value:
            return value
        return self._kept_apart(value, new) if apart else new

    def _kept_apart(self, value: object, new: object) -> object:
        base, number = new, 1
        while self._taken.setdefault(new, value) != value:
            number += 1
            new = _counted(base, number)
        self._given[value] = new
        return new

    def _statement(
        self, table: str, key: Sequence[str], own: Sequence[object], changes: dict[str, object]
    ) -> tuple[str, list[object]]:
        """Give what updates a row, and with what; rows with the same changes have the same."""
        sets = ", ".join(f"{quoted(name)} = {self._mark(new)}" for name, new in changes.items())
        where = " AND ".join(
            f"{_named(name)} IS {self._mark(one)}" for name, one in zip(key, own, strict=True)
        )
        values = [*map(self._stored, changes.values()), *map(self._stored, own)]
        return f"UPDATE {quoted(table)} SET {sets} WHERE {where}", values  # noqa: S608  # quoted

    def _mark(self, value: object) -> str:
        return "CAST(? AS TEXT)" if _is_stray(value) else "?"

    def _stored(self, value: object) -> object:
        """Give a value as SQLite takes it: a text with stray bytes goes as bytes."""
        if isinstance(value, str) and _is_stray(value):
            if not self._utf8:
                raise InputError("has a text that is no UTF-16")
            return value.encode("utf-8", "surrogateescape")
        return value


def _named(name: str) -> str:
    return name if name in {"rowid", "_rowid_", "oid"} else quoted(name)


def _is_stray(value: object) -> bool:
    if not isinstance(value, str) or value.isascii():
        return False
    try:
        value.encode()
    except UnicodeEncodeError:
        return True
    return False


def _counted(value: object, number: int) -> object:
    if isinstance(value, bytes):
        return b"%b (%d)" % (value, number)
    return f"{value} ({number})"


def _option(sql: str, name: str) -> str | None:
    """Give what an option of a full-text table says; None where it does not say."""
    inside = sql.partition("(")[2].rpartition(")")[0]
    for part in inside.split(","):
        key, equals, value = part.partition("=")
        if equals and key.strip().lower() == name:
            return value.strip().strip("\"'")
    return None
