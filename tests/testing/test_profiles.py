"""Profiles of Hypothesis: as many examples as they say, nothing switched off."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from scrubber.testing.profiles import EXAMPLES, load_profile

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """What other tests run with is put back."""
    before = settings()
    yield
    settings.register_profile("before", before)
    settings.load_profile("before")


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_profile_is_loaded(name: str) -> None:
    """Each test tries so many examples, without a deadline, every check on, nothing printed."""
    checks = settings().suppress_health_check
    load_profile(name)
    now = settings()
    assert (now.max_examples, now.deadline, now.print_blob) == (EXAMPLES[name], None, False)
    assert now.suppress_health_check == checks


def test_examples_are_the_same_in_ci_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """A build that fails fails again; at a desk new examples are tried."""
    load_profile("fast")
    assert not settings().derandomize
    monkeypatch.setenv("CI", "true")
    load_profile("fast")
    assert settings().derandomize


def test_profiles_grow() -> None:
    """From one to the next."""
    assert list(EXAMPLES.values()) == sorted(EXAMPLES.values())


def test_other_names_are_refused() -> None:
    """The message tells the names there are."""
    with pytest.raises(ValueError, match="known: fast, balanced, expensive"):
        load_profile("slow")


def test_without_hypothesis_the_command_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """As everywhere a package is missing."""
    monkeypatch.setitem(sys.modules, "hypothesis", None)
    with pytest.raises(ModuleNotFoundError, match=r"pip install 'crashscrub\[testing\]'"):
        load_profile("fast")
