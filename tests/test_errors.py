"""The tree of errors, and what their messages hold."""

from __future__ import annotations

import inspect
import pickle

import pytest

from scrubber import errors
from scrubber.errors import (
    BudgetError,
    ConfigError,
    InputError,
    Problem,
    RulesetError,
    ScrubberError,
    UnitError,
)

PROBLEMS = (
    Problem("a.toml", "test.badge", "entity is missing"),
    Problem("b.toml", "", "is not UTF-8"),
)


@pytest.mark.parametrize("error", [RulesetError, ConfigError, InputError, UnitError, BudgetError])
def test_every_error_is_caught_by_the_root(error: type[Exception]) -> None:
    """One `except ScrubberError` is enough, and the docstring of the module draws them all."""
    assert issubclass(error, ScrubberError)
    assert error.__name__ in (errors.__doc__ or "")


def test_tree_has_no_error_that_is_not_tested() -> None:
    """A new error is drawn and put into the table above."""
    classes = inspect.getmembers(errors, inspect.isclass)
    found = {name for name, one in classes if issubclass(one, Exception)}
    assert found == {
        "BudgetError",
        "ConfigError",
        "InputError",
        "RulesetError",
        "ScrubberError",
        "UnitError",
    }


@pytest.mark.parametrize(
    ("problem", "expected"),
    [
        (PROBLEMS[0], "a.toml: test.badge: entity is missing"),
        (PROBLEMS[1], "b.toml: is not UTF-8"),
    ],
)
def test_problem_says_file_rule_and_reason(problem: Problem, expected: str) -> None:
    """A problem of a whole file names no rule."""
    assert str(problem) == expected


def test_ruleset_error_shows_every_problem() -> None:
    """One line a problem, in the order given, whatever they were given in."""
    error = RulesetError(iter(PROBLEMS))
    assert error.problems == PROBLEMS
    assert str(error) == "a.toml: test.badge: entity is missing\nb.toml: is not UTF-8"


def test_ruleset_error_crosses_a_process_boundary() -> None:
    """What is pickled and read back is the same error."""
    copy = pickle.loads(pickle.dumps(RulesetError(PROBLEMS)))  # noqa: S301  # made one line above
    assert isinstance(copy, RulesetError)
    assert copy.problems == PROBLEMS
    assert str(copy) == str(RulesetError(PROBLEMS))
