"""The variables of the environment: what means yes, and what means no."""

from __future__ import annotations

import pytest

from scrubber.switches import DISABLE, NO_IDENTITY, disabled, identity_disabled

NO = ["", "0", "false", "False", "FALSE", "no", "NO", "off", "Off", " 0 ", "false\n", "\t"]
YES = ["1", "true", "yes", "on", "2", "-1", "00", "n", "f", "none", "falsch", "nope", "?"]


@pytest.mark.parametrize("value", NO)
def test_no_is_no_however_it_is_written(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    """In any case, with blanks around it, and empty."""
    monkeypatch.setenv(DISABLE, value)
    monkeypatch.setenv(NO_IDENTITY, value)
    assert not disabled()
    assert not identity_disabled()


@pytest.mark.parametrize("value", YES)
def test_anything_else_is_yes(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    """Nothing is sent by a slip of the pen."""
    monkeypatch.setenv(DISABLE, value)
    monkeypatch.setenv(NO_IDENTITY, value)
    assert disabled()
    assert identity_disabled()


def test_a_variable_that_is_not_there_is_no(monkeypatch: pytest.MonkeyPatch) -> None:
    """The usual case."""
    monkeypatch.delenv(DISABLE, raising=False)
    monkeypatch.delenv(NO_IDENTITY, raising=False)
    assert not disabled()
    assert not identity_disabled()


def test_a_running_process_follows_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are read each time."""
    monkeypatch.setenv(DISABLE, "1")
    assert disabled()
    monkeypatch.setenv(DISABLE, "off")
    assert not disabled()
