"""The table of encodings: what each form looks like, and that decoding takes it back."""

from __future__ import annotations

import base64
import json
import urllib.parse

import pytest
import regex
from hypothesis import assume, given
from hypothesis import strategies as st

from scrubber.decoding import decode_layer, decoded_views
from scrubber.encodings import ENCODINGS, ESCAPE_LETTERS, ESCAPES, MACROS

PATH = r"C:\Users\Zoë/a b"

FORMS = {
    "raw": r"C:\Users\Zoë/a b",
    "repr": r"C:\\Users\\Zoë/a b",
    "repr_twice": r"C:\\\\Users\\\\Zoë/a b",
    "json": r"C:\\Users\\Zo\u00eb/a b",
    "json_unicode": r"C:\\Users\\Zoë/a b",
    "json_twice": r"C:\\\\Users\\\\Zo\\u00eb/a b",
    "php_json": r"C:\\Users\\Zo\u00eb\/a b",
    "url": "C%3A%5CUsers%5CZo%C3%AB%2Fa%20b",
    "url_path": "C%3A%5CUsers%5CZo%C3%AB/a%20b",
    "url_twice": "C%253A%255CUsers%255CZo%25C3%25AB%252Fa%2520b",
    "html": r"C:\Users\Zoë/a b",
    "html_numeric": "C&#58;&#92;Users&#92;Zo&#235;&#47;a&#32;b",
    "html_hex": "C&#x3A;&#x5C;Users&#x5C;Zo&#xEB;&#x2F;a&#x20;b",
    "nfc": r"C:\Users\Zoë/a b",
    "nfd": "C:\\Users\\Zoe\u0308/a b",
    "ansi": ("C\x1b[35m:\\\x1b[0mUsers\x1b[35m\\\x1b[0mZoë\x1b[35m/\x1b[0ma\x1b[35m \x1b[0mb"),
    "octal_escapes": r"C:\\Users\\Zo\303\253/a b",
    "base64_0": "QzpcVXNlcnNcWm/Dqy9hIGI=",
    "base64_1": "OkM6XFVzZXJzXFpvw6svYSBi",
    "base64_2": "dTpDOlxVc2Vyc1xab8OrL2EgYg==",
}

# What no encoding is read into, so that decoding has only the encoder's own work to undo.
plain_texts = st.text(
    st.characters(exclude_categories=["Cs", "Cf"], exclude_characters="\x1b\x9b\xad")
    | st.sampled_from("\\/@.:'\"&%<> \nnab019é"),
    max_size=40,
)
any_texts = st.text(st.characters(), max_size=40)
ascii_texts = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=12, max_size=60)


@pytest.mark.parametrize("name", ENCODINGS)
def test_encoding_writes_the_known_form(name: str) -> None:
    """Each encoding writes what the program it stands for writes."""
    assert ENCODINGS[name].encode(PATH) == FORMS[name]


def test_table_is_keyed_by_name() -> None:
    """The name in the table is the name of the entry, and every entry says who writes so."""
    assert {name: one.name for name, one in ENCODINGS.items()} == {name: name for name in FORMS}
    assert all(one.description for one in ENCODINGS.values())


@pytest.mark.parametrize(
    ("text", "expected"),
    [("\"<&>'", "&quot;&lt;&amp;&gt;&#39;"), ("jane", "jane")],
)
def test_html_writes_the_five_specials(text: str, expected: str) -> None:
    """HTML proper touches its special characters and no other."""
    assert ENCODINGS["html"].encode(text) == expected


def test_octal_writes_controls_and_quotes_as_git_does() -> None:
    """A control is three octal digits, a quote is escaped."""
    assert ENCODINGS["octal_escapes"].encode('\t"\x7f') == r"\011\"\177"


@given(text=plain_texts)
def test_encodings_agree_with_the_standard_library(text: str) -> None:
    """The encoders written out here write what the library's readers read."""
    assert urllib.parse.unquote(ENCODINGS["url"].encode(text)) == text
    assert ENCODINGS["url"].encode(text) == urllib.parse.quote(text, safe="")
    assert ENCODINGS["url_path"].encode(text) == urllib.parse.quote(text, safe="/")
    assert json.loads(f'"{ENCODINGS["php_json"].encode(text)}"') == text
    assert base64.b64decode(ENCODINGS["base64_2"].encode(text)).decode() == f"u:{text}"


@pytest.mark.parametrize("name", ENCODINGS)
@given(text=any_texts)
def test_encoding_never_raises(name: str, text: str) -> None:
    """Lone surrogates, NULs and anything else can be encoded."""
    assert isinstance(ENCODINGS[name].encode(text), str)


@pytest.mark.parametrize(
    "name",
    [one.name for one in ENCODINGS.values() if one.preserving and "base64" not in one.name],
)
@given(text=plain_texts)
def test_decoding_gives_the_text_back(name: str, text: str) -> None:
    """A text with nothing to decode comes back whole in the layer the table says."""
    assume(decode_layer(text) is None)
    seen = [ENCODINGS[name].encode(text)]
    for _ in range(ENCODINGS[name].layers):
        decoded = decode_layer(seen[-1])
        seen.append(seen[-1] if decoded is None else decoded.text)
    assert seen[-1] == text


@pytest.mark.parametrize("name", ["base64_0", "base64_1", "base64_2"])
@pytest.mark.parametrize("glued", ["", "/", "id", "+ab", " base64,"])
@given(text=ascii_texts)
def test_base64_gives_the_text_back(name: str, glued: str, text: str) -> None:
    """A printable text of 12 bytes comes back, whatever is glued to the left of it."""
    encoded = glued + ENCODINGS[name].encode(text)
    assert any(text in view.text for view in decoded_views(encoded))


@pytest.mark.parametrize(
    ("left", "right"),
    [("\\n", "\n"), ("\\r", "\r"), ("\\t", "\t"), ("\\0", "\0"), ("\\\\", "\\"), ("\\/", "/")],
)
def test_escapes_are_those_of_c_and_json(left: str, right: str) -> None:
    """The table of escapes says what follows the backslash."""
    assert ESCAPES[left[1:]] == right


def test_escape_letters_are_escapes() -> None:
    """What can stand before a new word is a letter of the table of escapes."""
    assert set(ESCAPE_LETTERS) < set(ESCAPES)


MATCHES = {
    "sep": ["/", "\\", "\\\\", "\\/", "//", "%2F", "%2f", "%252F", "%5C", "%255c", "\\" * 8],
    "slash": ["/", "\\/", "\\\\/", "//", "\\/\\/"],
    "backslash": ["\\", "\\\\", "\\" * 8],
    "segment": [*"aé東-_.~+@$#!^\xa0\u2019"],
    "at": ["@", "%40", "%2540"],
    "dot": [".", "%2E", "%252e"],
    "colon": [":", "%3A", "%253a"],
    "equals": ["=", "%3D", "%253d"],
    "quote": [
        '"',
        "'",
        "`",
        '\\"',
        '\\\\"',
        "&quot;",
        "&#39;",
        "&#x27;",
        "%22",
        "\\u0022",
        "“",
        "''",
    ],
    "space": [" ", "\t"],
    "letter": [*"azAZéß東"],
}
REFUSED = {
    "sep": ["", "\n", "|", "%2E", "2F", "\\" * 9],
    "slash": ["\\", "\\n", "%5C"],
    "backslash": ["/", "\\/"],
    "segment": [*"/\\ \t\n\0\x1b\x7f\x85\"'`<>|:*?,;()[]{}=%&│“\u2028", "", "ab"],
    "at": ["&", "%41"],
    "dot": ["x", "%2F"],
    "colon": [";"],
    "equals": ["-"],
    "quote": ["", "n", "&amp;", "\\", "%20"],
    "space": ["\n", "\xa0", ""],
    "letter": [*"0_-@\x7f"],
}


@pytest.mark.parametrize("name", MACROS)
def test_macro_has_cases(name: str) -> None:
    """No macro goes untested."""
    assert name in MATCHES
    assert name in REFUSED


@pytest.mark.parametrize(
    ("name", "text", "whole"),
    [
        *((name, text, True) for name, texts in MATCHES.items() for text in texts),
        *((name, text, False) for name, texts in REFUSED.items() for text in texts),
    ],
)
def test_macro_matches_what_it_names(name: str, text: str, whole: bool) -> None:  # noqa: FBT001
    """A macro matches the forms of its character and nothing else, in a verbose pattern."""
    pattern = regex.compile(MACROS[name], regex.V0 | regex.ASCII | regex.VERBOSE)
    assert (pattern.fullmatch(text) is not None) == whole


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("jane%20doe/", "jane"),
        ("x.py&quot;", "x.py"),
        ("x.pt&epoch=5", "x.pt"),
        ("Jane\u2019s MacBook", "Jane\u2019s"),
        ("x.py', line 3", "x.py"),
        ("x.py\\n", "x.py"),
        ("train@2x#1~.tar.gz)", "train@2x#1~.tar.gz"),
    ],
)
def test_segment_ends_where_a_name_does(text: str, name: str) -> None:
    """A name keeps what names hold and stops at what reports put around them."""
    found = regex.match(f"{MACROS['segment']}++", text, regex.V0 | regex.ASCII)
    assert found is not None
    assert found[0] == name
