"""No packaged rule can be made slow: judged by the analysis of users' rules, and by counted work.

Clocks say what else a machine does, so nothing here is timed; `make growth` times every rule up to
a million characters, and the whole pipeline. A run of the tests draws a share of the rules, others
each time. `GROWTH_SHARE` says how large: one rule in so many, 1 for all, as `make test-extras` has
it.
"""

from __future__ import annotations

import os
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from benchmarks.growth import detector_of
from benchmarks.growth_texts import texts_for
from scrubber.detect import blobs, confirm, patterns
from scrubber.ruleset import dialect, linear
from scrubber.ruleset.build import LONGEST_LINE_MATCH, LONGEST_MATCH
from scrubber.ruleset.syntax import parse
from scrubber.wiring import load_ruleset
from tests.ruleset.steps import steps_from

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from scrubber.detect.confirm import Detector
    from scrubber.ruleset.model import Rule

RULES = load_ruleset().rules

REFUSED = {
    "payment.card": "its look-behinds are many; 0.9 µs a character at worst",
    "secret_fields.form_data": "its header lines are bounded and possessive; 0.3 µs at worst",
    "secret_fields.listed": "its look-behind sees 200 characters back; 5.7 µs at worst",
    "secret_fields.pydantic": "behind a word and a line end; 0.2 µs at worst",
    "secret_fields.sql_row": "each column is fenced by INSERT INTO; 0.3 µs at worst",
    "secret_fields.sql_update": "each column is fenced by UPDATE and SET; 0.2 µs at worst",
}
"""What would be refused a user, and why it stays: linear all the same, as measured."""

SLOW_TO_JUDGE = frozenset({"secret_fields.sql_row", "secret_fields.sql_update"})
"""Judged in seconds."""

ASKED = int(os.environ.get("GROWTH_SHARE") or 0)
JUDGED = ASKED or 3
"""One rule in so many is judged as a user's is."""

SHARE = ASKED or 24
"""One rule in so many is counted."""
SIZES = (4_096, 65_536)
FEW = 64
"""Work for each character that is few whatever it grew from."""
TEXTS = 4
STEPS = (256, 1_024)


DRAWN = Random(1 if os.environ.get("CI") else None)  # noqa: S311  # no secret
"""The same each time where a change is judged."""


class Counted:
    """Counts the characters that patterns and validators are given to look at."""

    def __init__(self) -> None:
        self.characters = 0

    def compiled(self, pattern: str) -> Any:  # noqa: ANN401  # a pattern of regex
        """Give a pattern whose searches are counted from where they begin to where they end."""
        return _CountedPattern(self, patterns.compiled(pattern))

    def validator(self, check: Callable[[str], bool]) -> Callable[[str], bool]:
        """Give a validator that is counted by the text it sees."""

        def counted(value: str) -> bool:
            self.characters += len(value)
            return check(value)

        return counted


class _CountedPattern:
    def __init__(self, counted: Counted, pattern: Any) -> None:  # noqa: ANN401
        self._counted, self._pattern = counted, pattern

    def search(self, text: str, start: int = 0, end: int | None = None, **_: object) -> Any:  # noqa: ANN401
        """Search, and count what was passed over."""
        end = len(text) if end is None else end
        found = self._pattern.search(text, start, end)
        self._counted.characters += (found.end() if found else end) - start
        return found

    def match(self, text: str, start: int = 0, **_: object) -> Any:  # noqa: ANN401
        """Match, and count what was matched."""
        found = self._pattern.match(text, start)
        self._counted.characters += found.end() - start if found else 1
        return found

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return getattr(self._pattern, name)


@pytest.fixture
def counted() -> Iterator[Counted]:
    """Count what `confirm` does."""
    one = Counted()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(confirm, "compiled", one.compiled)
        patch.setattr(blobs, "compiled", one.compiled)
        yield one


def share(every: int) -> list[Rule]:
    """Draw one rule in so many, the listed ones always."""
    drawn = DRAWN.sample(RULES, len(RULES) // every)
    known = [rule for rule in RULES if rule.id in REFUSED]
    return list({rule.id: rule for rule in (*drawn, *known)}.values())


def work(counted: Counted, detector: Detector, text: str) -> int:
    """Return how many characters a rule had looked at in a text."""
    counted.characters = 0
    for _ in confirm.confirm(detector, text):
        pass
    return counted.characters


def reasons_against(rule: Rule) -> list[str]:
    """Judge a packaged rule as a user's is judged."""
    node = parse(rule.pattern)
    longest = LONGEST_MATCH if rule.multiline else LONGEST_LINE_MATCH
    reasons = [
        *dialect.problems(node, multiline=rule.multiline, max_length=longest),
        *linear.problems(node),
    ]
    if rule.blob is not None:
        reasons += linear.anchored_problems(parse(rule.blob.step))
    return reasons


def refused(rules: Iterable[Rule]) -> dict[str, list[str]]:
    """Give the rules that would be refused a user and are not listed, each with the reasons."""
    judged = (rule for rule in rules if rule.id not in REFUSED)
    return {rule.id: reasons for rule in judged if (reasons := reasons_against(rule))}


def test_what_judges_rules_of_users_passes_packaged_ones() -> None:
    """What would refuse a user's rule refuses none of ours but those that are listed."""
    drawn = DRAWN.sample(RULES, len(RULES) // JUDGED)
    assert refused(drawn) == {}


@pytest.mark.parametrize("rule_id", sorted(REFUSED.keys() - SLOW_TO_JUDGE))
def test_a_listed_rule_would_be_refused(rule_id: str) -> None:
    """One that was mended is taken off the list."""
    [rule] = [one for one in RULES if one.id == rule_id]
    assert reasons_against(rule)


def test_characters_that_are_looked_at_grow_as_the_text(counted: Counted) -> None:
    """Sixteen times the text is about sixteen times the work, for a share of rules."""
    steep = []
    for rule in share(SHARE):
        detector = detector_of(rule)
        checked = {name: counted.validator(detector.validators[name]) for name in rule.validators}
        object.__setattr__(detector, "validators", checked)
        hostile = list(dict.fromkeys(texts_for(rule)))
        for one in DRAWN.sample(hostile, min(TEXTS, len(hostile))):
            few, many = (work(counted, detector, one.text(size)) for size in SIZES)
            if many > max(24 * few, FEW * SIZES[1]):
                steep.append((rule.id, one, few, many))
    assert steep == []


def test_steps_of_a_pattern_grow_as_the_text() -> None:
    """So do the steps of a matcher that tries as `regex` tries, its backtracking among them."""
    steep = []
    for rule in share(SHARE):
        node = parse(rule.pattern)
        hostile = list(dict.fromkeys(texts_for(rule)))
        for one in DRAWN.sample(hostile, min(2, len(hostile))):
            few, many = (sum(steps_from(node, one.text(size), most=10_000_000)) for size in STEPS)
            if many > max(8 * few, linear.SMALL * STEPS[1]):
                steep.append((rule.id, one, few, many))
    assert steep == []


def test_the_count_sees_what_is_not_linear(counted: Counted) -> None:
    """A rule whose candidates are long and all refused is noticed."""
    rule = next(one for one in RULES if one.id == "contact.email")
    detector = detector_of(rule)

    def slow(text: str) -> int:
        counted.characters = 0
        pattern = counted.compiled("a{1,9999}")
        for start in range(len(text)):
            pattern.search(text, start)
        return counted.characters

    few, many = (slow("a" * size) for size in (100, 400))
    assert many > 6 * few
    few, many = (work(counted, detector, "a@b.c " * size) for size in (100, 400))
    assert many < 6 * few
