"""Shape patterns: where a pattern matches in a line, its shape pattern does in the line's shape."""

from __future__ import annotations

import pytest

from scrubber.detect.patterns import compiled
from scrubber.ruleset.parse import parse
from scrubber.ruleset.render import render
from scrubber.ruleset.shapes import TO_SHAPE, shape_pattern

# A pattern, lines in which it matches, and lines in whose shape it cannot match.
PATTERNS = [
    ("[1-5][0-9]{2}", ["123", "599 x"], ["12", "abc"]),
    ("(?<![0-9])[3-9]{4}(?![0-9])", ["x9999.", "3456"], ["x99999", "345"]),
    ("(?:jan|feb|1[0-2])-[a-f7]{1,3}+", ["feb-7", "12-ab"], ["mar-7", "ab-ab"]),
    ("[0-9a]{1,9}+[05]", [], ["a", "0b"]),
    ("(?>[13]|a)[24]b", ["34b", "a2b"], ["b4b"]),
    ("(?<=[a-z][78])key", ["x7key"], ["77key", "key"]),
    ("key(?=[2-4]|;)", ["key4", "key;"], ["keya"]),
    ("key(?!7)[0-9]", ["key8"], ["keya"]),
    ("key(?![0-9])", ["keya", "key"], ["key7"]),
    ("key(?!\\w|\\.[0-9])", ["key.a", "key"], ["key.7", "key_"]),
    ("(?<!1)[a-c]{1,3}?2", ["2a2"], ["a"]),
    ("(?<=[\\n,])x(?<!\\n)y", ["xy"], ["x"]),
    ("^(?P<value>[6-8])$", ["7"], ["x", "77"]),
    ("x[\u0661-\u0663]", ["x\u0661"], ["x1"]),
]


@pytest.mark.parametrize(("pattern", "lines", "others"), PATTERNS)
def test_a_shape_is_matched_where_its_line_is(
    pattern: str, lines: list[str], others: list[str]
) -> None:
    """Whatever its digits are; and other lines are told from their shapes alone."""
    node = parse(pattern)
    whole, shaped = compiled(render(node)), compiled(render(shape_pattern(node)))
    assert [line for line in lines if not whole.search(f"0\n{line}", 2)] == []
    assert [line for line in lines if not shaped.search(line.translate(TO_SHAPE))] == []
    assert [line for line in others if shaped.search(line.translate(TO_SHAPE))] == []


def test_nothing_is_taken_for_good() -> None:
    """What is possessive in a pattern could take more of a shape than it does of a line."""
    node = parse("[0-4]{1,9}+[5-9]")
    assert compiled(render(node)).search("125")
    assert compiled(render(shape_pattern(node))).search("000")
    assert not compiled(render(node)).search("000")
