"""Each line leaves when it ends, and lines of one finding leave together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber.files.line_units import MOST_HELD, LineUnits
from scrubber.pipeline import Scrubber

if TYPE_CHECKING:
    from pathlib import Path

    from scrubber.ledger import Located

RULE = """
[[rule]]
id = "test.block"
entity = "SECRET"
description = "Everything between two marks, as a private key."
confidence = 0.9
multiline = true
pattern = "<<BEGIN>>"
match = ["«<<BEGIN>>\\nx\\n<<END>>»", "«<<BEGIN>>x»"]
no_match = ["<<END>>", "BEGIN"]
[rule.blob]
step = "[a-z\\\\n]"
end = "<<END>>"
"""
LINES = (
    "ok\n",
    "\n",
    "mail jane@example.com\r\n",
    "<<BEGIN>>\n",
    "abc\n",
    "<<END>>\n",
    "<<BEGIN>> 192.0.2.1\n",
    "x <<BEGIN>>abc<<END>>\n",
    "no newline",
)


@pytest.fixture(scope="module")
def blocks(tmp_path_factory: pytest.TempPathFactory) -> Scrubber:
    """A scrubber with one rule over several lines besides the packaged ones."""
    path: Path = tmp_path_factory.mktemp("rules") / "block.toml"
    path.write_text(RULE, "utf-8")
    return Scrubber(rules=[path])


def feed(units: LineUnits, *pieces: str) -> list[str]:
    """Give what each piece brought out, and what the end did."""
    return [*(units.feed(piece) for piece in pieces), units.finish()]


def test_line_leaves_when_it_ends(blocks: Scrubber) -> None:
    """Not before, and not later."""
    pieces = ("mail jane@exam", "ple.com", "\nfrom 192.0.2.1\nrest", " of it")
    assert feed(LineUnits(blocks), *pieces) == [
        "",
        "",
        "mail [email]\nfrom [ip]\n",
        "",
        "rest of it",
    ]


def test_lines_of_one_finding_leave_together(blocks: Scrubber) -> None:
    """While the rule takes lines in, they are held back; the line that ends it lets them go."""
    pieces = ("a\n", "<<BEGIN>>\n", "abc\n", "def\n", "<<END>> b\n", "c\n")
    assert feed(LineUnits(blocks), *pieces) == [
        "a\n", "", "", "", "[secret] b\n", "c\n", "",
    ]  # fmt: skip


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_closed_finding_at_the_end_of_its_line_leaves_at_once(blocks: Scrubber, end: str) -> None:
    """Its rule says that it is over, so nobody waits for the next line."""
    lines = (f"<<BEGIN>>abc{end}", f"<<END>>{end}", f"x <<BEGIN>>abc<<END>>{end}")
    assert feed(LineUnits(blocks), lines[0].rstrip() + "\n", *lines[1:]) == [
        "", f"[secret]{end}", f"x [secret]{end}", "",
    ]  # fmt: skip


def test_finding_that_never_ends_is_held_to_the_end(blocks: Scrubber) -> None:
    """Nothing of it is given out, however long it is."""
    body = "a" * 63 + "\n"
    body *= MOST_HELD // 32
    units = LineUnits(blocks)
    out = feed(units, "<<BEGIN>>\n", body, "<<END>>\n", "mail jane@example.com\n")
    assert "".join(out) == "[secret]\nmail [email]\n"
    assert units.report.by_entity == {"SECRET": 1, "EMAIL_ADDRESS": 1}


def test_long_line_passes_in_bounded_memory(blocks: Scrubber) -> None:
    """A line longer than what is held is a stream of its own, and the next line a unit again."""
    found: list[Located] = []
    long = "x " * MOST_HELD
    units = LineUnits(blocks, on_finding=found.append)
    out = feed(units, "a\n", long, "jane@example.com\n", "b 192.0.2.1\n")
    assert "".join(out) == f"a\n{long}[email]\nb [ip]\n"
    assert out[3] == "b [ip]\n"
    assert [(one.line, one.column) for one in found] == [(2, len(long) + 1), (3, 3)]
    assert [one.finding.start for one in found] == [2 + len(long), 2 + len(long) + 17 + 2]


def test_findings_are_placed_in_the_document(blocks: Scrubber) -> None:
    """Lines and offsets count from the start of the document, not of the unit."""
    found: list[Located] = []
    feed(LineUnits(blocks, on_finding=found.append), "a\nb\nc jane@example.com\n", "192.0.2.1")
    assert [(one.line, one.column, one.finding.start) for one in found] == [(3, 3, 6), (4, 1, 23)]


@given(st.lists(st.sampled_from(LINES), max_size=6), st.lists(st.integers(0, 12)))
def test_cuts_do_not_matter(blocks: Scrubber, lines: list[str], cuts: list[int]) -> None:
    """However the text is cut, the same comes out."""
    text = rest = "".join(lines)
    pieces = []
    for cut in cuts:
        pieces.append(rest[:cut])
        rest = rest[cut:]
    whole, cut_up = LineUnits(blocks), LineUnits(blocks)
    assert "".join(feed(cut_up, *pieces, rest)) == "".join(feed(whole, text))
    assert cut_up.report == whole.report
