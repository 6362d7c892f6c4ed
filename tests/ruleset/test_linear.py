"""No accepted pattern can be made slow, counted by a matcher that tries as `regex` tries."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scrubber.ruleset.charset import CharSet
from scrubber.ruleset.cost import CAP, attempt_steps
from scrubber.ruleset.density import Place
from scrubber.ruleset.linear import SMALL, anchored_problems, problems, search_steps, unfenced
from scrubber.ruleset.syntax import (
    UNBOUNDED,
    Alt,
    Atomic,
    Boundary,
    Chars,
    Group,
    LineEdge,
    Look,
    Node,
    Repeat,
    Seq,
    Taking,
    max_width,
    parse,
)
from tests.ruleset.steps import steps_from

TAKINGS: st.SearchStrategy[Taking] = st.sampled_from(["greedy", "lazy", "possessive"])
BOUNDS = st.sampled_from([1, 2, 3, 5, 12, 40, 80])
CHARS = st.sampled_from(["a", "b", "/", "ab", "a/", "ab/", "a.", " "]).map(
    lambda some: Chars(CharSet.of(some))
) | st.sampled_from([Chars(CharSet.of("/").complement()), Chars(CharSet.of("a ").complement())])


@st.composite
def repeats(draw: st.DrawFn, inner: st.SearchStrategy[Node]) -> Node:
    """Draw a repeat."""
    bounds = sorted((draw(st.integers(0, 2)), draw(BOUNDS)))
    return Repeat(draw(inner), bounds[0], bounds[1], draw(TAKINGS))


def wider(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    """Draw a node around others."""
    several = st.lists(inner, min_size=2, max_size=4).map(tuple)
    return st.one_of(
        several.map(Seq),
        several.map(Seq),
        several.map(Alt),
        repeats(inner),
        repeats(inner),
        inner.map(Atomic),
        inner.map(lambda body: Group(body, "value")),
        st.builds(Look, inner, st.booleans(), st.booleans()),
    )


EDGES = st.sampled_from([Boundary(negative=False), LineEdge(start=True), LineEdge(start=False)])
NODES = st.recursive(CHARS | repeats(CHARS) | EDGES, wider, max_leaves=7)
FENCES = st.sampled_from(
    [parse(one) for one in ("", r"\b", "^", "(?<![ab])", "(?<![^ ])", "(?<=[ .])", "b/", "=")]
)
UNITS = st.text(alphabet="aab/. \n", min_size=1, max_size=4)


@settings(max_examples=400, deadline=None)
@given(NODES, UNITS, UNITS)
def test_no_attempt_takes_more_steps_than_said(node: Node, unit: str, tail: str) -> None:
    """The bound of an attempt holds from each place of texts made to be slow."""
    bound = attempt_steps(node)
    assume(bound < 20_000)
    text = (unit * 100)[:100] + tail
    assert max(steps_from(node, text, most=bound)) <= bound


@settings(max_examples=150, deadline=None)
@given(FENCES, NODES, UNITS, UNITS)
def test_searches_with_accepted_patterns_are_linear(
    fence: Node, node: Node, unit: str, tail: str
) -> None:
    """Four times the text takes at most about four times the steps, or few at all."""
    node = Seq((fence, node))
    assume(max_width(node) and not problems(node))
    short = sum(steps_from(node, (unit * 200)[:200] + tail, most=CAP))
    assert sum(steps_from(node, (unit * 800)[:800] + tail, most=CAP)) < max(6 * short, SMALL * 800)


MAIL = r"[\w.+-]{1,64}+@(?:[a-z0-9-]{1,63}+\.){1,8}[a-z]{2,24}"
IPV4 = r"\d{1,3}(?:\.\d{1,3}){3}"


@pytest.mark.parametrize(
    "source",
    [
        rf"(?<![\w.+-]){MAIL}",
        MAIL,
        IPV4,
        rf"(?<![\w.]){IPV4}(?::\d{{1,5}})?(?![\w.])",
        r"\w{1,250}@",
        r"(?<!\w)\w{1,5000}@",
        r"\b\w{1,5000}@",
        r"^[^\n]{1,5000};",
        r"=[^=\s]{1,5000};",
        r"=[ ]{0,4}[^= ]{1,5000};",
        r"(?<=[ ,])\w{1,5000}@",
        r"(?<=\\[nrt])\w{1,5000}@",
        r"(?:(?<!\w)(?:(?<!\\)|(?![nrt]))|(?<=\\[nrt]))\w{1,5000}@",
        r"(?<!\w|[.-]|ab)[\w.-]{1,5000}@",
        r"(?<!\w)\w{1,5000}=[^=;]{1,5000};",
        r"(?<!a)a{1,300}a{1,300}b",
        r"(?<![\w./-])(?:/[\w.-]{1,40}){1,20}\.dcm",
        r"sk-[a-z0-9]{20,5000}x",
        r"(?P<value>(?>=))(?P<value>[^=]{1,5000});",
        r"(?:=|%3D)(?:[^=%]|%(?!3D|[0-2])){1,5000};",
        r"(?:[\\/]|%2F){1,8}+(?:[^\\/%]|%(?!2F)){1,5000};",
        r"=(?:[^=&]|&(?!\w{1,32};)){1,500};",
        r"(?:=(?![^=]{1,500}!)[a-z]){1,3}=(?=[^=]{1,500};)x",
        r"(?:=[^=]{1,500})?;",
        r"-----BEGIN[ ][A-Z ]{1,40}-----(?:[A-Za-z0-9+/=]{1,80}\n){1,100}-----END",
        "(?i:" + "|".join(f"key_{number}" for number in range(300)) + ")[=:]{1,2}+[^\\s=:]{1,100}x",
        "",
    ],
)
def test_usual_patterns_are_accepted(source: str) -> None:
    """What can start only where it has not run, or is short, is no problem."""
    assert problems(parse(source)) == []


@pytest.mark.parametrize(
    ("source", "named"),
    [
        (r"(?:/[^/\s]{1,200}){1,200}\.dcm", r"[^\s/]{1,200} makes one attempt"),
        (r"(?:/[\w.-]{1,40}){1,20}\.dcm", r"(?:/[\w\-.]{1,40}){1,20} can be reached"),
        ("(?:a{1,50}){1,50}b", "(?:a{1,50}){1,50} makes one attempt"),
        ("(?<!a)(?:a{1,50}){1,50}b", "(?:a{1,50}){1,50} makes one attempt"),
        ("(?:a|a){1,30}b", "(?:a|a){1,30} makes one attempt"),
        ("(?:a|ab){1,40}c".replace("ab", "a?b?"), "makes one attempt"),
        ("(?:(?:a?){1,9}){1,60}b", "makes one attempt"),
        (r"\w{1,500}@", r"\w{1,500} can be reached"),
        (r"(?<!a)\w{1,500}@", r"\w{1,500} can be reached"),
        (r"\B\w{1,500}@", r"\w{1,500} can be reached"),
        (r"(?<=\w)\w{1,500}@", r"\w{1,500} can be reached"),
        (r"(?=\w{1,600}@)x", r"\w{1,600} can be reached"),
        (r"(?<=\w{1,600})x", r"\w{1,600} can be reached"),
        (r"(?:a(?!\w{1,600}@)){1,9}x", r"\w{1,600} can be reached"),
        (r"(?<!\w)\w{1,5000}=[^;]{1,5000};", r"[^;]{1,5000} can be reached"),
        (r"\s{0,200}\n\s{0,200}x", r"\s{0,200} can be reached"),
        (r"(?:x[^y]{1,300}){1,9}y", r"[^y]{1,300} makes one attempt"),
        (r"(?:=|%3D)(?:[^=%]|%(?=3D)){1,5000};", "can be reached"),
        (r"(?:=|%3D)(?:[^=%]|%(?!\b3D)){1,5000};", "can be reached"),
        (r"(?:=|%3D)(?:[^=%]|%(?!3DD)){1,5000};", "can be reached"),
        (r"=?[^=]{1,600};", r"[^=]{1,600} can be reached"),
        ("a{0,60}a{0,60}a{0,50}b", "makes one attempt"),
        ("a{0,60}a{0,60}b", "a{0,60} makes a search"),
        ("|".join(["a"] * 5000), "the number of branches makes a search"),
        ("a{1,}b", "a repeat without bound"),
    ],
)
def test_patterns_that_can_be_slow_are_refused(source: str, named: str) -> None:
    """One reason, that names the repeat."""
    [reason] = problems(parse(source, unbounded=True))
    assert named in reason


@pytest.mark.parametrize(
    ("source", "advice"),
    [
        (r"\w{1,500}@", r"begin the pattern with (?<!\w), put before it"),
        (r"\w{1,9}x[\w.]{1,500}@", r"begin the pattern with (?<![\w.]), put before it"),
        (r"-?[\w.]{1,500}@", r"begin the pattern with (?<![\w\-.@]), put before it"),
        (r"[^;]{1,500};", "an attempt takes 1000 steps; put before it"),
        (r"(?<=\w{1,600})x", "an attempt takes 601 steps; put before it"),
    ],
)
def test_a_fence_is_advised_where_it_helps(source: str, advice: str) -> None:
    """The advice is tried before it is given."""
    [reason] = problems(parse(source))
    assert advice in reason


@pytest.mark.parametrize(
    ("source", "unit"),
    [
        (r"(?<!a)a{1,300}a{1,300}b", "a"),
        (rf"(?<![\w.+-]){MAIL}", "a@a."),
        (rf"(?<![\w.+-]){MAIL}", "a"),
        (r"(?:[\\/]|%2F){1,8}+(?:[^\\/%]|%(?!2F)){1,5000};", "%2Fa/"),
        (r"=(?:[^=&]|&(?!\w{1,32};)){1,500}!", "=&a&aaaaaaaa"),
        (r"(?<=\\[nrt])\w{1,5000}@", r"\nnnnn"),
        (r"\b\w{1,5000}=[^=;]{1,5000};", "a=a"),
        (r"(?:=(?![^=]{1,500}!)[a-z]){1,3}=(?=[^=]{1,500};)x", "=a"),
    ],
)
def test_fenced_patterns_are_linear_on_their_worst_texts(source: str, unit: str) -> None:
    """What is accepted only for its fence needs a few steps a character, however long the text."""
    node = parse(source)
    assert attempt_steps(node) > SMALL
    counts = [sum(steps_from(node, unit * (size // len(unit)), most=CAP)) for size in (800, 3200)]
    assert counts[1] < 6 * counts[0]
    assert counts[1] < SMALL * 3200


@pytest.mark.parametrize(
    ("source", "text", "bound"),
    [
        ("abc", "abx", 3),
        ("a{5}b", "aaaaaa", 6),
        ("a{1,5}b", "aaaaaa", 10),
        ("a{1,5}+b", "aaaaaa", 6),
        ("(?>a{1,5})b", "aaaaaa", 6),
        ("(?>a{0,5}b?)c", "aaaaaa", 12),
        ("(?:ab|cd)e", "abx", 4),
        ("(?:key|keys)=", "keysx", 9),
        ("(?:a|b{1,3}|)c", "bbb", 9),
        (r"\ba$", "ab", 3),
        ("(?<!b{1,4})a", "bbbb", 5),
        ("a{1,9}(?!a)b", "aaaaaaaaaa", 27),
        ("a{1,9}(?=b)b", "aaaaaaaaaa", 27),
        ("(?:a{1,3}){1,2}+b", "aaaaaa", 7),
        ("(?:a|a){1,2}b", "aa", 36),
    ],
)
def test_the_bound_of_an_attempt_is_close(source: str, text: str, bound: int) -> None:
    """The bound is at most three times what an attempt takes on a text made for it."""
    node = parse(source)
    assert attempt_steps(node) == bound
    assert bound / 3 <= max(steps_from(node, text, most=CAP)) <= bound


def test_counting_stops_at_a_cap() -> None:
    """However many ways there are, the number stays one that can be handled."""
    node = parse("(?:(?:(?:a|a){1,99}|a){1,99}|a){1,99}b{1,}", unbounded=True)
    assert attempt_steps(node) == CAP


@pytest.mark.parametrize(
    ("source", "steps"),
    [
        (r"\b\w{1,5000}@", 3),
        (r"a{1,40}=(?:[b-d]{1,9};){1,9}x", 179),
        (r"=(?:(?>(?P<value>[a-z]{1,9}))-){1,500}x", 4),
    ],
)
def test_long_repeats_count_by_density(source: str, steps: int) -> None:
    """The steps of a search are few where an attempt may take many."""
    assert search_steps(parse(source)) == steps


@pytest.mark.parametrize(
    ("before", "body", "density"),
    [
        ("", "a", UNBOUNDED),
        ("(?<!a)", "a", 1),
        ("(?<!a)b", "a", 1),
        ("(?<!a)b{1,9}", "a", 9),
        ("(?<!a)(?<![ab])", "[ab]", 1),
        ("b(?<!a)", "a", 1),
        ("ab(?<!a)", "[ab]", UNBOUNDED),
        ("(?<=ba{0,3})", "a", 4),
        ("b{1,9}", "a", 9),
        ("b{1,9}c", "a", 9),
        ("b{1,9}a", "a", 18),
        ("b{1,9}a{0,4}", "a", 45),
        ("b?", "a", UNBOUNDED),
        ("(?:b|ac){1,9}", "a", 18),
        ("(?:b|%2F)", "(?:[^b%]|%(?!2F))", 9),
        ("(?:b|c{1,99})", "a", 99),
        ("(?:b{20}c|d)", "a", 21),
        ("(?:[bc][bc][bc][bc][bc][bc][bc]){1,3}", "a", 15),
        ("^", "a", 1),
        ("^", r"\s", UNBOUNDED),
        (r"\b", r"\w", 1),
        (r"\b", r"\S", UNBOUNDED),
    ],
)
def test_density_counts_the_starts_that_reach_one_character(
    before: str, body: str, density: int
) -> None:
    """A fence leaves one start; a separator as many as what is before it has widths."""
    place = Place()
    node = parse(before)
    for item in node.items if isinstance(node, Seq) else (node,):
        place = place.past(item)
    assert place.density(parse(body)) == density


def test_unfenced_lists_the_long_repeats_in_reading_order() -> None:
    """A short repeat, or one behind a separator, is not listed."""
    node = parse(r"\w{1,99}-\w{1,199}a{1,9}[^=]{1,99}")
    assert [one.body for one in unfenced(node)] == [parse(r"\w"), parse("[^=]")]


@pytest.mark.parametrize(
    ("source", "named"),
    [
        (r"\w{1,500}@", ""),
        (r"\w{1,5000}@", r"\w{1,5000} makes one attempt take 10000 steps or more"),
        ("(?:a{1,50}){1,50}b", "makes one attempt take 200000 steps or more"),
        ("a{1,}", "a repeat without bound"),
    ],
)
def test_a_pattern_tried_at_one_place_needs_no_fence(source: str, named: str) -> None:
    """Where no search restarts, only the cost of one attempt counts."""
    reasons = anchored_problems(parse(source, unbounded=True))
    assert bool(reasons) == bool(named)
    assert named in "".join(reasons)
