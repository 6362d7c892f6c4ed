"""What paths look like after scrubbing, row by row: `path_table.toml`, written to be read."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from unittest import mock

import pytest

from scrubber import Scrubber, pipeline
from scrubber.identity.model import Identity
from scrubber.identity.roots import Roots
from scrubber.wiring import load_ruleset

if TYPE_CHECKING:
    from scrubber.ruleset.model import Ruleset

TABLE: Final[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("path_table.toml").read_text("utf-8")
)
ROOTS: Final[dict[str, dict[str, list[str]]]] = TABLE.pop("roots")
FEWEST: Final = 300
COLUMNS: Final = {"text", "anchor", "full", "roots", "why"}
# The people of the table: nothing of them is in what it expects.
PEOPLE: Final = re.compile(
    r"jane|doe|john|smith|bob\b|bwayne|j(?:ö|o\u0308|\\u00f6|\\xc3\\xb6)rg|m(?:ü|%C3%BC)ller"
    r"|josé|garcía|山田|患者|снимок",
    re.IGNORECASE,
)


@cache
def ruleset() -> Ruleset:
    """Read the packaged rules."""
    return load_ruleset()


@cache
def scrubber(mode: str, roots: str) -> Scrubber:
    """Build the scrubber of a path mode that knows a set of folders, and no name."""
    known = {label: tuple(folders) for label, folders in ROOTS.get(roots, {}).items()}
    identity = Identity(roots=Roots(**known, windows=roots == "windows"))
    policy = replace(ruleset().policies["balanced"], path_mode=mode)
    # Reading the rules once for all scrubbers: it is what takes time.
    with mock.patch.object(pipeline, "load_ruleset", return_value=ruleset()):
        return Scrubber(policy, identity=identity)


def scrubbed(row: dict[str, str], mode: str) -> str:
    """Scrub the text of a row, and tell if a second time changes it."""
    once = scrubber(mode, row.get("roots", ""))
    output = once.scrub_text(row["text"])
    again = once.scrub_text(output)
    return output if again == output else f"{output}  THEN  {again}"


@pytest.mark.parametrize("theme", TABLE)
def test_paths_become_what_the_table_says(theme: str) -> None:
    """Each row gives its column, in both modes, and scrubbing it again changes nothing."""
    wrong = [
        f"row {number} ({mode}): {row['text']}\n  expected {expected}\n  got      {output}"
        for number, row in enumerate(TABLE[theme], start=1)
        for mode, expected in (
            ("anchor", row.get("anchor", row["text"])),
            ("full", row.get("full")),
        )
        if expected is not None and (output := scrubbed(row, mode)) != expected
    ]
    assert not wrong, f"{theme}: {len(wrong)} rows\n" + "\n".join(wrong)


def test_the_table_is_large_and_names_nobody() -> None:
    """A row that expects a name would bless a leak."""
    rows = [(theme, number, row) for theme in TABLE for number, row in enumerate(TABLE[theme], 1)]
    assert len(rows) >= FEWEST
    assert [place for *place, row in rows if not COLUMNS.issuperset(row)] == []
    assert [place for *place, row in rows if row.get("roots", "linux") not in ROOTS] == []
    assert [place for *place, row in rows if row.get("anchor") == row["text"]] == []
    expected = [
        (place, row.get("anchor", row["text"]), row.get("full", "")) for *place, row in rows
    ]
    assert [place for place, *texts in expected if any(map(PEOPLE.search, texts))] == []
    texts = [(row["text"], row.get("roots")) for *_, row in rows]
    assert len(set(texts)) == len(texts)
