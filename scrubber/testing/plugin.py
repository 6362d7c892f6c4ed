"""
The plugin of pytest: the fixture `leak_guard`, the option `--leak-guard`, and a marker.

pytest loads this module in every run, whether or not somebody uses it. So it imports pytest alone,
and everything else when the first test is guarded.

Promise: a run without the fixture and the option is what it was. A guarded test that leaks fails,
whatever else becomes of it, and nothing this plugin says shows what leaked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator

    from scrubber.testing.guard import LeakGuard

_FIXTURE: Final = "leak_guard"
_MARKER: Final = (
    "leak_allowed(entity, ..., reason): let a test that leak_guard watches leak these entities"
)
_QUIET: Final = -1
_GUARD: Final = pytest.StashKey["LeakGuard"]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option, and the same as a setting."""
    told = "fail tests whose log records or Sentry envelopes leak"
    group = parser.getgroup("leak guard")
    group.addoption("--leak-guard", action="store_true", help=f"{told}: all tests")
    parser.addini("leak_guard", f"{told}: all tests, as --leak-guard", type="bool", default=False)


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker, and what counts."""
    _everywhere(config)  # a setting that is no truth is told before anything runs
    config.addinivalue_line("markers", _MARKER)
    config.pluginmanager.register(_Tally(config), "leak_guard_tally")


def pytest_report_header(config: pytest.Config) -> list[str]:
    """Tell that every test is watched, and for what."""
    if not _everywhere(config):
        return []
    return [f"leak guard: every test; {_watched()}"]


@pytest.fixture(name=_FIXTURE)
def _leak_guard(request: pytest.FixtureRequest) -> LeakGuard:
    """Fail the test if what is planted here, or who runs it, leaves in logs or Sentry envelopes."""
    guard: LeakGuard | None = request.node.stash.get(_GUARD, None)
    if guard is None:  # asked for by `getfixturevalue`
        guard = _begin(request.node)
    return guard


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None]:
    """Begin before any fixture of the test."""
    if _everywhere(item.config) or _FIXTURE in getattr(item, "fixturenames", ()):
        _begin(item)
    yield
    if _GUARD in item.stash:
        from scrubber.testing.verdict import check_markers

        check_markers(item)  # a marker that says nothing is told before the test runs


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, Any]:
    """Let a test fail that leaked, at the end of its call or of its teardown."""
    report = yield
    guard = item.stash.get(_GUARD, None)
    if guard is not None and report.when != "setup":
        from scrubber.testing.verdict import judge

        try:
            judge(report, guard, item)
        finally:
            if report.when == "teardown":
                guard.end()
                del item.stash[_GUARD]
    return report


def _begin(item: pytest.Item) -> LeakGuard:
    from scrubber.testing.guard import LeakGuard

    old = item.stash.get(_GUARD, None)
    if old is not None:  # run again, after something ended the first run
        old.end()
    item.stash[_GUARD] = guard = LeakGuard(item.nodeid)
    guard.begin()
    return guard


def _everywhere(config: pytest.Config) -> bool:
    return bool(config.getoption("leak_guard") or config.getini("leak_guard"))


def _watched() -> str:
    from importlib.util import find_spec

    if find_spec("sentry_sdk") is None:
        return "log records only, since sentry-sdk is not installed"
    return "log records and Sentry envelopes"


class _Tally:
    """Counts what the reports say, which come from other processes with pytest-xdist."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._counts = {"tests": 0, "leaks": 0, "allowed": 0, "envelopes": 0, "records": 0}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add what a report says."""
        for name, count in getattr(report, _FIXTURE, {}).items():
            self._counts[name] += count

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say it in a line: with -q without the details, with -qq only if something leaked."""
        counts = self._counts
        verbosity = self._config.get_verbosity()
        if not (counts["tests"] or _everywhere(self._config)):
            return
        if verbosity < _QUIET and not counts["leaks"]:
            return
        tests, leaks = _number(counts["tests"], "test"), _number(counts["leaks"], "leak")
        line = f"leak guard: {tests} watched, {leaks}"
        if counts["allowed"]:
            line += f", {counts['allowed']} allowed"
        if verbosity > _QUIET:
            seen = _number(counts["envelopes"], "envelope"), _number(counts["records"], "record")
            line += f" ({' and '.join(seen)} seen; {_watched()})"
        terminalreporter.write_line(line, red=bool(counts["leaks"]))


def _number(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"
