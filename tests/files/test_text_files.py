"""Bytes become text and come back as the same bytes, in every encoding and however they are cut."""

from __future__ import annotations

import codecs
import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber.errors import InputError
from scrubber.files.opened import Opened
from scrubber.files.passing import pass_through
from scrubber.files.text_files import Decoder, detect

if TYPE_CHECKING:
    from scrubber.pipeline import Scrubber

MARKS = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}
WIDE = [codec for codec in MARKS if codec != "utf-8"]
LINE = "mail jane@example.com, ok \N{SNOWMAN} \N{GRINNING FACE}\r\n"
REDACTED = "mail [email], ok \N{SNOWMAN} \N{GRINNING FACE}\r\n"

any_text = st.text(st.characters(exclude_categories=()))


def there_and_back(data: bytes, cuts: list[int] | None = None) -> bytes:
    """Decode data in pieces and encode the text again."""
    text_format = detect(data[:4096])
    decoder = Decoder(text_format)
    out = [text_format.mark]
    rest = data[len(text_format.mark) :]
    for cut in cuts or []:
        out.append(text_format.encode(decoder.decode(rest[:cut])))
        rest = rest[cut:]
    out.append(text_format.encode(decoder.decode(rest)))
    text, tail = decoder.finish()
    return b"".join([*out, text_format.encode(text), tail])


def redacted(scrubber: Scrubber, data: bytes) -> tuple[bytes, int]:
    """Redact data as the command does; give what comes out, and the count of findings."""
    out = io.BytesIO()
    report = pass_through(scrubber, Opened(io.BytesIO(data)), out.write)
    return out.getvalue(), report.findings


@given(st.binary(), st.lists(st.integers(0, 9)))
def test_any_bytes_come_back(data: bytes, cuts: list[int]) -> None:
    """Bytes of no encoding at all are kept exactly."""
    assert there_and_back(data, cuts) == data


@given(any_text, st.sampled_from(sorted(MARKS)), st.lists(st.integers(0, 9)), st.binary(max_size=3))
def test_marked_text_comes_back(text: str, codec: str, cuts: list[int], tail: bytes) -> None:
    """Text behind a byte order mark comes back, lone surrogates and an odd end too."""
    data = MARKS[codec] + text.encode(codec, "surrogatepass") + tail
    assert there_and_back(data, cuts) == data


@given(any_text, st.sampled_from(WIDE), st.lists(st.integers(0, 9)))
def test_unmarked_text_comes_back(text: str, codec: str, cuts: list[int]) -> None:
    """Text without a mark comes back whether it is recognised or not."""
    data = text.encode(codec, "surrogatepass")
    assert there_and_back(data, cuts) == data


@given(any_text, st.sampled_from(WIDE), st.lists(st.integers(0, 9)))
def test_cuts_do_not_change_the_text(text: str, codec: str, cuts: list[int]) -> None:
    """A character that is cut in two is one character."""
    data = text.encode(codec, "surrogatepass")
    text_format = detect(MARKS[codec])
    whole, cut = Decoder(text_format), Decoder(text_format)
    pieces = []
    rest = data
    for size in cuts:
        pieces.append(cut.decode(rest[:size]))
        rest = rest[size:]
    pieces.append(cut.decode(rest))
    expected = whole.decode(data) + whole.finish()[0]
    assert "".join(pieces) + cut.finish()[0] == expected


@pytest.mark.parametrize("codec", MARKS)
def test_mark_decides(codec: str) -> None:
    """A byte order mark tells the encoding, even where nothing follows it."""
    found = detect(MARKS[codec])
    assert (found.codec, found.mark) == (codec, MARKS[codec])


@pytest.mark.parametrize("codec", WIDE)
@pytest.mark.parametrize(
    "text", ["a", "2026-01-01 ok\r\n", "日志 ok: 文件 x 不存在\n" * 9, "ж: 1\n"]
)
def test_nul_pattern_decides(codec: str, text: str) -> None:
    """Without a mark the NULs of ASCII characters tell the encoding."""
    assert detect(text.encode(codec)).codec == codec


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"a",
        b"plain\n",
        b"\x00\x00\x00\x00",
        b"\x00" * 4096,
        b"PATH=/bin\x00HOME=/root\x00USER=root\x00",
        b"ok\n" + b"\x00" * 64 + b"more\n",
        "é".encode("latin-1") * 50,
        codecs.BOM_UTF32_LE + b"\xff\xff\xff\xff",
    ],
)
def test_everything_else_is_read_as_utf8(data: bytes) -> None:
    """NULs in a log, holes in it and other encodings are no reason to read it as UTF-16."""
    assert detect(data).codec in ("utf-8", "utf-16-le" if data.startswith(b"\xff\xfe") else "utf-8")


def test_unit_that_is_no_character_is_replaced() -> None:
    """A UTF-32 unit that is no character becomes U+FFFD, and what follows is still read."""
    head = codecs.BOM_UTF32_LE + ("x" * 2000).encode("utf-32-le")
    data = head + b"\xff\xff\xff\xff" + "y".encode("utf-32-le")
    assert there_and_back(data) == head + "\ufffdy".encode("utf-32-le")


@pytest.mark.parametrize("mark", [True, False], ids=["marked", "bare"])
@pytest.mark.parametrize("codec", [*MARKS, "latin-1"])
def test_findings_go_and_the_rest_stays(scrubber: Scrubber, codec: str, *, mark: bool) -> None:
    """What is found is replaced in the encoding of the file, line ends and all else kept."""
    line, expected = LINE, REDACTED
    if codec == "latin-1":
        line, expected = (
            one.replace("\N{SNOWMAN} \N{GRINNING FACE}", "é") for one in (line, expected)
        )
    head = MARKS.get(codec, b"") if mark else b""
    data = head + (line * 3).encode(codec)
    assert redacted(scrubber, data) == (head + (expected * 3).encode(codec), 3)


@given(
    data=st.binary(max_size=200) | any_text.map(lambda text: text.encode("utf-16", "surrogatepass"))
)
def test_file_without_findings_comes_back(scrubber: Scrubber, data: bytes) -> None:
    """Through the whole engine, too, a file in which nothing is found is the same bytes."""
    try:
        out, findings = redacted(scrubber, data)
    except InputError:  # the few bytes that begin a compressed file
        assert not data.isascii()
    else:
        assert findings or out == data
