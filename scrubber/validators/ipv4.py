"""
Four numbers with dots: an address, an address that names nobody, or a version.

`10.1.2.3` is an address and `2.1.0.1` may be either. The numbers alone settle most cases: releases
count up from 1, so their first three parts are small, and few networks have such numbers. A rule
that knows an address by the words around it takes those too.

Promise: no text satisfies two of `ipv4`, `ipv4_version_like` and `ipv4_special`.
"""

from __future__ import annotations

from typing import Final

_PARTS: Final = 4
_OCTETS: Final = {str(number): number for number in range(256)}

# First octets (RFC 6890): "this network", loopback, multicast and reserved.
_THIS_NETWORK: Final = 0
_LOOPBACK: Final = 127
_PRIVATE: Final = 10
_MULTICAST: Final = 224
_RESERVED: Final = 240

_NOBODYS: Final = frozenset({(0, 0, 0, 0), (255, 255, 255, 255)})

# What versions of libraries reach in their first three parts (nvidia-cublas 12.9.1, opencv 4.12.0).
_MAJOR_MAX: Final = 25
_MINOR_MAX: Final = 30
_PATCH_MAX: Final = 30
_PATCH_OF_BETAS: Final = 99


def octets(value: str) -> tuple[int, ...] | None:
    """Read a dotted quad.

    Args:
        value: the text.

    Returns:
        Its four octets, or None if it is not four decimal numbers up to 255 without leading zeros.

    >>> octets("192.0.2.1"), octets("192.0.2.256"), octets("192.0.02.1")
    ((192, 0, 2, 1), None, None)
    """
    found = [_OCTETS.get(part) for part in value.split(".", _PARTS)]
    if len(found) != _PARTS or None in found:
        return None
    return tuple(found)  # type: ignore[arg-type]  # mypy does not see it


def ipv4(value: str) -> bool:
    """Tell whether a text is the address of a host and no version.

    >>> ipv4("192.0.2.1"), ipv4("127.0.0.1"), ipv4("2.1.0.1")
    (True, False, False)
    """
    found = octets(value)
    return found is not None and _names_host(found) and not _counts_releases(found)


def ipv4_version_like(value: str) -> bool:
    """Tell whether a text is the address of a host, but could be a version as well.

    >>> ipv4_version_like("2.1.0.1"), ipv4_version_like("192.0.2.1")
    (True, False)
    """
    found = octets(value)
    return found is not None and _names_host(found) and _counts_releases(found)


def ipv4_dashed(value: str) -> bool:
    """Tell whether four numbers with dashes are the address of a host, as names have it.

    >>> ipv4_dashed("192-0-2-1"), ipv4_dashed("127-0-0-1")
    (True, False)
    """
    found = octets(value.replace("-", "."))
    return found is not None and _names_host(found)


def ipv4_special(value: str) -> bool:
    """Tell whether a text is an address that names nobody: loopback, multicast, any and all.

    >>> ipv4_special("127.0.0.1"), ipv4_special("0.0.0.0"), ipv4_special("192.0.2.1")
    (True, True, False)
    """
    found = octets(value)
    return found is not None and (
        found[0] == _LOOPBACK or found in _NOBODYS or _MULTICAST <= found[0] < _RESERVED
    )


def _names_host(found: tuple[int, ...]) -> bool:
    return found[0] not in {_THIS_NETWORK, _LOOPBACK} and found[0] < _MULTICAST


def _counts_releases(found: tuple[int, ...]) -> bool:
    major, minor, patch, _ = found
    small = patch <= _PATCH_MAX or patch == _PATCH_OF_BETAS
    return major <= _MAJOR_MAX and major != _PRIVATE and minor <= _MINOR_MAX and small
