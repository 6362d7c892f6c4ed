"""What a parsed pattern must promise to be used as a rule."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from scrubber.ruleset.dialect import problems
from scrubber.ruleset.syntax import lookbehind_width, parse, render


def reasons(source: str, *, multiline: bool = False, max_length: int = 100) -> list[str]:
    """Return the problems of a pattern as written."""
    return problems(parse(source, unbounded=True), multiline=multiline, max_length=max_length)


@pytest.mark.parametrize(
    "source",
    [
        r"a{1,100}",
        r"[^\n]{1,5}.",
        r"[^\s,]x",
        r"^\bmail\B$",
        r"(?<![\w.])x(?=[ \t]|$)(?![^ ,\n])",
        r"(?P<value>a|b)c?",
        r"(?>(?P<value>a))",
        r"(?:a?b){1,5}",
    ],
)
def test_usual_patterns_are_accepted(source: str) -> None:
    """What keeps to a line, has a bound and is never empty has no problem."""
    assert reasons(source) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        (r"a\s", [r"\s may match a line end; write [\t\x20]"]),
        (r"a[\s,]", [r"[\s,] may match a line end; write [\t\x20,]"]),
        (r"a[^,]", [r"[^,] may match a line end; write [^\n,]"]),
        (r"a\W", [r"\W may match a line end; write [^\w\n]"]),
        (r"a\n", [r"\n may match a line end; set multiline = true"]),
        (r"a[\n;]", [r"[\n;] may match a line end; write ;"]),
        (
            r"a(?=\s)",
            [
                (
                    r"\s in a look-around tells a line end from the edge of the text;"
                    r" write (?:[\t\x20]|$)"
                )
            ],
        ),
        (
            r"(?<=[^,])a",
            [
                (
                    r"[^,] in a look-around tells a line end from the edge of the text;"
                    r" write (?:[^\n,]|^)"
                )
            ],
        ),
        (
            r"(?<!\s)a",
            [r"\s in a look-around tells a line end from the edge of the text; write [\t\x20]"],
        ),
        (
            r"(?:a(?!b\n)){1,2}",
            [
                (
                    r"\n in a look-around tells a line end from the edge of the text;"
                    r" write $ for the end of a line"
                )
            ],
        ),
    ],
)
def test_a_line_rule_can_neither_match_nor_see_a_line_end(source: str, found: list[str]) -> None:
    """Each class with a newline is refused with the class to write, unless the rule has lines."""
    assert reasons(source) == found
    assert reasons(source, multiline=True) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("a?", ["the pattern may match nothing; make a part of it mandatory"]),
        (
            "a{1,101}",
            ["a match may have 101 characters and must not exceed 100; lower a bound"],
        ),
        ("a{1,}", ["the pattern has no bound; give each repeat one"]),
        ("(?P<name>a)", ["the only named group is `value`; write (?:...) for `name`"]),
        (
            "(?P<value>a)(?P<value>b)",
            ["`value` is there twice; one group, once, is the span"],
        ),
        ("(?P<value>a?)b", ["`value` may be empty; make a part of it mandatory"]),
        (
            "(?:(?P<value>a)){1,2}",
            ["`value` is in a repeat, so not once in every match; put it around or outside"],
        ),
        (
            "a(?=(?P<value>b))",
            ["`value` is in a look-around, so not once in every match; put it around or outside"],
        ),
        (
            "(?:c|(?P<value>b))",
            ["`value` is in an alternation, so not once in every match; put it around or outside"],
        ),
        (
            "a(?:b?|c){1,2}",
            ["(?:b?|c){1,2} repeats what may match nothing; make a part of it mandatory"],
        ),
    ],
)
def test_a_match_is_bounded_and_holds_its_value_once(source: str, found: list[str]) -> None:
    """What would be empty, endless or sometimes without its span is refused."""
    assert reasons(source) == found
    assert reasons(source, multiline=True) == found


def test_all_problems_are_listed_once() -> None:
    """Every reason is there, and a class that stands twice is named once."""
    assert len(reasons(r"\s{0,200}\s{0,3}")) == 3


ITEMS = (
    r"a . [^,] [^,\n] \s \w ^ $ \b \B (?=a) (?=$) (?<![^,]) (?<![^,\n]) (?<=,) (?<=^)"
    r" (?!\w) (?=[^a]) (?:a,?){1,3} (?<!\W) (?!^)"
)


@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.sampled_from(ITEMS.split()), min_size=1, max_size=4).map("".join),
    st.lists(st.text(alphabet="a,. \xe9", max_size=6), min_size=1, max_size=4),
)
def test_lines_alone_give_what_the_block_gives(source: str, lines: list[str]) -> None:
    """For an accepted line rule, scanning a block of lines is scanning each line."""
    node = parse(source)
    if problems(node, multiline=False, max_length=100):
        return
    pattern = regex.compile(render(node), regex.V0 | regex.ASCII)
    alone = []
    start = 0
    for line in lines:
        alone += [(start + match.start(), start + match.end()) for match in pattern.finditer(line)]
        start += len(line) + 1
    assert [match.span() for match in pattern.finditer("\n".join(lines))] == alone
    assert lookbehind_width(node) <= 4
