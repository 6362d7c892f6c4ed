"""A plan that cannot be meant is refused when it is made."""

from __future__ import annotations

from typing import Any

import pytest

from scrubber.adoption.plan import Plan, host_of
from scrubber.errors import ConfigError
from scrubber.telemetry import Choice, Event, GoogleAnalytics4, JsonEndpoint

DSN = "https://public@errors.example.com/1"
GA4 = GoogleAnalytics4("G-EXAMPLE", "made-up")
ENDPOINT = JsonEndpoint("https://usage.example.com/events")
TRAIN = Event("train", {"task": Choice("detect", "segment")})


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"app": ""}, "app: must be"),
        ({"app": "my lib"}, "app: must be"),
        ({"app": "../x"}, "app: must be"),
        ({"app": "x" * 65}, "app: must be"),
        ({"app": 7}, "app: must be"),
        ({"packages": ("my-lib",)}, "packages are names"),
        ({"packages": ("",)}, "packages are names"),
        ({"packages": (7,)}, "packages are names"),
        ({"ga4": GA4, "endpoint": ENDPOINT}, "not both"),
        ({"events": (TRAIN,)}, "events need a place"),
        ({"defaults": {"policy": True}}, "defaults are for"),
        ({"defaults": {"sync": "no"}}, "True or False"),
        ({"options": {"dsn": "x"}}, "options are those of"),
        ({"dsn": "nowhere"}, "dsn is an address"),
        ({"dsn": ""}, "dsn is an address"),
        ({"dsn": "https://public@[::1/1"}, "dsn is an address"),
    ],
)
def test_a_plan_is_refused(given: dict[str, Any], said: str) -> None:
    """With what it should be, and without what it was."""
    with pytest.raises(ConfigError, match=said):
        Plan(**{"app": "mylib", **given})


def test_a_plan_is_a_value() -> None:
    """What it was made of can change without it."""
    defaults = {"usage_events": False}
    plan = Plan(app="mylib", dsn=DSN, packages=["mylib"], defaults=defaults)  # type: ignore[arg-type]
    defaults["usage_events"] = True
    assert plan.packages == ("mylib",)
    assert plan.defaults == {"usage_events": False}
    with pytest.raises(TypeError):
        plan.defaults["sync"] = True  # type: ignore[index]


def test_keys_do_not_stand_in_its_repr() -> None:
    """A plan may be logged."""
    shown = repr(Plan(app="mylib", dsn=DSN, ga4=GA4, options={"debug": True}))
    assert "public" not in shown
    assert "made-up" not in shown


@pytest.mark.parametrize(
    ("address", "host"),
    [
        (DSN, "errors.example.com"),
        ("http://k@127.0.0.1:8000/1", "127.0.0.1:8000"),
        ("https://k@[::1]:99999/1", ""),
        ("mailto:x", ""),
    ],
)
def test_the_host_of_an_address(address: str, host: str) -> None:
    """Without its key, and with a port that is not the usual one."""
    assert host_of(address) == host
