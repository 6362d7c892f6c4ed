"""One valid rule table, and copies of it that differ in single keys."""

from __future__ import annotations

from typing import Any


def rule_table(**changes: Any) -> dict[str, Any]:  # noqa: ANN401  # the JSON border
    """Return a rule as TOML gives it; a key changed to None is left out."""
    table = {
        "id": "test.badge",
        "entity": "BADGE",
        "description": "Number of a badge.",
        "confidence": 0.9,
        "pattern": "BADGE-[0-9]{6}",
        "match": ["at «BADGE-000001»", "«BADGE-000002» left"],
        "no_match": ["BADGE-x", "badge"],
        **changes,
    }
    return {key: value for key, value in table.items() if value is not None}
