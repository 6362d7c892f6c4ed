"""The arguments of a template are scrubbed, and the template stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber.integrations.logging import ScrubFilter
from scrubber.templates import Shown, align, fill, read_template, scrub_args
from tests.integrations.logs import MAIL, NUMBER, SECRET, SMALL, Shy, record

MAILING = Shy(MAIL)

ARGS = [
    ("to %s", (MAIL,), ("[email]",)),
    ("to %s, %d times", (MAIL, 3), ("[email]", 3)),
    ("%s and %s and %s", (MAIL, "x", MAIL), ("[email]", "x", "[email]")),
    ("100%% to %s", (MAIL,), ("[email]",)),
    ("key=%s", (SECRET,), ("[secret]",)),
    ("key=%s for %s.", (SECRET, MAIL), ("[secret]", "[email]")),
    ("jane@%s now", ("example",), ("[email]",)),
    ("%s%s", ("jane@", "example"), ("[email]", "[email]")),
    ("card %d", (NUMBER,), (0,)),
    ("card %x %s", (NUMBER, NUMBER), (NUMBER, "[card]")),
    ("card %.0f", (float(NUMBER),), (0.0,)),
    ("%-20s|", (MAIL,), ("[email]",)),
    ("%20s|", (MAIL,), ("[email]",)),
    ("%*d %s", (5, 3, MAIL), (5, 3, "[email]")),
    ("%r", (MAIL,), ("'[email]'",)),
    ("%r of %s", ([MAIL], MAIL), ("['[email]']", "[email]")),
    ("%s", (MAILING,), ("[email]",)),
    ("%.3s", (MAIL,), ("[email]",)),
    ("%.3s", ([1, MAIL],), ("[1, '[email]']",)),
    ("%c %s", ("x", MAIL), ("x", "[email]")),
    ("%(to)s %(n)d", {"to": MAIL, "n": 3, "more": 4}, {"to": "[email]", "n": 3, "more": 4}),
    ("%(to)s %(to)r", {"to": MAIL}, {"to": "[email]"}),
    ("%s", {"to": MAIL}, ("{'to': '[email]'}",)),
    ("to jane@example %s", (MAIL,), None),
    ("to %s", (MAIL, 3), None),
    ("to %s %s", (MAIL,), None),
    ("to %y", (MAIL,), None),
    ("to %(a)s %s", {"a": MAIL}, None),
    ("to %(a)*d", {"a": MAIL}, None),
    ("to %(a)s", (MAIL,), None),
    ("nobody", (MAIL,), None),
]


@pytest.mark.parametrize(("template", "args", "expected"), ARGS)
def test_arguments_are_scrubbed_and_the_template_stays(
    template: str, args: object, expected: object
) -> None:
    """What comes out fits the template, and its message stands still; else there is nothing."""
    changed = scrub_args(template, args, SMALL)
    assert changed == expected
    if changed is not None:
        message = template % changed
        assert SMALL.scrub_text(message) == message
        assert SECRET not in message


def test_an_argument_that_shows_nothing_stays_the_same_object() -> None:
    """Handlers may know it by its type."""
    clean = Shy("clean")
    changed = scrub_args("%s of %s", (clean, MAIL), SMALL)
    assert isinstance(changed, tuple)
    assert changed[0] is clean


def test_a_text_that_stands_for_an_object_looks_like_it() -> None:
    """Under `%s`, under `%r`, and as what it is."""
    text = Shown("User('[email]')")
    assert ("%s" % text, "%r" % text, text) == (text, text, "User('[email]')")  # noqa: UP031


def test_an_object_that_changes_its_text_is_not_believed() -> None:
    """It was scrubbed when it told nothing; then there is no template to be kept."""
    assert scrub_args("%s %s", (Shy("clean", MAIL), MAIL), SMALL) is None


SPLITS = [
    ("to %s.", ("a@b",), "to [email].", ["to ", "[email]", "."]),
    ("%s %s", ("a@b", "c"), "[image/png 1x1] c", ["[image/png 1x1]", " ", "c"]),
    ("%s %s %s", ("a@b", "c", "d@e"), "[a b] c [d]", ["[a b]", " ", "c", " ", "[d]"]),
    ("%s%s", ("a@b", "c"), "[email]c", ["[email]", "c"]),
    ("%s%s", ("a", ""), "a", ["a", ""]),
    ("%s%s%s", ("a@b", "", "c@d"), "[x][y]", None),
    ("x=%s y=%s", ("a@b", "c@d"), "x=[e] z=[f]", None),
    ("to %s", ("a@b",), "[email]", None),
    ("%s to", ("a@b",), "[email]", None),
    ("%s", ("a",), "ab", None),
]


@pytest.mark.parametrize(("template", "args", "scrubbed", "expected"), SPLITS)
def test_a_scrubbed_message_is_split_along_its_template(
    template: str, args: object, scrubbed: str, expected: list[str] | None
) -> None:
    """The parts are the message, whatever is guessed about where they end."""
    pieces = read_template(template)
    filled = fill(pieces or [], args)
    assert filled is not None
    assert align(filled, scrubbed) == expected


@pytest.mark.parametrize("template", ["%", "%(a", "%5%", "50% ", "%(a(b))s", "%y"])
def test_a_template_that_is_none_is_refused(template: str) -> None:
    """Python refuses it, or reads it otherwise."""
    assert read_template(template) is None


WORDS = st.text(" ,;(é\nx%", max_size=4).map(lambda text: text.replace("%", "%%"))
FILLED = st.one_of(
    st.tuples(
        st.sampled_from(["%s", "%r", "%20s", "%-3s", "%.4s", "%a"]),
        st.sampled_from([MAIL, f"to {MAIL}.", "clean", "", "a b", [MAIL], {"a": MAIL}, 7, None]),
    ),
    st.tuples(st.sampled_from(["%d", "%5.1f", "%x"]), st.sampled_from([0, 7, NUMBER])),
)


@given(st.lists(st.tuples(WORDS, FILLED), min_size=1, max_size=5), WORDS)
def test_whatever_is_logged_nothing_raw_is_left(
    parts: list[tuple[str, tuple[str, object]]], end: str
) -> None:
    """Neither in the message nor in the arguments; and the message stands still."""
    template = "".join(words + spec for words, (spec, _) in parts) + end
    logged = record(template, *(value for _, (_, value) in parts))
    before = logged.getMessage()
    made = ScrubFilter(SMALL).filter(logged)
    message = made.getMessage()
    assert MAIL not in repr(vars(made))
    assert SMALL.scrub_text(message) == message
    if SMALL.scrub_text(before) == before:
        assert made.msg == template
