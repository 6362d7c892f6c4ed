"""A target: streams. However a text is cut into chunks, the same comes out as in one piece.

Four numbers say which rules, how it is cut and how much is looked at at once; the rest is the text.
Packaged rules look so far that only long texts are cut, so three in four are tried with small ones.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from scrubber import lines, redaction
from tests.equivalence.pairs import Pair, pieces, small
from tests.fuzz.broken import holds
from tests.fuzz.drawing import Draw
from tests.fuzz.engines import HAVE_VECTOR, both
from tests.small_rules import EVERY_KIND, scrubber

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrubber import Scrubber
    from scrubber.ledger import Located

_STRAY = "surrogateescape"


@contextmanager
def _short() -> Iterator[None]:
    """Let sections end within small texts."""
    kept = lines.SECTION, redaction.LONG
    set_lines: Any = lines
    set_redaction: Any = redaction
    set_lines.SECTION, set_redaction.LONG = 64, 1 << 30
    try:
        yield
    finally:
        set_lines.SECTION, set_redaction.LONG = kept


@cache
def _small() -> Pair:
    """Give a rule of every kind that looks a few characters far, on both engines."""
    if HAVE_VECTOR:
        return small(*EVERY_KIND)
    return Pair(scrubber(*EVERY_KIND), scrubber(*EVERY_KIND))


def check(data: bytes) -> None:
    """Check that cutting changes nothing.

    Args:
        data: how to cut, and a text.

    Raises:
        BrokenError: it does.
    """
    drawn = Draw(data)
    packaged = not drawn.number(255) % 4
    pair = both() if packaged else _small()
    size, block, repeats = drawn.number(255), drawn.number(0xFFFF), drawn.number(255) % 32 + 1
    raw = drawn.rest() * repeats
    text = raw.decode("utf-8", _STRAY)
    with _short():
        whole = _streamed(pair.reference, [text])
        holds("chunks change nothing", _streamed(pair.reference, pieces(text, size)) == whole)
        shorter = _streamed(pair.reference, pieces(text, size), block=block)
        holds("a smaller block changes nothing", shorter[0] == whole[0])
        holds(
            "chunks change nothing of a smaller block",
            _streamed(pair.reference, [text], block=block) == shorter,
        )
        _bytes_too(pair.vector, raw, size, whole[0])


def _bytes_too(one: Scrubber, raw: bytes, size: int, expected: str) -> None:
    stream = one.byte_stream()
    out = b"".join(map(stream.feed, pieces(raw, size))) + stream.finish()
    holds("bytes come out as their text", out == expected.encode("utf-8", _STRAY))


def _streamed(one: Scrubber, chunks: Any, **more: int) -> tuple[str, object, list[object]]:  # noqa: ANN401
    located: list[Located] = []
    stream = one.stream(on_finding=located.append, **more)
    out = "".join([stream.feed(chunk) for chunk in chunks]) + stream.finish()
    return out, stream.report, list(located)
