"""With the settings of a user as they are kept on disk."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scrubber.consent import Settings
from scrubber.telemetry import Stats
from tests.telemetry.clients import ga4_client
from tests.telemetry.servers import PATIENCE

if TYPE_CHECKING:
    from tests.telemetry.servers import Server

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The settings of an application that nobody has changed."""
    return Settings("mylib", folder=tmp_path / "mylib")


def test_the_id_is_the_one_of_the_settings_and_the_journal_has_it_all(
    settings: Settings, server: Server
) -> None:
    """What the user can look up is what the server got."""
    client = ga4_client(settings, server.url)
    client.record("train", epochs=3)
    assert client.flush(PATIENCE)
    assert server.received[0].json["client_id"] == settings["installation_id"]
    (entry,) = settings.journal.entries()
    assert (entry.kind, entry.to) == ("usage_events", "127.0.0.1")
    assert entry.payload.encode() == server.received[0].body
    client.close()


@pytest.mark.parametrize("key", ["sync", "usage_events"])
def test_a_no_holds_at_once_in_this_process(key: str, settings: Settings, server: Server) -> None:
    """The very next event, and what waits."""
    client = ga4_client(settings, server.url, linger=60)
    client.record("train")
    settings.update({key: False})
    client.record("train")
    assert client.flush(PATIENCE)
    assert (server.received, client.stats()) == ([], Stats(recorded=1, withheld=2))
    client.close()


def test_a_no_of_another_process_holds_at_once(settings: Settings, server: Server) -> None:
    """The file is asked for each event."""
    client = ga4_client(settings, server.url)
    client.record("train")
    assert client.flush(PATIENCE)
    source = (
        "import sys; from pathlib import Path; from scrubber.consent import Settings; "
        "Settings('mylib', folder=Path(sys.argv[1])).update({'sync': False})"
    )
    subprocess.run([sys.executable, "-c", source, str(settings.folder)], check=True, cwd=ROOT)
    client.record("train")
    assert client.flush(PATIENCE)
    assert len(server.events) == 1
    assert client.stats() == Stats(recorded=1, sent=1, requests=1, withheld=1)
    client.close()


@pytest.mark.parametrize(
    ("name", "value"), [("DO_NOT_TRACK", "1"), ("CI", "true"), ("MYLIB_SYNC", "0")]
)
def test_a_variable_says_no(
    name: str, value: str, settings: Settings, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those that users know from other programs."""
    monkeypatch.setenv(name, value)
    client = ga4_client(settings, server.url)
    client.record("train")
    assert client.flush(PATIENCE)
    assert (server.received, client.stats()) == ([], Stats(withheld=1))
    client.close()


def test_a_file_that_is_broken_says_no(settings: Settings, server: Server) -> None:
    """Nothing is collected where a choice cannot be read."""
    settings.update({"usage_events": True})
    client = ga4_client(settings, server.url)
    for file in settings.folder.glob("settings.json"):
        file.write_text("{", "utf-8")
    client.record("train")
    assert client.flush(PATIENCE)
    assert (server.received, client.stats()) == ([], Stats(withheld=1))
    client.close()
