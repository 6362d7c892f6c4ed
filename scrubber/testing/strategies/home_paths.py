"""
Paths that say whose they are: home directories of every system, clusters, shares, buckets.

Promise: the rest of a path names nobody, and no folder is shared, a service's or a default.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hypothesis import strategies as st

from scrubber.testing.planting import Planted

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

_ACCOUNTS: Final = (
    "vexlora",
    "jdoevale7",
    "amara.okonkwor",
    "mueller-doevale",
    "bj\u00f6rn84",
    "grace_ashworth",
    "\u0438\u0432\u0430\u043d\u043e\u0432\u0438\u0447",
    "will",
    "mark",
)
_COMMON: Final = ("test", "dev", "work")
"""What a folder of a cluster may be called as well, but in a home directory only an account."""

_TWO_WORDS: Final = ("Jane Doevale", "Zo\u00eb \u00d8sterg\u00e5rd", "Thomas Pemberton")
_HOMES: Final = (
    "/home/{}",
    "/Users/{}",
    "C:\\Users\\{}",
    "/nfs/homes/{}",
    "/export/home/{}",
    "/gpfs/home/{}",
    "/lustre/home/{}",
    "/mnt/c/Users/{}",
    "/cygdrive/c/Users/{}",
    "/System/Volumes/Data/Users/{}",
    "file:///home/{}",
    "D:\\Users\\{}",
    "C:/Users/{}",
    "\\\\fileserver\\Users\\{}",
    "\\\\?\\C:\\Users\\{}",
)
_CLUSTERS: Final = (
    "/scratch/{}",
    "/gpfs/{}",
    "/lustre/{}",
    "/cluster/home/{}",
    "/afs/example.com/user/v/{}",
    "hdfs://node/user/{}",
    "s3://lab-data/users/{}",
)
_BUCKETS: Final = ("s3://{}-bucket", "gs://{}-bucket")
_SPACED: Final = ("C:\\Users\\{}", "/Users/{}", "/content/drive/MyDrive/{}")
_INSIDE: Final = (
    ("train.py",),
    ("proj", "yolo", "new_model.pt"),
    (".cache", "torch", "hub"),
    ("data", "set.yaml"),
    ("AppData", "Local", "Temp", "x.npy"),
)


def _path(root: str, account: str, inside: tuple[str, ...]) -> Planted:
    separator = "\\" if "\\" in root else "/"
    return Planted("USERNAME", separator.join((root.format(account), *inside)), (account,))


def home_paths() -> SearchStrategy[Planted]:
    r"""Give paths that name their owner: Linux, macOS, Windows, WSL, shares, clusters, buckets.

    Returns:
        Each as a USERNAME, with the owner's name as the part of it that must go: what else stands
        in a path may stay.

    >>> from hypothesis import find
    >>> one = find(home_paths(), lambda one: True)
    >>> one.value, one.parts
    ('/home/vexlora/train.py', ('vexlora',))
    """
    spaced = st.builds(
        _path, st.sampled_from(_SPACED), st.sampled_from(_TWO_WORDS), st.sampled_from(_INSIDE)
    )
    return st.one_of(unspaced_paths(), spaced)


def unspaced_paths() -> SearchStrategy[Planted]:
    """Give home paths without a blank, which need no quotes."""
    inside = st.sampled_from(_INSIDE)
    return st.one_of(
        st.builds(_path, st.sampled_from(_HOMES), st.sampled_from((*_ACCOUNTS, *_COMMON)), inside),
        st.builds(_path, st.sampled_from(_CLUSTERS), st.sampled_from(_ACCOUNTS), inside),
        st.builds(
            _path, st.sampled_from(_BUCKETS), st.sampled_from(("vexlora", "jdoevale7")), inside
        ),
    )
