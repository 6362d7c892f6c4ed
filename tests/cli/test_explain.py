"""`scrubber explain`: which rule, why, and what comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from scrubber.cli.app import app

if TYPE_CHECKING:
    from tests.cli.conftest import Command


def test_finding_is_explained(command: Command) -> None:
    """Place, entity, rule, fate, checks and confidence, then the redacted text; no matched text."""
    lines = command("explain", "a\nmail jane@example.com").stdout.splitlines()
    assert lines[0] == "2:6  EMAIL_ADDRESS  contact.email  redacted"
    assert "     checks passed: email_address" in lines
    assert any(line.startswith("     confidence 0.") for line in lines)
    assert lines[-3:] == ["", "a", "mail [email]"]
    assert "jane" not in "".join(lines)


def test_a_name_of_this_machine_is_explained(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By its kind; the pattern is the name."""
    monkeypatch.delenv("SCRUBBER_NO_IDENTITY")
    monkeypatch.setenv("USER", "vexlab7")
    output = command("explain", "of vexlab7").stdout
    assert "identity.account  redacted\n" in output
    assert "vexlab7" not in output


def test_refused_candidate_is_explained(command: Command) -> None:
    """What a check refuses is told of with the check."""
    output = command("explain", "at 0.0.0.0 now").stdout
    assert "3:" not in output
    assert "left alone: " in output
    assert output.endswith("at 0.0.0.0 now\n")


def test_encoded_finding_is_explained_once(command: Command) -> None:
    """What is only seen once encodings are undone is said to be."""
    output = command("explain", "mail jane%40example.com, bob@example.com").stdout
    assert output.count("redacted") == 2
    assert output.count("seen once encodings are undone") == 1


def test_text_is_shown_when_asked_for(command: Command) -> None:
    """With --show-text, control characters made visible."""
    output = command("explain", "--show-text", "jane@example.com\x1b[0m").stdout
    assert "text: jane@example.com\n" in output
    assert "\x1b" not in output


def test_nothing_seen_is_said(command: Command) -> None:
    """No rule, no silence."""
    output = command("explain", "ok").stdout
    assert output == "No rule of the policy balanced sees a candidate.\n\nok\n"


@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_stdin_is_read(command: Command, codec: str) -> None:
    """`explain -` takes the text from stdin, in its encoding."""
    result = command("explain", "-", stdin="jane@example.com é\n".encode(codec))
    assert result.stdout.splitlines()[-1] == "[email] é"


def test_long_stdin_is_refused(command: Command) -> None:
    """Everything of every rule is kept, so there is an end to it."""
    result = command("explain", "-", stdin=b"x" * (1 << 20) + b"x")
    assert result.exit_code == 2
    assert "use scan" in result.stderr


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00\xd8", b"\xff\x00\x1b[31m"])
def test_odd_text_is_printable(command: Command, data: bytes) -> None:
    """Lone surrogates and control characters do not reach the terminal raw."""
    result = command("explain", "-", stdin=data)
    assert result.exit_code == 0
    assert b"\x1b" not in result.stdout_bytes


@pytest.mark.parametrize("unwanted", [False, True])
def test_terminal_gets_colours(monkeypatch: pytest.MonkeyPatch, *, unwanted: bool) -> None:
    """On a terminal, unless NO_COLOR is set."""
    if unwanted:
        monkeypatch.setenv("NO_COLOR", "1")
    result = CliRunner().invoke(app, ["explain", "jane@example.com", "--no-config"], color=True)
    assert ("\x1b[" in result.stdout) is not unwanted
