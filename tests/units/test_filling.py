"""Templates of log entries, and what fills them."""

from __future__ import annotations

import pytest

from scrubber.units.filling import filling_of


@pytest.mark.parametrize(
    ("message", "template"),
    [
        ("{} by {}", "%s by %s"),
        ("{0} by {1}", "%s by %s"),
        ("{1} by {0}", "{1} by {0}"),
        ("{} alone", "{} alone"),
        ("{} by {} of {}", "{} by {} of {}"),
        ("%s by %s", "%s by %s"),
    ],
)
def test_braces_are_filled_in_order_where_each_has_one(message: str, template: str) -> None:
    """As many as there are, in the order in which they stand; else nobody knows which is which."""
    entry = {"message": message, "params": ["one", "two"]}
    filling = filling_of(entry, dict(entry))
    assert filling is not None
    assert (filling.template, filling.params) == (template, ["one", "two"])
