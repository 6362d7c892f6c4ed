"""`scrubber retain`, as its users call it."""

from __future__ import annotations

import errno
import json
import os
import random
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scrubber.retention.done import NAME
from tests.cli.log_folders import KILLED, LINE, OLD, Run, call, contents, logs_in, run_apart, tree

if TYPE_CHECKING:
    from collections.abc import Sequence

UNTOUCHED = ("model.bin", "core.log", "package.json", "notes.md", "clean.log")
DUE = ("app.log", "app.log.1", "app.log-20260101.gz", "wide.txt", "latin.log")
DUE_BELOW = ("sub/worker.out.bz2", "sub/worker.err.xz", "sub/crash.json", "sub/events.jsonl")
ANONYMIZE = ("--older-than", "365d", "--action", "anonymize", "--no-config", "--no-identity")
DELETE = ("--older-than", "365d", "--action", "delete", "--no-config", "--no-identity")
posix_only = pytest.mark.skipif(os.name != "posix", reason="signals and limits of POSIX")
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="Linux tells who has a file open")


@pytest.fixture
def logs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of old logs, below a home that is elsewhere."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    folder = tmp_path / "logs"
    logs_in(folder)
    return folder


def told(folder: Path, *args: str) -> dict[str, object]:
    """Run the command and read its JSON."""
    found: dict[str, object] = json.loads(call("retain", folder, *args, "--json").stdout)
    return found


def names_of(found: object) -> list[str]:
    """Give the names of the files in a list of the report."""
    assert isinstance(found, list)
    return [one["file"] for one in found]


def test_every_log_is_anonymised(logs: Path) -> None:
    """However it is named, packed and encoded; nothing that was planted is left in any of them."""
    before = tree(logs)
    result = call("retain", logs, *ANONYMIZE)
    after = tree(logs)
    assert result.exit_code == 0, result.output
    changed = sorted(name for name, one in after.items() if one[0] != before[name][0])
    assert changed == sorted((*DUE, *DUE_BELOW))
    text = contents({name: after[name] for name in changed})
    assert [one for one in ("jane", "192.0.2.17", "4711") if one in text] == []
    assert {name: after[name] for name in UNTOUCHED} == {name: before[name] for name in UNTOUCHED}


def test_mode_and_time_stay(logs: Path) -> None:
    """An anonymised file is as old as it was, so that it is deleted when that is due."""
    call("retain", logs, *ANONYMIZE)
    status = (logs / "app.log").stat()
    assert (stat.S_IMODE(status.st_mode), status.st_mtime) == (0o640, OLD)


def test_all_but_findings_stays(logs: Path) -> None:
    """Bytes that are no UTF-8 among them."""
    call("retain", logs, *ANONYMIZE)
    assert (logs / "latin.log").read_bytes() == (
        b"caf\xe9 "
        + LINE.replace("jane@example.com", "[email]").replace("192.0.2.17", "[ip]").encode()
    )


def test_an_event_keeps_its_layout(logs: Path) -> None:
    """A crash report is scrubbed by its fields, and stays JSON, indented as it was."""
    call("retain", logs, *ANONYMIZE)
    text = (logs / "sub/crash.json").read_text()
    event = json.loads(text)
    assert event["user"] == {"id": "[user]", "email": "[email]"}
    assert text.startswith('{\n  "event_id": "aaaa')
    assert "_meta" not in event


def test_what_is_done_is_not_done_again(logs: Path) -> None:
    """The second run opens nothing for writing and says so; other rules do it again."""
    call("retain", logs, *ANONYMIZE)
    before = {path: path.stat().st_ino for path in logs.rglob("*")}
    counts = told(logs, *ANONYMIZE)["counts"]
    assert isinstance(counts, dict)
    assert (counts["done"], counts["clean"], counts["done_before"]) == (0, 0, 10)
    assert {path: path.stat().st_ino for path in logs.rglob("*")} == before
    strict = told(logs, *ANONYMIZE, "--policy", "strict")["counts"]
    assert isinstance(strict, dict)
    assert strict["done_before"] == 0


def test_a_log_that_was_written_since_is_done_again(logs: Path) -> None:
    """Its size, time or inode tells."""
    call("retain", logs, *ANONYMIZE)
    with (logs / "app.log").open("a") as file:
        file.write(LINE)
    os.utime(logs / "app.log", (OLD, OLD))
    assert names_of(told(logs, *ANONYMIZE)["files"]) == ["app.log"]
    assert "jane" not in (logs / "app.log").read_text()


def test_notes_hold_no_names(logs: Path) -> None:
    """Neither of files nor of people, and only their owner reads them."""
    call("retain", logs, *ANONYMIZE)
    notes = logs / NAME
    text = notes.read_text()
    assert [one for one in ("app", "worker", "crash", "log", "jane") if one in text] == []
    if os.name == "posix":
        assert stat.S_IMODE(notes.stat().st_mode) == 0o600


@pytest.mark.parametrize("args", [ANONYMIZE, DELETE])
def test_dry_run_changes_no_byte(logs: Path, args: Sequence[str]) -> None:
    """Not even notes are written, nor is anything else."""

    def state() -> dict[Path, tuple[object, ...]]:
        found = {path: path.lstat() for path in sorted(logs.rglob("*"))}
        return {
            path: (one.st_mtime_ns, one.st_ino, one.st_mode, path.is_file() and path.read_bytes())
            for path, one in found.items()
        }

    before = state()
    result = call("retain", logs, *args, "--dry-run")
    assert result.exit_code == 0, result.output
    assert state() == before


def test_dry_run_tells_what_a_run_does(logs: Path) -> None:
    """Files and counts are the same."""
    would, did = told(logs, *ANONYMIZE, "--dry-run"), told(logs, *ANONYMIZE)
    assert would["entities"] == did["entities"]
    for found in (would, did):
        assert isinstance(found["files"], list)
        for one in found["files"]:
            del one["age_seconds"]
    assert would["files"] == did["files"]


def test_delete_deletes_what_the_dry_run_lists(logs: Path) -> None:
    """That, all of it and nothing else."""
    before = set(tree(logs))
    listed = names_of(told(logs, *DELETE, "--dry-run")["files"])
    result = call("retain", logs, *DELETE, "--yes")
    assert result.exit_code == 0, result.output
    assert sorted(before - set(tree(logs))) == sorted(listed)
    assert sorted(listed) == sorted((*DUE, *DUE_BELOW, "clean.log"))


@pytest.mark.parametrize("answer", [b"n\n", b""])
def test_delete_asks(logs: Path, answer: bytes) -> None:
    """Whoever does not say yes, or nobody, deletes nothing."""
    before = tree(logs)
    result = call("retain", logs, *DELETE, stdin=answer)
    assert (result.exit_code, tree(logs)) == (2, before)
    assert "nothing was deleted" in result.stderr


def test_young_files_stay(logs: Path) -> None:
    """The age is the time since a file was written."""
    os.utime(logs / "app.log")
    before = (logs / "app.log").read_bytes()
    counts = told(logs, *ANONYMIZE)["counts"]
    assert isinstance(counts, dict)
    assert (counts["too_young"], (logs / "app.log").read_bytes()) == (1, before)


@pytest.mark.parametrize("args", [ANONYMIZE, (*DELETE, "--yes")])
@posix_only
def test_links_are_not_followed(logs: Path, tmp_path: Path, args: Sequence[str]) -> None:
    """Neither to files nor to folders."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "app.log").write_text(LINE)
    os.utime(outside / "app.log", (OLD, OLD))
    (logs / "link.log").symlink_to(outside / "app.log")
    (logs / "folder").symlink_to(outside)
    found = told(logs, *args)
    assert (outside / "app.log").read_text() == LINE
    assert {"link.log", "folder"} <= set(names_of(found["left_out"]))


@posix_only
def test_hard_links_are_told(logs: Path) -> None:
    """Anonymising one name would leave the text under the other; deleting one is noted."""
    (logs / "other.log").hardlink_to(logs / "app.log")
    result = call("retain", logs, *ANONYMIZE)
    assert result.exit_code == 2
    assert "app.log: has other names (hard links)" in result.stdout
    assert (logs / "app.log").read_text() == (logs / "other.log").read_text()
    assert "jane@example.com" in (logs / "app.log").read_text()
    deleted = call("retain", logs, *DELETE, "--yes")
    assert "still there under other names (hard links): 2 files" in deleted.stdout


@linux_only
@pytest.mark.parametrize("args", [ANONYMIZE, (*DELETE, "--yes")])
def test_a_log_that_is_open_is_left(logs: Path, args: Sequence[str]) -> None:
    """Whoever writes to it would write to a file without a name."""
    with (logs / "app.log").open("a"):
        result = call("retain", logs, *args)
    assert result.exit_code == 2
    assert "is open in another process" in result.stdout
    assert "jane@example.com" in (logs / "app.log").read_text()


def test_a_damaged_file_stops_no_other(logs: Path) -> None:
    """It is left as it is, and told of."""
    whole = (logs / "app.log-20260101.gz").read_bytes()
    (logs / "app.log-20260101.gz").write_bytes(whole[:-12])
    os.utime(logs / "app.log-20260101.gz", (OLD, OLD))
    result = call("retain", logs, *ANONYMIZE)
    assert result.exit_code == 2
    assert "app.log-20260101.gz: is cut off, or not gz data" in result.stdout
    assert (logs / "app.log-20260101.gz").read_bytes() == whole[:-12]
    assert "jane" not in (logs / "app.log").read_text()


def test_a_full_disk_leaves_the_original(logs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be written whole is not written; no other file is left behind."""

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    before = tree(logs)
    monkeypatch.setattr("scrubber.files.atomic.os.fsync", full)
    result = call("retain", logs, *ANONYMIZE)
    assert result.exit_code == 2
    assert result.stdout.count("cannot be rewritten: no space left on device") == 9
    assert tree(logs) == before


@posix_only
def test_a_write_that_fails_leaves_the_original(logs: Path) -> None:
    """The system refuses the bytes half-way, in a file that is longer than it may be."""
    logs_in(logs, times=40)
    before = tree(logs)
    codes, output = run_apart(Run(("retain", logs, *ANONYMIZE), logs, longest_file=3_000))
    after = tree(logs)
    assert (codes, set(after)) == ([2], set(before))
    assert "app.log: cannot be rewritten: file too large" in output
    big = {"app.log", "app.log.1", "wide.txt"}
    assert {name: after[name] for name in big} == {name: before[name] for name in big}
    assert "jane" not in (logs / "latin.log").read_text("latin-1")


@posix_only
def test_killed_and_resumed_is_as_never_killed(tmp_path: Path) -> None:
    """At whichever step: no file is ever half, and the next run comes to the same tree."""
    shares = [0.0, *sorted(random.Random(9).random() for _ in range(5)), 1.0]  # noqa: S311
    folders = [tmp_path / f"killed_{number}" for number in range(len(shares))]
    for folder in folders:
        logs_in(folder)
    before = tree(folders[0])
    runs = [
        Run(("retain", folder, *ANONYMIZE), folder, killed_at=share)
        for folder, share in zip(folders, shares, strict=True)
    ]
    assert run_apart(*runs)[0] == [0, *([KILLED] * (len(runs) - 1))]
    wanted = tree(folders[0])
    for folder in folders[1:]:
        for name, found in tree(folder).items():
            if not Path(name).name.startswith(".scrubber-"):
                assert found in (before[name], wanted[name]), (folder.name, name)
    resumed = [call(*one.args).exit_code for one in runs[1:]]
    assert resumed == [0] * len(resumed)
    assert {folder.name: tree(folder) == wanted for folder in folders} == {
        folder.name: True for folder in folders
    }


def test_what_a_killed_run_left_is_removed(logs: Path) -> None:
    """A dry run tells of it only."""
    (logs / "sub/.scrubber-ab12cd_9").write_text("half")
    assert (
        "left behind by a run that was stopped: 1 file"
        in call("retain", logs, *ANONYMIZE, "--dry-run").stdout
    )
    assert (logs / "sub/.scrubber-ab12cd_9").exists()
    call("retain", logs, *ANONYMIZE)
    assert not (logs / "sub/.scrubber-ab12cd_9").exists()


@pytest.mark.parametrize("action", ["anonymize", "delete"])
def test_a_home_or_a_root_is_refused(
    logs: Path, monkeypatch: pytest.MonkeyPatch, action: str
) -> None:
    """So is what holds the home, a link, a file and what is not there."""
    home = logs / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    before = tree(logs)
    for refused in (logs.anchor, home, logs, logs / "app.log", logs / "missing"):
        # Dry, so that a refusal that fails to come deletes nothing.
        result = call("retain", refused, "--older-than", "1d", "--action", action, "--dry-run")
        assert (result.exit_code, result.stdout) == (2, ""), refused
    assert tree(logs) == before


@pytest.mark.parametrize("age", ["0d", "1", "d", "-1d", "1y", "1.5d", " 1d", "18mo"])
def test_an_age_that_is_none_is_refused(logs: Path, age: str) -> None:
    """Nothing is looked at then."""
    result = call("retain", logs, "--older-than", age, "--action", "delete", "--dry-run")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "an age is a whole number" in result.stderr


def test_two_runs_at_once_are_refused(logs: Path) -> None:
    """The second one says so, and touches nothing."""
    from scrubber.retention.done import done_in

    before = tree(logs)
    with done_in(logs, "other"):
        result = call("retain", logs, *ANONYMIZE)
    assert (result.exit_code, tree(logs)) == (2, before)
    assert "another run is at work" in result.stderr


@posix_only
def test_notes_of_somebody_else_are_refused(logs: Path, tmp_path: Path) -> None:
    """They could say that everything is done."""
    (tmp_path / "planted").write_text("")
    (logs / NAME).symlink_to(tmp_path / "planted")
    result = call("retain", logs, *ANONYMIZE)
    assert result.exit_code == 2
    assert "cannot be opened" in result.stderr
    (logs / NAME).unlink()
    (logs / NAME).write_text("")
    (logs / NAME).chmod(0o666)
    assert "is not this user's alone" in call("retain", logs, *ANONYMIZE).stderr


def test_an_event_that_cannot_be_scrubbed_is_left(
    logs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told of, and not replaced by a stub: the file is the only one there is."""
    before = (logs / "sub/crash.json").read_bytes()
    monkeypatch.setenv("SCRUBBER_DISABLE", "1")
    result = call("retain", logs, *ANONYMIZE)
    assert result.exit_code == 2
    assert "sub/crash.json: holds an event that could not be scrubbed" in result.stdout
    assert (logs / "sub/crash.json").read_bytes() == before


def test_nothing_found_is_shown(logs: Path) -> None:
    """Neither layout shows a word of a document."""
    for args in ((), ("--json",)):
        output = call("retain", logs, *ANONYMIZE, "--dry-run", *args).output
        assert [one for one in ("jane", "192.0.2", "4711") if one in output] == []


@linux_only
def test_names_of_any_bytes_are_taken(logs: Path) -> None:
    """A name moves no cursor, and one that is no UTF-8 is a name."""
    odd = [os.fsdecode(b"caf\xe9.log"), "a\x1b[31m\nb.log", "-o.log"]
    for name in odd:
        (logs / name).write_text(LINE)
        os.utime(logs / name, (OLD, OLD))
    result = call("retain", logs, *ANONYMIZE)
    assert result.exit_code == 0, result.output
    assert "\x1b" not in result.output
    assert [name for name in odd if "jane" in (logs / name).read_text()] == []
    counts = told(logs, *ANONYMIZE)["counts"]
    assert isinstance(counts, dict)
    assert counts["done_before"] == 13


def test_a_log_that_changes_before_the_answer_is_kept(
    logs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is deleted is what was listed, as it was then."""

    def confirm(_question: str, **_options: object) -> bool:
        with (logs / "app.log").open("a") as file:
            file.write("new\n")
        return True

    monkeypatch.setattr("click.confirm", confirm)
    result = call("retain", logs, *DELETE)
    assert (result.exit_code, (logs / "app.log").exists(), (logs / "app.log.1").exists()) == (
        2,
        True,
        False,
    )
    assert "app.log: changed since it was found to be due" in result.stdout
