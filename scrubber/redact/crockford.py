"""
Bits as ten letters and digits that nobody misreads, and a character that checks them.

Crockford's base32 leaves out `i l o u`; its check symbol is the number modulo 37. The text is lower
case, since that is how names and hosts are written. The check is what tells a pseudonym of ours
from ten letters that somebody wrote: of those, 36 in 37 are no pseudonym.
"""

from __future__ import annotations

from typing import Final

ALPHABET: Final = "0123456789abcdefghjkmnpqrstvwxyz"
CHECKS: Final = ALPHABET + "*~$=u"
LENGTH: Final = 10
"""Characters before the check."""
_BITS: Final = 5


def encode(bits: bytes) -> str:
    """Write the first 50 bits.

    Args:
        bits: seven bytes or more.

    Returns:
        Ten characters.

    >>> encode(bytes(range(7)))
    '000g40r40m'
    """
    number = int.from_bytes(bits[:7], "big") >> 6
    return "".join(
        ALPHABET[number >> shift & 31] for shift in range(_BITS * (LENGTH - 1), -1, -_BITS)
    )


def check(text: str) -> str:
    """Give the check character of base32 text.

    >>> check("k3f9x2m7pq")
    '*'
    """
    remainder = 0
    for char in text:
        remainder = (remainder * 32 + ALPHABET.index(char)) % len(CHECKS)
    return CHECKS[remainder]
