"""The page of what is scrubbed where says what was seen."""

from __future__ import annotations

from tests.extras.coverage_table import ABSENT, COMMAND, GUARD, HOOK, PAGE, ROWS, page, recorded


def test_the_page_is_what_was_seen() -> None:
    """The table in the documentation is the recorded one, and says no cell leaks."""
    seen = recorded()
    assert PAGE.read_text("utf-8") == page(seen), f"write it again: {COMMAND}"
    assert {cell for column in seen.values() for cell in column.values()} == {
        HOOK,
        GUARD,
        ABSENT,
    }
    assert all(set(column) == set(ROWS) for column in seen.values())
