"""
What stands for an identity: a placeholder where any text may stand, a valid value where not.

A server that reads an e-mail field as an address refuses `[email]`, or drops the user with it. So
that field keeps the form of one, at a name that can never be registered (RFC 2606, section 2).

Promise: what it gave comes back unchanged when given to it again.
"""

from __future__ import annotations

from typing import Final

from scrubber.lazy import lazy_pattern

EMAIL: Final = "EMAIL_ADDRESS"
NOWHERE: Final = "redacted.invalid"
"""The domain of addresses that stand for others."""

_OURS: Final = lazy_pattern(r"(?:email|[0-9a-z*~$=]{11})@redacted\.invalid")
_TOKEN: Final = lazy_pattern(r"\[email:[~#](?P<token>[0-9a-z*~$=]{11})\]")


def stays(entity: str, text: str) -> bool:
    """Tell whether a text already stands for an identity of this entity."""
    return entity == EMAIL and _OURS.fullmatch(text) is not None


def valid(entity: str, new: str) -> str:
    """Give a replacement the form that its place asks for.

    Args:
        entity: what stood there.
        new: what any text would have instead.

    Returns:
        The same, or an address.

    >>> valid("EMAIL_ADDRESS", "[email]"), valid("USERNAME", "[user]")
    ('email@redacted.invalid', '[user]')
    """
    if entity != EMAIL or "@" in new:
        return new
    token = _TOKEN.fullmatch(new)
    return f"{token['token'] if token else 'email'}@{NOWHERE}"
