"""Data is frozen: what holds values cannot be changed behind the back of who was given it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "scrubber"

# Working state, of one call or of one object that is its own.
CHANGING = frozenset(
    {
        *("Found", "Kept", "Scalar", "Summary", "YamlText"),
        *("Capture", "FileTold", "LogText", "Retained", "Rewrite", "SubjectTold", "Tally"),
        *("_Books", "_Draft", "_Found", "_Sent", "_Tables", "_Task", "_Thinning"),
    }
)

# As above, where one of that name elsewhere is frozen.
CHANGING_HERE = frozenset({("archive/context.py", "Context")})

# They work something out once and keep it, which slots do not allow.
WITHOUT_SLOTS = frozenset({"SplitPath", "Wiring"})

# A program of its own, as text for a crash.
NOT_OURS = frozenset({"crash_program.py"})


def dataclasses_of(path: Path) -> dict[str, dict[str, bool]]:
    """Give what the decorator of each data class says."""
    found = {}
    for node in ast.walk(ast.parse(path.read_bytes())):
        if not isinstance(node, ast.ClassDef):
            continue
        for one in node.decorator_list:
            called = one.func if isinstance(one, ast.Call) else one
            if isinstance(called, ast.Name) and called.id == "dataclass":
                given = one.keywords if isinstance(one, ast.Call) else []
                found[node.name] = {
                    each.arg: bool(each.value.value)
                    for each in given
                    if each.arg and isinstance(each.value, ast.Constant)
                }
    return found


FOUND = {
    (path.relative_to(PACKAGE).as_posix(), name): said
    for path in sorted(PACKAGE.rglob("*.py"))
    if path.name not in NOT_OURS
    for name, said in dataclasses_of(path).items()
}


@pytest.mark.parametrize("place", FOUND, ids="-".join)
def test_data_class_is_frozen(place: tuple[str, str]) -> None:
    """And has slots, so that nothing is put beside its fields."""
    said, name = FOUND[place], place[1]
    assert said.get("frozen", False) is (name not in CHANGING and place not in CHANGING_HERE)
    assert said.get("slots", False) is (name not in WITHOUT_SLOTS)


def test_exceptions_are_needed() -> None:
    """One that nothing needs any more is taken off the lists."""
    names = {name for _, name in FOUND}
    assert names >= CHANGING | WITHOUT_SLOTS
    assert FOUND.keys() >= CHANGING_HERE
