"""Little words: written as they are looked up."""

from __future__ import annotations

import unicodedata

from scrubber.ner.little_words import LITTLE


def test_little_words_are_written_as_they_are_looked_up() -> None:
    """In small letters, composed, and short of no language's articles."""
    assert all(unicodedata.normalize("NFC", one.casefold()) == one for one in LITTLE)
    assert all(one.isalpha() for one in LITTLE)
    assert {"the", "der", "nicht", "une", "los", "nie", "niet", "og", "yok"} <= LITTLE


def test_no_little_word_is_a_name_by_itself() -> None:
    """Those of the placeholders of names, for one."""
    assert LITTLE.isdisjoint({"jane", "doe", "john", "maria", "smith", "gonzalez"})
