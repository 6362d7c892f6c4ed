"""
The folders of this machine that a path is told from: project, packages, library, temp, home.

`<project>/train.py` says more than `/home/jane/work/yolo/train.py`, and names nobody. Which folder
is which is asked once; paths of other machines are told by their pattern alone.

Promise: no file is written (`tempfile.gettempdir` would), no process started. `/` is never a root.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Never, SupportsIndex

from scrubber.identity.accounts import homes
from scrubber.identity.machine import Machine
from scrubber.identity.secrecy import refuse

if TYPE_CHECKING:
    from collections.abc import Iterable

_MARKERS: Final = (".git", ".hg", "pyproject.toml", "setup.py", "setup.cfg")
_DEEPEST: Final = 32


@dataclass(frozen=True, slots=True, repr=False)
class Roots:
    """Known folders, as absolute paths without a separator at their end.

    Attributes:
        project: what the main script or the working directory belongs to.
        site_packages: where packages are installed.
        stdlib: where the standard library is.
        venv: the virtual environment.
        tmp: where temporary files go.
        home: home directories.
        windows: whether letters are compared in any case, and both slashes divide.
    """

    project: tuple[str, ...] = ()
    site_packages: tuple[str, ...] = ()
    stdlib: tuple[str, ...] = ()
    venv: tuple[str, ...] = ()
    tmp: tuple[str, ...] = ()
    home: tuple[str, ...] = ()
    windows: bool = False

    @classmethod
    def none(cls) -> Roots:
        """Give no folders: every path is told by its pattern."""
        return cls()

    @classmethod
    def here(cls, machine: Machine | None = None) -> Roots:
        """Give the folders of a machine.

        Args:
            machine: what is asked; the machine this process runs on where it is None.
        """
        at = machine if machine is not None else Machine.here()
        home = tuple(value for kind, value in homes(at) if kind == "homes")
        python = at.python()
        # Not tempfile.gettempdir(): it writes a file to see whether it can.
        tmp = [at.get(name) for name in ("TMPDIR", "TEMP", "TMP")]
        return cls(
            project=_clean(at, _project(at, home)),
            site_packages=_clean(at, python.get("site_packages", ())),
            stdlib=_clean(at, python.get("stdlib", ())),
            venv=_clean(at, python.get("venv", ())),
            tmp=_clean(at, tmp),
            home=_clean(at, home),
            windows=at.platform == "win32",
        )

    def labelled(self) -> tuple[tuple[str, str], ...]:
        """Give every folder with its label, the longest first."""
        labels = {
            "project": self.project,
            "site-packages": self.site_packages,
            "stdlib": self.stdlib,
            "venv": self.venv,
            "tmp": self.tmp,
            "home": self.home,
        }
        pairs = [(path, f"<{label}>") for label, paths in labels.items() for path in paths]
        return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))

    def __repr__(self) -> str:
        return f"Roots({len(self.labelled())} folders)"

    def __getstate__(self) -> Never:
        refuse("a Roots")  # a home has a name in it

    def __reduce__(self) -> Never:
        refuse("a Roots")

    def __reduce_ex__(self, protocol: SupportsIndex, /) -> Never:
        refuse("a Roots")


def _clean(machine: Machine, paths: Iterable[str]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for path in paths:
        if not path or not machine.absolute(path):
            continue
        for one in (path, machine.real(path)):
            plain = machine.path.normpath(one).rstrip("\\/")
            if machine.path.splitdrive(plain)[1]:
                found[plain] = None
    return tuple(found)


def _project(machine: Machine, home: tuple[str, ...]) -> list[str]:
    """Find the nearest folder with a marker, above the main script or else where we are."""
    for start in (machine.path.dirname(machine.main()), machine.cwd()):
        folder = start
        for _ in range(_DEEPEST):
            parent = machine.path.dirname(folder)
            if not folder or folder == parent or folder in home:
                break
            above = folder + ("\\" if machine.windows else "/")
            if any(one.startswith(above) for one in home):
                break
            if any(machine.exists(machine.path.join(folder, one)) for one in _MARKERS):
                return [folder]
            folder = parent
    return []


# Python 3.11.2 puts one of its own in the place of that of the class.
Roots.__getstate__ = lambda self: refuse("a Roots")  # type: ignore[method-assign]  # noqa: ARG005
