"""
Is a random-looking text long enough in one piece to be a key?

After `stream_key` or `HEROKU_KEY` stand keys, and names of things: `video-1080p-h264`,
`orders-v2-2026-01-31`. Letters and digits mix in both; but names are made of short pieces and
numbers, and a key has no reason to be interrupted so often.

Promise: nothing is accepted that `token_like` refuses, nor two words with a hash of at most sixteen
digits behind them; UUIDs, and texts of twelve letters and
digits and more without signs, are judged by `token_like` alone.
"""

from __future__ import annotations

from typing import Final

from scrubber.lazy import lazy_pattern
from scrubber.validators.secret_like import token_like

_REACH: Final = 1024
_PIECE: Final = lazy_pattern(r"[A-Za-z0-9]{12,}")
# test_integration_0a1b2c3d4e5f_x, load_creds_v2_20260a1b: words, then a short number or hash.
_WORDS: Final = lazy_pattern(
    r"(?:[a-z]{3,15}[_-]){2,6}(?:v[0-9]{1,3}[_-])?(?:[0-9a-f]{6,16}|[0-9a-f]{6,40}[_-][a-z]{1,4})"
)
_UUID: Final = lazy_pattern(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")


def key_like(value: str) -> bool:
    """Tell whether a text looks random and has a piece of twelve letters and digits.

    Args:
        value: the candidate.

    Returns:
        Whether it can be a key.

    >>> key_like("a1b2c3d4e5f6"), key_like("video-1080p-h264"), key_like("run-20260131123456-a1")
    (True, False, False)
    """
    text = value[:_REACH]
    if _WORDS.fullmatch(text):
        return False
    whole = any(not piece.isdigit() for piece in _PIECE.findall(text))
    return (whole or _UUID.fullmatch(text) is not None) and token_like(text)
