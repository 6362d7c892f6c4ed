"""YAML: scalars replaced in their place, of the same types."""

from __future__ import annotations

import json
import sys

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from scrubber.errors import InputError
from tests.archive.scrubbing import scrubbed, settled

CANARY = "canary.jane@example.com"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("user: jane  # jane@example.com\n", 'user: "[user]"  # [email]\n'),
        ("password: hunter2\npin: 1234\nx: ~\n", 'password: "[secret]"\npin: 0\nx: ~\n'),
        ("password: ~\ndebug: true\ntoken: yes\n",) * 2,
        ("a: 'it''s jane@example.com'\n", "a: 'it''s [email]'\n"),
        ('a: "\\u00e9 jane@example.com"\n', 'a: "\\u00e9 [email]"\n'),
        ("path: /home/jane/x\n", "path: /home/[user]/x\n"),
        ("l: [/home/jane/x, {host: gpu07}]\n", 'l: ["/home/[user]/x", {host: "[host]"}]\n'),
        ("args:\n- --user\n- jane\n- -v\n", 'args:\n- --user\n- "[user]"\n- -v\n'),
        ("- value: x\n  name: DB_PASSWORD\n", '- value: "[secret]"\n  name: DB_PASSWORD\n'),
        ("password:\n  desc: null\n  value: x\n", 'password:\n  desc: null\n  value: "[secret]"\n'),
        ("b: |\n  a jane@example.com\n  c\n\nd: 1\n", "b: |\n  a [email]\n  c\n\nd: 1\n"),
        ("password: |\n  a\n  b\nd: 1\n", 'password: "[secret]"\nd: 1\n'),
        ("a@example.com: 1\nb@example.com: 2\n", '"[email]": 1\n"[email] (2)": 2\n'),
        (
            "? [a@example.com, b]\n: user\nuser: jane\n",
            '? ["[email]", b]\n: user\nuser: "[user]"\n',
        ),
        ("a: &x jane\nb: *x\nuser: *x\n",) * 2,
        ("a: &n4111111111111111 1\nb: *n4111111111111111\n",) * 2,
        ("a: &4111111111111111 1\nb: *4111111111111111\n", "a: &a1 1\nb: *a1\n"),
        (
            "card: 4111111111111111\nn: 0x1F\nf: 1e-3\nd: 2026-11-24\n",
            "card: 0\nn: 0x1F\nf: 1e-3\nd: 2026-11-24\n",
        ),
        ("c: !!str 4111111111111111\n", 'c: !!str "[card]"\n'),
        ("a: 1\n---\nuser: jane\n...\n", 'a: 1\n---\nuser: "[user]"\n...\n'),
        ("# \U0001f600\nuser: jane\r\nx: 1\r\n", '# \U0001f600\nuser: "[user]"\r\nx: 1\r\n'),
        ("a: {{ jane@example.com }}\nb: [\n", "a: {{ [email] }}\nb: [\n"),
    ],
)
def test_scalars_are_scrubbed_in_their_place(before: str, after: str) -> None:
    """By their key and by what they hold; what no one can read as YAML is text."""
    for codec in ("utf-8", "utf-16"):
        assert after.encode(codec) == settled(before.encode(codec), "config.yaml")


def kinds(value: object) -> object:
    """Give what must stay of a value."""
    if isinstance(value, dict):
        return [(type(key), kinds(item)) for key, item in value.items()]
    if isinstance(value, list):
        return [[kinds(item)] for item in value]
    return type(value)


WORDS = st.one_of(
    st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), max_size=8),
    st.sampled_from(["password", "user", "host", "name", "value", "x: y", "- a", "#", "null", "1"]),
    st.sampled_from([CANARY, f"two\nlines {CANARY}\n", "/home/jane/x", "192.0.2.7"]),
)
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), WORDS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=12,
)


@settings(max_examples=80, deadline=None)
@given(
    VALUES,
    st.sampled_from([None, '"', "'", "|", ">"]),
    st.sampled_from(["block", "flow", "leaves"]),
)
def test_any_document_keeps_its_types(value: object, style: str | None, flow: str) -> None:
    """It is YAML of the same types, without the canary; a second time changes nothing."""
    text = yaml.safe_dump(
        value,
        default_style=style,
        default_flow_style={"block": False, "flow": True}.get(flow),
        allow_unicode=True,
    )
    done = settled(text.encode(), "x.yaml").decode()
    assert kinds(yaml.safe_load(text)) == kinds(yaml.safe_load(done))
    assert CANARY not in done
    assert CANARY not in json.dumps(yaml.safe_load(done), ensure_ascii=False)


def test_an_alias_bomb_is_not_followed() -> None:
    """It costs what its lines cost."""
    lines = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 60))]
    data = "\n".join(lines).encode()
    assert data == settled(data, "x.yaml")


def test_a_document_without_bottom_is_text() -> None:
    """Libyaml would take minutes for it."""
    data = b"[" * 100_000 + b"jane@example.com"
    assert settled(data, "x.yaml") == b"[" * 100_000 + b"[email]"


def test_tags_make_no_objects() -> None:
    """A tag of Python's is a word."""
    data = b"a: !!python/object/apply:os.system [echo, jane@example.com]\n"
    assert b'[echo, "[email]"]' in settled(data, "x.yaml")


def test_without_pyyaml_a_document_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says what to install."""
    monkeypatch.setitem(sys.modules, "yaml", None)
    with pytest.raises(InputError, match=r"pip install 'crashscrub\[archives\]'"):
        scrubbed(b"user: jane\n", "x.yaml")


def test_a_number_in_a_block_keeps_the_line_end_behind_it() -> None:
    """Dumped with `|`, it would swallow the next key."""
    before = b'"PIN": !!int |-\n  4711\n"Q": !!null |-\n  null\n'
    assert settled(before, "x.yaml") == b'"PIN": !!int 0\n"Q": !!null |-\n  null\n'
