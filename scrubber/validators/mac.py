"""
Hardware addresses: 48 bits that name a device, in any notation.

Promise: what names no device (all zeros, all ones) and dates with dashes are refused, nothing else.
"""

from __future__ import annotations

from typing import Final

from scrubber.lazy import lazy_pattern

_NOT_HEX: Final = lazy_pattern(r"[^0-9A-Fa-f]")
_DIGITS: Final = 12
_PAIR: Final = 2
_NOBODYS: Final = frozenset({"0" * _DIGITS, "f" * _DIGITS})

# 26-01-31-23-59-59, as files are stamped.
_DATE: Final = lazy_pattern(
    r"[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])-(?:[01][0-9]|2[0-3])-[0-5][0-9]-[0-5][0-9]"
)


def mac_address(value: str) -> bool:
    """Tell whether a text is the hardware address of a device.

    Args:
        value: twelve hexadecimal digits, divided in any way.

    Returns:
        Whether it can name a device.

    >>> mac_address("00:00:5e:00:53:01"), mac_address("ff:ff:ff:ff:ff:ff")
    (True, False)
    """
    # Leading zeros are left out by some: 0:0:5e:0:53:1.
    full = ":".join(pair.zfill(_PAIR) for pair in value.split(":", _DIGITS))
    digits = _NOT_HEX.sub("", full).lower()
    return len(digits) == _DIGITS and digits not in _NOBODYS and _DATE.fullmatch(value) is None
