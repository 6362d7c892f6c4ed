"""The page that says what is found says what the rules say."""

from __future__ import annotations

from tests.entities_page import COMMAND, PAGE, page


def test_entities_page_is_what_the_rules_say() -> None:
    """A rule that is added, moved or taken away changes the page in the same commit."""
    assert PAGE.read_text("utf-8") == page(), f"the page is old; write it again: {COMMAND}"
