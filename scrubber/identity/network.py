"""
The addresses of this machine: of its network cards, and on its networks.

Linux has both in files. Elsewhere the C library is asked for one hardware address, as `uuid` does;
the addresses on networks are left to the rules, since asking for them takes a socket.

Promise: no loopback, no address of all machines, no socket.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scrubber.lazy import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrubber.identity.machine import Machine

_CARDS: Final = "/sys/class/net"
_MOST_CARDS: Final = 128
_NOT_HEX: Final = lazy_pattern(r"[^0-9a-f]")
_DIGITS: Final = 12
_RANDOM: Final = 1 << 40
"""The bit of a group: where `uuid` found no card, it sets it in a random number (RFC 4122, 4.5)."""

_LOCAL: Final = lazy_pattern(r"\|--\s+([0-9.]{7,15})\n\s+/32 host LOCAL")
_SSH: Final = ("SSH_CLIENT", "SSH_CONNECTION")
_HEX_GROUPS: Final = lazy_pattern("....")
_IPV6_DIGITS: Final = 32


def cards(machine: Machine) -> Iterator[tuple[str, str]]:
    """Give the hardware addresses of the network cards."""
    if machine.platform == "linux":
        for card in machine.entries(_CARDS)[:_MOST_CARDS]:
            text = (machine.read(f"{_CARDS}/{card}/address") or "").strip().lower()
            digits = _NOT_HEX.sub("", text)
            # InfiniBand has 20 bytes, of which the last 8 name the card: no such address.
            if len(digits) == _DIGITS and digits not in ("0" * _DIGITS, "f" * _DIGITS):
                yield "macs", digits
    for number in machine.cards():
        if number and not number & _RANDOM and number < 1 << 48:
            yield "macs", f"{number:012x}"


def addresses(machine: Machine) -> Iterator[tuple[str, str]]:
    """Give the addresses of this machine, and those a terminal came from."""
    for name in _SSH:
        # client, port, own address, port
        for field in machine.get(name).split()[:4]:
            yield from _address(field)
    if machine.platform == "linux":
        for found in _LOCAL.findall(machine.read("/proc/net/fib_trie") or ""):
            yield from _address(found)
        for line in (machine.read("/proc/net/if_inet6") or "").splitlines():
            digits = line[:_IPV6_DIGITS]
            if len(line.split(" ", 1)[0]) == _IPV6_DIGITS:
                yield from _address(":".join(_HEX_GROUPS.findall(digits)))


def _address(text: str) -> Iterator[tuple[str, str]]:
    """Give an address in its shortest form, without the name of a card behind it."""
    import ipaddress  # 3 ms that a start should not pay

    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return
    if not (address.is_loopback or address.is_unspecified or address.is_multicast):
        yield "addresses", str(address)
