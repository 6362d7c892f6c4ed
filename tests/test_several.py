"""Whether a rule over several lines may have a match in a text, line by line."""

from __future__ import annotations

import pytest

from scrubber import several
from scrubber.detect.databases import compiled
from scrubber.detect.screen import Screen
from scrubber.ruleset.bytesets import FOLD
from scrubber.several import Several
from tests.small_rules import PEM, TWO_LINES, detector, rule

pytest.importorskip("hyperscan", reason="a screen scans with hyperscan")

PART = rule("PART", r"(?: [A-Z]\n ){1,3}+ zzqx", multiline=True)
RULES = (TWO_LINES, PEM, PART)


def joined(text: str) -> bool:
    """Tell whether one of the rules may have a match."""
    made = compiled(RULES)
    screen = Screen([(made.scanner, made.behind)], made.always, dict(enumerate(RULES)), made.begins)
    lines = text.encode("utf-8", "surrogateescape").split(b"\n")
    shapes = [one.translate(FOLD) for one in lines]
    return Several(screen, map(detector, RULES)).joined(lines, shapes, screen.shapes(shapes))


TEXTS = [
    ("over:\n17\n", True),
    ("over:17", True),
    ("over:\nno\n", False),
    ("over:", False),
    ("a\nover:\n1\nb", True),
    ("\u30c6\u30c6\nover:\n\u30c6\n", False),
    ("\u30c6\u30c6\nover:\n5\u30c6\n", True),
    ("--BEGIN--\nabc\n--END--", True),
    ("A\nB\nzzqx", True),
    ("zzqx", False),
    ("\udcff zzqx \udcff", False),
    ("nothing", False),
]


@pytest.mark.parametrize(("text", "expected"), TEXTS)
def test_lines_are_joined_where_a_match_goes_over_them(text: str, *, expected: bool) -> None:
    """What the next line begins with tells most."""
    assert joined(text) == expected


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """And forgotten all at once."""
    monkeypatch.setattr(several, "MOST_KEPT", 1)
    monkeypatch.setattr(several, "MOST_NEAR", 1)
    assert not joined("over:\nno\nover:\nnothing\nover:\nx\n")
    assert not joined("a zzqx\nb zzqx\n")
