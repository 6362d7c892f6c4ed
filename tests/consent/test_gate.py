"""What hooks ask before anything else."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Any

import pytest

from scrubber import default
from scrubber.consent import Settings
from scrubber.consent.gate import PLAIN, SettingsGate
from tests.small_rules import EMAIL, scrubber

if TYPE_CHECKING:
    from pathlib import Path

EVENT = {"message": "jane@example"}
LOG = {"severity_text": "info", "body": "jane@example", "attributes": {}}
SPAN = {"trace_id": "a1" * 16, "span_id": "b2" * 8, "name": "jane@example", "start_timestamp": 1.0}


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the default scrubber be a small one."""
    monkeypatch.setattr(default, "_scrubbers", {"": scrubber(EMAIL)})


@pytest.fixture
def own() -> Settings:
    """The settings of this package."""
    return Settings("crashscrub")


def sent() -> tuple[bool, bool]:
    """Tell whether an event and a log go through a plain hook."""
    return default.scrub(dict(EVENT)) is not None, default.scrub(dict(LOG)) is not None


def test_without_a_file_everything_goes_as_ever(tmp_path: Path) -> None:
    """Logs, too; and no file is made."""
    assert sent() == (True, True)
    assert not (tmp_path / "config").exists()


@pytest.mark.parametrize("name", ["CI", "DO_NOT_TRACK"])
def test_a_plain_hook_is_not_touched_by_what_is_said_to_all(
    monkeypatch: pytest.MonkeyPatch, own: Settings, name: str
) -> None:
    """Whoever tests their scrubbing in CI sees it."""
    monkeypatch.setenv(name, "true")
    assert sent() == (True, True)
    own.update(policy="strict")
    assert sent() == (True, True)


@pytest.mark.parametrize("value", ["0", "false"])
def test_a_plain_hook_heeds_its_own_variable(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    """At once."""
    monkeypatch.setenv("CRASHSCRUB_SYNC", value)
    assert sent() == (False, False)
    monkeypatch.delenv("CRASHSCRUB_SYNC")
    assert sent() == (True, True)


@pytest.mark.parametrize(
    ("chosen", "goes"),
    [
        ({"sync": False}, (False, False)),
        ({"sync": True}, (True, True)),
        ({"crash_reports": False}, (False, True)),
        ({"logs": False}, (True, False)),
        ({"logs": True, "sync": False}, (False, False)),
        ({"usage_events": False}, (True, True)),
    ],
)
def test_a_plain_hook_heeds_the_file(
    own: Settings, chosen: dict[str, Any], goes: tuple[bool, bool]
) -> None:
    """Of logs, only what it says of them."""
    own.update(chosen)
    assert sent() == goes


@pytest.mark.parametrize("data", ["{", '{"version": 1, "sync": "x"}'])
def test_a_corrupt_file_lets_nothing_through(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, data: str
) -> None:
    """And says so once."""
    file = tmp_path / "config" / "crashscrub" / "settings.json"
    file.parent.mkdir(parents=True)
    file.write_text(data, "ascii")
    assert sent() == sent() == (False, False)
    (record,) = caplog.records
    assert "the file of its settings cannot be relied on" in record.getMessage()


def test_a_file_that_cannot_be_written_lets_nothing_through(
    ordinary_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where settings are asked themselves."""
    monkeypatch.setenv("SCRUBBER_CONFIG_DIR", str(ordinary_folder))
    Settings("crashscrub").update(sync=True)
    assert PLAIN.lets("event")
    (ordinary_folder / "crashscrub").chmod(0o500)
    assert not Settings("crashscrub").allows("crash_reports")
    monkeypatch.setattr(PLAIN, "_found", None)
    assert not PLAIN.lets("event")
    (ordinary_folder / "crashscrub").chmod(0o700)


def test_what_is_refused_leaves_as_where_hooks_are_disabled(
    own: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing; for a span a stub, since an SDK sends the span itself in place of none."""
    own.update(sync=False)
    refused = [default.scrub(dict(SPAN)), default.scrub(dict(SPAN), kind="span")]
    assert default.scrub(dict(EVENT), kind="transaction") is None
    own.update(sync=True)
    monkeypatch.setenv("SCRUBBER_DISABLE", "1")
    assert refused == [default.scrub(dict(SPAN)), default.scrub(dict(SPAN), kind="span")]
    assert refused[0] is not None
    assert "jane" not in repr(refused)


def test_what_fails_lets_nothing_through(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever it is."""
    gate = type(PLAIN)()
    monkeypatch.setattr(gate, "_chosen", None)
    assert gate.scopes() == frozenset()
    monkeypatch.setattr(type(PLAIN), "scopes", None)
    assert default.scrub(dict(EVENT)) is None
    assert default.scrub({"message": 3}) is None


@pytest.mark.parametrize("event", [None, 3, [], "jane@example"])
def test_what_is_no_event_is_refused_too(own: Settings, event: Any) -> None:  # noqa: ANN401
    """Without an error."""
    own.update(crash_reports=False)
    assert default.scrub(event) is None


def test_a_scrubber_itself_asks_nobody(own: Settings) -> None:
    """It is what previews and tests use."""
    own.update(sync=False)
    assert scrubber(EMAIL).scrub(dict(EVENT)) == {"message": "[email]"}


def test_gates_travel() -> None:
    """The plain one stays the same one."""
    assert pickle.loads(pickle.dumps(PLAIN)) is PLAIN  # noqa: S301
    other = pickle.loads(pickle.dumps(SettingsGate(Settings("mylib"))))  # noqa: S301
    assert other.settings.app == "mylib"


def test_a_gate_of_settings_heeds_and_notes(settings: Settings) -> None:
    """Logs by themselves, everything else as a crash report."""
    gate = SettingsGate(settings)
    assert (gate.lets("event"), gate.lets("span"), gate.lets("log")) == (True, True, False)
    settings.update(crash_reports=False, logs=True)
    assert (gate.lets("event"), gate.lets("item"), gate.lets("log")) == (False, False, True)
    gate.note("event", b"{}", "https://key@o1.ingest.example.com/1")
    (entry,) = settings.journal.entries()
    assert (entry.kind, entry.to, entry.payload) == ("event", "o1.ingest.example.com", "{}")
