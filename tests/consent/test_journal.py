"""The journal of what was sent."""

from __future__ import annotations

import json
import os
import re
import threading
from typing import TYPE_CHECKING, Any

import pytest

from scrubber.consent.file_lock import locked
from scrubber.consent.journal import LONGEST, MOST, host_of
from scrubber.errors import ConfigError

if TYPE_CHECKING:
    from pathlib import Path

    from scrubber.consent import Settings

HOST = "o1.ingest.example.com"


def payloads(settings: Settings) -> list[str]:
    """Return what is noted."""
    return [entry.payload for entry in settings.journal.entries()]


def test_what_was_sent_is_there_word_for_word(settings: Settings, folder: Path) -> None:
    """With when, what and where to; readable by its owner only."""
    sent = '{"message": "mail to [email]"}\n\x1b[31m é \U0001f600 \udcff'
    settings.journal.note("event", sent, to=HOST)
    (entry,) = settings.journal.entries()
    assert (entry.kind, entry.to, entry.payload, entry.whole) == ("event", HOST, sent, True)
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}Z", entry.at)
    file = folder / "sent.jsonl"
    assert json.loads(file.read_text("ascii"))["payload"] == sent
    if os.name == "posix":
        assert file.stat().st_mode & 0o777 == 0o600
        assert folder.stat().st_mode & 0o777 == 0o700


def test_bytes_are_shown_as_text(settings: Settings) -> None:
    """Those that are none, as escapes."""
    settings.journal.note("item", "ü".encode() + b"\xff\x00", to=HOST)
    assert payloads(settings) == ["ü\\xff\x00"]


def test_the_newest_are_kept(settings: Settings, folder: Path) -> None:
    """So many, in order, and in the file no more either."""
    for number in range(MOST + 10):
        settings.journal.note("event", str(number), to=HOST)
    assert payloads(settings) == [str(number) for number in range(10, MOST + 10)]
    assert len((folder / "sent.jsonl").read_bytes().splitlines()) == MOST


def test_the_file_is_bounded(settings: Settings, folder: Path) -> None:
    """By bytes, too; the oldest go."""
    for number in range(20):
        settings.journal.note("event", f"{number}:" + "x" * 100_000, to=HOST)
        assert (folder / "sent.jsonl").stat().st_size <= LONGEST
    kept = [text.partition(":")[0] for text in payloads(settings)]
    assert kept == [str(number) for number in range(10, 20)]


@pytest.mark.parametrize("char", ["x", "\U0001f600", "\x00"])
def test_what_is_too_long_is_cut_and_says_so(settings: Settings, folder: Path, char: str) -> None:
    """It does not push everything else out."""
    settings.journal.note("event", "first", to=HOST)
    settings.journal.note("event", char * 3_000_000, to=HOST)
    first, second = settings.journal.entries()
    assert (first.payload, first.whole, second.whole) == ("first", True, False)
    assert second.payload
    assert (folder / "sent.jsonl").stat().st_size <= LONGEST


@pytest.mark.parametrize("damage", [b'{"at": "2026', b"\n\n", b"\x00\xff\n", b'{"at": 3}\n'])
def test_a_damaged_line_costs_itself_only(settings: Settings, folder: Path, damage: bytes) -> None:
    """As a writer leaves it that was killed, or a disk that was full."""
    settings.journal.note("event", "first", to=HOST)
    with (folder / "sent.jsonl").open("ab") as file:
        file.write(damage)
    assert payloads(settings) == ["first"]
    settings.journal.note("event", "second", to=HOST)
    assert payloads(settings) == ["first", "second"]


def test_a_file_that_is_open_to_others_is_closed(settings: Settings, folder: Path) -> None:
    """Before anything is written to it."""
    settings.journal.note("event", "first", to=HOST)
    if os.name == "posix":
        (folder / "sent.jsonl").chmod(0o644)
        settings.journal.note("event", "second", to=HOST)
        assert (folder / "sent.jsonl").stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(os.name != "posix", reason="links and pipes of POSIX")
@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_what_is_no_file_is_not_written_to(
    settings: Settings, folder: Path, tmp_path: Path, kind: str
) -> None:
    """Nor waited for."""
    folder.mkdir(parents=True)
    other = tmp_path / "other"
    other.write_text("mine", "ascii")
    file = folder / "sent.jsonl"
    if kind == "link":
        file.symlink_to(other)
    elif kind == "pipe":
        os.mkfifo(file)
    else:
        file.mkdir()
    settings.journal.note("event", "first", to=HOST)
    assert settings.journal.entries() == []
    assert other.read_text("ascii") == "mine"


@pytest.mark.parametrize("payload", [None, 3, object(), memoryview(b"x")])
def test_noting_never_raises(settings: Settings, payload: Any) -> None:  # noqa: ANN401
    """Whatever it is given."""
    settings.journal.note("event", payload, to=HOST)
    assert settings.journal.entries() == []


def test_noting_where_nothing_can_be_written_is_silent(
    ordinary_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that is closed; a place that cannot be."""
    from scrubber.consent import Settings

    ordinary_folder.chmod(0o500)
    settings = Settings("mylib", folder=ordinary_folder / "mylib")
    settings.journal.note("event", "first", to=HOST)
    assert settings.journal.entries() == []
    monkeypatch.setenv("SCRUBBER_CONFIG_DIR", "relative")
    Settings("mylib").journal.note("event", "first", to=HOST)
    assert Settings("mylib").journal.entries() == []
    with pytest.raises(ConfigError):
        Settings("mylib").journal.clear()


def test_clear_forgets(settings: Settings, folder: Path) -> None:
    """All of it; and clearing nothing makes nothing."""
    settings.journal.clear()
    assert not folder.exists()
    settings.journal.note("event", "first", to=HOST)
    settings.journal.clear()
    assert settings.journal.entries() == []
    assert not (folder / "sent.jsonl").exists()


def test_threads_note_all(settings: Settings) -> None:
    """At once; each line is whole, and none is lost."""
    journal = settings.journal

    def work(name: int) -> None:
        for number in range(10):
            journal.note("event", f"{name}.{number}" + "x" * 500, to=HOST)

    threads = [threading.Thread(target=work, args=(name,)) for name in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = [text.rstrip("x") for text in payloads(settings)]
    assert sorted(found) == sorted(f"{a}.{b}" for a in range(20) for b in range(10))


def test_a_lock_that_nobody_lets_go_does_not_hold_up(
    settings: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is sent then is noted all the same."""
    monkeypatch.setattr("scrubber.consent.journal._WAIT", 0.05)
    settings.journal.note("event", "first", to=HOST)
    with locked(folder / "settings.lock", 1) as mine:
        assert mine
        settings.journal.note("event", "second", to=HOST)
    settings.journal.note("event", "third", to=HOST)
    assert payloads(settings) == ["first", "second", "third"]


@pytest.mark.parametrize(
    ("address", "host"),
    [
        (HOST, HOST),
        (f"https://key:word@{HOST}:443/4?jane=1#x", HOST),
        (f"//{HOST}/x", HOST),
        (f"{HOST}:8080", HOST),
        (f"jane@{HOST}", HOST),
        ("http://[::1]:9000/x", "[::1]:9000"),
        ("http://127.0.0.1:9/1", "127.0.0.1"),
        ("", ""),
        ("http://a\nb\x1b[1m.example.com", "ab[1m.example.com"),
    ],
)
def test_only_the_host_of_an_address_is_kept(address: str, host: str) -> None:
    """Neither an account nor a path."""
    assert host_of(address) == host
