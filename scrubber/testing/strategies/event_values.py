"""
What stands in the places of an event: texts, lines of code, variables, with a cast planted in them.

Promise: no word around what is planted holds any of it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from hypothesis import strategies as st

from scrubber.encodings import ENCODINGS
from scrubber.testing.strategies.shortly import shortly

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis.strategies import SearchStrategy

    from scrubber.testing.strategies.cast import Drawn

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
BEFORE: Final = ("", " ", "see ", "'", '"', "(", "\n", "at: ", "\u00e9\u00e9 ")
AFTER: Final = ("", " ", ", ok", "'", '"', ")", "\n", "; 7")


class Text(str):
    """A text of a type of its own."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Values:
    """Strategies for what stands in the places of an event.

    Attributes:
        texts: texts, most with something planted.
        sources: lines of code: what is assigned there without quotes is a name of another thing.
        leaves: texts, numbers, bytes, moments, types of their own.
        secrets: at most one sensitive key and what stands behind it.
        values: what a local variable holds, or `extra`.
        printed: what was a value, as text.
    """

    texts: SearchStrategy[str]
    sources: SearchStrategy[str]
    leaves: SearchStrategy[Any]
    secrets: SearchStrategy[dict[str, Any]]
    values: SearchStrategy[Any]
    printed: SearchStrategy[str]

    @classmethod
    def of(cls, drawn: Drawn) -> Values:
        """Give strategies that plant what is drawn from one cast."""
        words, seen = st.sampled_from(WORDS), _seen_by_itself(drawn)
        texts = shortly(st.one_of(words, st.one_of(seen, _assigned(drawn, _ASSIGNED))))
        leaves = shortly(_leaves(texts, drawn))
        secrets = shortly(_secrets(drawn))
        return cls(
            texts=texts,
            sources=shortly(st.one_of(words, seen, _assigned(drawn, _WRITTEN))),
            leaves=leaves,
            secrets=secrets,
            values=shortly(st.recursive(leaves, _nesting(texts, secrets), max_leaves=6)),
            printed=shortly(_printed(texts, drawn)),
        )


_ASSIGNED: Final = ("{}={}", "{{'{}': '{}'}}", '{{"{}": "{}"}}', "--{}={}")
_WRITTEN: Final = ("{} = '{}'", 'login({}="{}")', "{{'{}': '{}'}}")


def together(
    plain: SearchStrategy[dict[Any, Any]], others: SearchStrategy[dict[Any, Any]]
) -> SearchStrategy[dict[Any, Any]]:
    """Give dictionaries that hold what two others do."""
    return st.builds(lambda one, other: {**one, **other}, plain, others)


def _seen_by_itself(drawn: Drawn) -> SearchStrategy[str]:
    encodings = st.sampled_from([ENCODINGS[name] for name in ENCODED])
    encoded = st.builds(lambda text, encoding: encoding.encode(text), drawn.anything, encodings)
    return st.one_of(
        st.builds("{1}{0}{2}".format, encoded, st.sampled_from(BEFORE), st.sampled_from(AFTER)),
        st.builds(
            lambda text, encoding: encoding.encode(f'{{"to": "{text}", "n": 1}}'),
            st.one_of(drawn.mailbox, drawn.address),
            encodings,
        ),
    )


def _assigned(drawn: Drawn, forms: tuple[str, ...]) -> SearchStrategy[str]:
    return st.builds(
        lambda name, secret, form: form.format(name, secret),
        st.sampled_from(SENSITIVE[:5]),
        drawn.plain_secret,
        st.sampled_from(forms),
    )


def _leaves(texts: SearchStrategy[str], drawn: Drawn) -> SearchStrategy[Any]:
    odd = st.one_of(
        texts.map(lambda text: text.encode("utf-8", "surrogatepass")),
        st.sampled_from(
            (float("nan"), float("inf"), 10**400, -(10**1000), 2**63, b"\xff\xfe\0", MOMENT)
        ),
        drawn.card,
        texts.map(Text),
        st.just(1j),
    )
    return st.one_of(
        texts,
        st.none(),
        st.booleans(),
        st.integers(-9999, 9999),
        st.floats(-1e6, 1e6, width=32),
        odd,
    )


def _secrets(drawn: Drawn) -> SearchStrategy[dict[str, Any]]:
    return st.dictionaries(
        st.sampled_from(SENSITIVE),
        st.one_of(
            drawn.secret, drawn.secret.map(lambda secret: [secret, {"n": secret}]), drawn.card
        ),
        max_size=1,
    )


def _nesting(
    texts: SearchStrategy[str], secrets: SearchStrategy[dict[str, Any]]
) -> Callable[[SearchStrategy[Any]], SearchStrategy[Any]]:
    odd_keys = st.sampled_from((1, None, True, 1.5, b"key", (1, 2), Text("name")))
    keys = st.one_of(st.sampled_from(NAMES), odd_keys, texts)

    def nested(inner: SearchStrategy[Any]) -> SearchStrategy[Any]:
        return st.one_of(
            st.lists(inner, max_size=3),
            st.lists(inner, max_size=3).map(tuple),
            together(st.dictionaries(keys, inner, max_size=3), secrets),
        )

    return nested


def _printed(texts: SearchStrategy[str], drawn: Drawn) -> SearchStrategy[str]:
    secrets = st.dictionaries(st.sampled_from(SENSITIVE[:5]), drawn.plain_secret, max_size=1)
    simple = st.recursive(
        st.one_of(texts, st.integers(0, 99), st.none()),
        lambda inner: st.one_of(
            st.lists(inner, max_size=2),
            together(st.dictionaries(st.sampled_from(NAMES), inner, max_size=2), secrets),
        ),
        max_leaves=4,
    )
    return st.one_of(
        simple.map(repr), simple.map(json.dumps), simple.map(json.dumps).map(json.dumps)
    )
