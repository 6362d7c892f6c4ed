"""Sections of a document, scrubbed apart and put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber import lines, sections
from scrubber.lines import LineStream
from scrubber.sections import Joint, Section, parts
from tests.small_rules import EVERY_KIND, scrubber

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scrubber.report import Report

pytest.importorskip("hyperscan", reason="lines are told apart by Vectorscan")

LINE = b"mail jane@example.com ok\n"
PIECES = (
    LINE,
    b"clean\n",
    b"\n",
    b"caf\xc3\xa9 \xff\xfe\n",
    b"--BEGIN--\n",
    b"abcd\n",
    b"--END--\n",
    b"over:\n",
    b"123456 left\n",
    b"over: 12",
    b'pw="one ',
    b'two" key=abc\n',
    b"b64,QUJD",
    b"12345678\n",
    b"x" * 700 + b"\n",
    b"\\n--BEGIN--\\nab",
    b'{"a": "over:\\n12"}\n',
    b'{"a":\n"mail jane@example.com", "b":\n12345678}\n',
)


@pytest.fixture(scope="module")
def small() -> Iterator[LineStream]:
    """A document under a few small rules, with sections of a few hundred bytes."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (lines, sections):
            patch.setattr(module, "SECTION", 256)
        document = scrubber(*EVERY_KIND, engine="vector").byte_stream()
        assert isinstance(document, LineStream)
        yield document


def whole(document: LineStream, data: bytes) -> tuple[bytes, Report]:
    """Scrub a document with one stream."""
    stream = document.another(first=True)
    return stream.feed(data) + stream.finish(), stream.report


def in_sections(document: LineStream, found: Sequence[Section]) -> tuple[bytes, Report]:
    """Scrub sections apart and put them together."""
    joint = Joint(document)
    out = [
        piece
        for one in found
        for piece in joint.join(one, tuple(parts(document, one)) if one.whole else ())
    ]
    return b"".join(out), joint.report


@given(
    pieces=st.lists(st.sampled_from(PIECES), max_size=60).map(lambda one: one * 8),
    chunk=st.integers(1, 5000),
    size=st.integers(256, 3000),
)
def test_sections_give_what_one_stream_gives(
    small: LineStream, pieces: list[bytes], chunk: int, size: int
) -> None:
    """Any cuts, also amid what a rule over several lines finds, and amid a blob."""
    data = b"".join(pieces)
    chunks = [data[at : at + chunk] for at in range(0, len(data), chunk)]
    found = list(sections.sections(chunks, small.near, size))
    assert b"".join(one.text[: one.size] for one in found) == data
    assert in_sections(small, found) == whole(small, data)
