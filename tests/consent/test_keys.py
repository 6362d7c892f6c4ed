"""The settings there are, and what they may be."""

from __future__ import annotations

import pytest

from scrubber.consent.keys import CONSENT, KEYS, SCOPES, checked
from scrubber.ruleset.model import PATH_MODES
from scrubber.wiring import load_ruleset


def test_policies_and_path_modes_are_those_of_the_rules() -> None:
    """They are spelled out in a lower layer."""
    assert set(KEYS["policy"].choices) == set(load_ruleset(examples=False).policies)
    assert KEYS["path_mode"].choices == PATH_MODES
    assert [name for name in KEYS if type(KEYS[name].default) is bool] == list(CONSENT)
    assert CONSENT[1:] == SCOPES


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("snc", "'sync'"),
        ("crash_report", "'crash_reports'"),
        ("crash-reports", "'crash_reports'"),
        ("LOG", "'logs'"),
        ("pathmode", "'path_mode'"),
        ("zzz", "there are sync"),
        (3, "there are sync"),
    ],
)
def test_unknown_setting_names_the_nearest(name: str, nearest: str) -> None:
    """A `KeyError` that helps; what was given is not repeated."""
    with pytest.raises(KeyError, match=nearest):
        checked(name, False)  # noqa: FBT003  # as a mapping takes it


@pytest.mark.parametrize(
    ("name", "value", "error"),
    [
        ("sync", "False", TypeError),
        ("sync", 0, TypeError),
        ("sync", None, TypeError),
        ("logs", 1.0, TypeError),
        ("policy", True, TypeError),
        ("policy", b"strict", TypeError),
        ("policy", "jane-policy", ValueError),
        ("path_mode", "jane-mode", ValueError),
        ("installation_id", "jane", ValueError),
    ],
)
def test_wrong_value_is_refused_by_name(name: str, value: object, error: type[Exception]) -> None:
    """The message names the setting and not the value."""
    with pytest.raises(error, match=name) as raised:
        checked(name, value)
    assert "jane" not in str(raised.value)


def test_subclass_of_a_type_is_refused() -> None:
    """What is no plain string may compare, hash and print as it likes."""

    class Odd(str):
        __slots__ = ()

    with pytest.raises(TypeError, match="policy"):
        checked("policy", Odd("strict"))
