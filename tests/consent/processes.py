"""Many processes that start at once and all read, choose and note, and what they leave behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

from scrubber.consent import Settings
from scrubber.consent.journal import MOST

ROOT: Final = Path(__file__).resolve().parents[2]
REFUSES: Final = 7
"""The process that refuses something."""

# Without site-packages: what is asked here is in the standard library.
PROGRAM: Final = """
import sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from scrubber.consent import Settings
number = int(sys.argv[2])
settings = Settings("mylib", folder=Path(sys.argv[3]))
before = settings.allows("crash_reports")
made = settings["installation_id"]
if number == int(sys.argv[4]):
    settings.update(usage_events=False)
elif number % 10 < 2:
    settings.update(policy=("fast", "strict")[number % 2], path_mode=("user", "full")[number % 2])
settings.journal.note("event", f"{number}:" + "x" * 500, to="host.example.com")
pair = settings.exported()["settings"]
whole = (pair["policy"]["value"], pair["path_mode"]["value"]) in (
    ("fast", "user"), ("strict", "full"), ("balanced", "auto")
)
print(made, before and settings.allows("crash_reports") and whole)
"""


def start_at_once(count: int, folder: Path) -> None:
    """Start processes, none waiting for another, and check what they say and leave.

    Args:
        count: how many; more than `REFUSES`.
        folder: where the settings lie.
    """
    command = [sys.executable, "-ISBc", PROGRAM, str(ROOT)]
    environment = {
        name: value for name, value in os.environ.items() if name not in ("CI", "DO_NOT_TRACK")
    }
    started = [
        subprocess.Popen(
            [*command, str(number), str(folder), str(REFUSES)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=environment,
        )
        for number in range(count)
    ]
    said = [process.communicate()[0].decode() for process in started]
    failed = {
        (process.returncode, *text.splitlines()[-1:])
        for text, process in zip(said, started, strict=True)
        if process.returncode
    }
    assert failed == set()
    # Every one of them read whole files, was allowed to send, and got the same id.
    assert len(set(said)) == 1, sorted(set(said))[:5]
    made, allowed = said[0].split()
    assert allowed == "True"
    settings = Settings("mylib", folder=folder)
    assert settings["installation_id"] == made
    assert settings["usage_events"] is False  # the one refusal outlived all that was written later
    assert json.loads((folder / "settings.json").read_bytes())["version"] == 1
    numbers = [int(entry.payload.partition(":")[0]) for entry in settings.journal.entries()]
    assert len(numbers) == len(set(numbers)) == min(count, MOST)
    assert all(entry.payload.endswith("x" * 500) for entry in settings.journal.entries())
    assert sorted(one.name for one in folder.iterdir()) == [
        "sent.jsonl",
        "settings.json",
        "settings.lock",
    ]
