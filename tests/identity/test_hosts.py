"""Host names and domains, short and qualified, without a query."""

from __future__ import annotations

import pytest

from scrubber.identity.collect import collect
from scrubber.identity.machine import Machine


@pytest.mark.parametrize(
    ("environ", "files", "node", "hosts", "domains"),
    [
        ({}, {}, "lab-gpu01", ("lab-gpu01",), ()),
        (
            {"HOSTNAME": "lab-gpu01.example.edu"},
            {},
            "",
            ("lab-gpu01.example.edu", "lab-gpu01"),
            ("example.edu",),
        ),
        ({}, {"/etc/hostname": "# written by x\nlab-gpu01\n"}, "", ("lab-gpu01",), ()),
        (
            {},
            {"/etc/hosts": "127.0.1.1 lab-gpu01.example.edu lab-gpu01 # x\n192.0.2.9 other\n"},
            "lab-gpu01",
            ("lab-gpu01", "lab-gpu01.example.edu"),
            ("example.edu",),
        ),
        (
            {},
            {"/etc/resolv.conf": "# x\nsearch example.edu lan\nnameserver 192.0.2.1\n"},
            "lab-gpu01",
            ("lab-gpu01", "lab-gpu01.example.edu"),
            ("example.edu",),
        ),
        ({}, {"/etc/resolv.conf": "domain eu-west-1.compute.internal"}, "x7", ("x7",), ()),
        ({}, {"/etc/resolv.conf": "search svc.cluster.local google.com"}, "x7", ("x7",), ()),
        ({"NAME": "jane-laptop7", "WSL_DISTRO_NAME": "Ubuntu"}, {}, "", ("jane-laptop7",), ()),
        ({"NAME": "a product"}, {}, "", (), ()),
        ({"DISPLAY": "lab-gpu01:10.0"}, {}, "", ("lab-gpu01",), ()),
        ({"DISPLAY": ":0"}, {}, "", (), ()),
        ({"SESSION_MANAGER": "local/lab-gpu01:@/tmp/x"}, {}, "", ("lab-gpu01",), ()),
        ({}, {}, "localhost.localdomain", (), ()),
        ({}, {}, "192.0.2.1", (), ()),
        ({}, {"/etc/hosts": "127.0.0.1 localhost lab7\n"}, "lab7", ("lab7",), ()),
    ],
)
def test_posix_names(
    environ: dict[str, str],
    files: dict[str, str],
    node: str,
    hosts: tuple[str, ...],
    domains: tuple[str, ...],
) -> None:
    """From the kernel, the variables and the files of the resolver."""
    identity = collect(Machine.of(environ, files, node=node))
    assert (identity.hosts, identity.domains) == (hosts, domains)


def test_windows_names() -> None:
    """A domain, its server, and the name with the domain behind."""
    environ = {
        "COMPUTERNAME": "LAB-PC7",
        "USERDOMAIN": "WAYNECORP",
        "USERDNSDOMAIN": "CORP.EXAMPLE.COM",
        "LOGONSERVER": "\\\\DC01",
        "SYSTEMROOT": "C:\\Windows",
    }
    files = {"C:\\Windows\\System32\\drivers\\etc\\hosts": "192.0.2.7 lab-pc7.example.org\n"}
    identity = collect(Machine.of(environ, files, platform="win32"))
    assert identity.hosts == (
        *("LAB-PC7", "lab-pc7.example.org", "DC01", "LAB-PC7.CORP.EXAMPLE.COM"),
    )
    assert identity.domains == ("example.org", "WAYNECORP", "CORP.EXAMPLE.COM")


@pytest.mark.parametrize("domain", ["WORKGROUP", "LAB-PC7", "AzureAD"])
def test_windows_domain_that_is_none(domain: str) -> None:
    """Every machine is in a work group, or a domain by itself."""
    environ = {"COMPUTERNAME": "LAB-PC7", "USERDOMAIN": domain}
    assert collect(Machine.of(environ, platform="win32")).domains == ()


def test_mac_names() -> None:
    """As people see it, and as the network does."""
    plist = (
        "<key>ComputerName</key>\n<string>Jane\u2019s MacBook Pro</string>"
        "<key>LocalHostName</key> <string>Janes-MacBook-Pro</string>"
    )
    files = {"/Library/Preferences/SystemConfiguration/preferences.plist": plist}
    identity = collect(Machine.of(files=files, platform="darwin", node="Janes-MacBook-Pro.local"))
    assert identity.hosts == (
        *("Janes-MacBook-Pro.local", "Janes-MacBook-Pro", "Jane\u2019s MacBook Pro"),
    )
    assert identity.domains == ()
