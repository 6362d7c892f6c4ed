"""Folders of logs as the commands meet them, and the commands before and after `app` has them."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from click.testing import CliRunner, Result

from scrubber.cli.app import App
from scrubber.cli.retain import retain
from scrubber.cli.subject import subject
from tests.cli.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping

COMMANDS: Final = App("scrubber", commands={"retain": retain, "subject": subject})
OLD: Final = 1_600_000_000
"""Seconds of the epoch: long ago, whenever this runs."""

LINE: Final = "2026-01-03 10:00:00 mail jane@example.com from 192.0.2.17\n"
CLEAN: Final = "2026-01-03 10:00:01 epoch 3 loss 0.31\n"
EVENT: Final = {
    "event_id": "a" * 32,
    "server_name": "janes-laptop",
    "user": {"id": "4711", "email": "jane@example.com"},
    "exception": {"values": [{"type": "ValueError", "value": "bad shape"}]},
}
SCRIPT: Final = """
import json, os, signal, sys
import click
runs = json.load(sys.stdin)
watch = {"folder": None, "at": 0, "seen": 0}
def tick():
    watch["seen"] += 1
    if watch["seen"] == watch["at"]:
        os.kill(os.getpid(), signal.SIGKILL)
def hook(event, args):
    if event in ("open", "os.rename", "os.remove", "os.chmod", "os.utime", "os.chown"):
        folder = watch["folder"]
        if folder and any(folder in os.fsdecode(a) for a in args if isinstance(a, (str, bytes))):
            tick()
write, fsync = os.write, os.fsync
def half(descriptor, data):
    if watch["folder"] and watch["seen"] + 1 == watch["at"]:
        write(descriptor, data[: len(data) // 2])
    tick()
    return write(descriptor, data)
def synced(descriptor):
    tick()
    fsync(descriptor)
    tick()
from tests.cli.log_folders import COMMANDS
def run(one, at):
    watch.update(folder=one["watched"], at=at, seen=0)
    if one["longest_file"]:
        import resource
        resource.setrlimit(resource.RLIMIT_FSIZE, (one["longest_file"],) * 2)
    try:
        COMMANDS(one["args"], prog_name="scrubber")
    except SystemExit as end:
        return end.code or 0
    finally:
        watch["folder"] = None
        sys.stdout.flush()
sys.addaudithook(hook)
os.write, os.fsync = half, synced
# The first one runs here, so that the others have what it made.
codes, steps = [run(runs[0], 0)], watch["seen"]
for one in runs[1:]:
    child = os.fork()
    if not child:
        code = 99
        try:
            code = run(one, max(1, round(steps * one["killed_at"])) if one["killed_at"] else 0)
        finally:
            os._exit(code)
    codes.append(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
sys.stderr.write("\\n" + json.dumps(codes))
"""
KILLED: Final = -9


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a command.

    Attributes:
        args: the command and its arguments.
        watched: the folder it works in.
        killed_at: how far it comes before it is killed, as a share of the steps of the first run; 0
            for to its end. A step is each opening, renaming, removing and so on of a file in the
            folder, each half of a write of the notes, and each side of an fsync.
        longest_file: bytes beyond which the system refuses to write; 0 for none.
    """

    args: tuple[str | Path, ...]
    watched: Path
    killed_at: float = 0.0
    longest_file: int = 0


def run_apart(*runs: Run) -> tuple[list[int], str]:
    """Run commands in processes of their own; give how each ended, and what they printed."""
    asked = [
        {
            "args": [str(arg) for arg in one.args],
            "watched": str(one.watched),
            "killed_at": one.killed_at,
            "longest_file": one.longest_file,
        }
        for one in runs
    ]
    ended = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        input=json.dumps(asked).encode(),
        capture_output=True,
        check=False,
        timeout=600,
    )
    assert ended.returncode == 0, ended.stderr
    codes: list[int] = json.loads(ended.stderr.rpartition(b"\n")[2])
    return codes, ended.stdout.decode()


def call(*args: str | Path, stdin: bytes = b"") -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(COMMANDS, [str(arg) for arg in args], input=stdin)


def logs_in(folder: Path, *, times: int = 4) -> dict[str, bytes]:
    """Write logs and reports of every kind, all of them old, and other files beside them."""
    folder.mkdir(parents=True, exist_ok=True)
    text = (CLEAN + LINE) * times
    files = {
        "app.log": text.encode(),
        "app.log.1": text.encode(),
        "app.log-20260101.gz": gzip.compress(text.encode(), mtime=0),
        "sub/worker.out.bz2": bz2.compress(text.encode()),
        "sub/worker.err.xz": lzma.compress(text.encode()),
        "sub/crash.json": json.dumps(EVENT, indent=2).encode(),
        "sub/events.jsonl": (json.dumps(EVENT) + "\n").encode() * 3,
        "wide.txt": text.encode("utf-16"),
        "clean.log": CLEAN.encode() * times,
        "latin.log": ("caf\xe9 " + LINE).encode("latin-1"),
        "model.bin": b"\0\1\2jane@example.com",
        "core.log": b"\0\1\2jane@example.com",
        "package.json": b'{"author": "jane@example.com"}',
        "notes.md": b"jane@example.com",
    }
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        path.chmod(0o640)
        os.utime(path, (OLD, OLD))
    return files


def tree(folder: Path) -> dict[str, tuple[bytes, int, int]]:
    """Give each file's bytes, mode and time; notes of ours are left out."""
    return {
        path.relative_to(folder).as_posix(): (
            path.read_bytes(),
            path.stat().st_mode,
            path.stat().st_mtime_ns,
        )
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".scrubber-retain.jsonl"
    }


def contents(files: Mapping[str, tuple[bytes, int, int]]) -> str:
    """Give the texts of all files in one, unpacked."""
    unpack = {".gz": gzip.decompress, ".bz2": bz2.decompress, ".xz": lzma.decompress}
    found = []
    for name, (data, _, _) in files.items():
        plain = unpack.get(Path(name).suffix, bytes)(data)
        codec = "utf-16" if plain.startswith((b"\xff\xfe", b"\xfe\xff")) else "latin-1"
        found.append(plain.decode(codec))
    return "\n".join(found)
