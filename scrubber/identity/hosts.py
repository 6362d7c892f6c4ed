"""
What this machine is called, short and fully qualified, and the domain it is in.

A host name is asked of the kernel, the variables and the files that hold it. `getfqdn` would be
simpler and is a query to DNS; the names and domains in `/etc` tell the same.

Promise: names of the local machine, and domains that routers and clouds give everybody, are left
out of the qualified names.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from scrubber.identity.default_names import default_domain, default_host
from scrubber.lazy import lazy_pattern
from scrubber.validators.host_name import host_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrubber.identity.machine import Machine

_VARIABLES: Final = ("HOSTNAME", "HOST", "COMPUTERNAME", "NODENAME", "CLIENTNAME", "REMOTEHOST")
_FILES: Final = ("/etc/hostname", "/etc/HOSTNAME", "/etc/nodename", "/proc/sys/kernel/hostname")
_NAME: Final = lazy_pattern(r"[^\s\x00-\x1f/\\:@,;=\"]{2,253}")

_MAC_NAMES: Final = "/Library/Preferences/SystemConfiguration/preferences.plist"
_MAC_NAME: Final = lazy_pattern(
    r"<key>(?:ComputerName|HostName|LocalHostName)</key>\s*<string>([^<]{1,253})</string>"
)
_MOST_LINES: Final = 2000
_MOST_DOMAINS: Final = 8
_FEWEST_FIELDS: Final = 2


def host_names(machine: Machine) -> Iterator[tuple[str, str]]:
    """Give every name of this machine."""
    for name in own_names(machine):
        yield "hosts", name
        short, _, domain = name.partition(".")
        yield "hosts", short
        yield from _domain(domain)


def own_names(machine: Machine) -> list[str]:
    """Give the names of this machine as they are written, each once."""
    found = [machine.node(), *(machine.get(name) for name in _VARIABLES)]
    # Under WSL the shell names the host so; elsewhere it may name anything.
    if machine.get("WSL_DISTRO_NAME") or machine.get("WSLENV"):
        found.append(machine.get("NAME"))
    if not machine.windows:
        # The name is the first line that is no comment.
        for path in _FILES:
            lines = (machine.read(path) or "").split("\n", 8)
            found += [line for line in map(str.strip, lines) if line[:1] not in ("", "#")][:1]
    if machine.platform == "darwin":
        found += _MAC_NAME.findall(machine.read(_MAC_NAMES) or "")
    # X11 and its session manager: `host:10.0`, `local/host:@/tmp/.ICE-unix/1`.
    found.append(machine.get("DISPLAY").partition(":")[0])
    found += re.findall(r"local/([^:,/\s]+):", machine.get("SESSION_MANAGER"))
    plain = [name.strip().strip(".") for name in found]
    return list(dict.fromkeys(name for name in plain if name and not _local(name)))


def qualified_names(machine: Machine) -> Iterator[tuple[str, str]]:
    """Give the names with domains that the files of the resolver tell."""
    own = own_names(machine)
    shorts = {name.partition(".")[0].casefold() for name in own}
    for name in _of_hosts_file(machine, shorts):
        yield "hosts", name
        yield from _domain(name.partition(".")[2])
    for domain in islice(search_domains(machine), _MOST_DOMAINS):
        if default_domain(domain) or not host_name(domain):
            continue
        yield "domains", domain
        for name in own:
            if _NAME.fullmatch(name):
                yield "hosts", f"{name.partition('.')[0]}.{domain}"


def search_domains(machine: Machine) -> Iterator[str]:
    """Give the domains a short name is looked for in."""
    if machine.windows:
        return
    for line in (machine.read("/etc/resolv.conf") or "").splitlines()[:_MOST_LINES]:
        key, *values = line.split()[:_MOST_DOMAINS] or [""]
        if key in ("domain", "search"):
            yield from (value.strip(".") for value in values)


def windows_domains(machine: Machine) -> Iterator[tuple[str, str]]:
    """Give the domain a Windows account is in, and the server that let it in."""
    own = machine.get("COMPUTERNAME").casefold()
    for name in ("USERDOMAIN", "USERDOMAIN_ROAMINGPROFILE", "USERDNSDOMAIN"):
        value = machine.get(name)
        if value.casefold() != own and not default_domain(value):
            yield "domains", value
    server = machine.get("LOGONSERVER").strip("\\")
    if not _local(server):
        yield "hosts", server
    dns = machine.get("USERDNSDOMAIN")
    if dns and machine.get("COMPUTERNAME"):
        yield "hosts", f"{machine.get('COMPUTERNAME')}.{dns}"


def _of_hosts_file(machine: Machine, shorts: set[str]) -> Iterator[str]:
    """Give every name on the lines of `/etc/hosts` that name this machine."""
    path = "/etc/hosts"
    if machine.windows:
        root = machine.get("SYSTEMROOT") or machine.get("SystemRoot") or "C:\\Windows"
        path = f"{root}\\System32\\drivers\\etc\\hosts"
    for line in (machine.read(path) or "").splitlines()[:_MOST_LINES]:
        fields = line.partition("#")[0].split()
        if len(fields) < _FEWEST_FIELDS:
            continue
        names = [name.strip(".") for name in fields[1:]]
        if shorts.isdisjoint(name.partition(".")[0].casefold() for name in names):
            continue
        yield from (name for name in names if not _local(name))


def _domain(domain: str) -> Iterator[tuple[str, str]]:
    """Give a domain that tells where somebody works or lives."""
    if domain and not default_domain(domain) and host_name(domain):
        yield "domains", domain


def _local(name: str) -> bool:
    """Tell whether a name is what every machine calls itself."""
    return name.casefold().startswith("localhost") or (default_host(name) and not host_name(name))
