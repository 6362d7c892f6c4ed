"""JSON and JSON Lines: findings replaced, every other character as it was."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrubber.archive.formats import json as as_json
from scrubber.archive.formats.json_text import JsonText
from scrubber.archive.formats.json_tokens import (
    TOKEN,
    Walk,
    decoded,
    edited,
    encoded,
    is_lexical,
)
from scrubber.archive.formats.jsonl import JsonLines
from scrubber.archive.found import Found
from scrubber.errors import InputError
from tests.archive.scrubbing import SCRUBBER, scrubbed, settled

CANARY = "canary.jane@example.com"
JSON = JsonText(SCRUBBER)
LINES = JsonLines(SCRUBBER)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('{"password": "x", "n": 1}', '{"password": "[secret]", "n": 1}'),
        ('{"password": ["x", {"y": 77}]}', '{"password": ["[secret]", {"y": 0}]}'),
        ('{"password": null, "token": true}', '{"password": null, "token": true}'),
        ('{"password": "4711", "pin": 4711}', '{"password": "[secret]", "pin": 0}'),
        ('{"pass@1": 0.93, "tokens": 12, "pass": 3}', '{"pass@1": 0.93, "tokens": 12, "pass": 3}'),
        ('{"user": "jane", "user_id": 123456}', '{"user": "[user]", "user_id": 0}'),
        ('{"user": {"name": "jane", "x": "y"}}', '{"user": {"name": "[user]", "x": "y"}}'),
        ('["--user", "jane", "-v"]', '["--user", "[user]", "-v"]'),
        ('["user", "jane"]', '["user", "jane"]'),
        ('[["X-Api-Key", "k"], ["user", "hi"]]', '[["X-Api-Key", "[secret]"], ["user", "hi"]]'),
        (
            '[{"value": "x", "name": "DB_PASSWORD"}]',
            '[{"value": "[secret]", "name": "DB_PASSWORD"}]',
        ),
        (
            '[{"key": "API_KEY", "value": {"a": "x"}}]',
            '[{"key": "API_KEY", "value": {"a": "[secret]"}}]',
        ),
        (
            '{"password": {"type": "string", "minLength": 8}}',
            '{"password": {"type": "string", "minLength": 8}}',
        ),
        ('{"us\\u0065r": "jane"}', '{"us\\u0065r": "[user]"}'),
        ('{"a": "\\u00e9 jane@example.com \\/x"}', '{"a": "\\u00e9 [email] \\/x"}'),
        ('{"a@example.com": 1, "b@example.com": 2}', '{"[email]": 1, "[email] (2)": 2}'),
        ('{"a@example.com": 1, "a@example.com": 2}', '{"[email]": 1, "[email]": 2}'),
        (
            '{"card": 4111111111111111, "id": 4111111111111112}',
            '{"card": 0, "id": 4111111111111112}',
        ),
        ('{"big": 123456789012345678901234567890, "f": 1.50e+400, "x": [NaN, -Infinity]}',) * 2,
        ("[" + ", ".join(["0.125"] * 500) + "]",) * 2,
        ("[" * 3000 + '"jane@example.com"' + "]" * 3000, "[" * 3000 + '"[email]"' + "]" * 3000),
        ('"jane@example.com"', '"[email]"'),
        ('{"a": "1\\n2", "a": 2}   \r\n',) * 2,
    ],
)
def test_findings_are_replaced_and_nothing_else(before: str, after: str) -> None:
    """By their names, and by what they are."""
    assert is_lexical(before)
    found = JSON.redact(before)
    assert after == found.text
    again = JSON.redact(after)
    assert (after, 0) == (again.text, again.report.findings)


WORDS = st.one_of(
    st.text(max_size=8),
    st.sampled_from(
        ["password", "user", "name", "value", "key", "token", "path", "--user", "args"]
    ),
    st.sampled_from(
        [CANARY, f"mail {CANARY}, now", "/home/jane/x", "192.0.2.7", '"', "\\", "a\nb"]
    ),
)
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), WORDS),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=20,
)


def shape(value: object) -> object:
    """Give what must stay of a value: types, and how many."""
    if isinstance(value, dict):
        return [shape(item) for item in value.values()]
    if isinstance(value, list):
        return [[shape(item)] for item in value]
    return type(value)


@settings(max_examples=150, deadline=None)
@given(VALUES, st.sampled_from([None, 1, "\t"]), st.sampled_from(["ascii", "utf-8"]))
def test_any_value_keeps_its_shape(value: object, indent: int | str | None, codec: str) -> None:
    """It is JSON of the same types, without the canary; a second time changes nothing."""
    text = json.dumps(value, indent=indent, ensure_ascii=codec == "ascii")
    done = JSON.redact(text)
    assert shape(json.loads(text)) == shape(json.loads(done.text))
    assert CANARY not in json.dumps(json.loads(done.text), ensure_ascii=False)
    again = JSON.redact(done.text)
    assert (done.text, 0) == (again.text, again.report.findings)
    if not done.report.findings:
        assert text == done.text


@given(st.text(max_size=60))
def test_strings_come_back(text: str) -> None:
    """Written in either way, a token stands for what it was made of."""
    for like in ('"a"', '"\xe9"', r'"\/"'):
        token = encoded(text, like)
        assert TOKEN.fullmatch(token)
        assert text == decoded(token)


def test_edits_are_put_in() -> None:
    """In order."""
    assert edited("abcd", [(1, 2, "X"), (3, 4, "Y")]) == "aXcY"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("indent", [None, 2])
def test_a_document_in_any_encoding(codec: str, indent: int | None) -> None:
    """Its mark and its layout stay."""
    text = json.dumps({"user": "jane", "x": ["caf\xe9", 1.0]}, indent=indent, ensure_ascii=False)
    wanted = text.replace("jane", "[user]").encode(codec)
    assert wanted == settled(text.encode(codec), "x.json")


def test_many_tokens_in_one_line_are_looked_at_in_pieces() -> None:
    """In each of them everything is found, and it stays one document."""
    value = [
        {"n": n, "to": f"u{n}@example.com", "deep": [[{"ip": "192.0.2.7"}]]} for n in range(400)
    ]
    done = json.loads(settled(json.dumps(value).encode(), "x.json"))
    wanted = [{"n": n, "to": "[email]", "deep": [[{"ip": "[ip]"}]]} for n in range(400)]
    assert wanted == done


def test_a_crash_event_is_scrubbed_as_an_event() -> None:
    """A number under `user.id` names somebody."""
    event = {"event_id": "a" * 32, "level": "error", "user": {"id": "4711"}}
    wanted = json.dumps(event).replace("4711", "[user]").encode()
    assert wanted == settled(json.dumps(event).encode(), "x.json")
    lines = b'{"a": 1}\n' + json.dumps(event).encode() + b"\n"
    assert b'{"a": 1}\n' + wanted + b"\n" == settled(lines, "x.jsonl")


@pytest.mark.parametrize(
    "data", [b"{'user': 'jane'}", b'{"a": 1} // by jane@example.com', b"{\xff}"]
)
def test_what_is_no_json_is_text(data: bytes) -> None:
    """Under the name of JSON, too."""
    assert b"jane" not in settled(data, "x.json")


def test_a_long_document_is_done_line_by_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not held in memory, and is JSON of the same types still."""
    monkeypatch.setattr(as_json, "LONGEST", 10)
    before = {"to": ["jane@example.com", 1.5], "pin": 4711, "n": {"password": "x", "port": 8080}}
    for indent in (None, 2):
        after = json.loads(settled(json.dumps(before, indent=indent).encode(), "x.json"))
        assert after == {
            "to": ["[email]", 1.5],
            "pin": 0,
            "n": {"password": "[secret]", "port": 8080},
        }


def test_a_notebook_that_is_too_long_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """As text, its pictures would stay."""
    monkeypatch.setattr(as_json, "LONGEST", 10)
    with pytest.raises(InputError, match="longer than 64 MiB"):
        scrubbed(b'{"cells": [], "nbformat": 4}', "x.ipynb")


def test_a_bad_line_is_text() -> None:
    """Between good ones; line ends stay."""
    data = b'{"password": "x"}\r\n{"half": "jane@exam\nhalf jane@example.com"}\n\n{"n": 1}'
    wanted = b'{"password": "[secret]"}\r\n{"half": "jane@exam\nhalf [email]"}\n\n{"n": 1}'
    assert wanted == settled(data, "x.jsonl")
    assert scrubbed(data, "x.jsonl")[2].lines == 5


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.one_of(
            VALUES.map(json.dumps), st.text(st.characters(exclude_characters="\r\n"), max_size=20)
        ),
        max_size=6,
    )
)
def test_a_line_is_a_unit(lines: list[str]) -> None:
    """What becomes of it is the same wherever a file is cut."""
    books = Found()
    whole = LINES.redact("\n".join(lines) + "\n", books)
    assert whole == "".join(LINES.redact(f"{line}\n", books) for line in lines) or not lines
    assert not lines or len(lines) == whole.count("\n")


def test_lines_over_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks end where lines do."""
    monkeypatch.setattr("scrubber.archive.formats.jsonl.BLOCK", 50)
    monkeypatch.setattr("scrubber.files.compressed.CHUNK", 64)
    data = b"".join(b'{"n": %d, "to": "a@example.com"}\n' % n for n in range(40))
    assert re.sub(rb"a@example.com", b"[email]", data) == settled(data, "x.jsonl")


def test_a_line_without_end_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """It would have to be held."""
    monkeypatch.setattr("scrubber.archive.formats.jsonl.LONGEST", 1000)
    with pytest.raises(InputError, match="longer than 64 MiB"):
        scrubbed(b'{"a": "' + b"x" * 5000, "x.jsonl")


def test_strings_that_are_json_are_scrubbed_for_their_names() -> None:
    """Docker keeps each line of a log as a string; what is no finding in it stays."""
    inner = json.dumps({"user": {"id": 48151623, "name": "jane"}, "n": 1})
    for text in (inner + "\n", json.dumps([inner]), json.dumps({"log": json.dumps({"m": inner})})):
        data = json.dumps({"log": text, "t": "x"}).encode() + b"\n"
        for name in ("x.json", "x.jsonl", "x-json.log"):
            after = settled(data * 2 if name != "x.json" else data, name)
            assert b"jane" not in after
            assert b"48151623" not in after
            assert json.loads(after.splitlines()[0])["t"] == "x"


def test_strings_in_strings_have_a_bottom() -> None:
    """Deeper ones are text; none takes longer than its length says."""
    text = "x"
    for _ in range(12):
        text = json.dumps({"a": text})
    assert settled(text.encode(), "x.json") == text.encode()


def test_findings_have_the_hour_of_their_line() -> None:
    """As their line says it, however the lines come; else that of the file."""
    data = (
        b'{"ts": "2026-01-02T03:04:05.123456789Z", "to": "a@example.com"}\n'
        b'{"to": "b@example.com", "@timestamp": 1764000000123}\n'
        b'{"to": "b@example.com", "time": "later"}\n'
    )
    _, _, found = scrubbed(data, "x.jsonl")
    assert dict(found.hours) == {"2026-01-02T03": 1, "2025-11-24T16": 1, "2026-11-24T03": 1}
    assert found.lines == 3


def test_quotes_in_a_string_cost_what_they_are_long() -> None:
    """From each of them all that is behind it was read again: minutes for a tenth of a megabyte."""
    data = b'["' + b'{\\"' * 100_000 + b'"]\n'
    assert settled(data, "x.jsonl") == data


_WORDS = ("user", "password", "name", "value", "id", "key", "val", "n", "us\\u0065r", "", "API_KEY")
_FLAT_VALUES = st.sampled_from(
    ('"jane"', '"API_KEY"', '"password"', '""', "17", "-1.5e3", "null", "true", r'"\"x\\"', '"{["')
)


@given(
    st.lists(st.tuples(st.sampled_from(_WORDS), _FLAT_VALUES), max_size=5),
    st.sampled_from((",", " , ")),
)
def test_the_short_way_through_an_object_tells_the_same(
    members: list[tuple[str, str]], between: str
) -> None:
    """What is told of an object of strings and numbers is what the walk through it tells."""
    text = "{" + between.join(f'"{key}": {value}' for key, value in members) + " }"
    walk = Walk(JSON.named.says)
    found = walk.flat(text)
    names = {key for key, _ in members}
    if names.isdisjoint(("name", "key", "id")) or names.isdisjoint(("value", "val")):
        assert found is not None
    assert found is None or found == walk.told(text)


@pytest.mark.parametrize(
    "text",
    [
        '{"a": [1]}',
        '{"a": {}}',
        '{"a": 1 2}',
        '{"a" "b": 1}',
        '{"a": 1,}',
        '["user", "x"]',
        "{}x",
        "{",
    ],
)
def test_what_is_no_flat_object_takes_the_long_way(text: str) -> None:
    """Anything that holds more, or is no JSON, is walked through."""
    assert Walk(JSON.named.says).flat(text) is None
