"""Promise 4 for operators that write more than a word: scrubbed again, nothing changes.

By the same policy and by the default one, whose reader need not know how a report was made, and
with every packaged rule on.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrubber.redact.json_shape import is_json
from scrubber.redact.key import Key
from scrubber.redact.operators import Operators
from scrubber.redact.pseudonyms import Pseudonyms
from scrubber.ruleset.model import OPERATORS, Ruleset
from scrubber.stream import Stream
from scrubber.wiring import Wiring, load_ruleset

KEYED = Pseudonyms(Key(bytes(range(32))))
PASSWORD = "pw-" + "4kq9" * 3

VALUES = {
    "EMAIL_ADDRESS": ["jane@example.com", "jane%40example.com", "Jane.Doe@lab.example.org"],
    "IP_ADDRESS": ["192.0.2.17", "198.51.100.4", "2001:db8::1f", "[2001:db8::1f]", "10.1.2.3"],
    "MAC_ADDRESS": ["00:00:5e:00:53:af", "00-00-5E-00-53-AF"],
    "USERNAME": ["/home/jdoe/x", "C:\\Users\\jdoe\\x", "uid=1000(jdoe)", "ssh jdoe@lab-gpu01"],
    "HOSTNAME": ["host=lab-gpu01", "Host: db7.corp.example.com", "ssh: connect to host lab-gpu01"],
    "SECRET": [f"password={PASSWORD}", f"https://jdoe:{PASSWORD}@db.example.com/", f"-p{PASSWORD}"],
    "PERSON": ["Author: Jane Doe <jane@example.com>", "patient_name: Doe^Jane"],
    "PHONE_NUMBER": ["+1 202 555 0123", "tel: (202) 555-0123"],
    "CREDIT_CARD": ["4111" + " 1111" * 3, "4" + "1" * 15],
    "BUCKET": ["s3://jane-bucket/x"],
}
FRAMES = [
    "{}",
    "2026-01-31 12:00:00,123 ERROR worker: {} failed",
    "key={}, other",
    "<{}>",
    "({})",
    '{{"a": "{}", "n": 1}}',
    '{{"{}": {{"b": [1, "x"]}}}}',
    '{{"ip": {}, "n": [{}]}}',
    "https://api.example.org/v1/{}?user={}&x=1",
    "https://api.example.org/?q={}#top",
    "/data/{}/run1/best.pt",
    'File "/home/jane/{}.py", line 3, in main',
    "ValueError('bad value {} here')",
    "user={} host={} ip={}",
    "{} {}\n{}",
    "x{}y",
    "\\n{}\\n",
    "%2F{}%2F",
]


@cache
def rules() -> Ruleset:
    """Load the packaged rules once."""
    return load_ruleset()


@cache
def wiring(operator: str) -> Wiring:
    """Wire all rules under an operator."""
    policy = replace(
        rules().policies["balanced"], operator=operator, hash_salt="salt" * 4, keep_last=4
    )
    return Wiring.of(rules(), Operators(policy, KEYED))


def scrubbed(operator: str, text: str) -> str:
    """Scrub a text under an operator; nothing may fail."""
    wired = wiring(operator)
    stream = Stream(wired.stages, reach=wired.reach)
    out = stream.feed(text) + stream.finish()
    assert stream.report.failures == 0
    return out


def framed(value: str, frame: str) -> str:
    """Put a value into a frame, escaped where the frame is JSON."""
    if frame.startswith('{{"'):
        value = json.dumps(value)[1:-1]
    return frame.format(*[value] * frame.count("{}"))


EVERY_VALUE = [value for values in VALUES.values() for value in values]
TEXTS = st.lists(
    st.builds(framed, st.sampled_from(EVERY_VALUE), st.sampled_from(FRAMES)),
    min_size=1,
    max_size=3,
).map(" ".join)


@pytest.mark.parametrize("operator", ["pseudonym", "surrogate"])
def test_every_value_in_every_place_is_scrubbed_once(operator: str) -> None:
    """All pairs; and a JSON document stays one."""
    for value in EVERY_VALUE:
        for frame in FRAMES:
            text = framed(value, frame)
            once = scrubbed(operator, text)
            assert scrubbed(operator, once) == once
            assert scrubbed("replace", once) == once
            assert is_json(text) <= is_json(once)


@pytest.mark.parametrize("operator", OPERATORS)
@settings(max_examples=15)
@given(TEXTS)
def test_scrubbing_twice_is_scrubbing_once(operator: str, text: str) -> None:
    """Values beside each other, in frames of each other."""
    once = scrubbed(operator, text)
    assert scrubbed(operator, once) == once


@pytest.mark.parametrize("operator", ["hash", "pseudonym"])
@settings(max_examples=15)
@given(TEXTS)
def test_a_name_more_changes_nothing_else(operator: str, text: str) -> None:
    """What is found, and what stays, is as under `replace`."""
    named = re.sub(r"(\[[a-z-]+):[~#].{11}\]", r"\1]", scrubbed(operator, text))
    assert named == scrubbed("replace", text)


@pytest.mark.parametrize("size", [5, 256, 257, 9000])
@pytest.mark.parametrize("frame", ["{} password='{}' {}", '{} passwd="{}" jane@example.com {}'])
def test_how_a_text_is_cut_changes_no_pseudonym(size: int, frame: str) -> None:
    """A secret may run on over a cut; then it has a plain placeholder, wherever it is cut."""
    wired = wiring("pseudonym")
    for before in (0, 4321):
        text = frame.format("w " * before, "4kq9" * (size // 4) + "z" * (size % 4), "w " * 2000)
        stream = Stream(wired.stages, reach=wired.reach, block=1)
        assert stream.feed(text) + stream.finish() == scrubbed("pseudonym", text)
    assert ("[secret:~" in scrubbed("pseudonym", text)) is (size <= 256)


@pytest.mark.parametrize("value", ["192.0.2.17", "198.51.100.4"])
def test_a_bare_number_stays_a_number(value: str) -> None:
    """Under every operator, since anything else would break the document."""
    number = value.replace(".", "") * 2
    text = json.dumps({"card": int("4" + "1" * 15), "n": int(number), "ip": value})
    for operator in OPERATORS:
        found = json.loads(scrubbed(operator, text))
        assert found["card"] == 0
        assert isinstance(found["n"], int)
        assert isinstance(found["ip"], str)
