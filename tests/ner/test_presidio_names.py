"""Names of Presidio, and what they are here."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber.errors import ConfigError
from scrubber.ner.presidio_names import HERE, entity_here, rule_of
from scrubber.redact.placeholders import Grammar, placeholder
from scrubber.ruleset.build import ENTITY_GRAMMAR, ID_GRAMMAR


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        *HERE.items(),
        ("PERSON", "PERSON"),
        ("US_SSN", "US_SSN"),
        ("DATE_TIME", "DATE_TIME"),
        ("UK_PASSPORT", "PASSPORT"),
        ("IT_DRIVER_LICENSE", "DRIVER_LICENSE"),
        ("Zip Code", "ZIP_CODE"),
        ("-employee.id-", "EMPLOYEE_ID"),
    ],
)
def test_an_entity_has_a_name_here(theirs: str, ours: str) -> None:
    """Most have the same."""
    assert entity_here(theirs) == ours


@pytest.mark.parametrize("theirs", ["", "_", "7TH", "\u59d3\u540d", "A" * 49])
def test_a_name_that_cannot_be_one_here_is_refused(theirs: str) -> None:
    """And not passed on, or left out."""
    with pytest.raises(ConfigError, match=re.escape(repr(theirs))):
        entity_here(theirs)


@given(st.text(max_size=60))
def test_a_name_here_follows_our_grammars(theirs: str) -> None:
    """Its placeholder is recognised again, so that nothing is scrubbed twice."""
    assert ID_GRAMMAR.fullmatch(rule_of(theirs))
    try:
        entity = entity_here(theirs)
    except ConfigError:
        return
    assert ENTITY_GRAMMAR.fullmatch(entity)
    assert entity_here(entity) == entity
    assert Grammar([entity]).is_placeholder(placeholder(entity))


@pytest.mark.parametrize(
    ("recognizer", "rule"),
    [
        ("SpacyRecognizer", "presidio.spacy_recognizer"),
        ("UsSsnRecognizer", "presidio.us_ssn_recognizer"),
        ("Zip code Recognizer", "presidio.zip_code_recognizer"),
        ("", "presidio.recognizer"),
        ("42", "presidio.recognizer_42"),
        ("\u59d3\u540d", "presidio.recognizer"),
    ],
)
def test_a_recogniser_is_a_rule(recognizer: str, rule: str) -> None:
    """In snake case."""
    assert rule_of(recognizer) == rule
