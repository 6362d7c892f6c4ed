"""A screen: which rules may have a match in which line, remembered by the line's shape."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scrubber.detect import screen as module
from scrubber.detect.databases import compiled
from scrubber.detect.rule_numbers import ENCODED
from scrubber.detect.screen import Screen
from scrubber.detect.sieve import Sieve
from scrubber.detect.vector import Screened
from tests.small_rules import CARD, EMAIL, PEM, TWO_LINES, detector, rule

if TYPE_CHECKING:
    from collections.abc import Callable

pytest.importorskip("hyperscan", reason="a screen scans with hyperscan")

RULES = (EMAIL, CARD, PEM)
LINES = ["nothing", "jane@example", "12345678", "", "jane@example 12345678", "\u30c6@\udc80"]


def screen(*rules: int, always: tuple[int, ...] = ()) -> Screen:
    """Build a screen for three rules, or some of them."""
    made = compiled(RULES)
    on = {at: RULES[at] for at in rules or range(3)}
    return Screen([(made.scanner, made.behind)], always, on, made.begins)


def encoded(lines: list[str]) -> bytes:
    """Join lines as a text."""
    return "\n".join(lines).encode("utf-8", "surrogatepass")


def test_each_line_has_its_own_rules() -> None:
    """One by one, all at once, and once more from memory."""
    one = screen()
    expected = [(), (0,), (1,), (), (0, 1), ()]
    assert one.lines(encoded(LINES)) == expected
    assert one.lines(encoded(LINES)) == expected
    assert one.lines(encoded([*LINES, "new 1"])) == [*expected, ()]
    assert [screen().line(encoded([line])) for line in LINES] == expected


def test_match_that_ends_with_the_last_byte_is_told() -> None:
    """What must not follow it is looked for behind the last line, too."""
    ending = rule("ENDING", "zq [0-9]{2} (?![a-z])")
    made = compiled([ending])
    for data in (b"zq12", b"x\nzq12", b"x\nzq12\n"):
        one = Screen([(made.scanner, made.behind)], (), {0: ending}, made.begins)
        assert (0,) in one.lines(data)
    assert Screen([(made.scanner, made.behind)], (), {0: ending}, made.begins).line(b"zq12") == (0,)


def test_rules_that_are_off_are_left_aside() -> None:
    """One database serves several policies."""
    assert screen(1).lines(encoded(LINES)) == [(), (), (1,), (), (1,), ()]


def test_rules_of_which_nothing_is_known_are_told_of_every_line() -> None:
    """Unless they are off."""
    assert screen(always=(2,)).lines(b"a\njane@example") == [(2,), (0, 2)]
    assert screen(1, always=(2,)).line(b"a") == ()


def test_a_line_too_long_to_be_tried_may_decode() -> None:
    """Nothing is known of it but what the scan says."""
    line = b"jane@example" + b" x" * module.LONGEST_TRIED
    assert screen().line(line) == (ENCODED, 0)
    assert screen().lines(line + b"\nx") == [(ENCODED, 0), ()]


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Long lines are not remembered; a full memory is begun anew."""
    monkeypatch.setattr(module, "MOST_KEPT", 2)
    monkeypatch.setattr(module, "LONGEST_KEPT", 20)
    one = screen()
    assert one.line(b"jane@example" + b" x" * 9) == (0,)
    for line in (b"a", b"b", b"c", b"d"):
        assert one.line(line) == ()
        assert one.lines(line + b"\njane@example") == [(), (0,)]
        assert len(one.kept) <= 2


def test_what_is_remembered_stays_while_there_is_room() -> None:
    """Lines that come later do not push it out."""
    one = screen()
    one.lines(b"a\njane@example")
    one.lines(b"b")
    assert set(one.kept) == {b"a", b"jane@example", b"b"}


def test_large_texts_are_scanned_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """And for a line too large for a buffer, every rule looks for itself."""
    monkeypatch.setattr(module, "_LARGEST_LINE", 30)
    lines = ["jane@example", "nothing of interest", "12345678", "x" * 31, "jane@example"]
    found = screen().lines(encoded(lines))
    assert found[:3] == [(0,), (), (1,)]
    assert set(found[3]) >= {0, 1, 2}
    assert found[4] == (0,)


CLEAN = [
    *(("", True), ("nothing\n\nof it", True), ("nothing\njane@example", False), ("\ud800", True)),
    *(("a%20b", True), ("100%", True), ("jane%40example", False), ("%5Cn jane%2540example", False)),
]


@pytest.mark.parametrize(("text", "clean"), CLEAN)
def test_what_is_clean(text: str, clean: bool) -> None:  # noqa: FBT001
    """Encoded or not, alone and among others, as text and as bytes."""
    sieve = Sieve(screen())
    assert sieve.clean(text) == clean
    assert sieve.clean(text) == clean
    assert sieve.suspects(["a", text, "b"]) == ([] if clean else [1])
    assert sieve.suspects(["a", "b"]) == []
    lines = sieve.suspect_lines(encoded(["a", text.replace("\n", " "), "b"]))
    assert lines == ([] if clean else [2])


MORE = [
    ("over:", True, []),
    ("over:1", False, [0]),
    ("over:\nx", False, [0]),
    ("over: x\ny", True, []),
    ("%6fver:", True, []),
    ("%6fver:\nx", False, [0]),
]


@pytest.mark.parametrize(("text", "clean", "lines"), MORE)
def test_a_line_with_the_beginning_of_a_match_is_clean_alone(
    text: str,
    clean: bool,  # noqa: FBT001
    lines: list[int],
) -> None:
    """Among others it is not: the next one may complete it."""
    made = compiled([TWO_LINES])
    sieve = Sieve(Screen([(made.scanner, made.behind)], (), {0: TWO_LINES}, made.begins))
    assert sieve.clean(text) == clean
    assert sieve.suspects(["a", text]) == ([] if clean else [1])
    assert sieve.suspect_lines(encoded([text, "z"])) == (lines or [0] * ("ver:" in text[-4:]))


def test_detectors_that_cannot_be_screened_ask_their_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A scan that fails costs time, and nothing else."""
    one = Screened.of([detector(rule) for rule in RULES], screen=screen())
    text = "a%20b\njane@example\n"
    looked, concerned = one.look(text), one.concerning(text)
    assert [(by.rule.id, where) for by, where in concerned] == [(EMAIL.id, [(6, 18)])]
    assert looked == (concerned, [(0, 5)])
    assert one.concerning("jane@example")[0][1] == [(0, 12)]
    assert one.look("nothing\nat all") == ([], [])
    assert one.look("nothing") == ([], [])
    monkeypatch.setattr(one.screen, "lines", None)
    assert [by for by, _ in one.concerning(text)] == [by for by, _ in concerned]
    assert one.look(text)[1] == [(0, 5)]


def test_a_part_of_detectors_keeps_the_screen() -> None:
    """Rules that see one line, and those that may see several, which look at all of a text."""
    one = Screened.of([detector(rule) for rule in RULES], screen=screen())
    single, several = one.parts
    assert isinstance(single, Screened)
    text = "x\n--BEGIN--ab\n--END--\njane@example"
    assert [where for _, where in several.concerning(text)] == [None]
    assert [by.rule for by, _ in single.concerning(text)] == [EMAIL]


def test_a_screen_tells_whether_a_match_goes_on() -> None:
    """By the shapes of the line and the next one."""
    made = compiled([TWO_LINES])
    one = Screen([(made.scanner, made.behind)], (), {0: TWO_LINES}, made.begins)
    assert one.begins(0)
    assert one.goes_on(0, b"over:\n00\n")
    assert not one.goes_on(0, b"over:\nx\n")


def beside(also: Callable[[str], bool]) -> Screen:
    """Build a screen for three rules, beside which something else may find something."""
    made = compiled(RULES)
    return Screen([(made.scanner, made.behind)], (), dict(enumerate(RULES)), made.begins, also=also)


def test_what_no_rule_finds_has_a_number_of_its_own() -> None:
    """A line in which something else may stand is a suspect, one by one and among others."""
    one = beside(lambda line: "Jane" in line)
    lines = ["nothing", "for Jane", "jane@example", "jane@example Jane"]
    number = len(RULES)
    expected = [(), (number,), (0,), (0, number)]
    assert [one.line(encoded([line])) for line in lines] == expected
    assert one.lines(encoded(lines)) == expected
    assert beside(lambda line: "Jane" in line).lines(encoded(lines)) == expected
    sieve = Sieve(one)
    assert sieve.suspects(lines) == [1, 2, 3]
    assert not sieve.clean("for Jane")
    assert sieve.clean("nothing")


def test_the_number_of_what_no_rule_finds_is_no_rules() -> None:
    """Detectors are not asked for it."""
    one = Screened.of([detector(rule) for rule in RULES], screen=beside(lambda line: True))  # noqa: ARG005
    assert one.concerning("nothing") == []
    assert [by.rule for by, _ in one.concerning("jane@example")] == [EMAIL]


def test_what_else_may_stand_in_a_line_is_asked_once_of_a_shape() -> None:
    """Of the folded line."""
    asked: list[str] = []

    def may(line: str) -> bool:
        asked.append(line)
        return False

    one = beside(may)
    assert one.lines(b"epoch 1\nepoch 2") == [(), ()]
    assert one.line(b"epoch 3") == ()
    assert asked == ["epoch 0"]


@pytest.mark.parametrize("line", [b"nothing", b"\xff\xfe"])
def test_a_line_of_which_nothing_else_is_known_is_a_suspect(line: bytes) -> None:
    """What fails there fails closed where the line is redacted; stray bytes are not known."""

    def fails(_: str) -> bool:
        raise RuntimeError("vexlab7")

    assert beside(fails).line(line) == (len(RULES),)


def test_a_line_too_large_for_a_buffer_is_a_suspect(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of what no rule finds, too."""
    monkeypatch.setattr(module, "_LARGEST_LINE", 30)
    one = beside(lambda line: False)  # noqa: ARG005
    assert len(RULES) in one.lines(b"x" * 31)[0]
