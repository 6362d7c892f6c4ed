"""
What has the shape of an e-mail address and is none: file names, versions, matrix products.

`icon@2x.png`, `pkg@1.2.3-rc.next` and `q@k.transpose` match the grammar of RFC 5322. A list of the
top-level domains in use would tell them apart, but it grows by itself, and internal domains
(`corp`, `lan`) are on no list; so the lists here are of what a last label can not be.

A unit of systemd (`getty@tty1.service`) has one label before its kind, where hosts of internal
domains (`db.corp.service`) have two.

Promise: an address under any top-level domain in use is accepted, except the tiniest (`x@y.to`),
which look like code, and the account `git`, which is nobody's.
"""

from __future__ import annotations

from typing import Final

from scrubber.validators.words import words

# Suffixes of file names that are no top-level domains.
_FILES: Final = words(
    """
    apk bak bat bin bmp bz2 cfg ckpt conf cpp css csv cu cuh cxx dat dcm deb dll dylib egg exe flac
    gif gz h5 hdf5 header hpp htm html icns ico ini ipynb jar jpeg jpg js json jsonl jsx lock log
    lst mjs mkv mp3 mp4 npy npz onnx out parquet pb pdf pkl png po pth pyc pyd pyi pyx rar rpm rst
    safetensors scss sqlite svg tar tflite tgz tif tiff tmp toml ts tsv tsx ttf txt utf wav webm
    webp whl woff woff2 xml xz yaml yml
    """
)

# Kinds of units: getty@tty1.service, docker@abc.socket.
_UNITS: Final = words(
    """
    automount device mount path scope service slice socket swap target timer
    """
)

# Attributes and methods of tensors: what follows a dot where `@` multiplies matrices.
_CODE: Final = words(
    """
    astype backward bias bool conj contiguous copy cpu cuda data detach device diagonal dtype expand
    flatten float grad half head imag inverse item long mean numpy permute real reshape self
    shape squeeze sum swapaxes tail toarray tolist transpose type unsqueeze values view weight
    """
)

# The account that code hosts share, whatever the host.
_SHARED: Final = frozenset({"git", "hg"})

_TINY: Final = 2


def email_address(value: str) -> bool:
    """Tell whether a text in the shape of an e-mail address is one.

    Args:
        value: local part, `@`, domain.

    Returns:
        Whether it can be a mailbox.

    >>> [email_address(one) for one in ("jane@example.com", "icon@2x.png", "q@k.transpose")]
    [True, False, False]
    """
    local, _, domain = value.rpartition("@")
    if not local or not domain or local in _SHARED:
        return False
    if domain.startswith("["):
        return True
    labels = domain.casefold().split(".")
    last = labels[-1]
    if last in _FILES or last in _CODE or all(label.isdecimal() for label in labels[:2]):
        return False
    if last in _UNITS and len(labels) <= _TINY:
        return False
    tiny = len(labels) == _TINY and all(len(one) <= _TINY for one in (local, *labels))
    return not (tiny and value.isascii())
