"""SQLite: rows, keys, words of full-text tables and the schema; nothing raw in any page."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from scrubber.archive import one_file
from scrubber.archive.formats.images import PNG
from scrubber.archive.tasks import Job, Outcome, Task
from tests.archive.formats.binary_documents import (
    IMAGE,
    MAIL,
    OTHER,
    WORD,
    refused,
    scrubbed,
    scrubber,
    shown,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def database(
    script: str, *settings: str, rows: Sequence[tuple[str, tuple[Any, ...]]] = ()
) -> bytes:
    """Give the bytes of a database."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        for setting in settings:
            db.execute(f"PRAGMA {setting}")
        db.executescript(script)
        for statement, values in rows:
            db.execute(statement, values)
        return db.serialize()


def asked(data: bytes, query: str) -> list[Any]:
    """Ask a database, after its own check."""
    with closing(sqlite3.connect(":memory:")) as db:
        db.deserialize(data)
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        return db.execute(query).fetchall()


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("x TEXT", f"mail {MAIL}", "mail [email]"),
        ("x", None, None),
        ("x INTEGER", 7, 7),
        ("x", 2.5, 2.5),
        ("x", 4111111111111111, 0),
        ("x", "", ""),
        ("password", WORD, "[secret]"),
        ("password", 12345, 0),
        ("password", "none", "none"),
        ("x BLOB", IMAGE, PNG),
        ("x BLOB", MAIL.encode(), b"[email]"),
        ("x BLOB", b"\0\1\2", b"\0\1\2"),
        ("x BLOB", b"\x1f\x8b\x08\0\0\0\0\0", b""),
        ("x TEXT DEFAULT 'none'", "5", "5"),
    ],
)
@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16le"])
def test_a_value_keeps_its_type(
    column: str, value: object, expected: object, encoding: str
) -> None:
    """Texts, numbers, bytes and nulls, in any encoding of the file."""
    data = database(
        f"CREATE TABLE t({column})",
        f"encoding='{encoding}'",
        rows=[("INSERT INTO t VALUES(?)", (value,))],
    )
    made = scrubbed(data)
    assert made.kind == "sqlite"
    assert asked(made.data, "SELECT * FROM t") == [(expected,)]
    assert asked(made.data, "PRAGMA encoding") == [(encoding,)]


def test_keys_stay_apart_and_references_together() -> None:
    """The second `[email]` has a number, wherever it stands; one that was there has none."""
    made = scrubbed(
        database(f"""
            CREATE TABLE user(id INTEGER PRIMARY KEY, mail TEXT UNIQUE, name TEXT UNIQUE);
            CREATE TABLE post(
                writer TEXT REFERENCES user(mail), name TEXT REFERENCES user(name), by INTEGER
            );
            INSERT INTO user(mail, name) VALUES('{MAIL}', 'a'), ('{OTHER}', 'b'), ('[email]', 'c');
            INSERT INTO post VALUES('{OTHER}', 'b', 20000), ('{MAIL}', 'a', 1), ('[email]', 'c', 2);
        """)
    )
    users = asked(made.data, "SELECT mail, name FROM user ORDER BY name")
    assert sorted(one for one, _ in users) == ["[email]", "[email] (2)", "[email] (3)"]
    assert asked(made.data, "SELECT writer, name FROM post ORDER BY name") == users


def test_a_table_without_row_numbers_is_found_by_its_key() -> None:
    """The key itself is scrubbed, and over more than one page of rows."""
    rows = [
        ("INSERT INTO t VALUES(?, ?, ?)", (f"j{at}@example.com", at, MAIL)) for at in range(1200)
    ]
    script = "CREATE TABLE t(a TEXT, b INT, v TEXT, PRIMARY KEY(a, b)) WITHOUT ROWID"
    made = scrubbed(database(script, rows=rows))
    assert asked(made.data, "SELECT count(DISTINCT a), max(v), min(v) FROM t") == [
        (1200, "[email]", "[email]")
    ]
    assert b"j77@example" not in made.data
    assert made.found.lines == 1200


def test_triggers_are_kept_and_not_run() -> None:
    """What one would have written is not there."""
    script = f"""
        CREATE TABLE t(a TEXT); CREATE TABLE log(a TEXT);
        INSERT INTO t VALUES('{MAIL}');
        CREATE TRIGGER one AFTER UPDATE ON t BEGIN INSERT INTO log VALUES(old.a); END;
        CREATE TRIGGER two AFTER UPDATE ON t BEGIN DELETE FROM t; /* by {OTHER} */ END;
        CREATE VIEW v AS SELECT a, '{OTHER}' AS who FROM t;
    """  # noqa: S608
    made = scrubbed(database(script))
    assert asked(made.data, "SELECT * FROM v") == [("[email]", "[email]")]
    assert asked(made.data, "SELECT * FROM log") == []
    names = asked(made.data, "SELECT name FROM sqlite_master WHERE type = 'trigger'")
    assert names == [("one",), ("two",)]


@pytest.mark.parametrize("module", ["fts5", "fts4", "fts3"])
@pytest.mark.parametrize("content", ["", ", content='t'"])
def test_no_word_is_left_in_a_full_text_table(module: str, content: str) -> None:
    """Its index is built anew of what is there now."""
    if content and module == "fts3":
        return
    script = f"""
        CREATE TABLE t(text TEXT); INSERT INTO t(rowid, text) VALUES(3, 'hello mail {MAIL}');
        CREATE VIRTUAL TABLE words USING {module}(text{content});
    """
    fill = f"INSERT INTO words(rowid, text) VALUES(3, 'hello mail {MAIL}')"
    made = scrubbed(database(script, rows=[(fill, ())]))
    assert b"jane" not in made.data
    assert asked(made.data, "SELECT rowid FROM words WHERE words MATCH 'hello'") == [(3,)]
    assert asked(made.data, "SELECT rowid FROM words WHERE words MATCH 'jane'") == []
    assert asked(made.data, "SELECT text FROM words") == [("hello mail [email]",)]


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        (f'CREATE TABLE "{MAIL}"(a)', "name"),
        (f'CREATE TABLE t("{MAIL}" TEXT)', "name"),
        ("CREATE VIRTUAL TABLE w USING fts5(t, content='')", "no texts"),
        (f"CREATE TABLE t(a TEXT CHECK(a LIKE '%@%')); INSERT INTO t VALUES('{MAIL}')", "CHECK"),
        (
            f"""CREATE TABLE t(a TEXT); CREATE UNIQUE INDEX i ON t(upper(a));
            INSERT INTO t VALUES('{MAIL}'), ('{OTHER}')""",
            "UNIQUE",
        ),
        ("CREATE TABLE t(a INTEGER UNIQUE); INSERT INTO t VALUES(4111111111111111)", "number"),
        ("CREATE TABLE t(rowid TEXT, _rowid_ TEXT, oid TEXT)", "number"),
    ],
)
def test_what_cannot_be_scrubbed_is_refused(script: str, reason: str) -> None:
    """A finding in a name, words without texts, rules a placeholder breaks."""
    assert reason in refused(database(script))


def test_generated_columns_and_indices_follow() -> None:
    """They are made of what was scrubbed."""
    made = scrubbed(
        database(f"""
            CREATE TABLE t(a TEXT, up TEXT AS (upper(a)) STORED, low TEXT AS (lower(a)));
            INSERT INTO t VALUES('{MAIL}'); CREATE INDEX i ON t(lower(a)) WHERE a IS NOT NULL;
            CREATE TABLE s(a TEXT, b ANY) STRICT; INSERT INTO s VALUES('{OTHER}', x'00ff');
            CREATE VIRTUAL TABLE r USING rtree(id, x0, x1, +name);
            INSERT INTO r VALUES(1, 0, 1, '{MAIL}');
            ANALYZE;
        """)
    )
    assert asked(made.data, "SELECT * FROM t") == [("[email]", "[EMAIL]", "[email]")]
    assert asked(made.data, "SELECT * FROM s") == [("[email]", b"\0\xff")]
    assert asked(made.data, "SELECT * FROM r") == [(1, 0.0, 1.0, "[email]")]


def test_the_settings_of_the_file_stay() -> None:
    """Version, application, size of pages; comments and defaults of the schema are scrubbed."""
    made = scrubbed(
        database(
            f"CREATE TABLE t(a TEXT DEFAULT 'by {MAIL}' /* ask {OTHER} */, b INT); -- x",
            "page_size=1024",
            "user_version=7",
            "application_id=99",
        )
    )
    found = [asked(made.data, f"PRAGMA {one}")[0][0] for one in ("page_size", "user_version")]
    assert found == [1024, 7]
    assert asked(made.data, "PRAGMA application_id") == [(99,)]
    assert asked(made.data, "SELECT sql FROM sqlite_master") == [
        ("CREATE TABLE t(a TEXT DEFAULT 'by [email]' /*ask [email]*/, b INT)",)
    ]


def test_no_deleted_row_is_left() -> None:
    """A page keeps what was deleted until it is written anew."""
    script = f"""
        CREATE TABLE t(a TEXT); INSERT INTO t VALUES('{MAIL} {"x" * 500}'), ('ok');
        DELETE FROM t WHERE a <> 'ok';
    """  # noqa: S608
    data = database(script, "secure_delete=OFF")
    assert MAIL.encode() in data
    assert asked(scrubbed(data).data, "SELECT * FROM t") == [("ok",)]


def test_bytes_that_are_no_text_are_carried_through() -> None:
    """A text may hold any bytes."""
    rows: list[tuple[str, tuple[Any, ...]]] = [
        ("INSERT INTO t VALUES(CAST(? AS TEXT))", (one,))
        for one in (b"\xff " + MAIL.encode(), b"\xff\xfe", b"a\0b")
    ]
    made = scrubbed(database("CREATE TABLE t(a TEXT)", rows=rows))
    after = asked(made.data, "SELECT CAST(a AS BLOB), typeof(a) FROM t")
    assert after == [(b"\xff [email]", "text"), (b"\xff\xfe", "text"), (b"a\0b", "text")]


def test_a_column_may_name_the_values_of_another() -> None:
    """A table of settings; the name may be a key."""
    script = f"""
        CREATE TABLE a(name TEXT PRIMARY KEY, value TEXT);
        CREATE TABLE b(id INTEGER PRIMARY KEY, key TEXT, value);
        INSERT INTO a VALUES('DB_PASSWORD', '{WORD}'), ('theme', 'dark');
        INSERT INTO b VALUES(1, 'api_key', CAST('{WORD}' AS BLOB)), (2, 'pin', 1234), (3, 'n', 1);
    """
    made = scrubbed(database(script))
    assert asked(made.data, "SELECT value FROM a") == [("[secret]",), ("dark",)]
    assert asked(made.data, "SELECT value FROM b") == [(b"[secret]",), (0,), (1,)]


def test_the_default_of_a_secret_is_secret() -> None:
    """It stands in the schema, behind the name of its column."""
    script = f"""
        CREATE TABLE t(a INT, "password" VARCHAR(9) NOT NULL DEFAULT '{WORD}', b);
        CREATE TABLE u(password TEXT DEFAULT ('{WORD}'), theme TEXT DEFAULT 'dark1');
    """
    made = scrubbed(database(script))
    assert WORD.encode() not in made.data
    assert b"DEFAULT 'dark1'" in made.data


def test_an_index_over_some_rows_is_made_anew() -> None:
    """Other rows are in it when the value it asks for was replaced."""
    script = f"""
        CREATE TABLE t(a TEXT, b); CREATE INDEX i ON t(b) WHERE a = '{MAIL}';
        INSERT INTO t VALUES('{MAIL}', 1), ('{OTHER}', 2), ('x', 3);
    """
    made = scrubbed(database(script))
    assert asked(made.data, "SELECT b FROM t WHERE a = '[email]'") == [(1,), (2,)]


@pytest.fixture
def logged(tmp_path: Path) -> Iterator[Path]:
    """Give a database whose rows are in the log beside it."""
    path = tmp_path / "in" / "app.db"
    path.parent.mkdir()
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("CREATE TABLE t(a TEXT)")
        db.execute("INSERT INTO t VALUES(?)", (f"mail {MAIL}",))
        yield path


def _done(source: Path, target: Path, unknown: str = "list") -> Outcome:
    """Redact a file as a job does."""
    status = source.stat()
    task = Task(0, str(source), str(target), status.st_size, status.st_mtime_ns)
    return one_file.done(task, Job(scrubber(), unknown=unknown))


def test_rows_in_the_log_beside_it_are_scrubbed(logged: Path, tmp_path: Path) -> None:
    """The log is brought into a copy; the source stays as it is."""
    before = {path.name: path.read_bytes() for path in logged.parent.iterdir()}
    target = tmp_path / "out"
    assert _done(logged, target).state == "done"
    assert asked(target.read_bytes(), "SELECT a FROM t") == [("mail [email]",)]
    assert MAIL.encode() not in target.read_bytes()
    assert {path.name: path.read_bytes() for path in logged.parent.iterdir()} == before


@pytest.mark.parametrize("suffix", ["-wal", "-shm"])
@pytest.mark.parametrize("unknown", ["list", "copy", "drop"])
def test_a_log_of_a_database_is_never_passed_on(
    logged: Path, tmp_path: Path, suffix: str, unknown: str
) -> None:
    """Its pages are raw, and the rows in it are in the database that was made."""
    target = tmp_path / "out"
    outcome = _done(Path(f"{logged}{suffix}"), target, unknown)
    assert outcome.state == ("dropped" if unknown == "drop" else "listed")
    assert outcome.reason == "belongs to a database, and is read with it"
    assert not target.exists()


def test_a_log_that_cannot_be_read_fails_the_database(logged: Path, tmp_path: Path) -> None:
    """Without its log, a database would lack rows that nobody misses."""
    log = Path(f"{logged}-wal")
    log.rename(tmp_path / "elsewhere")
    log.symlink_to(tmp_path / "elsewhere")
    outcome = _done(logged, tmp_path / "out")
    assert outcome.reason == "has a log beside it that cannot be read, or changed meanwhile"


def test_a_change_that_never_ended_is_rolled_back(tmp_path: Path) -> None:
    """The journal beside it says what was there before a program was killed."""
    path, killed = tmp_path / "a.db", tmp_path / "b.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("CREATE TABLE t(a TEXT)")
        db.executemany("INSERT INTO t VALUES(?)", [("ok",)] * 3000)
        db.execute("PRAGMA cache_size=2")
        db.execute("BEGIN")
        db.execute("UPDATE t SET a = ?", (MAIL,))
        for suffix in ("", "-journal"):
            shutil.copyfile(f"{path}{suffix}", f"{killed}{suffix}")
        db.execute("ROLLBACK")
    assert _done(killed, path).state == "done"
    assert MAIL.encode() not in path.read_bytes()
    assert asked(path.read_bytes(), "SELECT DISTINCT a FROM t") == [("ok",)]


def test_nothing_is_left_in_temporary_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither after a database nor after one that is damaged."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    data = database(f"CREATE TABLE t(a); INSERT INTO t VALUES('{MAIL}')")
    scrubbed(data)
    refused(data[:5000])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("cut", [50, 100, 4096, 6000])
def test_a_file_that_is_cut_off_is_refused(cut: int) -> None:
    """A head, a page, half a page."""
    script = f"CREATE TABLE t(a); INSERT INTO t VALUES('{MAIL}'); CREATE TABLE u(a);"
    assert refused(database(script)[:cut])


def test_damaged_bytes_are_refused_or_read_as_something_else() -> None:
    """Any byte changed: never another error, and never the address."""
    script = f"""
        CREATE TABLE t(a TEXT UNIQUE, b); INSERT INTO t VALUES('{MAIL}', 1), ('x', 2);
        CREATE VIRTUAL TABLE w USING fts5(a); INSERT INTO w VALUES('{MAIL}');
    """
    data = database(script, "page_size=512")
    places = [at for at in range(16, len(data)) if data[at]]
    for at in places[::23]:
        hurt = data[:at] + bytes((data[at] ^ 0x55,)) + data[at + 1 :]
        assert MAIL not in shown(hurt, "sqlite")
