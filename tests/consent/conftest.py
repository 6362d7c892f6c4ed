"""Settings of an application in a folder of the test, with nothing said by the environment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scrubber.consent import Settings, warning

if TYPE_CHECKING:
    from pathlib import Path

VARIABLES = ("CI", "DO_NOT_TRACK", "MYLIB_SYNC", "CRASHSCRUB_SYNC", "SCRUBBER_DISABLE")


@pytest.fixture(autouse=True)
def nothing_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No variable says no, settings lie in the test's folder, and no warning was given yet."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SCRUBBER_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setattr(warning, "_said", set())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the settings of `mylib` lie; it is not there yet."""
    return tmp_path / "config" / "mylib"


@pytest.fixture
def settings(folder: Path) -> Settings:
    """The settings of `mylib`."""
    found = Settings("mylib")
    assert found.folder == folder
    return found


@pytest.fixture
def written(folder: Path) -> Path:
    """The file of settings, in its folder, to be written by the test."""
    folder.mkdir(parents=True, mode=0o700)
    return folder / "settings.json"
