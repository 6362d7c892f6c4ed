"""Bundles as support asks for them: folders in a tar or a zip, with people in their names."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from benchmarks.tree.making import Maker

_MEMBERS: Final = 8
_WHEN: Final = (2026, 1, 1, 0, 0, 0)


def tar(path: Path, size: int, maker: Maker) -> None:
    """Write a `.tar.gz`."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as bundle:
        for name, data in _members(path, size, maker, "tar"):
            info = tarfile.TarInfo(name)
            info.size, info.uname = len(data), maker.blocks.person(3)
            bundle.addfile(info, io.BytesIO(data))
    maker.packed(path, buffer.getvalue())


def zipped(path: Path, size: int, maker: Maker) -> None:
    """Write a `.zip`."""
    with zipfile.ZipFile(path, "x", zipfile.ZIP_DEFLATED, compresslevel=1) as bundle:
        for name, data in _members(path, size, maker, "zip"):
            bundle.writestr(zipfile.ZipInfo(name, _WHEN), data, zipfile.ZIP_DEFLATED)


def _members(path: Path, size: int, maker: Maker, kind: str) -> Iterator[tuple[str, bytes]]:
    yield f"diag/{maker.mail(path, kind)}/about.txt", b"collected by the support tool\n"
    told = {"mail": maker.mail(path, kind), "db_password": maker.token(path, kind)}
    yield "diag/settings.json", json.dumps(told, indent=2).encode() + b"\n"
    for at in range(_MEMBERS):
        name = f"diag/home/{maker.blocks.person(at)}/app-{at}.log"
        line = f"mail {maker.mail(path, kind)}"
        yield name, b"".join(maker.blocks.text(size // _MEMBERS, line))
