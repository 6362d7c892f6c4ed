"""Strategies for what stands in a report: texts and values, with something planted in them.

What is planted is drawn from a seed, so that nothing here is anybody's, and no word around it holds
it: whatever of `NEEDLES` a scrubbed report shows has leaked.
"""

from __future__ import annotations

import json
import string
from datetime import UTC, datetime
from random import Random
from typing import TYPE_CHECKING, Any, Final

from hypothesis import strategies as st

from scrubber.encodings import ENCODINGS
from scrubber.validators.luhn import luhn_valid

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

_RNG: Final = Random(6)  # noqa: S311  # made to be no secret
_LETTERS: Final = string.ascii_letters + string.digits


def _letters(count: int) -> str:
    return "".join(_RNG.choices(_LETTERS, k=count))


def _card() -> str:
    digits = "4" + "".join(_RNG.choices("0123456789", k=14))
    return next(digits + last for last in "0123456789" if luhn_valid(digits + last))


MAILBOXES: Final = ("korvax.mundrel", "tavrin_q")
ADDRESSES: Final = ("192.0.2.17", "198.51.100.203")
ACCOUNT: Final = "vexlora7"
"""Whose folders are seen. It is no word, so it goes everywhere once it was seen."""
SECRETS: Final = (_letters(24), "zimtovar-quendel", f"{_letters(6)}!{_letters(6)}")
KEYS: Final = (f"ghp_{_letters(36)}", f"hf_{_letters(34)}")
CARD: Final = _card()
NEEDLES: Final = (*MAILBOXES, *ADDRESSES, ACCOUNT, *SECRETS, *KEYS, CARD, CARD[4:8] + " ")
FOLDERS: Final = (
    f"/home/{ACCOUNT}/work/yolo/train.py",
    f"/Users/{ACCOUNT}/yolo/data/set.yaml",
    f"C:\\Users\\{ACCOUNT}\\yolo\\new.txt",
)
SPACED: Final = " ".join(CARD[at : at + 4] for at in range(0, 16, 4))
PLANTED: Final = (
    *(f"{box}@example.com" for box in MAILBOXES),
    *ADDRESSES,
    *FOLDERS,
    *KEYS,
    CARD,
    SPACED,
)
WORDS: Final = (
    "",
    "x",
    "loss=0.4123456789012345",
    "img[..., ::-1]",
    "CUDA out of memory. Tried to allocate 2.50 GiB",
    "KeyError: 'model.0.conv.weight'",
    "<object at 0x7f14ea5bed50>",
    "Gr\u00f6\u00dfe \u65e5\u672c \U0001f600",
    "lone \ud800",
    "[email] [user] [secret]",
    "%s of %d",
    "a\nb\r\n\tc\0",
    "{'a': [1, 2.5, None]}",
    "1e400",
)
SENSITIVE: Final = (
    "api_key",
    "password",
    "access_token",
    "clientSecret",
    "DB_PASSWORD",
    "X-Api-Key",
    "Authorization",
)
NAMES: Final = ("batch", "n", "path", "tokenizer", "author", "a b", "\u00e9", "0")
ENCODED: Final = (
    *("raw", "repr", "repr_twice", "json", "json_twice", "json_unicode", "php_json"),
    *("url", "url_path", "url_twice", "html", "html_numeric", "html_hex", "octal_escapes"),
)
MOMENT: Final = datetime(2026, 1, 31, 8, tzinfo=UTC)


class Text(str):
    """A text of a type of its own."""

    __slots__ = ()


def _around(planted: str, before: str, after: str) -> str:
    return f"{before}{planted}{after}"


_encodings = st.sampled_from([ENCODINGS[name] for name in ENCODED])
_encoded = st.builds(
    lambda text, encoding: encoding.encode(text), st.sampled_from(PLANTED), _encodings
)
_seen_by_itself = st.one_of(
    st.builds(
        _around,
        _encoded,
        st.sampled_from(("", " ", "see ", "'", '"', "(", "\n", "at: ", "\u00e9\u00e9 ")),
        st.sampled_from(("", " ", ", ok", "'", '"', ")", "\n", "; 7")),
    ),
    st.builds(
        lambda text, encoding: encoding.encode(f'{{"to": "{text}", "n": 1}}'),
        st.sampled_from(PLANTED[:4]),
        _encodings,
    ),
)
_assigned = st.builds(
    lambda name, secret, form: form.format(name, secret),
    st.sampled_from(SENSITIVE[:5]),
    st.sampled_from(SECRETS[:2]),
    st.sampled_from(("{}={}", "{{'{}': '{}'}}", '{{"{}": "{}"}}', "--{}={}")),
)
_written = st.builds(
    lambda name, secret, form: form.format(name, secret),
    st.sampled_from(SENSITIVE[:5]),
    st.sampled_from(SECRETS[:2]),
    st.sampled_from(("{} = '{}'", 'login({}="{}")', "{{'{}': '{}'}}")),
)
_words = st.sampled_from(WORDS)
texts = st.one_of(_words, st.one_of(_seen_by_itself, _assigned))
"""Texts, most with something planted."""

sources = st.one_of(_words, _seen_by_itself, _written)
"""Lines of code: what is assigned there without quotes is a name of another thing."""

_odd = st.one_of(
    st.builds(lambda text: text.encode("utf-8", "surrogatepass"), texts),
    st.sampled_from(
        (float("nan"), float("inf"), 10**400, -(10**1000), 2**63, int(CARD), b"\xff\xfe\0", MOMENT)
    ),
    st.builds(Text, texts),
    st.just(1j),
)
leaves = st.one_of(
    texts,
    st.none(),
    st.booleans(),
    st.integers(-9999, 9999),
    st.floats(-1e6, 1e6, width=32),
    _odd,
)
_odd_keys = st.sampled_from((1, None, True, 1.5, b"key", (1, 2), Text("name")))
secrets = st.dictionaries(
    st.sampled_from(SENSITIVE),
    st.one_of(
        st.sampled_from(SECRETS),
        st.sampled_from(SECRETS).map(lambda secret: [secret, {"n": secret}]),
        st.just(int(CARD)),
    ),
    max_size=1,
)


def _nested(inner: SearchStrategy[Any]) -> SearchStrategy[Any]:
    keys = st.one_of(st.sampled_from(NAMES), _odd_keys, texts)
    return st.one_of(
        st.lists(inner, max_size=3),
        st.lists(inner, max_size=3).map(tuple),
        st.builds(
            lambda plain, secret: {**plain, **secret},
            st.dictionaries(keys, inner, max_size=3),
            secrets,
        ),
    )


values = st.recursive(leaves, _nested, max_leaves=6)
"""What a local variable holds, or `extra`."""


_simple = st.recursive(
    st.one_of(texts, st.integers(0, 99), st.none()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=2),
        st.builds(
            lambda plain, secret: {**plain, **secret},
            st.dictionaries(st.sampled_from(NAMES), inner, max_size=2),
            st.dictionaries(
                st.sampled_from(SENSITIVE[:5]), st.sampled_from(SECRETS[:2]), max_size=1
            ),
        ),
    ),
    max_leaves=4,
)
printed = st.one_of(
    _simple.map(repr), _simple.map(json.dumps), _simple.map(json.dumps).map(json.dumps)
)
"""What was a value, as text."""
