"""
Whole tracebacks of many languages: what names a person goes, every other character stays.

The files of `tracebacks/` are such texts with `« »` around what must go; secrets are fills.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

from scrubber import Scrubber
from scrubber.ruleset.examples import read_example

FOLDER: Final = Path(__file__).parent / "tracebacks"
FILES: Final = sorted(FOLDER.glob("*.txt"))
PLACEHOLDER: Final = re.compile(r"\[[a-z][a-z0-9/:+.\-]*(?: [a-z0-9:]+)*\]")
SCRUBBER: Final = Scrubber()


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_exactly_the_marked_parts_of_a_traceback_go(path: Path) -> None:
    """Frames, line numbers, addresses and names of modules stay, code point for code point."""
    example = read_example(path.read_text("utf-8"), seed=path.stem)
    found = [(one.start, one.end) for one in SCRUBBER.scan(example.text)]
    assert [example.text[slice(*one)] for one in example.spans] == [
        example.text[slice(*one)] for one in found
    ]
    assert list(example.spans) == found


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_a_scrubbed_traceback_is_the_text_around_its_placeholders(path: Path) -> None:
    """Each part that goes has a placeholder in its place, and scrubbing again changes nothing."""
    example = read_example(path.read_text("utf-8"), seed=path.stem)
    scrubbed = SCRUBBER.scrub_text(example.text)
    cursor = at = 0
    for start, end in example.spans:
        kept = example.text[cursor:start]
        assert scrubbed[at : at + len(kept)] == kept
        put = PLACEHOLDER.match(scrubbed, at + len(kept))
        assert put is not None
        at, cursor = put.end(), end
    assert scrubbed[at:] == example.text[cursor:]
    assert SCRUBBER.scrub_text(scrubbed) == scrubbed
