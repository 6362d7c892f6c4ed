"""
Which files are logs or reports, told by their names.

A folder of logs has other things in it, and what deletes must not guess. So a name counts only if
its suffix is one that logs and reports have, below what rotation adds (`app.log.1`,
`app.log-20260101.gz`) and compression; and files that projects have under such suffixes
(`package.json`, `requirements.txt`) are no logs.

Promise: the answer depends on the name alone, in any case of its letters.
"""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Final

LOG_SUFFIXES: Final = frozenset(
    {
        ".crash",
        ".envelope",
        ".err",
        ".ips",
        ".json",
        ".jsonl",
        ".log",
        ".ndjson",
        ".out",
        ".stderr",
        ".stdout",
        ".trace",
        ".traceback",
        ".txt",
    }
)
"""Suffixes of text logs and of crash reports."""

_PACKED: Final = frozenset({".bz2", ".gz", ".xz", ".zst"})
_WITHOUT_SUFFIX: Final = frozenset(
    {"daemon", "debug", "dmesg", "kern", "maillog", "messages", "secure", "syslog"}
)
_NO_LOGS: Final = frozenset(
    {
        "cmakelists.txt",
        "composer.json",
        "config.json",
        "copying.txt",
        "license.txt",
        "manifest.json",
        "package-lock.json",
        "package.json",
        "readme.txt",
        "robots.txt",
        "settings.json",
        "tsconfig.json",
    }
)
_NO_LOG: Final = re.compile(
    r"(?:requirements|constraints)[\w.\-]{0,64}\.txt|.{0,200}\.schema\.json"
)
_NO_LOG_FOLDERS: Final = frozenset(
    {".git", ".hg", ".svn", ".tox", ".venv", "__pycache__", "node_modules", "site-packages"}
)
# One turn of what rotation adds: .1  .old  -20260101  .2026-01-01  -2026-01-01T10  .1767225600
_ROTATED: Final = re.compile(
    r"(?:[.\-_](?:[0-9]{1,3}|[0-9]{8}(?:[T\-_.]?[0-9]{2,6})?|[0-9]{10}"
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T_\-.][0-9]{2}(?:[\-_.]?[0-9]{2}){0,2})?)|\.(?:old|bak|prev))\Z"
)
_TURNS: Final = 3


def log_name(name: str) -> bool:
    """Tell whether a file's name is that of a log or a report.

    Args:
        name: the name, without its folder.

    >>> log_name("app.log-20260101.gz"), log_name("syslog.3"), log_name("package.json")
    (True, True, False)
    """
    plain = name.lower()
    suffix = PurePath(plain).suffix
    if suffix in _PACKED:
        plain = plain.removesuffix(suffix)
    if plain in _NO_LOGS or _NO_LOG.fullmatch(plain):
        return False
    for _ in range(_TURNS):
        if _plain_log(plain):
            return True
        shorter = _ROTATED.sub("", plain)
        if shorter == plain:
            return False
        plain = shorter
    return _plain_log(plain)


def log_folder(name: str) -> bool:
    """Tell whether a folder may hold logs: not what tools keep their own files in.

    >>> log_folder("2026-01"), log_folder(".git")
    (True, False)
    """
    return name.lower() not in _NO_LOG_FOLDERS


def _plain_log(plain: str) -> bool:
    if plain in _WITHOUT_SUFFIX or plain.endswith("_log"):
        return True
    path = PurePath(plain)
    return path.suffix in LOG_SUFFIXES and path.stem not in ("", ".")
