"""Addresses of cards and networks, from files."""

from __future__ import annotations

import pytest

from scrubber.identity.collect import collect
from scrubber.identity.machine import Machine

TRIE = """Main:
  +-- 192.0.2.0/24 2 0 2
     |-- 192.0.2.0
        /24 link UNICAST
     |-- 192.0.2.7
        /32 host LOCAL
Local:
     |-- 127.0.0.1
        /32 host LOCAL
     |-- 192.0.2.7
        /32 host LOCAL
     |-- 192.0.2.255
        /32 link BROADCAST
"""
INET6 = """20010db8000000000000000000000007 02 40 00 80 eth0
00000000000000000000000000000001 01 80 10 80 lo
fe80000000000000020 bad
"""


def test_linux_addresses() -> None:
    """Own ones only: no network, no broadcast, no loopback."""
    files = {"/proc/net/fib_trie": TRIE, "/proc/net/if_inet6": INET6}
    assert collect(Machine.of(files=files)).addresses == ("192.0.2.7", "2001:db8::7")


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"SSH_CONNECTION": "198.51.100.7 50000 192.0.2.7 22"}, ("198.51.100.7", "192.0.2.7")),
        ({"SSH_CLIENT": "2001:db8::9%eth0 50000 22"}, ("2001:db8::9",)),
        ({"SSH_CLIENT": "127.0.0.1 50000 22"}, ()),
        ({"SSH_CLIENT": "224.0.0.251 50000 22"}, ()),
        ({"SSH_CLIENT": "x"}, ()),
    ],
)
def test_addresses_of_a_terminal(environ: dict[str, str], expected: tuple[str, ...]) -> None:
    """Who came, and where to."""
    assert collect(Machine.of(environ, platform="darwin")).addresses == expected


def test_cards() -> None:
    """Twelve digits each; no loopback, and nothing that has another length."""
    files = {
        "/sys/class/net/eth0/address": "00:00:5E:00:53:01\n",
        "/sys/class/net/lo/address": "00:00:00:00:00:00\n",
        "/sys/class/net/ib0/address": "00:00:5e:" * 6 + "00:01\n",
        "/sys/class/net/tun0/address": "\n",
    }
    assert collect(Machine.of(files=files)).macs == ("00005e005301",)
    assert collect(Machine.of(files=files, platform="darwin")).macs == ()


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ((0x00005E005301,), ("00005e005301",)),
        ((0x01005E005301,), ()),  # made up, where there is no card
        ((0,), ()),
        ((1 << 48,), ()),
    ],
)
def test_cards_of_the_c_library(numbers: tuple[int, ...], expected: tuple[str, ...]) -> None:
    """As `uuid` reads them."""
    assert collect(Machine(platform="win32", cards=lambda: numbers)).macs == expected
