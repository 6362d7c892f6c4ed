"""The embedded tagger: whom it finds in messages, and what it does not take for people."""

from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber.ner.tagger import LIKE_NAMES, LONGEST, RULE_ID, EmbeddedTagger, embedded
from tests.ner.lines import NAMES, WORDS, lines
from tests.ner.models import small


def people(line: str, tagger: EmbeddedTagger | None = None) -> list[str]:
    """Give whom the tagger finds in a line."""
    return [line[one.start : one.end] for one in (tagger or embedded()).tag(line)]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("User Jane Doe not found", ["Jane Doe"]),
        ("patient John Smith (42) has no record", ["John Smith"]),
        ("KeyError: 'Maria Gonzalez'", ["Maria Gonzalez"]),
        ("Dear Mr. Peter Novak, your order is late", ["Peter Novak"]),
        ("invalid value for name: 'jane doe'", ["jane doe"]),
        ("no such patient: MARIA GONZALEZ", ["MARIA GONZALEZ"]),
        ("could not open Jane Doe's file", ["Jane Doe"]),
        ("Could not email Jane Doe and John Smith", ["Jane Doe", "John Smith"]),
        ("patient Fran\u00e7ois de La Tour has no scan", ["Fran\u00e7ois de La Tour"]),
        ("user Jane von Berg left", ["Jane von Berg"]),
        ("sent for Jane de novo", ["Jane"]),
        ("ticket 4 assigned to Maria Gonzalez by Wei Zhang", ["Maria Gonzalez", "Wei Zhang"]),
        ("Customer \u674e\u4f1f not found", ["\u674e\u4f1f"]),
        (
            f"\u043d\u0435\u0442 {NAMES[11]} \u0432 \u0441\u043f\u0438\u0441\u043a\u0435",
            [NAMES[11]],
        ),
    ],
)
def test_people_are_found_in_messages(line: str, found: list[str]) -> None:
    """In capitals, in small letters, in other scripts."""
    assert people(line) == found


@pytest.mark.parametrize(
    "line",
    [
        "",
        " ",
        "loss=0.41 epoch 3",
        "Info: uid=0 euid=0",
        "Accepted publickey for root from 192.0.2.17 port 22 ssh2",
        "Adam optimizer diverged",
        "connection to Redis failed",
        "ValueError: invalid literal for int() with base 10: 'abc'",
        "RuntimeError: CUDA out of memory",
        "Internal Server Error",
        "expected str, got NoneType",
        "\x00\x00\ud800",
    ],
)
def test_nobody_is_found_where_nobody_is(line: str) -> None:
    """Class names, products and headlines are no people."""
    assert people(line) == []


def test_a_span_says_who_found_it() -> None:
    """And how sure it is."""
    (one,) = embedded().tag("User Jane Doe not found")
    assert (one.entity, one.rule_id) == ("PERSON", RULE_ID)
    assert 0.7 < one.confidence <= 1


@given(lines)
def test_a_span_lies_within_its_line(line: str) -> None:
    """Spans are disjoint and in order, for any line."""
    behind = 0
    for one in embedded().tag(line):
        assert behind <= one.start < one.end <= len(line)
        behind = one.end


@given(lines, st.sampled_from(NAMES), st.sampled_from("123456789"))
def test_digits_do_not_matter(line: str, name: str, digit: str) -> None:
    """What is found in a line is found in every line of its shape."""
    whole = f"{line} 0{name} 40"
    assert embedded().tag(whole) == embedded().tag(whole.replace("0", digit))


@given(st.lists(lines, max_size=5))
def test_what_was_tagged_before_does_not_matter(many: list[str]) -> None:
    """A tagger that has seen other lines, and one that has not, find the same."""
    seen = EmbeddedTagger(small())
    assert [seen.tag(one) for one in (*many, *many)] == [
        EmbeddedTagger(small()).tag(one) for one in (*many, *many)
    ]


def test_threads_find_what_one_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    """While words are forgotten by others, too."""
    monkeypatch.setattr("scrubber.ner.scores.MOST_KEPT", 40)
    texts = [f"{word} {name} {word}" for name in NAMES for word in WORDS]
    alone = [EmbeddedTagger(small()).tag(one) for one in texts]
    shared = EmbeddedTagger(small())
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(shared.tag, texts * 3)) == alone * 3


def test_a_tagger_goes_to_another_process() -> None:
    """The packaged one as nothing but its kind."""
    carried = pickle.dumps(embedded())
    assert len(carried) < 200
    assert people("User Jane Doe not found", pickle.loads(carried)) == ["Jane Doe"]  # noqa: S301


def test_a_tagger_of_another_model_goes_to_another_process() -> None:
    """With its model."""
    texts = [f"user {name} not found" for name in NAMES]
    one = EmbeddedTagger(small())
    other = pickle.loads(pickle.dumps(one))  # noqa: S301
    assert [one.tag(text) for text in texts] == [other.tag(text) for text in texts]


def test_a_line_that_is_too_long_is_data() -> None:
    """One that is as long as may be is a sentence."""
    name = "User Jane Doe not found "
    assert people(name.ljust(LONGEST)) == ["Jane Doe"]
    assert people(name.ljust(LONGEST + 1)) == []


def test_a_model_is_read_when_it_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not when a tagger is made."""
    monkeypatch.setattr("scrubber.ner.tagger.packaged", small)
    assert EmbeddedTagger().tag("nothing") == []
    monkeypatch.setattr("scrubber.ner.tagger.packaged", None)
    EmbeddedTagger()


def test_words_like_names_are_found_whatever_stands_around() -> None:
    """There are more of them than names; everyday words are none."""
    line = "Vexlab for Jane, the number 42 and J"
    found = embedded().like_names(line)
    assert [line[one.start : one.end] for one in found] == ["Vexlab", "Jane"]
    assert {(one.entity, one.rule_id) for one in found} == {("PERSON", LIKE_NAMES)}
    assert embedded().like_names(f"{'x ' * LONGEST}Jane")[-1].end == 2 * LONGEST + 4


@given(lines)
def test_what_is_found_is_like_a_name(line: str) -> None:
    """No name is without a word that may be one."""
    like = [(one.start, one.end) for one in embedded().like_names(line)]
    for one in embedded().tag(line):
        text = line[one.start : one.end]
        assert any(low < one.end and one.start < high for low, high in like) or len(text) <= 3


@given(lines)
def test_the_fast_way_past_plain_lines_misses_none(line: str) -> None:
    """A line is passed by where no token of it tells that there may be a name."""
    one = EmbeddedTagger()
    if one._plain(line):  # noqa: SLF001
        assert not any(known.word.tells for known in one._judged(line)[1])  # noqa: SLF001


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("No appointment for Dr. Smith on this day", ["Smith"]),
        ("could not merge records for Doe, J.", ["Doe, J."]),
        ("Power supply of Block 7 is off", []),
    ],
)
def test_an_everyday_surname_needs_somebody_beside_it(line: str, found: list[str]) -> None:
    """A title or an initial; alone it is a word."""
    assert people(line) == found
