"""A user's rule that some text could make slow is refused on load, with the reason."""

from __future__ import annotations

import pytest

from scrubber.errors import RulesetError
from scrubber.ruleset.load import Document, build_ruleset
from scrubber.validators import VALIDATORS


def loaded(**fields: object) -> object:
    """Load a document of one rule."""
    rule = {
        "id": "mine.one",
        "entity": "MINE",
        "description": "A rule of a user.",
        "confidence": 0.9,
        "match": ["«a»", "«b»"],
        "no_match": ["c", "d"],
        **fields,
    }
    return build_ruleset([Document("mine.toml", {"rule": [rule]})], validators=VALIDATORS)


def refusal(**fields: object) -> str:
    """Return why a rule is refused."""
    with pytest.raises(RulesetError) as caught:
        loaded(**fields)
    return str(caught.value)


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param(r"(?:a{1,50}){1,50}b", id="nested repeats"),
        pytest.param(r"(?:(?:a{1,20}){1,20}){1,20}b", id="repeats nested twice"),
        pytest.param(r"(?:a+)+b", id="nested repeats without a bound"),
        pytest.param(r"(?:a|a){1,40}b", id="alternatives that are the same"),
        pytest.param(r"(?:a|aa|aaa){1,40}b", id="alternatives that overlap"),
        pytest.param(r"(?:\w|\d){1,40}!", id="classes that overlap"),
        pytest.param(r"(?:[a-z]?[a-z]?){1,40}!", id="repeats of what is optional"),
        pytest.param(r"\w{0,60}\w{0,60}\w{0,60}!", id="adjacent repeats of one class"),
        pytest.param(r"\s{0,200}\d{0,200}\s{0,200}!", id="adjacent optional repeats"),
        pytest.param(r"\w{1,500}@", id="a long repeat with no fence"),
        pytest.param(r"(?:/[^/\s]{1,200}){1,200}\.dcm", id="a path with a suffix"),
        pytest.param(r"(?<=\w{1,600})x", id="a long look-behind"),
        pytest.param(r"(?<![a-z]{1,600}=)x", id="a long look-behind that must not match"),
        pytest.param(r"(?=\w{1,600}@)x", id="a long look-ahead at each place"),
        pytest.param(r"(?:a(?!\w{1,600}@)){1,9}x", id="a look-ahead in a repeat"),
        pytest.param(r"(.*)*=", id="the classic"),
    ],
)
def test_a_slow_pattern_is_refused(pattern: str) -> None:
    """Whatever shape it has, the rule is named and the pattern blamed."""
    assert refusal(pattern=pattern).startswith("mine.toml: mine.one: pattern: ")


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?<!a)(?>a{1,50})b",
        r"(?<![\w.])\w{1,250}@[a-z]{1,60}",
        r"(?<![\w./-])(?:/[\w.-]{1,40}){1,20}\.dcm",
        r"key=[^\s;]{1,200}",
    ],
)
def test_a_fenced_pattern_is_accepted(pattern: str) -> None:
    """What can start only where it has not run is no problem."""
    assert loaded(pattern=pattern)


def test_a_slow_pattern_to_allow_is_refused() -> None:
    """What is left alone is looked for with a pattern, too."""
    document = Document("mine.toml", {"allow": [{"pattern": "(?:a{1,50}){1,50}b"}]})
    with pytest.raises(RulesetError, match="makes one attempt take"):
        build_ruleset([document], validators=VALIDATORS)


def test_a_slow_step_of_a_blob_is_refused() -> None:
    """What follows a match without bound is judged, too."""
    blob = {"step": "(?:a{1,50}){1,50}b"}
    assert "makes one attempt take" in refusal(pattern="x", blob=blob)
