"""The page says what the plan says, and the plan what the code does."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from examples.mylib.collection import PLAN
from scrubber import Scrubber
from scrubber.adoption.page import disclosure
from scrubber.adoption.phrases import phrase
from scrubber.adoption.plan import Plan
from scrubber.identity.model import Identity
from scrubber.redact.placeholders import placeholder
from scrubber.telemetry import Choice, Event, Flag, JsonEndpoint, Number

PAGE = Path(__file__).resolve().parents[2] / "examples" / "mylib" / "DATA_COLLECTION.md"
DSN = "https://public@errors.example.com/1"
ENDPOINT = JsonEndpoint("https://usage.example.com/events")


def plan(**given: Any) -> Plan:  # noqa: ANN401
    """Give a plan that reports crashes."""
    return Plan(**{"app": "mylib", "dsn": DSN, **given})


def test_the_page_of_the_example_is_that_of_its_plan() -> None:
    """As its own test has it: `scrubber disclose examples.mylib.collection:PLAN -o PAGE`."""
    assert PAGE.read_text(encoding="utf-8") == disclosure(PLAN)


def test_every_entity_the_policy_looks_for_is_named() -> None:
    """In events, with the placeholder that stands in its place."""
    for policy in ("balanced", "strict", "fast"):
        scrubber = Scrubber(policy, identity=Identity.none())
        rules = scrubber.ruleset.rules_for(scrubber.policy.in_events())
        page = disclosure(plan(policy=policy))
        assert f"policy `{policy}`" in page
        entities = {rule.entity for rule in rules}
        assert [one for one in entities if f"`{placeholder(one)}`" not in page] == []
        others = entities - {"FILE_PATH"}  # told in words of its own
        assert [one for one in others if phrase(one, rules) not in page] == []


def test_every_event_and_value_is_named() -> None:
    """What the client says that it may send is on the page."""
    event = Event(
        "export",
        {"format": Choice("onnx", "tflite"), "half": Flag(), "size": Number(32, 1280)},
        purpose="which formats to keep",
    )
    page = disclosure(Plan(app="mylib", endpoint=ENDPOINT, events=(event,)))
    for word in ("`export`", "which formats to keep", "`format`", "`onnx`, `tflite`", "`half`"):
        assert word in page
    assert "from 32 to 1280" in page
    assert "usage.example.com" in page
    assert "Crash reports" not in page
    assert "crash_reports" not in page


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("include_local_variables", False, "local variables"),
        ("include_source_context", False, "lines of source"),
        ("max_breadcrumbs", 0, "asked of the network"),
        ("auto_session_tracking", False, "ended with an error"),
        ("send_client_reports", False, "were not sent, and why"),
        ("environment", "production", "`SENTRY_ENVIRONMENT`"),
        ("release", "", "commit of the folder"),
    ],
)
def test_what_an_option_takes_away_is_not_said(option: str, value: object, said: str) -> None:
    """And what it leaves is."""
    assert said in disclosure(plan())
    assert said not in disclosure(plan(options={option: value}))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"traces_sample_rate": 0.1}, "how long their parts took"),
        ({"profiles_sample_rate": 0.1}, "in which functions the time went"),
        ({"enable_logs": True}, "## Logs"),
        ({"_experiments": {"enable_logs": True}}, "## Logs"),
    ],
)
def test_what_an_option_adds_is_said(options: dict[str, object], said: str) -> None:
    """And without it is not."""
    assert said in disclosure(plan(options=options))
    assert said not in disclosure(plan())


def test_a_library_says_whose_errors_it_reports() -> None:
    """And that it takes no breadcrumbs, which its options do."""
    page = disclosure(plan(packages=("mylib", "mylib_extras")))
    assert "went through the code of `mylib` or `mylib_extras`" in page
    for said in ("asked of the network", "command line", "were not sent", "commit of the folder"):
        assert said not in page.partition("## Your choice")[0]


def test_defaults_are_told() -> None:
    """Who is asked first reads so."""
    page = disclosure(plan(defaults={"sync": False}))
    assert "Nothing is collected before you agree to it." in page
    assert "| no | `crash_reports` |" in page
    assert "Nothing is collected before" not in disclosure(plan())
    assert "| yes | `crash_reports` |" in disclosure(plan())


def test_keys_of_addresses_are_not_on_the_page() -> None:
    """Neither that of the DSN, nor the secret of a stream."""
    page = disclosure(PLAN)
    assert "public@" not in page
    assert "the-secret-of-the-stream" not in page
    assert "errors.example.com" in page


def test_a_plan_without_a_place_collects_nothing() -> None:
    """And its page says so and nothing else."""
    page = disclosure(Plan(app="mylib"))
    assert page.endswith("# What mylib collects\n\nmylib collects nothing.\n")


def test_how_to_refuse_is_said_with_the_name_of_the_app() -> None:
    """The command, the variable and the mapping."""
    page = disclosure(replace(PLAN, app="my-lib"))
    assert "scrubber settings --app my-lib sync=False" in page
    assert "`MY_LIB_SYNC=0`" in page
    assert 'Settings("my-lib")' in page
