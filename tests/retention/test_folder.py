"""What is found in a folder, and which of it is a log."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from scrubber.errors import ConfigError
from scrubber.retention.ages import read_age
from scrubber.retention.due import NOT_A_LOG, plan
from scrubber.retention.folder import FOLDER_UNREAD, IS_LINK, refuse_roots, walk
from scrubber.retention.log_names import log_name

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "name",
    [
        *("app.log", "APP.LOG", "app.txt", "train.out", "train.err", "crash.json", "events.jsonl"),
        *("app.log.1", "app.log.12.gz", "app.log-20260101", "app.log-20260101.gz", "app.1.log"),
        *("app.log.2026-01-01", "app.log.2026-01-01_10-00-00", "app-2026-01-01.log.bz2"),
        *("syslog", "syslog.1", "messages-20260101.xz", "access_log", "error_log.3", "app.log.old"),
        *("a.log.zst", "x.crash", "x.ips", "app.log.1767225600"),
    ],
)
def test_a_log_is_known_by_its_name(name: str) -> None:
    """Rotated and packed ones, too."""
    assert log_name(name)


@pytest.mark.parametrize(
    "name",
    [
        *("app", "app.py", "model.bin", "photo.1", "data.gz", "backup.tar.gz", "app.log.zip"),
        *(
            "package.json",
            "requirements.txt",
            "requirements-dev.txt",
            "README.txt",
            "x.schema.json",
        ),
        *(".log", "logs", "1", ".bashrc", "catalog", "blog"),
    ],
)
def test_other_files_are_no_logs(name: str) -> None:
    """What deletes must not guess."""
    assert not log_name(name)


def test_walk_is_sorted_and_follows_nothing(tmp_path: Path) -> None:
    """Folders of tools are told of, too."""
    for name in ("b.log", "a/c.log", ".git/x.log"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    found = [(one.path.relative_to(tmp_path).as_posix(), one.reason) for one in walk(tmp_path)]
    assert found == [(".git", "is a folder of tools"), ("b.log", ""), ("a/c.log", "")]
    if os.name == "posix":
        (tmp_path / "z.log").symlink_to(tmp_path / "b.log")
        os.mkfifo(tmp_path / "y.log")
        reasons = {one.path.name: one.reason for one in walk(tmp_path)}
        assert (reasons["z.log"], reasons["y.log"]) == (IS_LINK, "is not a regular file")


def test_files_of_ours_are_passed_over(tmp_path: Path) -> None:
    """In folders below, too: anonymised notes would have no salt."""
    (tmp_path / "sub").mkdir()
    for name in (".notes.jsonl", "sub/.notes.jsonl", "sub/a.log"):
        (tmp_path / name).write_text("")
    assert [one.path.name for one in walk(tmp_path, own=".notes.jsonl")] == ["a.log"]


def test_a_folder_that_cannot_be_read_may_hold_logs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So it is not among what is left out for good."""
    (tmp_path / "sub").mkdir()
    scan = os.scandir

    def refused(path: Path) -> object:
        if path.name == "sub":
            raise PermissionError
        return scan(path)

    monkeypatch.setattr("scrubber.retention.folder.os.scandir", refused)
    found = plan(tmp_path, older_than=3600, now_ns=0)
    assert (found.unread, found.left_out) == (((tmp_path / "sub", FOLDER_UNREAD),), ())


def test_a_file_is_due_from_its_age_on(tmp_path: Path) -> None:
    """To the second; what was written in the future is young."""
    now = 2_000_000_000
    for name, written in (("a.log", now - 3600), ("b.log", now - 3599), ("c.log", now + 9)):
        (tmp_path / name).write_text("")
        os.utime(tmp_path / name, (written, written))
    (tmp_path / "d.bin").write_text("")
    found = plan(tmp_path, older_than=read_age("1h"), now_ns=now * 10**9)
    assert [(one.name, one.age) for one in found.due] == [("a.log", 3600)]
    assert (found.young, found.reasons()) == (2, {NOT_A_LOG: 1})


@pytest.mark.parametrize("name", ["/", "/home", "/etc", "/usr", "/var", "/tmp"])
@pytest.mark.skipif(os.name != "posix", reason="folders of POSIX")
def test_folders_of_the_system_are_refused(name: str) -> None:
    """Nothing is read of them."""
    from pathlib import Path

    if Path(name).is_dir() and not Path(name).is_symlink():
        with pytest.raises(ConfigError, match=r"give a folder of logs"):
            refuse_roots(Path(name))


def test_a_home_is_refused_and_a_folder_in_it_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So is what holds the home."""
    home = tmp_path / "home"
    (home / "logs").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    for refused in (home, tmp_path, home / "logs" / ".."):
        with pytest.raises(ConfigError, match="home folder"):
            refuse_roots(refused)
    assert refuse_roots(home / "logs").name == "logs"
