"""
IPv6 addresses, in every legal form.

Written out instead of asking `ipaddress`, whose import alone costs 3 ms.

Promise: exactly the texts of RFC 4291, section 2.2, with an optional zone (RFC 4007) are read;
`ipv6` accepts those of prefixes in use, `ipv6_special` the two that name nobody.
"""

from __future__ import annotations

from typing import Final

from scrubber.lazy import lazy_pattern
from scrubber.validators.ipv4 import octets

_GROUPS: Final = 8
_GROUP: Final = lazy_pattern(r"[0-9A-Fa-f]{1,4}")
_LONGEST: Final = 45  # eight groups, the last two as a dotted quad
_MOST_COLONS: Final = 8

# Global (2000::/3), unique local (fc00::/7), link-local (fe80::/10), multicast (ff00::/8) but for
# ffff::, with which masks of networks begin.
_IN_USE: Final = ((0x2000, 0x3FFF), (0xFC00, 0xFDFF), (0xFE80, 0xFEBF), (0xFF00, 0xFFFE))
_NAT64: Final = (0x64, 0xFF9B)
_MAPPED: Final = (0, 0, 0, 0, 0, 0xFFFF)
_TRANSLATED: Final = (0, 0, 0, 0, 0xFFFF, 0)
_COMPATIBLE: Final = (0, 0, 0, 0, 0, 0)
_LOOPBACK: Final = 1
_VERSION_LIKE: Final = 0x09FF


def groups(value: str) -> tuple[int, ...] | None:
    """Read an IPv6 address.

    Args:
        value: the text, possibly with a zone after `%`.

    Returns:
        Its eight groups, or None if it is no address.

    >>> groups("2001:db8::1%eth0")
    (8193, 3512, 0, 0, 0, 0, 0, 1)
    >>> groups("2001:db8::1::2") is None
    True
    """
    address, percent, zone = value.partition("%")
    if (percent and not zone) or len(address) > _LONGEST or address.count(":") > _MOST_COLONS:
        return None
    head, gap, tail = address.partition("::")
    before = _read(head, last=not gap)
    after = _read(tail, last=True)
    if before is None or after is None:
        return None
    missing = _GROUPS - len(before) - len(after)
    if (missing < 1) if gap else missing:
        return None
    return (*before, *(0,) * missing, *after)


def ipv6(value: str) -> bool:
    """Tell whether a text is an IPv6 address that can name a host or a group.

    >>> ipv6("2001:db8::1"), ipv6("::1"), ipv6("1::2")
    (True, False, False)
    """
    found = groups(value)
    if found is None:
        return False
    if found[:6] in (_MAPPED, _TRANSLATED) or found[:2] == _NAT64:
        return True
    if found[:6] == _COMPATIBLE and "." in value:  # ::192.0.2.1, but not ::1.0.0.0
        return found[6] > _VERSION_LIKE
    return any(low <= found[0] <= high for low, high in _IN_USE)


def ipv6_special(value: str) -> bool:
    """Tell whether a text is the loopback or the unspecified IPv6 address.

    >>> ipv6_special("::1"), ipv6_special("0:0:0:0:0:0:0:0"), ipv6_special("2001:db8::1")
    (True, True, False)
    """
    found = groups(value)
    return found is not None and not any(found[:-1]) and found[-1] <= _LOOPBACK


def _read(part: str, *, last: bool) -> list[int] | None:
    """Read the groups on one side of `::`; a dotted quad may stand at the end of an address."""
    if not part:
        return []
    texts = part.split(":")
    found: list[int] = []
    for index, text in enumerate(texts):
        if _GROUP.fullmatch(text):
            found.append(int(text, 16))
            continue
        quad = octets(text) if last and index == len(texts) - 1 else None
        if quad is None:
            return None
        found += [quad[0] << 8 | quad[1], quad[2] << 8 | quad[3]]
    return found
