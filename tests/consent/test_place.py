"""Where the settings of an application lie."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from scrubber.consent import Settings
from scrubber.consent.gate import PLAIN
from scrubber.consent.place import NEEDS_PLATFORMDIRS, app_checked, folder_of
from scrubber.errors import ConfigError


@pytest.mark.parametrize("app", ["mylib", "my-lib", "my_lib", "my.lib2", "X", "3d", "a" * 64])
def test_a_package_name_is_a_name(app: str) -> None:
    """As packages are named."""
    assert app_checked(app) == app


NO_NAMES = ["", ".", "..", "../x", "a/b", "a\\b", "/x", "C:x", "a b", "é", "a\n", "a" * 65, ".x"]


@pytest.mark.parametrize("app", [*NO_NAMES, "x.", "con", "NUL", "com1.x", "a\0", None, 3])
def test_what_is_no_folder_everywhere_is_refused(app: str) -> None:
    """Nothing of a name leads out of the folder, on any system."""
    with pytest.raises(ValueError, match="app: must be letters"):
        Settings(app)


def test_the_variable_names_the_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Each application has a folder there; a running process follows it."""
    settings = Settings("mylib")
    for name in ("one", "two"):
        monkeypatch.setenv("SCRUBBER_CONFIG_DIR", str(tmp_path / name))
        assert settings.folder == tmp_path / name / "mylib"
    assert not (tmp_path / "one").exists()


def test_a_place_that_moves_with_the_folder_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings that lie elsewhere in each folder are an opt-out that is forgotten."""
    monkeypatch.setenv("SCRUBBER_CONFIG_DIR", "config")
    settings = Settings("mylib")
    with pytest.raises(ConfigError, match="SCRUBBER_CONFIG_DIR must be an absolute path"):
        settings.update(sync=False)
    assert not settings.allows("crash_reports")
    assert PLAIN.scopes() == frozenset()


def test_the_usual_place_is_among_the_users_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """As platformdirs says."""
    platformdirs = pytest.importorskip("platformdirs")
    monkeypatch.delenv("SCRUBBER_CONFIG_DIR")
    expected = platformdirs.user_config_path("mylib", appauthor=False)
    assert Settings("mylib").folder == expected
    assert str(expected).startswith(str(Path.home()))


def test_without_platformdirs_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Nothing is collected, since nobody could refuse; a plain hook does not change."""
    monkeypatch.delenv("SCRUBBER_CONFIG_DIR")
    monkeypatch.setitem(sys.modules, "platformdirs", None)
    settings = Settings("mylib")
    with pytest.raises(ConfigError, match="pip install 'crashscrub\\[settings\\]'"):
        settings.update(sync=False)
    assert not settings.allows("crash_reports")
    assert not settings.allows("crash_reports")
    assert [NEEDS_PLATFORMDIRS in one.getMessage() for one in caplog.records] == [True]
    assert PLAIN.scopes() == {"crash_reports", "logs"}


def test_without_a_home_there_is_no_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """A service may have none; its plain hook goes on."""
    platformdirs = pytest.importorskip("platformdirs")
    monkeypatch.delenv("SCRUBBER_CONFIG_DIR")
    monkeypatch.setattr(platformdirs, "user_config_path", lambda name, **_: Path("~") / name)
    with pytest.raises(ConfigError, match="no home"):
        folder_of("mylib")
    assert not Settings("mylib").allows("logs")
    assert PLAIN.lets("event")
