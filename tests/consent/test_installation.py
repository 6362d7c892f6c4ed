"""The id of an installation."""

from __future__ import annotations

import os
import platform
import re
import socket
import time
import uuid
from typing import TYPE_CHECKING

import pytest

from scrubber.consent.installation import EPOCH, Installation, current_epoch

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from scrubber.consent import Settings

DAY = 24 * 60 * 60


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Let some days pass."""
    real = time.time

    def pass_days(days: float) -> None:
        monkeypatch.setattr(time, "time", lambda: real() + days * DAY)

    return pass_days


def test_id_is_made_once_and_kept(settings: Settings) -> None:
    """The same for every process of the user."""
    made = settings["installation_id"]
    assert re.fullmatch(r"[0-9a-f]{32}", made)
    assert settings["installation_id"] == made
    assert type(settings)("mylib")["installation_id"] == made
    assert type(settings)("otherlib")["installation_id"] != made
    assert settings.origin("installation_id") == "file"


def test_another_epoch_is_another_id(settings: Settings, later: Callable[[float], None]) -> None:
    """At most 90 days; the old one is gone from the file."""
    made = settings["installation_id"]
    seen = {made}
    for days in (EPOCH, 2 * EPOCH, 50 * EPOCH):
        later(days)
        seen.add(settings["installation_id"])
    assert len(seen) == 4
    assert made not in (settings.folder / "settings.json").read_text("ascii")


def test_an_id_of_the_future_is_not_kept(
    settings: Settings, later: Callable[[float], None]
) -> None:
    """Made while a clock was wrong, it would last for years."""
    later(5000)
    made = settings["installation_id"]
    later(0)
    assert settings["installation_id"] != made


def test_within_an_epoch_it_stays(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """From its first second to its last."""
    first = current_epoch() * EPOCH * DAY
    monkeypatch.setattr(time, "time", lambda: first)
    made = settings["installation_id"]
    monkeypatch.setattr(time, "time", lambda: first + EPOCH * DAY - 1)
    assert settings["installation_id"] == made


def test_it_is_derived_from_nothing(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither hardware, host, account nor folder is asked; random numbers are."""

    def forbidden(*_: object, **__: object) -> None:
        pytest.fail("something of the machine was asked")

    for module, names in (
        (uuid, "getnode uuid1 uuid3 uuid5"),
        (socket, "gethostname getfqdn gethostbyname"),
        (platform, "node uname platform machine processor"),
        (os, "uname getlogin"),
    ):
        for name in names.split():
            monkeypatch.setattr(module, name, forbidden, raising=False)
    made = settings["installation_id"]
    monkeypatch.setattr(os, "urandom", lambda size: bytes(range(size)))
    settings.reset()
    assert settings["installation_id"] == bytes(range(16)).hex() != made


def test_same_place_same_name_other_id(settings: Settings) -> None:
    """What is made anew has nothing of what was."""
    made = settings["installation_id"]
    settings.delete()
    assert settings["installation_id"] != made


def test_a_reset_makes_another_id(settings: Settings) -> None:
    """Whoever resets is somebody new."""
    made = settings["installation_id"]
    settings.reset()
    assert made not in (settings.folder / "settings.json").read_text("ascii")
    assert settings["installation_id"] != made


@pytest.mark.parametrize("how", ["file", "DO_NOT_TRACK", "corrupt"])
def test_who_refused_gets_no_id(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, written: Path, how: str
) -> None:
    """It is not made, and no file is."""
    if how == "file":
        settings.update(sync=False)
    elif how == "corrupt":
        written.write_text("{", "ascii")
    else:
        monkeypatch.setenv(how, "1")
    before = sorted(settings.folder.iterdir())
    assert settings["installation_id"] == ""
    assert sorted(settings.folder.iterdir()) == before
    assert settings.origin("installation_id") == "default"


def test_a_file_of_a_later_version_gets_none_written(settings: Settings, written: Path) -> None:
    """One is used for this process, and the same one each time."""
    written.write_text('{"version": 7}', "ascii")
    made = settings["installation_id"]
    assert re.fullmatch(r"[0-9a-f]{32}", made)
    assert settings["installation_id"] == made
    assert written.read_text("ascii") == '{"version": 7}'


@pytest.mark.parametrize("found", [None, [], {}, {"id": "a1" * 16}, {"id": "jane", "epoch": 1}])
def test_what_is_no_id_is_none(found: object) -> None:
    """Of a file that somebody else wrote."""
    assert Installation.read(found) is None
