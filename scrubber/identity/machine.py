"""
Everything that is asked of the operating system, in one object that a test can replace.

The sources (`accounts`, `hosts`, `git` ...) read a `Machine` and nothing else. So a test gives them
the files and variables of Windows on Linux, and a source cannot start a process by mistake: there
is nothing here that would.

Promise: no process, no DNS, no socket. A file is opened only when it is a regular one, is read to
`LIMIT` bytes, and never waited for. Nothing raises but `OSError` from what a test injects.
"""

from __future__ import annotations

import ntpath
import os
import posixpath
import stat
import sys
from collections.abc import Callable, Mapping  # noqa: TC003  # fields of a dataclass
from dataclasses import dataclass, field
from itertools import islice
from types import MappingProxyType, ModuleType
from typing import Final

from scrubber.lazy import lazy_pattern

LIMIT: Final = 64 * 1024
"""Bytes of a file that are read."""

MOST_ENTRIES: Final = 16384
"""Entries of a folder that are listed."""


_LONGEST: Final = 4096
_MAC_BYTES: Final = 6
_SHORTEST_PACKAGE: Final = 2
_ABSOLUTE: Final = lazy_pattern(r"(?:[A-Za-z]:)?[\\/]")


@dataclass(frozen=True, slots=True, repr=False)
class Account:
    """What the user database knows of the account this process runs as.

    Attributes:
        login: the login name.
        gecos: full name, room and telephone, divided by commas.
        home: the home directory.
    """

    login: str = ""
    gecos: str = ""
    home: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Machine:
    """The answers of an operating system; the defaults are those of a machine that knows nothing.

    Attributes:
        environ: the environment variables.
        platform: as `sys.platform` has it: `linux`, `darwin`, `win32`.
        read: gives the text of a regular file, cut at `LIMIT` bytes; None where there is none.
        entries: gives the names in a folder, sorted; none where there is no folder.
        exists: tells whether a path exists, whatever it is.
        real: gives a path without symbolic links.
        account: gives the entry of the user database, or None where there is none.
        node: gives the host name.
        cwd: gives the working directory, "" where it is gone.
        cards: gives hardware addresses that are in no file, as numbers.
        main: gives the file of the main script, "" where there is none.
        packages: gives the names of installed packages, in small letters.
        python: gives the folders of the interpreter: `site_packages`, `stdlib` and `venv`.
    """

    environ: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    platform: str = "linux"
    read: Callable[[str], str | None] = lambda _path: None
    entries: Callable[[str], tuple[str, ...]] = lambda _path: ()
    exists: Callable[[str], bool] = lambda _path: False
    real: Callable[[str], str] = lambda path: path
    account: Callable[[], Account | None] = lambda: None
    node: Callable[[], str] = str
    cwd: Callable[[], str] = str
    cards: Callable[[], tuple[int, ...]] = tuple
    main: Callable[[], str] = str
    packages: Callable[[], frozenset[str]] = frozenset
    python: Callable[[], Mapping[str, tuple[str, ...]]] = lambda: MappingProxyType({})

    @classmethod
    def here(cls) -> Machine:
        """Give the machine this process runs on."""
        return cls(
            environ=MappingProxyType(dict(os.environ)),
            platform=sys.platform,
            read=read_file,
            entries=list_folder,
            exists=os.path.lexists,
            real=_real,
            account=_account,
            node=_node,
            cwd=_cwd,
            cards=_cards,
            main=_main,
            packages=_packages,
            python=_python,
        )

    @classmethod
    def of(  # noqa: PLR0913  # what a test of one source leaves out
        cls,
        environ: Mapping[str, str] | None = None,
        files: Mapping[str, str] | None = None,
        *,
        platform: str = "linux",
        account: Account | None = None,
        node: str = "",
        cwd: str = "",
        main: str = "",
    ) -> Machine:
        """Give a machine that exists only in memory, for tests.

        Args:
            environ: the environment variables.
            files: the text of each file, by its whole path. Folders are those the files lie in.
            platform: as `sys.platform` has it.
            account: the entry of the user database.
            node: the host name.
            cwd: the working directory.
            main: the file of the main script.

        Returns:
            The machine.
        """
        texts = dict(files or {})
        sep = "\\" if platform == "win32" else "/"

        def entries(path: str) -> tuple[str, ...]:
            start = path.rstrip("\\/") + sep
            below = (one[len(start) :] for one in texts if one.startswith(start))
            return tuple(sorted({one.partition(sep)[0] for one in below}))

        return cls(
            environ=MappingProxyType(dict(environ or {})),
            platform=platform,
            read=texts.get,
            entries=entries,
            exists=lambda path: path in texts or bool(entries(path)),
            account=lambda: account,
            node=lambda: node,
            cwd=lambda: cwd,
            main=lambda: main,
        )

    @property
    def path(self) -> ModuleType:
        """The module that knows this platform's paths."""
        return ntpath if self.platform == "win32" else posixpath

    def get(self, name: str) -> str:
        """Give an environment variable, cut at 4096 characters; "" where it is not set."""
        return self.environ.get(name, "")[:_LONGEST].strip()

    def absolute(self, path: str) -> bool:
        """Tell whether a path is absolute here; `/c/Users` is, on a Windows with a POSIX shell."""
        return _ABSOLUTE.match(path) is not None if self.windows else path.startswith("/")

    @property
    def windows(self) -> bool:
        """Whether paths are written the way of Windows."""
        return self.platform == "win32"

    def __repr__(self) -> str:
        return f"Machine(platform={self.platform!r})"


def read_file(path: str) -> str | None:
    """Read a regular file to `LIMIT` bytes.

    Args:
        path: the file.

    Returns:
        Its text, bytes that are no UTF-8 as lone surrogates (as names of files have them); None
        where it is no regular file or cannot be read.
    """
    try:
        # Looked at before it is opened: to open a FIFO waits, and to open a device may act.
        if not stat.S_ISREG(os.stat(path).st_mode):  # noqa: PTH116  # pathlib costs an import
            return None
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
        handle = os.open(path, flags | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError):  # ValueError: a NUL in the path
        return None
    try:
        # Once more: another file may have taken its place.
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            return None
        parts, left = [], LIMIT
        while left > 0 and (part := os.read(handle, left)):
            parts.append(part)
            left -= len(part)
    except OSError:
        return None
    finally:
        os.close(handle)
    return b"".join(parts).decode("utf-8", "surrogateescape").removeprefix("\ufeff")


def list_folder(path: str) -> tuple[str, ...]:
    """List a folder, to `MOST_ENTRIES` names.

    Args:
        path: the folder.

    Returns:
        The names in it, sorted; none where it is no folder or cannot be read.
    """
    try:
        with os.scandir(path) as found:
            return tuple(sorted(entry.name for entry in islice(found, MOST_ENTRIES)))
    except (OSError, ValueError):
        return ()


def _account() -> Account | None:
    try:
        import pwd
    except ImportError:  # Windows has no such database
        return None
    try:
        entry = pwd.getpwuid(os.getuid())
    except (KeyError, OSError):  # a container run with a number only
        return None
    return Account(entry.pw_name, entry.pw_gecos, entry.pw_dir)


def _node() -> str:
    if hasattr(os, "uname"):
        return os.uname().nodename
    return os.environ.get("COMPUTERNAME", "")


def _real(path: str) -> str:
    try:
        return os.path.realpath(path)
    except (OSError, ValueError):
        return path


def _cwd() -> str:
    try:
        return os.getcwd()  # noqa: PTH109  # as above
    except OSError:
        return ""


def _cards() -> tuple[int, ...]:
    """Ask the C library, as `uuid` does.

    The functions around it in `uuid.py` start `ifconfig`, `ip` or `arp`; and where the addresses
    are in files, libuuid is left alone, because it opens a socket to its daemon.
    """
    if sys.platform not in ("darwin", "win32"):
        return ()
    try:
        import _uuid  # type: ignore[import-not-found]  # of the standard library, in C
    except ImportError:
        return ()
    if sys.platform == "win32":
        create = getattr(_uuid, "UuidCreate", None)
    else:
        create = getattr(_uuid, "generate_time_safe", None)
    if create is None:
        return ()
    made = create()
    raw = made[0] if isinstance(made, tuple) else made
    return (int.from_bytes(raw[-_MAC_BYTES:], "big"),)


def _packages() -> frozenset[str]:
    """List the folders where packages are, and give the first part of each name."""
    found: set[str] = set()
    for folder in _package_folders():
        for name in list_folder(folder):
            first = name.partition("-" if "-" in name else ".")[0]
            if len(first) >= _SHORTEST_PACKAGE:
                found.add(first.casefold())
    return frozenset(found)


def _package_folders() -> tuple[str, ...]:
    """Give the folders of packages: those on the path, and those `site` knows besides."""
    folders = [one for one in sys.path if one.endswith(("site-packages", "dist-packages"))]
    site = sys.modules.get("site")  # not there with `python -S`; never imported for this
    if site is not None:
        folders += site.getsitepackages()
        # A name with an underscore, but the function would make the folder known to the path.
        folders += [site.USER_SITE] if isinstance(site.USER_SITE, str) else []
    return tuple(dict.fromkeys(folders))


def _python() -> Mapping[str, tuple[str, ...]]:
    """Give what `sysconfig` would say, which takes 10 ms to ask."""
    own = sys.prefix != sys.base_prefix
    return {
        "site_packages": _package_folders(),
        "stdlib": (os.path.dirname(os.__file__),),  # noqa: PTH120  # pathlib costs an import
        "venv": (sys.prefix,) if own else (),
    }


def _main() -> str:
    # A child of multiprocessing has the script under another name.
    for name in ("__mp_main__", "__main__"):
        file = getattr(sys.modules.get(name), "__file__", None)
        if isinstance(file, str):
            return os.path.join(_cwd(), file)  # noqa: PTH118  # as above
    return ""
