"""Local files of a job: seen whole or not at all, and nothing but regular files read."""

from __future__ import annotations

import os
import stat
import threading
from typing import TYPE_CHECKING

import pytest

from scrubber.archive import places
from scrubber.errors import ConfigError, InputError

if TYPE_CHECKING:
    from pathlib import Path


def names(folder: Path) -> list[str]:
    """Give all names below a folder."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


@pytest.mark.parametrize("scheme", ["", "file://"])
def test_file_is_written_read_and_removed(tmp_path: Path, scheme: str) -> None:
    """Paths and file URLs are the same, and folders are made."""
    place = f"{scheme}{tmp_path.as_posix()}/new/folder/app.log"
    assert not places.exists(place)
    with places.replacing(place) as target:
        target.write(b"one")
        target.seek(0)
        target.write(b"O")
    with places.opened(place) as source:
        assert (source.read(), source.seek(1), source.read(1)) == (b"One", 1, b"n")
    assert places.size_and_time(place)[0] == 3
    places.remove(place)
    places.remove(place)
    assert not places.exists(place)


def test_name_appears_when_the_file_is_whole(tmp_path: Path) -> None:
    """While it is written there is a temporary name only; what was there stays until the end."""
    target = tmp_path / "app.log"
    target.write_bytes(b"old")
    with places.replacing(str(target)) as file:
        file.write(b"new")
        file.flush()
        assert target.read_bytes() == b"old"
        assert [name for name in names(tmp_path) if not name.startswith(places.TEMPORARY)] == [
            "app.log"
        ]
    assert names(tmp_path) == ["app.log"]
    assert target.read_bytes() == b"new"


def test_nothing_is_left_of_a_file_that_fails(tmp_path: Path) -> None:
    """After an error neither the name nor a temporary one is there."""

    def fail() -> None:
        with places.replacing(str(tmp_path / "app.log")) as file:
            file.write(b"half")
            raise InputError("is damaged")

    with pytest.raises(InputError, match="is damaged"):
        fail()
    assert names(tmp_path) == []


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_link_is_neither_read_nor_followed_when_written(tmp_path: Path) -> None:
    """A link in the target is replaced; what it leads to stays as it is."""
    other, link = tmp_path / "other", tmp_path / "link"
    other.write_bytes(b"other")
    link.symlink_to(other)
    with pytest.raises(InputError, match=r"^is a link$"), places.opened(str(link)):
        pass
    with places.replacing(str(link)) as file:
        file.write(b"new")
    assert (other.read_bytes(), link.read_bytes(), link.is_symlink()) == (b"other", b"new", False)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
def test_named_pipe_is_refused_at_once(tmp_path: Path) -> None:
    """Nobody writes to it, and nobody waits."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    def read() -> None:
        with pytest.raises(InputError, match="regular"), places.opened(str(pipe)):
            pass

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    reader.join(30)
    assert not reader.is_alive()


@pytest.mark.parametrize("name", ["folder", "none", "nul\0byte", "folder/file/below"])
def test_what_cannot_be_opened_is_refused_without_its_name(tmp_path: Path, name: str) -> None:
    """Folders, missing files, names that no system takes; the error and its chain name none."""
    (tmp_path / "folder").mkdir()
    with pytest.raises(InputError) as caught, places.opened(str(tmp_path / name)):
        pass
    assert name not in str(caught.value)
    assert caught.value.__context__ is None


@pytest.mark.parametrize("name", ["folder", "file/below", "nul\0byte", "x" * 300])
def test_what_cannot_be_written_is_refused_and_leaves_nothing(tmp_path: Path, name: str) -> None:
    """A folder in its place, a file on the way, names that no system takes."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(InputError, match="cannot be written") as caught:  # noqa: SIM117
        with places.replacing(str(tmp_path / name)) as file:
            file.write(b"data")
    assert name not in str(caught.value)
    assert caught.value.__context__ is None
    assert names(tmp_path) == ["file", "folder"]


def test_file_that_grows_while_it_is_read_is_refused(tmp_path: Path) -> None:
    """What was read is not what is there."""
    path = tmp_path / "app.log"
    path.write_bytes(b"one")

    def read() -> None:
        with places.opened(str(path)) as source:
            source.read()
            path.write_bytes(b"one two")

    with pytest.raises(InputError, match="changed"):
        read()


@pytest.mark.skipif(os.name == "nt", reason="no modes there")
@pytest.mark.skipif(os.name != "posix", reason="no modes")
@pytest.mark.parametrize("private", [False, True])
def test_file_is_its_owners_alone_until_it_is_whole(tmp_path: Path, private: bool) -> None:  # noqa: FBT001
    """And for good, if that is asked for."""
    with places.replacing(str(tmp_path / "a.log"), private=private):
        (temporary,) = tmp_path.iterdir()
        assert temporary.stat().st_mode & 0o777 == 0o600
    mode = (tmp_path / "a.log").stat().st_mode & 0o777
    assert mode == (0o600 if private else 0o666 & ~_umask())


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def test_new_file_has_the_mode_that_the_user_gives_new_files(tmp_path: Path) -> None:
    """As any program's new file."""
    before = os.umask(0o027)
    try:
        with places.replacing(str(tmp_path / "app.log")):
            pass
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "app.log").stat().st_mode) == 0o640


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("s3://user:word@bucket/a?b=c", "s3://bucket/a"),
        ("https://user@logs.example.com/a#b", "https://logs.example.com/a"),
        ("s3://bucket/a@b.log", "s3://bucket/a@b.log"),
        ("logs/a?b#c@d", "logs/a?b#c@d"),
    ],
)
def test_place_is_shown_without_credentials(place: str, expected: str) -> None:
    """User, password and query of a URL are not shown."""
    assert places.shown(place) == expected


@pytest.mark.parametrize("pair", ["plain", "=value", "a b=c", "key={plain", "key=[1"])
def test_storage_option_that_cannot_be_read_is_not_quoted(pair: str) -> None:
    """It may be a credential."""
    with pytest.raises(ConfigError) as caught:
        places.storage_options([pair])
    assert "plain" not in str(caught.value)
    assert caught.value.__context__ is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("s3://b/k", True),
        ("memory://x", True),
        ("simplecache::s3://b/k", True),
        ("C:\\logs", False),
        ("C:/logs", False),
        ("a/b://c", False),
        ("a:b", False),
        ("", False),
    ],
)
def test_urls_are_told_from_paths(text: str, expected: bool) -> None:  # noqa: FBT001  # a row
    """A scheme of two letters or more: drives of Windows have one."""
    assert places.is_url(text) is expected
