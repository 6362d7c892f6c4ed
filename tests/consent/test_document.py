"""What stands in a file of settings: of this version, older ones and later ones."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber.consent.document import NOTHING_ALLOWED, Document, read
from scrubber.consent.installation import Installation
from scrubber.consent.keys import CONSENT

HERE = Installation("a1" * 16, 229)


def dumped(**fields: object) -> bytes:
    """Write a file."""
    return json.dumps(fields).encode()


def test_what_is_written_is_read() -> None:
    """All of it."""
    document = Document({"sync": False, "policy": "strict"}, HERE, other={"note": [1, None]})
    assert read(document.to_file()) == document


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b'{"version": 1, "sync": fal',
        b"\x00" * 100,
        b"\xff\xfe",
        b"[]",
        b"null",
        b'"sync"',
        b'{"version": 1, "sync": false, "sync": true}',
        b'{"version": "1"}',
        b'{"version": true}',
        b'{"version": -1}',
        b"[" * 60_000,
        b'{"version": ' + b"9" * 10_000 + b"}",
    ],
)
def test_what_cannot_be_understood_allows_nothing(data: bytes) -> None:
    """Whatever it once said."""
    document = read(data)
    assert document.problem
    assert document.chosen == NOTHING_ALLOWED == document.opt_out


@pytest.mark.parametrize("name", CONSENT)
@pytest.mark.parametrize("value", [None, 0, 1, "false", "jane", [], {}])
@pytest.mark.parametrize("version", [1, 7])
def test_a_choice_of_another_type_is_no_choice(name: str, value: object, version: int) -> None:
    """The file cannot be relied on, and the message shows nothing of it."""
    document = read(dumped(version=version, **{name: value}))
    assert document.problem == f"{name} is neither true nor false"
    assert document.opt_out == {name: False}


def test_other_values_that_cannot_be_are_left_out() -> None:
    """They cost the defaults only."""
    document = read(dumped(version=1, sync=False, policy="jane", path_mode=3, installation=[1]))
    assert document == Document({"sync": False})


@pytest.mark.parametrize(
    ("said", "means"),
    [(0, False), (1, True), ("no", False), ("False", False), ("yes", True), (True, True)],
)
def test_a_file_without_a_version_is_taken_over(said: object, means: bool) -> None:  # noqa: FBT001
    """What is valid stays, in words and numbers, too; ids made of hardware do not."""
    data = dumped(sync=said, logs=False, policy="strict", path_mode="jane", uuid="a1b2", epochs=3)
    assert read(data) == Document({"sync": means, "logs": False, "policy": "strict"})


def test_a_file_without_a_version_that_says_neither_allows_nothing_of_it() -> None:
    """`sync: "jane"` is no yes."""
    document = read(dumped(sync="jane", policy="strict"))
    assert document.problem
    assert document.chosen == {"sync": False, "policy": "strict"}


def test_a_later_version_is_read_as_far_as_it_can_be() -> None:
    """Nothing of it is lost when it is written."""
    fields: dict[str, Any] = {
        "version": 7,
        "sync": False,
        "policy": "paranoid",
        "path_mode": "full",
        "installation": {"keys": [1]},
        "scopes": {"x": 1},
    }
    document = read(json.dumps(fields).encode())
    assert (document.newer, document.problem) == (True, "")
    assert document.chosen == {"sync": False, "path_mode": "full"}
    assert json.loads(document.to_file()) == fields


def test_a_mark_of_an_editor_is_no_fault() -> None:
    """As Windows writes it."""
    assert read(b"\xef\xbb\xbf" + dumped(version=1, sync=False)) == Document({"sync": False})


@given(st.binary(max_size=200))
def test_reading_never_raises(data: bytes) -> None:
    """And what is no object never allows."""
    assert read(data).problem


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(), st.lists, max_leaves=5
)
FIELDS = st.sampled_from([*CONSENT, "policy", "version", "installation", "x"])


@given(st.dictionaries(FIELDS, JSON))
def test_what_was_refused_is_never_allowed(fields: dict[str, Any]) -> None:
    """Any JSON: a choice that is no plain True is either unreliable or refused."""
    document = read(json.dumps(fields).encode())
    for name in CONSENT:
        if fields.get(name) is False:
            assert document.chosen[name] is False
        if document.chosen.get(name) is True and document.version == fields.get("version", 0):
            assert fields[name] is True
    assert read(document.to_file()).chosen == document.chosen or document.problem
