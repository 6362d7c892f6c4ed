"""The dialect read, printed and measured, with `regex` as the judge of what patterns mean."""

from __future__ import annotations

import pickle
import re

import pytest
import regex
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scrubber.ruleset import measure, nodes, parse, render, syntax
from scrubber.ruleset.charset import ANYTHING, DIGIT, NEWLINE, WORD, CharSet
from scrubber.ruleset.syntax import (
    UNBOUNDED,
    Alt,
    Atomic,
    Boundary,
    Chars,
    DialectError,
    Group,
    LineEdge,
    Look,
    Node,
    Repeat,
    Seq,
)

FLAGS = regex.V0 | regex.ASCII
# What the dialect says of ^ and $, in the words of the package.
VERBOSE = FLAGS | regex.VERBOSE | regex.MULTILINE

# Look-alikes of "s" and "k" among them, which Unicode folding would take for letters.
ALPHABET = "aAbkKsS1_.-#[ ]\t\n\x0b\x1c\xe9\u017f\u212a\ud800\U0010ffff"

LITERALS = r"a A k s 1 _ - % && ] ~~ \. \# \[ \- \^ \n \t \x0b \x6b \u017f \ud800 \U0010ffff"
literals = st.sampled_from(LITERALS.split()) | st.sampled_from([r"\ ", "\xe9", "\u212a"])
CLASS_ITEMS = r"a k A-K a-s s-t _ & ~ | . # \w \S \d \W \s \] \[ \- \^ \n \ud800 \x00-\x1f"
class_items = st.sampled_from(CLASS_ITEMS.split()) | st.sampled_from(
    [" ", "\xe9", r"\x80-\U0010FFFF"]
)


@st.composite
def classes(draw: st.DrawFn) -> str:
    """Write a class, without the set operations that the dialect refuses."""
    items = draw(st.lists(class_items, min_size=1, max_size=4, unique=True))
    dash = draw(st.sampled_from(["", "-"]))
    return f"[{draw(st.sampled_from(['', '^']))}{''.join(items)}{dash}]"


def wider(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Write a pattern around others."""
    group = st.sampled_from(["(?:{})", "(?>{})", "(?i:{})", "(?i: {} # any case\n)"])
    look = st.sampled_from(["(?={})", "(?!{})", "(?<={})", "(?<!{})"])
    times = st.sampled_from(["?", "{2}", "{1,3}", "{0,2}", "{,2}", " {1,2}"])
    repeat = st.builds("{}{}{}".format, group, times, st.sampled_from(["", "?", "+"]))
    return st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.lists(inner, min_size=1, max_size=3).map(" ".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda some: f"(?:{'|'.join(some)})"),
        st.builds(lambda form, one: form.format(one), group, inner),
        st.builds(lambda form, one: form.format(one), look, inner),
        st.builds(lambda form, one: form.replace("{}", one, 1), repeat, inner),
    )


atoms = st.one_of(
    literals,
    classes(),
    st.sampled_from(
        [".", r"\w", r"\W", r"\s", r"\D", "^", "$", r"\b", r"\B", "(?i:k_s)", "(?i:S)"]
    ),
)
patterns = st.recursive(atoms, wider, max_leaves=8)
texts = st.text(alphabet=ALPHABET, max_size=12)


# What the strategies write although the dialect refuses it.
ON_PURPOSE = ("matches no character", "matches nothing", "set operations")


def as_written(source: str) -> regex.Pattern[str]:
    """Compile a pattern as it was written.

    `regex` makes one set of branches of one character, and gives all of them the case of one: to it
    `(?i:a)|[^ak]` does not match "K". What does nothing, before the character, keeps it from that.
    """
    return regex.compile(source.replace("(?i:", "(?i:(?=)"), VERBOSE)


def parsed(source: str) -> Node | None:
    """Parse a generated pattern; None for what is refused on purpose."""
    try:
        return syntax.parse(source)
    except DialectError as error:
        if any(reason in error.reason for reason in ON_PURPOSE):
            return None
        raise


def spans(pattern: regex.Pattern[str], text: str) -> list[tuple[int, int]]:
    """Return where a pattern matches from each place of a text."""
    found = (pattern.match(text, start) for start in range(len(text) + 1))
    return [match.span() for match in found if match]


def by_the_standard_library(source: str, text: str) -> list[tuple[int, int]] | None:
    """Return where `re` matches, or None where it cannot read the pattern.

    `regex` has more faults of the kind above than one trick keeps away: to it `(?i:ab)?(?:a|[^k])`
    does not match "K" either. Where the two differ, the print must mean what `re` says.
    """
    try:
        pattern = re.compile(source, re.ASCII | re.VERBOSE | re.MULTILINE)
    except re.error:
        return None
    found = (pattern.match(text, start) for start in range(len(text) + 1))
    return [match.span() for match in found if match]


@settings(max_examples=600, deadline=None)
@given(patterns, st.lists(texts, min_size=1, max_size=6))
@example("(?i:a)?(?:a|[^k])", ["K"])
def test_the_print_means_what_was_written(source: str, samples: list[str]) -> None:
    """What is compiled matches exactly where the written pattern does."""
    node = parsed(source)
    if node is None:
        return
    written = as_written(source)
    printed = regex.compile(syntax.render(node), FLAGS)
    for text in samples:
        found = spans(printed, text)
        assert found == spans(written, text) or found == by_the_standard_library(source, text)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("(?i:a)|[^ak]", "K"),
        ("(?i:ab)?(?:a|[^k])", "K"),
        ("(?i:pass)|[^kx]y", "Ky"),
        ("(?i:pass)?[^kx]y", "Ky"),
    ],
)
def test_the_print_keeps_case_where_regex_loses_it(source: str, text: str) -> None:
    """A letter in any case beside a class does not change the class."""
    assert not regex.fullmatch(source, text, FLAGS)
    assert regex.fullmatch(syntax.render(syntax.parse(source)), text, FLAGS)


@settings(max_examples=400, deadline=None)
@given(patterns)
def test_the_print_parses_to_itself(source: str) -> None:
    """Printing is canonical: what is printed is printed the same again."""
    node = parsed(source)
    if node is not None:
        printed = syntax.render(node)
        assert syntax.render(syntax.parse(printed)) == printed
        assert printed.isascii()
        assert printed.isprintable()


@settings(max_examples=400, deadline=None)
@given(patterns, st.lists(texts, min_size=1, max_size=6))
def test_widths_hold_for_every_match(source: str, samples: list[str]) -> None:
    """A match is as wide as promised, and nothing beyond the look-around widths changes it."""
    node = parsed(source)
    if node is None:
        return
    pattern = regex.compile(syntax.render(node), FLAGS)
    least, most = syntax.min_width(node), syntax.max_width(node)
    back, ahead = syntax.lookbehind_width(node), syntax.lookahead_width(node)
    for text in samples:
        for start in range(len(text) + 1):
            match = pattern.match(text, start)
            left = max(0, start - back)
            alone = pattern.match(text[left : start + most + ahead], start - left)
            assert (match and match.end()) == (alone and alone.end() + left)
            if match:
                assert least <= match.end() - start <= most


@settings(max_examples=400, deadline=None)
@given(patterns, st.lists(texts, min_size=1, max_size=6))
def test_first_last_and_consumed_characters_hold(source: str, samples: list[str]) -> None:
    """The characters of a match are among those promised."""
    node = parsed(source)
    if node is None:
        return
    pattern = regex.compile(syntax.render(node), FLAGS)
    for text in samples:
        for start, end in spans(pattern, text):
            found = text[start:end]
            assert syntax.consumed_set(node).contains(CharSet.of(found))
            assert syntax.first_set(node).contains(CharSet.of(found[:1]))
            assert syntax.last_set(node).contains(CharSet.of(found[-1:]))


@settings(max_examples=200, deadline=None)
@given(patterns)
def test_a_mirrored_pattern_mirrors_back(source: str) -> None:
    """Written backwards twice, a pattern is itself."""
    node = parsed(source)
    if node is not None:
        named = Group(node, "value")
        assert syntax.mirrored(syntax.mirrored(named)) == named


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("a b  # and no more", "ab"),
        ("a # one\n b", "ab"),
        (r"\x41 \u00e9 \U0001F600 \ud800", r"A\xe9\U0001f600\ud800"),
        (".", r"[^\n]"),
        ("^a$", r"(?<![^\n])a(?![^\n])"),
        (r"[\w.+-]", r"[\w+\-.]"),
        (r"[^\s,]", r"[^\s,]"),
        (r"[^\w]", r"\W"),
        (r"[\s\S]", r"[\x00-\U0010ffff]"),
        ("[abc]", "[a-c]"),
        ("[ab]", "[ab]"),
        ("[0-9A-F]", "[0-9A-F]"),
        ("[&~|#\\[\\] -]", r"[\x20\#\&\-\[\]\|\~]"),
        (r"(?i:password)", "(?i:password)"),
        (r"(?i:Pass_1)", "(?i:pass)_1"),
        (r"(?i:_a_b_)", "_(?i:a_b)_"),
        (r"(?i:k)", "[Kk]"),
        (r"(?i:ab\u017fcd)", r"(?i:ab)\u017f(?i:cd)"),
        (r"a\ \#b", r"a\x20\#b"),
        (r"(?i:a[b-c]d)", "[Aa][BCbc][Dd]"),
        (r"(?i:[^k]\W)", r"[^Kk]\W"),
        (r"(?i:\u212a)", r"\u212a"),
        ("e(?:a|b|(?:c|d))", "e(?:a|b|c|d)"),
        ("a|b", "a|b"),
        ("(?:a)", "a"),
        ("(?:ab){2}", "(?:ab){2}"),
        ("(?:a{2}){3}", "(?:a{2}){3}"),
        ("(?>a|b){1,2}", "(?>a|b){1,2}"),
        ("(?P<value>a|b)?", "(?P<value>a|b)?"),
        ("a{,2}?b{0,1}+", "a{0,2}?b?+"),
        (r"\b\B(?=a)(?!b)(?<=c)(?<!d)", r"\b\B(?=a)(?!b)(?<=c)(?<!d)"),
        (r"(?:(?<!a)|(?<=b))c", r"(?>(?<!a)|(?<=b))c"),
        ("b(?:a|)", "b(?:a|)"),
        ("", ""),
        (r"\{\}\-\/", r"\{\}-/"),
        ("}]", r"\}\]"),
        ("[-a]", r"[\-a]"),
        ("[a-]", r"[\-a]"),
        ("[ #]", r"[\x20\#]"),
        ("[\x7f\x00]", r"[\x00\x7f]"),
    ],
)
def test_patterns_have_one_spelling(source: str, printed: str) -> None:
    """A pattern is printed in canonical form."""
    assert syntax.render(syntax.parse(source)) == printed


@pytest.mark.parametrize(
    ("source", "reason", "position"),
    [
        ("a*", "give a bound", 1),
        ("a+b", "give a bound", 1),
        ("ab{2,}", "give a bound", 2),
        ("a{3,2}", "at least the first", 1),
        ("a{0}", "at least the first, and 1", 1),
        ("*", r"write \* for *", 0),
        ("a|?", "nothing to repeat", 2),
        ("a{2}{3}", "one repeat only", 4),
        ("a{2} +", "one repeat only", 5),
        ("a{x}", r"write \{", 1),
        ("a{,}", r"write \{", 1),
        ("a{1, 2}", r"write \{", 1),
        (r"\b{2}", "matches no character", 0),
        ("a(?=a)?", "matches no character", 1),
        ("(a)", "write (?:...)", 0),
        ("(?i)a", "the only flag is (?i:...)", 0),
        ("(?s:a)", "the only flag is (?i:...)", 0),
        ("(?-i:a)", "the only flag is (?i:...)", 0),
        ("(?<value>a)", "(?P<value>...)", 0),
        ("(?P<1>a)", "a group's name", 0),
        ("(?P=value)", "back-references", 0),
        ("(?P>value)", "recursion", 0),
        ("(?#x)a", "write a comment as #", 0),
        ("(?(1)a|b)", "conditionals", 0),
        ("(?|a|b)", "branch reset", 0),
        ("(?:a", "this group has no end", 0),
        ("b(?=a", "this group has no end", 1),
        ("a)b", r"write \)", 1),
        ("[]a]", r"write \]", 0),
        ("[a", "this class has no end", 0),
        ("[a-", "this class has no end", 0),
        ("[[:alpha:]]", r"write \[", 1),
        ("[a&&b]", r"set operations are not in the dialect; write \&", 2),
        ("[a--b]", r"set operations are not in the dialect; write \-", 2),
        ("[a||b]", "set operations", 2),
        ("[~~]", "set operations", 1),
        (r"[\w-.]", r"write \- for a dash", 1),
        (r"[+-\w]", r"write \- for a dash", 1),
        ("[b-a]", "upside down", 1),
        ("[a-c-e]", "neither first nor last", 4),
        (r"[\b]", r"\x08", 1),
        (r"[^\s\S]", "matches nothing", 0),
        (r"\1", "back-references", 0),
        (r"\A", "write ^", 0),
        (r"\Z", "write $", 0),
        (r"a\z", "write $", 1),
        (r"\p{L}", "write ranges", 0),
        (r"[\P{L}]", "write ranges", 1),
        (r"\N{DASH}", "named characters", 0),
        (r"\L<words>", "named lists", 0),
        (r"\K", "look-behind", 0),
        (r"\h", "unknown escape", 0),
        ("\\\xe9", "unknown escape", 0),
        ("\\", "unknown escape", 0),
        (r"\x4", "2 hex digits", 0),
        (r"\u12g4", "4 hex digits", 0),
        (r"\U00110000", "last code point", 0),
        ("a\u00a0b", "its number", 1),
        ("\x00", "its number", 0),
        ("(?:" * 60, "too many groups", 50 * 3),
    ],
)
def test_what_is_outside_the_dialect_is_refused_where_it_stands(
    source: str, reason: str, position: int
) -> None:
    """The error says what to write instead, and where."""
    with pytest.raises(DialectError) as caught:
        syntax.parse(source)
    assert reason in caught.value.reason
    assert caught.value.position == position
    assert str(caught.value) == f"{caught.value.reason} (at character {position})"


def test_the_error_survives_a_process_boundary() -> None:
    """A pickled error is the same error."""
    error = DialectError("reason", 3)
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert (again.reason, again.position, str(again)) == ("reason", 3, str(error))


@pytest.mark.parametrize("source", ["a*", "a+", "a{3,}", "a{3,}?", "(?:ab){2,}+"])
def test_repeats_without_bound_are_let_through_on_request(source: str) -> None:
    """What has no bound is printed as it was written, and its width says so."""
    node = syntax.parse(source, unbounded=True)
    assert syntax.render(node) == source
    assert syntax.max_width(node) == UNBOUNDED


@pytest.mark.parametrize("source", ["(?=a*)b", "(?<!a{2,})b*"])
def test_look_arounds_always_have_a_bound(source: str) -> None:
    """How far a look-around reads must be known, whatever is let through elsewhere."""
    with pytest.raises(DialectError, match="give a bound"):
        syntax.parse(source, unbounded=True)


@pytest.mark.parametrize(
    ("source", "behind", "ahead"),
    [
        ("abc", 0, 0),
        (r"\babc", 1, 1),
        ("^a$", 1, 1),
        ("^a", 1, 0),
        ("(?<=ab)c", 2, 0),
        ("(?<!a{1,5})c(?=d{2,3})", 5, 3),
        ("(?<=(?<!ab)c{2})d", 4, 0),
        ("(?=a(?!bcd))e", 0, 4),
        ("(?<=a(?=bcd))e", 1, 3),
        ("(?:a|(?<=bb))(?:c(?=d)){3}", 2, 1),
    ],
)
def test_look_around_widths_add_up(source: str, behind: int, ahead: int) -> None:
    """Look-arounds in look-arounds reach further; those side by side do not."""
    node = syntax.parse(source)
    assert (syntax.lookbehind_width(node), syntax.lookahead_width(node)) == (behind, ahead)


def test_every_kind_of_node_is_parsed() -> None:
    """A pattern with all there is gives one node of each kind."""
    node = syntax.parse(r"^(?P<value>[a-z]{1,3}+)(?>b|c)(?<!d)\B")
    assert node == Seq(
        (
            LineEdge(start=True),
            Group(Repeat(Chars(CharSet.spanning([(97, 122)])), 1, 3, "possessive"), "value"),
            Atomic(Alt((Chars(CharSet.of("b")), Chars(CharSet.of("c"))))),
            Look(Chars(CharSet.of("d")), ahead=False, negative=True),
            Boundary(negative=True),
        )
    )


@pytest.mark.parametrize(
    ("source", "charset"),
    [
        (r"\d{0,2}\.?a", CharSet.of("0123456789.a")),
        (r"(?=b)(?:a|\b)c", CharSet.of("ac")),
        (r"\n|.", ANYTHING),
        (r"(?P<value>\w{1,3})-", WORD),
    ],
)
def test_first_set_stops_at_what_is_mandatory(source: str, charset: CharSet) -> None:
    """Only what can come first is in the set, and look-arounds add nothing."""
    assert syntax.first_set(syntax.parse(source)) == charset


def test_nodes_are_walked_in_reading_order() -> None:
    """A node comes before what is in it."""
    node = syntax.parse(r"(?P<value>\d)(?:\n|\w{2})")
    assert [one.charset for one in syntax.walk(node) if isinstance(one, Chars)] == [
        DIGIT,
        NEWLINE,
        WORD,
    ]
    assert nodes.spine(node)[0] == Chars(DIGIT)


@pytest.mark.parametrize(
    ("source", "expected"),
    [("(?P<value>a)", True), ("(?:b(?P<value>a))?", True), ("(?P<name>a)", False), ("a", False)],
)
def test_has_value_group_tells_whether_the_span_is_named(source: str, *, expected: bool) -> None:
    """Only a group of that name counts, wherever it is."""
    assert syntax.has_value_group(syntax.parse(source)) == expected


def test_the_import_in_one_place_has_nothing_of_its_own() -> None:
    """Everything in `syntax` is what the modules behind it have under the same name."""
    for name in syntax.__all__:
        owners = [one for one in (measure, nodes, parse, render) if hasattr(one, name)]
        assert all(getattr(one, name) is getattr(syntax, name) for one in owners)
        assert owners
    assert syntax.__all__ == sorted(syntax.__all__, key=lambda name: (name != "UNBOUNDED", name))
