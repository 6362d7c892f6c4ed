"""
What git knows: name and mail address of whoever commits, owners of remotes, secrets in their URLs.

The files are read as git reads them: of the system, of the account, of the repository that the
working directory or the main script lies in, also where `.git` is a file (worktrees, submodules).
"""

from __future__ import annotations

import binascii
import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from scrubber.identity.accounts import mail, person
from scrubber.identity.git_config import Entry, read_config
from scrubber.identity.remotes import credentials, remote
from scrubber.lazy import lazy_pattern
from scrubber.validators.secret_like import token_like

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrubber.identity.machine import Machine

_PEOPLE: Final = ("user", "author", "committer")
_MOST_VARIABLES: Final = 64
_DEEPEST: Final = 32
_MOST_ENTRIES: Final = 4000
_URL: Final = lazy_pattern(r"[a-z][a-z0-9+.\-]{1,15}://([^/@\s]+)@", re.IGNORECASE)


def git_names(machine: Machine) -> Iterator[tuple[str, str]]:
    """Give everything the configuration of git tells."""
    home = machine.get("HOME") or machine.get("USERPROFILE")
    paths = [*_global_files(machine, home), *_repository_files(machine)]
    yield from _of_entries(read_config(machine, paths, home))
    yield from _of_entries(_of_environment(machine))


def _of_entries(entries: Iterator[Entry]) -> Iterator[tuple[str, str]]:
    for entry in islice(entries, _MOST_ENTRIES):
        yield from _of_entry(entry)


def _of_entry(entry: Entry) -> Iterator[tuple[str, str]]:
    yield from _of_person(entry)
    yield from _of_url(entry)
    match entry:
        case Entry(section="sendemail", name="smtppass", value=value):
            yield "secrets", value
        case Entry(name="token" | "password" | "oauthtoken", value=value):
            yield "secrets", value
        case Entry(section="http", name="extraheader", value=value):
            yield from _header(value)


def _of_person(entry: Entry) -> Iterator[tuple[str, str]]:
    match entry:
        case Entry(section=section, name="name", value=value) if section in _PEOPLE:
            yield "names", value
        case Entry(section=section, name="email", value=value) if section in _PEOPLE:
            yield from mail(value)
        case Entry(section="sendemail", name="from" | "smtpuser" | "to" | "cc", value=value):
            yield from person(value) if "@" in value else (("accounts", value),)
        case Entry(name="user" | "username" | "login", value=value):
            # github.user, gitlab.user, credential.<url>.username
            yield "accounts", value


def _of_url(entry: Entry) -> Iterator[tuple[str, str]]:
    match entry:
        case Entry(section="remote" | "submodule", name="url" | "pushurl" | "proxy", value=value):
            yield from remote(value)
        case Entry(section="url", subsection=base, name="insteadof" | "pushinsteadof", value=value):
            yield from remote(base)
            yield from remote(value)
    for found in _URL.findall(entry.subsection):
        yield from credentials(found)
    if entry.section in ("http", "https", "core"):
        for found in _URL.findall(entry.value):
            yield from credentials(found)


def _header(value: str) -> Iterator[tuple[str, str]]:
    """Give the secret of `Authorization: Basic ...`, and what base64 hides in it."""
    secret = value.rpartition(" ")[2]
    if not token_like(secret):
        return
    yield "secrets", secret
    try:
        plain = binascii.a2b_base64(secret, strict_mode=True).decode("ascii")
    except ValueError:
        return
    yield from credentials(plain)


def _global_files(machine: Machine, home: str) -> list[str]:
    join = machine.path.join
    xdg = machine.get("XDG_CONFIG_HOME")
    paths = [machine.get("GIT_CONFIG_SYSTEM") or "/etc/gitconfig", machine.get("GIT_CONFIG_GLOBAL")]
    if xdg:
        paths.append(join(xdg, "git", "config"))
    if home:
        paths += [join(home, ".config", "git", "config"), join(home, ".gitconfig")]
    return [path for path in paths if path]


def _repository_files(machine: Machine) -> list[str]:
    found = []
    for folder in git_folders(machine):
        common = (machine.read(machine.path.join(folder, "commondir")) or "").strip()
        shared = _joined(machine, folder, common) if common else folder
        found += [
            machine.path.join(shared, "config"),
            machine.path.join(folder, "config.worktree"),
        ]
    return list(dict.fromkeys(found))


def git_folders(machine: Machine) -> list[str]:
    """Give the folders git keeps its files in, of the repositories this process works in."""
    join, parent = machine.path.join, machine.path.dirname
    found = [machine.get("GIT_DIR")]
    for start in (machine.cwd(), parent(machine.main())):
        folder = start
        for _ in range(_DEEPEST):
            if not folder:
                break
            place = join(folder, ".git")
            if machine.exists(place):
                link = machine.read(place)
                if link is None:
                    found.append(place)
                elif link.startswith("gitdir:"):
                    target = link.partition(":")[2].strip().partition("\n")[0]
                    found.append(_joined(machine, folder, target))
                break
            if parent(folder) == folder:
                break
            folder = parent(folder)
    return [path for path in dict.fromkeys(found) if path]


def _joined(machine: Machine, folder: str, path: str) -> str:
    joined = path if machine.absolute(path) else machine.path.join(folder, path)
    return str(machine.path.normpath(joined))


def _of_environment(machine: Machine) -> Iterator[Entry]:
    """Give the entries set by variables: `GIT_CONFIG_KEY_0`, `GIT_CONFIG_VALUE_0` and on."""
    count = machine.get("GIT_CONFIG_COUNT")
    if not count.isdecimal() or len(count) > len(str(_MOST_VARIABLES)):
        return
    for number in range(min(int(count), _MOST_VARIABLES)):
        key = machine.get(f"GIT_CONFIG_KEY_{number}")
        section, _, rest = key.partition(".")
        subsection, _, name = rest.rpartition(".")
        yield Entry(
            section.lower(), subsection, name.lower(), machine.get(f"GIT_CONFIG_VALUE_{number}")
        )
