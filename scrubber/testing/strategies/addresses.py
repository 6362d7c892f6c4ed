"""
Addresses of machines in a network, and of their cards.

Promise: every address is one of those kept for documentation (RFC 5737, RFC 3849, RFC 7042).
"""

from __future__ import annotations

from ipaddress import IPv6Address, IPv6Network
from typing import TYPE_CHECKING, Final

from hypothesis import strategies as st

from scrubber.testing.planting import Planted

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis.strategies import SearchStrategy

_FOUR: Final = ("192.0.2", "198.51.100", "203.0.113")
_SIX: Final = IPv6Network("2001:db8::/32")
_ZONES: Final = ("", "", "", "%eth0", "%en0", "%12")
_FORMS: Final[tuple[Callable[[IPv6Address], str], ...]] = (
    lambda address: address.compressed,
    lambda address: address.exploded,
    lambda address: address.compressed.upper(),
)


def _four(network: str, last: int) -> Planted:
    return Planted("IP_ADDRESS", f"{network}.{last}", (network,))


def _six(bits: int, form: Callable[[IPv6Address], str], zone: str) -> Planted:
    text = form(IPv6Address(int(_SIX.network_address) | bits))
    network = text.rpartition(":")[0]
    # What is left without the last group tells where the machine stands, if it is more than the
    # prefix that all of these have.
    parts = (network,) if len(network) > len("2001:0db8:") else ()
    return Planted("IP_ADDRESS", text + zone, (text, *parts) if zone else parts)


def _mapped(network: str, last: int) -> Planted:
    four = f"{network}.{last}"
    return Planted("IP_ADDRESS", f"::ffff:{four}", (four, network))


# Few groups that are not zero, or all of them.
_bits: Final = st.one_of(
    st.integers(1, 0xFFFF),
    st.builds(lambda high, low: high << 64 | low, st.integers(1, 0xFFFF), st.integers(0, 0xFFFF)),
    st.integers(1 << 80, (1 << 96) - 1),
)


def ipv4_addresses() -> SearchStrategy[Planted]:
    """Give addresses of the older version."""
    return st.builds(_four, st.sampled_from(_FOUR), st.integers(1, 254))


def ip_addresses() -> SearchStrategy[Planted]:
    """Give IP addresses of both versions: short, long, capitals, with a zone, mapped.

    Returns:
        Each with what is left of it without its zone, its last octet or group, and an IPv4 address
        inside an IPv6 one.

    >>> from hypothesis import find
    >>> find(ip_addresses(), lambda one: True).value
    '192.0.2.1'
    """
    return st.one_of(
        ipv4_addresses(),
        st.builds(_six, _bits, st.sampled_from(_FORMS), st.sampled_from(_ZONES)),
        st.builds(_mapped, st.sampled_from(_FOUR), st.integers(1, 254)),
    )


def _card(last: int, form: str) -> Planted:
    pairs = ["00", "00", "5e", "00", "53", f"{last:02x}"]
    text = form.join(pairs) if form != "." else "0000.5e00.53" + pairs[-1]
    return Planted("MAC_ADDRESS", text)


def mac_addresses() -> SearchStrategy[Planted]:
    """Give addresses of network cards: pairs with colons or hyphens, and groups of four.

    >>> from hypothesis import find
    >>> find(mac_addresses(), lambda one: True).value
    '00:00:5e:00:53:00'
    """
    return st.builds(_card, st.integers(0, 255), st.sampled_from((":", "-", ".")))
