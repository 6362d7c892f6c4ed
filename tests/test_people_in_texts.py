"""Names of people in texts, where taggers look at every text: the same in every way and engine."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber import ConfigError, Identity, Scrubber
from scrubber.ner.tagger import EmbeddedTagger
from scrubber.shadow import Shadow
from scrubber.types import Span
from tests.ner.lines import texts as many_texts

if TYPE_CHECKING:
    from collections.abc import Callable

SENTENCE = "User Jane Doe not found"
CLEAN = "User [person] not found"
TEXT = (
    "epoch 1 loss=0.41\n"
    f"{SENTENCE}\n\n"
    "mail jane@example.com for Maria Gonzalez, 192.0.2.17\n"
    "KeyError: 'John Smith'\r\n"
    "msg=User%20Jane%20Doe%20not%20found\n"
    "epoch 2 loss=0.40\n"
    f"{'x' * 17_000} {SENTENCE}\n"
    f"epoch 3, {SENTENCE}"
)


class Finds:
    """Finds a word of a test's own."""

    def __init__(self, word: str = "vexlab", entity: str = "PERSON") -> None:
        self._word, self._entity = word, entity

    def tag(self, line: str) -> list[Span]:
        """Find the word."""
        at, end = line.find(self._word), line.find(self._word) + len(self._word)
        return [] if at < 0 else [Span(at, end, self._entity, "test.finds", 1.0)]


def _built(engine: str = "reference") -> Scrubber:
    return Scrubber(ner="on", identity=Identity.none(), engine=engine)


REFERENCE = _built()
EXPECTED = REFERENCE.scrub_text(TEXT)


@pytest.fixture(scope="module")
def vector() -> Scrubber:
    """The engine that scans, made."""
    pytest.importorskip("hyperscan", reason="there is one engine without hyperscan")
    one = _built("vector")
    one.warm()
    return one


def test_names_are_found_in_texts_where_asked() -> None:
    """Lines too long for a sentence are data."""
    assert "Maria" not in EXPECTED
    assert "Smith" not in EXPECTED
    assert EXPECTED.count("[person]") == 5
    assert EXPECTED.count("Jane Doe") == 1
    assert EXPECTED.startswith("epoch 1 loss=0.41\n")


@pytest.mark.parametrize("ner", [None, "off", "events"])
def test_names_are_left_in_texts_where_nobody_asks_for_them(ner: str | None) -> None:
    """By default they are looked for in events only."""
    text = f"{SENTENCE}, jane@example.com"
    one = Scrubber(ner=ner, identity=Identity.none())
    assert one.scrub_text(text) == f"{SENTENCE}, [email]"


def test_what_cannot_be_asked_for_is_refused() -> None:
    """When the scrubber is built."""
    with pytest.raises(ConfigError, match="ner is one of"):
        Scrubber(ner="everywhere")


def _streamed(one: Scrubber, text: str, size: int) -> str:
    stream = one.stream(block=64)
    out = [stream.feed(text[at : at + size]) for at in range(0, len(text), size)]
    return "".join((*out, stream.finish()))


def _as_bytes(one: Scrubber, text: str, size: int) -> str:
    stream, data = one.byte_stream(), text.encode()
    out = [stream.feed(data[at : at + size]) for at in range(0, len(data), size)]
    return b"".join((*out, stream.finish())).decode()


WAYS: dict[str, Callable[[Scrubber, str], str]] = {
    "text": lambda one, text: one.scrub_text(text),
    "bytes": lambda one, text: one.scrub_text(text.encode()).decode(),
    "many": lambda one, text: one.scrub_many(["nothing", text])[1],
    "stream": lambda one, text: _streamed(one, text, 1 << 20),
    "stream of a few": lambda one, text: _streamed(one, text, 7),
    "byte stream": lambda one, text: _as_bytes(one, text, 1 << 20),
    "byte stream of a few": lambda one, text: _as_bytes(one, text, 7),
}


@pytest.mark.parametrize("way", WAYS)
def test_every_way_finds_the_same_names(way: str, vector: Scrubber) -> None:
    """On both engines."""
    assert WAYS[way](REFERENCE, TEXT) == EXPECTED
    assert WAYS[way](vector, TEXT) == EXPECTED


@given(many_texts)
def test_both_engines_find_the_same_names(vector: Scrubber, text: str) -> None:
    """In any text; and there are none left to find."""
    expected = REFERENCE.scrub_text(text)
    assert vector.scrub_text(text) == expected
    assert REFERENCE.scrub_text(expected) == expected


@given(many_texts, st.integers(1, 30))
def test_pieces_make_no_difference(vector: Scrubber, text: str, size: int) -> None:
    """However a document comes."""
    text = text.encode(errors="ignore").decode()
    expected = _streamed(REFERENCE, text, 1 << 20)
    assert _streamed(REFERENCE, text, size) == expected
    assert _as_bytes(vector, text, size) == expected


def test_lines_with_names_are_suspects(vector: Scrubber) -> None:
    """And lines without are proven clean."""
    text = f"epoch 1\n{SENTENCE}\nepoch 2\n"
    assert vector.suspects(text.encode()) == [8]
    assert vector.scrub_many(["epoch 1", SENTENCE]) == ["epoch 1", CLEAN]


def test_engines_that_agree_are_not_told_apart() -> None:
    """What taggers find is compared with what they find."""
    pytest.importorskip("hyperscan", reason="there is one engine without hyperscan")
    one = _built("vector")
    one._wirings.shadow = Shadow(1)  # noqa: SLF001
    for way in WAYS.values():
        assert way(one, TEXT) == EXPECTED
    one.scrub({"message": SENTENCE})
    assert one.differences == 0


def test_taggers_of_a_program_are_asked_besides() -> None:
    """In texts where taggers look at them, in events in any case."""
    text = f"{SENTENCE}: vexlab is 17"
    assert Scrubber(ner="on", identity=Identity.none(), taggers=[Finds()]).scrub_text(text) == (
        f"{CLEAN}: [person] is 17"
    )
    events = Scrubber(identity=Identity.none(), taggers=[Finds()])
    assert events.scrub_text(text) == text
    done = events.scrub({"message": "no vexlab"})
    assert done is not None
    assert done["message"] == "no [person]"


def test_findings_of_taggers_that_nobody_asked_for_do_not_count() -> None:
    """Places are opt-in."""
    one = Scrubber(ner="on", identity=Identity.none(), taggers=[Finds(entity="LOCATION")])
    assert one.scrub_text("to vexlab") == "to vexlab"


def test_a_scrubber_with_taggers_goes_to_another_process() -> None:
    """They go with it, and find the same."""
    one = Scrubber(ner="on", identity=Identity.none(), taggers=[Finds()])
    other = pickle.loads(pickle.dumps(one))  # noqa: S301
    assert one.scrub_text(f"{SENTENCE} vexlab") == f"{CLEAN} [person]"
    assert other.scrub_text(f"{SENTENCE} vexlab") == f"{CLEAN} [person]"
    assert pickle.loads(pickle.dumps(REFERENCE)).scrub_text(TEXT) == EXPECTED  # noqa: S301


@pytest.mark.parametrize("engine", ["reference", "vector"])
def test_a_tagger_that_fails_lets_nothing_of_its_lines_out(
    engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lines of which something is known stay."""
    if engine == "vector":
        pytest.importorskip("hyperscan", reason="there is one engine without hyperscan")

    def fail(_: EmbeddedTagger, line: str) -> list[Span]:
        if "Jane" in line:
            raise RuntimeError(line)
        return []

    monkeypatch.setattr(EmbeddedTagger, "tag", fail)
    one = _built(engine)
    if engine == "vector":
        one.warm()
    text = f"epoch 1\n{SENTENCE}\nto a@example.com\n"
    expected = "epoch 1\n[scrub-failed]\nto [email]\n"
    for way in WAYS.values():
        assert way(one, text) == expected
    assert one.failures >= len(WAYS)
