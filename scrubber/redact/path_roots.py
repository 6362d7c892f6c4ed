"""
Which folder a path begins in, told by its words alone.

Most paths in a report are of machines nobody can ask: a cluster, a customer, a container. But
homes, temporary folders, packages and libraries lie where every system puts them. So the roots of
paths are known by pattern, and those of this machine besides (`Roots`).

Promise: names are compared, no file is looked at; time is linear in the number of segments.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scrubber.lazy import lazy_pattern
from scrubber.redact.file_kinds import all_technical, file_kind
from scrubber.validators.account import personal_account
from scrubber.validators.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

HOME: Final = "<home>"
TMP: Final = "<tmp>"
VENV: Final = "<venv>"
STDLIB: Final = "<stdlib>"
PACKAGES: Final = "<site-packages>"
PROJECT: Final = "<project>"


@dataclass(frozen=True, slots=True)
class Root:
    """The first folders of a path.

    Attributes:
        label: what stands for them, or "" where they name nobody and stay.
        depth: how many they are.
    """

    label: str
    depth: int


_BEFORE_HOME: Final = lazy_pattern(
    r"""
      (?: nfs | vol ) [A-Za-z0-9_\-]{0,8} | (?: fs | gpfs | nas | disk ) [A-Za-z0-9]{0,4}
    | (?: data | storage | ssd | raid | u ) [0-9]{0,3} | mnt | media | net | exports? | var | usr
    | local | srv | shared? | cluster | lustre | beegfs | ceph | cephfs | work | private | run
    | host | hostfs | rootfs | mmfs1 | hpc | tank | opt | tmp | hdfs | mapr | ifs | isilon | panfs
    | pfs | user | import | misc | remote | public | central | admin | sysroot | fsx | ddn | n
    | proc | [0-9]{1,7} | root
    """,
    re.VERBOSE,
)
_HOME: Final = lazy_pattern(r"homes?[0-9]{0,2}")
# /home/students/jane, /home/CORP/jane, /home/corp.example.com/jane, /home/j/jane
_GROUP: Final = lazy_pattern(
    r"""
      students | stud | staff | users[0-9]? | faculty | phd | grads? | undergrads? | msc | nfs | nas
    | groups? | labs? | guests | external | extern | corp | ad | domain_users | acct-[a-z0-9]{1,16}
    | \.ecryptfs | [a-z] | [a-z]{2} (?= \Z ) | 20[0-9]{2} | [A-Z][A-Z0-9]{0,11}(?:CORP|DOMAIN|NET)
    | CORP | (?: [A-Za-z0-9\-]{1,20} \. ){1,2}
      (?: com | org | net | edu | local | lan | corp | internal | example )
    """,
    re.VERBOSE | re.IGNORECASE,
)
# /home/lab1/jane, /home/cs-dept/jane: names that an account can have as well.
_LAB: Final = lazy_pattern(
    r"""
      (?: group | grp | lab | dept | team ) (?: [0-9]{1,3} | [_\-] [A-Za-z0-9]{1,16} )
    | [A-Za-z0-9]{1,16} [_\-] (?: group | grp | lab | dept | team )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_DIRECTORIES: Final = frozenset({"local", "likewise-open"})  # /home/local/CORP/jane
# Homes of some sites, and addresses of web pages; only of files with code or data are they homes.
_SHELVES: Final = words("ihome nethome nfshome people sailhome users")
_LED_BY_GROUPS: Final = frozenset({"ihome"})
_MOST_BEFORE: Final = 3
_MOST_GROUPS: Final = 2
_INITIALS: Final = 2
_OWNED: Final = 2  # a shelf and its owner
_PROFILES: Final = frozenset(
    {
        "users",
        "documents and settings",
        "dokumente und einstellungen",
        "docume~1",
        "dokume~1",
        "benutzer",
        "utilisateurs",
        "usuarios",
        "usuários",
        "utenti",
        "gebruikers",
    }
)
_MINGW: Final = words("msys msys2 msys32 msys64 cygwin cygwin64")
_WSL: Final = words("wsl$ wsl.localhost")
# A name, and no variable of a template: $USER, {name}, %s, <user>.
_NAME: Final = lazy_pattern(r"[\w\x80-\U0010FFFF][^$%{}<>*]{0,63}")
PLACEHOLDER: Final = lazy_pattern(r"\[[a-z][^\[\]\x00-\x1f]{0,40}\]")

_TMP: Final = (
    ("tmp",),
    ("var", "tmp"),
    ("private", "tmp"),
    ("private", "var", "tmp"),
)
_WINDOWS_TMP: Final = (
    ("appdata", "local", "temp"),
    ("windows", "temp"),
    ("locals~1", "temp"),
    ("local settings", "temp"),
)
_PYTHON: Final = lazy_pattern(r"python[23]\.[0-9]{1,2}t?")
_WINDOWS_PYTHON: Final = lazy_pattern(r"python[23][0-9]{1,2}(?:-(?:32|64|arm64))?")
_PACKAGES: Final = frozenset({"site-packages", "dist-packages"})
_CONDA: Final = words("miniconda3 anaconda3 miniforge3 mambaforge miniconda anaconda micromamba")
_VENVS: Final = words(".venv venv env .virtualenv virtualenv") | _CONDA
_VENV_SHELVES: Final = frozenset({"virtualenvs", ".virtualenvs", "envs"})
_PROGRAMS: Final = frozenset({"bin", "scripts"})


def roots_by_pattern(names: Sequence[str], *, windows: bool) -> list[Root]:
    """Give every root that the words of a path tell of.

    Args:
        names: its segments, plain; for Windows without the drive.
        windows: whether letters are compared in any case.

    Returns:
        The roots, in no order; the longest is the one.

    >>> roots_by_pattern(["home", "jane", "x.py"], windows=False)
    [Root(label='<home>', depth=2)]
    """
    folded = [name.casefold() for name in names]
    found = [_windows_home(names, folded)] if windows else [_home(names)]
    found += [_tmp(folded, windows=windows), _packages(folded), _stdlib(folded), _venv(folded)]
    return [one for one in found if one is not None]


def personal_home(name: str) -> bool:
    """Tell whether a home's name is a person's, or at least no account's of an image."""
    return PLACEHOLDER.fullmatch(name) is None and personal_account(name)


def _home(names: Sequence[str]) -> Root | None:
    if names[:1] == ["root"]:
        return Root("", 1)
    if names[:1] and names[0] in _SHELVES:
        return _shelved(names)
    for at in range(min(len(names) - 1, _MOST_BEFORE + 1)):
        before = names[:at]
        if names[at] == "Users" and (not at or _mac_volume(before)):
            return _named(names, at + 1)
        if _HOME.fullmatch(names[at]) and (_before_home(before) or _mac_volume(before)):
            return _named(names, at + 1, groups=_MOST_GROUPS)
    return None


def _shelved(names: Sequence[str]) -> Root | None:
    """Give the home on a shelf that web pages have as well: `/users/jane/x.py`."""
    if len(names) <= _OWNED or not file_kind(names[-1]).kind:
        return None
    home = _named(names, 1, groups=_MOST_GROUPS)
    if home is None or home.depth >= len(names) or all_technical(names[home.depth - 1]):
        return None
    owned = names[home.depth : -1]
    if names[0] in _LED_BY_GROUPS and home.depth == _OWNED and owned:
        return home if all_technical(owned[0]) else Root(HOME, home.depth + 1)
    return home


def _before_home(names: Sequence[str]) -> bool:
    if names[:1] == ["net"] and len(names) == 2:  # noqa: PLR2004  # a server
        return True
    return all(_BEFORE_HOME.fullmatch(name) for name in names)


def _mac_volume(names: Sequence[str]) -> bool:
    before = list(names)
    return (
        before in (["System", "Volumes", "Data"], ["private"], ["host"])
        or (len(before) == 2 and before[0] in ("Volumes", "net"))  # noqa: PLR2004
        or (len(before) == 3 and before[:2] == ["Network", "Servers"])  # noqa: PLR2004
    )


def _named(names: Sequence[str], at: int, *, groups: int = 0) -> Root | None:
    """Give the home whose owner stands at a place, or further on behind groups of users."""
    if groups and len(names) > at + 2 and names[at] in _DIRECTORIES and names[at + 1].isupper():
        at += 2
    while groups and at + 1 < len(names):
        group, after = names[at], names[at + 1]
        if not _GROUP.fullmatch(group) and (not _LAB.fullmatch(group) or all_technical(after)):
            break
        if _NAME.fullmatch(after) is None or file_kind(after).kind:
            break
        if len(group) <= _INITIALS and not after.startswith(group):
            break
        at += 1
        groups -= 1
    if at >= len(names):
        return None
    name = names[at]
    if PLACEHOLDER.fullmatch(name) is None and _NAME.fullmatch(name) is None:
        return None
    return Root(HOME if personal_home(name) else "", at + 1)


def _windows_home(names: Sequence[str], folded: Sequence[str]) -> Root | None:
    if folded[:1] and folded[0] in _WSL and folded[2:3] == ["home"]:
        return _named(names, 3)
    if folded[:1] and folded[0] in _MINGW and folded[1:2] == ["home"]:
        return _named(names, 2)
    if folded[:1] and folded[0] in _PROFILES:
        return _named(names, 1)
    return _named(names, 2) if folded[:2] == ["winnt", "profiles"] else None


def _tmp(folded: Sequence[str], *, windows: bool) -> Root | None:
    if not windows:
        for one in _TMP:
            if tuple(folded[: len(one)]) == one:
                return Root(TMP, len(one))
        start = 1 if folded[:1] == ["private"] else 0
        if list(folded[start : start + 2]) == ["var", "folders"] and len(folded) > start + 4:
            return Root(TMP, start + 5) if folded[start + 4] == "t" else None
    if "temp" not in folded:
        return None
    for one in _WINDOWS_TMP:
        for at in range(min(len(folded), 12) - len(one) + 1):
            if tuple(folded[at : at + len(one)]) == one:
                return Root(TMP, at + len(one))
    return None


def _packages(folded: Sequence[str]) -> Root | None:
    depths = [at + 1 for at, name in enumerate(folded) if name in _PACKAGES]
    return Root(PACKAGES, depths[-1]) if depths else None


def _stdlib(folded: Sequence[str]) -> Root | None:
    if "lib" not in folded and "lib64" not in folded:
        return None
    for at in range(len(folded) - 2, -1, -1):
        name, after = folded[at : at + 2]
        if name in ("lib", "lib64") and _PYTHON.fullmatch(after):
            return Root(STDLIB, at + 2)
        environment = name in _CONDA or (at and folded[at - 1] in _VENV_SHELVES)
        if after == "lib" and len(folded) > at + 2:
            python = _WINDOWS_PYTHON.fullmatch(name) is not None
            packages = folded[at + 2] not in _PACKAGES and not _PYTHON.fullmatch(folded[at + 2])
            if python or (environment and packages and folded[-1].endswith(".py")):
                return Root(STDLIB, at + 2)
    return None


def _venv(folded: Sequence[str]) -> Root | None:
    if _PROGRAMS.isdisjoint(folded):
        return None
    for at in range(len(folded) - 2, -1, -1):
        if folded[at + 1] in _PROGRAMS and (
            folded[at] in _VENVS or (at and folded[at - 1] in _VENV_SHELVES)
        ):
            return Root(VENV, at + 1)
    return None
