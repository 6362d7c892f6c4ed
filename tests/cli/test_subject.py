"""`scrubber subject`, as its users call it."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import os
import random
import stat
import sys
import tracemalloc
from typing import TYPE_CHECKING

import pytest

from scrubber.encodings import ENCODINGS
from tests.cli.log_folders import KILLED, OLD, Run, call, run_apart, tree

JANE = ("jane.vexler@example.com", "jvexler77", "192.0.2.17", "2001:db8::17", "Jane Vexler")
BOB = ("bob@example.org", "192.0.2.99", "Bob Smith", "+49 30 7654321", "hunter2secret")
TEXT = """\
2026-01-03 10:00:00 jane.vexler@example.com from 192.0.2.17; Bob Smith <bob@example.org> watched
2026-01-03 10:00:01 mail from=bob@example.org to=jane.vexler@example.com,alice@example.net
2026-01-03 10:00:02 nobody but bob@example.org from 192.0.2.99
GET https://example.com/~jvexler77?to=bob@example.org&password=hunter2secret 200
{"user": "jvexler77", "friend": {"email": "bob@example.org", "phone": "+49 30 7654321"}}
/home/jvexler77/mail/bob@example.org/inbox from 2001:DB8:0:0::17
Jan 12 03:04:05 host sshd: Jane Vexler called Bob Smith on +49 30 7654321
payload=Ym9iQGV4YW1wbGUub3JnLGphbmUudmV4bGVyQGV4YW1wbGUuY29t
"""
if TYPE_CHECKING:
    from pathlib import Path

posix_only = pytest.mark.skipif(os.name != "posix", reason="modes and signals of POSIX")


@pytest.fixture
def logs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Logs of two people, packed in every way, with a file without either and a binary one."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    folder = tmp_path / "logs"
    folder.mkdir()
    data = TEXT.encode()
    files = {
        "app.log": data,
        "b.log.gz": gzip.compress(data, mtime=0),
        "c.log.bz2": bz2.compress(data),
        "d.log.xz": lzma.compress(data),
        "e": b"\xff\xfe" + TEXT.encode("utf-16-le"),
        "f.log": b"caf\xe9 \xff stray jvexler77\r\nno newline at the end",
        "g.log": b"nothing here\n",
        "h.bin": b"\0\1\2\3" * 8 + b"jvexler77",
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
        os.utime(folder / name, (OLD, OLD))
    return folder


@pytest.fixture
def known(tmp_path: Path) -> Path:
    """The file of Jane's identifiers."""
    path = tmp_path / "identifiers"
    path.write_text("# Jane\n" + "\n".join(JANE) + "\n")
    path.chmod(0o600)
    return path


def unpacked(path: Path) -> str:
    """Give the text of a file."""
    unpack = {".gz": gzip.decompress, ".bz2": bz2.decompress, ".xz": lzma.decompress}
    data = unpack.get(path.suffix, bytes)(path.read_bytes())
    return data.decode("utf-16" if data.startswith(b"\xff\xfe") else "utf-8", "surrogateescape")


def test_find_counts_by_file_and_kind(logs: Path, known: Path) -> None:
    """In every compression and encoding; binary files are told of."""
    result = call("subject", "find", logs, "--identifiers", known, "--json")
    assert result.exit_code == 1, result.output
    found = json.loads(result.stdout)
    kinds = {"email": 3, "ip": 2, "name": 1, "user": 3}
    names = ["app.log", "b.log.gz", "c.log.bz2", "d.log.xz", "e", "f.log"]
    assert [one["file"] for one in found["files"]] == names
    assert [one["kinds"] for one in found["files"]] == [*([kinds] * 5), {"user": 1}]
    assert found["left_out"] == [{"file": "h.bin", "reason": "is binary"}]
    assert found["counts"]["clean"] == 1


def test_find_shows_places_and_no_text(logs: Path, known: Path) -> None:
    """`file:line:column: kind`, as editors take it."""
    result = call("subject", "find", logs, "--identifiers", known, "--lines")
    lines = result.stdout.splitlines()
    assert lines[1:4] == ["app.log:1:21: email", "app.log:1:50: ip", "app.log:2:50: email"]
    assert [one for one in (*JANE, *BOB) if one in result.output] == []


def test_nothing_found_ends_with_0(logs: Path) -> None:
    """As a search that finds nothing, the other way round than grep."""
    result = call("subject", "find", logs, "--identifiers", "-", stdin=b"zoe.quux@example.com\n")
    assert (result.exit_code, "0 places found in 0 files" in result.stdout) == (0, True)


def test_erase_leaves_all_else(logs: Path, known: Path) -> None:
    """Each identifier is `[subject]`; every other byte, mode and time stays."""
    before = tree(logs)
    result = call("subject", "erase", logs, "--identifiers", known)
    assert result.exit_code == 0, result.output
    wanted = TEXT
    for one in (*JANE, "2001:DB8:0:0::17"):
        wanted = wanted.replace(one, "[subject]")
    assert wanted.endswith("payload=Ym9iQGV4YW1wbGUub3JnLGphbmUudmV4bGVyQGV4YW1wbGUuY29t\n")
    for name in ("app.log", "b.log.gz", "c.log.bz2", "d.log.xz", "e"):
        *lines, payload = unpacked(logs / name).splitlines(keepends=True)
        assert "".join(lines) == "".join(wanted.splitlines(keepends=True)[:-1]), name
        assert payload.startswith("payload=Ym9iQGV4YW1wbGUub3Js"[:-1])
        assert "[subject]" in payload
    assert (logs / "f.log").read_bytes() == b"caf\xe9 \xff stray [subject]\r\nno newline at the end"
    for name in ("g.log", "h.bin"):
        assert tree(logs)[name] == before[name]
    assert {one[1:] for one in tree(logs).values()} == {one[1:] for one in before.values()}
    again = call("subject", "find", logs, "--identifiers", known)
    assert again.exit_code == 0, again.stdout


def test_erase_may_replace_as_a_policy_does(logs: Path, known: Path) -> None:
    """What stands there then is the placeholder of its kind."""
    call("subject", "erase", logs, "--identifiers", known, "--policy", "balanced")
    assert unpacked(logs / "app.log").startswith("2026-01-03 10:00:00 [email] from [ip]; Bob Smith")


def test_erase_dry_run_changes_nothing(logs: Path, known: Path) -> None:
    """It counts what a run would count."""
    before = tree(logs)
    would = json.loads(
        call("subject", "erase", logs, "--identifiers", known, "--dry-run", "--json").stdout
    )
    assert tree(logs) == before
    did = json.loads(call("subject", "erase", logs, "--identifiers", known, "--json").stdout)
    assert (would["files"], would["dry_run"], did["dry_run"]) == (did["files"], True, False)


def test_erase_keeps_json(tmp_path: Path) -> None:
    """A number that stands bare becomes 0."""
    folder = tmp_path / "logs"
    folder.mkdir()
    (folder / "a.jsonl").write_text('{"phone": 4930123456, "by": "Jane Vexler"}\n')
    call("subject", "erase", folder, "--identifiers", "-", stdin=b"+49 30 123456\nJane Vexler\n")
    assert json.loads((folder / "a.jsonl").read_text()) == {"phone": 0, "by": "[subject]"}


def test_export_has_nobody_else(logs: Path, known: Path, tmp_path: Path) -> None:
    """Each line that concerns the person, what is theirs readable, and nothing of others."""
    out = tmp_path / "export.txt"
    result = call("subject", "export", logs, "--identifiers", known, "-o", out)
    assert result.exit_code == 0, result.output
    text = out.read_text()
    assert [one for one in (*BOB, "alice", "example.org", "Smith", "7654321") if one in text] == []
    lines = [line for line in text.splitlines() if line.startswith("1:")]
    assert [line.split(":")[1] for line in lines] == ["1", "2", "4", "5", "6", "7", "8"]
    assert lines[0] == (
        "1:1: 2026-01-03 10:00:00 jane.vexler@example.com from 192.0.2.17;"
        " [person] <[email]> watched"
    )
    assert all("jvexler77" in line for line in lines[2:5])
    assert "Ym9i" not in text
    if os.name == "posix":
        assert stat.S_IMODE(out.stat().st_mode) == 0o600


def test_export_refuses_what_is_there(logs: Path, known: Path, tmp_path: Path) -> None:
    """It neither overwrites a file nor writes into the folder it reads."""
    (tmp_path / "out").write_text("mine")
    for out in (tmp_path / "out", logs / "out"):
        result = call("subject", "export", logs, "--identifiers", known, "-o", out)
        assert result.exit_code == 2
    assert ((tmp_path / "out").read_text(), (logs / "out").exists()) == ("mine", False)


def test_export_fails_closed(
    logs: Path, known: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line whose other people cannot be looked for is a marker."""
    from scrubber.errors import ScrubberError
    from scrubber.pipeline import Scrubber

    def fail(*_args: object) -> None:
        raise ScrubberError("the text could not be scanned")

    monkeypatch.setattr(Scrubber, "scan", fail)
    result = call("subject", "export", logs, "--identifiers", known, "-o", tmp_path / "out")
    assert result.exit_code == 2
    text = (tmp_path / "out").read_text()
    assert {line.split(": ", 1)[1] for line in text.splitlines()} == {"[scrub-failed]"}


@pytest.mark.parametrize(
    "args",
    [
        ("find", "LOGS", "zoe@example.com"),
        ("find", "LOGS", "--email", "zoe@example.com"),
        ("find", "LOGS", "--email=zoe@example.com"),
        ("find", "LOGS", "-e", "zoe@example.com"),
        ("erase", "LOGS", "--user", "zoe@example.com"),
        ("export", "LOGS", "-o", "out", "zoe@example.com"),
        ("find", "LOGS", "--identifiers", "zoe@example.com"),
        ("find", "zoe@example.com"),
        ("zoe@example.com", "LOGS"),
    ],
)
def test_an_identifier_on_the_command_line_is_refused(logs: Path, args: tuple[str, ...]) -> None:
    """With words that say what to do, and do not repeat it."""
    before = tree(logs)
    result = call("subject", *(str(logs) if one == "LOGS" else one for one in args))
    assert (result.exit_code, result.stdout, tree(logs)) == (2, "", before)
    assert result.stderr
    assert "zoe" not in result.stderr


def test_without_a_terminal_nobody_is_asked(logs: Path) -> None:
    """The command says how to give identifiers, and does not wait."""
    result = call("subject", "find", logs)
    assert (result.exit_code, "use --identifiers FILE" in result.stderr) == (2, True)


def test_identifiers_are_asked_for_without_echo(
    logs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One after the other, until one is empty."""
    answers = iter(["jvexler77", "192.0.2.17", ""])
    hidden = []

    def prompt(_text: str, **options: object) -> str:
        hidden.append(options["hide_input"])
        return next(answers)

    monkeypatch.setattr("click.prompt", prompt)
    monkeypatch.setattr(
        "click.testing._NamedTextIOWrapper.isatty", lambda _self: True, raising=False
    )
    result = call("subject", "find", logs, "--json")
    assert result.exit_code == 1, result.output
    assert json.loads(result.stdout)["kinds"] == {"ip": 5, "user": 16}
    assert hidden == [True, True, True]


@posix_only
def test_a_file_of_identifiers_for_all_eyes_is_told(logs: Path, known: Path) -> None:
    """It is used, and the operator told."""
    known.chmod(0o644)
    assert "can be read by others" in call("subject", "find", logs, "--identifiers", known).stderr


def test_a_file_of_identifiers_in_the_folder_is_refused(logs: Path) -> None:
    """An erasure would erase it."""
    (logs / "ids").write_text("jvexler77\n")
    result = call("subject", "erase", logs, "--identifiers", logs / "ids")
    assert (result.exit_code, (logs / "ids").read_text()) == (2, "jvexler77\n")


def test_names_of_files_are_told(tmp_path: Path) -> None:
    """An identifier in a path is counted for its file, whose name stays."""
    folder = tmp_path / "logs"
    folder.mkdir()
    (folder / "jvexler77.log").write_text("nothing\n")
    result = call("subject", "find", folder, "--identifiers", "-", stdin=b"jvexler77\n")
    assert (result.exit_code, "an identifier is in its name" in result.stdout) == (1, True)


@pytest.mark.parametrize("value", [*JANE, "+49 30 1234567", "Zo\xeb K\xf6nig-Vexler"])
def test_every_encoding_is_seen(tmp_path: Path, value: str) -> None:
    """Whatever wrote the identifier into the log: each has a file of its own."""
    folder = tmp_path / "logs"
    folder.mkdir()
    for name, encoding in ENCODINGS.items():
        text = encoding.encode(f"user {value} logged in")
        (folder / f"{name}.log").write_text(f"line\n{text}\nline\n", "utf-8")
    result = call("subject", "find", folder, "--identifiers", "-", "--json", stdin=value.encode())
    found = {one["file"]: one["kinds"] for one in json.loads(result.stdout)["files"]}
    assert {
        name: sum(found.get(f"{name}.log", {}).values()) for name in ENCODINGS
    } == dict.fromkeys(ENCODINGS, 1)


def test_a_short_name_is_a_whole_word(tmp_path: Path) -> None:
    """And the operator is told to look at the places; a log's own dates are left."""
    folder = tmp_path / "logs"
    folder.mkdir()
    text = (
        "Jan 12 03:04:05 host sshd: login jan\n[12/Jan/2026:10:00:00] GET /~jan/ janet january\n"
        "JAN@host user=Jan jan_backup jan-2026\n"
    )
    (folder / "a.log").write_text(text)
    result = call("subject", "erase", folder, "--identifiers", "-", stdin=b"user: jan\n")
    assert (folder / "a.log").read_text() == (
        "Jan 12 03:04:05 host sshd: login [subject]\n"
        "[12/Jan/2026:10:00:00] GET /~[subject]/ janet january\n"
        "[subject]@host user=[subject] jan_backup jan-2026\n"
    )
    assert "line 1: a user that is short or a common word" in result.stderr
    assert "jan" not in result.stderr.replace("january", "")


@posix_only
def test_an_erasure_that_was_killed_is_begun_again(tmp_path: Path) -> None:
    """At whichever step: no file is ever half, and the next run comes to the same tree."""
    ids = tmp_path / "ids"
    ids.write_text("\n".join(JANE))
    ids.chmod(0o600)

    def made(name: str) -> Path:
        folder = tmp_path / name
        folder.mkdir()
        for file in ("a.log", "b.log"):
            (folder / file).write_text(TEXT)
            os.utime(folder / file, (OLD, OLD))
        (folder / "c.log.gz").write_bytes(gzip.compress(TEXT.encode(), mtime=0))
        os.utime(folder / "c.log.gz", (OLD, OLD))
        return folder

    shares = [0.0, *sorted(random.Random(9).random() for _ in range(4))]  # noqa: S311
    folders = [made(f"killed_{number}") for number in range(len(shares))]
    before = tree(folders[0])
    runs = [
        Run(("subject", "erase", folder, "--identifiers", ids), folder, killed_at=share)
        for folder, share in zip(folders, shares, strict=True)
    ]
    assert run_apart(*runs)[0] == [0, *([KILLED] * (len(runs) - 1))]
    wanted = tree(folders[0])
    for folder in folders[1:]:
        for name, found in tree(folder).items():
            if not name.startswith(".scrubber-"):
                assert found in (before[name], wanted[name]), (folder.name, name)
        resumed = call("subject", "erase", folder, "--identifiers", ids)
        assert (resumed.exit_code, tree(folder)) == (0, wanted), folder.name


def test_memory_is_flat(tmp_path: Path) -> None:
    """A line without end is looked at in blocks, and nothing of it is kept."""
    folder = tmp_path / "logs"
    folder.mkdir()
    with gzip.open(folder / "a.log.gz", "wb", 1) as file:
        for _ in range(24):
            file.write(b"x" * (1 << 20))
        file.write(b" jvexler77 ")
    ids = b"jvexler77\n"
    (tmp_path / "small").mkdir()
    (tmp_path / "small/a.log").write_bytes(ids)
    # What is made once is made.
    call("subject", "find", tmp_path / "small", "--identifiers", "-", stdin=ids)
    tracemalloc.start()
    try:
        result = call("subject", "find", folder, "--identifiers", "-", stdin=ids)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (result.exit_code, most < 16 << 20) == (1, True)


@pytest.mark.skipif(sys.platform != "linux", reason="names of any bytes")
def test_names_of_any_bytes_are_taken(tmp_path: Path) -> None:
    """A name moves no cursor, and one that is no UTF-8 is a name."""
    folder = tmp_path / "logs"
    folder.mkdir()
    for name in (os.fsdecode(b"caf\xe9.log"), "a\x1b[31m\nb.log"):
        (folder / name).write_text("by jvexler77\n")
    out = tmp_path / "out"
    for args in (("find", "--lines"), ("export", "-o", str(out)), ("erase",)):
        result = call(
            "subject", args[0], folder, *args[1:], "--identifiers", "-", stdin=b"jvexler77"
        )
        assert result.exit_code == (args[0] == "find"), result.output
        assert "\x1b" not in result.output
    assert out.read_text() == "1:1: by jvexler77\n2:1: by jvexler77\n"
    assert {path.read_text() for path in folder.iterdir()} == {"by [subject]\n"}


def test_a_log_with_a_hole_is_text(tmp_path: Path) -> None:
    """NULs of a power cut or a rotation hide nothing; under other names they are binary."""
    folder = tmp_path / "logs"
    folder.mkdir()
    data = b"\0" * (1 << 20) + b"\0by jvexler77\0\n"
    names = ("a.log", "b.log.1", "c.bin", "d.log")
    for name in names:
        (folder / name).write_bytes(b"\1" + data[-64:] if name == "d.log" else data)
    (folder / "e.log").write_bytes(b"\0" * 9000)
    result = call("subject", "erase", folder, "--identifiers", "-", "--json", stdin=b"jvexler77")
    found = json.loads(result.stdout)
    assert [one["file"] for one in found["files"]] == ["a.log", "b.log.1"]
    assert [one["file"] for one in found["left_out"]] == ["c.bin", "d.log", "e.log"]
    assert (folder / "a.log").read_bytes() == data.replace(b"jvexler77", b"[subject]")


def test_a_folder_that_cannot_be_read_is_not_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody may be told that nothing is left when nobody has looked."""
    folder = tmp_path / "logs"
    (folder / "sub").mkdir(parents=True)
    scan = os.scandir

    def refused(path: Path) -> object:
        if path.name == "sub":
            raise PermissionError
        return scan(path)

    monkeypatch.setattr("scrubber.retention.folder.os.scandir", refused)
    result = call("subject", "erase", folder, "--identifiers", "-", stdin=b"jvexler77")
    assert (result.exit_code, "sub: the folder cannot be read" in result.stdout) == (2, True)


def test_an_event_is_exported_by_its_fields(tmp_path: Path) -> None:
    """What is somebody else's only because of where it stands goes, too."""
    folder = tmp_path / "logs"
    folder.mkdir()
    event = {"event_id": "a" * 32, "user": {"id": "bq-4711"}, "message": "mail to jvexler77"}
    (folder / "a.jsonl").write_text(json.dumps(event) + "\n")
    out = tmp_path / "out"
    call("subject", "export", folder, "--identifiers", "-", "-o", out, stdin=b"jvexler77")
    assert ("bq-4711" in out.read_text(), "jvexler77" in out.read_text()) == (False, True)


@posix_only
def test_a_file_with_other_names_is_not_erased(tmp_path: Path) -> None:
    """Its text would stay under them, so it is told of, and the end is 2."""
    folder = tmp_path / "logs"
    folder.mkdir()
    (folder / "a.log").write_text("by jvexler77\n")
    (folder / "b.log").hardlink_to(folder / "a.log")
    result = call("subject", "erase", folder, "--identifiers", "-", stdin=b"jvexler77")
    assert (result.exit_code, (folder / "a.log").read_text()) == (2, "by jvexler77\n")
    assert "has other names" in result.stdout


def test_a_file_that_is_cut_off_stops_no_other(logs: Path, known: Path) -> None:
    """It stays as it is, and what was found in it before is counted by `find`."""
    whole = (logs / "b.log.gz").read_bytes()
    (logs / "b.log.gz").write_bytes(whole[:-9])
    result = call("subject", "erase", logs, "--identifiers", known, "--json")
    told = json.loads(result.stdout)
    assert result.exit_code == 2
    assert told["failed"] == [{"file": "b.log.gz", "reason": "is cut off, or not gz data"}]
    assert (logs / "b.log.gz").read_bytes() == whole[:-9]
    assert "jvexler77" not in unpacked(logs / "app.log")
