"""What is to be redacted, and what is left out."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from scrubber.archive.walk import LEFT, OURS, Item, walk
from scrubber.retention.folder import FOLDER_UNREAD, IS_LINK, NOT_REGULAR
from tests.archive.odd_tree import odd_tree

if TYPE_CHECKING:
    from pathlib import Path


def names(*sources: Path | str) -> list[str]:
    """Give the names of files below sources."""
    return [one.name for one in walk([str(one) for one in sources]) if not one.folder]


def states(source: Path) -> dict[str, str]:
    """Give the reasons of what is left out."""
    return {one.name: one.reason for one in walk([str(source)]) if one.state}


def test_every_file_is_found_once_in_one_order(tmp_path: Path) -> None:
    """Links, pipes and sockets are told of; nothing leads round in circles."""
    root = odd_tree(tmp_path / "logs")
    found = list(walk([str(root)]))
    assert [one.name for one in found] == [one.name for one in walk([str(root)])]
    assert len({one.name for one in found}) == len(found)
    assert states(root) == {
        "broken": IS_LINK,
        "latest.log": IS_LINK,
        "loop": IS_LINK,
        "pipe": NOT_REGULAR,
        "socket": NOT_REGULAR,
    }
    files = {one.name for one in found if not one.state and not one.folder}
    expected = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*")
        if path.is_file() and not path.is_symlink()
    }
    assert files == expected
    folders = {one.name for one in found if one.folder}
    assert folders == {"home", "home/jane", "home/john", "hollow", "hollow/deeper"} | {
        "jane@example.com"
    }


def test_sizes_and_times_are_those_of_the_file(tmp_path: Path) -> None:
    """In bytes and nanoseconds."""
    (tmp_path / "app.log").write_bytes(b"12345")
    os.utime(tmp_path / "app.log", ns=(1, 987_654_321))
    [item] = walk([str(tmp_path)])
    assert item == Item(str(tmp_path / "app.log"), "app.log", "", 5, 987_654_321)
    assert "app.log" not in repr(item)


def test_one_folder_is_the_root_and_several_have_names(tmp_path: Path) -> None:
    """No two files share a name, whatever the sources are called."""
    for name in ("a/logs", "b/logs", "c/Logs"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "app.log").touch()
    (tmp_path / "app.log").touch()
    assert names(tmp_path / "a" / "logs") == ["app.log"]
    assert names(tmp_path / "app.log") == ["app.log"]
    several = [tmp_path / "a/logs", tmp_path / "b/logs", tmp_path / "c/Logs", tmp_path / "app.log"]
    found = ["logs/app.log", "logs~2/app.log", "Logs~3/app.log", "app.log"]
    assert names(*several) == found
    assert names(tmp_path / "app.log", tmp_path / "app.log") == ["app.log", "app.log~2"]


def test_places_are_taken_as_the_shell_writes_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a slash at the end, relative, by a link, and as a file: URL."""
    (tmp_path / "logs" / "inner").mkdir(parents=True)
    (tmp_path / "logs" / "app.log").touch()
    (tmp_path / "other").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "logs")
    monkeypatch.chdir(tmp_path / "logs" / "inner")
    assert names("..", tmp_path / "other") == ["logs/app.log"]
    assert names(f"{tmp_path}/logs/") == ["app.log"]
    assert names(tmp_path / "link", tmp_path / "other") == ["link/app.log"]
    assert names((tmp_path / "logs").as_uri()) == ["app.log"]


@pytest.mark.parametrize("name", ["missing", "pipe", "nul\0name"])
def test_what_was_given_and_cannot_be_read_has_failed(tmp_path: Path, name: str) -> None:
    """It is told of, and the others are found."""
    if "\0" not in name and name == "pipe":
        os.mkfifo(tmp_path / name)
    (tmp_path / "app.log").touch()
    first, second = walk([f"{tmp_path}/{name}", str(tmp_path / "app.log")])
    assert first.state == "failed"
    assert first.reason
    assert (second.name, second.state) == ("app.log", "")


def test_a_folder_that_cannot_be_read_does_not_hide_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has failed."""
    for name in ("a", "b", "c"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "app.log").touch()
    real = os.scandir

    def scandir(path: str) -> object:
        if path == str(tmp_path / "b"):
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert names(tmp_path) == ["a/app.log", "b", "c/app.log"]
    assert states(tmp_path) == {"b": FOLDER_UNREAD}


def test_what_runs_write_is_no_file(tmp_path: Path) -> None:
    """Neither what they left, nor what `retain` noted."""
    for name in (".scrubber-abc", "x/.scrubber-def-0", ".scrubber-retain.jsonl", ".scrubberrc"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert states(tmp_path) == {
        ".scrubber-abc": LEFT,
        ".scrubber-retain.jsonl": OURS,
        "x/.scrubber-def-0": LEFT,
    }
    assert ".scrubberrc" in names(tmp_path)


def test_folders_deeper_than_a_path_goes_have_failed(tmp_path: Path) -> None:
    """What the system takes for a path is walked, and the rest told of."""
    descriptor = os.open(tmp_path, os.O_RDONLY)
    try:
        for _ in range(25):
            os.mkdir("d" * 200, dir_fd=descriptor)
            inner = os.open("d" * 200, os.O_RDONLY, dir_fd=descriptor)
            os.close(descriptor)
            descriptor = inner
    finally:
        os.close(descriptor)
    found = list(walk([str(tmp_path)]))
    assert 10 < len(found) < 25
    assert [one.state for one in found].count("failed") == 1
    assert found[-1].state == "failed"


@pytest.mark.parametrize("home", ["home", "Users"])
def test_who_owns_a_home_is_told_by_the_folder_over_it(tmp_path: Path, home: str) -> None:
    """Not by the whole path: names are the same wherever a source lies."""
    (tmp_path / home / "jane").mkdir(parents=True)
    (tmp_path / home / "jane" / "x.log").touch()
    [item] = [one for one in walk([str(tmp_path / home)]) if not one.folder]
    assert (item.name, item.under) == ("jane/x.log", home)
    [item] = [one for one in walk([str(tmp_path / home / "jane")]) if not one.folder]
    assert (item.name, item.under) == ("x.log", "")
