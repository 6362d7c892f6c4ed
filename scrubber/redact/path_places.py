"""
What lies where no known root is: software, disks for data, and folders that hold both.

A file of a system says which version of it runs, and nothing of anyone; a disk for data is divided
among people and patients. Where both lie side by side (`/var`, `/opt`), only files that show people
lose their name.

Promise: names are compared, no file is looked at.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from scrubber.lazy import lazy_pattern
from scrubber.validators.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

_SOFTWARE: Final = lazy_pattern(r"usr|bin|sbin|lib(?:32|64|x32|exec)?|etc|nix|snap|rustc|boot")
_MAC_SOFTWARE: Final = frozenset({"System", "Library", "Applications"})
_OPT_SOFTWARE: Final = lazy_pattern(
    r"""
    (?: mini | ana )? conda3? | miniforge3? | mambaforge | micromamba | homebrew | python[0-9.]*
    | nvidia | intel | amd | rocm(?:-[0-9.]+)? | cuda(?:-[0-9.]+)? | ros | java | jdk.* | google
    | microsoft | hostedtoolcache | amazon | aws | az | bitnami | cray | slurm | containerd | cni
    | tritonserver | ibm | oracle | local | pyenv | rustup | cargo | node.* | gcc.* | llvm.*
    """,
    re.VERBOSE,
)
_WINDOWS_SOFTWARE: Final = lazy_pattern(
    r"windows|winnt|program files(?: \(x86\)| \(arm\))?|progra~[0-9]|python[23][0-9]{1,2}"
    r"|hostedtoolcache"
)
_PROGRAM_DATA: Final = words("miniconda3 anaconda3 miniforge3 mambaforge chocolatey")
# Below the root of a web server, and of no file system.
_WEB: Final = words("api assets css fonts icons images img js public static")
_TOP: Final = words("app home root tmp Users work workspace")
_MIXED: Final = words("opt var run dev proc sys")
_ANDROID: Final = (("data", "data"), ("data", "user"), ("data", "app"), ("storage", "emulated"))
_MOUNTS: Final = (("run", "media"), ("dev", "shm"))
_MOUNT: Final = lazy_pattern(
    r"""
      (?: data | scratch | raid | nfs | gpfs | lustre | ssd | hdd | disk | nas | storage | share )
      [sd]? (?: [0-9_\-] [\w\-]{0,24} )?
    | mnt | media | volumes | srv | content | kaggle | fsx | efs | projects | datasets | exports?
    | beegfs | cephfs
    """,
    re.VERBOSE | re.IGNORECASE,
)


def software(names: Sequence[str], *, windows: bool) -> bool:
    """Tell whether a path lies where systems keep programs, which name nobody."""
    folded = [name.casefold() for name in names[:2]]
    first, second = (*folded, "", "")[:2]
    first_as_is = names[0] if names else ""
    if windows:
        stored = first == "programdata" and second in _PROGRAM_DATA
        return stored or _WINDOWS_SOFTWARE.fullmatch(first) is not None
    if first == "opt":
        return _OPT_SOFTWARE.fullmatch(second) is not None
    if first == "volumes" and second == "macintosh hd":
        return software(names[2:], windows=False)
    return _SOFTWARE.fullmatch(first) is not None or first_as_is in _MAC_SOFTWARE


def mixed(names: Sequence[str]) -> bool:
    """Tell whether a POSIX path lies where programs and what they work on stand side by side."""
    head = tuple(names[:2])
    return head in _ANDROID or (bool(names) and names[0] in _MIXED and head not in _MOUNTS)


def mount_depth(names: Sequence[str]) -> int:
    """Give how many folders lead to a disk for data, 0 when it is none."""
    if tuple(names[:2]) in _MOUNTS:
        return 2
    return 1 if names and _MOUNT.fullmatch(names[0]) else 0


def no_folder(names: Sequence[str]) -> bool:
    """Tell whether a path is an example of documentation, or an address below a web server."""
    return list(names[:2]) == ["path", "to"] or names[0] in _WEB


def top_folder(names: Sequence[str]) -> bool:
    """Tell whether a path begins in a folder that the roots of file systems have."""
    known = names[0] in _TOP or mount_depth(names) > 0 or mixed(names)
    return known or software(names, windows=False)
