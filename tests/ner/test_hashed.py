"""Hashed sets and tables: what is put in is found, and bytes that are cut off are an error."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber.errors import ScrubberError
from scrubber.ner.hashed import HashedSet, HashedWeights, hash_of

texts = st.text(st.characters(), max_size=8)
weights = st.dictionaries(texts, st.integers(-31 * 1024, 31 * 1024).map(lambda one: one / 1024))


@given(st.frozensets(texts), texts)
def test_a_set_has_what_was_put_in_and_nothing_else(inside: frozenset[str], other: str) -> None:
    """Lone surrogates can be asked for."""
    made = HashedSet(map(hash_of, inside))
    assert all(one in made for one in inside)
    assert (other in made) is (hash_of(other) in set(map(hash_of, inside)))


@given(st.frozensets(texts), st.binary(max_size=9))
def test_a_set_is_read_as_it_was_written(inside: frozenset[str], behind: bytes) -> None:
    """What stands behind it is given back."""
    made = HashedSet(map(hash_of, inside))
    found, rest = HashedSet.read(memoryview(made.written() + behind))
    assert len(found) == len(made)
    assert all(one in found for one in inside)
    assert bytes(rest) == behind


@given(weights, st.binary(max_size=9))
def test_a_table_is_read_as_it_was_written(inside: dict[str, float], behind: bytes) -> None:
    """Numbers of its scale are exact, and what it does not have is nothing."""
    made = HashedWeights(inside)
    found, rest = HashedWeights.read(memoryview(made.written() + behind))
    assert bytes(rest) == behind
    assert len(found) == len(made) == len(inside)
    hashes = [hash_of(one) for one in inside]
    for text, weight in inside.items():
        if hashes.count(hash_of(text)) == 1:
            assert made[text] == found[text] == weight
    assert made["nothing has this"] == 0.0


def test_numbers_too_large_are_cut_to_the_largest() -> None:
    """They do not become small ones."""
    made = HashedWeights({"a": 99.0, "b": -99.0})
    assert made["a"] == -made["b"] > 31


@pytest.mark.parametrize("kind", [HashedSet, HashedWeights])
def test_bytes_that_are_cut_off_are_an_error(kind: type[HashedSet | HashedWeights]) -> None:
    """Anywhere, and they are never a smaller table."""
    made = HashedSet([1, 9, 700]) if kind is HashedSet else HashedWeights({"a": 1.0, "b": 2.0})
    data = made.written()
    for size in range(len(data)):
        with pytest.raises(ScrubberError, match="install the package anew"):
            kind.read(memoryview(data[:size]))


def test_a_table_with_fewer_numbers_than_texts_is_an_error() -> None:
    """It is not whole."""
    one, two = HashedWeights({"a": 1.0}).written(), HashedWeights({"a": 1.0, "b": 2.0}).written()
    half = len(two) - (4 + 2 * 2)
    with pytest.raises(ScrubberError, match="not whole"):
        HashedWeights.read(memoryview(two[:half] + one[-6:]))
