"""The variables of the environment that say no."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scrubber.consent.environment import refusal, variable_of

if TYPE_CHECKING:
    from scrubber.consent import Settings

NO_VALUES = ["0", "false", "False", " OFF ", "no", "", "never", "disabled"]


@pytest.mark.parametrize("name", ["DO_NOT_TRACK", "CI"])
@pytest.mark.parametrize(
    ("value", "refuses"),
    [("1", True), ("true", True), ("yes", True), ("0", False), ("false", False), ("", False)],
)
def test_a_variable_for_all_programs_says_no(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, name: str, value: str, *, refuses: bool
) -> None:
    """Over the file, and told of as the origin; a running process follows it."""
    settings.update(sync=True)
    assert settings.allows("crash_reports")
    monkeypatch.setenv(name, value)
    assert settings["sync"] is not refuses
    assert settings.allows("crash_reports") is not refuses
    assert settings.origin("sync") == (name if refuses else "file")


@pytest.mark.parametrize("value", NO_VALUES)
def test_an_own_variable_says_no_unless_it_clearly_says_yes(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    """Who writes `never` means it."""
    monkeypatch.setenv("MYLIB_SYNC", value)
    assert (settings["sync"], settings.origin("sync")) == (False, "MYLIB_SYNC")
    assert not settings.allows("usage_events")


@pytest.mark.parametrize("value", ["1", "true", "Yes", " on "])
def test_an_own_variable_is_no_consent(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    """`MYLIB_SYNC=1` does not undo what was chosen."""
    settings.update(sync=False)
    monkeypatch.setenv("MYLIB_SYNC", value)
    assert (settings["sync"], settings.origin("sync")) == (False, "file")


def test_the_variable_of_another_application_says_nothing(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each has its own."""
    monkeypatch.setenv("CRASHSCRUB_SYNC", "0")
    assert settings.allows("crash_reports")


@pytest.mark.parametrize(
    ("app", "name"),
    [("mylib", "MYLIB_SYNC"), ("my-lib.x", "MY_LIB_X_SYNC"), ("3d", "3D_SYNC")],
)
def test_variable_is_named_after_the_application(app: str, name: str) -> None:
    """In capitals, and what no variable may hold as an underscore."""
    assert variable_of(app) == name


def test_the_first_that_says_no_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """DO_NOT_TRACK, then CI, then the own one."""
    monkeypatch.setenv("MYLIB_SYNC", "0")
    assert refusal("mylib") == "MYLIB_SYNC"
    monkeypatch.setenv("CI", "1")
    assert refusal("mylib") == "CI"
    monkeypatch.setenv("DO_NOT_TRACK", "1")
    assert refusal("mylib") == "DO_NOT_TRACK"
