"""
Masks and words behind the prefix of a vendor's key: `hf_xxxxxxxx`, `glpat-your-token-goes-here`.

A prefix such as `glpat-` says that a key follows, so nothing else is asked of it. The checksums of
vendors are not computed, on purpose: a key with one wrong character is nearly all of a key, and a
check that refused it would leave it in the text.

Promise: refused are only texts whose end has fewer than six different characters, is made of words
in small letters, or says `Here`, and names of 26 letters and more in camel case, of
35 without; of random ends of 24 characters in base62, base64url or hex that is less
than one in a million. No word is longer than 20 letters, so small letters without a gap are a key.
"""

from __future__ import annotations

import re
from typing import Final

from scrubber.lazy import lazy_pattern

_REACH: Final = 24
_LONGEST_NAME: Final = 256
_FEWEST_CHARACTERS: Final = 6
_NO_WORD: Final = lazy_pattern(r"[0-9A-Z]|[a-z]{21}")

# hf_requiredTypesForDisplayMetadata: words, each of three letters and more, or small letters alone.
_NAME: Final = lazy_pattern(
    r"[A-Za-z0-9]{0,16}[_:-]"
    r"(?:(?=[A-Za-z]{26})[A-Z]?[a-z]{2,}(?:[A-Z][a-z]{2,}){2,}|[a-z]{35,})"
)
# RANDOMSTRINGHERE, AccessTokenHere
_HERE: Final = lazy_pattern(r".*[A-Za-z]{6}[_-]?(?:HERE|[Hh]ere)", re.DOTALL)


def vendor_key(value: str) -> bool:
    """Tell whether what stands at the end of a key with a prefix can be random.

    Args:
        value: the key.

    Returns:
        Whether it is neither a mask nor made of words in small letters.

    >>> vendor_key("hf_" + "x" * 34), vendor_key("glpat-your-token-goes-here")
    (False, False)
    >>> vendor_key("glpat-" + "0aB1cD2eF3" * 2)
    True
    """
    end = value[-_REACH:]
    if len(set(end)) < _FEWEST_CHARACTERS or _NO_WORD.search(end) is None:
        return False
    return not _NAME.fullmatch(value[:_LONGEST_NAME]) and not _HERE.fullmatch(end)
