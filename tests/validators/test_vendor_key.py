"""What stands behind a vendor's prefix: keys are kept, masks and words are not."""

from __future__ import annotations

import random
import string

import pytest

from scrubber.validators import VALIDATORS
from scrubber.validators.vendor_key import vendor_key

_ALPHABETS = {
    "base62": string.ascii_letters + string.digits,
    "base64url": string.ascii_letters + string.digits + "-_",
    "hex": "0123456789abcdef",
}


@pytest.mark.parametrize(
    "value",
    [
        pytest.param("", id="empty"),
        pytest.param("hf_" + "x" * 34, id="mask_of_x"),
        pytest.param("AKCp" + "0" * 69, id="zeros"),
        pytest.param("sk-" + "*" * 30, id="stars"),
        pytest.param("sk-" + "abc" * 12, id="three_letters"),
        pytest.param("glpat-your-token-goes-here", id="words"),
        pytest.param("nvapi-" + "replace_me_" * 6, id="repeated_words"),
        pytest.param("xoxp-1-YourAccessTokenGoesHere", id="goes_here"),
        pytest.param("gsk-1-PUTYOURTOKENHERE", id="capitals_here"),
        pytest.param("hf_downloadProgressCallbackForSnapshots", id="camel_case"),
        pytest.param("hf_neighbourcelllistconfigurationdescription", id="words_without_gaps"),
    ],
)
def test_masks_and_words_are_refused(value: str) -> None:
    """What a person wrote in place of a key is no key."""
    assert not vendor_key(value)


@pytest.mark.parametrize("alphabet", sorted(_ALPHABETS))
def test_random_keys_are_accepted(alphabet: str) -> None:
    """No key of a thousand is left in the text."""
    source = random.Random(7)  # noqa: S311  # examples, not keys
    keys = ["".join(source.choices(_ALPHABETS[alphabet], k=24)) for _ in range(1000)]
    assert all(map(vendor_key, keys))


@pytest.mark.parametrize("value", ["\ud800" * 40, "é" * 1_000_000, "\x00\n" * 30])
def test_any_text_is_taken(value: str) -> None:
    """Lone surrogates and a megabyte are texts like any other."""
    assert not vendor_key(value)


def test_it_is_registered() -> None:
    """Rules call it by its name."""
    assert VALIDATORS["vendor_key"] is vendor_key
