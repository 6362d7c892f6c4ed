"""Decoded views: what they show, and where each character of them came from."""

from __future__ import annotations

import base64
import time
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from scrubber.decoding import DEPTH, Decoded, base64_views, decode_layer, decoded_views
from scrubber.encodings import ENCODINGS

ESC = "\x1b"


def shown(text: str) -> str:
    """Return what one layer of decoding shows."""
    decoded = decode_layer(text)
    return text if decoded is None else decoded.text


LAYERS = [
    ("percent", "a%20b%2Fc%2f", "a b/c/"),
    ("percent, UTF-8", "%E2%82%AC%C3%A9%F0%9F%98%80", "€é😀"),
    ("percent, Latin-1", "caf%E9%41", "caféA"),
    ("percent, bytes that mean nothing", "%80x%9F%41", "%80x%9FA"),
    ("percent, UTF-8 cut short", "%E2%82", "â%82"),
    ("percent, surrogate", "%ED%A0%80", "\ud800"),
    ("percent, not hexadecimal", "100%, 5%x, %4", "100%, 5%x, %4"),
    ("letters", r"a\nb\rc\td\be\ff\vg\ah\0", "a\nb\rc\td\be\ff\vg\ah\0"),
    ("marks", r"\\ \" \' \/ My\ File", "\\ \" ' / My File"),
    ("backslashes pair from the left", r"\\\\n\\\n", "\\\\n\\\n"),
    ("hexadecimal", r"\x41\x1b", "A\x1b"),
    ("hexadecimal, UTF-8 of a bytes repr", r"\xc3\xa9\xe2\x82\xac", "é€"),
    ("hexadecimal, Latin-1 of a repr", r"\xa0\x85\xe9", "\xa0\x85é"),
    ("octal", r"\303\251 \011 \377", "é \t ÿ"),
    ("unicode", r"\u0041\u20ac\U0001F600", "A€😀"),
    ("surrogate pair", r"\ud83d\ude00\uD83D\uDE00", "😀😀"),
    ("lone surrogates", r"\ud83dx\ude00", "\ud83dx\ude00"),
    ("braces of JavaScript and Rust", r"\u{41}\u{1f600}", "A😀"),
    ("beyond the last code point", r"\U00110000 \u{110000} &#1114112;",
     r"\U00110000 \u{110000} &#1114112;"),
    ("no escape", r"C:\Users\jane \u12 \x4 \q", r"C:\Users\jane \u12 \x4 \q"),
    ("entities", "&amp;&lt;&gt;&quot;&apos;&nbsp;&eacute;&commat;", "&<>\"'\xa0é@"),
    ("numeric entities", "&#64;&#x40;&#X2f;&#0064;", "@@/@"),
    ("no entity", "a && b; &none; &amp &#; &#x; &fjlig;", "a && b; &none; &amp &#; &#x; &fjlig;"),
    ("colours", f"{ESC}[1;31mja{ESC}[0mne{ESC}[K", "jane"),
    ("cursor", f"{ESC}[?25lja{ESC}[2 qne", "jane"),
    ("8-bit colours", "ja\x9b31mne", "jane"),
    ("character set and plain commands", f"{ESC}(Bja{ESC}=ne", "jane"),
    ("a bare escape", f"ja{ESC} ne", f"ja{ESC} ne"),
    ("hyperlink", f"{ESC}]8;;file://h/a%20b{ESC}\\x{ESC}]8;;{ESC}\\", "\a;file://h/a b\ax"),
    ("window title", f"{ESC}]0;jane\a$", "\ajane\a$"),
    ("invisible", "ja\xad\u200b\u200c\u200d\ufeffne\u2066", "jane"),
    ("all at once", f"%41\\n&amp;{ESC}[0m\u200b\\101", "A\n&A"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "expected"), [case[1:] for case in LAYERS], ids=[c[0] for c in LAYERS]
)
def test_layer_shows_what_a_reader_sees(raw: str, expected: str) -> None:
    """One layer of every encoding is undone, and what is none stays."""
    assert shown(raw) == expected


@pytest.mark.parametrize("raw", ["", "epoch 3: loss=0.12 (/home/jane/x.py)", "100% & more\\"])
def test_nothing_to_undo_gives_no_view(raw: str) -> None:
    """A text as it is has no view."""
    assert decode_layer(raw) is None
    assert decoded_views(raw) == []


# Pieces of a raw text, each with the characters it shows and the part of it each comes from.
PIECES: list[list[tuple[str, str]]] = [
    [("a", "a")],
    [("é", "é")],
    [("\n", "\n")],
    [("😀", "😀")],
    [("%", "%"), ("z", "z")],
    [("\\", "\\"), ("q", "q")],
    [("&", "&"), (";", ";")],
    [("%41", "A")],
    [("%E2%82%AC", "€"), ("%2F", "/")],
    [("%", "%"), ("8", "8"), ("0", "0"), ("%41", "A")],
    [("\\n", "\n")],
    [("\\\\", "\\")],
    [("\\x41", "A"), ("\\xc3\\xa9", "é")],
    [("\\303\\251", "é")],
    [("\\u0041", "A")],
    [("\\ud83d\\ude00", "😀")],
    [("&amp;", "&")],
    [("&#x40;", "@")],
    [(f"{ESC}[31m", "")],
    [("\u200b", "")],
    [("\ud800", "\ud800")],
    [("\0", "\0")],
]
pieces = st.lists(st.sampled_from(PIECES).map(tuple), max_size=12).map(
    lambda found: [part for piece in found for part in piece]
)


def written(parts: list[tuple[str, str]]) -> tuple[str, str, list[tuple[int, int]]]:
    """Return the raw text of some pieces, what it shows, and the range of each character shown."""
    raw, text, ranges = "", "", []
    for source, character in parts:
        if character:
            ranges.append((len(raw), len(raw) + len(source)))
        raw += source
        text += character
    return raw, text, ranges


@given(parts=pieces, data=st.data())
def test_span_covers_exactly_the_escapes_of_its_characters(
    parts: list[tuple[str, str]], data: st.DataObject
) -> None:
    """A range of a view maps to the whole of what wrote it, and to nothing beside it."""
    raw, text, ranges = written(parts)
    decoded = decode_layer(raw)
    assume(decoded is not None)
    assert decoded is not None
    assert decoded.text == text
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    if start < end:
        assert decoded.span(start, end) == (ranges[start][0], ranges[end - 1][1])
    else:
        edge = ranges[start][0] if start < len(text) else len(raw)
        assert decoded.span(start, end) == (edge, edge)


@given(parts=pieces)
def test_span_of_everything_misses_only_the_invisible(parts: list[tuple[str, str]]) -> None:
    """The whole view maps to the whole raw text, but for invisible sequences at its edges."""
    raw, text, _ = written(parts)
    decoded = decode_layer(raw)
    assume(decoded is not None and text != "")
    assert decoded is not None
    start, end = decoded.span(0, len(text))
    assert shown(raw[:start]) in ("", raw[:start])
    assert (shown(raw[:start]) if start else "") == ""
    assert (shown(raw[end:]) if end < len(raw) else "") == ""


def whole_edges(parts: list[tuple[str, str]]) -> set[int]:
    r"""Return where a text may be cut: invisible sequences in a row are one, `\n` may be split."""
    edges, at, after_invisible = {0}, 0, False
    for source, character in parts:
        if after_invisible and not character:
            edges.discard(at)
        if source == "\\n":
            edges.add(at + 1)
        at += len(source)
        edges.add(at)
        after_invisible = not character
    return edges


@given(parts=pieces, data=st.data())
def test_widen_splits_no_escape(parts: list[tuple[str, str]], data: st.DataObject) -> None:
    """A raw range grows to whole sequences and no further."""
    raw, _, _ = written(parts)
    decoded = decode_layer(raw)
    assume(decoded is not None)
    assert decoded is not None
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(start, len(raw)))
    edges = whole_edges(parts)
    expected = max(at for at in edges if at <= start), min(at for at in edges if at >= end)
    assert decoded.widen(start, end) == expected


WIDENED = [
    (r"x\u0041jane", (2, 11), (1, 11)),
    (r"jane\u0041", (0, 6), (0, 10)),
    ("%20jane@", (1, 7), (0, 7)),
    ("%0Ajane", (2, 7), (0, 7)),
    (f"{ESC}[31mjane", (2, 9), (0, 9)),
    (f"jane{ESC}[0m", (0, 4), (0, 4)),
    (f"jane{ESC}[0m", (0, 6), (0, 8)),
    (f"{ESC}[0m", (1, 2), (0, 4)),
    (r"C:\nick %41", (3, 7), (3, 7)),
    (r"say \"jane\"", (6, 11), (6, 12)),
    ("%41 jane", (4, 8), (4, 8)),
    ("jane %41", (5, 8), (5, 8)),
]


@pytest.mark.parametrize(("raw", "found", "expected"), WIDENED)
def test_widen_takes_the_whole_escape(
    raw: str, found: tuple[int, int], expected: tuple[int, int]
) -> None:
    """What looks like the beginning of a word but is the end of an escape takes all of it."""
    decoded = decode_layer(raw)
    assert decoded is not None
    assert decoded.widen(*found) == expected


any_texts = st.text(
    st.characters()
    | st.sampled_from('%\\&;#xu0127\x1b[]m"/nDd8CcEe9AaFfVQ+-_=\x9b\u200b\ud83d\ude00\0 '),
    max_size=60,
)


@given(text=any_texts)
def test_maps_are_monotone_and_in_range(text: str) -> None:
    """Whatever the text, every view maps forwards and into the raw text, and never raises."""
    for view in decoded_views(text):
        ranges = [view.span(i, i + 1) for i in range(len(view.text))]
        assert all(0 <= start <= end <= len(text) for start, end in ranges)
        assert all(a[0] <= b[0] and a[1] <= b[1] for a, b in pairwise(ranges))
        assert view.span(0, 0) <= view.span(0, len(view.text))


@given(text=any_texts, data=st.data())
def test_widen_never_narrows(text: str, data: st.DataObject) -> None:
    """Whatever the text, the range given holds the one asked for, and asking again adds nothing."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    for view in (decode_layer(text), *base64_views(text)):
        if view is not None:
            wider = view.widen(start, end)
            assert 0 <= wider[0] <= start <= end <= wider[1] <= len(text)
            assert view.widen(*wider) == wider


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("%5C%5Cu0040", ["\\\\u0040", "\\u0040", "@"]),
        ("%252541", ["%2541", "%41", "A"]),
        ("%25252541", ["%252541", "%2541", "%41"]),
        ("&amp;%41", ["&A"]),
    ],
)
def test_layers_are_undone_one_after_the_other(raw: str, expected: list[str]) -> None:
    """Each view undoes one layer more, three at most, and maps to the raw text."""
    views = decoded_views(raw)
    assert [view.text for view in views] == expected
    assert [view.span(0, len(view.text)) for view in views] == [(0, len(raw))] * len(views)
    assert len(views) <= DEPTH


def test_depth_limits_the_layers() -> None:
    """No more layers are undone than asked for."""
    assert [view.text for view in decoded_views("%252541", depth=1)] == ["%2541"]
    assert decoded_views("%41", depth=0) == []


def test_span_goes_through_every_layer() -> None:
    """A character written by an escape of escapes maps to all of it."""
    raw = "say %5Cu0040 now"
    inner = decoded_views(raw)[1]
    at = inner.text.index("@")
    assert raw[slice(*inner.span(at, at + 1))] == "%5Cu0040"
    assert inner.parent is not None
    assert inner.parent.parent is None


TEXT = "user=jane@example.com"


def encoded(text: str) -> str:
    """Return the base64 of a text without its padding."""
    return base64.b64encode(text.encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (f"Basic {encoded(TEXT)} now", [TEXT]),
        (f"/{encoded(TEXT)}", [TEXT]),
        (f"{encoded(TEXT)}, {encoded('twelve bytes')}", [f"{TEXT}\ntwelve bytes"]),
        (encoded("eleven byte"), []),
        (base64.urlsafe_b64encode("ÿÿÿ>>>~~~ÿ abc???".encode()).decode(), ["ÿÿÿ>>>~~~ÿ abc???"]),
        (encoded("Привет Алиса"), ["Привет Алиса"]),
        (encoded("Αλέξανδρος"), ["Αλέξανδρος"]),
        (encoded("東京タワー京都"), ["東京タワー京都"]),
        (encoded("a東京タワー京都"), ["a東京タワー京都"]),
        (encoded("ab東京タワー京都"), ["ab東京タワー京都"]),
        (encoded("Jürgen Müller"), ["Jürgen Müller"]),
        (encoded(":Jürgen Müller"), [":Jürgen Müller"]),
        (encoded("u:Jürgen Müller"), ["u:Jürgen Müller"]),
        ("/usr/lib/python3/dist-packages/torch/nn/modules/conv", []),
        ("d41d8cd98f00b204e9800998ecf8427e", []),
        ("0123456789012345678901234567890123456789", []),
        ("A" * 64, []),
        ("torch.distributed.elastic.multiprocessing.errors", []),
    ],
)
def test_base64_shows_texts_and_nothing_else(raw: str, expected: list[str]) -> None:
    """A text in base64 is shown from wherever its groups begin; words, paths and hashes are not."""
    assert [view.text for view in base64_views(raw)] == expected


@pytest.mark.parametrize("glued", ["", "/", "a/", "/ho"])
@pytest.mark.parametrize("name", ["base64_0", "base64_1", "base64_2"])
def test_base64_maps_to_whole_groups(glued: str, name: str) -> None:
    """Characters map to the groups of four that hold them, padding included."""
    raw = f"<{glued}{ENCODINGS[name].encode(TEXT)}>"
    (view,) = [view for view in base64_views(raw) if TEXT in view.text]
    at = view.text.index(TEXT)
    before = 1 + len(glued)
    skipped = int(name[-1])
    assert view.span(at, at + len(TEXT)) == (before, len(raw) - 1)
    assert view.span(at + 5, at + 9) == (
        before + (skipped + 5) // 3 * 4,
        before + (skipped + 8) // 3 * 4 + 4,
    )


@pytest.mark.parametrize("padding", ["", "=", "=="])
def test_base64_takes_only_the_padding_there_is(padding: str) -> None:
    """A cut padding is no reason to look away, nor to run past the end."""
    raw = encoded("user=jane@example.co") + padding
    (view,) = base64_views(raw)
    start, end = view.span(0, len(view.text))
    assert (start, end) == (0, min(len(raw), 28))


def test_base64_texts_of_one_run_can_share_a_group() -> None:
    """Two texts in one run, one stray byte apart, are two lines and map forwards."""
    raw = base64.b64encode(b"a text of 13b\xffanother text.").decode()
    (view,) = base64_views(raw)
    assert view.text == "a text of 13b\nanother text."
    assert view.span(12, 13) == view.span(13, 14) == view.span(14, 15) == (16, 20)


def test_base64_inside_other_encodings_is_found() -> None:
    """PHP's JSON escapes the slashes of base64; a URL is looked into afterwards."""
    inner = encoded("???>>>mail=jane%40example.com")
    raw = '"' + inner.replace("/", "\\/") + '"'
    assert "\\/" in raw
    views = [view for view in decoded_views(raw) if view.text == "???>>>mail=jane@example.com"]
    assert [view.span(0, len(view.text)) for view in views] == [(1, len(raw) - 1)]


HOSTILE = {
    "percent": "%",
    "backslash": "\\",
    "ampersand": "&",
    "escaped backslash and letter": "\\\\u",
    "percent run": "%41",
    "percent, bad bytes": "%ff",
    "hexadecimal run": "\\xff",
    "octal run": "\\303",
    "half an entity": "&amp",
    "half a number": "&#1",
    "long name": "&" + "a" * 30,
    "escapes": ESC,
    "half a colour": f"{ESC}[1",
    "parameters of a colour": "0;",
    "half a title": f"{ESC}]0",
    "invisible": "\u200b",
    "base64 that is text everywhere": "V",
    "base64 that is no text": "A",
    "base64 of letters": "aGVsbG8g",
    "base64 in short runs": "VVVVVVVVVVVVVVVV.",
    "base64 just too short": "VVVVVVVVVVVVVVV.",
}


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE.keys())
def test_views_take_linear_time(unit: str) -> None:
    """Four times the text takes about four times as long; sixteen would be quadratic.

    The time of this thread alone, tried a few times: what is quadratic is so each time.
    """

    def fastest(size: int) -> float:
        text = f"\x9b{unit * (size // len(unit))}"
        times = []
        for _ in range(3):
            begun = time.thread_time()
            decoded_views(text)
            times.append(time.thread_time() - begun)
        return min(times)

    assert any(fastest(60_000) < 10 * max(fastest(15_000), 0.001) for _ in range(5))


def test_map_is_proportional_to_the_escapes() -> None:
    """A long text with one escape has a short map."""
    decoded = decode_layer("a" * 10_000 + "%41" + "b" * 10_000)
    assert isinstance(decoded, Decoded)
    assert len(decoded.positions) == 4
