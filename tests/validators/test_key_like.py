"""What stands behind the name of a key: random texts in one piece, not names made of pieces."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber.validators.key_like import key_like
from scrubber.validators.secret_like import token_like


@pytest.mark.parametrize(
    "value",
    [
        "a1b2c3d4e5f6",
        "0123456789abcdef" * 2,
        "01234567-89ab-cdef-0123-0123456789ab",
        "01234567-89ab-cdef-0123-012345678901",
        "live_1a2b3c4d5e6f7a8b",
        "a1-b2_c3d4e5f6a7b8c9",
        "ok_live_0a1b2c3d4e5f6a7b8c9d",
        "px_live_key_0A1b2C3d4E5f",
    ],
)
def test_a_random_text_in_one_piece_is_accepted(value: str) -> None:
    """Keys, with a prefix and with a sign here and there, and UUIDs."""
    assert key_like(value)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "video-1080p-h264",
        "orders-v2-2026-01-31",
        "run-20260131123456-a1b",
        "123456789012345678",
        "customer_id_hash_v2",
        "channel-general",
        "com.example.app2",
        "smoke_billing_0a1b2c3d4e5f_y",
        "read_creds_v3_0a1b2c3d4e5f",
        "\ud800" * 20,
    ],
)
def test_a_name_made_of_pieces_is_refused(value: str) -> None:
    """Names of things, numbers, times, and what is no text."""
    assert not key_like(value)


@given(st.text(max_size=64))
def test_nothing_is_accepted_that_does_not_look_random(value: str) -> None:
    """The check only adds to `token_like`."""
    assert token_like(value) or not key_like(value)
