"""`scrubber settings`: what may be sent, why, and no."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from scrubber.consent import Settings, warning

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command, Spawn


@pytest.fixture(autouse=True)
def nothing_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No variable says no, and settings lie in the home of the test."""
    for name in ("CI", "DO_NOT_TRACK", "MYLIB_SYNC", "CRASHSCRUB_SYNC"):
        monkeypatch.delenv(name, raising=False)
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setenv("SCRUBBER_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setattr(warning, "_said", set())


@pytest.fixture
def own() -> Settings:
    """The settings of this package."""
    return Settings("crashscrub")


def rows(output: str) -> dict[str, list[str]]:
    """Return the table that was printed: value and origin by name."""
    table = output.partition("\n\n")[0].splitlines()
    split = [[cell.strip() for cell in line.split("  ") if cell.strip()] for line in table]
    return {cells[0]: cells[1:] for cells in split}


def test_it_shows_each_value_and_where_it_comes_from(
    command: Command, own: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A table without colours where it is piped; the home is not told; nothing is made."""
    monkeypatch.setenv("CI", "true")
    result = command("settings")
    shown = rows(result.stdout)
    assert shown["setting"] == ["value", "from", "what it is"]
    assert shown["sync"][:2] == ["False", "CI"]
    assert shown["crash_reports"] == ["True", "default", "not sent, since sync is False"]
    assert shown["installation_id"][:2] == ["none yet", "default"]
    assert list(shown)[1:] == list(own)
    assert "\x1b" not in result.stdout
    place = os.path.join("~", "config", "crashscrub", "settings.json")  # noqa: PTH118  # as printed
    assert result.stdout.endswith(f"\nno file yet at {place}\n")
    assert "CI is set in the environment: nothing is sent, whatever was chosen" in result.stderr
    assert str(tmp_path) not in result.output
    assert (result.exit_code, own.folder.exists()) == (0, False)


def test_a_terminal_gets_the_same_words(spawn: Spawn) -> None:
    """As a process, with nothing but the table on stdout."""
    with spawn("settings", "--app", "mylib") as process:
        output, errors = process.communicate()
    assert process.returncode == 0
    assert rows(output.decode())["policy"][:2] == ["balanced", "default"]
    assert b"what is a default may be another one in mylib itself" in errors


@pytest.mark.parametrize(
    "words", [("sync=False",), ("sync=no", "--app", "crashscrub"), ("sync=0",), ("sync= OFF ",)]
)
def test_a_choice_is_written_and_shown(
    command: Command, own: Settings, words: tuple[str, ...]
) -> None:
    """However False is spelled."""
    result = command("settings", *words)
    assert result.exit_code == 0
    assert rows(result.stdout)["sync"][:2] == ["False", "file"]
    assert not own.allows("crash_reports")


def test_several_choices_are_one(command: Command, own: Settings) -> None:
    """All of them, or none where one is wrong."""
    assert command("settings", "sync=False", "crash_reports=True", "policy=strict").exit_code == 0
    assert (own["sync"], own["crash_reports"], own["policy"]) == (False, True, "strict")
    assert command("settings", "sync=True", "policy=jane").exit_code == 2
    assert own["sync"] is False


@pytest.mark.parametrize("where", ["before", "behind"])
def test_each_application_has_its_own(command: Command, own: Settings, where: str) -> None:
    """`--app` before or behind what is chosen."""
    app = ("--app", "mylib")
    before, behind = (app, ()) if where == "before" else ((), app)
    assert command("settings", *before, "sync=False", *behind).exit_code == 0
    assert command("settings", *before, "reset", *behind).exit_code == 0
    assert Settings("mylib")["sync"] is False
    assert own["sync"] is True


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("snc=False",), "unknown setting; did you mean 'sync'?"),
        (("sync=maybe",), "sync: must be True or False"),
        (("sync=",), "sync: must be True or False"),
        (("policy=jane-x",), "policy: must be one of balanced, fast, strict"),
        (("installation_id=x",), "installation_id: it is made at random and cannot be set"),
        (("foo",), "foo: neither a command nor KEY=VALUE"),
        (("sync=True", "sync=False"), "sync: it is named twice"),
        (("--app", "../x"), "app: must be letters, digits"),
        (("f\x1b[1moo",), "f\\x1b[1moo: neither a command"),
    ],
)
def test_what_cannot_be_is_told_of_and_nothing_is_written(
    command: Command, own: Settings, words: tuple[str, ...], said: str
) -> None:
    """With 2; a value is not repeated."""
    result = command("settings", *words)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "jane-x" not in result.output
    assert result.stderr.startswith("Usage: app settings [OPTIONS] [KEY=VALUE]")
    assert not own.folder.exists()


def test_reset_keeps_what_was_refused(command: Command, own: Settings) -> None:
    """And says how to forget that."""
    own.update(sync=False, policy="strict")
    result = command("settings", "reset")
    assert (own["sync"], own["policy"]) == (False, "balanced")
    assert "what was refused stays refused; --forget-choice" in result.stderr
    result = command("settings", "reset", "--forget-choice")
    assert (own["sync"], own.origin("sync"), result.stderr) == (True, "default", "")


def test_what_was_sent_is_shown(command: Command, own: Settings) -> None:
    """Word for word, but that nothing of it moves a cursor."""
    assert "nothing was sent" in command("settings", "show-sent").stderr
    own.journal.note("event", 'one\n{"a": "\x1b[2J"}', to="o1.example.com")
    own.journal.note("log", "x" * 2_000_000, to="")
    result = command("settings", "show-sent")
    first, one, two, second, _, cut = result.stdout.splitlines()
    assert first.endswith("  event  to o1.example.com")
    assert (one, two) == ("  one", '  {"a": "\\x1b[2J"}')
    assert second.endswith("  log  to an unknown place")
    assert cut == "  [the rest is not kept]"
    assert "2 things sent" in result.stderr


def test_everything_is_exported_and_deleted(command: Command, own: Settings) -> None:
    """As one JSON object; then nothing is left but a refusal."""
    assert own["installation_id"]
    own.journal.note("event", "{}", to="o1.example.com")
    found = json.loads(command("settings", "export").stdout)
    assert found == own.exported()
    assert found["sent"][0]["payload"] == "{}"
    assert command("settings", "delete").stderr == "scrubber: deleted\n"
    assert not own.folder.exists()
    own.update(logs=False)
    assert "deleted, but for what was refused: logs" in command("settings", "delete").stderr
    assert [one.name for one in own.folder.iterdir()] == ["settings.json"]


def test_a_corrupt_file_is_told_of(command: Command, own: Settings) -> None:
    """With what mends it."""
    own.update(sync=True)
    (own.folder / "settings.json").write_text("{", "ascii")
    result = command("settings")
    assert rows(result.stdout)["sync"][:2] == ["False", "corrupt file"]
    assert "the file cannot be relied on (it is not JSON" in result.stderr
    assert "scrubber settings reset --forget-choice --app crashscrub" in result.stderr
    assert command("settings", "reset", "--forget-choice").exit_code == 0
    assert own.allows("crash_reports")


def test_a_choice_that_cannot_be_written_is_an_error(
    command: Command, ordinary_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With 2 and the reason; and the table says why nothing is sent."""
    monkeypatch.setenv("SCRUBBER_CONFIG_DIR", str(ordinary_folder))
    ordinary_folder.chmod(0o500)
    result = command("settings", "sync=False")
    assert result.exit_code == 2
    assert result.stderr == "scrubber: the settings cannot be written: permission denied\n"
    result = command("settings")
    assert rows(result.stdout)["sync"][:2] == ["False", "unwritable file"]
    assert "the file cannot be written, so nobody could refuse: nothing is sent" in result.stderr


def test_without_a_place_it_says_what_to_do(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In one line."""
    monkeypatch.setenv("SCRUBBER_CONFIG_DIR", "relative")
    result = command("settings", "sync=False")
    assert result.exit_code == 2
    assert result.stderr == "scrubber: SCRUBBER_CONFIG_DIR must be an absolute path\n"


def test_help_names_the_commands(command: Command) -> None:
    """And that there is KEY=VALUE."""
    shown = command("settings", "-h").stdout
    for word in ("KEY=VALUE", "reset", "show-sent", "export", "delete", "--app"):
        assert word in shown
