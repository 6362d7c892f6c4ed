"""Collecting starts no process, asks no network, and outlives every source."""

from __future__ import annotations

import _socket
import os
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING, NoReturn

import pytest

from scrubber.identity import collect as module
from scrubber.identity.collect import MOST, SOURCES, collect
from scrubber.identity.machine import Account, Machine
from scrubber.identity.roots import Roots

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

JANE = Machine.of(
    {
        "USER": "bwayne",
        "HOME": "/home/bwayne",
        "EMAIL": "bwayne@example.com",
        "HOSTNAME": "lab-gpu01.example.edu",
        "DB_PASSWORD": "correct" + "-horse-9",
        "SSH_CLIENT": "192.0.2.7 50000 22",
        "POD_NAME": "train-7d9f-x2m4q",
        "GITHUB_REPOSITORY_OWNER": "wayne-labs",
        "SLURM_JOB_ID": "12345",
        "CI": "true",
    },
    {
        "/sys/class/net/eth0/address": "00:00:5e:00:53:01\n",
        "/home/bwayne/.gitconfig": "[user]\n name = Bruce Wayne\n",
    },
    account=Account("bwayne", "Bruce Wayne,,,", "/home/bwayne"),
)
FORBIDDEN = (
    (subprocess, "Popen"),
    (os, "fork"),
    (os, "forkpty"),
    (os, "posix_spawn"),
    (os, "posix_spawnp"),
    (os, "system"),
    (os, "popen"),
    (os, "startfile"),
    (socket, "socket"),
    (_socket, "socket"),
    (socket, "getaddrinfo"),
    (socket, "getfqdn"),
    (socket, "gethostbyname"),
    (socket, "gethostbyname_ex"),
    (socket, "gethostbyaddr"),
    (socket, "create_connection"),
)


def test_every_source_is_heard() -> None:
    """One value of each kind, and the words for the place."""
    identity = collect(JANE)
    assert identity.failures == 0
    assert identity.environments == ("slurm", "ci")
    assert set(identity.counts()) == {
        *("accounts", "names", "hosts", "domains", "emails", "owners", "homes", "ids", "secrets"),
        *("macs", "addresses"),
    }
    assert identity.counts()["accounts"] == 1  # said four times, counted once


def test_same_machine_same_identity() -> None:
    """Also in another order of the variables."""
    turned = Machine.of(dict(reversed(list(JANE.environ.items()))), platform="linux")
    assert collect(JANE).reveal() == collect(JANE).reveal()
    assert collect(turned).reveal() == collect(Machine.of(dict(JANE.environ))).reveal()


def test_no_process_and_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """On this very machine, with everything that would start or ask one made to fail."""

    def forbidden(*_args: object, **_kwargs: object) -> NoReturn:
        raise AssertionError("forbidden call")

    for owner, name in FORBIDDEN:
        if hasattr(owner, name):
            monkeypatch.setattr(owner, name, forbidden)
    machine = Machine.here()
    assert collect(machine).failures == 0
    assert machine.packages() != frozenset()


def test_own_machine_is_fast() -> None:
    """Below 50 ms; the best of three, since a shared machine has pauses."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        collect()
        times.append(time.perf_counter() - start)
    assert min(times) < 0.05


def test_nothing_happens_at_import(tmp_path: Path) -> None:
    """No file outside Python's own is opened, and nobody is asked who this is."""
    code = """
import sys
asked = []
def hook(event, args):
    if event in ("open", "os.scandir", "os.listdir"):
        name = str(args[0])
        ours = "scrubber" in name and not name.endswith("words.z")
        if not ours and not name.endswith((".py", ".pyc", ".so", ".pyd")):
            asked.append(event)
    elif event.startswith(("socket", "subprocess", "os.fork", "os.system", "pwd")):
        asked.append(event)
import scrubber.validators, pathlib, dataclasses
sys.addaudithook(hook)
before = set(sys.modules)
import scrubber.identity.collect, scrubber.identity.tiers
heavy = {"json", "ipaddress", "socket", "pwd", "subprocess", "uuid"} & (set(sys.modules) - before)
print(sorted(set(asked) - {"os.listdir"}), sorted(heavy))
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    assert (done.stdout, done.returncode) == ("[] []\n", 0)


@pytest.mark.parametrize("at", range(len(SOURCES)), ids=[source.__name__ for source in SOURCES])
def test_source_that_fails_is_a_count(at: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever it raises; what it gave before stays, and so does what the others give."""

    def fails(machine: Machine) -> Iterator[tuple[str, str]]:
        yield from list(SOURCES[at](machine))[:1]
        raise MemoryError("bwayne")

    broken = (*SOURCES[:at], fails, *SOURCES[at + 1 :])
    monkeypatch.setattr(module, "SOURCES", broken)
    identity = collect(JANE)
    assert identity.failures == 1
    assert identity.counts()["accounts"] == 1


@pytest.mark.parametrize(
    "gift",
    [
        ("accounts", None),
        ("unknown", "bwayne"),
        ("accounts",),
        7,
    ],
)
def test_source_that_gives_nonsense_is_a_count(
    gift: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As one that raises."""
    monkeypatch.setattr(module, "SOURCES", (lambda _machine: [gift],))
    assert collect(JANE).failures == 1


@pytest.mark.parametrize(
    "part", ["read", "entries", "exists", "real", "account", "node", "cwd", "cards", "main"]
)
def test_machine_that_fails_is_outlived(part: str) -> None:
    """Every question may fail, and the variables still tell who this is."""

    def fails(*_args: object) -> NoReturn:
        raise OSError(5, "bwayne")

    fields = {name: getattr(JANE, name) for name in Machine.__slots__} | {part: fails}
    identity = collect(Machine(**fields))
    assert identity.failures > 0
    assert "bwayne" in identity.accounts


def test_machine_that_cannot_be_asked_is_outlived(monkeypatch: pytest.MonkeyPatch) -> None:
    """All sources count as failed."""

    def fails() -> NoReturn:
        raise RuntimeError("bwayne")

    monkeypatch.setattr(Machine, "here", fails)
    assert collect().failures == len(SOURCES)


def test_folders_that_cannot_be_told_are_a_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """The names stay."""

    def fails(_machine: Machine) -> NoReturn:
        raise OSError(5, "bwayne")

    monkeypatch.setattr(Roots, "here", fails)
    identity = collect(JANE)
    assert (identity.failures, identity.roots) == (1, Roots.none())
    assert "bwayne" in identity.accounts


@pytest.mark.parametrize(
    "gift",
    [
        *(("accounts", value) for value in ("", "x", "x" * 4097, "a\nb", "a\0b", "12345", "--")),
        ("macs", "eth0"),
        ("owners", "pytorch"),
        ("ids", "000-000"),
    ],
)
def test_value_that_cannot_be_looked_for_is_left_out(
    gift: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Too short, too long, of several lines, a bare number, everybody's."""
    monkeypatch.setattr(module, "SOURCES", (lambda _machine: [gift],))
    assert (collect(JANE).counts(), collect(JANE).failures) == ({}, 0)


def test_values_of_a_kind_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where a source never ends."""

    def endless(_machine: Machine) -> Iterator[tuple[str, str]]:
        number = 0
        while True:
            number += 1
            yield "ids", f"pod-{number:09}"

    monkeypatch.setattr(module, "SOURCES", (endless,))
    assert collect(JANE).counts() == {"ids": MOST}


HOSTILE = ("", "\0", "\ud800\udfff", "\udcff", "[" * 70_000, "\\\n" * 30_000, "=\n" * 30_000)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_texts_do_no_harm(text: str) -> None:
    """In every variable and file that is read: no failure, no time to speak of."""
    names: set[str] = set()
    files: set[str] = set()

    class Spy(dict[str, str]):
        def get(self, key: str, default: object = None) -> object:  # type: ignore[override]
            names.add(key)
            return super().get(key, default)

    def spy(path: str) -> None:
        files.add(path)

    for platform in ("linux", "darwin", "win32"):
        environ = Spy({"HOME": "/home/bwayne"})
        collect(Machine(environ=environ, platform=platform, read=spy, exists=lambda _path: True))
    everywhere = dict.fromkeys(names, text[:60_000])
    everywhere |= {"API_TOKEN": text, "HOME": "/home/bwayne"}
    start = time.process_time()
    for platform in ("linux", "darwin", "win32"):
        machine = Machine(
            environ=everywhere,
            platform=platform,
            read=lambda path: text if path in files else None,
            entries=lambda _path: (text, "eth0"),
            exists=lambda _path: True,
            node=lambda: text,
            cwd=lambda: text,
            main=lambda: text,
            account=lambda: Account(text, text, text),
        )
        # A document of SageMaker that is no JSON fails, and is one count.
        assert collect(machine).failures <= 1
    assert time.process_time() - start < 4
