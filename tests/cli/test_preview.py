"""`scrubber preview`: what would be sent, field by field, and nothing raw unless asked for."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from scrubber.cli import field_view
from scrubber.cli import preview as module
from scrubber.cli.app import app

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command

MAIL = "jane@example.com"
EVENT = {
    "event_id": "a1" * 16,
    "level": "error",
    "exception": {"values": [{"type": "OSError", "value": f"no route to {MAIL}"}]},
    "user": {"ip_address": "192.0.2.17", "email": MAIL},
    "extra": {"sys.argv": ["train.py", "--api-key", "k3" * 8], "epochs": 3},
}


def written(folder: Path, content: object, name: str = "event.json") -> Path:
    """Write an event into a file."""
    path = folder / name
    text = content if isinstance(content, str) else json.dumps(content)
    path.write_text(text, "utf-8")
    return path


def test_changed_fields_are_shown_as_they_would_be_sent(command: Command, folder: Path) -> None:
    """Field, then text; what does not change and what was there are not shown."""
    result = command("preview", written(folder, EVENT))
    assert result.exit_code == 1
    assert "exception.values[0].value\n  no route to [email]\n" in result.stdout
    assert "extra.sys.argv[2]\n  [secret]\n" in result.stdout
    assert "user.ip_address  removed\n" in result.stdout
    assert "epochs" not in result.stdout
    for gone in ("jane", "192.0.2.17", "k3k3"):
        assert gone not in result.output
    assert result.stderr == (
        "scrubber: 4 of 10 fields changed: 1 removed; EMAIL_ADDRESS 1, other value 1, SECRET 1\n"
    )


def test_raw_side_is_shown_when_asked_for(command: Command, folder: Path) -> None:
    """Line below line, as a diff."""
    result = command("preview", "--show-raw", written(folder, EVENT))
    assert (
        f"exception.values[0].value\n- no route to {MAIL}\n+ no route to [email]\n"
    ) in result.stdout
    assert "user.ip_address  removed\n- 192.0.2.17\n" in result.stdout


def test_clean_event_is_success(command: Command, folder: Path) -> None:
    """Nothing to show, and 0."""
    result = command("preview", written(folder, {"message": "ok", "level": "info"}))
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "scrubber: 0 of 2 fields changed\n"


def test_all_shows_every_field(command: Command, folder: Path) -> None:
    """Also `_meta`, which is not an own field else."""
    path = written(folder, {"message": "ok", "_meta": {"message": {"": {"len": 9}}}})
    assert command("preview", path).stdout == ""
    shown = command("preview", "--all", path).stdout
    assert "message\n  ok\n" in shown
    assert "_meta.message" in shown


def test_json_lists_fields(command: Command, folder: Path) -> None:
    """With `raw` only where it was asked for."""
    path = written(folder, {"message": MAIL, "level": "info"})
    row = {"event": 1, "field": "message", "changed": True, "change": "replaced"}
    done = row | {"scrubbed": "[email]"}
    assert json.loads(command("preview", "--json", path).stdout) == [done]
    with_raw = command("preview", "--json", "--show-raw", path)
    assert json.loads(with_raw.stdout) == [done | {"raw": MAIL}]
    assert with_raw.exit_code == 1
    every = json.loads(command("preview", "--json", "--all", path).stdout)
    assert [(one["field"], one["changed"]) for one in every] == [
        ("message", True),
        ("level", False),
    ]


@pytest.mark.parametrize("args", [(), ("--json",), ("--all",), ("--all", "--json")])
def test_keys_are_shown_as_they_would_be_sent(
    command: Command, folder: Path, args: tuple[str, ...]
) -> None:
    """A key may be a finding, too."""
    result = command("preview", *args, written(folder, {"extra": {MAIL: {"n": 1}, "b": 2}}))
    assert result.exit_code == 1
    assert "[email]" in result.stdout
    assert "jane" not in result.output


@pytest.mark.parametrize(
    "value",
    ["\x1b[31mred", "\x9b31m", "a\u202eb", "a\u2028b", "a\rb", "\x07", "\ud800", "\u200b\u2066"],
)
@pytest.mark.parametrize("field", ["value", "key"])
def test_nothing_moves_the_cursor(command: Command, folder: Path, value: str, field: str) -> None:
    """Control and format characters are shown as escapes, in values and in keys."""
    text = f"{value} {MAIL}"
    event = {"message": text} if field == "value" else {"extra": {value: MAIL}}
    shown = command("preview", "--show-raw", "--all", written(folder, event)).stdout
    assert "\\" in shown
    assert shown.replace("\n", "").isprintable()


def test_markup_is_text(command: Command, folder: Path) -> None:
    """What looks like markup of rich, or like one of its emoji, is shown as it is."""
    value = f"[bold]x[/bold] [link=x]y[/link] :smile: {MAIL}"
    shown = command("preview", written(folder, {"message": value, "a": "[/]"})).stdout
    assert f"  {value.replace(MAIL, '[email]')}\n" in shown


def test_long_values_are_folded_around_changes(command: Command, folder: Path) -> None:
    """Unless --full is given; a raw blob is cut as well."""
    value = f"{'a ' * 500}{MAIL} {'b ' * 500}{MAIL}"
    path = written(folder, {"message": value})
    folded = command("preview", path).stdout
    assert len(folded) < 400
    assert folded.count("[email]") == 2
    assert folded.count("…") == 2
    assert "…" not in command("preview", "--full", path).stdout
    secret = written(folder, {"extra": {"password": "k3" * 5000}})
    assert len(command("preview", "--show-raw", secret).stdout) < 500


def test_same_change_is_shown_once(command: Command, folder: Path) -> None:
    """With the other places below; all of them with --full."""
    frames = [{"function": "f", "vars": {"owner": MAIL}} for _ in range(30)]
    path = written(folder, {"exception": {"values": [{"stacktrace": {"frames": frames}}]}})
    shown = command("preview", path).stdout
    where = "exception.values[0].stacktrace.frames"
    assert shown.count("[email]") == 1
    assert f"also in {where}[*].vars.owner (29 times)" in shown
    assert f"{where}[29].vars.owner" in command("preview", "--full", path).stdout


FORMS = {
    "list": json.dumps([EVENT, EVENT]),
    "lines": f"{json.dumps(EVENT)}\n\n{json.dumps(EVENT)}\n",
    "envelope": "\n".join(
        [
            json.dumps({"event_id": "a1" * 16}),
            json.dumps({"type": "event"}),
            json.dumps(EVENT),
            json.dumps({"type": "attachment", "length": 3, "filename": "x"}),
            "a\nb",
            json.dumps({"type": "log", "length": 80}),
            json.dumps({"items": [{"body": f"mail {MAIL}", "level": "info"}]}).ljust(80),
            "",
        ]
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_file_is_read(command: Command, folder: Path, form: str) -> None:
    """A list, one event a line, an envelope; compressed, in UTF-16, or from stdin."""
    text = FORMS[form]
    whole = command("preview", written(folder, text))
    assert whole.exit_code == 1
    assert "event 1 of 2" in whole.stdout
    assert "event 2 of 2" in whole.stdout
    assert "jane" not in whole.output
    packed = folder / "event.json.gz"
    packed.write_bytes(gzip.compress(text.encode()))
    assert command("preview", packed).stdout == whole.stdout
    assert command("preview", "-", stdin=text.encode("utf-16")).stdout == whole.stdout
    if form == "envelope":
        assert "1 item of the envelope not shown" in whole.stderr
        assert "event 2 of 2 (log)" in whole.stdout


BAD = {
    "": "holds no event",
    "[]": "holds no event",
    "no json": "line 1, column 1",
    '{"a": 1}\n{"a": secretvalue}': "line 2, column 7",
    "[1]": "value 1 is no event",
    '"secretvalue"': "value 1 is no event",
    "[" * 100_000: "nested too deeply",
    f'{{"a": {"9" * 5000}}}': "a number that cannot be read",
    '{}\n{"type": "event", "length": 99}\n{}': "cut off",
    '{}\n{"type": "event"}\nsecretvalue': "the payload of its event is no JSON",
    '{}\n{"type": "event"}\n{}\nsecretvalue': "cut off or damaged after 1 events",
    '{}\n{"type": "event"}\n[]': "no event",
}


@pytest.mark.parametrize("text", BAD, ids=range(len(BAD)))
def test_what_cannot_be_read_is_said(command: Command, text: str) -> None:
    """By its place, and no word of it."""
    result = command("preview", stdin=text.encode())
    assert result.exit_code == 2
    assert result.stderr.startswith("scrubber: <stdin>: ")
    assert BAD[text] in result.stderr
    assert "secretvalue" not in result.output


NO_EVENTS: list[tuple[bytes, str]] = [
    (b"", "holds no event"),
    (b"\n \r\n", "holds no event"),
    (b"\xef\xbb\xbf", "holds no event"),
    (b"\xff\xfe", "holds no event"),
    (b"\xff\xfe\0\0", "holds no event"),
    (b"\xff\xfesecretvalue", "line 1, column 1"),
    (b"\xff\xfe\0\0secretvalue", "line 1, column 1"),
    ('{"message": "secretvalue"}'.encode("utf-16") + b"s", "line 1, column"),
    (b"\xfe\xff\xd8", "line 1, column 1"),
    (bytes(range(256)) * 4 + b"secretvalue", "line 1, column 1"),
    (bytes(100), "line 1, column 1"),
    (b'{}\n{"type": "event", "length": 99}\n{"message": "secretvalue', "cut off"),
    (b'{}\n{"type": "event"}\n{"message": "secretvalue', "the payload of its event"),
    (b'{}\n{"type": "event"}', "the payload of its event"),
    (b'{}\n{"type": "event", "secretvalue', "line 2, column"),
]


@pytest.mark.parametrize(("data", "said"), NO_EVENTS, ids=range(len(NO_EVENTS)))
def test_bytes_that_hold_no_event_are_refused(command: Command, data: bytes, said: str) -> None:
    """Nothing, a mark and no more, half a character, garbage, an envelope that is cut off."""
    result = command("preview", stdin=data)
    assert result.exit_code == 2
    assert result.stderr.startswith("scrubber: <stdin>: ")
    assert said in result.stderr
    assert "secretvalue" not in result.output


def test_compressed_stdin_is_refused(command: Command) -> None:
    """As every command does."""
    result = command("preview", stdin=gzip.compress(b"{}"))
    assert result.exit_code == 2
    assert "holds gz data" in result.stderr


def test_a_file_beyond_measure_is_refused(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before it is parsed."""
    monkeypatch.setattr("scrubber.cli.event_files.LONGEST", 10)
    assert "longer than" in command("preview", stdin=b'{"message": "x"}').stderr


def test_what_cannot_be_scrubbed_ends_with_2(command: Command, folder: Path) -> None:
    """And what would be sent instead is shown."""
    deep: Any = MAIL
    for _ in range(90):
        deep = [deep]
    result = command("preview", written(folder, {"extra": {"x": deep}}))
    assert result.exit_code == 2
    assert "tags  added\n" in result.stdout
    assert '{"scrubber.fallback": "budget"}' in result.stdout
    assert "could not be scrubbed" in result.stderr
    assert "jane" not in result.output


def test_an_event_that_is_dropped_is_said(
    command: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disabled scrubber sends nothing."""
    monkeypatch.setenv("SCRUBBER_DISABLE", "1")
    result = command("preview", "--quiet", written(folder, EVENT))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "scrubber: 1 event would not be sent at all\n"


def test_a_policy_can_be_chosen(command: Command, folder: Path) -> None:
    """As for every command that scrubs."""
    path = written(folder, {"message": "at 127.0.0.1"})
    assert command("preview", path).exit_code == 0
    assert command("preview", "--policy", "strict", path).exit_code == 1


@pytest.mark.parametrize("columns", [80, 120])
def test_a_terminal_gets_colours_within_its_width(
    folder: Path, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    """Forced here; each line fits, wide characters counted as two."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", str(columns))
    path = written(folder, {"message": f"{'é漢 ' * 90}{MAIL} {'x' * 300}"})
    args = ["preview", "--show-raw", "--full", "--no-config", str(path)]
    shown = CliRunner().invoke(app, args).stdout
    assert "\x1b[" in shown
    from rich.cells import cell_len
    from rich.text import Text

    assert max(cell_len(Text.from_ansi(line).plain) for line in shown.splitlines()) <= columns


def test_no_colours_where_none_are_wanted(command: Command, folder: Path) -> None:
    """Nor where nobody looks."""
    assert "\x1b" not in command("preview", written(folder, EVENT)).stdout


def test_missing_rich_is_said(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the command that installs it."""
    monkeypatch.setitem(__import__("sys").modules, "rich.console", None)
    result = command("preview", stdin=b"{}")
    assert result.exit_code == 2
    assert result.stderr == f"scrubber: {field_view.NEEDS_RICH}\n"
    assert module.preview.name == "preview"
