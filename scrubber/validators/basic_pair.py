"""
What follows `Basic`: the base64 of a user, a colon and a password.

Promise: nothing is taken for one that does not decode to printable text with a colon in it.
"""

from __future__ import annotations

import binascii


def basic_pair(value: str) -> bool:
    """Tell whether a text is the base64 of `user:password`.

    Args:
        value: what follows the word `Basic`.

    >>> basic_pair("amFuZTpodW50ZXIy"), basic_pair("Authentication")
    (True, False)
    """
    try:
        plain = binascii.a2b_base64(value + "=" * (-len(value) % 4)).decode()
    except ValueError:
        return False
    user, colon, password = plain.partition(":")
    return bool(user and colon and password) and plain.isprintable()
