"""Databases of rules, kept between runs: whole, ours, of this code, or not at all."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

import pytest

from scrubber import ruleset
from scrubber.detect import databases, scanner
from scrubber.detect.databases import Database, compiled, keep, kept
from scrubber.ruleset.direct import direct_rule
from tests.small_rules import CARD, EMAIL, PEM

pytest.importorskip("hyperscan", reason="databases are of hyperscan")

RULES = (EMAIL, CARD, PEM)
DATA = b"\njane@example\n00000000\n" + b"\n" * 64


@pytest.fixture(scope="module")
def made() -> Database:
    """The database of three rules."""
    return compiled(RULES)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for databases that is not there yet."""
    found = tmp_path / "inner" / "kept"
    monkeypatch.setenv(databases.FOLDER_VARIABLE, str(found))
    monkeypatch.setattr(ruleset, "LOADED", float("inf"))  # not even when a test edits a file
    return found


def file_of(folder: Path) -> Path:
    """Give the one file that was kept."""
    (found,) = folder.iterdir()
    return found


def test_what_was_kept_is_the_same(made: Database, folder: Path) -> None:
    """The expressions, and whose they are; for others there is none."""
    assert kept(RULES) is None
    keep(RULES, made)
    loaded = kept(RULES)
    assert loaded is not None
    assert (loaded.behind, loaded.always) == (made.behind, made.always)
    assert sorted(loaded.scanner.scan(DATA)) == sorted(made.scanner.scan(DATA))
    assert kept(RULES[:2]) is None
    assert kept(RULES[::-1]) is None
    if os.name == "posix":
        assert folder.stat().st_mode & 0o777 == 0o700
        assert file_of(folder).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("place", [0, 30, 200, -1])
def test_a_file_with_another_byte_is_not_read(made: Database, folder: Path, place: int) -> None:
    """Wherever it is."""
    keep(RULES, made)
    data = bytearray(file_of(folder).read_bytes())
    data[place] ^= 1
    file_of(folder).write_bytes(data)
    assert kept(RULES) is None


@pytest.mark.parametrize("data", [b"", b"\n\n\n", b"crashscrub database 1\n"])
def test_a_file_that_is_none_is_not_read(made: Database, folder: Path, data: bytes) -> None:
    """Cut off, or something else."""
    keep(RULES, made)
    file_of(folder).write_bytes(data)
    assert kept(RULES) is None


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_what_others_can_write_is_not_read(
    made: Database, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file, its folder, one that is a link, and one of another user."""
    keep(RULES, made)
    path = file_of(folder)
    for one in (path, folder):
        before = one.stat().st_mode
        one.chmod(before | 0o020)
        assert kept(RULES) is None
        one.chmod(before)
    assert kept(RULES) is not None
    with monkeypatch.context() as patch:
        patch.setattr(os, "geteuid", lambda: 12345)
        assert kept(RULES) is None
    link = folder.parent / "link"
    link.symlink_to(folder)
    monkeypatch.setenv(databases.FOLDER_VARIABLE, str(link))
    keep(RULES, made)
    moved = folder.parent / "moved"
    path.rename(moved)
    path.symlink_to(moved)
    monkeypatch.setenv(databases.FOLDER_VARIABLE, str(folder))
    assert kept(RULES) is None


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_nothing_is_kept_where_others_can_write(made: Database, folder: Path) -> None:
    """Nor is it an error."""
    folder.mkdir(parents=True)
    folder.chmod(0o777)
    keep(RULES, made)
    assert list(folder.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_no_error(
    made: Database, ordinary_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It only takes longer."""
    monkeypatch.setattr(ruleset, "LOADED", float("inf"))
    ordinary_folder.chmod(0o500)
    monkeypatch.setenv(databases.FOLDER_VARIABLE, str(ordinary_folder))
    keep(RULES, made)
    assert list(ordinary_folder.iterdir()) == []


def test_a_write_that_fails_leaves_nothing(
    made: Database, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whole or not at all."""

    def fail(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(Path, "replace", fail)
    keep(RULES, made)
    assert list(folder.iterdir()) == []


def test_code_that_was_replaced_keeps_nothing(
    made: Database, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a process runs that was not restarted is not what its files say."""
    monkeypatch.setattr(ruleset, "LOADED", 0.0)
    keep(RULES, made)
    assert not folder.exists()


@pytest.mark.parametrize("changed", ["supersets_digest", "build"])
def test_other_code_has_other_databases(
    made: Database, folder: Path, monkeypatch: pytest.MonkeyPatch, changed: str
) -> None:
    """The code of supersets, the library and the processor."""
    keep(RULES, made)
    assert file_of(folder).is_file()
    owner = scanner if changed == "build" else databases
    monkeypatch.setattr(owner, changed, lambda: "other")
    assert kept(RULES) is None


def test_only_the_newest_are_kept(made: Database, folder: Path) -> None:
    """A folder does not grow for ever."""
    folder.mkdir(parents=True, mode=0o700)
    for at in range(12):
        (folder / f"{at}.hsdb").write_bytes(b"")
        os.utime(folder / f"{at}.hsdb", (at, at))
    keep(RULES, made)
    assert len(list(folder.iterdir())) == 8
    assert kept(RULES) is not None


def test_two_may_keep_at_once(made: Database, folder: Path) -> None:
    """The last one stays, whole."""
    threads = [threading.Thread(target=keep, args=(RULES, made)) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert file_of(folder).suffix == ".hsdb"
    assert kept(RULES) is not None


FOLDERS = [
    ("linux", {"XDG_CACHE_HOME": "/c"}, "/c/crashscrub"),
    ("linux", {"HOME": "/h"}, "/h/.cache/crashscrub"),
    ("linux", {"XDG_CACHE_HOME": "c"}, None),
    ("darwin", {"HOME": "/h"}, "/h/Library/Caches/crashscrub"),
    ("win32", {}, None),
    ("win32", {"LOCALAPPDATA": "/l"}, "/l/crashscrub"),
    ("linux", {databases.FOLDER_VARIABLE: ""}, None),
    ("linux", {databases.FOLDER_VARIABLE: "here"}, None),
    ("linux", {databases.FOLDER_VARIABLE: "/f"}, "/f"),
]


@pytest.mark.skipif(os.name != "posix", reason="folders as POSIX writes them")
@pytest.mark.parametrize(("system", "variables", "expected"), FOLDERS)
def test_where_databases_are_kept(
    made: Database,
    monkeypatch: pytest.MonkeyPatch,
    system: str,
    variables: dict[str, str],
    expected: str | None,
) -> None:
    """As each system has it; nowhere is a place, too."""
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA", databases.FOLDER_VARIABLE):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", system)
    found = databases._folder()  # noqa: SLF001
    assert (found and str(found)) == expected
    if expected is None:
        keep(RULES, made)
        assert kept(RULES) is None


def test_elsewhere_files_have_no_such_owners(
    made: Database, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On Windows the folder of a user is the user's."""
    keep(RULES, made)
    path = file_of(folder)
    path.chmod(0o666)
    monkeypatch.setattr(os, "name", "nt")
    assert databases._ours(path)  # noqa: SLF001


def test_no_rules_make_a_database_too() -> None:
    """One that finds nothing."""
    assert compiled(()).scanner.scan(DATA) == []


def test_a_rule_of_which_nothing_is_known_is_always_told() -> None:
    """By its number; one without width has nothing to look for."""
    anything = direct_rule("test.any", "ANYTHING", "Anything.", "(?![^a-z])")
    made = compiled([EMAIL, anything], first=3)
    assert made.always == (4,)
    assert {number for rules in made.behind for number in rules} == {3}


@pytest.mark.parametrize("folder_of", databases.OF_NAMES)
def test_a_rule_of_a_name_is_looked_for_by_its_name(
    monkeypatch: pytest.MonkeyPatch, folder_of: str
) -> None:
    """Without what rules of files need, unless the name is a common word."""
    named = direct_rule(f"{folder_of}x", "USERNAME", "A name.", "(?i:vexlab7)")
    with monkeypatch.context() as patch:
        patch.setattr(databases, "prebuilt_supersets", None)
        made = compiled([named])
    assert made.behind == ((0,),)
    assert len(made.scanner.scan(b"\na VEXLAB0 b\n" + b"\n" * 64)) == 1
    common = direct_rule(f"{folder_of}y", "USERNAME", "A name.", "(?i:info)[0-9]")
    assert compiled([common]).scanner.scan(b"\ninfo0\n" + b"\n" * 64)
