"""Fields of two events, paired, under paths that may be shown."""

from __future__ import annotations

from typing import Any

import pytest

from scrubber.cli.event_fields import UNSHOWN, Field, fields


def rows(raw: dict[str, Any], scrubbed: dict[str, Any]) -> list[tuple[str, str]]:
    """Path and change of every field."""
    return [(one.path, one.change) for one in fields(raw, scrubbed, lambda key: "[" in key)]


@pytest.mark.parametrize(
    ("raw", "scrubbed", "expected"),
    [
        ({"a": {"b": [1, 2]}}, {"a": {"b": [1, 0]}}, [("a.b[0]", "kept"), ("a.b[1]", "replaced")]),
        ({"a": {}, "b": []}, {"a": {}, "b": []}, [("a", "kept"), ("b", "kept")]),
        ({"a": 1}, {"a": True}, [("a", "replaced")]),
        ({"a": float("nan")}, {"a": float("nan")}, [("a", "kept")]),
        ({"a": {"b": 1}}, {"a": "[secret]"}, [("a", "replaced")]),
        ({"a": [1, 2]}, {"a": [1]}, [("a[0]", "kept"), ("a[1]", "removed")]),
        ({"a": 1, "b": 2}, {"b": 2, "c": 3}, [("a", "removed"), ("b", "kept"), ("c", "added")]),
        ({"b": 2, "a": 1}, {"a": 1, "b": 2}, [("b", "kept"), ("a", "kept")]),
        ({"jane": 1}, {"[user]": 1}, [('["[user]"]', "renamed")]),
        (
            {"jane": 1, "x": 0, "bob": 2},
            {"[user]": 1, "x": 0, "[user] (2)": 3},
            [('["[user]"]', "renamed"), ("x", "kept"), ('["[user] (2)"]', "replaced")],
        ),
        ({"x": {"jane": {"y": 1}}}, {"x": {"[user]": {"y": 1}}}, [('x["[user]"].y', "renamed")]),
    ],
)  # fmt: skip
def test_fields_are_paired(
    raw: dict[str, Any], scrubbed: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    """By key, by the order of rewritten keys, and by index."""
    assert rows(raw, scrubbed) == expected


@pytest.mark.parametrize(
    ("raw", "scrubbed"),
    [
        ({"vexlab7": 1, "message": "by vexlab7"}, {"message": "by [user]"}),
        ({"vexlab7": 1, "x": {"by VEXLAB7": 1}}, {"x": {"by [user]": 1}}),
        ({"runs of vexlab7": 1, "y": {"z": "vexlab7"}}, {"y": {}}),
    ],
)
def test_the_key_of_what_was_removed_names_nobody(
    raw: dict[str, Any], scrubbed: dict[str, Any]
) -> None:
    """Where a word of it was taken away elsewhere, in whatever case."""
    found = rows(raw, scrubbed)
    assert found[0] == (f'["{UNSHOWN}"]', "removed")
    assert "vexlab7" not in str(found).casefold()


def test_a_repr_shows_nothing() -> None:
    """It may be printed by a debugger, or by a test that fails."""
    assert "jane" not in repr(Field("message", "jane", "[user]"))
