"""`scrubber redact` on folders, as its users call it."""

from __future__ import annotations

import json
import os
import random
import signal
import time
from typing import TYPE_CHECKING

import pytest

from scrubber.cli.redact import NER_IS_OFF
from scrubber.identity.model import Identity
from tests.archive.odd_tree import CLEAN, LINE, RAW, contents, odd_tree

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command, Spawn

PATIENCE = 60.0


def tree(root: Path, count: int = 3, lines: int = 2) -> Path:
    """Make a folder of logs."""
    for number in range(count):
        path = root / f"day-{number % 4}" / f"{number:03}.log"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"%d " % number + LINE * lines)
    return root


def test_a_folder_is_redacted_into_another(command: Command, folder: Path) -> None:
    """The tree stays, and it is told what it came to."""
    tree(folder / "logs")
    result = command("redact", "logs", "-o", "out")
    assert result.exit_code == 0
    assert (folder / "out" / "day-1" / "001.log").read_bytes() == b"1 " + CLEAN * 2
    assert result.stdout == ""
    assert result.stderr.splitlines() == [
        "scrubber: 6 findings in 3 files: EMAIL_ADDRESS 6",
        "scrubber: redact: done 3",
        f"scrubber: what became of each file is noted in {folder}/out.manifest.jsonl",
        f"scrubber: {NER_IS_OFF}",
    ]
    again = command("redact", "logs", "-o", "out")
    assert "scrubber: redact: done 3, done before 3" in again.stderr.splitlines()


def test_what_goes_wrong_is_told_without_names(command: Command, folder: Path) -> None:
    """With --quiet, too; the rest is done, and the end is 2."""
    odd_tree(folder / "logs")
    result = command("redact", "-q", "logs", "-o", "out", "--verify")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "scrubber: cut.log.gz: is cut off, or not gz data\n"
    assert (folder / "out" / "app.log").read_bytes() == CLEAN * 3
    assert "jane@" not in command("redact", "logs", "-o", "out").stderr


@pytest.mark.parametrize("output", ["out/", "made"])
def test_one_file_goes_into_a_folder(command: Command, folder: Path, output: str) -> None:
    """If -o is one, or is written like one."""
    (folder / "made").mkdir()
    (folder / "app.log").write_bytes(LINE)
    result = command("redact", "app.log", "-o", output)
    assert result.exit_code == 0
    assert (folder / output / "app.log").read_bytes() == CLEAN


def test_one_file_into_a_file_is_as_ever(command: Command, folder: Path) -> None:
    """No manifest, no folder."""
    (folder / "app.log").write_bytes(LINE)
    assert command("redact", "app.log", "-o", "out.log").exit_code == 0
    assert sorted(one.name for one in folder.iterdir()) == ["app.log", "out.log"]


def test_a_dry_run_writes_nothing(command: Command, folder: Path) -> None:
    """And says what a run would say."""
    odd_tree(folder / "logs")
    before = contents(folder)
    for args in ((), ("-o", "out")):
        result = command("redact", "logs", "--dry-run", *args)
        assert result.exit_code == 2
        assert "scrubber: cut.log.gz: is cut off, or not gz data\n" in result.stderr
        assert contents(folder) == before


@pytest.mark.parametrize(("data", "code"), [(CLEAN, 0), (LINE, 2)])
def test_a_folder_is_verified_alone(command: Command, folder: Path, data: bytes, code: int) -> None:
    """Without -o what is given is looked through, and nothing is written."""
    (folder / "out").mkdir()
    (folder / "out" / "app.log").write_bytes(data)
    before = contents(folder)
    result = command("redact", "--verify", "out")
    assert (result.exit_code, contents(folder)) == (code, before)
    assert ("app.log: still holds 1 finding" in result.stderr) == bool(code)


def test_what_others_put_in_the_target_is_verified_too(command: Command, folder: Path) -> None:
    """A raw file beside what was written is found."""
    tree(folder / "logs")
    (folder / "out").mkdir()
    (folder / "out" / "raw.log").write_bytes(LINE)
    assert command("redact", "logs", "-o", "out").exit_code == 0
    result = command("redact", "logs", "-o", "out", "--verify")
    assert result.exit_code == 2
    assert "scrubber: raw.log: still holds 1 finding\n" in result.stderr


@pytest.mark.parametrize("verify", [(), ("--verify",)])
def test_a_page_is_written(command: Command, folder: Path, verify: tuple[str, ...]) -> None:
    """Of what it came to; it holds no text of a file."""
    odd_tree(folder / "logs")
    command("redact", "logs", "-o", "out", "--report", "report.html", *verify)
    page = (folder / "report.html").read_text("utf-8")
    assert page.lower().startswith("<!doctype html>")
    assert "EMAIL_ADDRESS" in page
    assert "jane" not in page.replace(str(folder), "")


def test_a_manifest_is_where_it_is_asked_for(command: Command, folder: Path) -> None:
    """And not beside the target."""
    tree(folder / "logs")
    command("redact", "logs", "-o", "out", "--manifest", "m.jsonl")
    assert sorted(one.name for one in folder.iterdir()) == ["logs", "m.jsonl", "out"]
    lines = (folder / "m.jsonl").read_bytes().splitlines()
    assert [json.loads(line).get("state", "") for line in lines] == ["", "done", "done", "done"]


@pytest.mark.parametrize(("unknown", "made"), [("list", False), ("copy", True), ("drop", False)])
def test_what_no_format_knows(command: Command, folder: Path, unknown: str, made: bool) -> None:  # noqa: FBT001
    """It is copied if that is asked for, and told of unless it is dropped."""
    (folder / "logs").mkdir()
    (folder / "logs" / "core.bin").write_bytes(b"\0\1" * 99)
    result = command("redact", "logs", "-o", "out", "--unknown", unknown)
    assert result.exit_code == 0
    assert (folder / "out" / "core.bin").exists() == made
    assert ("core.bin: not copied" in result.stderr) == (unknown == "list")


def test_names_of_this_machine_are_asked_for_only_if_wanted(
    command: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Logs of others hold other names; --with-identity looks for those of this one."""
    asked = []

    def collect(*_: object, **__: object) -> Identity:
        asked.append(1)
        return Identity(accounts=("zaphodbeeblebrox",))

    monkeypatch.setattr("scrubber.naming.identity_disabled", lambda: False)
    monkeypatch.setattr("scrubber.naming.collect", collect)
    (folder / "logs").mkdir()
    (folder / "logs" / "app.log").write_bytes(b"hello zaphodbeeblebrox\n")
    command("redact", "logs", "-o", "out")
    assert asked == []
    assert (folder / "out" / "app.log").read_bytes() == b"hello zaphodbeeblebrox\n"
    command("redact", "logs", "-o", "out2", "--with-identity")
    assert asked
    assert (folder / "out2" / "app.log").read_bytes() == b"hello [user]\n"


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("logs", "--engine", "local"), "give it with -o"),
        (("s3://bucket/logs",), "give it with -o"),
        (("-", "-o", "out/"), "stdin is none"),
        (("--dry-run",), "stdin is none"),
        (("logs", "-o", "out", "--in-place"), "not for folders"),
        (("logs", "-o", "out", "--line-buffered"), "not for folders"),
        (("logs", "--dry-run", "--verify"), "exclude each other"),
        (("logs", "--verify", "--manifest", "m"), "--manifest needs -o"),
        (("logs", "-o", "out", "--report", "s3://x/y"), "--report takes a file"),
        (("logs", "-o", "logs/out"), "lie in one another"),
        (("logs", "-o", "out", "--manifest", "logs/m"), "the manifest lies in a source"),
        (("logs", "-o", "logs/day-0/000.log"), "lie in one another"),
        (("logs", "-o", "file"), "the target cannot be made"),
        (("logs", "-o", "out", "--storage-option", "x"), "a storage option is written"),
        (("logs", "-o", "out", "--max-unpacked", "much"), "give a number of bytes"),
        (("logs", "-o", "out", "--max-ratio", "0"), "--max-ratio"),
        (("logs", "-o", "out", "--manifest", "file"), "a file of another kind"),
    ],
)
def test_what_does_not_go_together_is_refused(
    command: Command, folder: Path, args: tuple[str, ...], words: str
) -> None:
    """With 2, and before anything is written."""
    tree(folder / "logs")
    (folder / "file").write_bytes(b"mine")
    before = contents(folder)
    result = command("redact", *args)
    assert result.exit_code == 2
    assert words in result.stderr
    after = contents(folder)
    after.pop("out", None)
    assert after == before


@pytest.mark.parametrize(
    ("size", "code"), [("1000", 2), ("1k", 2), ("1MiB", 0), ("20G", 0), ("1t", 0)]
)
def test_how_much_a_file_may_unpack_to_is_chosen(
    command: Command, folder: Path, size: str, code: int
) -> None:
    """In bytes, or with a unit."""
    import gzip

    (folder / "logs").mkdir()
    (folder / "logs" / "app.log.gz").write_bytes(gzip.compress(b"ok\n" * 1000))
    assert command("redact", "logs", "-o", "out", "--max-unpacked", size).exit_code == code


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_run_killed_at_random_ends_as_one_that_was_not(
    command: Command, spawn: Spawn, folder: Path, jobs: str
) -> None:
    """Killed again and again, until it is done: the tree and the manifest are those of one run."""
    tree(folder / "logs", count=40, lines=400)
    assert command("redact", "logs", "-o", "whole/out").exit_code == 0
    expected = contents(folder / "whole")
    manifest = folder / "killed" / "out.manifest.jsonl"
    chance = random.Random(11)  # noqa: S311  # no secret
    for _ in range(5):
        before = _lines(manifest)
        wanted = before + chance.randrange(1, 9)
        args = ("redact", "-q", "logs", "-o", "killed/out", "--jobs", jobs)
        with spawn(*args, start_new_session=True) as process:
            deadline = time.monotonic() + PATIENCE
            while process.poll() is None and _lines(manifest) < wanted:
                assert time.monotonic() < deadline
            os.killpg(process.pid, signal.SIGKILL)
        for name, data in contents(folder / "killed" / "out").items():
            last = name.rpartition("/")[2]
            assert last.startswith(".scrubber-") or data == expected[f"out/{name}"]
            assert RAW not in (data or b"")
    assert command("redact", "logs", "-o", "killed/out", "--jobs", jobs, "--verify").exit_code == 0
    assert contents(folder / "killed") == expected


def _lines(manifest: Path) -> int:
    return manifest.read_bytes().count(b"\n") if manifest.exists() else 0


def test_two_runs_at_once_are_refused(command: Command, spawn: Spawn, folder: Path) -> None:
    """The second one writes nothing, and the first one is done."""
    tree(folder / "logs", count=40, lines=2000)
    with spawn("redact", "-q", "logs", "-o", "out") as process:
        deadline = time.monotonic() + PATIENCE
        while process.poll() is None and _lines(folder / "out.manifest.jsonl") < 1:
            assert time.monotonic() < deadline
        result = command("redact", "logs", "-o", "out")
        assert process.wait(PATIENCE) == 0
    assert result.exit_code == 2
    assert "another run" in result.stderr
    assert len(list((folder / "out").rglob("*.log"))) == 40


@pytest.mark.parametrize("args", [(), ("--dry-run",), ("--verify",)])
def test_a_source_that_is_not_there_is_refused(
    command: Command, folder: Path, args: tuple[str, ...]
) -> None:
    """A name that was mistyped: before anything is written."""
    tree(folder / "logs")
    before = contents(folder)
    result = command("redact", "logs", "lgos", "-o", "out", *args)
    assert (result.exit_code, contents(folder)) == (2, before)
    assert "lgos: is not there" in result.stderr


def test_a_page_shows_what_was_verified(command: Command, folder: Path) -> None:
    """That nothing is left; or what holds something."""
    tree(folder / "logs")
    args = ("redact", "logs", "-o", "out", "--verify", "--report", "report.html")
    assert command(*args).exit_code == 0
    assert "The target holds nothing that is found." in (folder / "report.html").read_text("utf-8")
    (folder / "out" / "raw.log").write_bytes(LINE)
    assert command(*args).exit_code == 2
    page = (folder / "report.html").read_text("utf-8")
    assert "raw.log" in page
    assert "still holds 1 finding" in page


def test_few_rules_that_hit_often_are_told_one_by_one(command: Command, folder: Path) -> None:
    """The page has the rest."""
    tree(folder / "logs", count=7, lines=200)
    lines = command("redact", "logs", "-o", "out").stderr.splitlines()
    assert len([line for line in lines if "look whether it should" in line]) == 3
    assert "scrubber: and 4 more rules that hit unusually often; --report shows them" in lines
