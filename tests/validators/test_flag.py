"""Is it the value of a flag, or a text about the flag?"""

from __future__ import annotations

import pytest

from scrubber.validators.flag import flag_value


@pytest.mark.parametrize(
    "value", ["hunter2", "letmein", "FILETTO", "SESAME", "a=b", "idol", "Again", "string9"]
)
def test_values_are_kept(value: str) -> None:
    """Whatever is not surely a usage or a sentence is a value."""
    assert flag_value(value)


@pytest.mark.parametrize(
    "value",
    [
        "FILE",
        "KEYFILE",
        "API_KEY",
        "PATH/TO/FILE",
        "VARCHAR",
        "stringArray",
        "instead",
        "options.",
        "again,",
        "id=npm",
        "projects/p/secrets/s/versions/1",
        "...",
    ],
)
def test_usages_sentences_and_references_are_refused(value: str) -> None:
    """Kinds of values, words that go on and names of resources hold no secret."""
    assert not flag_value(value)


def test_a_long_text_takes_no_long_time() -> None:
    """A megabyte of capitals and dividers is read once."""
    assert flag_value("A_" * 500_000)
