"""Texts that the promises are tested on: planted data, encodings, near misses, noise."""

from __future__ import annotations

from hypothesis import strategies as st

from scrubber.encodings import ENCODINGS
from scrubber.testing.strategies import (
    cut,
    emails,
    glued,
    home_paths,
    ip_addresses,
    near_misses,
    secrets,
    twinned,
    usernames,
)
from scrubber.testing.strategies.shortly import shortly

PLANTED = (
    "jane@example.com",
    "j\u00f6rg.m\u00fcller@b\u00fccher.example",
    "192.0.2.17",
    "192.0.2.17:8080",
    "2001:db8::1",
    "fe80::1%eth0",
    "00:00:5e:00:53:0a",
    "/home/jane/data/x.png",
    "/Users/jane.doe/p/x.py",
    r"C:\Users\Jane Doe\p\x.py",
    r"C:\\Users\\jane\\new.txt",
    "https://jane:s3cr3t-pw@example.com/x",
    "postgres://u:p%40ss@db.example.com/x",
    "password=hunter2x9",
    '"api_key": "abc123def456ghi"',
    "--token=9f8e7d6c5b4a39281706",
    "Authorization: Bearer abc.def.ghi0123456789",
    "4111 1111 1111 1111",
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg==",
)
KEPT = (
    "loss=0.4123456789012345",
    "img[..., ::-1]",
    "x[1::2]",
    "torch 2.1.0.1",
    "ad::add",
    "tokenizer: 32000",
    "KeyError: 'model.0.conv.weight'",
    "2026-01-01 12:00:00,123 INFO",
    "<object at 0x7f14ea5bed50>",
)
SEPARATORS = (
    " ",
    "",
    "\n",
    ", ",
    '"',
    "'",
    "\\",
    "/",
    "=",
    ":",
    "\t",
    "]",
    "[",
    "{",
    "}",
    "%",
    "&",
    "\\n",
    "\x00",
    "\ud800",
    "[email]",
    "[user",
    "\u200b",
    "\x1b[31m",
)

# Each a strategy of its own: alternatives of alternatives would all be equally likely.
values = shortly(
    st.one_of(*(strategy() for strategy in (emails, ip_addresses, home_paths, secrets, usernames)))
)
"""What the strategies of `scrubber.testing` plant, without what they put around it."""

encodings = st.sampled_from([one for name, one in sorted(ENCODINGS.items())])
planted = shortly(st.sampled_from(PLANTED) | values.map(lambda one: one.value))
encoded = st.builds(lambda text, encoding: encoding.encode(text), planted, encodings)
broken = shortly(near_misses(values) | twinned(values) | cut(values) | glued(values))
noise = st.text(max_size=12)
pieces = st.one_of(
    planted, encoded, st.sampled_from(KEPT), st.sampled_from(SEPARATORS), noise, broken
)
texts = shortly(st.lists(pieces, max_size=12).map("".join))

json_values = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(allow_nan=False, allow_infinity=False),
        texts,
        st.just(4111111111111111),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.one_of(texts, st.sampled_from(["password", "api_key", "user", "n"])),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=12,
)
