"""Rules of a few characters find the same on both engines; and so do rules that are generated."""

from __future__ import annotations

import pickle
import threading
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.mutated_units import STRANGE
from tests.equivalence.pairs import Pair, small
from tests.small_rules import EVERY_KIND, MASKED, REMOVED, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

pytest.importorskip("hyperscan", reason="the vector engine needs hyperscan")

PAIRS = [small(*EVERY_KIND), small(*EVERY_KIND, policy=MASKED), small(*EVERY_KIND, policy=REMOVED)]

PIECES = st.sampled_from(
    [
        *(
            "jane@example",
            "JANE@example",
            "key= abc",
            "over:",
            "over:\n17",
            "12345678",
            'pw="a\\"b"',
        ),
        *("--BEGIN--ab", "--END--", "\n", "\n", "\n", "\r\n", " ", "b64,abcd", "jane%40example"),
        *("\\u006aane@example", "amFuZUBleGFtcGxlIGlzIGhlcmU=", "{", "}", '{"a": 12345678}', "[\n"),
        *STRANGE,
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=4), max_size=14).map("".join)


@pytest.fixture(autouse=True, scope="module")
def _short_sections() -> Iterator[None]:
    """Let sections end within small texts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("scrubber.lines.SECTION", 64)
        patch.setattr("scrubber.redaction.LONG", 16)
        yield


@settings(max_examples=25)
@given(text=TEXTS, pair=st.sampled_from(PAIRS), chunk=st.integers(0, 40))
def test_every_way_gives_the_same(text: str, pair: Pair, chunk: int) -> None:
    """In chunks of any size, over edges of sections, beside characters of several bytes."""
    assert pair.engines_differ(text) == []
    assert pair.differences(text, chunk=chunk) == []


PLAIN = "a line with nothing of interest in it\n"


@pytest.mark.parametrize("before", range(0, 60, 20))
@pytest.mark.parametrize("part", ["--BEGIN--ab\ncd\n--END--", "over:\n17", "jane@example\nover:"])
def test_what_goes_over_the_edge_of_a_section_is_found(before: int, part: str) -> None:
    """Wherever the edge falls in it; the text is longer than what is looked ahead."""
    text = "x" * before + "\n" + PLAIN * 150 + part + "\n" + PLAIN * 150 + "a@b"
    for pair in PAIRS:
        assert pair.differences(text, chunk=999) == []


def test_the_last_line_of_a_text_that_was_streamed_is_scrubbed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Lines are units again behind a key, the last one too, though no newline ends it."""
    monkeypatch.setattr("scrubber.lines.SECTION", 2 << 20)
    data = ("--BEGIN--ab--END--\n" + PLAIN * 90_000 + "mail jane@example\nlast\nend").encode()
    outputs = []
    for one in (PAIRS[0].reference, PAIRS[0].vector):
        stream = one.byte_stream()
        outputs.append((stream.feed(data) + stream.finish(), stream.report))
    assert outputs[0] == outputs[1]
    assert b"jane@" not in outputs[1][0]


def test_a_redaction_may_complete_what_goes_over_two_lines() -> None:
    """What an operator takes away can leave a match that was none before."""
    several = rule("SEVERAL", r"(?P<value> [a-z]{3}+ \n [0-9]{2} ) !", multiline=True)
    mail = rule("MAIL", "[a-z]{1,12}+ @ [a-z]{1,12}+")
    pair = small(several, mail, policy=REMOVED)
    for part in ("abc jane@example\n17!\n", "abc\njane@example17!\n"):
        assert pair.differences(PLAIN * 50 + part + PLAIN * 50) == []


def test_characters_are_not_cut_in_a_long_line() -> None:
    """A line longer than a section is cut between characters, whatever their bytes."""
    pair = small(rule("WIDE", "\u00e9{3} x"))
    for before in range(4):
        text = "a" * (60 + before) + "\u00e9\u00e9\u00e9x" * 600 + "\n" + PLAIN
        assert pair.differences(text) == []


# --- generated rules ------------------------------------------------------------------------------

CLASSES = st.sampled_from(
    ["[a-c]", "[0-9]", r"\w", "[^a\\n]", "[\u00e0-\u00ff]", "[k-sK-S]", r"[^\s@]", "[@.]", "\\x20"]
)
WORDS = st.sampled_from(["ab", "@", "Ks", "(?i:ki)", "=", "\u00e9", "7", "\\."])
REPEATS = st.sampled_from(["", "", "{2}", "{1,3}", "{1,9}+", "?"])
EDGES = st.sampled_from(["", "(?<![a-z])", r"\b", "(?<=[ =])", "(?<!\\S)"])
ENDS = st.sampled_from(["", "(?![a-z])", r"\b", "(?=[ =]|$)", "(?!\\S)"])
ATOMS = st.one_of(
    st.builds(str.__add__, CLASSES, REPEATS),
    WORDS,
    st.builds("(?:{}|{})".format, WORDS, WORDS),
    st.builds("(?:{}{})?".format, WORDS, CLASSES),
)
PATTERNS = st.builds(
    "{}{}{}{}".format, EDGES, WORDS, st.lists(ATOMS, min_size=1, max_size=4).map("".join), ENDS
)
LETTERS = st.text(st.sampled_from("ab7@ksK\u212a\u017f =.\u00e9\u30c6\n\x00-"), max_size=12)


@settings(max_examples=8)
@given(patterns=st.lists(PATTERNS, min_size=1, max_size=3), texts=st.lists(LETTERS, max_size=12))
def test_generated_rules_find_the_same(patterns: list[str], texts: list[str]) -> None:
    """Rules of a small grammar inside the dialect, on texts of the letters they are made of."""
    rules = []
    for at, pattern in enumerate(patterns):
        try:
            rules.append(rule(f"R{at}", pattern))
        except AssertionError:  # the dialect refuses it
            continue
    pair = small(*rules)
    for text in texts:
        assert pair.engines_differ(text) == [], patterns
        if pair.vector._wirings.text.sieve.clean(text):  # type: ignore[union-attr]  # noqa: SLF001
            assert pair.reference.redact(text).report.counts == {}


# --- batches, threads, processes ------------------------------------------------------------------

LINES = [f"user{n}@example{n % 7} key= {n}" if n % 3 else PLAIN.strip() for n in range(200)]


def test_order_and_batches_change_nothing() -> None:
    """What a screen remembers from before shows in time only."""
    one_by_one = [PAIRS[0].reference.scrub_text(line) for line in LINES]
    pair = small(*EVERY_KIND)
    assert pair.vector.scrub_many(LINES) == one_by_one
    assert pair.vector.scrub_many(LINES[::-1]) == one_by_one[::-1]
    halves = [pair.vector.scrub_many(LINES[at::2]) for at in range(2)]
    assert [halves[at % 2][at // 2] for at in range(len(LINES))] == one_by_one


def test_threads_find_what_one_thread_finds() -> None:
    """Eight at once, on a scrubber that none of them has used."""
    pair = small(*EVERY_KIND)
    expected = pair.reference.scrub_many(LINES)
    results: list[list[str]] = []
    threads = [
        threading.Thread(target=lambda: results.append(pair.vector.scrub_many(LINES)))
        for _ in range(8)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert results == [expected] * 8


def test_a_pickle_carries_no_database() -> None:
    """What another process loads makes its own."""
    vector = small(*EVERY_KIND).vector
    before = pickle.dumps(vector)
    vector.scrub_text("jane@example")
    after = pickle.dumps(vector)
    assert after == before
    assert pickle.loads(after).scrub_text("jane@example") == "[email]"  # noqa: S301  # our own
