"""What a name says of the value under it."""

from __future__ import annotations

import pytest

from scrubber.units.says import describes

BOUNDS = {"minLength": 1, "maxLength": 8, "minimum": 0, "maximum": 9.5, "required": True}


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ({"type": "string"}, True),
        ({"type": "integer", "minimum": 0}, True),
        ({"type": "number", **BOUNDS}, True),
        ({"type": "string", **BOUNDS, "pattern": "x"}, False),
        ({"type": "string", "minLength": "8"}, False),
        ({"type": "secret"}, False),
        ({"type": ["string"]}, False),
        (BOUNDS, False),
    ],
)
def test_piece_of_a_schema_is_told_by_its_fields(value: dict[str, object], *, told: bool) -> None:
    """Bounds are numbers, and nothing else may stand there: it could be a value."""
    assert describes(value) is told
