"""Macros of patterns: what they become, and what is refused."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from scrubber.encodings import MACROS
from scrubber.ruleset.macros import MacroError, expand
from scrubber.ruleset.syntax import UNBOUNDED, max_width, parse, render

FLAGS = regex.V0 | regex.ASCII | regex.VERBOSE


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("", ""),
        (r"a{3}\d%", r"a{3}\d%"),
        ("%{space}", MACROS["space"]),
        ("a%{dot}b%{dot}c", f"a{MACROS['dot']}b{MACROS['dot']}c"),
        (r"%{right:[\w\]}]}x", r"(?![\w\]}])x"),
        (r"%{left:\w}", r"(?:(?<!\w)(?:(?<!\\)|(?![nrtbfv0]))|(?<=\\[nrtbfv0]))"),
        (r"%\{sep}", r"%\{sep}"),
    ],
)
def test_macros_are_replaced_by_their_source(pattern: str, expected: str) -> None:
    """What is no macro stays as it is."""
    assert expand(pattern) == expected


@pytest.mark.parametrize("name", MACROS)
def test_macro_of_the_table_can_be_used_and_repeated(name: str) -> None:
    """Every macro of the table is one item of the dialect, whatever repeat follows it."""
    assert expand(f"x%{{{name}}}") == f"x{MACROS[name]}"
    for repeat in ("", "?", "{1,3}+", "{0,2}?"):
        node = parse(expand(f"x(?:%{{{name}}}{repeat})y"))
        assert max_width(node) < UNBOUNDED
        assert regex.compile(render(node), regex.V0 | regex.ASCII).groups == 0


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("%{nothing}", "unknown macro %{nothing}; known: at, backslash, colon"),
        ("%{hex:32}", "malformed macro; write %{name}"),
        ("%{", "malformed macro; write %{name}"),
        ("%{}", "malformed macro; write %{name}"),
        ("%{left}", "%{left} needs a class: write %{left:[class]}"),
        ("%{right}", "%{right} needs a class: write %{right:[class]}"),
        ("%{left:ab}", "malformed macro; write %{name}"),
        ("%{left:[ab}", "malformed macro; write %{name}"),
        (r"%{sep:\w}", "%{sep} takes no class; only left, right do"),
        (r"%{keys:\w}", "%{keys} takes no class; only left, right do"),
        ("%{keys}", "%{keys} needs keys in its rule"),
    ],
)
def test_misused_macro_is_refused_with_the_reason(pattern: str, reason: str) -> None:
    """The error says what is wrong and what to write."""
    with pytest.raises(MacroError, match=regex.escape(reason)):
        expand(pattern)


def test_empty_keys_are_refused() -> None:
    """A key of nothing but joiners would match everywhere."""
    with pytest.raises(MacroError, match="needs keys"):
        expand("%{keys}", keys=["", "_-"])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("api_key", "api_key"),
        ("apiKey", "apiKey"),
        ("API-KEY", "API-KEY"),
        ("api key", "api key"),
        ("api.key", "api.key"),
        ("api__key", None),
        ("token", "token"),
        ("token_id", "token_id"),
        ("tokenid", "tokenid"),
        ("toke", None),
        ("a+b", "a+b"),
        ("aab", None),
    ],
)
def test_keys_match_however_their_words_are_joined(text: str, found: str | None) -> None:
    """Case and joiners do not matter, the longest key wins, and no key is read as a pattern."""
    pattern = expand("%{keys}", keys=["token", "api_key", "token-id", "a+b"])
    match = regex.match(pattern, text, FLAGS)
    assert (match and match[0]) == found


def test_keys_do_not_depend_on_their_order() -> None:
    """The same keys give the same pattern."""
    keys = ["token", "api_key", "api-key", "pin", "pwd"]
    assert expand("%{keys}", keys=keys) == expand("%{keys}", keys=keys[::-1])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("jane@x", "jane@x"),
        ("(jane@x", "jane@x"),
        ("\njane@x", "jane@x"),
        (r"\njane@x", "jane@x"),
        (r"\\njane@x", "jane@x"),
        (r"Hi\tnick@x", "nick@x"),
        (r"CORP\jane@x", "jane@x"),
        (r"CORP\alice@x", "alice@x"),
        ("-jane@x", "jane@x"),
    ],
)
def test_left_starts_a_token_after_an_escape(text: str, found: str) -> None:
    """A token starts after the letter of an escape, never on it."""
    match = regex.search(expand(r"%{left:[\w.]}[\w.]+@x"), text, FLAGS)
    assert match is not None
    assert match[0] == found


@pytest.mark.parametrize(("text", "found"), [("12.", True), ("12a", False), ("12", True)])
def test_right_ends_a_token(text: str, found: bool) -> None:  # noqa: FBT001
    """A token does not end before a character of the class."""
    assert (regex.match(expand(r"\d{2}%{right:\w}"), text, FLAGS) is not None) == found


@given(parts=st.lists(st.sampled_from([*"%{}:[]\\ab", "%{sep}", "%{left:\\w}", "%{keys}"])))
def test_expansion_leaves_no_macro(parts: list[str]) -> None:
    """Whatever is written, nothing that looks like a macro comes out."""
    try:
        expanded = expand("".join(parts), keys=["a_b"])
    except MacroError:
        return
    assert "%{" not in expanded
