"""The page on Sentry says the bounds that hold, and names what there is."""

from __future__ import annotations

from pathlib import Path

import pytest

from scrubber.attachments import LARGEST
from scrubber.attachments import LONGEST as LONGEST_LINE
from scrubber.integrations.sentry.hooks import KINDS
from scrubber.switches import NO
from scrubber.units.event import DEFAULT_LIMITS
from scrubber.units.shorten import BULK, LONGEST

PAGE = (Path(__file__).parent.parent / "docs/how-to/sentry.md").read_text("utf-8")
MEBI = 1024 * 1024


@pytest.mark.parametrize(
    "said",
    [
        f"| {LONGEST // 1024} KiB ({LONGEST:,} characters) |",
        f"| {BULK:,} characters |",
        f"| {DEFAULT_LIMITS.characters // MEBI} Mi characters ({DEFAULT_LIMITS.characters:,}) |",
        f"keys and numbers | {DEFAULT_LIMITS.units:,} |",
        f"values in all | {DEFAULT_LIMITS.values:,} |",
        f"in one another | {DEFAULT_LIMITS.depth} |",
        f"a file beyond {LARGEST // MEBI} MiB",
        f"a line beyond {LONGEST_LINE // MEBI} MiB",
        *(f"`{name}`" for name in KINDS),
        *(f"`{word}`" for word in NO if word),
    ],
)
def test_the_page_says_what_holds(said: str) -> None:
    """A bound that is changed is changed there, too."""
    assert said in PAGE
