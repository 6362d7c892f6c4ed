"""`scrubber key`: which key there is, a new one, and never the key."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click
import pytest

from scrubber.redact.key import FILE_VARIABLE, load_key

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command


@pytest.fixture
def place(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the key is: in the home."""
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(folder))
    path = folder / "data" / "my.key"
    monkeypatch.setenv(FILE_VARIABLE, str(path))
    return path


def secret(place: Path) -> str:
    """Return the key as its file has it."""
    return place.read_text("ascii").split()[-1]


@pytest.mark.parametrize("options", [(), ("-v",), ("--verbose",)])
def test_show_says_which_key_it_is(
    command: Command, place: Path, folder: Path, options: tuple[str, ...]
) -> None:
    """Id, epoch, day, place and permissions; neither the key nor the home."""
    made = load_key(place)
    result = command("key", "show", *options)
    lines = dict(line.split(maxsplit=1) for line in result.stdout.splitlines())
    shown = os.path.join("~", "data", "my.key")  # noqa: PTH118  # as it is printed
    assert lines["id"] == made.id
    assert lines["epoch"] == "1"
    assert lines["made"] == made.made
    assert lines["file"] == shown
    assert lines["permissions"] == ("-rw-------" if os.name == "posix" else "those of its folder")
    assert result.exit_code == 0
    assert secret(place) not in result.output
    assert str(folder) not in result.output


def test_show_makes_no_key(command: Command, place: Path) -> None:
    """Who looks changes nothing."""
    result = command("key", "show", "-v")
    assert result.exit_code == 0
    assert "there is no key yet; the first pseudonym makes one" in result.stderr
    assert f"the place is what {FILE_VARIABLE} names" in result.stderr
    assert not place.exists()


def test_the_usual_place_is_said_to_be_so(
    command: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With -v; outside of the home a path is shown as it is."""
    platformdirs = pytest.importorskip("platformdirs")
    monkeypatch.setattr(platformdirs, "user_data_path", lambda name, **_: folder / name)
    result = command("key", "show", "--verbose")
    assert "the place is the one by default" in result.stderr
    assert result.stdout.split() == ["file", str(folder / "crashscrub" / "pseudonyms.key")]


def test_rotate_makes_another_key(command: Command, place: Path) -> None:
    """Of the next epoch; and says what that means."""
    before, old = load_key(place), secret(place)
    result = command("key", "rotate", "--yes", "-v")
    after = load_key(place)
    assert result.exit_code == 0
    assert (after.epoch, after.id != before.id) == (2, True)
    assert f"id     {after.id}" in result.stdout
    assert "old pseudonyms match no more" in result.stderr
    assert old not in result.output
    assert secret(place) not in result.output


@pytest.mark.parametrize(
    ("answer", "code", "epoch"),
    [(b"y\n", 0, 2), (b"n\n", 2, 1), (b"\n", 2, 1), (b"", 2, 1)],
    ids=["yes", "no", "nothing", "nobody"],
)
def test_rotate_asks(command: Command, place: Path, answer: bytes, code: int, epoch: int) -> None:
    """Only a yes is a yes; what did not happen is no success."""
    load_key(place)
    result = command("key", "rotate", stdin=answer)
    assert result.exit_code == code
    assert load_key(place).epoch == epoch
    assert ("nothing was changed" in result.stderr) is (code == 2)
    assert ("--yes does not ask" in result.stderr) is (answer == b"")


def test_ctrl_c_at_the_question_ends_as_everywhere(
    command: Command, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With 130, and nothing changed."""
    load_key(place)

    def interrupted(*_: object, **__: object) -> bool:
        abort = click.Abort()
        abort.__context__ = KeyboardInterrupt()  # as click's own has
        raise abort

    monkeypatch.setattr(click, "confirm", interrupted)
    assert command("key", "rotate").exit_code == 130
    assert load_key(place).epoch == 1


@pytest.mark.parametrize("word", ["show", "rotate"])
def test_a_place_that_cannot_be_is_one_sentence(
    command: Command, place: Path, monkeypatch: pytest.MonkeyPatch, word: str
) -> None:
    """And ends with 2; --yes does not change that."""
    options = ("--yes",) if word == "rotate" else ()
    monkeypatch.setenv(FILE_VARIABLE, place.name)
    result = command("key", word, *options)
    assert (result.exit_code, result.stderr) == (
        2,
        "scrubber: SCRUBBER_KEY_FILE must be an absolute path\n",
    )
    monkeypatch.delenv(FILE_VARIABLE)
    monkeypatch.setitem(sys.modules, "platformdirs", None)
    result = command("key", word, *options)
    assert result.exit_code == 2
    assert result.stderr == (
        "scrubber: pseudonyms need platformdirs: pip install 'crashscrub[pseudonyms]', "
        "or set SCRUBBER_KEY_FILE\n"
    )


def test_show_of_a_damaged_key_says_what_to_do(command: Command, place: Path) -> None:
    """And shows nothing of the file."""
    load_key(place)
    place.write_bytes(b"garbage")
    result = command("key", "show")
    assert (result.exit_code, result.output) == (
        2,
        "scrubber: the key file is damaged; `scrubber key rotate` makes a new one\n",
    )
    assert command("key", "rotate", "--yes").exit_code == 0
    assert command("key", "show").exit_code == 0
