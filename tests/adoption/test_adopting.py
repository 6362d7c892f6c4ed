"""Adopting breaks no program: what cannot be wired collects nothing, and is told of."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING, Any

import pytest

import scrubber
from scrubber import ConfigError, adopt
from scrubber.adoption import Plan, adopting
from scrubber.consent import Settings
from scrubber.integrations.sentry import install, status, uninstall
from scrubber.telemetry import Event, Flag, JsonEndpoint

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

sentry_sdk = pytest.importorskip("sentry_sdk", reason="sentry-sdk is not installed")

DSN = "http://public@127.0.0.1:9/1"
ENDPOINT = JsonEndpoint("http://127.0.0.1:9/events")
EVENT = Event("export", {"half": Flag()})


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Settings of nobody, no variable that speaks, and no client left behind."""
    monkeypatch.setenv("SCRUBBER_CONFIG_DIR", str(tmp_path))
    for name in ("CI", "DO_NOT_TRACK", "MYLIB_SYNC"):
        monkeypatch.delenv(name, raising=False)
    yield
    uninstall()
    sentry_sdk.get_global_scope().set_client(None)


def test_a_plan_is_wired() -> None:
    """And what was wired can be undone."""
    ours = adopt("mylib", dsn=DSN, endpoint=ENDPOINT, events=(EVENT,), version="1.2.0")
    assert ours.problems == ()
    assert status().active
    assert sentry_sdk.get_client().options["release"] == "1.2.0"
    assert ours.plan == Plan(
        app="mylib", dsn=DSN, endpoint=ENDPOINT, events=(EVENT,), version="1.2.0"
    )
    ours.record("export", half=True)
    ours.close()
    assert not status().active


def test_the_name_may_be_written_out() -> None:
    """As `adopt(app=...)`; a plan may be given whole."""
    assert adopt(app="mylib").plan == adopt(Plan(app="mylib")).plan
    assert scrubber.adopt is adopting.adopt


def test_a_plan_that_cannot_be_meant_raises() -> None:
    """It is the author's, and their tests show it."""
    with pytest.raises(ConfigError):
        adopt("mylib", dsn="nowhere")
    with pytest.raises(TypeError):
        adopt("mylib", dns=DSN)
    with pytest.raises(TypeError, match="not both"):
        adopt(Plan(app="mylib"), dsn=DSN)


def test_a_client_of_somebody_else_stays(caplog: pytest.LogCaptureFixture) -> None:
    """A library is a guest in its user's program."""
    sentry_sdk.init(DSN)
    theirs = sentry_sdk.get_client()
    with caplog.at_level(logging.WARNING, "scrubber"):
        ours = adopt("mylib", dsn=DSN, packages=("mylib",))
    assert sentry_sdk.get_client() is theirs
    assert len(ours.problems) == 1
    assert "another Sentry client" in ours.problems[0]
    assert "mylib collects no crash reports" in caplog.text
    ours.close()
    assert sentry_sdk.get_client() is theirs


def test_a_library_is_a_guest() -> None:
    """Nothing but errors of its own packages, unless its plan says otherwise."""
    adopt("mylib", dsn=DSN, packages=("mylib",), options={"max_breadcrumbs": 3})
    options = sentry_sdk.get_client().options
    assert options["auto_session_tracking"] is False
    assert options["auto_enabling_integrations"] is False
    assert options["max_breadcrumbs"] == 3
    assert options["send_client_reports"] is False
    assert options["trace_propagation_targets"] == []
    assert (options["release"], options["environment"]) == ("", "production")
    metric = options.get("before_send_metric") or options["_experiments"]["before_send_metric"]
    assert metric({"name": "patients"}, {}) is None
    hook = options["before_send"]
    assert hook({"logger": "elsewhere", "message": "x"}, {}) is None
    assert hook({"logger": "mylib.train", "message": "x"}, {})["message"] == "x"
    assert options["before_send_transaction"]({"type": "transaction"}, {}) is None


def test_a_hook_of_the_plan_runs_behind() -> None:
    """On what is the library's own."""
    seen: list[Any] = []

    def hook(event: Any, hint: Any) -> Any:  # noqa: ANN401
        seen.append((event["logger"], hint))
        return event

    adopt("mylib", dsn=DSN, packages=("mylib",), options={"before_send": hook})
    own = sentry_sdk.get_client().options["before_send"]
    own({"logger": "elsewhere"}, {})
    own({"logger": "mylib"}, {})
    assert seen == [("mylib", {})]


@pytest.mark.parametrize("part", ["_crash_reports", "_usage_events"])
def test_what_fails_collects_nothing(
    part: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The other part goes on, and the log says which failed, without what failed in it."""

    def failing(*_args: object) -> None:
        raise OSError("secret words")

    monkeypatch.setattr(adopting, part, failing)
    with caplog.at_level(logging.WARNING, "scrubber"):
        ours = adopt("mylib", dsn=DSN, endpoint=ENDPOINT, events=(EVENT,))
    assert [problem.rpartition(": ")[2] for problem in ours.problems] == ["OSError"]
    assert "secret words" not in caplog.text
    ours.record("export", half=True)
    ours.flush(0.1)
    ours.close()


def test_without_the_sdk_no_crashes_are_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program goes on."""
    monkeypatch.setitem(sys.modules, "sentry_sdk", None)
    ours = adopt("mylib", dsn=DSN)
    assert ours.problems == ("crash reports: ModuleNotFoundError",)


@pytest.mark.parametrize("name", ["record", "flush", "close"])
def test_a_client_that_raises_is_not_heard(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Recording, flushing and closing never raise."""
    from scrubber.telemetry.client import Client

    ours = adopt("mylib", endpoint=ENDPOINT, events=(EVENT,))
    monkeypatch.setattr(Client, name, lambda *_args, **_named: 1 // 0)
    ours.record("export", half=True)
    ours.flush(0.1)
    ours.close()


def test_the_policy_is_the_users_before_it_is_the_plans() -> None:
    """As is how much of a path goes."""
    assert _policy(adopt("mylib", dsn=DSN, policy="strict")).id == "strict"
    Settings("mylib").update({"policy": "fast", "path_mode": "full"})
    policy = _policy(adopt("mylib", dsn=DSN, policy="strict"))
    assert (policy.id, policy.path_mode) == ("fast", "full")


def _policy(ours: adopting.Adoption) -> Any:  # noqa: ANN401
    return adopting._scrubber(ours.plan, ours.settings).policy  # noqa: SLF001


def test_beginning_again_stacks_nothing() -> None:
    """The hooks and the guard are those of the last call."""
    for release in ("1", "2"):
        ours = adopt("mylib", dsn=DSN, version=release)
        assert ours.problems == ()
    assert status().active
    assert sentry_sdk.get_client().options["release"] == "2"
    ours.close()
    assert not sentry_sdk.get_client().is_active()


def test_neither_a_program_nor_another_library_is_pushed_aside() -> None:
    """Who came first stays, though all of them are scrubbed."""
    install(DSN)
    first = sentry_sdk.get_client()
    assert len(adopt("mylib", dsn=DSN).problems) == 1
    assert sentry_sdk.get_client() is first
    uninstall()
    assert adopt("mylib", dsn=DSN).problems == ()
    assert len(adopt("otherlib", dsn=DSN).problems) == 1
