"""The promises of the design, on generated texts."""

from __future__ import annotations

import json
import pickle
import threading
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scrubber import Policy, Scrubber
from scrubber.resolve import resolve
from scrubber.testing import assert_idempotent
from scrubber.types import Span
from tests.properties.texts import json_values, texts

SCRUBBER = Scrubber()
MASKED = Scrubber(Policy("masked", operator="mask", keep_last=4))
REMOVED = Scrubber(Policy("removed", operator="remove"))
STRICT = Scrubber("strict")
SMALL = 1


@pytest.mark.parametrize("scrubber", [SCRUBBER, MASKED, REMOVED, STRICT], ids=repr)
@given(text=texts)
def test_scrubbing_twice_is_scrubbing_once(scrubber: Scrubber, text: str) -> None:
    """Promise 4, for every operator."""
    assert_idempotent(scrubber.scrub_text, text)


@given(texts)
def test_any_text_comes_back_as_text_and_nothing_fails(text: str) -> None:
    """It never raises, and no unit fails."""
    redaction = SCRUBBER.redact(text)
    assert redaction.report.failures == 0
    assert isinstance(redaction.text, str)


@given(st.binary(max_size=200))
def test_bytes_without_findings_come_back_exactly(data: bytes) -> None:
    """Bytes in, bytes out; what is not UTF-8 is kept."""
    scrubbed = SCRUBBER.scrub_text(data)
    assert isinstance(scrubbed, bytes)
    if not SCRUBBER.scan(data.decode("utf-8", "surrogateescape")):
        assert scrubbed == data


@given(texts)
def test_text_outside_findings_is_kept(text: str) -> None:
    """What lies between findings comes back, code point for code point."""
    findings = SCRUBBER.scan(text)
    scrubbed = SCRUBBER.scrub_text(text)
    cursor = position = 0
    for finding in findings:
        kept = text[cursor : finding.start]
        assert scrubbed.startswith(kept, position) or kept in scrubbed[position:]
        position = scrubbed.index(kept, position) + len(kept)
        cursor = finding.end
    assert scrubbed.endswith(text[cursor:])


@given(texts)
def test_findings_are_disjoint_and_in_order(text: str) -> None:
    """Findings never overlap and are never empty."""
    cursor = 0
    for finding in SCRUBBER.scan(text):
        assert cursor <= finding.start < finding.end <= len(text)
        cursor = finding.end


@given(texts, st.lists(st.integers(0, 200), max_size=8))
@example("a" * 300 + " jane@example.com\n", [1, 2, 3])
def test_any_chunking_of_a_stream_gives_the_same(text: str, cuts: list[int]) -> None:
    """Promise 9 for streams: how a text arrives changes nothing."""
    stream = SCRUBBER.stream(block=SMALL)
    places = sorted({min(cut, len(text)) for cut in cuts} | {0, len(text)})
    out = [stream.feed(text[a:b]) for a, b in pairwise(places)]
    chunked = "".join(out) + stream.finish()
    assert chunked == SCRUBBER.scrub_text(text)


@given(json_values)
def test_json_that_could_be_read_can_be_read_after(value: object) -> None:
    """Promise 5 for text: a JSON document stays one, with its kinds."""
    if not isinstance(value, dict | list):
        value = [value]
    for text in (json.dumps(value), json.dumps(value, ensure_ascii=False, indent=1)):
        after = json.loads(SCRUBBER.scrub_text(text))
        assert _kinds(after, loose_keys=True) == _kinds(value, loose_keys=True)


@given(st.dictionaries(st.text(max_size=8), json_values, max_size=4))
def test_an_event_keeps_its_shape(event: dict[str, object]) -> None:
    """Promise 5 for events: kinds, lengths and key counts stay, and the caller's event too."""
    before = pickle.dumps(event)
    scrubbed = SCRUBBER.scrub(event)
    assert _kinds(scrubbed) == _kinds(event)
    assert pickle.dumps(event) == before
    assert SCRUBBER.scrub(scrubbed) == scrubbed


@given(st.lists(texts, max_size=6))
def test_batching_and_order_change_nothing(many: list[str]) -> None:
    """Promise 9 for batches."""
    one_by_one = [SCRUBBER.scrub_text(text) for text in many]
    assert SCRUBBER.scrub_many(many) == one_by_one
    assert SCRUBBER.scrub_many(reversed(many)) == one_by_one[::-1]


@given(
    st.lists(
        st.builds(
            lambda start, length, entity, confidence: Span(
                start, start + length, entity, f"t.{entity.lower()}", confidence
            ),
            st.integers(0, 40),
            st.integers(1, 20),
            st.sampled_from(["A", "B", "C"]),
            st.sampled_from([0.3, 0.5, 0.9]),
        ),
        max_size=12,
    ),
    st.lists(st.integers(0, 60), max_size=6, unique=True),
)
def test_every_covered_character_stays_covered(spans: list[Span], edges: list[int]) -> None:
    """Promise 2: coverage, protected ranges apart; and the result is disjoint and in order."""
    edges = sorted(edges)
    protected = list(zip(edges[::2], edges[1::2], strict=False))
    resolved = resolve(spans, protected=protected)
    shielded = {at for start, end in protected for at in range(start, end)}
    wanted = {at for span in spans for at in range(span.start, span.end)} - shielded
    covered = [at for span in resolved for at in range(span.start, span.end)]
    assert sorted(wanted) == covered


def test_threads_give_what_one_thread_gives() -> None:
    """Promise 9 for threads."""
    many = [f"user{n}@example.com from 192.0.2.{n}\n" * 3 for n in range(40)]
    expected = SCRUBBER.scrub_many(many)
    results: list[list[str]] = []
    threads = [
        threading.Thread(target=lambda: results.append(SCRUBBER.scrub_many(many))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [expected] * 4


def test_a_scrubber_survives_pickling() -> None:
    """It can be sent to another process and does the same there."""
    other = pickle.loads(pickle.dumps(STRICT))  # noqa: S301  # our own bytes
    assert other.scrub_text("127.0.0.1 and jane@example.com") == STRICT.scrub_text(
        "127.0.0.1 and jane@example.com"
    )


def _kinds(value: object, *, loose_keys: bool = False) -> object:
    """Describe containers and types, not contents; loose keys that collide may fall together."""
    if isinstance(value, dict):
        kinds = [_kinds(item, loose_keys=loose_keys) for item in value.values()]
        return ("dict",) if loose_keys else ("dict", kinds)
    if isinstance(value, list | tuple):
        return (type(value).__name__, [_kinds(item, loose_keys=loose_keys) for item in value])
    return type(value).__name__
