"""What a fork does to clients, and what it waits for."""

from __future__ import annotations

import threading

import pytest

from scrubber.telemetry import forks
from scrubber.telemetry.forks import _Forks, follow, importing
from tests.telemetry.servers import PATIENCE


class Follower:
    """Counts how often it began anew."""

    times = 0

    def begin_anew(self) -> None:
        """Count."""
        self.times += 1


class Failing(Follower):
    """Cannot begin anew."""

    def begin_anew(self) -> None:
        """Fail."""
        raise RuntimeError


@pytest.fixture
def mine(monkeypatch: pytest.MonkeyPatch) -> _Forks:
    """Forks that are not those of this process."""
    one = _Forks()
    one.registered = True
    monkeypatch.setattr(forks, "_forks", one)
    return one


def test_a_fork_waits_until_imports_are_done(mine: _Forks) -> None:
    """And imports wait for a fork."""
    order: list[str] = []

    def work() -> None:
        with importing():
            order.append("imported")

    mine.before()
    thread = threading.Thread(target=work)
    thread.start()
    order.append("forked")
    mine.in_parent()
    thread.join(PATIENCE)
    assert order == ["forked", "imported"]


def test_a_fork_does_not_wait_for_ever(mine: _Forks, monkeypatch: pytest.MonkeyPatch) -> None:
    """Imports that take too long are no reason to stand still."""
    monkeypatch.setattr(forks, "PATIENCE", 0.01)
    with importing():
        mine.before()
        mine.in_parent()
        assert mine.imports.locked()
    assert not mine.imports.locked()


def test_a_child_has_a_lock_of_its_own(mine: _Forks) -> None:
    """Whoever held it in the parent; and one client that fails is no matter to the others."""
    first, second, gone = Failing(), Follower(), Follower()
    for one in (first, second, gone):
        follow(one)
    del one, gone
    mine.before()
    mine.in_child()
    assert second.times == 1
    assert not mine.imports.locked()
    assert len(mine.followers) == 2
