"""
Files packed by gzip, bzip2, xz or zstd: unpacked, scrubbed as what they hold, and packed again.

Promise: a file that is cut off, damaged or goes on with something else is an error; several packed
documents one behind the other, as appending leaves them, are one. Of the headers, which hold a name
and a time, nothing is kept. It is packed by fixed levels, so the same input gives the same bytes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, BinaryIO, Final

from scrubber.archive.formats.members import scrub_inner
from scrubber.archive.kinds import kind_of
from scrubber.files.compressed import read_chunks, writing
from scrubber.files.text_files import HEAD

if TYPE_CHECKING:
    from scrubber.archive.context import Context

_SHORT: Final = re.compile(
    r"\.(?:t(?=gz|bz2?|xz|zst))?(?:gz|bz2?|xz|zst|gzip|zstd)\Z", re.IGNORECASE
)


def scrub(source: BinaryIO, target: BinaryIO, context: Context) -> None:
    """Scrub a packed file; see `scrubber.archive.context.Reads`."""
    begin = source.tell()
    kind = kind_of(source.read(HEAD), context.name)
    source.seek(begin)
    inner = context.inner(unpacked_name(context.name))
    with writing(target, kind) as packed:
        scrub_inner(read_chunks(source, kind), packed, inner)


def unpacked_name(name: str) -> str:
    """Give the name of what a packed file holds.

    >>> unpacked_name("app.log.gz"), unpacked_name("run.TGZ"), unpacked_name("x.zst")
    ('app.log', 'run.tar', 'x')
    """
    match = _SHORT.search(name)
    if match is None:
        return name
    return name[: match.start()] + (".tar" if match[0][1:2].lower() == "t" else "")
