"""A canary is seen however it is written, and wherever."""

from __future__ import annotations

import base64
import json
from urllib.parse import quote

import pytest

from scrubber.cli.canaries import Canary
from scrubber.cli.survivors import Item, Survivor, survivors

MAIL = Canary("tag", "EMAIL_ADDRESS", "velo.dramix@example.com", "dramix")
KEY = Canary("argv flag", "SECRET", "Qm7x" * 8, "Qm7x" * 8)
NAME = Canary("full name", "PERSON", "Zoë Dräx", "Zoë Dräx")


def item(payload: object, kind: str = "event") -> Item:
    """One item without headers."""
    return Item(kind, {}, payload if isinstance(payload, str) else json.dumps(payload))


@pytest.mark.parametrize(
    ("canary", "text", "written"),
    [
        (MAIL, "to velo.dramix@example.com", "raw"),
        (MAIL, "to DRAMIX", "case"),
        (MAIL, "to %64ramix", "decoded"),
        (MAIL, "velo%2Edramix%40example.com", "raw"),
        (NAME, repr({"a": ascii("Zoë Dräx")}), "decoded"),
        (NAME, quote(quote("Zoë Dräx")), "decoded"),
        (MAIL, base64.b64encode(b"velo.dramix@example.com").decode(), "base64"),
        (MAIL, base64.b64encode(b"1velo.dramix@example.com").decode(), "base64"),
        (MAIL, base64.b64encode(b"12velo.dramix@example.com").decode(), "base64"),
        (MAIL, b"dramix".hex(), "hex"),
        (KEY, f"key={KEY.value[:16]}...", "part"),
        (KEY, f"key=...{KEY.value[16:]}", "part"),
    ],
)
def test_a_canary_is_seen(canary: Canary, text: str, written: str) -> None:
    """In every encoding, and by half."""
    found = survivors([item({"message": text})], [canary])
    assert found == [Survivor(canary.name, canary.entity, "message", written)]


@pytest.mark.parametrize("text", ["to [email]", "drami", "Qm7x...", "d.r.a.m.i.x"])
def test_what_is_gone_is_not_seen(text: str) -> None:
    """A placeholder, or a piece that may be anything's, is no survivor."""
    assert survivors([item({"message": text})], [MAIL, KEY]) == []


@pytest.mark.parametrize(
    ("one", "field"),
    [
        (item({"extra": {"sys.argv": ["a", "dramix"]}}), "extra.sys.argv[1]"),
        (item({"extra": {"dramix": 1}}), "extra.dramix"),
        (item({"spans": [{"op": "dramix"}]}, "transaction"), "transaction:spans[0].op"),
        (item("dramix\n", "attachment"), "attachment:payload"),
        (Item("event", {"envelope": {"trace": "dramix"}}, "{}"), "header.envelope.trace"),
        (Item("log", {"item": {"x": "dramix"}}, "{}"), "log:header.item.x"),
    ],
)
def test_the_field_is_told(one: Item, field: str) -> None:
    """By its path; keys, headers and what is no JSON count too."""
    assert [found.field for found in survivors([one], [MAIL])] == [field]


def test_each_field_is_told_once() -> None:
    """However many events hold it, sorted by canary and field."""
    event = item({"b": "dramix", "a": KEY.value})
    assert [(one.name, one.field) for one in survivors([event, event], [MAIL, KEY])] == [
        ("argv flag", "a"),
        ("tag", "b"),
    ]
