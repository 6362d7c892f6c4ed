"""`scrubber audit`: what survives is told, and nothing is called well that was not seen."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from scrubber.cli import audit as module
from scrubber.cli.survivors import Item

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.cli.conftest import Command

# Values that nothing announces where they stand: a flag inside quotes, an argument of a template.
KNOWN = {"local command", "log secret"}

# One that hides everything but an address, and that in base64.
LEAKY = """
import base64

def before_send(event, hint):
    address = event.get("user", {}).get("email", "")
    kept = {key: event[key] for key in ("event_id", "timestamp", "type") if key in event}
    return {**kept, "extra": {"copy": base64.b64encode(address.encode()).decode()}}

def nothing(event, hint):
    return None

def broken(event, hint):
    raise ValueError
"""


@pytest.fixture
def hooks(folder: Path) -> None:
    """A user's module, in the folder the command is run in."""
    (folder / "telemetry.py").write_text(LEAKY, "utf-8")


def audited(result: Any) -> dict[str, Any]:  # noqa: ANN401  # a Result of click
    """Read what --json printed."""
    document: dict[str, Any] = json.loads(result.stdout)
    return document


def test_without_hooks_nearly_everything_survives(command: Command) -> None:
    """The proof that canaries are planted, and that a survivor is seen."""
    result = command("audit", "--raw", "--json")
    document = audited(result)
    assert result.exit_code == 1
    assert document["surviving"] == document["reached"] > 50
    fields = {(one["canary"], one["field"]) for one in document["survivors"]}
    assert {
        ("argv flag", "extra.sys.argv[2]"),
        ("host", "server_name"),
        ("user ip", "user.ip_address"),
        ("log ip", "logentry.params[1]"),
        ("message address", "exception.values[1].value"),
        ("tag", "tags.contact"),
        ("span query", "transaction:spans[0].description"),
    } <= fields
    kept_back = result.stderr.split("not audited: ")[1].splitlines()[0].split(", ")
    assert document["canaries"] == document["reached"] + len(kept_back)


def test_install_is_audited_by_default(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the names of the machine, which the program sees as canaries."""
    monkeypatch.delenv("SCRUBBER_NO_IDENTITY")
    result = command("audit", "--json")
    document = audited(result)
    surviving = {one["canary"] for one in document["survivors"]}
    assert surviving <= KNOWN
    assert result.exit_code == bool(surviving)
    assert document["reached"] == document["canaries"]


@pytest.mark.usefixtures("hooks")
def test_a_leaky_hook_is_found_out(command: Command) -> None:
    """By the field it leaks in and how; what it does not see is told of, too."""
    result = command("audit", "--hook", "telemetry:before_send")
    lines = [line.split() for line in result.stdout.splitlines()]
    assert result.exit_code == 1
    assert ["user", "address", "EMAIL_ADDRESS", "extra.copy", "(base64)"] in lines
    fields = [line[-1] for line in lines]
    assert "transaction:user.email" in fields
    assert "user.email" not in fields


@pytest.mark.usefixtures("hooks")
def test_an_option_may_be_named(command: Command) -> None:
    """`--hook NAME=` sets any hook the SDK has."""
    hook = "telemetry:nothing"
    result = command(
        "audit", "--json", "--hook", "telemetry:before_send", "--hook", f"before_breadcrumb={hook}",
        "--hook", f"before_send_transaction={hook}",
    )  # fmt: skip
    fields = [one["field"] for one in audited(result)["survivors"]]
    assert result.exit_code == 1
    assert "extra.copy" in fields
    assert [field for field in fields if field.startswith("transaction:")] == []


@pytest.mark.usefixtures("hooks")
def test_a_hook_that_sends_nothing_is_not_called_well(command: Command) -> None:
    """No event, no verdict."""
    result = command("audit", "--hook", "telemetry:nothing")
    assert result.exit_code == 2
    assert "no event was sent" in result.stderr
    assert "6 events of 6 not sent at all" in result.stderr


@pytest.mark.usefixtures("hooks")
def test_a_hook_that_is_not_there_is_said(command: Command) -> None:
    """By the kind of the error, and no verdict."""
    result = command("audit", "--hook", "telemetry:gone")
    assert result.exit_code == 2
    assert result.stderr == (
        "scrubber: the program died (AttributeError); -v shows what it printed\n"
    )


@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("", "the program sent nothing"),
        ("raise SystemExit(3)", "the program died (exit status 3)"),
        ("1 / 0", "the program died (ZeroDivisionError)"),
    ],
)
def test_a_program_that_fails_is_not_called_well(
    command: Command, folder: Path, monkeypatch: pytest.MonkeyPatch, program: str, said: str
) -> None:
    """Whatever becomes of it, silence is no success."""
    (folder / "program.py").write_text(program, "utf-8")
    monkeypatch.setattr(module, "_PROGRAM", str(folder / "program.py"))
    result = command("audit")
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_program_that_hangs_is_ended(
    command: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is a limit to waiting."""
    (folder / "program.py").write_text("import threading; threading.Event().wait()", "utf-8")
    monkeypatch.setattr(module, "_PROGRAM", str(folder / "program.py"))
    monkeypatch.setattr(module, "SECONDS", 0.2)
    result = command("audit")
    assert result.exit_code == 2
    assert "did not end in" in result.stderr


def test_planting_that_fails_is_not_called_well(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without hooks all of it must be seen, or nothing was looked at."""
    monkeypatch.setattr(module._Scene, "run", lambda *_, **__: [Item("event", {}, "{}")])  # noqa: SLF001
    result = command("audit")
    assert result.exit_code == 2
    assert "nothing that was planted" in result.stderr


@pytest.mark.parametrize(
    ("payload", "code", "said"),
    [
        ('{"message": "[email]"}', 0, "0 canaries of"),
        ('{"tags": {"scrubber.fallback": "budget"}}', 0, "1 event could not be scrubbed"),
    ],
)
def test_nothing_left_is_success(
    command: Command, monkeypatch: pytest.MonkeyPatch, payload: str, code: int, said: str
) -> None:
    """Where everything was seen before; a stub is told of."""

    def run(self: Any, hooks: Mapping[str, str], *_: object, **__: object) -> list[Item]:  # noqa: ANN401
        values = json.dumps({"message": [one.value for one in self.canaries]})
        return [Item("event", {}, values if "raw" in hooks else payload)]

    monkeypatch.setattr(module._Scene, "run", run)  # noqa: SLF001
    result = command("audit")
    assert result.exit_code == code
    assert result.stdout == ""
    assert said in result.stderr


def test_a_missing_sdk_is_said(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the command that installs it."""
    monkeypatch.setattr(module, "find_spec", lambda _name: None)
    result = command("audit")
    assert result.exit_code == 2
    assert result.stderr == f"scrubber: {module.NEEDS_SDK}\n"


@pytest.mark.parametrize(
    "args",
    [
        ("--raw", "--install"),
        ("--raw", "--hook", "a:b"),
        ("--hook", "a.b"),
        ("--hook", "a:"),
        ("--raw", "--policy", "fast"),
    ],
)
def test_options_that_do_not_go_together_are_refused(
    command: Command, args: tuple[str, ...]
) -> None:
    """Before anything is run."""
    assert command("audit", *args).exit_code == 2
