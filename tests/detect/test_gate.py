"""The gate: it skips, and what it skips would have found nothing."""

from __future__ import annotations

import random
import tracemalloc
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber.detect.gate import Gated, concerning
from scrubber.detect.reference import find
from tests.small_rules import EMAIL, EVERY_KIND, PEM, detector, rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrubber.detect.confirm import Detector, Ranges

NEAR = rule(
    "NEAR", "[0-9]{4}", context={"words": ["Badge", "door"], "window": 20, "required": True}
)


def ids(chosen: Sequence[tuple[Detector, Ranges]]) -> list[str]:
    """Name the rules of detectors."""
    return [one.rule.id for one, _ in chosen]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("jane@example", ["small.email_address"]),
        ("--begin--", ["small.private_key"]),
        ("nothing", []),
        ("BADGE 1234", ["small.near"]),
        ("1234", []),
    ],
)
def test_only_rules_a_text_may_concern(text: str, expected: list[str]) -> None:
    """A rule is skipped when its words, or those of its context, are not there in any case."""
    gated = Gated(detector(one) for one in (EMAIL, PEM, NEAR))
    assert ids(gated.concerning(text)) == expected


def test_a_rule_without_words_always_runs() -> None:
    """Where nothing is proven nothing is skipped, and the order is kept."""
    anything = rule("ANYTHING", r"[^0-9\s]{2,9}+ !")
    gated = Gated(detector(one) for one in (PEM, rule("LETTERS", "[a-z]{5}"), anything, EMAIL))
    assert ids(gated.concerning("a@b")) == ["small.letters", "small.email_address"]


def test_a_plain_sequence_is_not_gated() -> None:
    """The specification skips nothing."""
    plain = tuple(detector(one) for one in EVERY_KIND)
    assert list(concerning(plain, "nothing")) == [(one, None) for one in plain]


def test_in_a_long_text_a_rule_runs_on_the_lines_with_its_words() -> None:
    """Only the lines that have a word, those of its context too, are looked at."""
    lines = ["nothing here"] * 400
    lines[7] = "mail jane@example"
    lines[9] = "1234"
    lines[11] = "door 1234"
    text = "\n".join(lines)
    gated = Gated(detector(one) for one in (EMAIL, NEAR))
    (_, mail), (_, near) = gated.concerning(text)
    assert [text[low:high] for low, high in mail or ()] == [lines[7]]
    assert [text[low:high] for low, high in near or ()] == [lines[11]]


def test_a_word_that_crosses_lines_is_looked_for_in_all_of_a_text() -> None:
    """A rule over several lines may need a line's end and what follows it."""
    crossing = rule("CROSSING", r"[a-z]{3} \n 17", multiline=True)
    text = "\n".join(["nothing here"] * 400 + ["over", "17"])
    assert Gated([detector(crossing)]).concerning(text)[0][1] is None


def test_a_word_of_most_lines_is_not_followed_line_by_line() -> None:
    """A rule runs on all of a text when its words are everywhere in it."""
    text = "\n".join(["jane@example"] * 400)
    assert Gated([detector(EMAIL)]).concerning(text)[0][1] is None


def test_a_rule_that_needs_a_long_run_is_skipped_without_one() -> None:
    """Forty letters and digits have no word to look for, but few lines hold so many."""
    key = rule("KEY", r"(?<![a-z0-9]) [a-f0-9]{40} (?![a-z0-9])")
    gated = Gated([detector(key)])
    run = "0f3c9a7be1" * 4
    assert ids(gated.concerning("a line of words")) == []
    assert ids(gated.concerning(f"key {run}")) == [key.id]
    text = "\n".join(["nothing here"] * 300 + [f"key {run}"])
    ((_, ranges),) = gated.concerning(text)
    assert [text[low:high] for low, high in ranges or ()] == [f"key {run}"]


ROWS = st.lists(
    st.sampled_from(
        [
            *("jane@example", "key= abc", "over:\n17", "1234", "door 1234", "BADGE 1234", "\u0130"),
            *("12345678", 'pw="a', "\\u006aane@example", "--BEGIN--\nab\n--END--", "b64,abcd"),
        ]
    )
    | st.just(
        "plain words and nothing else of interest in this line, as in most lines of a log"
    ).map(lambda one: f"{one}\n" * 12),
    max_size=30,
)


@given(rows=ROWS, start=st.integers(0, 60))
def test_no_finding_of_a_long_text_is_lost(rows: list[str], start: int) -> None:
    """Line by line or all at once, from any place: the same as without the gate."""
    text = "\n".join(rows)
    plain = tuple(detector(one) for one in (*EVERY_KIND, NEAR))
    assert sorted(find(Gated(plain), text, start=start)) == sorted(find(plain, text, start=start))


def test_a_word_that_is_everywhere_does_not_make_up_for_another() -> None:
    """A rule whose second word is nowhere is skipped, however common its first."""
    text = "\n".join(["1234 and nothing else"] * 400)
    assert Gated([detector(NEAR)]).concerning(text) == []


def test_rare_characters_take_no_memory() -> None:
    """A text whose runs of characters are all different is not written down a second time."""
    draw = random.Random(1)  # noqa: S311  # no secret
    text = "".join(chr(draw.randrange(0x4E00, 0x9FFF)) for _ in range(200_000))
    gated = Gated(detector(one) for one in EVERY_KIND)
    gated.concerning("a@b")
    tracemalloc.start()
    gated.concerning(text)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20_000_000  # the folded text; runs written down would be four times that


@pytest.mark.parametrize("before", ["", "\n", "\n\n", "x\n", "\nx\n"])
def test_range_of_a_line_begins_behind_its_newline(before: str) -> None:
    """Wherever in a text the line stands, or it would seem to go on before itself."""
    text = f"{before}jane@example\n" + "nothing of interest\n" * 200
    (chosen,) = Gated([detector(EMAIL)]).concerning(text)
    assert chosen[1] == [(len(before), len(before) + len("jane@example"))]
