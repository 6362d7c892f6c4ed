"""Processes that share settings: none corrupts what another wrote, and all heed it at once."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from tests.consent.processes import ROOT, start_at_once

if TYPE_CHECKING:
    from pathlib import Path

    from scrubber.consent import Settings

WATCH = """
import sys
from scrubber.consent import Settings
settings = Settings("mylib")
for _ in sys.stdin:
    print(settings.allows("crash_reports"), flush=True)
"""
KILLED = """
import os, sys
from scrubber.consent import Settings
def killed(_):
    os._exit(9)
os.fsync = killed
Settings("mylib").update(policy="strict")
"""


def test_forty_processes_at_once_corrupt_nothing(folder: Path) -> None:
    """They get one id, no refusal is lost, and each line of the journal is whole."""
    start_at_once(40, folder)


def test_another_process_is_heeded_at_once(settings: Settings) -> None:
    """The next question of a running process has the new answer."""
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", WATCH]
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, cwd=ROOT) as watch:
        assert watch.stdin is not None
        assert watch.stdout is not None
        for allowed in (True, False) * 10:
            settings.update(sync=allowed)
            watch.stdin.write(b"\n")
            watch.stdin.flush()
            assert watch.stdout.readline().strip() == str(allowed).encode()
        watch.stdin.close()


def test_a_writer_that_is_killed_leaves_what_was_there(settings: Settings, folder: Path) -> None:
    """Whole, and what it left beside it goes with the rest."""
    settings.update(sync=False)
    done = subprocess.run([sys.executable, "-c", KILLED], cwd=ROOT, check=False)
    assert done.returncode == 9
    assert len(list(folder.glob(".settings-*"))) == 1
    assert (settings["sync"], settings["policy"]) == (False, "balanced")
    settings.update(policy="fast")
    assert settings["policy"] == "fast"
    settings.delete()
    assert [one.name for one in folder.iterdir()] == ["settings.json"]


def test_naming_settings_does_nothing(tmp_path: Path) -> None:
    """Neither a file nor a folder nor a heavy module, before something is asked."""
    program = (
        "import sys, scrubber; scrubber.settings; from scrubber.consent import Settings;"
        "Settings('mylib'); heavy = {'platformdirs', 'tempfile', 'json', 'logging', 'uuid'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    command = [sys.executable, "-Sc", program]
    said = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout
    assert said.strip() == b"[]"
    assert list(tmp_path.iterdir()) == []
