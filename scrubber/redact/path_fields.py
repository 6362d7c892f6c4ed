r"""
What a field says is a path, and no rule knows as one: cut by where it stands, not by its looks.

    /raid/jsmith/yolo/train.py, of the file yolo/train.py -> /raid/.../yolo/train.py
    D:\jsmith\run.py                                      -> D:\...\run.py
    --data=cohort7/john_smith.csv                         -> --data=.../[file].csv

In a text `/raid/jsmith` may be a route, a key or half of a sentence. In a field for paths it is
one: what stands between a disk and the file of a frame is somebody's, and the file says the rest.

Promise: what it gave comes back unchanged when given to it again; it is linear in the text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from scrubber.lazy import lazy_pattern
from scrubber.redact.path_places import software
from scrubber.redact.paths import FOLDERS
from scrubber.redact.placeholders import placeholder
from scrubber.validators.account import personal_account

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrubber.redact.paths import Canonicalizer

_ABSOLUTE: Final = lazy_pattern(
    r"(?P<root>[A-Za-z]:[\\/]{1,2}|/|(?P<share>\\{2,4}[^\\/]{1,64}\\{1,2}))(?=[^\\/])"
)
_HOME: Final = lazy_pattern(
    r"(?:[a-z][a-z0-9+.\-]{0,30}:/{0,3})?(?:\.{0,2}/)*(?:[\w.\-]{1,32}/){0,3}(?:[Hh]ome|[Uu]sers)/(?P<owner>[^/\[\]]{1,64})/"
)
_SEPARATORS: Final = lazy_pattern(r"[\\/]+")
_ARGUMENT: Final = lazy_pattern(r"(?P<before>-{0,2}[A-Za-z][\w.-]{0,63}=)?(?P<value>.*)", re.DOTALL)
_ROUTE: Final = lazy_pattern(r"[A-Za-z][A-Za-z0-9+.-]{1,30}:|[<\[(]")
_FILE: Final = lazy_pattern(r"[^\\/]*\.[A-Za-z][A-Za-z0-9]{0,7}\Z")
_DISK: Final = "/data/"
"""A disk for data, below which folders and files are somebody's."""
_LONGEST: Final = 4096
_FEWEST: Final = 3


def frame_path(path: str, file: str = "") -> str:
    r"""Cut an absolute path of a frame that no rule knows.

    Args:
        path: as the frame has it.
        file: what the frame calls its file, or "".

    Returns:
        The disk, three dots and the file; the path itself where nothing is between them, or where
        only software lies.

    >>> frame_path("/raid/jsmith/yolo/train.py", "yolo/train.py"), frame_path("/usr/lib/x/y.py")
    ('/raid/.../yolo/train.py', '/usr/lib/x/y.py')
    """
    begin = _ABSOLUTE.match(path)
    if begin is None:
        return _of_home(path)
    if len(path) > _LONGEST:
        return placeholder("FILE_PATH")
    windows = begin["root"] != "/"
    names = [name for name in _SEPARATORS.split(path[begin.end() :]) if name]
    if len(names) < _FEWEST - windows or software(names, windows=windows):
        return path
    own = "" if _ABSOLUTE.match(file) else file
    kept = _tail(names, [name for name in _SEPARATORS.split(own) if name])
    disk = 0 if windows and not begin["share"] else 1
    if len(names) - kept <= disk or names[disk:-kept] == [FOLDERS]:
        return path
    separator = _SEPARATORS.search(path, begin.end())
    between = separator[0] if separator else "/"
    rest = between.join((*names[:disk], FOLDERS, *names[-kept:]))
    return f"{begin['root']}{rest}"


def _of_home(path: str) -> str:
    """Cut the owner out of a path that lost its root: `../../home/jane/x.py`."""
    home = _HOME.match(path[:_LONGEST])
    if home is None or not personal_account(home["owner"]):
        return path
    return f"{path[: home.start('owner')]}{placeholder('USERNAME')}{path[home.end('owner') :]}"


def _tail(names: Sequence[str], file: Sequence[str]) -> int:
    """Tell how many of the last names a frame calls its file; one at least."""
    # A file that is all of the path names its disk, and its owner.
    if 0 < len(file) < len(names) and list(names[-len(file) :]) == list(file):
        return len(file)
    return 1


def argument_path(text: str, canonical: Canonicalizer) -> str:
    """Cut a path on a command line in which no rule found anything.

    Args:
        text: one argument: `--data=x/y.csv`, `x/y.csv`.
        canonical: cuts paths on disks for data.

    Returns:
        The argument without folders, and without the names of data files.
    """
    parts = _ARGUMENT.fullmatch(text)
    if parts is None or len(text) > _LONGEST:
        return text
    before, value = parts["before"] or "", parts["value"]
    if not _SEPARATORS.search(value) or _ROUTE.match(value) or any(map(str.isspace, value)):
        return text
    if _ABSOLUTE.match(value):
        return before + frame_path(value)
    if not _FILE.search(value):
        return text
    whole = _DISK + value
    for piece in reversed(canonical.pieces(whole)):
        whole = (
            whole[: piece.start] + (piece.label or placeholder(piece.entity)) + whole[piece.end :]
        )
    return before + whole.removeprefix(_DISK)
