"""Names of files and folders without the names of people."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrubber.archive.names import Names
from scrubber.identity.model import Identity
from scrubber.pipeline import Scrubber

if TYPE_CHECKING:
    from pathlib import Path

SCRUBBER = Scrubber(identity=Identity.none())


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("app.log", "app.log"),
        ("2026-11-24T10-20-30.log", "2026-11-24T10-20-30.log"),
        ("home/jane/app.log", "home/[user]/app.log"),
        ("backup/home/jane/app.log", "backup/home/[user]/app.log"),
        ("2026/web-1/home/jane/app.log", "2026/web-1/home/[user]/app.log"),
        ("site/home/index.html", "site/home/index.html"),
        ("home/lost+found/x", "home/lost+found/x"),
        ("Users/jane doe/app.log", "Users/[user]/app.log"),
        ("jane@example.com.log.1.gz", "[email].log.1.gz"),
        ("x/192.0.2.7.log", "x/[ip].log"),
        (
            "runs/events.out.tfevents.1698765432.jane-laptop.1234.0",
            "runs/events.out.tfevents.1698765432.[host].1234.0",
        ),
        ("line\njane@example.com.log", "line\n[email].log"),
        (os.fsdecode(b"caf\xe9/jane@example.com.log"), os.fsdecode(b"caf\xe9/[email].log")),
        ("../../etc/passwd", "_/_/etc/passwd"),
        ("/etc/./passwd//", "etc/passwd"),
        ("a\0b", "a_b"),
        ("", ""),
        ("/", ""),
    ],
)
def test_what_is_found_in_a_segment_goes(path: str, name: str) -> None:
    """Suffixes and all else stay; nothing leads out of the folder."""
    assert Names(SCRUBBER).of(path) == name


def test_two_paths_never_share_a_name() -> None:
    """They are numbered in the order asked, folders too, and where only case differs."""
    names = Names(SCRUBBER)
    paths = ["home/jane/x.log", "home/john/x.log", "A.log", "a.log", "home/jane/y.log"]
    expected = ["home/[user]/x.log", "home/[user]~2/x.log", "A.log", "a~2.log", "home/[user]/y.log"]
    assert [names.of(path) for path in paths] == expected
    assert [names.of(path) for path in reversed(paths)] == expected[::-1]


def test_paths_that_a_disk_takes_for_one_keep_apart() -> None:
    """In a bucket, and in an archive, they are two files; only where one begins does not count."""
    names = Names(SCRUBBER)
    paths = ["a/b", "a//b", "a/./b", "/a/b", "_/b", "../b", "./a/b", "a/b/"]
    expected = ["a/b", "a/b~2", "a/b~3", "a~2/b", "_/b", "_~2/b", "a/b", "a/b"]
    assert [names.of(one) for one in paths] == expected


def test_what_is_taken_is_not_given_again() -> None:
    """A file that is named like a numbered one is numbered on."""
    names = Names(SCRUBBER)
    paths = ["[email]~2.log", "jane@example.com.log", "joe@example.com.log"]
    assert [names.of(one) for one in paths] == ["[email]~2.log", "[email].log", "[email]~3.log"]


def test_what_lies_over_a_folder_says_whose_it_is() -> None:
    """It is no part of the name."""
    assert Names(SCRUBBER).of("jane/x.log", under="home") == "[user]/x.log"
    assert Names(SCRUBBER).of("jane/x.log") == "jane/x.log"


@pytest.mark.parametrize("mode", ["anchor", "full"])
def test_every_path_mode_knows_homes(mode: str) -> None:
    """And leaves the tree a tree."""
    names = Names(Scrubber(identity=Identity.none(), path_mode=mode))
    assert names.of("home/jane/run/app.log") == "home/[user]/run/app.log"
    assert names.of("home/[user]~2/app.log") == "home/[user]~2/app.log"


def test_pseudonyms_fit_every_file_system(tmp_path: Path) -> None:
    """No colon, no asterisk; and such a name stays when it is redacted again."""
    policy = replace(SCRUBBER.policy, operators={"EMAIL_ADDRESS": "pseudonym"})
    keyed = Scrubber(policy, identity=Identity.none(), key=tmp_path / "key")
    name = Names(keyed).of("jane@example.com.log")
    assert re.fullmatch(r"\[email~[0-9a-z]{10}\]\.log", name)
    assert Names(keyed).of(name) == name


def test_long_names_are_shortened() -> None:
    """To what every file system takes; they stay apart, and keep their suffix."""
    names = Names(SCRUBBER)
    found = [names.of("é" * 200 + end) for end in (".log", "x.log")]
    assert len(set(found)) == 2
    for one in found:
        assert one.endswith(".log")
        assert len(os.fsencode(one)) <= 255


def test_a_failure_gives_no_raw_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """The scrubber's marker stands for the name, numbered."""
    broken = Scrubber(identity=Identity.none())

    def fail(*_: object) -> None:
        raise RuntimeError("jane@example.com")

    monkeypatch.setattr("scrubber.redaction.Way.redact", fail)
    names = Names(broken)
    found = [names.of(one) for one in ("jane@example.com.log", "joe@example.com.log")]
    assert found == ["[scrub-failed]", "[scrub-failed]~2"]


SEGMENT = st.one_of(
    st.sampled_from(["home", "jane", "jane@example.com.log", "..", "a", "A", "[user]", "x.y.z"]),
    st.text(max_size=12),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(SEGMENT, min_size=1, max_size=4).map("/".join), max_size=6))
def test_names_are_paths_and_stay(paths: list[str]) -> None:
    """Whatever the paths: as many names as paths, none leads out, and none changes once more."""
    names = Names(SCRUBBER)
    found = {path: names.of(path) for path in paths}
    for name in found.values():
        segments = name.split("/") if name else []
        assert not {"", ".", ".."} & set(segments)
        assert not Names(SCRUBBER).holds(name)


def test_a_name_tells_whether_it_holds_something() -> None:
    """Numbers behind names that are taken are no findings."""
    names = Names(SCRUBBER)
    assert names.holds("home/jane/x.log")
    assert names.holds("jane/x.log", under="home")
    assert not any(map(names.holds, ("A.log", "a.log", "home/[user]~2/x.log")))
